"""What finished lines are like, counted from where their glyphs stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from bench.lines import SetLine
from booklet.compose.keeping import TITLE, kept_together
from booklet.edition import Edition
from booklet.preflight.lines import Glyph
from booklet.text.clreq import CLOSING, is_han
from booklet.text.words import word_edges

FLUSH = 0.02  # em that a line may end off the edge
VISIBLE, TOO_LOOSE = 0.03, 0.055  # em that Han gaps open
GAP = (0.12, 0.355)  # em between Han and Latin, rounding included
NARROWER = "—…·～"  # drawn narrower than set: says nothing of the edge


@lru_cache(maxsize=4096)
def places(text: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return where words end, and what is inside numbers and short titles; offsets without blanks."""
    counts = [0]
    for char in text:
        counts.append(counts[-1] + (not char.isspace()))
    words = frozenset(counts[at] for at in word_edges(text))
    titles = {at for m in TITLE.finditer(text) for at in range(m.start() + 1, m.end())}
    kept = {at for start, end in kept_together(text) for at in range(start + 1, end)}
    return (
        words,
        frozenset(counts[at] for at in kept - titles),
        frozenset(counts[at] for at in titles),
    )


def han_gaps(line: SetLine) -> list[float]:
    """Return how far each pair of Han in a line stands apart, in em."""
    return [
        right.x - left.x - 1.0
        for left, right in pairwise(line.glyphs)
        if is_han(left.char) and is_han(right.char) and not right.spaced
    ]


def off_edge(line: SetLine) -> float:
    """Return how far a line ends off the right edge, in em; 0 where its last mark does not tell."""
    last = line.glyphs[-1]
    if last.char in NARROWER or last.char == "\x02":
        return 0.0
    return last.right - (0.5 if last.char in CLOSING else 0.0) - line.measure


def is_latin(char: str) -> bool:
    """Tell whether a character is a Latin letter or a figure."""
    return char.isascii() and char.isalnum()


def mixed_pairs(line: SetLine) -> Iterator[tuple[Glyph, Glyph]]:
    """Yield neighbours of which one is Han and the other Latin."""
    for left, right in pairwise(line.glyphs):
        if is_han(left.char) != is_han(right.char) and (
            is_latin(left.char) or is_latin(right.char)
        ):
            yield left, right


def level(lines: Sequence[SetLine], edition: Edition) -> tuple[int, int]:
    """Return how many facing pages end level, of how many; the last page of all is not asked."""
    feet = {
        page: max(round(line.top, 2) for line in of_page)
        for page, of_page in groupby(lines, key=lambda line: line.page)
    }
    end = max(feet, default=0)
    pairs = [(page, page + 1) for page in feet if page % 2 and page + 1 in feet and page + 1 < end]
    if not edition.bound:
        return 0, 0
    return sum(abs(feet[a] - feet[b]) < 0.2 for a, b in pairs), len(pairs)


def measured(lines: Sequence[SetLine], texts: Sequence[str], edition: Edition) -> Counter[str]:
    """Return counts of what the lines of some paragraphs are like; widths in thousandths of an em."""
    found: Counter[str] = Counter()
    for line in lines:
        words, numbers, titles = places(texts[line.paragraph])
        found["lines"] += 1
        for left, right in mixed_pairs(line):
            gap = right.x - left.right
            found["gaps"] += 1
            found["gaps out"] += not GAP[0] <= gap <= GAP[1]
        if line.last:
            letters = re.sub(r"[\W_]", "", line.text)
            found["runts"] += line.start > 0 and len(letters) <= 1
            continue
        loose = max(han_gaps(line), default=0.0)
        found["visible"] += loose > VISIBLE
        found["too loose"] += loose > TOO_LOOSE
        found["worst"] = max(found["worst"], round(loose * 1000))
        found["off"] += abs(off_edge(line)) > FLUSH
        found["numbers"] += line.end in numbers
        found["titles"] += line.end in titles
        found["words"] += not line.hyphen and line.end not in words | numbers | titles
        found["hyphens"] += line.hyphen
    found["level"], found["facing"] = level(lines, edition)
    return found
