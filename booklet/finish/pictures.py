"""Pictures drawn from the finished reading edition: the README's spread, and pages for chats."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from booklet import disk
from booklet.paths import finished, root_of

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
    disk.write(target, png(desk, 128), target.parent)
    return target


def png(image: Image.Image, colours: int = 256) -> bytes:
    """Return a picture as a small PNG."""
    out = BytesIO()
    image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_pages(pdf: Path, into: Path) -> list[Path]:
    """Draw every page as a PNG for chats, ``cover.png`` first; pages of an earlier run are removed."""
    document = pdfium.PdfDocument(finished(pdf))
    for old in into.glob("*.png"):
        disk.remove(old, root_of(into))
    drawn = {}
    for number, page in enumerate(document):
        path = into / ("cover.png" if number == 0 else f"{number + 1:02}.png")
        image = page.render(scale=SHARE_PX / page.get_width()).to_pil()
        drawn[path] = png(image)
    document.close()
    disk.write_all(drawn, root_of(into))
    return list(drawn)
