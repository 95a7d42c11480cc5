"""Type kept standing: what is as it was is not printed again, and the finished file is the same."""

import os
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from booklet import build as pipeline
from booklet import shop
from booklet.cli import main
from booklet.press.sealed import Press, Pull
from booklet.standing import Standing
from tests.conftest import OFFICE, SPEECH, Write

BOOK = {"01-speech.md": SPEECH, "02-two.md": SPEECH.replace("把好事做到家", "把桥修到家")}


@pytest.fixture
def pulled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of every forme that is laid out."""
    seen: list[str] = []
    pull = Press.pull

    def watched(self: Press, html: str, *rest: object, **more: object) -> Pull:
        seen.append(html)
        return pull(self, html, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Press, "pull", watched)
    return seen


def printed(
    folder: Path, out: Path, kept: Path | None, only: str = "reading", at_once: int = 1
) -> bytes:
    """Build one edition with the type in a folder, and return its file."""
    standing = Standing(kept, "program") if kept else shop.NOTHING
    made, _ = pipeline.build(folder, out, lambda _: None, only, at_once=at_once, standing=standing)
    return made[0].pdf


@pytest.mark.parametrize("edition", ["press"])
def test_the_bytes_are_the_same_with_and_without_kept_type(
    write: Write, tmp_path: Path, edition: str
) -> None:
    folder = write(BOOK)
    fresh = printed(folder, tmp_path / "a", None, edition)
    assert printed(folder, tmp_path / "b", tmp_path / "kept", edition) == fresh
    assert printed(folder, tmp_path / "c", tmp_path / "kept", edition) == fresh


def test_one_changed_word_sets_one_speech(write: Write, tmp_path: Path, pulled: list[str]) -> None:
    folder, kept = write(BOOK), tmp_path / "kept"
    printed(folder, tmp_path / "out", kept)
    assert sum('class="piece' in html for html in pulled) == 2
    pulled.clear()
    path = folder / "02-two.md"
    path.write_text(path.read_text("utf-8").replace("事情都小", "事情不大"), "utf-8")
    changed = printed(folder, tmp_path / "out", kept)
    speeches = [html for html in pulled if 'class="piece' in html]
    assert len(speeches) == 1
    assert "事情不大" in speeches[0]
    assert not any('id="contents"' in html or 'id="statistics"' in html for html in pulled)
    assert changed == printed(folder, tmp_path / "fresh", None)


def test_a_speech_that_grows_by_a_page_moves_the_folios_behind_it(
    write: Write, tmp_path: Path, pulled: list[str]
) -> None:
    folder, kept = write(BOOK), tmp_path / "kept"
    printed(folder, tmp_path / "out", kept)
    pulled.clear()
    path = folder / "01-speech.md"
    path.write_text(path.read_text("utf-8") + "\n\n再说一遍，还是那句话。" * 60, "utf-8")
    changed = printed(folder, tmp_path / "out", kept)
    assert sum('class="piece' in html for html in pulled) == 2
    assert any('id="contents"' in html for html in pulled)
    assert changed == printed(folder, tmp_path / "fresh", None)


def test_footnotes_that_take_a_page_move_the_folios_behind_them(
    write: Write, tmp_path: Path
) -> None:
    notes = "".join(
        f"\n\n事情很多，说也说不完。[^{n}]\n\n[^{n}]: {'出处写得很长。' * 20}" for n in range(30)
    )
    folder = write({"01-speech.md": SPEECH + notes, "02-two.md": BOOK["02-two.md"]})
    pdf = printed(folder, tmp_path / "out", tmp_path / "kept")
    document = pdfium.PdfDocument(pdf)
    words = [page.get_textpage().get_text_bounded() for page in document]
    labels = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    opening = next(
        n for n, text in enumerate(words) if "把桥修到家" in text and labels[n].isdigit()
    )
    contents = next(text for text in words if "目" in text and "把桥修到家" in text)
    assert int(labels[opening]) > 5
    entry = re.search(r"\d+", contents.partition("把桥修到家")[2])
    assert entry
    assert entry[0] == labels[opening]
    assert pdf == printed(folder, tmp_path / "again", tmp_path / "kept")


def test_damaged_type_is_set_again(write: Write, tmp_path: Path) -> None:
    folder, kept = write(BOOK), tmp_path / "kept"
    fresh = printed(folder, tmp_path / "a", kept)
    for number, path in enumerate(sorted(kept.iterdir())):
        data = path.read_bytes()
        path.write_bytes((b"", b"{}\n", data[:-9], data.replace(b"%PDF", b"%pdf"))[number % 4])
    assert printed(folder, tmp_path / "b", kept) == fresh


def test_another_program_finds_no_type_of_this_one(tmp_path: Path) -> None:
    pull = Pull(b"%PDF", (("piece", "right"),), {"s0": 0})
    one, other = Standing(tmp_path / "kept", "a"), Standing(tmp_path / "kept", "b")
    one.keep(one.key([b"x"], {}), pull)
    assert one.find(one.key([b"x"], {})) == pull
    assert other.find(other.key([b"x"], {})) is None
    assert one.key([b"x", b"y"], {}) != one.key([b"xy"], {})
    assert one.key([], {"a": b"b"}) != one.key([], {"b": b"a"})


def test_kept_type_is_bounded_and_the_last_used_stays(tmp_path: Path) -> None:
    standing = Standing(tmp_path / "kept")
    for number in range(6):
        standing.keep(f"{number}", Pull(b"x" * 1000, (), {}))
        os.utime(tmp_path / f"kept/{number}.forme", (number, number))
    assert standing.find("0")  # used again
    standing.sweep(3600)
    assert {path.stem for path in (tmp_path / "kept").iterdir()} == {"0", "5", "4"}


def test_a_volume_in_parts_is_the_same_file(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booklet.presswork.FEW", 1)
    folder = write({f"{n:02}-x.md": SPEECH.replace("好事", f"第{n}件事") for n in range(1, 8)})
    assert printed(folder, tmp_path / "a", None, at_once=3) == printed(folder, tmp_path / "b", None)


# ---- The joined file -------------------------------------------------------------------------


def test_all_formes_share_their_faces(printed_sample: Path) -> None:
    with pikepdf.open(printed_sample / "booklet.pdf") as file:
        files = [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        ]
        names = Counter(str(item.FontName) for item in files)
        assert len(names) == 6
        assert set(names.values()) == {1}
        faces = {font.objgen for page in file.pages for _, font in page.obj.Resources.Font.items()}
        assert len(faces) == 6


def test_links_bookmarks_and_tags_lead_to_the_right_pages(printed_sample: Path) -> None:
    with pikepdf.open(printed_sample / "booklet.pdf") as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        rows = file.Root.Names.Dests.Names
        places = {str(rows[n]): pages[rows[n + 1][0].objgen] for n in range(0, len(rows), 2)}
        assert list(places) == sorted(places)
        wanted = [
            str(link.Dest)
            for page in file.pages
            for link in page.obj.get("/Annots", [])
            if "/Dest" in link
        ]
        assert len(wanted) > 7
        assert set(wanted) <= set(places)
        with file.open_outline() as outline:
            targets = [item.destination for item in outline.root]
        titles = [
            pages[target[0].objgen] for target in targets if isinstance(target, pikepdf.Array)
        ]
        assert titles == sorted(titles)
        assert titles[2:9] == [places[f"s{n}"] for n in range(7)]
        tree = file.Root.StructTreeRoot
        keys = [int(tree.ParentTree.Nums[n]) for n in range(0, len(tree.ParentTree.Nums), 2)]
        assert keys == sorted(set(keys))
        assert {page.obj.StructParents for page in file.pages} <= set(keys)
        for kid in tree.K[0].K:
            assert kid.Pg.objgen in pages


def test_what_is_stamped_is_no_part_of_the_tags(printed_sample: Path) -> None:
    with pikepdf.open(printed_sample / "booklet.pdf") as file:
        body = file.pages[8].obj
        assert len(body.Contents) == 4
        assert body.Contents[3].read_bytes().startswith(b"/Artifact BMC")
        assert not isinstance(file.pages[-1].obj.Contents, pikepdf.Array)  # the back cover


def test_the_kept_folder_is_below_build(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(write(OFFICE)), "--edition", "reading"]) == 0
    assert list((tmp_path / "build/.standing").glob("*.forme"))
