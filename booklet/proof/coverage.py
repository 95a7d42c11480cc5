"""Proof that the faces can set the book: each character is asked of the role that will set it."""

from collections.abc import Iterator, Sequence

from booklet.dress import Dress
from booklet.errors import Finding
from booklet.faces.fonts import Fonts, missing
from booklet.genres import title_type
from booklet.model import (
    Attendance,
    Block,
    BlockQuote,
    Book,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Runs,
    Speech,
    Table,
)


def coverage(book: Book, fonts: Fonts, dress: Dress) -> list[Finding]:
    """Return an error for each place with a character that neither role nor fallback can set."""
    findings = []
    for path, line, role, text in texts(book, dress):
        for char in missing(text, role, fonts):
            at = text.index(char)
            message = (
                f"字体（{role}）里没有“{char}”U+{ord(char):04X}：…{text[max(at - 4, 0) : at + 5]}…"
            )
            fix = "核对这个字；确实要用，就在 fonts/fonts.toml 里换一种收有它的字体"
            findings.append(Finding(path, line, message, fix, "error", "缺字-01"))
    return sorted(set(findings))


Printed = tuple[str, int, str, str]
"""(file, line, role, text) of something that is printed."""


def texts(book: Book, dress: Dress) -> Iterator[Printed]:
    """Yield everything that is printed, in the role of its kind; what is printed twice, twice."""

    def set_in(path: str, line: int, text: str, *kinds: str) -> Iterator[Printed]:
        return ((path, line, dress[kind].role, text) for kind in kinds)

    title = "".join(book.title)
    yield from set_in(book.path, 1, title, "cover-upright", "cover-level", "book-title",
                      "colophon-title", "back-title", "running-head", "spine-title")  # fmt: skip
    subtitle = book.subtitle or book.occasion
    yield from set_in(book.path, 1, subtitle, "cover-subtitle-upright", "cover-subtitle-level")
    yield from set_in(book.path, 1, book.subtitle, "subtitle", "colophon")
    for text in (book.date, book.place, book.host):
        yield from set_in(book.path, 1, text, "cover-host", "title-foot", "colophon")
    yield from set_in(book.path, 1, book.host, "spine-host")
    yield from set_in(book.path, 1, book.occasion, "title-foot", "colophon")
    kept = book.anniversary
    if kept.years:
        yield from set_in(book.path, 1, str(kept.years), "cover-years")
        yield from set_in(book.path, 1, f"{kept.span}周年", "cover-span")
    yield from set_in(book.path, 1, book.notice, "notice")
    for key in book.colophon.__slots__:
        yield from set_in(book.path, 1, str(getattr(book.colophon, key)), "colophon")
    yield from set_in(book.path, 1, book.colophon.permit, "permit")
    parts: Sequence[Book | Speech] = (book, *book.speeches)
    for part in parts:
        for link in part.links:
            yield from set_in(part.path, link.line, link.label, "link")
            yield from set_in(part.path, link.line, link.note, "link-note")
    if book.index:
        for person in book.people:
            yield from set_in(book.path, person.line, person.name, "index-name")
    for speech in book.speeches:
        opening = title_type(speech.kind, speech.speaker)
        for text in speech.title:
            yield from set_in(
                speech.path, speech.line, text, opening, "title-long", "running-head", "entry"
            )
        for text in (speech.speaker, speech.designation):
            yield from set_in(speech.path, speech.line, text, "speaker", "entry-by", "group-head")
        yield from set_in(speech.path, speech.line, speech.designation, "designation")
        yield from set_in(speech.path, speech.line, speech.about, "about")
        for text in speech.signed:
            yield from set_in(speech.path, speech.line, text, "signature")
        for quote in speech.quotes:
            yield from set_in(speech.path, quote.line, quote.text, "quotation")
            yield from set_in(speech.path, quote.line, quote.by, "quotation-by")
        head = speech.stats_head
        yield from set_in(speech.path, head.line, head.title, "stats-title")
        yield from set_in(speech.path, head.line, head.period, "stats-period")
        for stat in speech.stats:
            yield from set_in(
                speech.path, stat.line, stat.figure, "figure", "figure-number", "bar-figure"
            )
            yield from set_in(
                speech.path, stat.line, stat.label, "label", "listed-label", "bar-label"
            )
        for role, text, line in texts_of_blocks(speech.blocks, dress.body(speech.kind).role, dress):
            yield speech.path, line, role, text


def texts_of_blocks(
    blocks: Sequence[Block], body: str, dress: Dress
) -> Iterator[tuple[str, str, int]]:
    """Yield (role, text, line) of each run of some blocks, as ``render`` sets them."""
    for block in blocks:
        match block:
            case Heading():
                yield from runs_in(dress.heading(block.level).role, block.runs, block.line, dress)
            case Paragraph():
                lead = dress.lead(block.lead_level).role
                yield dress["paragraph-label"].role, block.label, block.line
                yield from ((lead, run.text, block.line) for run in block.lead)
                yield from runs_in(body, block.runs, block.line, dress)
            case BlockQuote():
                yield from texts_of_blocks(block.blocks, dress["extract"].role, dress)
            case ItemList():
                for item in block.items:
                    yield from texts_of_blocks(item, body, dress)
            case Table():
                for row in (block.header, *block.rows):
                    role = dress["table-head"].role if row is block.header else body
                    for cell in row:
                        yield from runs_in(role, cell, block.line, dress)
            case Attendance():
                for one in block.people:
                    yield dress["attendee"].role, one.name, one.line
                    yield dress["attendee-post"].role, one.post, one.line
            case Figure():
                yield dress["caption"].role, block.caption + block.credit, block.line
            case _:
                pass


def runs_in(role: str, runs: Runs, line: int, dress: Dress) -> Iterator[tuple[str, str, int]]:
    """Yield (role, text, line) of some runs of one kind, and of their footnotes."""
    for run in runs:
        yield dress["strong"].role if run.strong else role, run.text, line
        yield from runs_in(dress["footnote"].role, run.note, line, dress)
