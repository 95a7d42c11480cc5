"""Prove a copy: it is its master, and on one page bears the words that it should."""

from collections.abc import Sequence

import pypdfium2 as pdfium

from booklet.finish.copies import Master
from booklet.finish.seal import ZEROS
from booklet.preflight.reading import squeeze


def prove(made: Master, copy: bytes, lines: Sequence[str], text: str) -> list[str]:
    """Return what a copy has beside its words: nothing of the master changed, these are printed.

    ``text`` is what the page says without them. Read back with PDFium, which knows nothing of how
    the copy was made.
    """
    wrong = []
    at = len(made.before)
    if copy[:at] != made.before or not copy[at + len(ZEROS) :].startswith(made.behind):
        wrong.append("正文变了")
    read = squeeze(text_at(copy, made.spot.page))
    if read != squeeze(text + "".join(lines)):
        wrong.append(f"印上的字读出来是“{read[-40:]}”")
    return wrong


def text_of(made: Master) -> str:
    """Return what the page of the spot says before any words are put there."""
    return text_at(made.blank, made.spot.page)


def text_at(pdf: bytes, number: int) -> str:
    """Return all that a page says, counted from 0."""
    document = pdfium.PdfDocument(pdf)
    try:
        return str(document[number].get_textpage().get_text_bounded())
    finally:
        document.close()
