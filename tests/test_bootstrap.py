"""The set-up of a fresh machine: what is there is left alone, what is missing is told with a remedy."""

import ctypes.util
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from booklet import bootstrap, bundle, paths
from booklet.bootstrap import SetupError
from booklet.press import sealed

Calls = list[list[str]]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one face and one lock file, and nothing installed."""
    fonts = tmp_path / "fonts"
    (fonts / "node_modules").mkdir(parents=True)
    digest = hashlib.sha256(b"face").hexdigest()
    rows = "".join(
        f'[role.{role}]\nfile = "node_modules/{role}.ttf"\nsha256 = "{digest}"\n'
        for role in ("song-400", "song-900")
    )
    (fonts / "fonts.toml").write_text(f'[takeover]\nsong-900 = "own.ttf"\n{rows}', "utf-8")
    (tmp_path / "requirements.txt").write_text("a==1 --hash=sha256:0\n", "utf-8")
    (tmp_path / "requirements-node.txt").write_text("n==1 --hash=sha256:0\n", "utf-8")
    (tmp_path / "requirements-pip.txt").write_text("pip==1 --hash=sha256:0\n", "utf-8")
    for name in ("package.json", "package-lock.json"):
        (fonts / name).write_text("{}", "utf-8")
    venv = tmp_path / ".venv"
    for name, value in (("ROOT", tmp_path), ("VENV", venv), ("FONTS", fonts),
                        ("STAGED", fonts / ".new"), ("PYTHON", venv / "bin/python"), ("INSTALLING", venv / ".installing")):  # fmt: skip
        monkeypatch.setattr(bootstrap, name, value)
    return tmp_path


@pytest.fixture
def calls(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The commands that would be run; making the environment makes its folder."""
    told: Calls = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        told.append(command)
        if "venv" in command:
            (machine / ".venv/bin").mkdir(parents=True, exist_ok=True)
            (machine / ".venv/bin/python").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return told


def test_packages_are_installed_once(machine: Path, calls: Calls) -> None:
    bootstrap.install_packages("requirements.txt")
    assert ["venv" in calls[0], "--require-hashes" in calls[-1]] == [True, True]
    before = len(calls)
    bootstrap.install_packages("requirements.txt")
    assert len(calls) == before
    (machine / "requirements.txt").write_text("a==2 --hash=sha256:0\n", "utf-8")
    bootstrap.install_packages("requirements.txt")
    assert "--require-hashes" in calls[-1]


def test_an_interrupted_installation_is_begun_anew(machine: Path, calls: Calls) -> None:
    bootstrap.install_packages("requirements.txt")
    (machine / ".venv/.ready-requirements").unlink()
    (machine / ".venv/.installing").touch()
    calls.clear()
    bootstrap.install_packages("requirements.txt")
    assert "--clear" in calls[0]


