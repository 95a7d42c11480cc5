"""How a book is bound at the print shop: stapled or glued, on which paper, with how wide a spine.

Lengths in mm.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from booklet.model import Book
from booklet.paths import PAPERS

COVER_PAGES = 4
MOST_STAPLED = 60  # pages; a thicker booklet of such paper does not lie flat when stapled
LEAST_GLUED = 40  # pages; a thinner one has no spine that glue could hold
USUAL_PAPER = "100克双胶纸"
COVER_MM = 0.25  # thickness of a leaf of the cover, 200 g
SADDLE, PERFECT = "saddle", "perfect"
WAYS = {SADDLE: SADDLE, "骑马订": SADDLE, PERFECT: PERFECT, "胶装": PERFECT, "无线胶装": PERFECT}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the inner pages: its name, the thickness of a leaf, whether it is coated."""

    name: str
    leaf_mm: float
    coated: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """How a book of so many pages is bound; ``spine_mm`` is 0 for a stapled one."""

    perfect: bool
    paper: Paper
    pages: int
    spine_mm: float

    @property
    def inner(self) -> int:
        """The pages between the covers."""
        return self.pages - COVER_PAGES


@cache
def papers() -> Mapping[str, Paper]:
    """Return the papers that are known by name."""
    table = tomllib.loads(PAPERS.read_text("utf-8"))
    return {name: Paper(name, row["leaf_mm"], row["coated"]) for name, row in table.items()}


def bound(book: Book, pages: int) -> Bound:
    """Return how a book of so many pages is bound: as it asks, or by its thickness."""
    asked = book.binding
    paper = papers()[asked.paper or USUAL_PAPER]
    paper = Paper(paper.name, asked.leaf_mm or paper.leaf_mm, paper.coated)
    perfect = asked.way == PERFECT or (not asked.way and pages > MOST_STAPLED)
    leaves = (pages - COVER_PAGES) / 2
    spine = leaves * paper.leaf_mm + 2 * COVER_MM if perfect else 0.0
    return Bound(perfect, paper, pages, round(spine, 1))
