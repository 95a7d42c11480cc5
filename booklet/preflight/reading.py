"""Read the text of finished pages back with PDFium, as it must agree with the manuscript.

PDFium reads a hyphen that ends a line as U+0002, typed or not. Which of them the composer added shows
in the manuscript: there the two halves of the word stand together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

import pypdfium2 as pdfium

from booklet.edition import PT_PER_MM, Edition
from booklet.model import Book
from booklet.text.clreq import UPRIGHT_FORMS

BLANKS = re.compile(r"[\s\u200b\u00ad\ufffe\x00-\x1f]+")
HYPHEN_AT_END = "\x02"  # PDFium's reading of a hyphen that ends a line
KEPT = "\ufdd0"  # it, in a text without blanks
NEAR = 12  # letters of context on either side of a hyphen
LETTERS_BEFORE, LETTERS_AFTER = re.compile(r"[A-Za-z]*$"), re.compile(r"^[A-Za-z]*")
# PDFium reads a mark that is printed on the same mark once.
SAME_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])\\1+"
)


def page_texts(
    document: pdfium.PdfDocument, edition: Edition, book: Book | None = None
) -> list[str]:
    """Return the text of each page between running head and folio, blanks taken out.

    Hyphens that end a line and are not the ``book``'s own are taken out too.
    """
    texts = []
    for page in document:
        text = page_text(page, edition)
        text = (
            text.rstrip().removesuffix("-") + HYPHEN_AT_END if text.rstrip().endswith("-") else text
        )
        texts.append(squeeze(text.replace(HYPHEN_AT_END, KEPT)))
    source = (
        squeeze("".join(strings_of(book))) if book and any(KEPT in one for one in texts) else ""
    )
    following = [*texts[1:], ""]
    return [rejoined(text, after, source) for text, after in zip(texts, following, strict=True)]


def rejoined(text: str, following: str, source: str) -> str:
    """Return a page's text with the hyphens at line ends that its manuscript has, and no others.

    ``following`` is the next page's: a word may go on there, behind footnotes or not.
    """
    parts = text.split(KEPT)
    done = parts[0]
    for part in parts[1:]:
        done += "-" * (not is_added(done, part, following, source)) + part
    return done


def is_added(before: str, after: str, following: str, source: str) -> bool:
    """Tell whether a hyphen between two texts is the composer's: it is not in the manuscript.

    What stands around it tells; where a footnote or a page's end comes between, the word alone.
    """
    word = _letters(LETTERS_BEFORE, before)[-NEAR:]
    ways = [(before[-NEAR:], after[:NEAR])]
    ways += [(word, _letters(LETTERS_AFTER, one)[:NEAR]) for one in (after, following)]
    for left, right in ways:
        if left and right and f"{left}-{right}" in source:
            return False
        if left and right and left + right in source:
            return True
    return False


def _letters(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def strings_of(value: object) -> Iterator[str]:
    """Yield every string in a book, in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings_of(getattr(value, one.name))
    elif isinstance(value, Sequence):
        for item in value:
            yield from strings_of(item)


def page_text(page: pdfium.PdfPage, edition: Edition) -> str:
    """Return the text of a page between running head and folio."""
    width, height = (side * PT_PER_MM for side in edition.trim_mm)
    top = height - edition.head_mm * PT_PER_MM + 3
    bottom = edition.foot_mm * PT_PER_MM - 3
    text: str = page.get_textpage().get_text_bounded(0, bottom, width, top)
    return text


# Marks of upright lines, as they were typed; the blank of a Han character's width is none.
LEVEL = str.maketrans({form: mark for mark, form in UPRIGHT_FORMS.items()} | {"\u3000": ""})


def squeeze(text: str) -> str:
    """Return a text without blanks and line ends: what must survive any setting."""
    read = text.translate(LEVEL).replace(HYPHEN_AT_END, "-")
    return SAME_MARKS.sub(r"\1", BLANKS.sub("", read))
