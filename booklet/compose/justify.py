"""Fit a line's glyphs to the measure: rows 13–16 of the house list, who gives first and who takes."""

from collections.abc import Sequence
from math import inf

from booklet.compose.glyphs import (
    GAP,
    GAP_LEAST,
    GAP_MOST,
    HALF,
    MARK_TAKES,
    SPACE_GIVES,
    SPACE_MOST,
    SPACE_TAKES,
    Glyph,
    blank_after,
    blank_before,
    gives,
    halve,
    is_latin_blank,
    spare,
    takes,
)
from booklet.prices import LOOSEST_EM
from booklet.text.clreq import CLOSERS, OPENING, PAUSES, STOPS

ROUNDING = 1e-9  # em
# Rule 14: which marks give after blanks and before each other; Han–Latin gaps give before stops.
BRACKETS = OPENING | CLOSERS

Level = list[tuple[int, float]]
"""(glyph, most): how much blank at or behind each of these glyphs may be taken or added, in em."""


def justify(
    glyphs: Sequence[Glyph],
    between: Sequence[float],
    opens: Sequence[bool],
    room: float,
    last: bool,
) -> list[Glyph]:
    """Return a line's glyphs with their final widths, flush on both edges unless it is the last.

    ``between`` are the Han–Latin gaps inside the line, ``opens`` tells whether each may open a little.
    """
    line = list(glyphs)
    if blank_before(line[0].char):
        line[0] = halve(line[0])
    if blank_after(line[-1].char):
        line[-1] = halve(line[-1])
    if line[-1].char == " ":
        line[-1] = line[-1]._replace(width=0.0)
    slack = room - sum(glyph.width for glyph in line) - sum(between)
    if slack < 0:
        changes = spend(slack, givers(line, between))
    elif last:
        changes = {}
    else:
        changes = spend(slack, takers(line, between, opens))
    gaps = [*between, 0.0]
    return [
        changed(glyph, changes.get(at, 0.0), gap)
        for at, (glyph, gap) in enumerate(zip(line, gaps, strict=True))
    ]


def givers(line: Sequence[Glyph], gaps: Sequence[float]) -> list[Level]:
    """Return who gives, in order (rules 13 and 14): each level is used up before the next."""
    inner = line[:-1]

    def marks(chars: frozenset[str]) -> Level:
        return [
            (at, HALF)
            for at, glyph in enumerate(inner)
            if glyph.char in chars and gives(glyph, line[at + 1])
        ]

    return [
        [(at, SPACE_GIVES) for at in latin_blanks(line)],
        marks(BRACKETS),
        marks(PAUSES),
        [(at, GAP - GAP_LEAST) for at, gap in enumerate(gaps) if gap],
        marks(STOPS),
    ]


def takers(line: Sequence[Glyph], gaps: Sequence[float], opens: Sequence[bool]) -> list[Level]:
    """Return who takes, in order (rules 15 and 16): at last every Han gap of the line, equally.

    Where that would be seen, blanks between Latin words take as much again first, and what is beside
    Latin no more: its gaps are as wide as they may be, letters of an address as far apart.
    """
    open_ = [at for at, free in enumerate(opens) if free]
    seams = [at for at in open_ if not gaps[at] and not line[at].char.isascii()]
    blanks = latin_blanks(line)
    return [
        [(at, SPACE_TAKES) for at in blanks],
        [(at, GAP_MOST - GAP) for at, gap in enumerate(gaps) if gap],
        # together, so that a line of many marks is not all holes, nor one of few letterspaced
        [(at, MARK_TAKES) for at in range(len(gaps)) if takes(line[at], line[at + 1])]
        + [(at, LOOSEST_EM) for at in open_],
        [(at, SPACE_MOST) for at in blanks],
        [(at, inf) for at in seams or open_ or blanks],
    ]


def latin_blanks(line: Sequence[Glyph]) -> list[int]:
    """Return where blanks between Latin words stand inside a line."""
    return [at for at in range(1, len(line) - 1) if is_latin_blank(line[at - 1], line[at])]


def spend(slack: float, levels: Sequence[Level]) -> dict[int, float]:
    """Divide what a line lacks (below 0) or has to spare among its levels; return it by glyph."""
    changes: dict[int, float] = {}
    for level in levels:
        if abs(slack) < ROUNDING or not level:
            continue
        most = sum(amount for _, amount in level)
        share = slack / len(level) if most == inf else max(-1.0, min(1.0, slack / most))
        for at, amount in level:
            change = share if most == inf else share * amount
            changes[at] = changes.get(at, 0.0) + change
            slack -= change
    return changes


def changed(glyph: Glyph, change: float, gap: float) -> Glyph:
    """Return a glyph with the blank that it takes or gives, and the gap behind it.

    What an opening mark gives is in front of it, so that its ink moves.
    """
    if not change and not gap:
        return glyph
    moved = change if change < 0 and spare(glyph) and blank_before(glyph.char) else glyph.shift
    return Glyph(glyph.char, glyph.role, glyph.width + change + gap, moved)
