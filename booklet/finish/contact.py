"""The contact sheet: every spread of a finished file, small and numbered, on A4, to look the whole over."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from booklet import disk
from booklet.finish.pictures import opened, png
from booklet.paths import root_of

DPI = 200
A4_MM = (210, 297)
MARGIN_MM, GAP_MM, CAPTION_MM = 12.0, 6.0, 5.0
COLUMNS, ROWS = 2, 4
HEAD_MM = 10.0
TYPE_MM = 3.0  # height of captions
EDGE, WORDS, PAPER = "#B9B3AA", "#3A3633", "#FFFFFF"
PDF, PNG = "contact.pdf", "contact-{}.png"


@dataclass(frozen=True, slots=True)
class Spread:
    """The pages that lie open together, from 0; None where there is none; and their numbers."""

    left: int | None
    right: int | None
    label: str


def px(length_mm: float) -> int:
    """Return a length in pixels of the sheet."""
    return round(length_mm / 25.4 * DPI)


def spreads(labels: list[str], bound: bool) -> Iterator[Spread]:
    """Yield what lies open together: of a bound file the cover alone, then pairs; else each page."""
    last = len(labels) - 1
    for number, first in enumerate(range(-1 if bound else 0, last + 1, 2), 1):
        left, right = first if first >= 0 else None, first + 1 if first < last else None
        named = "—".join(labels[page] for page in (left, right) if page is not None)
        yield Spread(left, right, f"{number}　{named}")


def draw_contact(pdf: Path, into: Path, heading: str, face: Path) -> list[Path]:
    """Draw the sheets as one PDF and as a PNG each; return where.

    ``heading`` stands on every sheet; ``face`` is the font file of all words.
    """
    with opened(pdf) as document:
        labels = [document.get_page_label(n) or str(n + 1) for n in range(len(document))]
        width, height = document[0].get_size()
        bound = labels[0] == "封面" and len(labels) % 4 == 0
        all_spreads = list(spreads(labels, bound))
        count = -(-len(all_spreads) // (COLUMNS * ROWS))
        sheets = []
        for number in range(count):
            shown = all_spreads[number * COLUMNS * ROWS :][: COLUMNS * ROWS]
            head = f"{heading}　　{number + 1} / {count}"
            sheets.append(sheet(document, shown, height / width, head, face))
    return save(sheets, into)


def sheet(
    document: pdfium.PdfDocument, shown: list[Spread], tall: float, head: str, face: Path
) -> Image.Image:
    """Return one sheet; a page is ``tall`` times as high as wide."""
    image = Image.new("RGB", (px(A4_MM[0]), px(A4_MM[1])), PAPER)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(face), px(TYPE_MM))
    pen.text((px(MARGIN_MM), px(MARGIN_MM)), head, WORDS, font)
    cell = (A4_MM[0] - 2 * MARGIN_MM - (COLUMNS - 1) * GAP_MM) / COLUMNS
    step = (A4_MM[1] - 2 * MARGIN_MM - HEAD_MM) / ROWS
    wide = min(cell / 2, (step - CAPTION_MM - GAP_MM) / tall)
    size = px(wide), px(wide * tall)
    for at, spread in enumerate(shown):
        x = px(MARGIN_MM + (at % COLUMNS) * (cell + GAP_MM) + (cell - 2 * wide) / 2)
        y = px(MARGIN_MM + HEAD_MM + (at // COLUMNS) * step)
        for page, left in ((spread.left, x), (spread.right, x + size[0])):
            if page is not None:
                image.paste(small(document[page], size), (left, y))
                pen.rectangle((left, y, left + size[0], y + size[1]), outline=EDGE)
        middle = x + size[0]
        pen.text((middle, y + size[1] + px(1.2)), spread.label, WORDS, font, anchor="ma")
    return image


def small(page: pdfium.PdfPage, size: tuple[int, int]) -> Image.Image:
    """Return a page in so many pixels, drawn twice as large first: thin strokes stay."""
    drawn: Image.Image = page.render(scale=2 * size[0] / page.get_width()).to_pil()
    return drawn.resize(size, Image.Resampling.LANCZOS)


def save(sheets: list[Image.Image], into: Path) -> list[Path]:
    """Write the sheets; pictures of an earlier run are removed."""
    for old in into.glob(PNG.format("*")):
        disk.remove(old, root_of(into))
    out = BytesIO()
    sheets[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=sheets[1:], quality=88)
    files = {into / PDF: out.getvalue()}
    files |= {into / PNG.format(number): png(one) for number, one in enumerate(sheets, 1)}
    disk.write_all(files, root_of(into))
    return list(files)
