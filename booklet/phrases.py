"""Break titles and pull-quotes where a speaker would breathe, into lines of like length.

Widths in em of the line's own type. A line ends after a mark, at a typed blank, or before a word
that opens a phrase; elsewhere only when nothing else fits the width.
"""

from collections.abc import Callable
from functools import cache

from booklet.clreq import CLOSING, MAY_NOT_END_LINE, MAY_NOT_START_LINE

OPENERS = frozenset("让用以在为把与和及对向从")  # a phrase often begins here
LOOSE = 60.0  # demerits of a break inside a phrase, against the square of a line's shortness
AT_PHRASE = 4.0


def balance(text: str, most: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Return the lines of ``text``, each at most ``most`` wide and as even as phrases allow."""
    words = text.split()
    text = "\u3000".join(words)
    if not text or width(text) <= most:
        return (text,) if text else ()
    fewest = -int(-width(text) // most)
    ideal = width(text) / fewest

    @cache
    def best(start: int) -> tuple[float, tuple[str, ...]]:
        if start == len(text):
            return 0.0, ()
        found: tuple[float, tuple[str, ...]] = (float("inf"), (text[start:],))
        for end in range(start + 1, len(text) + 1):
            line = text[start:end].strip("\u3000")
            size = width(line)
            if size > most and end > start + 1:
                break
            price, rest = best(end)
            total = (size - ideal) ** 2 + price + price_of_break(text, end)
            if total < found[0]:
                found = (total, (line, *rest))
        return found

    return best(0)[1]


def price_of_break(text: str, at: int) -> float:
    """Price a line end before character ``at``: nothing at a mark, a wall where rules forbid it."""
    if at >= len(text):
        return 0.0
    before, after = text[at - 1], text[at]
    if after in MAY_NOT_START_LINE or before in MAY_NOT_END_LINE:
        return 1e6
    if (before.isascii() and after.isascii()) or before + after in ("——", "……"):
        return 1e6
    if before in CLOSING or "\u3000" in (before, after):
        return 0.0
    return AT_PHRASE if after in OPENERS else LOOSE
