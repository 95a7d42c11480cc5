"""Faults of the machine, and what a mail can bring: one sentence, nothing run, nothing lost."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from booklet import disk, paths
from booklet.cli import main
from tests.conftest import MANIFEST, OFFICE, SPEECH, Write

Capture = pytest.CaptureFixture[str]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(paths.ROOT), "PYTHONUTF8": "1"}
CHANGED = {"01-speech.md": SPEECH.replace("社区不大", "社区很小")}


pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def booklet(*words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    command = [sys.executable, "-m", "booklet", *words]
    options: dict[str, object] = {"capture_output": True, "env": ENVIRONMENT, **more}
    return subprocess.run(command, check=False, **options)  # type: ignore[call-overload,no-any-return]


# ---- No shell --------------------------------------------------------------------------------

PAYLOADS = [
    "发言$(touch pwned).docx",
    "$(shell touch pwned)",
    "`touch pwned`",
    '";touch pwned;"',
    "';touch pwned;'",
    "a b  c",
    "x && touch pwned",
    "x | touch pwned",
    "$$(touch pwned)",
    "${HOME}",
    "--help",
    "-x",
    "a\\'b\"c",
    "新\n行",
    "#甲",
    "*",
    "~",
]
GIVEN = {
    "import": ("FROM", "INTO"),
    "new": ("INTO",),
    "build": ("BOOK", "EDITION"),
    "check": ("BOOK",),
    "final": ("BOOK",),
    "sign": ("BOOK",),
    "share": ("BOOK",),
    "contact": ("BOOK",),
    "verify": ("FILE", "BOOK"),
}


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Makefile, whose Python only says what it was given."""
    folder = tmp_path_factory.mktemp("kitchen")
    (folder / "Makefile").write_text((paths.ROOT / "Makefile").read_text("utf-8"), "utf-8")
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\n', "utf-8")
    python.chmod(0o755)
    (folder / "booklet").mkdir()
    (folder / "booklet/bootstrap.py").write_text("", "utf-8")
    return folder


@cache
def made_with(kitchen: Path, payload: str, by_words: bool) -> str:
    """Return what Python was given by all targets of one make, told in words or by the environment."""
    names = {name for given in GIVEN.values() for name in given}
    given = dict.fromkeys(names, payload)
    words = [f"{name}={text}" for name, text in given.items()] if by_words else []
    return subprocess.run(
        ["make", "-s", *GIVEN, *words], cwd=kitchen, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "HOME": "/x", **({} if by_words else given)},
    ).stdout  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("by_words", [True, False])
def test_no_shell_reads_what_was_given(kitchen: Path, payload: str, by_words: bool) -> None:
    said = made_with(kitchen, payload, by_words).count(f"<{payload}>")
    assert said == made_with(kitchen, "甲", by_words).count("<甲>")
    assert said >= sum(map(len, GIVEN.values()))
    assert not list(kitchen.rglob("pwned*"))


# ---- Nobody listens, other locales -----------------------------------------------------------


def test_a_full_or_closed_output_is_one_sentence(here: Path, write: Write) -> None:
    folder = str(write())
    with Path("/dev/full").open("wb") as full:
        done = booklet("check", folder, stdout=full, capture_output=False, stderr=subprocess.PIPE)
        assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
        assert "磁盘满了" in done.stderr.decode()
        done = booklet("check", folder, stderr=full, capture_output=False, stdout=subprocess.PIPE)
        assert done.returncode == 0
    closed = f'exec {sys.executable} -m booklet check "$0" >&-'
    done = subprocess.run(
        ["sh", "-c", closed, folder], capture_output=True, env=ENVIRONMENT, check=False
    )
    assert done.returncode == 1
    assert "标准输出关着" in done.stderr.decode()
    done = subprocess.run(
        ["sh", "-c", closed + " 2>&-", folder], capture_output=True, env=ENVIRONMENT, check=False
    )
    assert done.returncode == 1


