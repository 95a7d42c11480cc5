"""Copies with names: nothing differs from the master but the words, and they are on the page."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import ImageChops

from booklet import build as pipeline
from booklet import paths
from booklet.cli import main
from booklet.copies import make_copies, prepare, proven, read_rows
from booklet.errors import BookletError
from booklet.faces.fonts import Fonts, read_fonts
from booklet.finish.copies import copy_of, together
from booklet.finish.seal import read_seal
from booklet.preflight.copies import prove, text_of
from booklet.preflight.tags import check_tags
from tests.conftest import MANIFEST, SPEECH, Write

TABLE = "姓名,编号,座位\n王秀兰,001,3排5座\n欧阳振华,002,\n𠮷林,003,3排7座\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small book."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "booklet.yaml").write_text(
        MANIFEST + "editions: [reading, phone, press, imposed]\n", "utf-8"
    )
    (folder / "01.md").write_text(SPEECH, "utf-8")
    out = tmp_path_factory.mktemp("out")
    pipeline.build(folder, out, lambda _step: None)
    return out


def table_of(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a table of names."""
    path = folder / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return path


def texts(pdf: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        yield re.sub(r"\s", "", page.get_textpage().get_text_bounded())
    document.close()


@pytest.mark.parametrize("stem", ["booklet", "booklet-press", "booklet-phone"])
def test_a_copy_is_the_master_with_its_words(
    book: Path, tmp_path: Path, fonts: Fonts, stem: str
) -> None:
    pdf = (book / f"{stem}.pdf").read_bytes()
    table = table_of(tmp_path, TABLE)
    rows = read_rows(table)
    assert [row.name for row in rows] == ["001-王秀兰.pdf", "002-欧阳振华.pdf", "003-𠮷林.pdf"]
    made = prepare(table, rows, pdf, fonts)
    for row, copy in proven(made, rows, text_of(made)):
        before, after = list(texts(pdf)), list(texts(copy))
        spot = made.spot.page
        assert after[spot] == before[spot] + "".join(row.words).replace(" ", "")
        assert before[:spot] + before[spot + 1 :] == after[:spot] + after[spot + 1 :]
        assert row.words[0] == f"赠：{row.name[4:-4]}"
        seal = read_seal(copy)
        assert seal is not None
        assert seal.whole
        assert seal.imprint == read_seal(pdf).imprint  # type: ignore[union-attr]
        broken = copy.replace(b"0 g 1 0 0 1", b"1 g 1 0 0 1")
        assert broken != copy
        assert not read_seal(broken).whole  # type: ignore[union-attr]
        with pikepdf.open(BytesIO(copy)) as file:
            assert file.check_pdf_syntax() == []
        if stem != "booklet-press":
            assert check_tags(copy, row.name) == []


def test_only_the_words_are_seen_anew(book: Path, tmp_path: Path, fonts: Fonts) -> None:
    pdf = (book / "booklet.pdf").read_bytes()
    table = table_of(tmp_path, TABLE)
    rows = read_rows(table)
    made = prepare(table, rows, pdf, fonts)
    master, copy = pdfium.PdfDocument(pdf), pdfium.PdfDocument(copy_of(made, rows[0].words))
    for number, (old, new) in enumerate(zip(master, copy, strict=True)):
        pictures = [page.render(scale=1, grayscale=True).to_pil() for page in (old, new)]
        changed = ImageChops.difference(*pictures).getbbox()
        assert bool(changed) == (number == made.spot.page)
        if changed:
            left, top, right, foot = changed
            width, height = pictures[0].size
            assert abs((left + right) / 2 - width / 2) < 3  # in the middle
            assert left > 40
            assert right < width - 40
            assert top > 40
            assert foot < height - 40
    master.close()
    copy.close()


def test_a_proof_finds_another_word_and_a_changed_page(
    book: Path, tmp_path: Path, fonts: Fonts
) -> None:
    pdf = (book / "booklet.pdf").read_bytes()
    table = table_of(tmp_path, TABLE)
    rows = read_rows(table)
    made = prepare(table, rows, pdf, fonts)
    copy, text = copy_of(made, rows[0].words), text_of(made)
    assert prove(made, copy, rows[0].words, text) == []
    assert prove(made, copy, rows[1].words, text) != []
    other = copy.replace(b"%%EOF", b"%%EOG", 1)
    assert "正文变了" in prove(made, other, rows[0].words, text)


def test_copies_are_written_and_old_ones_taken_away(book: Path, tmp_path: Path) -> None:
    told: list[str] = []
    many = "姓名\n" + "\n".join(f"王{n:03}" for n in range(120))
    count, where = make_copies(
        table_of(tmp_path, many), book / "booklet.pdf", tmp_path / "out", told.append, 2
    )
    assert count == 120 == len(list(where.glob("*.pdf")))
    assert told[-1] == "印名字：120/120"
    count, where = make_copies(
        table_of(tmp_path, TABLE), book / "booklet.pdf", tmp_path / "out", told.append
    )
    assert sorted(path.name for path in where.iterdir()) == [
        "001-王秀兰.pdf",
        "002-欧阳振华.pdf",
        "003-𠮷林.pdf",
    ]


def test_all_copies_in_one_file(book: Path, tmp_path: Path, fonts: Fonts) -> None:
    pdf = (book / "booklet.pdf").read_bytes()
    table = table_of(tmp_path, TABLE)
    rows = read_rows(table)
    made = prepare(table, rows, pdf, fonts)
    whole = together(made, [row.words for row in rows])
    pages = len(list(texts(pdf)))
    found = list(texts(whole))
    assert len(found) == 3 * pages
    for number, row in enumerate(rows):
        assert "".join(row.words).replace(" ", "") in found[number * pages + made.spot.page]
    assert len(whole) < 2 * len(pdf)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "名单是空的"),
        ("\n,,\n", "名单是空的"),
        ("单位,部门\n甲,乙\n", "没有“姓名”或“编号”一栏"),
        ("姓名\n王秀兰,多了\n", "名单.csv:2: 这一行的栏比第一行多"),
        ("姓名\n王\U0003134a\n", "名单.csv:2: 字体里没有“\U0003134a”"),
        ("姓名\n" + "王" * 60 + "\n", "名单.csv:2: 一行印不下"),
        ("姓名\n" + "王\n" * 20_001, "最多 20000 份"),
        ("姓名," + ",".join(f"第{n}栏" for n in range(40)) + "\n王" + ",甲" * 40 + "\n", "没有地方印这几行字"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told(book: Path, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BookletError, match=re.escape(told)):
        make_copies(
            table_of(tmp_path, text), book / "booklet.pdf", tmp_path / "out", lambda _words: None
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_as_spreadsheets_write_it(tmp_path: Path, encoding: str) -> None:
    rows = read_rows(table_of(tmp_path, "姓名\r\n王秀兰的同志们\r\n在这里\r\n", encoding))
    assert [row.words for row in rows] == [("赠：王秀兰的同志们",), ("赠：在这里",)]


def test_a_column_of_names_needs_no_heading(tmp_path: Path) -> None:
    assert [row.words for row in read_rows(table_of(tmp_path, "王秀兰\n赵大海\n"))] == [
        ("赠：王秀兰",),
        ("赠：赵大海",),
    ]


def test_hostile_names_stay_in_the_folder(book: Path, tmp_path: Path) -> None:
    text = '姓名\n../../x\n"a/b\\c:*?<>|"\n' + "甲" * 20 + "\n"
    _, where = make_copies(
        table_of(tmp_path, text), book / "booklet.pdf", tmp_path / "out", lambda _words: None
    )
    assert sorted(path.name for path in where.iterdir()) == [
        "001-x.pdf",
        "002-abc.pdf",
        f"003-{'甲' * 20}.pdf",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "名单.csv"]


def test_an_imposed_file_gets_no_names(book: Path, tmp_path: Path) -> None:
    with pytest.raises(BookletError, match="印不上名字"):
        make_copies(
            table_of(tmp_path, TABLE),
            book / "booklet-imposed.pdf",
            tmp_path / "out",
            lambda _words: None,
        )


def test_the_command(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = write({"booklet.yaml": MANIFEST + "editions: [reading]\n"})
    table = table_of(tmp_path, TABLE)
    assert main(["copies", str(table), str(folder)]) == 0
    assert "3 份" in capsys.readouterr().out
    assert main(["copies", "--one", str(table), str(folder)]) == 0
    other = tmp_path / "sent.pdf"
    other.write_bytes((paths.out_of(folder) / "booklet.pdf").read_bytes())
    assert main(["copies", str(table), "--file", str(other)]) == 0
    assert len(list((tmp_path / "copies").glob("*.pdf"))) == 3
    assert (paths.out_of(folder) / "booklet-copies.pdf").is_file()
    assert main(["copies", str(tmp_path / "none.csv"), str(folder)]) == 1


def test_the_faces_are_those_of_the_house() -> None:
    assert {"kai-400", "song-400"} <= read_fonts(paths.FONTS).keys()
