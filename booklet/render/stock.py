"""What a rendering gathers for the press beside the HTML: resources, and plans of finished lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from booklet.artwork.theme import Theme
from booklet.compose.glyphs import FIXED, Glyph, advance
from booklet.compose.paragraph import Line
from booklet.compose.slip import Plan, mark
from booklet.faces.ruler import Ruler
from booklet.text.clreq import is_han

DOT_EM = 0.08  # radius of an emphasis mark (着重号)


@dataclass(slots=True)
class Stock:
    """Filled while rendering: files by name, the plan of each piece of a finished line."""

    resources: dict[str, bytes] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)
    drawn: dict[bytes, str] = field(default_factory=dict)  # drawings that are there, by content

    def slip(self, line: Line, start: int, end: int, ruler: Ruler) -> str:
        """Keep the plan of ``text[start:end]``, a piece of ``line``; return the mark naming it.

        "" for a piece that is set naturally.
        """
        plan = []
        for index, glyph in enumerate(line.glyphs[start - line.start : end - line.start]):
            natural = advance(glyph.char, glyph.role, ruler)
            if glyph.char in FIXED or glyph.shift or abs(glyph.width - natural) > 1e-6:
                plan.append((index, natural, glyph.width, glyph.shift))
        if not plan:
            return ""
        self.plans.append(tuple(plan))
        return mark(len(self.plans) - 1)

    def dots(self, glyphs: Sequence[Glyph], theme: Theme) -> tuple[float, str]:
        """Draw 着重号 for a piece: one dot under the middle of each Han character.

        Returns the piece's width in em and the drawing's name (W3C CLREQ, #emphasis_dots).
        """
        at, circles = 0.0, []
        for glyph in glyphs:
            if is_han(glyph.char):
                circles.append(f'<circle cx="{at + 0.5:.3f}" cy="{DOT_EM}" r="{DOT_EM}"/>')
            at += glyph.width
        drawing = theme.paint(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at:.3f} {2 * DOT_EM}" '
            f'fill="var(--ink)">{"".join(circles)}</svg>'
        ).encode()
        name = self.drawn.setdefault(drawing, f"dots/{len(self.resources)}.svg")
        self.resources[name] = drawing
        return at, name
