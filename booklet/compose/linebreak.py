"""Choose the line breaks of one paragraph, all at once (after Knuth and Plass, 1981).

Units: every length is in em of the body type; a full-width character is 1.0 wide. A line is
``cells[a:b]``. Breaks that rules forbid need no code here: what may not be parted is one Cell.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from booklet.prices import (
    FULL,
    GAPING,
    HOPELESS,
    LINE,
    LOOSEST_EM,
    OVERSTRETCH,
    PARTED,
    RUNT,
    SHORT_RUNT,
    TIGHT,
)

ROUNDING = 1e-9  # em; differences of sums leave crumbs
CRUMB = 1e-6  # em that a line may stick out for them
MOST_LINES = 120  # some five pages; no paragraph that somebody reads is as long
NEAR = 4.0  # em; a line shorter by more is never a good one


class Cell(NamedTuple):
    """An indivisible piece of text and the gap after it, inside a line.

    ``head`` and ``tail`` are blank that falls away where the cell opens or ends a line; ``gap`` is
    blank after it that falls away at a line's end, with what it can give (``shrink``) and take
    (``stretch``) together with the marks of the cell. ``han`` counts gaps that may open a little.
    """

    width: float
    head: float = 0.0
    tail: float = 0.0
    gap: float = 0.0
    shrink: float = 0.0
    stretch: float = 0.0
    han: int = 0
    price: float = 0.0  # demerits of ending a line here
    letters: int = 1  # characters, to know a runt

    @property
    def sound(self) -> bool:
        """Tell whether it can lose no more than it is wide: the search rests on it."""
        return self.shrink <= self.width + self.gap and self.tail <= self.width


def break_lines(
    cells: Sequence[Cell], measure: float, indent: float, rag: float = 0.0
) -> list[int]:
    """Return the end index of every line, cheapest total first to last.

    The first line is shorter by ``indent``; any may be by ``rag``, as if each took that much blank. A cell wider than the measure gets a line of its own
    and sticks out: it has been divided before, or there is no way to.

    Why ``low`` only moves on: no cell can lose more than it is wide (``sound``), so a line grows with
    every cell before it, and with every cell behind it but for what the cell that was last can lose
    now (``margin``). What is overfull by more than that stays so, from all earlier starts too.
    """
    table, past = _Sums(cells, measure, indent, rag), len(cells)
    left, giving, taking = table.left, table.giving_left, table.taking_left
    best, came_from = [0.0], [0]
    low = 0  # the earliest start whose line to ``end`` may yet fit; it only moves on
    margin = max((max(cell.shrink - cell.tail - cell.gap, 0.0) for cell in cells), default=0.0)
    for end in range(1, past):
        right, given, taken = table.right[end], table.giving_right[end], table.taking_right[end]
        while low < end - 1 and left[low] - right < giving[low] - given - margin - CRUMB:
            low += 1
        cheapest, origin, here = inf, end - 1, cells[end - 1].price
        least = min(best[low:end])  # that any of these starts has cost so far
        for start in range(low, end - 1):  # as in ``_Sums.price``, which is too slow for here
            slack, give = left[start] - right, given - giving[start]
            if slack < -give - CRUMB:
                continue
            price = demerits(slack, give, taken - taking[start]) + here
            if slack >= 0 and least + price >= cheapest:
                break  # a later start leaves a looser line, no less dear, whatever precedes it
            if best[start] + price < cheapest:
                cheapest, origin = best[start] + price, start
        else:
            alone = best[end - 1] + table.price(end - 1, end)[0]
            if alone < cheapest:
                cheapest, origin = alone, end - 1
        best.append(cheapest)
        came_from.append(origin)
    if cells:
        lasts = [best[start] + table.price(start, past)[0] for start in range(low, past)]
        came_from.append(low + lasts.index(min(lasts)))
    ends, at = [], past
    while at:
        ends.append(at)
        at = came_from[at]
    return ends[::-1]


def break_into(
    cells: Sequence[Cell], measure: float, indent: float, count: int, limit: float = FULL + LINE
) -> tuple[list[int], float] | None:
    """Return the cheapest ends of exactly ``count`` lines, and their price; None if none are good.

    No line may cost more than ``limit``: this is for running a paragraph a line longer or shorter,
    which must not be seen. One of more than MOST_LINES is left as it is: what may
    be reached grows with every line.
    """
    if count > MOST_LINES:
        return None
    table, past = _Sums(cells, measure, indent), len(cells)
    layers: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, int]] = {}
        for start, (spent, _) in layers[-1].items():
            ends = [past] if number == count else table.good_ends(start, limit)
            for end in ends:
                if table.overfull(start, end) or (end == past) != (number == count) or start >= end:
                    continue
                price = table.price(start, end)[0]
                if end == past and price >= RUNT:
                    continue
                total = spent + price
                if total < reached.get(end, (inf, 0))[0]:
                    reached[end] = (total, start)
        layers.append(reached)
    if past not in layers[-1]:
        return None
    found, at = [], past
    for layer in reversed(layers[1:]):
        found.append(at)
        at = layer[at][1]
    return found[::-1], layers[-1][past][0]


def line_prices(
    cells: Sequence[Cell], measure: float, indent: float, ends: Sequence[int]
) -> list[tuple[float, float]]:
    """Return for each line its demerits, and those of ending it where it does."""
    table, start, found = _Sums(cells, measure, indent), 0, []
    for end in ends:
        here = cells[end - 1].price if end < len(cells) else 0.0
        found.append((table.price(start, end)[0] - here, here))
        start = end
    return found


class _Sums:
    """Prices lines ``cells[start:end]`` from running sums.

    What a line is belongs to its start or to its end, so each is summed once: a line's room is
    ``left[start] - right[end]``, and so with what it can give and take.
    """

    def __init__(
        self, cells: Sequence[Cell], measure: float, indent: float, rag: float = 0.0
    ) -> None:
        self.cells, self.measure, self.indent = cells, measure, indent
        self.width = list(accumulate((c.width + c.gap for c in cells), initial=0.0))
        shrink = list(accumulate((c.shrink for c in cells), initial=0.0))
        stretch = list(accumulate((c.stretch + LOOSEST_EM * c.han for c in cells), initial=0.0))
        self.letters = list(accumulate((c.letters for c in cells), initial=0))
        pairs = list(zip(cells, self.width, shrink, strict=False))
        self.left = [measure + width + c.head for c, width, _ in pairs]
        if self.left:
            self.left[0] -= indent
        self.giving_left = [
            given + c.head for c, _, given in pairs
        ]  # what falls away is gone already
        self.taking_left = stretch
        ends = list(zip(cells, self.width[1:], shrink[1:], stretch[1:], strict=True))
        self.right = [0.0, *(width - c.tail - c.gap for c, width, _, _ in ends)]
        self.giving_right = [0.0, *(given - c.shrink for c, _, given, _ in ends)]
        self.taking_right = [
            0.0,
            *(taken - c.stretch - LOOSEST_EM * c.han + rag for c, _, _, taken in ends),
        ]

    def slack(self, start: int, end: int) -> tuple[float, float]:
        """Return the room that a line leaves (below 0 it lacks), and how much it can give."""
        give = self.giving_right[end] - self.giving_left[start]
        if end - start == 1:
            give += self.cells[start].head
        return self.left[start] - self.right[end], give

    def overfull(self, start: int, end: int, margin: float = 0.0) -> bool:
        """Tell whether a line does not fit, however much it gives, by more than ``margin``."""
        slack, give = self.slack(start, end)
        return slack < -give - margin - CRUMB

    def good_ends(self, start: int, limit: float) -> Iterator[int]:
        """Yield the ends of lines from ``start`` that cost no more than ``limit``, are not overfull and
        part nothing that should be whole.
        """
        room = self.measure - (0.0 if start else self.indent)
        end = max(bisect_left(self.width, self.width[start] + room - NEAR), start + 1)
        while end < len(self.cells) and not self.overfull(start, end):
            here = self.cells[end - 1].price
            if here < PARTED and self.price(start, end)[0] - here <= limit:
                yield end
            end += 1

    def price(self, start: int, end: int) -> tuple[float, float]:
        """Return the demerits of a line, those of ending it there among them, and its slack.

        A line of several cells that does not fit is priced inf.
        """
        slack = self.left[start] - self.right[end]
        give = self.giving_right[end] - self.giving_left[start]
        if end - start == 1:
            give += self.cells[start].head
        elif slack < -give - CRUMB:
            return inf, slack
        if end < len(self.cells):
            take = self.taking_right[end] - self.taking_left[start]
            return demerits(slack, give, take) + self.cells[end - 1].price, slack
        price = demerits(slack, give, inf)
        letters = self.letters[end] - self.letters[start]
        if start and letters <= 2:
            price += RUNT if letters <= 1 else SHORT_RUNT
        return price, slack


def demerits(slack: float, give: float, take: float) -> float:
    """Price a line by how far it must shrink or stretch, as a share of what it can.

    A last line may be as short as it likes: it takes all (``inf``), and costs nothing unless tight.
    """
    if slack < 0:
        ratio = -slack / give if give > ROUNDING else HOPELESS
        return TIGHT * FULL * (ratio if ratio < HOPELESS else HOPELESS) ** 3 + LINE
    if take == inf:
        return 0.0
    ratio = slack / take if take > ROUNDING else HOPELESS * (slack > ROUNDING)
    if ratio <= 1.0:
        return FULL * ratio**3 + LINE
    over = (ratio if ratio < HOPELESS else HOPELESS) - 1.0
    return FULL + LINE + OVERSTRETCH * over + GAPING * over * over
