"""The HTML of a small book, and what must never be in it."""

import os
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import paths
from booklet.artwork.qr import LEAST_MODULE_MM, check, code
from booklet.artwork.theme import read_theme, theme_names
from booklet.compose.keeping import prices
from booklet.compose.paragraph import cast_off, compose
from booklet.faces.fonts import Fonts
from booklet.faces.ruler import ruler
from booklet.imprint import Imprint
from booklet.makeup.places import Source
from booklet.makeup.places import places as places_for
from booklet.manuscript.book import read_book
from booklet.model import Block, BlockQuote, Heading, Link, Paragraph, Run
from booklet.render.blocks import Part, set_part
from booklet.render.formes import (
    contents_forme,
    end_forme,
    front_forme,
    piece_forme,
    stamp_forme,
    statistics_forme,
)
from booklet.render.layout import make_up_piece
from booklet.render.lines import html_of
from booklet.render.piece import set_piece
from booklet.render.setting import PieceLayout, Setting
from booklet.render.stock import Stock
from booklet.render.table import column_widths
from booklet.render.text import Frame, cast_text
from booklet.text.words import word_edges
from tests.conftest import SPEECH, Write

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def setting(reading: Setting) -> Setting:
    """The reading edition in red, with a ruler that counts characters."""
    return replace(reading, ruler=lambda text, role: float(len(text)))


def test_the_html_of_a_small_book(write: Write, setting: Setting) -> None:
    book = read_book(write(), ("red",), ("reading",))
    made = PieceLayout(9, {("stats", 0): 1, ("quote", 0): 5})
    folios = defaultdict(lambda: 2, {"s0": 1, "statistics": 3})
    piece = set_piece(book.speeches[0], 0, setting)
    formes = [
        front_forme(book, setting),
        contents_forme(book, setting, folios, 3),
        piece_forme(book, piece, setting, made, 1),
        statistics_forme(book, setting, folios, 3),
        end_forme(book, setting, 4, 8),
        stamp_forme(replace(setting, imprint=Imprint("0123456789ab"))),
    ]
    html = "\n".join(forme.html for forme in formes if forme)
    html = html.replace(str(book.path), "booklet.yaml")
    html = re.sub(r"\n\s*\n+", "\n", html)
    golden = GOLDEN / "small.html"
    if os.environ.get("GOLDEN"):
        golden.write_text(html, "utf-8")
    assert html == golden.read_text("utf-8")


def test_html_in_a_manuscript_is_printed_not_obeyed(write: Write, setting: Setting) -> None:
    evil = SPEECH.replace("社区不大", "<script>x</script><img src=http://a.cn/b>社区不大")
    evil = evil.replace("title: 把好事做到家", 'title: "<b>好</b>"')
    book = read_book(write({"01-speech.md": evil}), ("red",), ("reading",))
    piece = set_piece(book.speeches[0], 0, setting)
    html = piece_forme(book, piece, setting, make_up_piece(piece, setting, 1), 1).html
    html += front_forme(book, setting).html
    assert "<script" not in html
    assert "<b>好" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html


@pytest.mark.parametrize(
    ("runs", "marks", "expected"),
    [
        ((Run("甲<乙"),), (), "甲&lt;乙"),
        ((Run("甲\n乙"),), (), "甲\n乙"),
        ((Run("甲", strong=True), Run("乙")), (), "<strong>甲</strong>乙"),
        ((Run("甲", href="https://a.cn"),), (), '<a href="https://a.cn">甲</a>'),
        ((Run("甲", href="javascript:x"),), (), "甲"),
        (
            (Run("甲", strong=True, href="https://a.cn"),),
            (),
            '<strong><a href="https://a.cn">甲</a></strong>',
        ),
        (
            (Run("甲"), Run("", note=(Run("注"),), number=1)),
            (),
            '甲<span class="footnote" data-number="1">1　<span>注</span></span>',
        ),
        ((Run("共来"),), ((1, 2, "x"),), '共<span id="x">来</span>'),
        (
            (Run("甲"), Run("", note=(Run("注"),), number=1), Run("乙丙")),
            ((1, 2, "x"),),
            '甲<span class="footnote" data-number="1">1　<span>注</span></span><span id="x">乙</span>丙',
        ),
        (
            (Run("甲", strong=True), Run("乙丙")),
            ((0, 2, "x"),),
            '<span id="x"><strong>甲</strong></span>乙<span>丙</span>',
        ),
        (
            (Run("甲乙"), Run("丙", strong=True)),
            ((1, 3, "x"),),
            '甲<span id="x">乙</span><strong>丙</strong>',
        ),
    ],
)
def test_runs_become_lines_of_html(
    setting: Setting, runs: tuple[Run, ...], marks: Sequence[tuple[int, int, str]], expected: str
) -> None:
    text = cast_text(runs, Frame("song-400", 20), setting, marks)
    html = html_of(text, setting, Stock())
    assert re.sub("[\U000f0000-\U0010ffff]", "", html) == expected


