"""Set a paragraph of Chinese: text to finished lines, each glyph with the width it takes.

Engine-neutral: the result is lines of text with, for some characters, a width and a shift in em.
Rows of the house list: 1–5 no forbidden break, 6 numbers keep their units, 17 no runt; the others
in ``glyphs``, ``justify`` and ``linebreak``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from unicodedata import combining

from booklet.compose.glyphs import (
    CALL,
    GAP,
    GAP_LEAST,
    GAP_MOST,
    SPACE_GIVES,
    SPACE_TAKES,
    Glyph,
    blank_after,
    blank_before,
    gap_between,
    is_latin_blank,
    mixed,
    natural,
    opens,
    spare,
    squeeze,
)
from booklet.compose.justify import justify
from booklet.compose.linebreak import Cell, break_into, break_lines
from booklet.faces.ruler import Ruler
from booklet.text.clreq import MAY_NOT_END_LINE, MAY_NOT_START_LINE

INDENT = 2.0  # em
ADDRESS = re.compile(r"://|@|^www\.")
NAME_MARK = re.compile(r"(?<=[A-Za-z])[/_.:-](?=[A-Za-z])")  # in names of files and models
LONG_WORD = 10  # characters; a longer name may be divided at its own marks
ADDRESS_MARK = re.compile(r"(?<=\w)[/?&=@.#-](?=\w)")
# A Latin word with its accents, raised and lowered figures; or one character.
WORD = re.compile(
    r"[A-Za-z0-9\u00b2\u00b3\u00b9\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\u2070-\u209f@#&+=_'.,:;!?/~%$-]+|——|……|.",
    re.DOTALL,
)
BRACKETED = re.compile(
    r"[A-Za-z0-9\u00b2-\u024f)\]][(\[]|[(\[].|.[)\]]|[)\]][A-Za-z0-9\u00b2-\u024f]"
)
SIGNS = "￥¥$€£−-－＋+±"
NEVER_FIRST = " \ufffc"  # with what precedes


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: characters ``text[start:end]`` and the glyphs that differ from natural."""

    start: int
    end: int
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """A paragraph cast off: its glyphs, the gaps after them, and where its lines end.

    ``edges`` are the offsets of the places where a line may end, ``cells`` what stands between
    them, ``ends`` the indexes of the cells after which the lines do end.
    """

    glyphs: tuple[Glyph, ...]
    gaps: tuple[float, ...]
    edges: tuple[int, ...]
    cells: tuple[Cell, ...]
    measure: float
    indent: float
    ends: tuple[int, ...]


def cast_off(
    text: str,
    roles: Sequence[str],
    measure: float,
    ruler: Ruler,
    indent: float = INDENT,
    prices: Sequence[float] = (),
    calls: Mapping[int, float] = {},
) -> Cast:
    """Measure a paragraph and find its lines; ``roles`` names the face of each character.

    ``measure`` in em. ``prices`` are the demerits of ending a line before each offset, ``calls`` the
    widths of footnote calls.
    """
    glyphs, gaps = glyphs_of(text, roles, ruler, calls)
    edges = divided(cell_edges(text), glyphs, measure - indent)
    han = [opens(left, right) for left, right in pairwise(glyphs)] + [False]
    cells = [
        cell_of(glyphs[a:b], gaps[a:b], han[a:b], prices[b] if prices else 0.0)
        for a, b in pairwise(edges)
    ]
    ends = break_lines(cells, measure, indent) if cells else []
    return Cast(
        tuple(glyphs), tuple(gaps), tuple(edges), tuple(cells), measure, indent, tuple(ends)
    )


def typed_line(text: str, role: str, ruler: Ruler) -> Cast:
    """Return one line that is broken already (of a title, a pull-quote), set as wide as it comes."""
    glyphs, gaps = glyphs_of(text, [role] * len(text), ruler)
    width = sum(glyph.width for glyph in glyphs) + sum(gaps)
    cell = Cell(width)
    edges = (0, len(text)) if text else ()
    return Cast(tuple(glyphs), tuple(gaps), edges, (cell,), inf, 0.0, (1,) if text else ())


