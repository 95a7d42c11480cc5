"""The emblem of whoever publishes a book, from a file of the office: a picture, or a drawing made one."""

from functools import lru_cache

import pypdfium2 as pdfium

from booklet import disk
from booklet.artwork import photographs
from booklet.limits import LIMITS
from booklet.model import Book
from booklet.press.sealed import PressError, drawn

SIDE_MM, DPI = 60.0, 600
FIX = "把它另存为 .png（1000 像素以上），或在绘图软件里把文字转成轮廓再存"


def emblem_of(book: Book) -> bytes:
    """Return a book's emblem as the bytes of a picture, b"" for none; one that cannot be drawn is told."""
    figure = book.emblem
    if figure is None:
        return b""
    if figure.path.suffix.lower() != ".svg":
        return photographs.content(figure)
    limit = LIMITS["text"]
    svg = disk.read(figure.path, None, limit.most, limit.fix)
    try:
        return picture_of(svg)
    except PressError as error:
        raise photographs.refusal(figure, book.path, "标志画不出来", FIX) from error


@lru_cache(maxsize=2)
def picture_of(svg: bytes) -> bytes:
    """Return a drawing as the bytes of a picture; kept, for each edition and each look at the desk asks for it."""
    document = pdfium.PdfDocument(drawn(svg, SIDE_MM))
    image = document[0].render(scale=DPI / 72).to_pil()
    document.close()
    return photographs.trimmed(image)