def test_emphasis_puts_a_dot_under_each_han_character(setting: Setting) -> None:
    stock = Stock()
    text = cast_text((Run("甲，乙A", emphasis=True),), Frame("song-400", 20), setting)
    html = html_of(text, setting, stock)
    (drawing,) = stock.resources.values()
    assert drawing.count(b"<circle") == 2
    assert "<em style=" in html


@pytest.mark.parametrize(
    ("cells", "room", "widths"),
    [
        ([[2], [4]], 12, [4, 8]),  # what is left over is shared in proportion
        ([[2], [20], [20]], 22, [2, 10, 10]),
        ([[40], [2], [40]], 4, [4 / 3, 4 / 3, 4 / 3]),
        ([[7], [60], [7]], 24, [7, 10, 7]),  # names and dates stay whole
        ([[12, 4], [60, 10]], 30, [10, 20]),  # a line less where the long cell is
    ],
)
def test_columns_get_what_they_want_or_a_fair_share(
    cells: list[list[float]], room: float, widths: list[float]
) -> None:
    found = column_widths(cells, room)
    assert found == pytest.approx(widths)
    assert sum(found) == pytest.approx(room)


def test_narrow_cells_are_ragged_and_part_no_word(setting: Setting) -> None:
    text = "组织退休教师开办四点半课堂，为双职工家庭的孩子辅导功课"
    roles = ["song-400"] * len(text)
    cast = cast_off(text, roles, 8, setting.ruler, 0.0, prices(text, ()), ragged=True)
    edges = word_edges(text)
    for line in compose(cast):
        assert line.end in edges
        assert all(glyph.width <= 1.0 for glyph in line.glyphs)
        assert sum(glyph.width for glyph in line.glyphs) <= 8


def test_stanzas_of_a_poem_stand_a_line_apart(setting: Setting) -> None:
    verse = [Paragraph((Run("春风吹过\n一树新芽"),), n) for n in (1, 2)]
    prose = Paragraph((Run("此诗作于春天。"),), 3)
    quote = BlockQuote((*verse, prose), 1)
    part = set_part(Part(quote), Frame("song-400", 29), "x", setting)
    assert [one.stanza for one in part.inner[0]] == [False, True, False]
    assert part.count == 2 + 1 + 2 + 1


def test_a_pull_quote_stands_near_its_sentence_but_not_beside_it() -> None:
    line = (Run("字" * 29),)
    blocks: list[Block] = [
        Paragraph(line, 1),
        Heading(1, line, 2),
        *(Paragraph(line, n) for n in range(3, 9)),
    ]
    found = places_for(blocks, [8, 1, 8, 8, 8, 8, 8, 8], Source(2, 1.0), "quote")
    assert found[0][0] == 5  # 16 lines on; 3 would be right under the sentence, 4 in sight of it
    assert 2 not in [place for place, _ in found]  # right after the heading
    assert 0 not in [place for place, _ in found]


def test_every_theme_is_whole() -> None:
    names = theme_names(paths.THEMES)
    assert names[0] == "red"
    assert len(names) >= 2
    keys = [set(read_theme(paths.THEMES, name).variables) for name in names]
    assert all(key == keys[0] for key in keys)
    for name in names:
        theme = read_theme(paths.THEMES, name)
        assert "var(" not in theme.paint(theme.ornament)


@pytest.mark.parametrize(
    ("address", "side", "complaint"), [(22, 18.0, ""), (90, 19.6, ""), (110, 20.0, "warning"), (240, 20.0, "error")]
)  # fmt: skip
def test_a_code_is_as_large_as_its_link_asks(address: int, side: float, complaint: str) -> None:
    url = "https://www.gov.cn/" + "a" * (address - 19)
    made = code(url, 18, 20)
    found = check(Link(url, "甲", "", "x.md", 1), 18, 20)
    assert made.side_mm == pytest.approx(side, abs=0.5)
    assert [finding.severity for finding in found] == [complaint] * bool(complaint)
    assert complaint == "error" or made.module_mm >= LEAST_MODULE_MM


def test_the_ruler_measures_in_em(fonts: Fonts) -> None:
    measure = ruler(fonts)
    assert measure("雷锋“精神”", "song-400") == 6.0
    assert measure("“", "kai-400") == 1.0  # dropped from 楷, so it comes from 宋
    assert 0 < measure("1", "hei-400") < 1
    assert measure("", "hei-400") == 0


def test_the_lines_of_a_poem_stand_under_one_another(write: Write, setting: Setting) -> None:
    text = SPEECH + "\n> 春眠不觉晓，  \n> 处处闻啼鸟。\n"
    book = read_book(write({"01-speech.md": text}), ("red",), ("reading",))
    part = set_piece(book.speeches[0], 0, setting).blocks[-1].inner[0][0]
    assert (part.verse, part.count) == (True, 2)
