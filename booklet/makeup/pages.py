"""Fill pages with items and boxes, and price how they come out: the make-up table.

Everything is counted in lines of the grid and knows nothing of words or of the renderer. A piece is
a sequence of items; a box may stand before some of them. Pages are filled as the renderer fills
them: two lines at least on either side of a break in a paragraph, a heading with two lines after
it, a box never divided and never first on a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from booklet.prices import BLANK, LEAST_LAST, LONELY, PAGE

MOST_CARD = 2  # blank lines that are added to a page to level it


@dataclass(frozen=True, slots=True)
class Item:
    """Something of ``lines`` lines. ``before`` and ``after`` are blank lines, none at a page's head.

    ``splits``: may be divided between lines, with ``over`` of them on the next page at least;
    ``keeps``: stays with two lines of what follows (a heading); ``glued``: stays with what precedes
    it (a box). ``gives``: may have more lines ``over`` than it need (a paragraph).
    """

    lines: int
    before: int = 0
    after: int = 0
    splits: bool = True
    keeps: bool = False
    glued: bool = False
    over: int = 2
    gives: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An item with the places it may take: (index of the item it stands before, cost).

    ``said`` is where its words stand, in lines from the first; boxes keep the order of their words.
    Of those that are a ``voice``, pull-quotes, a spread has one.
    """

    item: Item
    places: tuple[tuple[int, float], ...]
    said: float = 0.0
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Makeup:
    """What was chosen: the place of each box, the lines of the opening.

    ``changes`` gives the items that are run a line longer (1) or shorter (-1), ``over`` those that have
    more lines on the next page than they need: how many.
    """

    places: tuple[int, ...]
    opening: int
    changes: Mapping[int, int] = field(default_factory=dict)
    over: Mapping[int, int] = field(default_factory=dict)


def with_choice(items: Sequence[Item], made: Makeup) -> list[Item]:
    """Return the items as they were run, and divided where a page ends early."""
    return [
        replace(item, lines=item.lines + made.changes.get(at, 0), over=made.over.get(at, item.over))
        for at, item in enumerate(items)
    ]


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
        begun = [atom.item for atom in atoms[start if top else start + 1 : cut] if atom.first]
        pages.append(Page(at_cut, tuple(begun)))
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
                inner = 2 <= n <= item.lines - item.over
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


def turned(short: int) -> float:
    """Price a page that others follow: itself, and the blank lines at its foot."""
    return PAGE + BLANK * short**2


def lonely(used: int) -> float:
    """Price a last page nearly empty."""
    return LONELY * max(LEAST_LAST - used, 0) ** 2
