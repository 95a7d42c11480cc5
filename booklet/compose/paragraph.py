"""Set a paragraph of Chinese: text to finished lines, each glyph with the width it takes.

Engine-neutral: the result is lines of text with, for some characters, a width and a shift in em.
Rows of the house list: 1–5 no forbidden break, 6 numbers keep their units, 17 no runt; the others
in ``glyphs``, ``justify`` and ``linebreak``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import inf
from unicodedata import combining

from booklet.compose.glyphs import (
    CALL,
    GAP,
    GAP_LEAST,
    GAP_MOST,
    HALF,
    MARK_TAKES,
    NARROW,
    SPACE_GIVES,
    SPACE_TAKES,
    Glyph,
    blank_after,
    blank_before,
    gap_between,
    gives,
    is_latin_blank,
    mixed,
    narrowed,
    natural,
    opens,
    spare,
    squeeze,
    takes,
)
from booklet.compose.hyphens import HYPHEN, hyphenation
from booklet.compose.justify import justify
from booklet.compose.linebreak import Cell, break_into, break_lines, demerits, line_prices
from booklet.faces.ruler import Ruler
from booklet.prices import DIVIDED, HYPHENATED, INSIDE_NARROW, LOOSEST_EM, SEEN_EM, TORN_NAME
from booklet.text.clreq import MAY_NOT_END_LINE, MAY_NOT_START_LINE, is_han

INDENT = 2.0  # em
RAG = 0.4  # of the measure: a line of ragged text that is shorter by more looks torn off
ADDRESS = re.compile(r"://|@|^www\.")
# In names of files and models, compounds and alternatives: two letters at least on either side.
NAME_MARK = re.compile(r"(?<=[A-Za-z]{2})[/_.:-](?=[A-Za-z]{2})")
LONG_WORD = 8  # characters; a longer name may be divided at its own marks
LONG_NAME = 12  # characters; a longer one beside figures too: charset=｜ISO-｜2022-JP
FIGURE_MARK = re.compile(r"(?<=[A-Za-z]{2})[/_.:=-](?=\w{2})|(?<=\w{2})[/_.:=-](?=[A-Za-z]{2})")
ANYWHERE = re.compile(r"(?<=[A-Za-z0-9]{3})(?=[A-Za-z0-9]{3})")  # in an address or a long name
ADDRESS_MARK = re.compile(r"(?<=\w)[/?&=@.#-](?=\w)")
# A Latin word with its accents, apostrophes, raised and lowered figures; or one character.
WORD = re.compile(
    r"(?:[A-Za-z0-9\u00b2\u00b3\u00b9\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\u2070-\u209f@#&+=_'.,:;!?/~%$-]"
    r"|(?<=[A-Za-z])’(?=[A-Za-z]))+|——|……|.",
    re.DOTALL,
)
LONG_LATIN = re.compile(rf"[!#-~]{{{LONG_NAME},}}")
BRACKETED = re.compile(
    r"[A-Za-z0-9\u00b2-\u024f)\]][(\[]|[(\[].|.[)\]]|[)\]][A-Za-z0-9\u00b2-\u024f]"
)
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
SIGNS = "￥¥$€£−-－＋+±"
NEVER_FIRST = " \ufffc"  # with what precedes


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: characters ``text[start:end]``, each as it is set.

    ``hyphen`` tells that one is printed behind them, which the text does not have.
    """

    start: int
    end: int
    glyphs: tuple[Glyph, ...]
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """A paragraph cast off: its glyphs, the gaps after them, and where its lines end.

    ``opens`` tells whether the place after each glyph may open a little.
    ``edges`` are the offsets of the places where a line may end, ``cells`` what stands between
    them, ``ends`` the indexes of the cells after which the lines do end; ``hyphens`` gives the width of
    the hyphen that a line ending before an offset takes.
    """

    glyphs: tuple[Glyph, ...]
    gaps: tuple[float, ...]
    opens: tuple[bool, ...]
    edges: tuple[int, ...]
    cells: tuple[Cell, ...]
    measure: float
    indent: float
    ends: tuple[int, ...]
    hyphens: Mapping[int, float] = field(default_factory=dict)
    ragged: bool = False


