"""Pages of pictures: which stand on a page together, in which rows; numbers only.

Pictures keep their order. A row is as wide as the page's text, its pictures of one height; what stands in
rows is decided by shapes alone, so that an editor never has to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MOST = 4  # pictures on a page
GAP = 0.03  # between pictures, of the width of the page's text
LEAST_WIDTH = 0.3  # of it; a narrower picture is a stamp
FITTINGS = 4  # of pictures to their words, and of these to them
UNCOVERED, UNLIKE, SMALL, PAGE = 6.0, 0.5, 8.0, 0.4  # prices


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures beside one another: the indexes of them, their widths, one height; in pt."""

    pictures: tuple[int, ...]
    widths: tuple[float, ...]
    height: float


@dataclass(frozen=True, slots=True)
class PlatePage:
    """A page of pictures, its rows from the top."""

    rows: tuple[Row, ...]

    @property
    def pictures(self) -> tuple[int, ...]:
        """The indexes of its pictures."""
        return tuple(at for row in self.rows for at in row.pictures)


Depth = Callable[[int, float], float]
"""How deep the words under a picture are, in pt: of its index, and its width in pt."""


def plate_pages(
    shapes: Sequence[float], width: float, height: float, words: Depth, odd: bool | None = None
) -> list[PlatePage]:
    """Return the pages of pictures of these shapes (width to height) in a type area in pt.

    A dynamic programme over where pages begin; ``words`` tells the room that captions take. Where what
    follows has to begin on a certain side, ``odd`` tells whether there should be an odd number of pages.
    """
    best: list[dict[bool, tuple[float, list[PlatePage]]]] = [{False: (0.0, [])}]
    for end in range(1, len(shapes) + 1):
        ways: dict[bool, tuple[float, list[PlatePage]]] = {}
        for start in range(max(0, end - MOST), end):
            price, page = best_page(range(start, end), shapes, width, height, words)
            for parity, (before, pages) in best[start].items():
                way = (before + price + PAGE, [*pages, page])
                if (not parity) not in ways or way[0] < ways[not parity][0]:
                    ways[not parity] = way
        best.append(ways)
    found = best[-1]
    if odd in found:
        return found[bool(odd)][1]
    return min(found.values(), key=lambda way: way[0])[1]


def best_page(
    pictures: range, shapes: Sequence[float], width: float, height: float, words: Depth
) -> tuple[float, PlatePage]:
    """Return the best page of some pictures, and its price."""
    ways = [priced_page(rows, shapes, width, height, words) for rows in divisions(tuple(pictures))]
    return min(ways, key=lambda way: way[0])


def divisions(pictures: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield every way to put pictures into rows in their order."""
    if not pictures:
        yield ()
    for end in range(1, len(pictures) + 1):
        for rest in divisions(pictures[end:]):
            yield (pictures[:end], *rest)


def priced_page(
    rows: tuple[tuple[int, ...], ...],
    shapes: Sequence[float],
    width: float,
    height: float,
    words: Depth,
) -> tuple[float, PlatePage]:
    """Return a page of these rows and its price: what no picture covers, stamps, unlike sizes."""
    gap = GAP * width
    heights = [(width - gap * (len(row) - 1)) / sum(shapes[at] for at in row) for row in rows]
    share = 1.0
    for _ in range(FITTINGS):  # smaller pictures have narrower words, which are deeper
        under = [
            max(words(at, deep * share * shapes[at]) for at in row)
            for row, deep in zip(rows, heights, strict=True)
        ]
        room = height - sum(under) - gap * (len(rows) - 1)
        share = min(share, max(room, 1.0) / sum(heights))
    made = tuple(
        Row(row, tuple(deep * share * shapes[at] for at in row), deep * share)
        for row, deep in zip(rows, heights, strict=True)
    )
    areas = [one * row.height for row in made for one in row.widths]
    narrow = sum(one < LEAST_WIDTH * width for row in made for one in row.widths)
    covered = sum(areas) / (width * height)
    price = UNCOVERED * len(areas) * (1 - covered) ** 2  # each picture could be larger by so much
    price += UNLIKE * (1 - min(areas) / max(areas)) + SMALL * narrow
    return price, PlatePage(made)
