"""Which file is the current one: files that lie together come from one state of one book."""

import json
from pathlib import Path
from typing import Any

import pytest

from booklet import build as pipeline
from booklet import freshness
from booklet.cli import main
from booklet.imprint import state_of
from booklet.paths import out_of
from booklet.proof.examine import examine
from tests.conftest import OFFICE, SPEECH, Write

pytestmark = pytest.mark.usefixtures("kept")

CHANGED = {"01-speech.md": SPEECH.replace("社区不大", "社区很小")}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path) -> set[str]:
    """Return the names of the finished files of a folder."""
    return {path.name for path in folder.glob("*.pdf")}


def test_what_was_built_is_remembered(write: Write, here: Path) -> None:
    folder = write(OFFICE)
    assert main(["build", str(folder)]) == 0
    memory = freshness.recall(here / "build/book")
    assert set(memory.files) == {"booklet.pdf", "booklet-imposed.pdf"}
    assert memory.folder == str(folder)
    assert {state for _, state in memory.files.values()} == {state_of(examine(folder).book)}


def test_one_edition_of_a_changed_manuscript_takes_the_older_files_away(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = here / "build/book"
    main(["build", str(write(OFFICE))])
    assert made(out) == {"booklet.pdf", "booklet-imposed.pdf"}
    capsys.readouterr()
    assert main(["build", str(write(OFFICE | CHANGED)), "--edition", "reading"]) == 0
    assert made(out) == {"booklet.pdf"}
    told = capsys.readouterr().err
    assert "旧成品已删去：booklet-imposed.pdf" in told
    assert main(["build", str(write(OFFICE | CHANGED))]) == 0
    assert made(out) == {"booklet.pdf", "booklet-imposed.pdf"}


def test_what_is_edited_while_a_build_runs_is_not_said_to_be_printed(
    write: Write, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, build = write(OFFICE), pipeline.build

    def edited(*args: Any, **more: Any) -> Any:
        made = build(*args, **more)
        write(OFFICE | CHANGED)
        return made

    then = state_of(examine(folder).book)
    monkeypatch.setattr("booklet.making.build", edited)
    assert main(["build", str(folder), "--edition", "reading"]) == 0
    memory = freshness.recall(here / "build/book")
    assert {state for _, state in memory.files.values()} == {then}
    assert state_of(examine(folder).book) != then
    assert not freshness.is_fresh(folder, here / "build/book", "reading")


def test_one_edition_of_the_same_manuscript_leaves_the_others(write: Write, here: Path) -> None:
    folder, out = write(OFFICE), here / "build/book"
    main(["build", str(folder)])
    assert main(["build", str(folder), "--edition", "imposed-long"]) == 0
    assert made(out) == {"booklet.pdf", "booklet-imposed.pdf", "booklet-imposed-long.pdf"}


def test_a_file_that_somebody_changed_stays(write: Write, here: Path) -> None:
    out = here / "build/book"
    main(["build", str(write(OFFICE))])
    (out / "booklet-imposed.pdf").write_bytes(b"with notes by hand")
    (out / "letter.pdf").write_bytes(b"not ours")
    assert main(["build", str(write(OFFICE | CHANGED)), "--edition", "reading"]) == 0
    assert made(out) == {"booklet.pdf", "booklet-imposed.pdf", "letter.pdf"}


def test_two_books_have_a_folder_each_and_of_one_name_the_second_is_refused(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write(OFFICE)
    second = first.rename(here / "spring")
    other = here / "elsewhere/spring"
    first = write(OFFICE)
    for folder in (first, second):
        assert main(["build", str(folder), "--edition", "reading"]) == 0
    assert made(here / "build/book") == made(here / "build/spring") == {"booklet.pdf"}
    before = (here / "build/spring/booklet.pdf").read_bytes()
    other.parent.mkdir()
    first.rename(other)
    assert main(["build", str(other), "--edition", "reading"]) == 1
    assert "另一本书" in capsys.readouterr().err
    assert (here / "build/spring/booklet.pdf").read_bytes() == before


def test_pages_and_share_take_the_book_that_was_built_last(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(write(OFFICE)), "--edition", "reading"]) == 0
    assert main(["check", "--pages"]) == 0
    assert "行正文" in capsys.readouterr().out
    assert main(["share"]) == 0
    assert (here / "build/book/share/cover.png").is_file()
    assert not (here / "build/booklet.pdf").exists()


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"runs": 3}', json.dumps({"files": {"a": 1}})])
def test_a_memory_that_cannot_be_read_is_forgotten(here: Path, broken: str) -> None:
    (here / freshness.MEMORY).write_text(broken, "utf-8")
    assert freshness.recall(here) == freshness.Memory()


def test_no_folder_name_leads_out_of_build(here: Path) -> None:
    for name in ("..", ".", "a b", "会议 一", "a/../b", "...", "～"):
        assert out_of(here / name).parent == Path("build")
    assert out_of(Path("speeches")) == Path("build")
