"""Figures in running text: where a statistic stands, whether it stands there whole, what is near.

A wrong figure in print is the worst that can happen, so a statistic counts as said only where the
text has it from its first digit to its last magnitude: 690名 is not in 5690名, nor 5068 in 5068万.
"""

import re
from difflib import SequenceMatcher

MOST_FIGURES = 12  # of one statistics box; more stand in a second one
NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
CUT_AFTER = re.compile(r"[\d.．]*\d|[万亿千百十余多%％‰]")  # what may not follow a figure
CUT_BEFORE = re.compile(r"(?:\d[.．,，]?|零下|负|[-−])$")  # what may not precede one
PARTS = re.compile(r"^(\D*)(" + NUMBER.pattern + r")(.*)$")


def find_figure(figure: str, text: str) -> int:
    """Return the offset at which ``figure`` stands whole in ``text``, or -1."""
    at = text.find(figure) if figure else -1
    while at >= 0:
        end = at + len(figure)
        if not CUT_AFTER.match(text, end) and not CUT_BEFORE.search(text[:at]):
            return at
        at = text.find(figure, at + 1)
    return -1


def nearest_figure(figure: str, text: str) -> tuple[str, int]:
    """Return the expression in ``text`` most like ``figure``, and its offset; ("", -1) if none."""
    before, number, after = split_figure(figure)
    best: tuple[float, str, int] = (0.0, "", -1)
    for match in NUMBER.finditer(text):
        head = text[: match.start()]
        sign = re.search(r"(?:零下|负|[-−])?$", head)
        prefix = sign[0] if sign and sign[0] else before if head.endswith(before) else ""
        start = match.start() - len(prefix)
        tail = re.match(r"[万亿千百十余多]*", text[match.end() :])
        unit = re.match(r"[^\s，。；：、！？“”‘’（）《》\d]*", text[match.end() :])
        reach = max(len(tail[0]) if tail else 0, min(len(after), len(unit[0]) if unit else 0))
        found = text[start : match.end() + reach]
        likeness = SequenceMatcher(None, figure, found).ratio()
        likeness += 0.5 * SequenceMatcher(None, number, match[0]).ratio()
        if likeness > best[0]:
            best = (likeness, found, start)
    return best[1], best[2]


def split_figure(figure: str) -> tuple[str, str, str]:
    """Divide a figure into what precedes its number, the number, and magnitude with unit.

    ``split_figure("近20万余小时") == ("近", "20", "万余小时")``; without digits all is number.
    """
    match = PARTS.match(figure)
    return (match[1], match[2], match[3]) if match else ("", figure, "")
