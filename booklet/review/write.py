"""One Word file a speech for its author, in plain looks, the questions about it as comments at their place."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from booklet.errors import Finding
from booklet.review.sent import Passage, digest, keywords

ASKED_BY, INITIALS = "校对", "校"
WHEN = datetime(2000, 1, 1)  # the same whenever it is made
LOOKS = {  # kind: face, size in pt, centred, first-line indent in characters
    "title": ("黑体", 18, True, 0),
    "speaker": ("楷体", 14, True, 0),
    "designation": ("楷体", 14, True, 0),
    "heading": ("黑体", 14, False, 2),
    "text": ("宋体", 14, False, 2),
    "quote": ("楷体", 14, False, 2),
    "item": ("宋体", 14, False, 2),
}
REQUEST = (
    "请直接改在这里（开着“修订”更好），改好发回；右边的批注是想请您看的地方，可以在批注里答复。"
)


def review_copy(name: str, passages: Sequence[Passage], asked: Sequence[Finding]) -> bytes:
    """Return the Word file of a speech; ``asked`` are the findings about it, each by its line."""
    document = Document()
    texts = [one.text for one in passages]
    properties = document.core_properties
    properties.keywords = keywords(name, digest(texts))
    properties.title, properties.author = texts[0] if texts else "", ""
    properties.created = properties.modified = WHEN
    properties.comments = REQUEST
    written = [add(document, one) for one in passages]
    for finding in asked:
        place = place_of(finding.line, passages)
        if place is not None and written[place].runs:
            words = finding.message + (f"\n{finding.fix}" if finding.fix else "")
            runs = written[place].runs
            document.add_comment(runs, words, ASKED_BY, INITIALS)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def add(document: Any, passage: Passage) -> Any:
    """Add a passage as a paragraph, and return that."""
    face, size, centred, indent = LOOKS[passage.kind]
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(size * indent)
    for run in passage.runs:
        if not run.text:
            continue
        piece = paragraph.add_run(run.text.replace("\n", " "))
        piece.bold = run.strong or None
        piece.font.size = Pt(size)
        piece.font.name = face
        piece._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        if run.emphasis:
            piece.font.underline = True
    return paragraph


def place_of(line: int, passages: Sequence[Passage]) -> int | None:
    """Return which passage a line of the manuscript belongs to."""
    found = [n for n, one in enumerate(passages) if one.line <= line]
    return found[-1] if found else (0 if passages else None)
