"""Characters as set: the width each takes, where its blank is, what stands between two of them.

Widths in em of the type size. Rows of the house list: 8 squeezing of adjacent marks, 9–10 half marks
at line edges, 12 the Han–Latin gap.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from booklet.faces.ruler import Ruler
from booklet.text.clreq import CLOSERS, MAY_NOT_START_LINE, OPENING, PAUSES, STOPS, is_han

GAP = 0.25  # em between Han and Latin or digits (CLREQ #mixed_text_composition_in_horizontal_writing_mode)
SPACE_GIVES, SPACE_TAKES = 0.06, 0.2  # em that a blank between Latin words shrinks and stretches
SPACE_MOST = 0.3  # em more that it stretches before Han gaps open so far that it is seen
MARK_TAKES = 0.15  # em that the blank behind a mark stretches while Han gaps open a little
GAP_LEAST, GAP_MOST = 0.125, 0.29  # with what all gaps of a line open, at most 0.35
FIXED = {"—": 1.0, "…": 1.0, "·": 0.5}  # em (GB/T 15834—2011, 5.1.4 and 5.1.6), centred in it
NARROW = {"‘": 0.32, "’": 0.32, "“": 0.54, "”": 0.54}  # em of the same marks in Latin text
MARKS = OPENING | CLOSERS | STOPS | PAUSES
HALF = 0.5  # em of blank in a full-width mark
CALL = "\ufffc"  # stands in the text where a footnote is called


class Glyph(NamedTuple):
    """A character as set: its width, and how far its ink moves, in em. Never changes the text."""

    char: str
    role: str
    width: float
    shift: float = 0.0


@lru_cache(maxsize=65536)
def natural(char: str, role: str, ruler: Ruler) -> Glyph:
    """Return a character with the width that the house gives it before it is squeezed."""
    width = advance(char, role, ruler)
    fixed = FIXED.get(char, width)
    return Glyph(char, role, fixed, (fixed - width) / 2)


def narrowed(glyph: Glyph) -> Glyph:
    """Return a quotation mark as Latin text has it: its ink alone, with a little room."""
    width = min(NARROW[glyph.char], glyph.width)
    shift = width - glyph.width if glyph.char in "‘“" else 0.0
    return glyph._replace(width=width, shift=shift)


def advance(char: str, role: str, ruler: Ruler) -> float:
    """Return a character's own advance in em; a dash's is half of the pair's, which may be one glyph."""
    return ruler("——", role) / 2 if char == "—" else ruler(char, role)


def blank_before(char: str) -> bool:
    """Tell whether a mark has its blank half in front."""
    return char in OPENING


def blank_after(char: str) -> bool:
    """Tell whether a mark has its blank half behind."""
    return char in CLOSERS or char in STOPS or char in PAUSES


def squeeze(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Take half an em out between two adjacent marks of which one is a bracket or a quote."""
    done = list(glyphs)
    for at in range(len(done) - 1):
        left, right = done[at], done[at + 1]
        if blank_before(left.char) and blank_before(right.char):
            done[at + 1] = halve(right)
        elif (blank_after(left.char) and blank_before(right.char)) or (
            blank_after(left.char) and blank_after(right.char) and CLOSERS & {left.char, right.char}
        ):
            done[at] = halve(left)
    return done


def halve(glyph: Glyph) -> Glyph:
    """Take the blank half off a full-width mark; a narrow one is left alone."""
    if glyph.width < 1.0 or glyph.shift:
        return glyph
    if blank_before(glyph.char):
        return glyph._replace(width=glyph.width - HALF, shift=-HALF)
    return glyph._replace(width=glyph.width - HALF)


def spare(glyph: Glyph) -> float:
    """Return the blank that a mark can still give, in em."""
    full = glyph.width >= 1.0 and (blank_before(glyph.char) or blank_after(glyph.char))
    return HALF if full else 0.0


def gives(glyph: Glyph, following: Glyph) -> float:
    """Return the blank that a mark can give before another glyph, in em: none inside ！？ (row 8)."""
    return 0.0 if glyph.char in STOPS and following.char in STOPS else spare(glyph)


def takes(glyph: Glyph, following: Glyph) -> bool:
    """Tell whether the blank behind a mark may stretch: it has all of it still, and no mark follows."""
    return (
        bool(spare(glyph)) and blank_after(glyph.char) and following.char not in MAY_NOT_START_LINE
    )


def is_latin(char: str) -> bool:
    """Tell whether a character is set as Latin: letters and digits of half width."""
    return char.isalnum() and not is_han(char) and char < "\u2e80"


@lru_cache(maxsize=65536)
def mixed(left: str, right: str) -> bool:
    """Tell whether the Han–Latin gap stands between two characters."""
    return (
        (is_han(left) and is_latin(right))
        or (is_latin(left) and is_han(right))
        or (left in "%℃" and is_han(right))
    )


def gap_between(left: Glyph, right: Glyph) -> float:
    """Return the Han–Latin gap between two glyphs, in em."""
    return GAP if mixed(left.char, right.char) else 0.0


def is_latin_blank(left: Glyph, blank: Glyph) -> bool:
    """Tell whether a blank behind a glyph stands between Latin words, and so gives and takes."""
    return blank.char == " " and blank.width > 0 and is_latin_word(left)


def opens(left: Glyph, right: Glyph) -> bool:
    """Tell whether the gap between two glyphs may open: beside Han, not inside words or ——."""
    if left.char + right.char in ("——", "……") or " " in (left.char, right.char):
        return False
    if left.char in MARKS and right.char in MARKS:
        return False
    if left.char == CALL:  # the renderer sets it: nothing can be added to its width
        return False
    return not (is_latin_word(left) and is_latin_word(right))


def is_latin_word(glyph: Glyph) -> bool:
    """Tell whether a character belongs to Latin words or numbers, quotation marks of theirs too."""
    return glyph.char.isascii() or NARROW.get(glyph.char) == glyph.width
