"""Choose among all ways to make up a piece, by a dynamic programme over its items.

What is still to come depends on the pages so far only through how full the last one is, which boxes
stand already, and how near the last of them is. So of all beginnings that agree in these the cheapest
is kept: the cost grows with the items, not with the product of all places.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from booklet.makeup.pages import (
    MOST_CARD,
    Box,
    Item,
    Makeup,
    fill_pages,
    lonely,
    turned,
    with_boxes,
    with_choice,
)
from booklet.prices import (
    APART,
    CARD,
    CROSSED,
    CROWDED,
    EARLY,
    PAGE,
    RUN_ON,
    STACKED,
    UNLEVEL,
    VOICES,
)

Flex = Callable[[int, int], float]
"""(index of an item, 1 or -1) to the demerits of running it that much longer; inf where it cannot be."""
Changes = Mapping[tuple[int, int], float]
"""What ``Flex`` said, by what it was asked."""

ALONE, LEFT, SINGLE = -1, -2, -3  # of a page: none to be level with, a left one, none faces another
MOST_SPARE = 2  # lines that a page ends early for the sake of the one it faces
MOST_FACING = 4  # lines that a left page is short; one much shorter is no worse to be level with
LEAST_LINES = 3  # of a paragraph that is run longer or shorter


def make_up_pages(
    items: Sequence[Item],
    boxes: Sequence[Box],
    capacity: int,
    opening: int,
    facing: int = ALONE,
) -> Makeup:
    """Return the places of the boxes that make the best pages.

    ``capacity`` is the lines of a page; ``opening`` those that the title takes on the first, and
    ``facing`` tells on which side that is, as in ``Fill``.
    """
    return cheapest(items, boxes, capacity, opening, {}, facing)[1]


def level_pages(
    made: Makeup,
    items: Sequence[Item],
    boxes: Sequence[Box],
    capacity: int,
    flex: Flex,
    facing: int = ALONE,
) -> Makeup:
    """Run paragraphs a line longer or shorter where that fills the pages, as a compositor does.

    So facing pages end level, and no last page holds two or three lines. ``flex`` is asked of every
    paragraph only where that may help.
    """
    flow = with_boxes(with_choice(items, made), boxes, made.places)
    *others, last = fill_pages(flow, capacity, made.opening)
    if all(used == capacity for used in others) and (not others or not lonely(last)):
        return made
    fixed = [replace(box, places=((at, 0.0),)) for box, at in zip(boxes, made.places, strict=True)]
    changes = {
        (at, by): RUN_ON * cost
        for at, item in enumerate(items)
        if item.splits and item.lines >= LEAST_LINES
        for by in (-1, 1)
        if (cost := flex(at, by)) < inf
    }
    return cheapest(items, fixed, capacity, made.opening, changes, facing)[1]


class Fill(NamedTuple):
    """How full a page is.

    ``used`` lines; ``cut`` of them before the last place where it may end (-1 where there is none);
    ``carried`` lines after that, which go along to the next page. ``bare`` until something stands on it;
    ``first`` until a page is turned. ``spare`` lines before the cut may go along too, being of a
    paragraph that has ``rest`` lines after it and began ``back`` items ago. ``facing`` is how short the
    left page is that this one faces, or ALONE, LEFT, SINGLE. ``open`` tells whether something stands
    before the cut that card may be put above, ``opens`` whether after it, ``chain`` whether even where
    that begins a page.
    """

    used: int
    cut: int
    carried: int = 0
    bare: bool = True
    first: bool = True
    spare: int = 0
    rest: int = 0
    back: int = 0
    facing: int = ALONE
    open: bool = False
    opens: bool = False
    chain: bool = False


class State(NamedTuple):
    """What matters of a beginning: the page, the blank below its last item, and the boxes.

    ``placed`` has a bit for each box that stands, ``last`` is the one that stands last (-1: none),
    ``since`` the lines of text after it, APART at most; ``heard`` tells whether this spread has a voice.
    """

    fill: Fill
    after: int = 0
    keeps: bool = False
    placed: int = 0
    last: int = -1
    since: int = APART
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One choice, and those before it.

    A box that was placed before an item; an item that was run longer; or one that has so many lines
    ``over`` on the next page, more than it need.
    """

    before: "Step | None"
    item: int
    box: int = -1
    change: int = 0
    over: int = 0


