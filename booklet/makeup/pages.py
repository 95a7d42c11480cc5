"""Choose where boxes go, so that pages come out full: the work of the man at the make-up table.

Everything is counted in lines of the grid and knows nothing of words or of the renderer. A piece is
a sequence of items; a box may stand before some of them. Pages are filled as the renderer fills
them: two lines at least on either side of a break in a paragraph, a heading with two lines after
it, a box never divided and never first on a page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from math import inf, prod

from booklet.prices import APART, BLANK, CROSSED, CROWDED, LEAST_LAST, LONELY, PAGE, SINK, STACKED

MOST_TRIALS = 600  # combinations of places that are tried for one piece (about 0.1 s)
MOST_CARD = 2  # blank lines that are added to a page to level it
MOST_CHANGES = 8  # paragraphs of one piece that are run longer or shorter


@dataclass(frozen=True, slots=True)
class Item:
    """Something of ``lines`` lines. ``before`` and ``after`` are blank lines, none at a page's head.

    ``splits``: may be divided between lines; ``keeps``: stays with two lines of what follows
    (a heading); ``glued``: stays with what precedes it (a box).
    """

    lines: int
    before: int = 0
    after: int = 0
    splits: bool = True
    keeps: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An item with the places it may take: (index of the item it stands before, cost).

    ``said`` is where its words stand, in lines from the first; boxes keep the order of their words.
    """

    item: Item
    places: tuple[tuple[int, float], ...]
    said: float = 0.0


@dataclass(frozen=True, slots=True)
class Makeup:
    """What was chosen: the place of each box, the lines of the opening.

    ``changes`` gives the items that are run a line longer (1) or shorter (-1).
    """

    places: tuple[int, ...]
    opening: int
    changes: Mapping[int, int] = field(default_factory=dict)


def make_up_pages(
    items: Sequence[Item], boxes: Sequence[Box], capacity: int, openings: Sequence[int]
) -> Makeup:
    """Return the places of the boxes, and the depth of the opening, that make the best pages.

    ``capacity`` is the lines of a page; ``openings`` are the lines that the title may take on the
    first, the usual number first: a line more or less there saves a page of two lines.
    """
    keep = max((len(box.places) for box in boxes), default=0)
    while keep > 1 and prod(min(len(box.places), keep) for box in boxes) > MOST_TRIALS:
        keep -= 1
    best, choice = float("inf"), Makeup((), openings[0])
    choices = (sorted(box.places, key=lambda place: place[1])[:keep] for box in boxes)
    for trial in product(*choices):
        places = tuple(at for at, _ in trial)
        placing = sum(cost for _, cost in trial) + crowding(items, boxes, places)
        flow = with_boxes(items, boxes, places)
        for opening in openings:
            price = placing + SINK * abs(opening - openings[0])
            if price < best:
                price += price_of_pages(fill_pages(flow, capacity, opening), capacity)
            if price < best:
                best, choice = price, Makeup(places, opening)
    return choice


Flex = Callable[[int, int], float]
"""(index of an item, 1 or -1) to the demerits of running it that much longer; inf where it cannot be."""


def level_pages(
    made: Makeup, items: Sequence[Item], boxes: Sequence[Box], capacity: int, flex: Flex
) -> Makeup:
    """Run paragraphs a line longer or shorter where that fills the pages, as a compositor does.

    So facing pages end level, and no last page holds two or three lines.
    """

    def price(changes: Mapping[int, int]) -> float:
        run = [
            replace(item, lines=item.lines + changes.get(at, 0)) for at, item in enumerate(items)
        ]
        pages = fill_pages(with_boxes(run, boxes, made.places), capacity, made.opening)
        return price_of_pages(pages, capacity) + sum(costs[change] for change in changes.items())

    flow = with_boxes(items, boxes, made.places)
    if not ugliness(fill_pages(flow, capacity, made.opening), capacity):
        return made
    costs = {
        (at, by): found
        for at, item in enumerate(items)
        if item.splits and item.lines > 2
        for by in (-1, 1)
        if (found := flex(at, by)) < inf
    }
    best: Mapping[int, int] = {}
    least = price(best)
    for trial in together(costs):
        if (found := price(trial)) < least:
            best, least = trial, found
    for _ in range(MOST_CHANGES):
        trials = [{**best, at: by} for at, by in costs]
        trials += [{a: by for a, by in best.items() if a != at} for at in best]
        nearest = min(trials, key=price, default=best)
        if price(nearest) >= least:
            break
        best, least = nearest, price(nearest)
    return replace(made, changes=best)


