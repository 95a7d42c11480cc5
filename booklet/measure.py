"""How wide words are: advances by HarfBuzz, in em of their type size."""

from collections.abc import Callable
from functools import cache, lru_cache

import uharfbuzz as hb

from booklet.fonts import Face, Fonts

Ruler = Callable[[str, str], float]
"""(text, role) to its width in em; ``ruler("汉字", "song-400") == 2.0``."""


def ruler(fonts: Fonts) -> Ruler:
    """Return the ruler of these faces; a character a face lacks is measured in its fallback."""

    @cache
    def font(role: str) -> tuple[Face, hb.Font]:
        return fonts[role], hb.Font(hb.Face(fonts[role].data))

    @lru_cache(maxsize=4096)
    def measure(text: str, role: str) -> float:
        if not text:
            return 0.0
        face, shaper = font(role)
        if not face.characters.issuperset(text) and face.fallback:
            return sum(
                measure(char, role if char in face.characters else face.fallback)
                if len(text) > 1
                else measure(char, face.fallback)
                for char in text
            )
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(shaper, buffer)
        units: int = sum(position.x_advance for position in buffer.glyph_positions)
        return units / int(shaper.face.upem)

    return measure