def glyphs_of(
    text: str, roles: Sequence[str], ruler: Ruler, calls: Mapping[int, float] = {}
) -> tuple[list[Glyph], list[float]]:
    """Return the glyphs of a text, adjacent marks squeezed, and the Han–Latin gap after each."""
    glyphs = squeeze([
        Glyph(char, "", calls[at]) if at in calls else natural(char, role, ruler)
        for at, (char, role) in enumerate(zip(text, roles, strict=True))
    ])  # fmt: skip
    gaps = [gap_between(left, right) for left, right in pairwise(glyphs)] + [0.0]
    for at in range(1, len(glyphs) - 1):  # a typed blank is the gap, and does not add to it
        if glyphs[at].char == " " and mixed(glyphs[at - 1].char, glyphs[at + 1].char):
            glyphs[at], gaps[at] = replace(glyphs[at], width=0.0), GAP
    return glyphs, gaps


def compose(cast: Cast, change: int = 0) -> tuple[Line, ...]:
    """Return the lines of a paragraph, or of one run ``change`` lines longer where that can be.

    Nothing is lost: the lines together are the text, blanks included.
    """
    ends: Sequence[int] = cast.ends
    if change and (run := break_into(cast.cells, cast.measure, cast.indent, len(ends) + change)):
        ends = run[0]
    lines, start = [], 0
    for number, end in enumerate(ends):
        room = cast.measure - (cast.indent if number == 0 else 0.0)
        first, past = cast.edges[start], cast.edges[end]
        last = end == len(cast.cells)
        glyphs = justify(cast.glyphs[first:past], cast.gaps[first : past - 1], room, last)
        lines.append(Line(first, past, tuple(glyphs)))
        start = end
    return tuple(lines)


def price_of_change(cast: Cast, change: int) -> float:
    """Return the demerits that a paragraph costs more when run longer; inf where it cannot be."""
    count = len(cast.ends)
    if count + change < 1:
        return inf
    runs = [break_into(cast.cells, cast.measure, cast.indent, count + by) for by in (0, change)]
    return runs[1][1] - runs[0][1] if runs[0] and runs[1] else inf


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
        elif len(match[0]) > LONG_WORD:
            edges += [at + mark.end() for mark in NAME_MARK.finditer(match[0])]
    return [*edges, len(text)] if text else []


def divided(edges: Sequence[int], glyphs: Sequence[Glyph], measure: float) -> list[int]:
    """Return the edges with cells wider than the measure (a long URL) divided between characters.

    Where the rules still leave none (a row of closing marks), against them: else the line would run
    off the page. A combining mark stays with its letter.
    """
    done = list(edges[:1])
    for start, end in pairwise(edges):
        if wide(glyphs[start:end], measure):
            by_rule = [
                at
                for at in range(start + 1, end)
                if glyphs[at].char not in MAY_NOT_START_LINE
                and glyphs[at - 1].char not in MAY_NOT_END_LINE
                and not combining(glyphs[at].char)
            ]
            for left, right in pairwise([start, *by_rule, end]):
                if wide(glyphs[left:right], measure):
                    inner = range(left + 1, right)
                    done += [at for at in inner if not combining(glyphs[at].char)]
                done.append(right)
        else:
            done.append(end)
    return done


def wide(glyphs: Sequence[Glyph], measure: float) -> bool:
    """Tell whether glyphs are wider than a line."""
    return sum(glyph.width for glyph in glyphs) > measure


def may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before character ``at`` (which begins a word or is Han)."""
    before, after = text[at - 1], text[at]
    if after in MAY_NOT_START_LINE or before in MAY_NOT_END_LINE or after in NEVER_FIRST:
        return False
    if BRACKETED.fullmatch(before + after):  # Ca(OH)2, (1)
        return False
    return not (before in "0123456789" and after in "%℃‰°") and not (
        before in SIGNS and after.isdigit()
    )


def cell_of(
    glyphs: Sequence[Glyph], gaps: Sequence[float], han: Sequence[bool], price: float
) -> Cell:
    """Return the cell of some glyphs; ``gaps`` and ``han`` tell of the place after each of them."""
    first, last = glyphs[0], glyphs[-1]
    spares = [spare(glyph) for glyph in glyphs]
    mixed_gaps = len(gaps) - gaps.count(0.0)
    blanks = sum([is_latin_blank(a, b) for a, b in pairwise(glyphs)])
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
        letters=sum(
            [not (blank_after(g.char) or blank_before(g.char) or g.char == CALL) for g in glyphs]
        ),
    )
