"""Pictures that are pages of their own: what a text of kind ``plates`` shows, and how large. Sizes in pt."""

from dataclasses import dataclass

from booklet.artwork import photographs
from booklet.edition import PT_PER_MM, Edition
from booklet.errors import BookletError
from booklet.model import Figure, Paragraph, Speech, text_of

SPREAD_SHAPE = 1.9  # width to height from which a picture goes across two pages
SPREAD_HEAD = 1.4  # times the head margin, above it
WORD_LINE_PT, WORD_LINES = (
    13.0,
    2,
)  # house pt of a line under it; lines that a row of names takes at most
PORTRAIT_MM = (25.0, 33.0)  # on A5: that of a picture in a passport, and a little more


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a manuscript, and the names that follow it, a row of people each."""

    figure: Figure
    names: tuple[str, ...]


def shown_pictures(speech: Speech) -> list[Shown]:
    """Return the pictures of a text; the paragraphs behind one name those on it."""
    found: list[Shown] = []
    for block in speech.blocks:
        if isinstance(block, Figure):
            found.append(Shown(block, ()))
        elif isinstance(block, Paragraph) and found:
            last = found[-1]
            found[-1] = Shown(last.figure, (*last.names, text_of(block.runs)))
    return found


def goes_across(one: Shown, speech: Speech, edition: Edition) -> bool:
    """Tell whether a picture goes across two pages: one of people who are named, or a panorama."""
    if not edition.bound:
        return False
    return bool(one.names) or photographs.shape_of(one.figure, speech.path) >= SPREAD_SHAPE


def across_size(shape: float, words_pt: float, edition: Edition) -> tuple[float, float]:
    """Return the size of a picture across two pages, of this width to height: to their edges, if it is wide.

    ``words_pt`` is how deep the words under it are.
    """
    above, below = edition.head_mm * SPREAD_HEAD * PT_PER_MM, edition.foot_mm * PT_PER_MM
    width, height = (side * PT_PER_MM for side in edition.trim_mm)
    across = min(2 * width, (height - above - below - words_pt) * shape)
    return across, across / shape


def covers(one: Shown, speech: Speech, edition: Edition) -> tuple[float, float] | None:
    """Return the size that a picture across two pages has with the most words under it; None for any other.

    None, too, for one whose shape cannot be read: ``photographs.check`` tells why.
    """
    try:
        if not goes_across(one, speech, edition):
            return None
        shape = photographs.shape_of(one.figure, speech.path)
    except BookletError:
        return None
    return across_size(shape, words_at_most(one, edition), edition)


def words_at_most(one: Shown, edition: Edition) -> float:
    """Return how deep the words under a picture are at most, in pt: before they are set."""
    return edition.pt(WORD_LINE_PT) * (2 + WORD_LINES * len(one.names))


def portrait_size(edition: Edition) -> tuple[float, float]:
    """Return the size of the picture of a speaker."""
    width, height = (edition.pt(side * PT_PER_MM) for side in PORTRAIT_MM)
    return width, height
