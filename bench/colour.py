"""How the composer's lines look: ``python -m bench.colour texts…``, a row for each measure.

Shares of lines whose Han gaps open by more than 0.03 and 0.05 em, the widest, words and numbers parted
per 100 lines, runts, lines off the edge. Texts are files of plain text or Markdown, a paragraph a line.
"""

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from bench.measure import FLUSH, TOO_LOOSE, VISIBLE
from booklet import paths
from booklet.compose.glyphs import natural, opens
from booklet.compose.hyphens import HYPHEN
from booklet.compose.keeping import kept_together, prices
from booklet.compose.paragraph import INDENT, cast_off, compose
from booklet.faces.fonts import read_fonts
from booklet.faces.ruler import Ruler, ruler
from booklet.text.words import word_edges

MEASURES = {"reading": 29, "da32": 27, "16kai": 36, "phone": 18}  # em


def paragraphs_of(path: Path) -> list[str]:
    """Return the paragraphs of a text, marks of Markdown taken off."""
    rows = (re.sub(r"^[#>\-*|\s]+|\*\*|`", "", row) for row in path.read_text("utf-8").split("\n"))
    return [row.strip(" \u3000") for row in rows if len(row.strip()) > 20]


def measured(texts: list[str], measure: float, ruler: Ruler) -> Counter[str]:
    """Return counts of what the lines of some paragraphs are like."""
    found: Counter[str] = Counter()
    for text in texts:
        roles = ["song-400"] * len(text)
        lines = compose(cast_off(text, roles, measure, ruler, INDENT, prices(text, (), measure)))
        kept = {at for start, end in kept_together(text) for at in range(start + 1, end)}
        edges = word_edges(text)
        found["lines"] += len(lines)
        for line in lines[:-1]:
            found["words"] += not line.hyphen and line.end not in edges and line.end not in kept
            found["hyphens"] += line.hyphen
            found["numbers"] += line.end in kept
            room = measure - (INDENT if line.start == 0 else 0.0)
            room -= ruler(HYPHEN, "song-400") if line.hyphen else 0.0
            found["off"] += abs(sum(g.width for g in line.glyphs) - room) > FLUSH
            opening = opened(line.glyphs, ruler)
            found["03"] += opening > VISIBLE
            found["05"] += opening > TOO_LOOSE
            found["worst"] = max(found["worst"], round(opening * 1000))
        found["runts"] += len(lines) > 1 and len(re.sub(r"\W", "", text[lines[-1].start :])) < 2
    return found


def opened(glyphs: tuple, ruler: Ruler) -> float:  # type: ignore[type-arg]
    """Return how far a line's plain Han gaps are opened, in em."""
    extra = [
        left.width - natural(left.char, left.role, ruler).width
        for left, right in pairwise(glyphs)
        if opens(left, right)
        and "\u4e00" <= left.char <= "\u9fff"
        and "\u4e00" <= right.char <= "\u9fff"
    ]
    return max(extra, default=0.0)


def main(names: list[str]) -> None:
    """Print a row for each text and measure."""
    measure_text = ruler(read_fonts(paths.FONTS))
    files = [Path(name) for name in names] or sorted(Path("speeches").glob("0*.md"))
    texts = [text for path in files for text in paragraphs_of(path)]
    print("edition  lines   >0.03   >0.055  worst  words/100  numbers/100  hyphens  runts  off")
    for name, measure in MEASURES.items():
        got = measured(texts, measure, measure_text)
        whole = got["lines"] or 1
        print(
            f"{name:8} {whole:5}  {got['03'] / whole:6.1%}  {got['05'] / whole:6.1%}  {got['worst'] / 1000:5.3f}"
            f"  {100 * got['words'] / whole:8.1f}  {100 * got['numbers'] / whole:10.1f}  {got['hyphens']:7}  {got['runts']:5}  {got['off']:4}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
