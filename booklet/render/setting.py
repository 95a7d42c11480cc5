"""What a rendering needs beside the Book, and what make-up decided about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from booklet.artwork.theme import Theme
from booklet.dress import Dress
from booklet.edition import Edition
from booklet.faces.fonts import Fonts, role_for_name
from booklet.faces.ruler import Ruler
from booklet.imprint import NO_IMPRINT, Imprint

BoxKey = tuple[str, int]
"""(kind, number from 0) of a box of a speech; kinds are quote, stats, link, figure."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One edition in one theme with its faces; ``css`` is the house style sheet.

    ``mark`` is the drawing of the quotation mark beside a pull-quote; ``kept`` are names and terms
    that a line should not part, ``indexed`` those that an index lists; ``imprint`` is what the pages say of their state.
    """

    edition: Edition
    dress: Dress
    theme: Theme
    fonts: Fonts
    ruler: Ruler
    css: str
    mark: str
    kept: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    imprint: Imprint = NO_IMPRINT
    emblem: bytes = b""  # of the office, as a picture

    def width(self, kind: str) -> Callable[[str], float]:
        """Return the ruler of one kind of text: text to em of it."""
        role = self.dress[kind].role
        return lambda text: self.ruler(text, role)

    def width_pt(self, text: str, kind: str) -> float:
        """Return how wide a text of one kind is, in pt."""
        return self.ruler(text, self.dress[kind].role) * self.dress[kind].size_pt

    def room_em(self, kind: str) -> float:
        """Return how many em of one kind of text a line of the type area has."""
        return self.edition.measure_pt / self.dress[kind].size_pt

    def face_class(self, name: str, kind: str) -> str:
        """Return the class that sets the whole of a name in one face; "" for the usual one."""
        role = self.dress[kind].role
        found = role_for_name(name, role, self.fonts)
        return "" if found == role else self.fonts[found].family


@dataclass(frozen=True, slots=True, eq=False)  # told apart by being another one
class PieceLayout:
    """What make-up decided about one speech.

    ``opening`` is the lines of its opening; ``places`` gives for each box and picture the index of
    the block before which it stands; ``changes`` the blocks that are run longer or shorter;
    ``over`` those that have more lines on the next page than they need, ``card`` the blank lines added
    above a block or box. ``pages`` is how many the speech takes, if it has no footnotes.
    """

    opening: int
    places: Mapping[BoxKey, int]
    changes: Mapping[int, int] = field(default_factory=dict)
    over: Mapping[int, int] = field(default_factory=dict)
    card: Mapping[BoxKey | int, int] = field(default_factory=dict)
    pages: int = 1
