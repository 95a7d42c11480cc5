"""What a line should not part: numbers and their units, names, short 《titles》, words.

Demerits, not walls: a line may end there when nothing else gives a good line. In the coin of
``linebreak``: a line stretched as far as it may be costs 100.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import inf

from booklet.model import Book
from booklet.prices import INSIDE, INSIDE_NARROW, NARROW_EM, PARTED, SPLIT
from booklet.text.numbers import expressions
from booklet.text.words import word_edges

TITLE = re.compile(r"《[^》]{1,8}》")
# Where a long numeral may be divided after all: 2023年｜3月｜5日, 85%至｜90%.
JOINT = re.compile(r"(?<=[年月])(?=\d)|(?<=[至到—–~～])(?=\d)")

# … and one written in Han: 一千九百｜二十六名
HAN_JOINT = re.compile(r"(?<=[百千万亿])(?=[一二三四五六七八九零〇十百千万]{2})")
LONG_NUMERAL = 6  # characters


def kept_together(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each numeral with its unit, and of each short 《title》."""
    for start, end in expressions(text):
        joints = [*JOINT.finditer(text[start:end])]
        if end - start >= LONG_NUMERAL:
            joints += HAN_JOINT.finditer(text[start:end])
        inner = sorted(start + joint.start() for joint in joints)
        yield from pairwise([start, *inner, end])
    yield from (match.span() for match in TITLE.finditer(text))


def prices(text: str, kept: Iterable[str], measure: float = inf) -> list[float]:
    """Return for each offset the demerits of a line that ends before it; ``kept`` are names.

    On a narrow ``measure`` (em) words would be parted at every other line's end: they are dearer.
    """
    edges = word_edges(text)
    inside = INSIDE if measure >= NARROW_EM else INSIDE_NARROW
    found = [0.0 if at in edges else inside for at in range(len(text) + 1)]
    for start, end in kept_together(text):
        raise_between(found, start, end, PARTED)
    for name in kept:
        at = text.find(name)
        while at >= 0:
            raise_between(found, at, at + len(name), SPLIT)
            at = text.find(name, at + 1)
    return found


def names_of(book: Book) -> tuple[str, ...]:
    """Return the names that a book's lines should keep: its persons, and what ``keep`` lists."""
    people = (
        part
        for speech in book.speeches
        for part in (speech.speaker, *(q.by for q in speech.quotes))
    )
    short = {re.sub(r"[ \u3000]", "", name) for name in people}
    return tuple(sorted({name for name in short if 1 < len(name) <= 4} | set(book.keep)))


def raise_between(found: list[float], start: int, end: int, price: float) -> None:
    """Raise the prices inside ``text[start:end]``."""
    for at in range(start + 1, end):
        found[at] = max(found[at], price)