Beginnings = dict[State, tuple[float, Step | None]]


def cheapest(
    items: Sequence[Item],
    boxes: Sequence[Box],
    capacity: int,
    opening: int,
    changes: Mapping[tuple[int, int], float] = {},
    facing: int = ALONE,
) -> tuple[float, Makeup]:
    """Return the price of the best pages, and what makes them.

    ``changes`` are the paragraphs that may be run longer or shorter; ``facing`` tells of the first
    page, as in ``Fill``.
    """
    press = _Filler(capacity)
    top = Fill(opening, opening if opening else -1, facing=facing)
    now: Beginnings = {State(top): (0.0, None)}
    for index in range(len(items) + 1):
        for number, box in enumerate(boxes):
            now = _with_box(now, number, box, index, boxes, press)
        if index < len(items):
            now = _with_item(now, items[index], index, changes, press)
    ends = [
        (price + PAGE + (0.0 if state.fill.first else lonely(state.fill.used)), number, step)
        for number, (state, (price, step)) in enumerate(now.items())
    ]
    price, _, step = min(ends)
    places: list[int] = [0] * len(boxes)
    run: dict[int, int] = {}
    over: dict[int, int] = {}
    while step:
        if step.box >= 0:
            places[step.box] = step.item
        elif step.change:
            run[step.item] = step.change
        else:
            over[step.item] = step.over
        step = step.before
    return price, Makeup(tuple(places), opening, run, over)


def _with_box(
    now: Beginnings, number: int, box: Box, index: int, boxes: Sequence[Box], press: "_Filler"
) -> Beginnings:
    """Put a box before item ``index``, or not, where it may stand there."""
    costs = dict(box.places)
    if index not in costs:
        return now
    bit, latest = 1 << number, max(costs)
    found: Beginnings = {}
    for state, (price, step) in now.items():
        if state.placed & bit:
            _keep(found, state, price, step)
            continue
        if index < latest:
            _keep(found, state, price, step)
        near = 0.0
        if state.last >= 0:
            near = CROWDED * max(APART - state.since, 0) + STACKED * (state.since == 0)
            near += CROSSED * (boxes[state.last].said > box.said)
        done = Step(step, index, box=number)
        for way in press.add(state, box.item, is_box=True):
            heard = _heard(state, way)
            total = price + costs[index] + near + way.price + VOICES * (heard and box.voice)
            placed = State(way.fill, box.item.after, box.item.keeps, state.placed | bit, number, 0,
                           heard or box.voice)  # fmt: skip
            _keep(found, placed, total, _with_overs(done, way, index - 1))  # of the last item
    return found


def _with_item(
    now: Beginnings, item: Item, index: int, changes: Changes, press: "_Filler"
) -> Beginnings:
    """Set an item as it is, and a line longer and shorter where that can be."""
    lengths = [(0, item, 0.0)]
    for by in (-1, 1):
        if (index, by) in changes:
            lengths.append((by, replace(item, lines=item.lines + by), changes[index, by]))
    found: Beginnings = {}
    for state, (price, step) in now.items():
        since = min(state.since + item.lines, APART)
        for by, length, cost in lengths:
            done = Step(step, index, change=by) if by else step
            for way in press.add(state, length):
                total = price + cost + way.price
                after = State(way.fill, item.after, item.keeps, state.placed, state.last, since,
                              _heard(state, way))  # fmt: skip
                _keep(found, after, total, _with_overs(done, way, index))
    return found


def _heard(state: State, way: "_Way") -> bool:
    """Tell whether the spread that an item ends on has a voice from before it."""
    turned_over = way.fill.facing == LEFT != state.fill.facing
    return state.heard and not turned_over


def _with_overs(step: Step | None, way: "_Way", index: int) -> Step | None:
    for back, lines in way.overs:
        step = Step(step, index - back, over=lines)
    return step