def test_a_reader_that_goes_away_is_no_fault(here: Path, write: Write) -> None:
    folder = write({"01-speech.md": SPEECH.replace("，", ",")})
    command = f'{sys.executable} -m booklet check "$0" | true'
    done = subprocess.run(
        ["bash", "-c", command, str(folder)], capture_output=True, env=ENVIRONMENT, check=False
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("locale", ["C", "zh_CN.GBK", "nowhere"])
def test_any_locale_reads_chinese_names(here: Path, write: Write, locale: str) -> None:
    folder = write(
        {"booklet.yaml": MANIFEST + "order: [张三]\n", "张三.md": SPEECH, "01-speech.md": ""}
    )
    (folder / "01-speech.md").unlink()
    plain = {key: value for key, value in ENVIRONMENT.items() if key != "PYTHONUTF8"}
    done = booklet("check", "book", env={**plain, "LC_ALL": locale, "LANG": locale})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "没有发现问题" in done.stdout.decode()


def test_names_are_never_printed_raw(here: Path, write: Write, capsys: Capture) -> None:
    folder = write({"甲\x1b[31m\n\u202e.txt": "x", "01-speech.md": SPEECH})
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_bytes(b"x")
    main(["check", str(folder)])
    main(["check", "\x1b]0;甲\x07"])
    told = "".join(capsys.readouterr())
    assert "<U+001B>" in told
    assert "<U+202E>" in told
    assert "\x1b" not in told
    assert "\x07" not in told
    told.encode()  # no half of a surrogate pair


def test_a_folder_whose_name_is_no_text_is_built(here: Path, write: Write) -> None:
    folder = write(OFFICE).rename(here / os.fsdecode(b"\xff\xe4"))
    assert main(["build", str(folder), "--edition", "reading"]) == 0
    assert main(["build", str(folder), "--edition", "reading"]) == 0
    assert len(list((here / "build").rglob("booklet.pdf"))) == 1


# ---- The disk --------------------------------------------------------------------------------

REFUSED = [
    (errno.ENOSPC, "磁盘满了"),
    (errno.EDQUOT, "磁盘配额用完了"),
    (errno.EROFS, "这里是只读的"),
    (errno.EACCES, "没有权限"),
    (errno.EMFILE, "同时打开的文件太多"),
    (errno.EIO, "磁盘读写出错"),
    (errno.ENOMEM, "内存不够"),
    (errno.EXDEV, "系统回答"),
]


@pytest.fixture
def built(write: Write, here: Path) -> tuple[Path, dict[str, bytes]]:
    """A book that has been built and then changed: its folder, its last files."""
    assert main(["build", str(write(OFFICE))]) == 0
    return write(OFFICE | CHANGED), files_of(here / "build/book")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(("number", "told"), REFUSED)
def test_each_refusal_has_its_words(number: int, told: str) -> None:
    (found,) = disk.told(OSError(number, os.strerror(number), "x.pdf")).findings
    assert found.message.startswith(told)
    assert found.fix


@pytest.mark.parametrize(("number", "told"), [REFUSED[0], REFUSED[-1]])
def test_what_the_disk_refuses_is_one_sentence_and_the_last_files_stay(
    built: tuple[Path, dict[str, bytes]],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    number: int,
    told: str,
) -> None:
    put = disk.put

    def refusing(path: Path, data: bytes, *_: object) -> None:
        if "imposed" in path.name:  # the second of two files
            raise OSError(number, os.strerror(number), str(path))
        put(path, data)

    monkeypatch.setattr(disk, "put", refusing)
    assert main(["build", str(built[0])]) == 1
    assert told in capsys.readouterr().err
    assert files_of(here / "build/book") == built[1]


@pytest.mark.parametrize("fails_at", [1, 4])
def test_a_build_that_fails_at_any_move_leaves_all_of_the_last_one(
    built: tuple[Path, dict[str, bytes]],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails_at: int,
) -> None:
    moves = 0
    replace = Path.replace

    def moving(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += ".pdf" in self.name  # what kept type there is may fail to be kept
        if moves == fails_at:
            raise OSError(errno.EIO, "x", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", moving)
    assert main(["build", str(built[0])]) == 1
    assert files_of(here / "build/book") == built[1]


def test_what_a_killed_build_left_is_undone_by_the_next(write: Write, here: Path) -> None:
    main(["build", str(write(OFFICE))])
    out = here / "build/book"
    before = files_of(out)
    (out / "booklet.pdf").rename(out / ".~booklet.pdf.old")  # killed between the two moves
    (out / ".~booklet.pdf.new").write_bytes(b"half")
    disk.sweep(Path("build/book"), Path("build"))
    assert files_of(out) == before
    assert main(["build", str(write(OFFICE))]) == 0
    assert files_of(out) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda here: (here / "build").write_bytes(b""),
        lambda here: ((here / "build").mkdir(), (here / "build/book").write_bytes(b"")),
        lambda here: (here / "build/book/booklet.pdf").mkdir(parents=True),
        lambda here: ((here / "else").mkdir(), (here / "build").symlink_to(here / "else")),
        lambda here: (
            (here / "build").mkdir(),
            (here / "else").mkdir(),
            (here / "build/book").symlink_to(here / "else"),
        ),
    ],
    ids=[
        "build is a file",
        "its folder is a file",
        "a PDF is a folder",
        "build is a link",
        "a link in it",
    ],
)
def test_what_stands_in_the_way_is_told_and_left(
    write: Write, here: Path, capsys: Capture, spoil: Callable[[Path], object]
) -> None:
    spoil(here)
    folder = write(OFFICE)

    def there() -> dict[Path, bool]:
        kept = here / "build/.standing"
        return {one: one.is_dir() for one in here.rglob("*") if not one.is_relative_to(kept)}

    before = there()
    assert main(["build", str(folder), "--edition", "reading"]) == 1
    assert "改法" in capsys.readouterr().err
    assert there() == before


def test_state_files_that_are_links_are_not_written_through(write: Write, here: Path) -> None:
    folder = write(OFFICE)
    main(["build", str(folder), "--edition", "reading"])
    for name in ("book/.inputs.json", ".last.json"):
        victim = here / "victim"
        victim.write_bytes(b"mine")
        (here / "build" / name).unlink()
        (here / "build" / name).symlink_to(victim)
        assert main(["build", str(write(OFFICE | CHANGED)), "--edition", "reading"]) == 0
        assert victim.read_bytes() == b"mine"
        write(OFFICE)


def test_pictures_in_a_folder_that_is_a_link_are_not_deleted(write: Write, here: Path) -> None:
    main(["build", str(write(OFFICE)), "--edition", "reading"])
    mine = here / "mine"
    mine.mkdir()
    (mine / "photo.png").write_bytes(b"mine")
    (here / "build/book/share").symlink_to(mine)
    assert main(["share"]) == 1
    assert files_of(mine) == {"photo.png": b"mine"}


def test_a_new_folder_appears_whole_or_not_at_all(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = disk.put

    def refusing(path: Path, data: bytes, *_: object) -> None:
        if path.name.startswith(".~01"):
            raise OSError(errno.ENOSPC, "x")
        put(path, data)

    monkeypatch.setattr(disk, "put", refusing)
    source = here / "来稿.txt"
    source.write_text("春风\n张三\n\n我们守了十年河，河水一年比一年清。", "utf-8")
    assert main(["new", "a"]) == 1
    assert main(["import", str(source), "b"]) in (0, 1)
    assert not (here / "a").exists()
    assert [path.name for path in here.iterdir() if path.name[0] == "."] == []
    monkeypatch.setattr(disk, "put", put)
    (here / ".~c.new").mkdir()  # of a killed import
    (here / ".~c.new/x").write_bytes(b"")
    assert main(["import", str(source), "c"]) == 0
    assert not (here / ".~c.new").exists()
    assert not (here / "c/x").exists()


def test_an_import_that_was_killed_can_be_taken_up_again(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = here / "来稿.txt"
    source.write_text("春风\n张三\n\n我们守了十年河，河水一年比一年清。", "utf-8")
    assert main(["import", str(source), "book"]) == 0
    source.write_text("春风\n张三\n\n我们守了二十年河，河水一年比一年清。", "utf-8")
    write, killed = disk.write, 0

    def killing(path: Path, data: bytes, root: Path) -> None:
        nonlocal killed
        killed += 1
        if killed == 3:
            raise KeyboardInterrupt
        write(path, data, root)

    monkeypatch.setattr(disk, "write", killing)
    assert main(["import", str(source), "book"]) == 130
    monkeypatch.setattr(disk, "write", write)
    assert main(["import", str(source), "book"]) == 0
    assert any("二十年" in path.read_text("utf-8") for path in (here / "book").glob("0*.md"))


def test_too_little_memory_is_one_sentence(
    write: Write, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("booklet.build.print_book", hungry)
    assert main(["build", str(write(OFFICE))]) == 1
    assert "内存不够" in capsys.readouterr().err


# ---- Ended from outside ----------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_as_ctrl_c_does_and_leaves_nothing(
    write: Write, here: Path, number: signal.Signals
) -> None:
    folder, rooms = write(), here / "tmp"
    rooms.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "build", str(folder)],
        env={**ENVIRONMENT, "TMPDIR": str(rooms)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    for _ in range(600):
        if list(rooms.iterdir()) or process.poll() is not None:
            break
        time.sleep(0.05)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "已中断" in told.decode()
    assert list(rooms.iterdir()) == []
    assert list((here / "build").glob("*/*.pdf")) == []


def test_an_interruption_while_a_class_is_made_ends_as_any_other(here: Path) -> None:
    (here / "interrupted.py").write_text("""
import booklet.cli, contextlib
def main():
    with contextlib.suppress(KeyboardInterrupt):
        exec("raise KeyboardInterrupt")
    return booklet.cli.INTERRUPTED
booklet.cli.main = main
booklet.cli.run()
""")
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        env=ENVIRONMENT,
        cwd=here,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (130, b"")


def test_the_room_of_a_killed_run_is_swept_by_the_next(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(here))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process in (dead.pid, os.getpid()):
        (here / f"booklet-{process}-x").mkdir()
    (here / "booklet-mine").mkdir()
    with disk.room():
        names = {path.name for path in here.iterdir()}
        assert f"booklet-{dead.pid}-x" not in names
        assert {f"booklet-{os.getpid()}-x", "booklet-mine"} <= names


# ---- The same bytes --------------------------------------------------------------------------


def test_the_bytes_are_the_same_wherever_and_however_they_are_made(
    write: Write, here: Path, printed_sample: Path
) -> None:
    sample = paths.ROOT / "speeches"
    other = here / "别处/样书"
    other.parent.mkdir()
    for path in sample.iterdir():
        other.mkdir(exist_ok=True)
        (other / path.name).write_bytes(path.read_bytes())
    wanted = (printed_sample / "booklet.pdf").read_bytes()  # made among all editions
    umask = os.umask(0o077)
    try:
        done = booklet(
            "build", "样书", "--edition", "reading", cwd=other.parent,
            env={**ENVIRONMENT, "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7", "LANG": "de_DE"},
        )  # fmt: skip
    finally:
        os.umask(umask)
    assert done.returncode == 0, done.stderr.decode()
    assert (other.parent / "build/样书/booklet.pdf").read_bytes() == wanted


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_work_that_is_ended_by_the_system_is_one_sentence(
    write: Write, here: Path, number: signal.Signals
) -> None:
    folder, rooms = write(), here / "tmp"
    rooms.mkdir()
    code = (
        "import os, booklet.build as b; from booklet.cli import run; import sys\n"
        f"b.print_book = lambda *_: os.kill(os.getpid(), {int(number)})\n"
        f"sys.argv = ['booklet', 'build', {str(folder)!r}]; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**ENVIRONMENT, "TMPDIR": str(rooms)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "做到一半被停下了" in done.stderr.decode()
    assert list(rooms.glob("booklet-*")) == []
    assert list((here / "build").glob("*/*.pdf")) == []
