"""Set a paragraph of Chinese: text to finished lines, each glyph with the width it takes.

Engine-neutral: the result is lines of text with, for some characters, a width and a shift in em.
Rules by row of the house list: 1–5 no forbidden break, 6 numbers keep their units, 8 squeezing
of adjacent marks, 9–10 half marks at line edges, 12 the Han–Latin gap, 13–16 justification, 17 no runt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import inf

from booklet.clreq import (
    CLOSERS,
    MAY_NOT_END_LINE,
    MAY_NOT_START_LINE,
    OPENING,
    PAUSES,
    STOPS,
    is_han,
)
from booklet.linebreak import Cell, break_into, break_lines
from booklet.measure import Ruler

INDENT = 2.0  # em
GAP = 0.25  # em between Han and Latin or digits (CLREQ #mixed_text_composition_in_horizontal_writing_mode)
SPACE_GIVES, SPACE_TAKES = 0.06, 0.2  # em that a blank between Latin words shrinks and stretches
GAP_LEAST, GAP_MOST = 0.125, 0.29  # with what all gaps of a line open, at most 0.35
FIXED = {"—": 1.0, "…": 1.0, "·": 0.5}  # em (GB/T 15834—2011, 5.1.4 and 5.1.6), centred in it
HALF = 0.5  # em of blank in a full-width mark
ADDRESS = re.compile(r"://|@|^www\.")
ADDRESS_MARK = re.compile(r"(?<=\w)[/?&=@.#-](?=\w)")
WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f@#&+=_'.,:;!?/~%$-]+|——|……|.", re.DOTALL)
NEVER_FIRST = " \ufffc"  # with what precedes
CALL = "\ufffc"  # stands in the text where a footnote is called


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as set: its width, and how far its ink moves, in em. Never changes the text."""

    char: str
    role: str
    width: float
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: characters ``text[start:end]`` and the glyphs that differ from natural."""

    start: int
    end: int
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph cast off: its glyphs, the gaps after them, the offsets and cells between breaks."""

    glyphs: tuple[Glyph, ...]
    gaps: tuple[float, ...]
    edges: tuple[int, ...]
    cells: tuple[Cell, ...]
    measure: float
    indent: float


def cast_off(
    text: str,
    roles: Sequence[str],
    measure: float,
    ruler: Ruler,
    indent: float = INDENT,
    prices: Sequence[float] = (),
    calls: Mapping[int, float] = {},
) -> Copy:
    """Measure a paragraph; ``roles`` names the face of each character.

    ``measure`` in em. ``prices`` are the demerits of ending a line before each offset, ``calls`` the
    widths of footnote calls.
    """
    glyphs = squeeze([
        Glyph(char, "", calls[at]) if at in calls else natural(char, role, ruler)
        for at, (char, role) in enumerate(zip(text, roles, strict=True))
    ])  # fmt: skip
    edges = divided(cell_edges(text), glyphs, measure - indent)
    gaps = [gap_between(left, right) for left, right in pairwise(glyphs)] + [0.0]
    han = [opens(left, right) for left, right in pairwise(glyphs)] + [False]
    cells = [
        cell_of(glyphs[a:b], gaps[a:b], han[a:b], prices[b] if prices else 0.0)
        for a, b in pairwise(edges)
    ]
    return Copy(tuple(glyphs), tuple(gaps), tuple(edges), tuple(cells), measure, indent)


def compose(copy: Copy, change: int = 0) -> tuple[Line, ...]:
    """Return the lines of a paragraph, or of one run ``change`` lines longer where that can be.

    Nothing is lost: the lines together are the text, blanks included.
    """
    ends = break_lines(copy.cells, copy.measure, copy.indent) if copy.cells else []
    if change and (run := break_into(copy.cells, copy.measure, copy.indent, len(ends) + change)):
        ends = run[0]
    lines, start = [], 0
    for number, end in enumerate(ends):
        room = copy.measure - (copy.indent if number == 0 else 0.0)
        first, past = copy.edges[start], copy.edges[end]
        last = end == len(copy.cells)
        glyphs = justify(copy.glyphs[first:past], copy.gaps[first : past - 1], room, last)
        lines.append(Line(first, past, tuple(glyphs)))
        start = end
    return tuple(lines)


def price_of_change(copy: Copy, change: int) -> float:
    """Return the demerits that a paragraph costs more when run longer; inf where it cannot be."""
    count = len(break_lines(copy.cells, copy.measure, copy.indent)) if copy.cells else 0
    runs = [break_into(copy.cells, copy.measure, copy.indent, count + by) for by in (0, change)]
    if count + change < 1 or runs[0] is None or runs[1] is None:
        return inf
    return runs[1][1] - runs[0][1]


def natural(char: str, role: str, ruler: Ruler) -> Glyph:
    """Return a character with the width that the house gives it before it is squeezed."""
    width = advance(char, role, ruler)
    fixed = FIXED.get(char, width)
    return Glyph(char, role, fixed, (fixed - width) / 2)


def advance(char: str, role: str, ruler: Ruler) -> float:
    """Return a character's own advance in em; a dash's is half of the pair's, which may be one glyph."""
    return ruler("——", role) / 2 if char == "—" else ruler(char, role)


# ---- Marks -----------------------------------------------------------------------------------


