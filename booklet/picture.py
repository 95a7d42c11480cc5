"""The README's picture: cover, and one spread, drawn from the finished reading edition."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from booklet.errors import BookletError, Finding

DPI = 80
DESK = "#8F8B84"  # what the pages lie on
GAP = 28  # pixels between cover and spread, and around
SPREAD = 7  # index of the spread's left page


def draw_spread(pdf: Path, target: Path) -> Path:
    """Draw the cover and a spread side by side and save them as PNG; return where."""
    if not pdf.is_file():
        raise BookletError(Finding(str(pdf), 0, "还没有成品", "先运行 make"))
    document = pdfium.PdfDocument(pdf)
    try:
        left = min(SPREAD, len(document) - 2)
        pages = [document[n].render(scale=DPI / 72).to_pil() for n in (0, left, left + 1)]
    finally:
        document.close()
    width, height = pages[0].size
    desk = Image.new("RGB", (3 * width + 3 * GAP, height + 2 * GAP), DESK)
    for page, x in zip(pages, (GAP, 2 * GAP + width, 2 * GAP + 2 * width), strict=True):
        desk.paste(page, (x, GAP))
    target.parent.mkdir(exist_ok=True)
    desk.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    return target
