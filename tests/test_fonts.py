"""Every character has a face that can set it, or the editor is told before anything is rendered."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from booklet import paths
from booklet.dress import Dress
from booklet.errors import BookletError
from booklet.faces.fonts import Fonts, missing, read_fonts, role_for_name, subset
from booklet.manuscript.book import read_book
from booklet.proof.coverage import coverage
from booklet.text.clreq import is_han
from tests.conftest import SPEECH, Write

RARE = "\U0002a6d6"  # in none of the faces


def test_a_character_without_a_face_is_told_with_its_line(
    write: Write, fonts: Fonts, dress: Dress
) -> None:
    folder = write({"01-speech.md": SPEECH.replace("社区不大", f"社区{RARE}不大")})
    (found,) = coverage(read_book(folder, ("red",), ("reading",)), fonts, dress)
    assert (found.severity, found.line) == ("error", 13)
    assert "U+2A6D6" in found.message


def test_the_small_book_is_covered(write: Write, fonts: Fonts, dress: Dress) -> None:
    assert coverage(read_book(write(), ("red",), ("reading",)), fonts, dress) == []


@pytest.mark.parametrize(
    ("old", "new", "role"),
    [
        ("一、先敲门", "（一）先@敲门", "kai-400"),
        ("二、再办事", "二、再@办事", "hei-700"),
        ("社区不大", "社@区不大", "song-400"),
        ("社区不大", "> 社@区不大", "kai-400"),
        ("社区不大", "**社@区不大**", "hei-700"),
        ("label: 走访居民", "label: 走访@居民", "hei-400"),
        ("社区不大", "| 甲@ | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n社区不大", "hei-700"),
        ("社区不大", "| 甲 | 乙 |\n|---|---|\n| 丙@ | 丁 |\n\n社区不大", "song-400"),
        ("speaker: 春风", "speaker: 春@风", "kai-400"),
    ],
)
def test_a_character_is_asked_of_the_role_that_sets_it(
    write: Write, fonts: Fonts, dress: Dress, old: str, new: str, role: str
) -> None:
    text = SPEECH.replace(old, new.replace("@", RARE), 1)
    book = read_book(write({"01-speech.md": text}), ("red",), ("reading",))
    asked = {found.message.partition("）")[0] for found in coverage(book, fonts, dress)}
    assert f"字体（{role}" in asked


def test_a_name_with_one_rare_character_moves_to_the_fallback_whole(fonts: Fonts) -> None:
    kai, song = fonts["kai-400"].characters, fonts["song-400"].characters
    rare = min(char for char in song - kai if is_han(char))
    assert role_for_name("王小明", "kai-400", fonts) == "kai-400"
    assert role_for_name(f"王{rare}明", "kai-400", fonts) == "song-400"
    assert role_for_name("“王小明”", "kai-400", fonts) == "kai-400"
    assert missing(f"王{rare}明", "kai-400", fonts) == []


def test_a_subset_holds_what_is_asked_and_not_what_is_dropped(fonts: Fonts) -> None:
    cut = TTFont(BytesIO(subset(fonts["kai-400"], "雷锋“")))
    assert set(cut.getBestCmap()) == set(map(ord, "雷锋"))


def test_one_line_gives_a_role_to_a_licensed_face(tmp_path: Path, fonts: Fonts) -> None:
    whole = paths.FONTS.read_text("utf-8")
    house = re.sub(r'^file = ".*"', 'file = "house.ttf"', whole, flags=re.MULTILINE)
    for name in ("own.ttf", "house.ttf"):
        (tmp_path / name).write_bytes(subset(fonts["hei-700"], "雷锋"))
    (tmp_path / "fonts.toml").write_text(
        house.replace("[takeover]", '[takeover]\nsong-900 = "own.ttf"'), "utf-8"
    )
    face = read_fonts(tmp_path / "fonts.toml")["song-900"]
    assert frozenset(face.characters) == frozenset("雷锋")
    assert face.licence == "由编印单位取得授权"
    (tmp_path / "own.ttf").unlink()
    with pytest.raises(BookletError, match="找不到字体文件"):
        read_fonts(tmp_path / "fonts.toml")