def blank_before(char: str) -> bool:
    """Tell whether a mark has its blank half in front."""
    return char in OPENING


def blank_after(char: str) -> bool:
    """Tell whether a mark has its blank half behind."""
    return char in CLOSERS or char in STOPS or char in PAUSES


def squeeze(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Take half an em out between two adjacent marks of which one is a bracket or a quote."""
    done = list(glyphs)
    for at in range(len(done) - 1):
        left, right = done[at], done[at + 1]
        if blank_before(left.char) and blank_before(right.char):
            done[at + 1] = halve(right)
        elif (blank_after(left.char) and blank_before(right.char)) or (
            blank_after(left.char) and blank_after(right.char) and CLOSERS & {left.char, right.char}
        ):
            done[at] = halve(left)
    return done


def halve(glyph: Glyph) -> Glyph:
    """Take the blank half off a full-width mark; a narrow one is left alone."""
    if glyph.width < 1.0 or glyph.shift:
        return glyph
    if blank_before(glyph.char):
        return replace(glyph, width=glyph.width - HALF, shift=-HALF)
    return replace(glyph, width=glyph.width - HALF)


def spare(glyph: Glyph) -> float:
    """Return the blank that a mark can still give, in em."""
    full = glyph.width >= 1.0 and (blank_before(glyph.char) or blank_after(glyph.char))
    return HALF if full else 0.0


def is_latin(char: str) -> bool:
    """Tell whether a character is set as Latin: letters and digits of half width."""
    return char.isalnum() and not is_han(char) and char < "\u2e80"


@lru_cache(maxsize=65536)
def mixed(left: str, right: str) -> bool:
    """Tell whether the Han–Latin gap stands between two characters."""
    return (
        (is_han(left) and is_latin(right))
        or (is_latin(left) and is_han(right))
        or (left in "%℃" and is_han(right))
    )


# ---- Cells -----------------------------------------------------------------------------------


def cell_edges(text: str) -> list[int]:
    """Return the offsets at which a line may end, with 0 and the text's length."""
    edges = [0]
    for match in WORD.finditer(text):
        at = match.start()
        if at and may_break(text, at):
            edges.append(at)
        if ADDRESS.search(match[0]):  # it may end after a mark of its own
            edges += [at + mark.end() for mark in ADDRESS_MARK.finditer(match[0])]
    return [*edges, len(text)] if text else []


def divided(edges: Sequence[int], glyphs: Sequence[Glyph], measure: float) -> list[int]:
    """Return the edges with cells wider than the measure (a long URL) divided between characters."""
    done = list(edges[:1])
    for start, end in pairwise(edges):
        if sum(glyph.width for glyph in glyphs[start:end]) > measure:
            done += [
                at
                for at in range(start + 1, end)
                if glyphs[at].char not in MAY_NOT_START_LINE
                and glyphs[at - 1].char not in MAY_NOT_END_LINE
            ]
        done.append(end)
    return done


def may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before character ``at`` (which begins a word or is Han)."""
    before, after = text[at - 1], text[at]
    if after in MAY_NOT_START_LINE or before in MAY_NOT_END_LINE or after in NEVER_FIRST:
        return False
    return not (before in "0123456789" and after in "%℃‰°") and not (
        before in "￥¥$−-" and after.isdigit()
    )


def cell_of(
    glyphs: Sequence[Glyph], gaps: Sequence[float], han: Sequence[bool], price: float
) -> Cell:
    """Return the cell of some glyphs; ``gaps`` and ``han`` tell of the place after each of them."""
    first, last = glyphs[0], glyphs[-1]
    spares = [spare(glyph) for glyph in glyphs]
    mixed_gaps = len(gaps) - gaps.count(0.0)
    blanks = sum([glyph.char == " " for glyph in glyphs])
    tail = spares[-1] if spares[-1] and blank_after(last.char) else 0.0
    return Cell(
        width=sum([glyph.width for glyph in glyphs]) + sum(gaps[:-1]),
        head=spares[0] if spares[0] and blank_before(first.char) else 0.0,
        tail=last.width if last.char == " " else tail,
        gap=gaps[-1],
        shrink=sum(spares) + (GAP - GAP_LEAST) * mixed_gaps + SPACE_GIVES * blanks,
        stretch=(GAP_MOST - GAP) * mixed_gaps + SPACE_TAKES * blanks,
        han=sum(han),
        price=price,
        letters=sum([not (blank_after(g.char) or blank_before(g.char)) for g in glyphs]),
    )


def gap_between(left: Glyph, right: Glyph) -> float:
    """Return the Han–Latin gap between two glyphs, in em."""
    return GAP if mixed(left.char, right.char) else 0.0


def opens(left: Glyph, right: Glyph) -> bool:
    """Tell whether the gap between two glyphs may open: beside Han, not inside words or ——."""
    if left.char + right.char in ("——", "……") or " " in (left.char, right.char):
        return False
    if left.char == CALL:  # the renderer sets it: nothing can be added to its width
        return False
    return not (is_latin_word(left.char) and is_latin_word(right.char))


def is_latin_word(char: str) -> bool:
    """Tell whether a character belongs to a Latin word or number."""
    return char.isascii()


# ---- Justification ---------------------------------------------------------------------------

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
    found = [at for at, glyph in enumerate(line[:-1]) if glyph.char == " "]
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
