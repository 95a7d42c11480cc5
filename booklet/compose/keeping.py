"""What a line should not part: numbers and their units, names, short 《titles》, words.

Demerits, not walls: a line may end there when nothing else gives a good line. In the coin of
``linebreak``: a line stretched as far as it may be costs 100.
"""

import re
from collections.abc import Iterable

from booklet.model import Book
from booklet.prices import INSIDE, PARTED, SPLIT
from booklet.text.words import word_edges

KEPT = re.compile(
    r"(?:第?[一二三四五六七八九十百]+|[近约超]?\d[\d.,]*)[万亿千百十余多]*"
    r"(?:摄氏度|平方公里|平方米|立方米|百分点|人次|小时|公里|公顷|周年|批次|万元|[年月日个名人支次户家封面张天米元岁届批周位件项场条吨亩分])?"
    r"|《[^》]{1,8}》"
)


def prices(text: str, kept: Iterable[str]) -> list[float]:
    """Return for each offset the demerits of a line that ends before it; ``kept`` are names."""
    edges = word_edges(text)
    found = [0.0 if at in edges else INSIDE for at in range(len(text) + 1)]
    for match in KEPT.finditer(text):
        raise_between(found, match.start(), match.end(), PARTED)
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
