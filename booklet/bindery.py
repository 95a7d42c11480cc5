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
UNCOATED_INK = 260.0  # % of the four inks together that uncoated paper takes up
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


def paper_of(book: Book) -> Paper:
    """Return the paper of a book's inner pages: the one it asks for, or the usual one."""
    paper = papers()[book.binding.paper or USUAL_PAPER]
    return Paper(paper.name, book.binding.leaf_mm or paper.leaf_mm, paper.coated)


def most_ink(book: Book, limit: float) -> float:
    """Return how much of the four inks together a book's pages may have, in %, where coated paper takes ``limit``."""
    return limit if paper_of(book).coated else min(limit, UNCOATED_INK)


def bound(book: Book, pages: int) -> Bound:
    """Return how a book of so many pages is bound: as it asks, or by its thickness."""
    asked, paper = book.binding, paper_of(book)
    perfect = asked.way == PERFECT or (not asked.way and pages > MOST_STAPLED)
    leaves = (pages - COVER_PAGES) / 2
    spine = leaves * paper.leaf_mm + 2 * COVER_MM if perfect else 0.0
    return Bound(perfect, paper, pages, round(spine, 1))
