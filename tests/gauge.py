"""What is printed, measured in the finished file and written down so that a person can read it."""

import re
from collections.abc import Iterator
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from booklet.preflight.lines import PT_PER_PX

PROOF_MARK = re.compile("校样[0-9a-f]{12}")  # on every page, and other after every change of a word

Glyph = tuple[float, float, str, float, str]
"""(baseline, origin, face, type size, character); lengths in pt, the baseline from the foot."""


def face_and_size(text: pdfium.PdfTextPage, at: int) -> tuple[str, float]:
    """Return the face and the type size in pt of one character."""
    name = (raw.c_char * 200)()
    raw.FPDFText_GetFontInfo(text, at, name, 200, None)
    size_pt = raw.FPDFText_GetFontSize(text, at) * PT_PER_PX
    return name.value.decode().partition("+")[2], round(size_pt, 2)


def glyphs_of(page: pdfium.PdfPage) -> Iterator[Glyph]:
    """Yield the characters of a page in the order of the file."""
    text = page.get_textpage()
    x, y = raw.c_double(), raw.c_double()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or not char.isprintable():
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        face, size = face_and_size(text, at)
        yield round(y.value, 1), round(x.value, 1), face, size, char


def rows_of(pdf: bytes) -> list[str]:
    """Return every line of a file but the number of a 校样: page, baseline, first and last origin, face and size, text."""
    document = pdfium.PdfDocument(pdf)
    rows = []
    for number, page in enumerate(document, 1):
        for (y, face, size), group in groupby(
            glyphs_of(page), key=lambda glyph: (glyph[0], glyph[2], glyph[3])
        ):
            glyphs = list(group)
            text = "".join(glyph[4] for glyph in glyphs)
            if PROOF_MARK.fullmatch(text):
                continue
            left, right = glyphs[0][1], glyphs[-1][1]
            rows.append(f"{number:02} {y:5.1f} {left:5.1f}–{right:5.1f} {face} {size:g} | {text}")
    document.close()
    return rows
