"""Pictures drawn from the finished reading edition: the README's spread, and pages for chats."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from booklet.paths import finished

DPI = 80
DESK = "#8F8B84"  # what the pages lie on
GAP = 28  # pixels between cover and spread, and around
SHARE_PX = 1080  # width of a page for chats
SPREAD = 7  # index of the spread's left page


def draw_spread(pdf: Path, target: Path) -> Path:
    """Draw the cover and a spread side by side and save them as PNG; return where."""
    document = pdfium.PdfDocument(finished(pdf))
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


def draw_pages(pdf: Path, into: Path) -> list[Path]:
    """Draw every page as a PNG for chats, ``cover.png`` first; pages of an earlier run are removed."""
    document = pdfium.PdfDocument(finished(pdf))
    into.mkdir(parents=True, exist_ok=True)
    for old in into.glob("*.png"):
        old.unlink()
    drawn = []
    for number, page in enumerate(document):
        path = into / ("cover.png" if number == 0 else f"{number + 1:02}.png")
        image = page.render(scale=SHARE_PX / page.get_width()).to_pil()
        image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        drawn.append(path)
    document.close()
    return drawn
