"""The lines of finished pages, matched with the paragraphs that were set: where each begins and ends.

Reads any engine's PDF with PDFium, knows the words and the edition's sizes, and nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from booklet.edition import PT_PER_MM, Edition
from booklet.preflight.lines import Glyph, page_rows

LOOK_ON = 40  # paragraphs
HYPHENS = "-\x02\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line: its paragraph, where in it without blanks it starts and ends, its glyphs.

    ``hyphen`` tells that one was added. Positions are in em from the left of the type area and from the
    head of the paper.
    """

    paragraph: int
    start: int
    end: int
    whole: str  # the paragraph, blanks taken out
    glyphs: tuple[Glyph, ...]
    page: int
    left: float
    top: float
    measure: float
    hyphen: bool

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.whole[self.start : self.end]

    @property
    def last(self) -> bool:
        """Tell whether the paragraph ends here."""
        return self.end == len(self.whole)

    @property
    def room(self) -> float:
        """The em that the line is wide, its indent taken off."""
        return self.measure - (0.0 if self.start else 2.0)


def lines_of(pdf: bytes, texts: Sequence[str], edition: Edition, unit_pt: float) -> list[SetLine]:
    """Return the lines of some paragraphs; those that cannot be matched are left out.

    ``unit_pt`` is what the file counts type sizes in.
    """
    wholes = [re.sub(r"\s", "", text) for text in texts]
    document = pdfium.PdfDocument(pdf)
    found: list[SetLine] = []
    paragraph = at = 0
    em = edition.type_pt
    for number, page in enumerate(document):
        spine, fore_edge = edition.spine_mm * PT_PER_MM, edition.fore_edge_mm * PT_PER_MM
        left = fore_edge if number % 2 and edition.bound else spine
        for row in page_rows(page, number, edition, unit_pt):
            if paragraph == len(wholes):
                break
            text, whole = row.text, wholes[paragraph]
            hyphen = text[-1] in HYPHENS and not whole.startswith(text.replace("\x02", "-"), at)
            text = text[:-1] if hyphen else text.replace("\x02", "-")
            if not whole.startswith(text, at):  # a character was lost: go on with a later paragraph
                later = range(paragraph + 1, min(paragraph + LOOK_ON, len(wholes)))
                fitting = [n for n in later if len(text) > 4 and wholes[n].startswith(text)]
                if not fitting:
                    continue
                paragraph, at, whole = fitting[0], 0, wholes[fitting[0]]
            glyphs = tuple(
                Glyph(g.char, (g.x - left) / em, g.y, (g.right - left) / em, g.spaced)
                for g in row.glyphs
            )
            top = (page.get_height() - glyphs[0].y) / em
            end = at + len(text)
            found.append(
                SetLine(
                    paragraph, at, end, whole, glyphs, number, left, top, edition.measure_em, hyphen
                )
            )
            at = end
            if at == len(whole):
                paragraph, at = paragraph + 1, 0
    document.close()
    return found
