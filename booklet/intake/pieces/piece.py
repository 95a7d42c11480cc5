"""A piece of a source: a speech or a note, its paragraphs whole and in order."""

from dataclasses import dataclass

from booklet.intake.source import Entry

NO_TEXT = ("block", "missing")  # kinds of paragraph that are none


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, heading, list item or block of a piece, or where a picture is missing.

    ``level`` is that of a heading.
    """

    line: int
    text: str
    kind: str = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One speech or note of a source, its paragraphs whole and in order.

    ``rows`` are the numbers of the first and the last row of its text in the source; ``subtitle`` only
    says where it was said, and is not printed.
    """

    kind: str
    title: tuple[str, ...]
    speaker: str
    designation: str
    paragraphs: tuple[Para, ...]
    line: int
    source: str = ""
    dates: tuple[str, ...] = ()
    rows: tuple[int, int] = (0, 0)
    subtitle: str = ""

    @property
    def text(self) -> str:
        """Return all its prose, a line a paragraph."""
        return "\n".join(para.text for para in self.paragraphs if para.kind not in NO_TEXT)


@dataclass(frozen=True, slots=True)
class Told:
    """What some rows come to; of two mastheads the first counts."""

    masthead: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __add__(self, other: "Told") -> "Told":
        """Return this and what comes after it."""
        return Told(
            self.masthead or other.masthead,
            self.pieces + other.pieces,
            self.entries + other.entries,
        )