def cast_off(
    text: str,
    roles: Sequence[str],
    measure: float,
    ruler: Ruler,
    indent: float = INDENT,
    prices: Sequence[float] = (),
    calls: Mapping[int, float] = {},
    ragged: bool = False,
) -> Cast:
    """Measure a paragraph and find its lines; ``roles`` names the face of each character.

    ``measure`` in em. ``prices`` are the demerits of ending a line before each offset, ``calls`` the
    widths of footnote calls. Lines of ``ragged`` text may be short, and are not spaced.
    """
    glyphs, gaps = glyphs_of(text, roles, ruler, calls)
    edges, own, hyphened = edges_of(text)
    edges = divided(edges, glyphs, measure - indent)
    hyphens = {at: ruler(HYPHEN, roles[at - 1]) for at in hyphened}
    open_ = [opens(left, right) for left, right in pairwise(glyphs)] + [False]
    for at in inside_addresses(text):
        open_[at] = True
    cells = []
    for start, end in pairwise(edges):
        price = prices[end] if prices else 0.0
        price = max(own[end], price if price > INSIDE_NARROW else 0.0) if end in own else price
        cell = cell_of(glyphs[start:end], gaps[start:end], open_[start:end], price)
        cells.append(cell._replace(tail=-hyphens[end]) if end in hyphens else cell)
    rag = RAG * measure if ragged else 0.0
    ends = break_lines(cells, measure, indent, rag) if cells else []
    return Cast(
        tuple(glyphs), tuple(gaps), tuple(open_), tuple(edges), tuple(cells), measure, indent,
        tuple(ends), hyphens, ragged,
    )  # fmt: skip


def typed_line(text: str, role: str, ruler: Ruler) -> Cast:
    """Return one line that is broken already (of a title, a pull-quote), set as wide as it comes."""
    glyphs, gaps = glyphs_of(text, [role] * len(text), ruler)
    width = sum(glyph.width for glyph in glyphs) + sum(gaps)
    cell = Cell(width)
    edges = (0, len(text)) if text else ()
    fixed = (False,) * len(text)
    return Cast(tuple(glyphs), tuple(gaps), fixed, edges, (cell,), inf, 0.0, (1,) if text else ())


def glyphs_of(
    text: str, roles: Sequence[str], ruler: Ruler, calls: Mapping[int, float] = {}
) -> tuple[list[Glyph], list[float]]:
    """Return the glyphs of a text, adjacent marks squeezed, and the Han–Latin gap after each."""
    glyphs = [
        Glyph(char, "", calls[at]) if at in calls else natural(char, role, ruler)
        for at, (char, role) in enumerate(zip(text, roles, strict=True))
    ]
    for at in latin_quotes(text):
        glyphs[at] = narrowed(glyphs[at])
    glyphs = squeeze(glyphs)
    gaps = [gap_between(left, right) for left, right in pairwise(glyphs)] + [0.0]
    for at in range(1, len(glyphs) - 1):  # a typed blank is the gap, and does not add to it
        if glyphs[at].char == " " and mixed(glyphs[at - 1].char, glyphs[at + 1].char):
            glyphs[at], gaps[at] = glyphs[at]._replace(width=0.0), GAP
    return glyphs, gaps


def latin_quotes(text: str) -> list[int]:
    """Return where quotation marks are Latin ones: all in a text without Han, else apostrophes."""
    if any(map(is_han, text)):
        return [match.start() for match in APOSTROPHE.finditer(text)]
    return [at for at, char in enumerate(text) if char in NARROW]


def compose(cast: Cast, change: int = 0) -> tuple[Line, ...]:
    """Return the lines of a paragraph, or of one run ``change`` lines longer where that can be.

    Nothing is lost: the lines together are the text, blanks included.
    """
    ends: Sequence[int] = cast.ends
    if change and (run := run_on(cast, change)):
        ends = run[0]
    lines, start = [], 0
    for number, end in enumerate(ends):
        room = cast.measure - (cast.indent if number == 0 else 0.0)
        first, past = cast.edges[start], cast.edges[end]
        last = end == len(cast.cells) or cast.ragged
        room -= cast.hyphens.get(past, 0.0)
        inner = slice(first, past - 1)
        glyphs = justify(cast.glyphs[first:past], cast.gaps[inner], cast.opens[inner], room, last)
        lines.append(Line(first, past, tuple(glyphs), past in cast.hyphens))
        start = end
    return tuple(lines)


def price_of_change(cast: Cast, change: int) -> float:
    """Return the demerits that a paragraph costs more when run longer; inf where it cannot be."""
    run = run_on(cast, change)
    return run[1] - sum(map(sum, _lines_of(cast))) if run else inf


def run_on(cast: Cast, change: int) -> tuple[list[int], float] | None:
    """Return the ends of a paragraph's lines run ``change`` lines longer, and their price.

    None where it would be seen: no line opens more than SEEN_EM, but where one does already.
    """
    count = len(cast.ends) + change
    if count < 1 or cast.ragged or not may_run_on(cast, change):
        return None
    limit = max(demerits(SEEN_EM, 0.0, LOOSEST_EM), *(line for line, _ in _lines_of(cast)))
    return break_into(cast.cells, cast.measure, cast.indent, count, limit)


