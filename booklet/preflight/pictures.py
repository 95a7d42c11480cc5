"""Whether every picture of the book is on its pages, and as fine as it should be: read from the finished file."""

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from booklet.artwork.plates import goes_across, shown_pictures
from booklet.edition import Edition
from booklet.errors import Finding, our_fault
from booklet.genres import PLATES
from booklet.model import Book, Figure, Speech

EMBLEMS = 3  # on the cover, the title page and the back
LEAST_DPI = 90  # a picture of fewer pixels is printed smaller, never coarser


def check_pictures(
    document: pdfium.PdfDocument, book: Book, edition: Edition, name: str
) -> list[Finding]:
    """Return what is wrong: pictures missing or printed twice, coarser than any should be."""
    wanted = sum(pictures_of(speech, edition) for speech in book.speeches)
    wanted += (book.picture is not None) + EMBLEMS * (book.emblem is not None)
    found = [dpi for page in document for dpi in pictures_on(page)]
    messages = []
    if len(found) != wanted:
        messages.append(f"书里应有 {wanted} 张图片，成品里有 {len(found)} 张")
    messages += [f"有一张图片只有 {dpi:.0f} dpi" for dpi in found if dpi < LEAST_DPI]
    return [our_fault(name, message) for message in messages]


def pictures_of(speech: Speech, edition: Edition) -> int:
    """Return how many pictures a text has on its pages; one that goes across two pages counts twice."""
    portrait = 1 if speech.portrait else 0
    if speech.kind != PLATES:
        return portrait + sum(isinstance(block, Figure) for block in speech.blocks)
    shown = shown_pictures(speech)
    return sum(1 + goes_across(one, speech, edition) for one in shown)


def pictures_on(page: pdfium.PdfPage) -> Iterator[float]:
    """Yield the resolution of each picture of a page, in pixels to the inch."""
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        left, _, right, _ = item.get_bounds()
        wide, _ = item.get_px_size()
        yield wide / max(right - left, 0.01) * 72
