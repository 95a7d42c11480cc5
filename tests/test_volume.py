"""The second sample, a memorial volume with every kind of text and picture, in every edition."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from booklet import build as pipeline
from booklet import paths
from booklet.artwork.theme import theme_names
from booklet.edition import PT_PER_MM, read_edition
from booklet.errors import BookletError
from booklet.manuscript.book import read_book
from booklet.model import Attendance, Book
from booklet.preflight.lines import check_file
from booklet.preflight.pictures import pictures_on
from booklet.render import formes, nameindex
from tests.conftest import MANIFEST, SPEECH, Write
from tests.gauge import PROOF_MARK
from tests.inks import small_screened_type, thin_screened_rules

SCHOOL = paths.ROOT / "speeches-school"
WHITE = 6.0  # mm at the edges of an office printer's paper
TYPESET = ("booklet", "booklet-press", "booklet-large", "booklet-phone")


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("school")
    findings = pipeline.build(SCHOOL, out, lambda _step: None)[1]
    assert findings == []
    return out


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(SCHOOL, theme_names(paths.THEMES), paths.edition_names())


@pytest.fixture(scope="module")
def reading_pages(volume: Path) -> list[str]:
    document = pdfium.PdfDocument(volume / "booklet.pdf")
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return [PROOF_MARK.sub("", text) for text in texts]


def test_whole_sheets(volume: Path) -> None:
    for name in ("booklet", "booklet-press", "booklet-large"):
        with pikepdf.open(volume / f"{name}.pdf") as file:
            assert len(file.pages) % 4 == 0


@pytest.mark.parametrize("name", ["booklet", "booklet-press", "booklet-large"])
def test_parts_begin_on_right_hand_pages_and_have_their_leaf(volume: Path, name: str) -> None:
    document = pdfium.PdfDocument(volume / f"{name}.pdf")
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    pages = [PROOF_MARK.sub("", page) for page in pages]
    for title in ("会议议程、主持词、贺信、题词", "发言五位代表在座谈会上的发言", "六十年", "附编"):
        (at,) = [n for n, page in enumerate(pages) if page == title]
        assert at % 2 == 0  # counted from 0: a right-hand page
        assert pages[at + 1] == ""


def test_bookmarks_of_a_part_stand_under_it(volume: Path) -> None:
    with pikepdf.open(volume / "booklet.pdf") as file, file.open_outline() as outline:
        tree = {item.title: [kid.title for kid in item.children] for item in outline.root}
        numbers = {page.obj.objgen: n for n, page in enumerate(file.pages)}
        places = [
            numbers[item.destination[0].objgen]
            for top in outline.root
            for item in (top, *top.children)
            if isinstance(item.destination, pikepdf.Array)
        ]
    assert list(tree) == [
        "版本记录",
        "校园回眸",
        "目录",
        "序",
        "会议",
        "发言",
        "六十年",
        "附编",
        "数字",
        "人名索引",
    ]
    assert tree["会议"] == ["会议议程", "请坐，请说", "样本大学致样本中学", "题词"]
    assert tree["六十年"] == ["六十年剪影", "大事记", "钟声"]
    assert places == sorted(places)


def test_only_speeches_are_numbered(reading_pages: list[str]) -> None:
    first = next(n for n, page in enumerate(reading_pages) if page.startswith("目录"))
    contents = "".join(reading_pages[first : first + 2])
    assert re.search(r"01六十年与下一个六十年", contents)
    assert re.search(r"7题词\.*8周本菊发言\.*9", contents)
    assert "06" not in contents


def test_every_picture_is_there_once_and_fine(volume: Path) -> None:
    for name in TYPESET:
        document = pdfium.PdfDocument(volume / f"{name}.pdf")
        found = [dpi for page in document for dpi in pictures_on(page)]
        document.close()
        # nine plates, two portraits, an emblem three times; in a bound book two of the plates are halves
        assert len(found) == (14 if name == "booklet-phone" else 16)
        assert min(found) > 145


def test_pictures_have_words_for_those_who_do_not_see_them(volume: Path) -> None:
    with pikepdf.open(volume / "booklet.pdf") as file:
        words = [
            str(item.Alt)
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    for said in (
        "1963年的校门",
        "出席座谈会的代表合影",
        "出席座谈会的代表合影（右半）",
        "张样青",
        "王样松",
    ):
        assert said in words


def test_who_came_is_printed_once_in_its_order(volume: Path, book: Book) -> None:
    people = [
        who.name
        for speech in book.speeches
        for block in speech.blocks
        if isinstance(block, Attendance)
        for who in block.people
    ]
    assert len(people) == 34
    for name in TYPESET:
        document = pdfium.PdfDocument(volume / f"{name}.pdf")
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        document.close()
        part = text[text.rindex("学校和主管部门") :]
        places = [part.find(one) for one in people]
        assert -1 not in places
        assert places == sorted(places) or name != "booklet-phone"  # elsewhere in two columns


def test_a_name_is_sent_to_the_pages_that_name_it(reading_pages: list[str], volume: Path) -> None:
    with pikepdf.open(volume / "booklet.pdf") as file:
        folios = [page.label for page in file.pages]
    (at,) = [n for n, page in enumerate(reading_pages) if page.startswith("人名索引")]
    index = reading_pages[at].removeprefix("人名索引").removesuffix(folios[at])
    found = dict(re.findall(r"(\D{2,3})(\d+(?:,\d+)*)", index.replace("，", ",")))
    assert len(found) > 10
    for name, pages in found.items():
        for folio in pages.split(","):
            assert name in reading_pages[folios.index(folio)], (name, folio)


def test_a_folio_of_the_index_that_is_not_true_is_found(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SPEECH.replace("一开始有人", "王秀兰说，一开始有人")
    files = {
        "booklet.yaml": MANIFEST + "index: true\neditions: [reading]\npeople: [{name: 王秀兰}]\n",
        "01-speech.md": text,
    }
    folder = write(files)
    made, _ = pipeline.build(folder, tmp_path / "good", lambda _step: None)
    assert made[0].pdf
    real = nameindex.name_index

    def shifted(*given: object) -> list[nameindex.IndexedName]:
        rows = real(*given)  # type: ignore[arg-type]
        return [
            nameindex.IndexedName(one.name, one.two, tuple(n + 1 for n in one.folios))
            for one in rows
        ]

    monkeypatch.setattr(formes, "name_index", shifted)
    with pytest.raises(BookletError) as raised:
        pipeline.build(folder, tmp_path / "bad", lambda _step: None)
    assert any("王秀兰" in found.message for found in raised.value.findings)


# ---- The office printer ----------------------------------------------------------------------


def test_an_office_printer_reaches_everything(volume: Path) -> None:
    document = pdfium.PdfDocument(volume / "booklet-imposed.pdf")
    for page in document:
        image = page.render(scale=1.5, grayscale=True).to_pil()
        edge = round(WHITE * PT_PER_MM * 1.5)
        frames = [
            image.crop((0, 0, image.width, edge)),
            image.crop((0, image.height - edge, image.width, image.height)),
            image.crop((0, 0, edge, image.height)),
            image.crop((image.width - edge, 0, image.width, image.height)),
        ]
        dark = [sum(frame.histogram()[:200]) for frame in frames]
        pictures = list(pictures_on(page))
        assert not any(dark) or pictures  # a picture across two pages reaches their edges
    document.close()


# ---- The press -------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["red", "teal", "ink"])
def press_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("themes") / "book"
    folder.mkdir()
    text = f"theme: {request.param}\nanniversary: {{years: 60, from: 1963, to: 2023}}\ninternal: true\n"
    text += "links:\n  - {url: 'https://www.wenming.cn', label: 中国文明网}\nhost: 春风社区\ndate: 2023年3月5日\n"
    text += "parts:\n  - {title: 发言, from: 01}\ncolophon: {permit: 吉印准2023第1号, compiler: 春风社区}\n"
    (folder / "booklet.yaml").write_text(MANIFEST + text + "editions: [press]\n", "utf-8")
    (folder / "01.md").write_text(SPEECH, "utf-8")
    made, _ = pipeline.build(folder, folder.parent / "out", lambda _step: None)
    return next(one.pdf for one in made if one.path.name == "booklet-press.pdf")


def test_small_type_and_thin_rules_are_of_one_ink(press_file: bytes) -> None:
    with pikepdf.open(BytesIO(press_file)) as file:
        assert list(small_screened_type(file)) == []
        assert list(thin_screened_rules(file)) == []


def test_the_school_has_type_and_rules_of_one_ink(volume: Path) -> None:
    with pikepdf.open(volume / "booklet-press.pdf") as file:
        assert list(small_screened_type(file)) == []
        assert list(thin_screened_rules(file)) == []


# ---- Lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reading", "large"])
def test_lines_are_as_they_should_be(volume: Path, book: Book, name: str) -> None:
    toml = paths.STYLES / f"{name}.toml"
    report, findings = check_file(volume / f"{read_edition(toml).stem}.pdf", toml, book.keep)
    assert report.lines > 100
    assert findings == []
