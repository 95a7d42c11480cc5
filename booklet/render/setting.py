"""What a rendering needs beside the Book, and what make-up decided about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from booklet.edition import Edition
from booklet.fonts import Fonts, role_for_name
from booklet.measure import Ruler
from booklet.theme import Theme

BoxKey = tuple[str, int]
"""(kind, number from 0) of a box of a speech; kinds are quote, stats, link, figure."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One edition in one theme with its faces; ``css`` is the house style sheet."""

    edition: Edition
    theme: Theme
    fonts: Fonts
    ruler: Ruler
    css: str
    kept: tuple[str, ...] = ()  # names and terms that a line should not part

    def width(self, role: str) -> Callable[[str], float]:
        """Return the ruler of one role: text to em."""
        return lambda text: self.ruler(text, role)

    def dress(self, name: str, role: str) -> str:
        """Return the class that sets the whole of a name in one face; "" for the usual one."""
        found = role_for_name(name, role, self.fonts)
        return "" if found == role else self.fonts[found].family


@dataclass(frozen=True, slots=True)
class PieceLayout:
    """What make-up decided about one speech.

    ``opening`` is the lines of its opening; ``places`` gives for each box and picture the index of
    the block before which it stands; ``changes`` the blocks that are run longer or shorter;
    ``card`` the blank lines added above a block or box.
    """

    opening: int
    places: Mapping[BoxKey, int]
    changes: Mapping[int, int] = field(default_factory=dict)
    card: Mapping[BoxKey | int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is decided after measuring: by speech (empty: nothing yet, so no boxes), notes pages."""

    pieces: tuple[PieceLayout, ...] = ()
    filler: int = 0