def _keep(found: Beginnings, state: State, price: float, step: Step | None) -> None:
    if price < found.get(state, (inf, None))[0]:
        found[state] = (price, step)


class _Way(NamedTuple):
    """One way that an item falls on the pages: the last of them, and the price of those turned.

    ``overs`` are the paragraphs that were given more lines on the next page, by how many items ago.
    """

    fill: Fill
    price: float = 0.0
    overs: tuple[tuple[int, int], ...] = ()


class _Filler:
    """Fills pages as the renderer does, and remembers how each item fell on a page as full."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.known: dict[tuple[Fill, int, bool, Item, bool], list[_Way]] = {}

    def add(self, state: State, item: Item, is_box: bool = False) -> list[_Way]:
        """Return the ways that an item, or a box between two, may fall behind what is there."""
        space = max(state.after, item.before)
        key = (state.fill, space, state.keeps, item, is_box)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._add(*key)
        return found

    def _add(self, fill: Fill, space: int, kept: bool, item: Item, is_box: bool) -> list[_Way]:
        free = not kept and not item.glued
        counts = fill.spare and not is_box
        ways = [_Way(fill._replace(back=fill.back + 1) if counts else fill)]
        cards = bool(item.before) and not kept
        if not item.splits:
            return self._line(ways, item.lines, space, free, cards)
        for n in range(item.lines):
            inner = 2 <= n <= item.lines - 2
            spare = min(n - 2, MOST_SPARE) if inner and item.gives else 0
            may_break = inner or (n == 0 and free)
            first = cards and n == 0
            ways = self._line(ways, 1, 0 if n else space, may_break, first, spare, item.lines - n)
        return ways

    def _line(
        self,
        ways: Sequence[_Way],
        lines: int,
        space: int,
        may_break: bool,
        cards: bool,
        spare: int = 0,
        rest: int = 0,
    ) -> list[_Way]:
        """Set one indivisible part; a page may end before it, or ``spare`` lines earlier."""
        found = []
        for way in ways:
            fill = way.fill
            again = rest and any(not back for back, _ in way.overs)  # it takes ``over`` lines twice
            if may_break and not fill.bare and not again:
                fill = Fill(fill.used, fill.used, 0, False, fill.first, spare, rest, 0, fill.facing,
                            fill.open or fill.opens)  # fmt: skip
            need = lines + (space if fill.used or not fill.bare else 0)
            if fill.used + need <= self.capacity or (fill.bare and not fill.used):
                carried = fill.carried + lines + (space if fill.carried else 0)
                opens = fill.opens or (cards and not fill.bare)
                chain = fill.chain or (cards and fill.carried > 0)
                on = Fill(fill.used + need, fill.cut, carried, False, fill.first, fill.spare, fill.rest,
                          fill.back, fill.facing, fill.open, opens, chain)  # fmt: skip
                found.append(_Way(on, way.price, way.overs))
                continue
            for early in range(fill.spare + 1):  # what stands after the page's end goes along
                if not early or fill.rest + early <= self.capacity:
                    over = ((fill.back, fill.rest + early),) if early else ()
                    ended, moved, price = self._turned(fill, early)
                    next_ = _Way(ended, way.price + price, way.overs + over)
                    found += self._line([next_], lines, space, may_break and not moved, cards)
        return found

    def _turned(self, fill: Fill, early: int) -> tuple[Fill, int, float]:
        """Return the next page, the lines that go along to it, and the price of the one turned."""
        used = fill.cut - early if fill.cut >= 0 else fill.used
        moved = fill.carried + early if fill.cut >= 0 else 0
        short = self.capacity - used
        price, facing = EARLY * early, fill.facing
        if 0 < short <= MOST_CARD and (fill.open if fill.cut >= 0 else fill.opens):
            price, short = price + CARD * short, 0
        if facing == LEFT:
            facing = min(max(short, 0), MOST_FACING)
        elif facing != SINGLE:
            price += UNLEVEL * (short - facing) ** 2 if facing >= 0 else 0.0
            facing = LEFT
        opens = fill.chain and fill.cut >= 0
        following = Fill(moved, -1, moved, not moved, False, facing=facing, opens=opens)
        return following, moved, price + turned(short)
