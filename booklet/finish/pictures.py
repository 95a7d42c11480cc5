"""Pictures drawn from the finished reading edition: the README's spreads, and pages for chats."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from booklet import disk
from booklet.paths import finished, root_of

DPI = 80
DESK = "#8F8B84"  # what the pages lie on
GAP = 28  # pixels between spreads, and around
SHARE_PX = 1080  # width of a page for chats


@contextmanager
def opened(pdf: Path) -> Iterator[pdfium.PdfDocument]:
    """Lend a finished file; one that is not there, or no PDF any more, is told."""
    try:
        document = pdfium.PdfDocument(disk.read(finished(pdf)))
    except pdfium.PdfiumError:
        raise disk.refusal(pdf, "这个 PDF 打不开，可能被改坏了", "删去它，再运行 make") from None
    try:
        yield document
    finally:
        document.close()


def draw_spreads(pdf: Path, target: Path, pages: Sequence[int]) -> Path:
    """Draw pages, counted from 1, side by side and save them as PNG; return where.

    A right-hand page and the left one before it touch, as in the open book.
    """
    with opened(pdf) as document:
        drawn = [document[n - 1].render(scale=DPI / 72).to_pil() for n in pages]
    width, height = drawn[0].size
    places = [GAP]
    for before, page in pairwise(pages):
        places.append(places[-1] + width + (0 if facing(before, page) else GAP))
    desk = Image.new("RGB", (places[-1] + width + GAP, height + 2 * GAP), DESK)
    for image, x in zip(drawn, places, strict=True):
        desk.paste(image, (x, GAP))
    disk.write(target, png(desk, 128), target.parent)
    return target


def facing(left: int, right: int) -> bool:
    """Tell whether two pages, counted from 1, lie open beside each other."""
    return left % 2 == 0 and right == left + 1


def png(image: Image.Image, colours: int = 256) -> bytes:
    """Return a picture as a small PNG."""
    out = BytesIO()
    image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def quick_png(image: Image.Image) -> bytes:
    """Return a picture as a PNG in all its colours, large but soon there: for the screen of this machine."""
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def draw_pages(pdf: Path, into: Path) -> list[Path]:
    """Draw every page as a PNG for chats, ``cover.png`` first; pages of an earlier run are removed."""
    drawn = {}
    with opened(pdf) as document:
        for number, page in enumerate(document):
            path = into / ("cover.png" if number == 0 else f"{number + 1:02}.png")
            drawn[path] = png(page.render(scale=SHARE_PX / page.get_width()).to_pil())
    for old in into.glob("*.png"):
        disk.remove(old, root_of(into))
    disk.write_all(drawn, root_of(into))
    return list(drawn)
