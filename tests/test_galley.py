"""The contract with WeasyPrint 70.0, and the finished page measured from its glyphs.

The measurement knows nothing of the composer: it reads where PDFium finds each character.
"""

import statistics
from importlib.metadata import version
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from booklet import build as pipeline
from booklet import places
from booklet.clreq import MAY_NOT_END_LINE, MAY_NOT_START_LINE
from booklet.edition import PT_PER_MM, Edition
from booklet.plan import FIRST_MARK, mark, plan_of
from booklet.press import galley, lay_out


def test_weasyprint_is_the_one_the_galley_is_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert version("weasyprint") == galley.PINNED
    monkeypatch.setattr(galley, "__version__", "71.0")
    with pytest.raises(RuntimeError, match="made for"), galley.finished_lines([]):
        pass


def test_a_mark_names_its_plan_and_is_not_in_any_text() -> None:
    assert plan_of(mark(7) + "汉字") == 7
    assert plan_of("汉字") is None
    assert plan_of("") is None
    with pytest.raises(OverflowError):
        mark(0x20000)


def test_a_plan_changes_the_width_of_a_line_and_leaves_others_alone() -> None:
    html = (
        "<style>div{{float:left;font:20px/1 song;white-space:nowrap}}@font-face{{font-family:song;"
        "src:url(booklet:///song.ttf)}}</style><div id=a>{}AB</div><div id=b>AB</div>"
    )
    from booklet.fonts import read_fonts, subset

    face = subset(read_fonts(places.FONTS)["song-400"], "AB")
    plans = [((0, 0.7, 1.7, 0.0),)]
    document = lay_out(html.format(mark(0)), {"song.ttf": face}, plans).document
    widths = {
        box.element.get("id"): box.width
        for page in document.pages
        for box in page._page_box.descendants()
        if box.element is not None and box.element.get("id") and box.element_tag == "div"
    }
    assert widths["a"] > widths["b"] + 15
    assert all(ord(char) < FIRST_MARK for char in "AB")


# ---- The sample, from its glyphs -------------------------------------------------------------


PT_PER_PX = 0.75  # WeasyPrint writes type sizes in pixels, under a matrix
Char = tuple[
    str, float, float, float
]  # (character, left of its origin, baseline, right edge of ink)


def text_lines(page: pdfium.PdfPage, edition: Edition) -> list[list[Char]]:
    """Return the lines set in body type on a page, as characters with their origins in pt."""
    textpage = page.get_textpage()
    rows: dict[float, list[Char]] = {}
    for index in range(textpage.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(textpage, index))
        if (
            char.isspace()
            or abs(raw.FPDFText_GetFontSize(textpage, index) * PT_PER_PX - edition.type_pt) > 0.05
        ):
            continue
        x, y = raw.c_double(), raw.c_double()
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        box = textpage.get_charbox(index)
        rows.setdefault(round(y.value, 1), []).append((char, x.value, y.value, box[2]))
    return [sorted(row, key=lambda c: c[1]) for _, row in sorted(rows.items(), reverse=True)]


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[Char]]]:
    """The body lines of each page of the sample's text."""
    from booklet.edition import read_edition

    edition = read_edition(places.STYLES / "reading.toml")
    out: Path = tmp_path_factory.mktemp("galley")
    made, _ = pipeline.build(places.ROOT / "speeches", out, lambda _step: None)
    document = pdfium.PdfDocument(made[0].path)
    try:
        first = [document.get_page_label(n) for n in range(len(document))].index("1")
        pages = [text_lines(document[n], edition) for n in range(first, len(document) - 4)]
    finally:
        document.close()
    return [page for page in pages if page]


def left_edge(page: list[list[Char]]) -> float:
    """Return where most lines of a page begin; a halved opening mark has its origin further left."""
    return statistics.mode(round(line[0][1], 1) for line in page)


def full_lines(page: list[list[Char]], edition: Edition) -> list[list[Char]]:
    """Return the lines that reach the right edge within two em: those that are not last ones."""
    left = left_edge(page)
    return [line for line in page if line[-1][1] > left + edition.measure_pt - 2 * edition.type_pt]


def test_lines_end_flush_within_a_fiftieth_of_an_em(
    body: list[list[list[Char]]], edition: Edition
) -> None:
    off = []
    for page in body:
        left = left_edge(page)
        for line in full_lines(page, edition):
            char, x, _, _ = line[-1]
            if "\u4e00" <= char <= "\u9fff":
                off.append(abs(x + edition.type_pt - left - edition.measure_pt) / edition.type_pt)
    assert len(off) > 100
    assert statistics.quantiles(off, n=50)[-1] <= 0.02
    assert sum(one > 0.02 for one in off) <= len(off) * 0.02  # last lines that happen to be long


def test_no_line_begins_or_ends_with_a_mark_that_may_not(body: list[list[list[Char]]]) -> None:
    for page in body:
        for line in page:
            assert line[0][0] not in MAY_NOT_START_LINE
            assert line[-1][0] not in MAY_NOT_END_LINE


def test_baselines_stand_on_the_grid(body: list[list[list[Char]]], edition: Edition) -> None:
    top = edition.trim_mm[1] * PT_PER_MM - edition.head_mm * PT_PER_MM
    steps = {round((top - line[0][2]) % edition.line_pt, 1) for page in body for line in page}
    assert max(steps) - min(steps) <= 0.3, steps
