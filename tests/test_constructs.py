"""Hard constructs at every offset of a line: none begins or ends a line wrongly, none runs off the edge."""

import pytest

from bench.constructs import FREE, PROSE, WHOLE
from booklet.compose.hyphens import HYPHEN
from booklet.compose.keeping import prices
from booklet.compose.paragraph import INDENT, cast_off, compose
from booklet.faces.fonts import Fonts
from booklet.faces.ruler import Ruler, ruler
from booklet.text.clreq import MAY_NOT_END_LINE, MAY_NOT_START_LINE


@pytest.fixture(scope="module")
def measure(fonts: Fonts) -> Ruler:
    return ruler(fonts)


@pytest.mark.parametrize("width", [29.0, 18.0])
@pytest.mark.parametrize("construct", [*WHOLE, *FREE])
def test_a_hard_construct_is_set_by_the_rules_at_every_offset(
    measure: Ruler, construct: str, width: float
) -> None:
    for offset in range(30):
        text = f"{PROSE[:offset]}{construct}{PROSE}。"
        lines = compose(
            cast_off(text, ["song-400"] * len(text), width, measure, INDENT, prices(text, ()))
        )
        assert "".join(text[line.start : line.end] for line in lines) == text
        for line in lines[:-1]:
            room = width - (INDENT if line.start == 0 else 0.0)
            assert text[line.end] not in MAY_NOT_START_LINE, text[line.start : line.end + 1]
            assert text[line.end - 1] not in MAY_NOT_END_LINE, text[line.start : line.end]
            room -= measure(HYPHEN, "song-400") if line.hyphen else 0.0
            assert sum(glyph.width for glyph in line.glyphs) == pytest.approx(room, abs=0.02)
            if construct in WHOLE:
                assert not offset < line.end < offset + len(construct), text[: line.end]


@pytest.mark.parametrize("change", [-1, 1])
def test_a_paragraph_run_longer_or_shorter_ends_in_no_single_character_and_parts_no_number(
    measure: Ruler, change: int
) -> None:
    run = 0
    for length in range(40, 230):
        marked = "".join(f"{char}，" if n % 7 == 6 else char for n, char in enumerate(PROSE * 5))
        text = f"{marked[:length]}走访了3.5万余人次{marked[length : length + 9]}。"
        cast = cast_off(text, ["song-400"] * len(text), 29.0, measure, INDENT, prices(text, ()))
        usual, lines = compose(cast), compose(cast, change)
        if len(lines) == len(usual):
            continue
        run += 1
        assert sum(char.isalnum() for char in text[lines[-1].start :]) > 1
        at = text.index("3.5万余人次")
        assert not any(at < line.end < at + 7 for line in lines), text
    assert run > 5
