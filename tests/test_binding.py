"""The print shop's job: stapled or glued, the cover on one sheet with its spine, the inner pages apart."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from booklet import build as pipeline
from booklet import paths
from booklet.bindery import COVER_MM, MOST_STAPLED, UNCOATED_INK, bound, most_ink, papers
from booklet.edition import PT_PER_MM, read_edition
from booklet.errors import BookletError
from booklet.finish.wrap import GLUE_MM, wrap_boxes
from booklet.manuscript.book import read_book
from booklet.model import Binding, Book
from booklet.preflight.inks import check_x4
from tests.conftest import MANIFEST, SPEECH, Write

PRESS = MANIFEST + "host: 春风社区\neditions: [press]\n"


@pytest.fixture
def book(write: Write) -> Book:
    return read_book(write(), ("red",), ("reading",))


# ---- How a book is bound ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "asked", "perfect", "spine"),
    [
        (MOST_STAPLED, Binding(), False, 0.0),
        (MOST_STAPLED + 4, Binding(), True, 30 * 0.125 + 2 * COVER_MM),
        (28, Binding("perfect"), True, 12 * 0.125 + 2 * COVER_MM),
        (200, Binding("saddle"), False, 0.0),
        (104, Binding("", "128克铜版纸"), True, 50 * 0.104 + 2 * COVER_MM),
        (104, Binding("perfect", "128克铜版纸", 0.2), True, 50 * 0.2 + 2 * COVER_MM),
    ],
)
def test_the_spine_is_as_wide_as_its_leaves(
    book: Book, pages: int, asked: Binding, perfect: bool, spine: float
) -> None:
    made = bound(replace(book, binding=asked), pages)
    assert made.perfect == perfect
    assert made.spine_mm == pytest.approx(spine, abs=0.06)
    assert made.inner == pages - 4


def test_uncoated_paper_takes_less_ink(book: Book) -> None:
    for name, paper in papers().items():
        found = most_ink(replace(book, binding=Binding(paper=name)), 300.0)
        assert found == (300.0 if paper.coated else UNCOATED_INK)
        assert 0.05 < paper.leaf_mm < 0.3


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("binding: 线装", "没有“binding: 线装”"),
        ("binding: {way: 胶装订}", "没有“way: 胶装订”"),
        ("binding: {paper: 100克双胶}", "不认识这种纸：100克双胶"),
        ("binding: {leaf: 12}", "“leaf”应为厚度，现在是“12”"),
        ("binding: {leaf: 厚}", "“leaf”应为厚度，现在是“厚”"),
    ],
)
def test_a_binding_that_nobody_knows_is_told(write: Write, said: str, told: str) -> None:
    with pytest.raises(BookletError) as raised:
        read_book(write({"booklet.yaml": MANIFEST + said + "\n"}), ("red",), ("reading",))
    assert [found.message for found in raised.value.findings] == [told]


@pytest.mark.parametrize(
    ("said", "binding"),
    [
        ("binding: 胶装", Binding("perfect")),
        ("binding: saddle", Binding("saddle")),
        (
            "binding: {way: 无线胶装, paper: 100 克双胶纸, leaf: 0.13}",
            Binding("perfect", "100克双胶纸", 0.13),
        ),
    ],
)
def test_a_binding_is_one_word_or_three(write: Write, said: str, binding: Binding) -> None:
    made = read_book(write({"booklet.yaml": MANIFEST + said + "\n"}), ("red",), ("reading",))
    assert made.binding == binding


# ---- The files -------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["骑马订", "胶装"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, bytes]]:
    way, folder = str(request.param), tmp_path_factory.mktemp("bound")
    # a leaf as thick as it may be told, so that even a thin booklet has a spine with words
    asked = f"binding: {{way: {way}, leaf: 0.9}}\n"
    (folder / "booklet.yaml").write_text(PRESS + asked, "utf-8")
    (folder / "01-speech.md").write_text(SPEECH, "utf-8")
    outputs, _ = pipeline.build(folder, tmp_path_factory.mktemp("out"), lambda _: None)
    return way, {output.path.name: output.pdf for output in outputs}


def spine_of(cover: pikepdf.Pdf) -> float:
    left, _, right, _ = (float(side) for side in cover.pages[0].TrimBox)
    return (right - left) / PT_PER_MM - 2 * 148


def test_the_cover_is_one_sheet_and_the_inner_pages_are_apart(
    made: tuple[str, dict[str, bytes]],
) -> None:
    way, files = made
    press = read_edition(paths.STYLES / "press.toml")
    with (
        pikepdf.open(BytesIO(files["booklet-press.pdf"])) as whole,
        pikepdf.open(BytesIO(files["booklet-press-cover.pdf"])) as cover,
        pikepdf.open(BytesIO(files["booklet-press-inner.pdf"])) as inner,
    ):
        assert len(cover.pages) == 2
        assert len(inner.pages) == len(whole.pages) - 4
        spine = spine_of(cover)
        leaves = len(inner.pages) / 2
        assert spine == pytest.approx(
            leaves * 0.9 + 2 * COVER_MM if way == "胶装" else 0.0, abs=0.06
        )
        for page in cover.pages:
            bleed = [float(side) / PT_PER_MM for side in page.BleedBox]
            assert bleed[2] - bleed[0] == pytest.approx(302 + spine, abs=0.1)
            assert bleed[3] - bleed[1] == pytest.approx(216, abs=0.1)
    wanted = wrap_boxes(round(spine, 1), press)
    assert check_x4(files["booklet-press-cover.pdf"], press, "x.pdf", wanted) == []
    assert check_x4(files["booklet-press-inner.pdf"], press, "x.pdf") == []


def words(pdf: bytes, page: int = 0) -> str:
    document = pdfium.PdfDocument(pdf)
    text = document[page].get_textpage().get_text_range()
    document.close()
    return "".join(text.split())


def test_a_spine_bears_the_title_upright(made: tuple[str, dict[str, bytes]]) -> None:
    way, files = made
    pdf = files["booklet-press-cover.pdf"]
    with pikepdf.open(BytesIO(pdf)) as file:
        spine = spine_of(file)
    document = pdfium.PdfDocument(pdf)
    text = document[0].get_textpage()
    left = document[0].get_mediabox()[0]
    middle = (148 + spine / 2) * PT_PER_MM
    boxes = [
        text.get_charbox(at)
        for at in range(text.count_chars())
        if text.get_text_range(at, 1).strip()
    ]
    on_spine = [box for box in boxes if abs((box[0] + box[2]) / 2 - middle) < spine / 2 * PT_PER_MM]
    document.close()
    assert left < 0
    if way == "骑马订":
        assert not on_spine
        return
    assert len(on_spine) == len("春风集春风社区")
    tops = [box[3] for box in on_spine]
    assert tops == sorted(tops, reverse=True)  # one under another, upright
    for box in on_spine:
        assert abs((box[0] + box[2]) / 2 - middle) < 1.0


def test_no_ink_where_the_glue_comes(made: tuple[str, dict[str, bytes]]) -> None:
    way, files = made
    pdf = files["booklet-press-cover.pdf"]
    with pikepdf.open(BytesIO(pdf)) as file:
        spine = spine_of(file)
    scale = 2
    document = pdfium.PdfDocument(pdf)
    inside = document[1].render(scale=scale).to_pil().convert("L")
    slug = -document[1].get_mediabox()[0]
    document.close()

    def column(mm: float) -> bytes:
        x = round((slug + mm * PT_PER_MM) * scale)
        strip = inside.crop((x, inside.height // 4, x + 1, inside.height * 3 // 4))
        return bytes(strip.tobytes())

    glued = [column(148 - GLUE_MM + 1), column(148 + spine / 2), column(148 + spine + GLUE_MM - 1)]
    outer = [column(40.0), column(148 + spine + 100)]
    assert all(max(strip) < 200 for strip in outer)  # endpapers
    if way == "胶装":
        assert all(min(strip) > 250 for strip in glued)


def test_the_order_says_how_it_is_bound(made: tuple[str, dict[str, bytes]]) -> None:
    way, files = made
    said = words(files["booklet-press-order.pdf"])
    assert ("无线胶装，书脊" in said) == (way == "胶装")
    assert ("骑马订，两枚钉" in said) == (way == "骑马订")
    assert "booklet-press-cover.pdf" in said
    assert "260%" in said  # 100克双胶纸 is not coated


# ---- Inks of their own -----------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["red", "teal", "ink"])
def test_a_red_of_its_own_makes_inner_pages_of_two_inks(
    write: Write, tmp_path: Path, theme: str
) -> None:
    asked = f"theme: {theme}\nbinding: {{spot: PANTONE 1797 C, foil: 烫金}}\nanniversary: {{years: 60}}\n"
    asked += "parts:\n  - {title: 发言, from: 01-speech}\n"
    outputs, _ = pipeline.build(
        write({"booklet.yaml": PRESS + asked}), tmp_path / "out", lambda _: None
    )
    files = {output.path.name: output.pdf for output in outputs}
    press = read_edition(paths.STYLES / "press.toml")
    assert check_x4(files["booklet-press.pdf"], press, "x.pdf") == []
    assert check_x4(files["booklet-press-inner.pdf"], press, "x.pdf") == []
    with pikepdf.open(BytesIO(files["booklet-press-inner.pdf"])) as file:
        found = {colour for page in file.pages for colour in colours(page.obj, page.resources)}
    plates = {colour[0] for colour in found if len(colour) == 2}
    assert plates == {"/PANTONE 1797 C"}
    assert {1.0, 0.6, 0.06} <= {colour[1] for colour in found if len(colour) == 2}
    assert all(colour[:3] == (0.0, 0.0, 0.0) for colour in found if len(colour) == 4)
    with pikepdf.open(BytesIO(files["booklet-press-cover.pdf"])) as file:
        outside = set(colours(file.pages[0].obj, file.pages[0].resources))
        inside = set(colours(file.pages[1].obj, file.pages[1].resources))
    assert ("/烫金", 1.0) in outside
    assert not any(colour[0] == "/PANTONE 1797 C" for colour in inside | outside)
    assert not any(colour[0] == "/烫金" for colour in inside | found)
    said = words(files["booklet-press-order.pdf"])
    assert "内文两色：黑加专色“PANTONE1797C”" in said
    assert "封面烫印“烫金”" in said


def colours(stream: pikepdf.Object, resources: pikepdf.Object) -> Iterator[tuple[Any, ...]]:
    """Yield (c, m, y, k), or (plate, share), of all that a page and its forms paint with."""
    space = "/DeviceCMYK"
    for instruction in pikepdf.parse_content_stream(stream):
        word, given = str(instruction.operator), list(instruction.operands)
        if word in ("cs", "CS"):
            space = str(given[0])
        elif word in ("scn", "SCN", "k", "K"):
            values = tuple(round(float(one), 3) for one in given)
            if len(values) == 1:
                yield str(resources.ColorSpace[space][1]), values[0]
            else:
                yield values
        elif word in ("g", "G"):
            yield 0.0, 0.0, 0.0, round(1 - float(given[0]), 3)
        elif word == "Do" and (form := resources.XObject[str(given[0])]).Subtype == "/Form":
            yield from colours(form, form.get("/Resources", resources))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{spot: Cyan}", "不能用“Cyan”作油墨的名称"),
        ("{spot: 金, foil: 金}", "专色和烫印不能同名"),
        (f"{{spot: {'长' * 50}}}", f"不能用“{'长' * 20}”作油墨的名称"),
    ],
)
def test_a_name_that_no_ink_can_have_is_told(write: Write, said: str, told: str) -> None:
    with pytest.raises(BookletError) as raised:
        read_book(write({"booklet.yaml": MANIFEST + f"binding: {said}\n"}), ("red",), ("reading",))
    assert [found.message for found in raised.value.findings] == [told]
