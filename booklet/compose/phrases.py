"""Break titles and pull-quotes where a speaker would breathe, into lines of like length.

Widths in em of the line's own type. A line ends after a mark, at a typed blank, or before a word
that opens a phrase; elsewhere only when nothing else fits the width.
"""

import re
from collections.abc import Callable

from booklet.prices import AT_PHRASE, FORBIDDEN, INSIDE, LOOSE, TORN, UNEVEN
from booklet.text.clreq import CLOSING, MAY_NOT_END_LINE, MAY_NOT_START_LINE
from booklet.text.words import word_edges

OPENERS = frozenset("让用以在为把与和及对向从")  # a phrase often begins here
CLINGS = frozenset("的地得了着之们等中上下里")  # belongs to the word before it
ROUNDING = 1e-8
BLANKS = " \u3000"
BLANK = re.compile(
    r"(?<![!-~])[ \u3000]+|[ \u3000]+(?![!-~])"
)  # not one inside Latin: it stays as it is


def balance(text: str, most: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Return the lines of ``text``, each at most ``most`` wide and as even as phrases allow."""
    text = BLANK.sub("\u3000", text.strip())
    if not text or width(text) <= most:
        return (text,) if text else ()
    ideal = width(text) / -int(-width(text) // most)
    prices, ends = [0.0] * (len(text) + 1), [0] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        prices[start], ends[start] = float("inf"), len(text)
        for end in range(start + 1, len(text) + 1):
            size = width(text[start:end].strip(BLANKS))
            if size > most and end > start + 1:
                break
            total = UNEVEN * (size - ideal) ** 2 + prices[end] + price_of_break(text, end)
            if total < prices[start] - ROUNDING:  # among equals the shorter first line
                prices[start], ends[start] = total, end
    lines, at = [], 0
    while at < len(text):
        lines.append(text[at : ends[at]].strip(BLANKS))
        at = ends[at]
    return tuple(line for line in lines if line)


def price_of_break(text: str, at: int) -> float:
    """Price a line end before character ``at``: nothing at a mark, a wall where rules forbid it."""
    if at >= len(text):
        return 0.0
    before, after = text[at - 1], text[at]
    if after in MAY_NOT_START_LINE or before in MAY_NOT_END_LINE:
        return FORBIDDEN
    if " " in (before, after):
        return AT_PHRASE
    if (before.isascii() and after.isascii()) or before + after in ("——", "……"):
        return FORBIDDEN
    if before in CLOSING or "\u3000" in (before, after):
        return 0.0
    edges = word_edges(text)
    if at not in edges:
        return INSIDE
    opener_left = before in OPENERS and at - 1 in edges  # the word 用, not the end of 作用
    return (AT_PHRASE if after in OPENERS else LOOSE) + TORN * (after in CLINGS or opener_left)
