"""Fit a line's glyphs to the measure: rows 13–16 of the house list, who gives first and who takes."""

from collections.abc import Sequence
from dataclasses import replace

from booklet.compose.glyphs import (
    GAP,
    GAP_LEAST,
    GAP_MOST,
    HALF,
    SPACE_GIVES,
    SPACE_TAKES,
    Glyph,
    blank_after,
    blank_before,
    halve,
    opens,
    spare,
)
from booklet.text.clreq import CLOSERS, OPENING, PAUSES, STOPS

# Rule 14: who gives first. Each level is used up before the next is touched.
ORDER = (
    lambda char: char in OPENING or char in CLOSERS,
    lambda char: char in PAUSES,
    None,  # the Han–Latin gaps
    lambda char: char in STOPS,
)


def justify(
    glyphs: Sequence[Glyph], between: Sequence[float], room: float, last: bool
) -> list[Glyph]:
    """Return a line's glyphs with their final widths, flush on both edges unless it is the last.

    ``between`` are the Han–Latin gaps inside the line.
    """
    line = list(glyphs)
    if blank_before(line[0].char):
        line[0] = halve(line[0])
    if blank_after(line[-1].char):
        line[-1] = halve(line[-1])
    if line[-1].char == " ":
        line[-1] = replace(line[-1], width=0.0)
    gaps = list(between)
    slack = room - sum(glyph.width for glyph in line) - sum(gaps)
    if not last or slack < 0:
        slack = fit_spaces(line, slack)
    if slack < 0:
        slack = shrink_line(line, gaps, slack)
    elif not last:
        stretch_line(line, gaps, slack)
    for at, gap in enumerate(gaps):
        line[at] = replace(line[at], width=line[at].width + gap)
    return line


def fit_spaces(line: list[Glyph], slack: float) -> float:
    """Let the blanks between Latin words take what they can of the slack; return what is left."""
    found = [
        at for at in range(1, len(line) - 1) if line[at].char == " " and line[at - 1].char.isascii()
    ]
    if not found:
        return slack
    share = max(-SPACE_GIVES, min(SPACE_TAKES, slack / len(found)))
    for at in found:
        line[at] = replace(line[at], width=line[at].width + share)
    return slack - share * len(found)


def shrink_line(line: list[Glyph], gaps: list[float], slack: float) -> float:
    """Shrink marks and gaps level by level until the line fits; return what is left over (≤ 0)."""
    for level in ORDER:
        if slack >= -1e-9:
            break
        if level is None:
            found = [at for at, gap in enumerate(gaps) if gap]
            give = (GAP - GAP_LEAST) * len(found)
        else:
            found = [at for at, glyph in enumerate(line[:-1]) if level(glyph.char) and spare(glyph)]
            give = HALF * len(found)
        if not give:
            continue
        share = min(-slack / give, 1.0)
        for at in found:
            if level is None:
                gaps[at] -= share * (GAP - GAP_LEAST)
            else:
                cut = share * HALF
                moved = -cut if blank_before(line[at].char) else 0.0
                line[at] = replace(line[at], width=line[at].width - cut, shift=moved)
        slack += share * give
    return slack


def stretch_line(line: Sequence[Glyph], gaps: list[float], slack: float) -> None:
    """Open Han–Latin gaps first, then every Han gap of the line equally."""
    found = [at for at, gap in enumerate(gaps) if gap]
    if found:
        share = min(slack / len(found), GAP_MOST - GAP)
        for at in found:
            gaps[at] += share
        slack -= share * len(found)
    han = [at for at in range(len(gaps)) if opens(line[at], line[at + 1])]
    if not han:  # a line of Latin words only
        han = [at for at in range(len(gaps)) if line[at].char == " "]
    for at in han:
        gaps[at] += slack / len(han)