def may_run_on(cast: Cast, change: int) -> bool:
    """Tell whether a paragraph has enough to give or to take at all: quicker than to try it."""
    width = sum(cell.width + cell.gap for cell in cast.cells)
    if change < 0:
        give = sum(cell.shrink for cell in cast.cells)
        room = (len(cast.ends) + change) * (
            cast.measure + HALF
        )  # a mark is halved at each line's end
        return width - give <= room - cast.indent
    take = sum(cell.stretch + LOOSEST_EM * cell.han for cell in cast.cells) * SEEN_EM / LOOSEST_EM
    return width + take >= (len(cast.ends) + change - 1) * cast.measure - cast.indent


def _lines_of(cast: Cast) -> list[tuple[float, float]]:
    return line_prices(cast.cells, cast.measure, cast.indent, cast.ends)


# ---- Cells -----------------------------------------------------------------------------------


def cell_edges(text: str) -> list[int]:
    """Return the offsets at which a line may end, with 0 and the text's length."""
    return edges_of(text)[0]


def edges_of(text: str) -> tuple[list[int], dict[int, float], list[int]]:
    """Return the offsets at which a line may end, with 0 and the text's length.

    Also the price of those inside Latin pieces, and which of these take a hyphen.
    """
    edges = {0, len(text)} if text else set()
    own: dict[int, float] = {}
    hyphened: list[int] = []
    straight = [at for at, char in enumerate(text) if char == '"']
    clinging = {*(at + 1 for at in straight[::2]), *straight[1::2]}  # to what they quote
    for match in WORD.finditer(text):
        at = match.start()
        if at and at not in clinging and may_break(text, at):
            edges.add(at)
        if len(match[0]) > 2:
            torn, words, marks = ([at + place for place in one] for one in divisions(match[0]))
            own |= dict.fromkeys(torn, TORN_NAME) | dict.fromkeys(words, HYPHENATED)
            own |= dict.fromkeys(marks, DIVIDED)
            hyphened += words
    return sorted(edges | own.keys()), own, hyphened


def inside_addresses(text: str) -> list[int]:
    """Return the offsets of characters of addresses and long names that have another behind them.

    A line of little else has nothing that could give but what is between their letters.
    """
    found: list[int] = []
    for match in LONG_LATIN.finditer(text):
        if ADDRESS.search(match[0]) or FIGURE_MARK.search(match[0]):
            found += range(match.start(), match.end() - 1)
    return found


Places = tuple[int, ...]


@lru_cache(maxsize=8192)
def divisions(piece: str) -> tuple[Places, Places, Places]:
    """Return the offsets at which a line may end inside a Latin piece.

    Between any letters of it; with a hyphen; at marks of its own.
    """
    words = tuple(hyphenation(piece))
    address = ADDRESS.search(piece)
    if not address and len(piece) < LONG_WORD:
        return (), words, ()
    marks = ADDRESS_MARK if address else NAME_MARK if len(piece) < LONG_NAME else FIGURE_MARK
    own = tuple(mark.end() for mark in marks.finditer(piece))
    long = (own or address) and not words and len(piece) >= LONG_NAME
    torn = tuple(place.start() for place in ANYWHERE.finditer(piece)) if long else ()
    return torn, words, own


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
    if len(glyphs) == 1 and is_han(first.char) and not gaps[0]:  # most are: quicker
        return Cell(first.width, han=int(han[0]), price=price)
    spares = [gives(left, right) for left, right in pairwise(glyphs)] + [spare(last)]
    mixed_gaps = len(gaps) - gaps.count(0.0)
    blanks = sum([is_latin_blank(a, b) for a, b in pairwise(glyphs)])
    tail = spares[-1] if spares[-1] and blank_after(last.char) else 0.0
    return Cell(
        width=sum([glyph.width for glyph in glyphs]) + sum(gaps[:-1]),
        head=spares[0] if spares[0] and blank_before(first.char) else 0.0,
        tail=last.width if last.char == " " else tail,
        gap=gaps[-1],
        shrink=sum(spares) + (GAP - GAP_LEAST) * mixed_gaps + SPACE_GIVES * blanks,
        stretch=(GAP_MOST - GAP) * mixed_gaps
        + SPACE_TAKES * blanks
        + MARK_TAKES * sum([takes(a, b) for a, b in pairwise(glyphs)] + [bool(tail)]),
        han=sum(han),
        price=price,
        letters=sum(
            [not (blank_after(g.char) or blank_before(g.char) or g.char == CALL) for g in glyphs]
        ),
    )