def test_a_failed_installation_is_told(
    machine: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.make_venv()
    failed = subprocess.CompletedProcess([], 1, "", "x\nno network\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SetupError, match=r"检查网络(.|\n)*no network"):
        bootstrap.pip(machine / "requirements.txt")


def test_an_old_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    with pytest.raises(SetupError, match=r"3\.11"):
        bootstrap.check_python()


@pytest.mark.parametrize(
    ("manager", "told"),
    [("dnf", "sudo dnf install"), ("brew", "brew install"), ("", "软件包管理器")],
)
def test_the_command_that_installs_pango_is_the_systems_own(
    monkeypatch: pytest.MonkeyPatch, manager: str, told: str
) -> None:
    monkeypatch.setattr(bootstrap, "opens", lambda _: False)
    monkeypatch.setattr("shutil.which", lambda name: name if name == manager else None)
    with pytest.raises(SetupError, match=told):
        bootstrap.check_pango()


def test_pango_that_is_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "opens", lambda place: place.startswith("/opt/homebrew"))
    assert bootstrap.has_pango()
    bootstrap.check_pango()


def test_faces_are_checked_by_their_digest_and_remembered(machine: Path) -> None:
    faces = bootstrap.pinned_faces()
    assert list(faces) == ["node_modules/song-400.ttf"]  # the other role has a face of its own
    assert bootstrap.wrong_faces(faces) == ["song-400.ttf"]
    path = machine / "fonts/node_modules/song-400.ttf"
    path.write_bytes(b"face")
    assert bootstrap.wrong_faces(faces) == []
    assert "song-400" in (machine / "fonts/node_modules/.verified").read_text()
    path.write_bytes(b"another face")
    assert bootstrap.wrong_faces(faces) == ["song-400.ttf"]


@pytest.mark.parametrize("npm", [True, False])
def test_faces_come_by_npm_or_by_the_one_in_the_wheel(
    machine: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, npm: bool
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/npm" if npm else None)
    with pytest.raises(SetupError, match=r"song-400\.ttf"):
        bootstrap.install_fonts()
    assert calls[-1][-5:] == ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    assert any("requirements-node.txt" in part for call in calls for part in call) is not npm


def test_a_flipped_byte_in_one_face_never_costs_the_others(
    machine: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = machine / "fonts/node_modules"
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/npm")
    (modules / "song-400.ttf").write_bytes(b"fade")
    (modules / "other.ttf").write_bytes(b"good")
    with pytest.raises(SetupError, match="song-400"):  # no network: npm installs nothing
        bootstrap.install_fonts()
    assert (modules / "other.ttf").read_bytes() == b"good"
    assert not (machine / "fonts/.new").exists()

    def npm(folder: Path) -> str:
        assert folder == machine / "fonts/.new"
        (folder / "node_modules").mkdir()
        (folder / "node_modules/song-400.ttf").write_bytes(b"face")
        (folder / "node_modules/other.ttf").write_bytes(b"another")
        return ""

    monkeypatch.setattr(bootstrap, "npm_ci", npm)
    bootstrap.install_fonts()
    assert (modules / "song-400.ttf").read_bytes() == b"face"
    assert (modules / "other.ttf").read_bytes() == b"good"
    assert not (machine / "fonts/.new").exists()


def test_a_half_deleted_environment_is_built_anew(machine: Path, calls: Calls) -> None:
    bootstrap.install_packages("requirements.txt")
    info = machine / ".venv/lib/python3/site-packages/a-1.dist-info"
    info.mkdir(parents=True)
    (info / "RECORD").write_text("a.py,,\na.pyc,,\n", "utf-8")
    (info.parent / "a.py").touch()
    calls.clear()
    bootstrap.install_packages("requirements.txt")
    assert calls == []
    (info.parent / "a.py").unlink()
    bootstrap.install_packages("requirements.txt")
    assert "--clear" in calls[0]


def test_packages_come_as_wheels_and_pip_is_pinned(machine: Path, calls: Calls) -> None:
    bootstrap.install_packages("requirements.txt")
    installs = [call for call in calls if "install" in call]
    assert all(call[call.index("--only-binary") + 1] == ":all:" for call in installs)
    assert [Path(call[-1]).name for call in installs] == [
        "requirements-pip.txt",
        "requirements.txt",
    ]


def test_apt_is_told_before_it_is_run(
    machine: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert bootstrap.apt("libpango-1.0-0")
    assert calls[0][:2] == ["apt-get", "update"]
    assert "libpango-1.0-0，现在用 apt-get 安装" in capsys.readouterr().err


def test_a_full_disk_ends_with_a_sentence(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: str) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(sys, "argv", ["bootstrap"])
    monkeypatch.setattr(bootstrap, "install_packages", full)
    assert bootstrap.main() == 1
    assert "腾出磁盘空间" in capsys.readouterr().err


def test_what_is_missing_ends_with_a_sentence(
    machine: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bootstrap"])
    monkeypatch.setattr(bootstrap, "opens", lambda _: True)
    assert bootstrap.main() == 1
    assert "环境没有准备好" in capsys.readouterr().err
    (machine / "fonts/node_modules/song-400.ttf").write_bytes(b"face")
    assert bootstrap.main() == 0


# ---- Without network, by double click --------------------------------------------------------


@pytest.fixture
def bundled(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle beside a checkout: a pip, and a library of Pango for this machine."""
    bundle = machine / "bundle"
    monkeypatch.setattr(bootstrap, "BUNDLE", bundle)
    for path in ("wheels/pip-1-py3-none-any.whl", f"pango/{platform.machine()}/libpango-1.0.so.0"):
        (bundle / path).parent.mkdir(parents=True)
        (bundle / path).touch()
    return bundle


def test_a_bundle_is_installed_without_a_network(bundled: Path, calls: Calls) -> None:
    bootstrap.install_packages("requirements.txt")
    assert "--without-pip" in calls[0]  # where the system's Python has none
    for command in calls[-2:]:
        assert command[1:3] == [str(bundled / "wheels/pip-1-py3-none-any.whl/pip"), "install"]
        assert {"--no-index", "--require-hashes", str(bundled / "wheels")} <= {*command}


@pytest.mark.parametrize("fits", [True, False])
def test_pango_of_a_bundle_is_taken_where_it_fits(
    bundled: Path, machine: Path, monkeypatch: pytest.MonkeyPatch, fits: bool
) -> None:
    monkeypatch.setattr(bootstrap, "opens", lambda _: False)
    monkeypatch.setattr(bootstrap, "runs", lambda *_: fits)
    monkeypatch.setattr(bootstrap, "apt", lambda *_: False)
    if fits:
        bootstrap.check_pango()
        assert (machine / ".venv/pango/libpango-1.0.so.0").is_file()
    else:
        with pytest.raises(SetupError, match="Pango"):
            bootstrap.check_pango()
        assert not (machine / ".venv/pango").exists()


def test_tests_in_a_browser_are_left_out_where_none_can_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    bootstrap.find_browser()
    assert "测试跳过不做" in capsys.readouterr().err


def test_the_libraries_of_a_package_are_taken_under_the_names_they_are_looked_for(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "inner/usr/lib/x86_64-linux-gnu"
    (inner / "pango").mkdir(parents=True)
    (inner / "libx.so.1.2").write_bytes(b"x")
    (inner / "libx.so.1").symlink_to("libx.so.1.2")
    (inner / "liby.so.7").write_bytes(b"y")
    (inner / "pango/libmodule.so.1").write_bytes(b"m")
    licence = tmp_path / "inner/usr/share/doc/libx1/copyright"
    licence.parent.mkdir(parents=True)
    licence.write_text("LGPL")
    bundle.libraries(tmp_path / "inner", "libx1", tmp_path / "out")
    found = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert found == {"libx.so.1": b"x", "liby.so.7": b"y", "libx1.copyright": b"LGPL"}


def test_a_bundle_says_nothing_of_who_packed_it() -> None:
    member = tarfile.TarInfo("x")
    member.uid, member.uname, member.mtime, member.mode = 1000, "somebody", 1.0, 0o700
    done = bundle.plain(member)
    assert (done.uid, done.uname, done.mtime, done.mode) == (0, "", 0, 0o755)


def test_a_bundle_that_cannot_be_made_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no route\n")

    monkeypatch.setattr(subprocess, "run", refused)
    assert bundle.main() == 1
    assert "没有打包：ERROR: no route\n  改法：检查网络" in capsys.readouterr().err


def test_homebrews_libraries_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libpango-1.0.dylib").touch()
    monkeypatch.setattr(sealed, "BREW_LIB", (str(tmp_path / "nowhere"), str(tmp_path)))
    monkeypatch.setattr(sys, "platform", "darwin")
    before = ctypes.util.find_library
    with sealed.own_search():
        found = ctypes.util.find_library("libpango-1.0.dylib")
    assert found == str(tmp_path / "libpango-1.0.dylib")
    assert ctypes.util.find_library is before


def test_libraries_of_a_bundle_are_loaded_and_damaged_ones_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maps = Path("/proc/self/maps").read_text()
    real = next(row.split()[-1] for row in maps.splitlines() if "libz" in row or "libm" in row)
    (tmp_path / "pango").mkdir()
    shutil.copyfile(real, tmp_path / "pango/liba.so.1")
    (tmp_path / "pango/libb.so.1").write_bytes(b"no library")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    sealed.load_own()
    assert str(tmp_path / "pango/liba.so.1") in Path("/proc/self/maps").read_text()


@pytest.mark.parametrize("way", ["desk.sh", "书桌.command", "书桌.desktop"])
def test_a_double_click_opens_the_desk(tmp_path: Path, way: str) -> None:
    root = tmp_path / "a project"
    shutil.copytree(paths.ROOT / "start", root / "start")
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\n')
    python.chmod(0o755)
    (root / "booklet").mkdir()
    (root / "booklet/bootstrap.py").write_text("print('ready')")
    chooser = tmp_path / "bin/zenity"
    chooser.parent.mkdir()
    chooser.write_text(
        '#!/bin/sh\necho "/home/x/我的 $(date) 书"\n'.replace("$(date)", "\\$(date)")
    )
    chooser.chmod(0o755)
    command = [str(root / "start" / way)]
    if way.endswith(".desktop"):
        rows = dict(row.split("=", 1) for row in Path(command[0]).read_text().splitlines()[1:])
        assert rows["Type"] == "Application"
        command = [f"file://{command[0]}" if word == "%k" else word for word in shlex.split(rows["Exec"])]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd="/", stdin=subprocess.DEVNULL,
        env={"PATH": f"{chooser.parent}:{os.environ['PATH']}", "HOME": "/home/x"},
    )  # fmt: skip
    assert done.stdout == "ready\n<-m><booklet><desk><--></home/x/我的 $(date) 书>"


def test_the_checker_of_scripts_is_installed_once(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = machine / "tests/script"
    script.mkdir(parents=True)
    (script / "package-lock.json").write_text("{}", "utf-8")
    monkeypatch.setattr(bootstrap, "SCRIPT", script)
    runs: list[Path] = []

    def npm(folder: Path) -> str:
        runs.append(folder)
        if len(runs) > 1:
            (script / "node_modules/typescript/bin").mkdir(parents=True)
            (script / "node_modules/typescript/bin/tsc").touch()
        return "ERR no route"

    monkeypatch.setattr(bootstrap, "npm_ci", npm)
    with pytest.raises(SetupError, match=r"TypeScript 没有装上[^~]*no route"):
        bootstrap.install_checker()
    bootstrap.install_checker()
    bootstrap.install_checker()
    assert runs == [script, script]
