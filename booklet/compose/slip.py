"""The slip that goes with a finished line: which glyphs are not set naturally, and its number.

The number travels as one character of a private plane at the head of the text, and is taken off
where the text is set; no manuscript may contain such characters.
"""

FIRST_MARK = 0xF0000  # planes 15 and 16, private use
MOST_PLANS = 0x10FFFD - FIRST_MARK

Plan = tuple[tuple[int, float, float, float], ...]
"""(character index, natural width, width as set, shift), in em, of each glyph not set naturally."""


def mark(number: int) -> str:
    """Return the character that names plan ``number``."""
    if number > MOST_PLANS:
        raise OverflowError("more finished lines than marks")
    return chr(FIRST_MARK + number)


def plan_of(text: str) -> int | None:
    """Return the number of the plan that a text names, or None."""
    number = ord(text[0]) - FIRST_MARK if text else -1
    return number if number >= 0 else None
