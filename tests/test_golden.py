"""Lines and pages of the sample, written down: a change of a price or a size is a diff to read.

``make golden`` writes them anew; read every line of the diff before you commit it.
"""

import os
from pathlib import Path

from booklet import paths
from booklet.build import setting_of
from booklet.compose.keeping import names_of, prices
from booklet.compose.paragraph import cast_off, compose
from booklet.faces.fonts import Fonts
from booklet.manuscript.book import read_book
from booklet.model import paragraphs
from tests.gauge import rows_of

GOLDEN = Path(__file__).parent / "golden"
SAMPLE = paths.ROOT / "speeches"
MEASURES = (18, 29)  # em: the telephone's and the A5 page's


def compare(name: str, text: str) -> None:
    """Compare with a golden file, or write it anew."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN"):
        path.write_text(text, "utf-8")
    assert text.split("\n") == path.read_text("utf-8").split("\n")


def test_the_lines_of_the_sample(fonts: Fonts) -> None:
    """Each line with what it takes (+) or gives (-) in em to fill the measure."""
    book = read_book(SAMPLE, ("red", "teal"), paths.edition_names())
    setting, kept = setting_of("reading", "red", fonts, ()), names_of(book)
    rows = []
    for measure in MEASURES:
        for speech in book.speeches:
            rows.append(f"== {measure} em, {''.join(speech.title)}")
            for text, _ in paragraphs(speech.blocks):
                cast = cast_off(
                    text, ["song-400"] * len(text), measure, setting.ruler, 2.0, prices(text, kept)
                )
                lines = compose(cast)
                for number, line in enumerate(lines):
                    natural = sum(g.width for g in cast.glyphs[line.start : line.end])
                    natural += sum(cast.gaps[line.start : line.end - 1])
                    change = sum(glyph.width for glyph in line.glyphs) - natural
                    end = "¶" if number == len(lines) - 1 else ""
                    rows.append(f"{change:+.2f} | {text[line.start : line.end]}{end}")
    compare("lines.txt", "\n".join(rows) + "\n")


def test_the_pages_of_the_sample(printed_sample: Path) -> None:
    """Each line of the reading edition as it stands in the file."""
    rows = rows_of((printed_sample / "booklet.pdf").read_bytes())
    compare("pages.txt", "\n".join(rows) + "\n")