def together(costs: Mapping[tuple[int, int], float]) -> Iterator[dict[int, int]]:
    """Yield the cheapest one, two, three … changes, all longer or all shorter."""
    for by in (-1, 1):
        ranked = sorted((cost, at) for (at, change), cost in costs.items() if change == by)
        for count in range(1, min(len(ranked), MOST_CHANGES) + 1):
            yield {at: by for _, at in ranked[:count]}


def crowding(items: Sequence[Item], boxes: Sequence[Box], places: Sequence[int]) -> float:
    """Price boxes that stand too near each other, or in another order than their words."""
    ordered = sorted(zip(places, (box.said for box in boxes), strict=True))
    price = 0.0
    for (a, said), (b, later) in pairwise(ordered):
        gap = sum(item.lines for item in items[a:b])
        price += CROWDED * max(APART - gap, 0) + CROSSED * (said > later) + STACKED * (not gap)
    return price


def with_boxes(items: Sequence[Item], boxes: Sequence[Box], places: Sequence[int]) -> list[Item]:
    """Return the items with each box put before the item of its place; same place, same order."""
    flow = []
    for index in range(len(items) + 1):
        flow += [box.item for box, at in zip(boxes, places, strict=True) if at == index]
        flow += items[index : index + 1]
    return flow


def fill_pages(items: Sequence[Item], capacity: int, opening: int) -> list[int]:
    """Return the lines used on each page; something taller than a page gets one of its own."""
    return [page.used for page in lay_pages(items, capacity, opening)]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the lines used on it, and the items that begin on it below its head."""

    used: int
    begun: tuple[int, ...]


def lay_pages(items: Sequence[Item], capacity: int, opening: int) -> list[Page]:
    """Return the pages that items fill after an opening of so many lines."""
    atoms = list(divide(items))
    pages, start, used = [], 0, opening
    while start < len(atoms):
        end, cut, at_cut = start, start, used
        top = used
        while end < len(atoms):
            atom = atoms[end]
            if atom.may_break and end > start:
                cut, at_cut = end, used
            need = atom.lines + (atom.space if used or end > start else 0)
            if used + need > capacity and (end > start or top):
                break
            used += need
            end += 1
        if end == len(atoms):
            cut, at_cut = end, used
        elif cut == start and not top:  # nothing may be divided: give up this page to it
            cut, at_cut = max(end, start + 1), used
        begun = [atom.item for atom in atoms[start:cut] if atom.first]
        pages.append(Page(at_cut, tuple(begun if top else begun[1:])))
        start, used = cut, 0
    return pages or [Page(opening, ())]


@dataclass(frozen=True, slots=True)
class Atom:
    """An indivisible part of an item, with the blank lines above it."""

    lines: int
    space: int
    may_break: bool  # a page may end before it
    item: int
    first: bool


def divide(items: Sequence[Item]) -> Iterator[Atom]:
    """Yield the indivisible parts of the items."""
    after, kept = 0, False
    for index, item in enumerate(items):
        space = max(after, item.before)
        if item.splits:
            for n in range(item.lines):
                inner = 2 <= n <= item.lines - 2
                first = n == 0 and not kept and not item.glued
                yield Atom(1, 0 if n else space, inner or first, index, n == 0)
        else:
            yield Atom(item.lines, space, not kept and not item.glued, index, True)
        after, kept = item.after, item.keeps


def carding(items: Sequence[Item], capacity: int, opening: int) -> dict[int, int]:
    """Return the blank lines to add above some items, so that pages end level: {item: lines}.

    A page that is a line or two short, because the next lines would not stand there, gets them above
    a heading or a box in it, as a compositor puts in card; the last page stays as it is.
    """
    found = {}
    for page in lay_pages(items, capacity, opening)[:-1]:
        short = capacity - page.used
        open_ = [at for at in page.begun if items[at].before and at and not items[at - 1].keeps]
        if 0 < short <= MOST_CARD and open_:
            found[open_[-1]] = short
    return found


def ugliness(pages: Sequence[int], capacity: int) -> float:
    """Price a piece's pages: blank lines at the foot of a page, and a last page nearly empty."""
    blank = sum((capacity - used) ** 2 for used in pages[:-1])
    lonely = max(LEAST_LAST - pages[-1], 0) if len(pages) > 1 else 0
    return BLANK * blank + LONELY * lonely**2


def price_of_pages(pages: Sequence[int], capacity: int) -> float:
    """Price a piece's pages and how many there are."""
    return ugliness(pages, capacity) + PAGE * len(pages)
