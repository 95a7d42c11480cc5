"""What the eye sees: a finished file that is damaged, or printed so that it cannot be read, is caught."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from booklet import build as pipeline
from booklet import paths
from booklet.edition import Edition
from booklet.errors import BookletError
from booklet.imprint import Imprint
from booklet.manuscript.book import read_book
from booklet.model import Book
from booklet.preflight.prove import preflight
from booklet.preflight.sight import luminance
from tests.conftest import MANIFEST, SPEECH, Write

FAMILIES = frozenset({"song", "hei", "kai"})
LINKED = SPEECH.replace(
    '  - {url: "https://www.wenming.cn", label: 中国文明网}\n',
    '  - {url: "https://www.wenming.cn", label: 中国文明网}\n  - {url: "https://www.gov.cn", label: 政府网}\n',
)
BOOK_LINK = MANIFEST + 'links:\n  - {url: "https://www.moe.gov.cn", label: 教育部}\n'


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Book, Imprint]:
    """A small book that passes, printed, what it was printed from, and what it says of itself."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "booklet.yaml").write_text(BOOK_LINK, "utf-8")
    (folder / "01.md").write_text(LINKED, "utf-8")
    made, findings = pipeline.build(folder, folder / "out", lambda _step: None, "reading")
    assert findings == []
    return made[0].pdf, read_book(folder, ("red",), ("reading",)), made[0].imprint


def page_with(pdf: pikepdf.Pdf, label: str) -> pikepdf.Page:
    """Return the page that bears a label."""
    return next(page for page in pdf.pages if page.label == label)


def cover_foot(pdf: pikepdf.Pdf) -> None:
    """Paint over the lower half of a text page."""
    page = page_with(pdf, "1")
    page.contents_add(b"q 1 g 0 60 400 200 re f Q")


def lose_page(pdf: pikepdf.Pdf) -> None:
    """Take the first page of the text out, and one more, so that the count is whole."""
    del pdf.pages[6]


def swap_face(pdf: pikepdf.Pdf) -> None:
    """Let one face call itself another."""
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Dictionary)
            and "/BaseFont" in item
            and "song" in str(item.BaseFont)
        ):
            item.BaseFont = pikepdf.Name("/ABCDEF+Arial")
        described = isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        if described and "song" in str(item.FontName):
            item.FontName = pikepdf.Name("/ABCDEF+Arial")


def change_link(pdf: pikepdf.Pdf) -> None:
    """Let a link lead elsewhere than its code."""
    for page in pdf.pages:
        for note in page.get("/Annots", ()):
            if "/A" in note and str(note.A.get("/URI", "")) == "https://www.wenming.cn":
                note.A.URI = pikepdf.String("https://www.example.cn")


def shift_page(pdf: pikepdf.Pdf) -> None:
    """Move everything on a page to the edge."""
    page = page_with(pdf, "1")
    page.contents_add(b"1 0 0 1 -55 0 cm", prepend=True)


def untag_header(pdf: pikepdf.Pdf) -> None:
    """Make every header cell a plain one."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH":
            item.S = pikepdf.Name("/TD")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (cover_foot, "有字看不见"),
        (lose_page, "没有找到"),
        (swap_face, "混进了别的字体：Arial"),
        (change_link, "点不到它的网址"),
        (shift_page, "离裁切线"),
        (untag_header, "标签不合"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_file_damaged_behind_our_back_is_caught(
    whole: tuple[bytes, Book, Imprint],
    edition: Edition,
    damage: Callable[[pikepdf.Pdf], None],
    told: str,
) -> None:
    pdf, book, imprint = whole
    assert preflight(pdf, book, edition, FAMILIES, "x.pdf", imprint) == []
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        damage(file)
        file.save(out)
    found = preflight(out.getvalue(), book, edition, FAMILIES, "x.pdf", imprint)
    assert any(told in finding.message for finding in found), found


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (".pull-quote p { margin-top: -40pt !important }", "叠在一起"),
        (".stats { background: url(booklet:///emblem.svg) !important }", "字压在图上"),
        (".links.many .qr a { padding-left: 0 !important }", "字"),
        (".links .qr a { height: 30pt !important }", "点不到它的网址"),
        (
            ".back-links .qr a { margin-top: 0 !important; padding-top: 0 !important }",
            "点不到它的网址",
        ),
    ],
)
def test_pages_that_cannot_be_read_are_not_published(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, css: str, told: str
) -> None:
    assert any(told in message for message in refused(write, tmp_path, monkeypatch, css))


def test_each_fault_of_a_page_is_told(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    css = {
        "字和底色太接近": ".stats .label { color: #F2ECE2 !important }",
        "有字看不见": ".opening .speaker { color: #FFFFFF !important }",
        "目录说": ".contents .turn::after { content: ' 9' !important }",
        "“数字”页": ".statistics .turn::after { content: ' 9' !important }",
    }
    small = ".colophon-title { font-size: 1pt !important; color: #FFFFFF !important }"
    messages = refused(write, tmp_path, monkeypatch, "\n".join([*css.values(), small]))
    for told in css:
        assert any(told in message for message in messages), told
    assert sum("有字看不见" in message for message in messages) == 2


def refused(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, css: str) -> list[str]:
    """What is wrong with a book set with more CSS, of which nothing is published."""
    styles = tmp_path / "styles"
    shutil.copytree(paths.STYLES, styles)
    with (styles / "book.css").open("a", encoding="utf-8") as sheet:
        sheet.write(f"\n{css}\n")
    monkeypatch.setattr(paths, "STYLES", styles)
    folder = write({"booklet.yaml": BOOK_LINK, "01-speech.md": LINKED})
    with pytest.raises(BookletError) as raised:
        pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
    assert not (tmp_path / "out").exists()
    return [finding.message for finding in raised.value.findings]


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert (luminance(255) + 0.05) / (luminance(0) + 0.05) == pytest.approx(21)
    assert luminance(181, 18, 27) == pytest.approx(luminance(255, 0, 0) * 0.5, rel=0.2)
