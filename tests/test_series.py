"""Every manuscript in a folder: all are printed that can be, alike by any number of workers and a cluster."""

from pathlib import Path

import pytest

from booklet import paths, series
from booklet.cli import main
from booklet.errors import BookletError
from booklet.series import manuscripts, print_series
from tests.conftest import MANIFEST, SPEECH


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three manuscripts, of which one has an error, and something else."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "shelf"
    for name in ("甲", "乙", "丙"):
        (folder / name).mkdir(parents=True)
        manifest = MANIFEST.replace("春风集", f"春风{name}集")
        (folder / name / "booklet.yaml").write_text(manifest + "editions: [reading]\n", "utf-8")
        words = SPEECH.replace("1286户, label", "1286人, label") if name == "乙" else SPEECH
        (folder / name / "01.md").write_text(words, "utf-8")
    (folder / "notes").mkdir()
    (folder / "notes.txt").write_text("x")
    return folder


def quiet(_words: str) -> None:
    """Hear nothing."""


def test_what_can_be_printed_is_printed(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", str(shelf)]) == 1
    said = capsys.readouterr()
    assert [(paths.BUILD / name / "booklet.pdf").is_file() for name in "甲乙丙"] == [
        True,
        False,
        True,
    ]
    assert "1286人" in said.err
    assert "没有排印" in said.err
    assert "2 本排好了，1 本没有" in said.err
    text = (shelf / "乙" / "01.md").read_text("utf-8").replace("1286人, label", "1286户, label")
    (shelf / "乙" / "01.md").write_text(text, "utf-8")
    assert main(["series", str(shelf)]) == 0
    said = capsys.readouterr()
    assert "乙/booklet.pdf" in said.out
    assert "甲/booklet.pdf" not in said.out
    assert main(["series", str(shelf)]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_a_folder_without_books_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BookletError, match="没有原稿文件夹"):
            manuscripts(folder)


def test_two_books_never_write_to_one_place(shelf: Path) -> None:
    for name in ("a b", "a_b"):
        (shelf / name).mkdir()
        (shelf / name / "booklet.yaml").write_text(MANIFEST, "utf-8")
    with pytest.raises(BookletError, match="写到一处"):
        manuscripts(shelf)


def files(shelf: Path) -> dict[str, bytes]:
    """Return the files of the books, and take them away."""
    found = {}
    for path in sorted(paths.BUILD.glob("*/booklet.pdf")):
        found[path.parent.name] = path.read_bytes()
        path.unlink()
    return found


def test_workers_and_a_cluster_make_the_same_bytes(shelf: Path) -> None:
    distributed = pytest.importorskip("distributed")
    folders = manuscripts(shelf)
    made = {}
    for most in (1, 2):
        list(print_series(folders, "", quiet, most))
        made[most] = files(shelf)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        printed = list(print_series(folders, "", quiet, 1, cluster.scheduler_address))
    assert [(folder.name, len(outputs), bool(found)) for folder, outputs, found in printed] == [
        (folder.name, int(folder.name != "乙"), folder.name == "乙") for folder in folders
    ]
    assert len(made[1]) == 2
    assert made[1] == made[2] == files(shelf)


def test_a_cluster_that_is_not_there_is_told(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(series, "PATIENCE", "1s")
    with pytest.raises(BookletError, match="连不上"):
        list(print_series(manuscripts(shelf), "", quiet, 1, "tcp://127.0.0.1:1"))
