"""Whether a speech or a book keeps within the limits (``booklet.limits``): told before a page is made."""

import re
import unicodedata
from collections.abc import Iterator

from booklet.errors import Finding
from booklet.limits import LIMITS
from booklet.model import Block, BlockQuote, Book, ItemList, Speech, Table, lines_of_runs, text_of

WORD = re.compile(r"[!-~\u00a1-\u024f]+")  # what no line is broken in without need


def check_speech(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each limit that a speech exceeds."""
    for name, line, number in counted(speech):
        limit = LIMITS[name]
        if message := limit.exceeded(number):
            yield Finding(speech.path, line, message, limit.fix, "error", "篇幅-02")


def counted(speech: Speech) -> Iterator[tuple[str, int, int]]:
    """Yield (limit, line, how many there are) of all that a speech has."""
    yield "quotes", speech.quotes[0].line if speech.quotes else 0, len(speech.quotes)
    yield "stats", speech.stats[0].line if speech.stats else 0, len(speech.stats)
    yield "links", speech.links[0].line if speech.links else 0, len(speech.links)
    footnotes = runs = 0
    for line_runs, line in lines_of_runs(speech.blocks):
        text = text_of(line_runs)
        yield "paragraph", line, len(text)
        yield "word", line, max((len(word[0]) for word in WORD.finditer(text)), default=0)
        yield "marks", line, most_marks(text)
        footnotes += sum(bool(run.note) for run in line_runs)
        runs += sum(run.emphasis or run.strong or bool(run.href) for run in line_runs)
        for run in line_runs:
            yield "paragraph", line, len(text_of(run.note))
    yield "footnotes", speech.line, footnotes
    yield "runs", speech.line, runs
    blocks = list(all_blocks(speech.blocks))
    yield "blocks", speech.line, len(blocks)
    for block in blocks:
        if isinstance(block, Table):
            yield "rows", block.line, len(block.rows)
            yield "columns", block.line, len(block.header)


def all_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block, those inside others too."""
    for block in blocks:
        yield block
        if isinstance(block, BlockQuote):
            yield from all_blocks(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from all_blocks(item)


def most_marks(text: str) -> int:
    """Return the largest number of combining marks on one character."""
    most = here = 0
    if text.isascii():
        return 0
    for char in text:
        here = here + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        most = max(most, here)
    return most


def check_book(book: Book) -> Iterator[Finding]:
    """Yield an error for each limit that a book as a whole exceeds."""
    characters = sum(
        len(text_of(runs)) for speech in book.speeches for runs, _ in lines_of_runs(speech.blocks)
    )
    numbers = {
        "speeches": len(book.speeches),
        "characters": characters,
        "links": len(book.links),
        "allow": len(book.allow),
        "people": len(book.people),
        "terms": len(book.terms),
        "keep": len(book.keep),
    }
    for name, number in numbers.items():
        limit = LIMITS[name]
        if message := limit.exceeded(number):
            yield Finding(book.path, 0, message, limit.fix, "error", "篇幅-02")
