"""How wide words are: advances by HarfBuzz, in em of their type size."""

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb

from booklet.faces.fonts import Face, Fonts

Ruler = Callable[[str, str], float]
"""(text, role) to its width in em; ``ruler("汉字", "song-400") == 2.0``."""


def ruler(fonts: Fonts) -> Ruler:
    """Return the ruler of these faces; a character a face lacks is measured in its fallback."""
    return ruler_of(tuple(fonts.items()))


@lru_cache(maxsize=2)
def ruler_of(rows: tuple[tuple[str, Face], ...]) -> Ruler:
    """Return the ruler of these faces: the same one each time, for others remember what it measured."""
    fonts = dict(rows)

    @cache
    def font(role: str) -> hb.Font:
        return hb.Font(fonts[role].source)

    @lru_cache(maxsize=8192)
    def measure(text: str, role: str) -> float:
        return sum(
            shaped("".join(chars), font(face))
            for face, chars in groupby(text, key=lambda char: face_of(char, role, fonts))
        )

    return measure


def face_of(char: str, role: str, fonts: Fonts) -> str:
    """Return the role of the fallback chain that has this character, or the first."""
    at, seen = role, set[str]()
    while at and at not in seen:
        seen.add(at)
        if char in fonts[at].characters:
            return at
        at = fonts[at].fallback
    return role


def shaped(text: str, font: hb.Font) -> float:
    """Return the advance of text in one face; marks alone count as Chinese, as in a paragraph."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "zh-cn"
    if buffer.script in ("Zyyy", "Zinh", "Zzzz", None):
        buffer.script = "Hani"
    hb.shape(font, buffer, {"kern": False, "liga": False})
    units: int = sum(position.x_advance for position in buffer.glyph_positions)
    return units / int(font.face.upem)
