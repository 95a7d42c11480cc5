"""What a rendering gathers for the press beside the HTML: resources, and plans of finished lines."""

from dataclasses import dataclass, field

from booklet.compose import FIXED, Line, advance
from booklet.measure import Ruler
from booklet.plan import Plan, mark


@dataclass(frozen=True, slots=True)
class Stock:
    """Filled while rendering: files by name, and the plan of each piece of a finished line."""

    resources: dict[str, bytes] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)

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
