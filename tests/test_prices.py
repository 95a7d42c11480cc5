"""What the prices decide: chosen lines, titles, pages and places, written down and each price tried.

The outcomes stand in ``golden/choices.txt``. A price that could be half or twice what it is without
any outcome changing would decide nothing here, and a wrong one would not be noticed.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from functools import cache
from math import inf
from pathlib import Path

import pytest

from booklet import paths, prices
from booklet.compose import keeping
from booklet.compose.glyphs import (
    GAP,
    GAP_LEAST,
    GAP_MOST,
    HALF,
    MARK_TAKES,
    SPACE_GIVES,
    SPACE_MOST,
    SPACE_TAKES,
)
from booklet.compose.justify import justify
from booklet.compose.linebreak import Cell, break_lines
from booklet.compose.paragraph import cast_off, compose, run_on
from booklet.compose.phrases import balance
from booklet.makeup.choice import ALONE, LEFT, SINGLE, level_pages, make_up_pages
from booklet.makeup.pages import Box, Item, Makeup
from booklet.makeup.places import Source, figure_places, places
from booklet.manuscript.book import read_book
from booklet.model import Block, Heading, Paragraph, Run, paragraphs

GOLDEN = Path(__file__).parent / "golden" / "choices.txt"


def ruler(text: str, _role: str) -> float:
    """Full width for all but ASCII, which is half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


@cache
def texts() -> tuple[str, ...]:
    """The prose of the sample."""
    book = read_book(paths.ROOT / "speeches", ("red",), paths.edition_names())
    return tuple(text for speech in book.speeches for text, _ in paragraphs(speech.blocks))


# ---- What is chosen --------------------------------------------------------------------------


def lines_chosen() -> Iterator[str]:
    """Yield where the lines of the sample end, at several measures."""
    kept = (
        "长白山",
        "雷锋精神",
        "青年志愿者",
        "学雷锋活动",
        "志愿服务",
        "省直机关",
        "机关党员",
        "医疗志愿者",
    )
    for measure in (6, 9, 14, 18, 22, 29):
        for number, text in enumerate(texts()):
            costs = keeping.prices(text, kept, measure)
            cast = cast_off(text, ["song-400"] * len(text), measure, ruler, 2.0, costs)
            ends = [cast.edges[end] for end in cast.ends]
            yield f"{measure} em, {number}: {ends}"


MIXED = (
    "报名表和志愿者手册（Volunteer Handbook, second edition）请从https://example.org/volunteers/handbook/"
    "second-edition下载，安装manpages-zh.tar.gz以前先读Administration Guide。",
    "The volunteers of our association, established in 1963, accompany elderly residents to appointments and "
    "translate documents; https://example.org/registration explains everything.",
    "文件registration_of_volunteers_2026.xlsx放在/srv/documents/association/volunteers里，用international-cooperation"
    "的账户打开。",
)


def runs_chosen() -> Iterator[str]:
    """Yield where lines end of paragraphs run a line longer or shorter."""
    for measure in (18, 22, 27, 29):
        for number, text in enumerate(texts()):
            cast = cast_off(text, ["song-400"] * len(text), measure, ruler, 2.0)
            runs = [run_on(cast, change) for change in (-1, 1)]
            yield f"{measure} em, {number}: {[run and run[0] for run in runs]}"


def latin_chosen() -> Iterator[str]:
    """Yield where lines of mixed and of English text end."""
    for measure in (half / 2 for half in range(16, 60)):
        for number, text in enumerate(MIXED):
            costs = keeping.prices(text, ())
            cast = cast_off(text, ["song-400"] * len(text), measure, ruler, 2.0, costs)
            yield f"{measure} em, {number}: {[cast.edges[end] for end in cast.ends]}"


def cells_chosen() -> Iterator[str]:
    """Yield where drawn cells are broken: nearly even ones, stiff ones, and dear ones."""
    chance = random.Random(1963)
    for number in range(500):
        kind = ("even", "stiff", "dear")[number % 3]
        cells = [
            Cell(
                width=chance.choice((1.0, 1.0, 0.97, 1.02, 2.0)) if kind == "even" else
                chance.choice((1.0, 1.5, 2.0, 0.5)),
                shrink=chance.choice((0.0, 0.1)) if kind == "even" else 0.001 * (kind == "stiff"),
                stretch=0.004 * chance.randint(0, 3) if kind == "stiff" else 0.0,
                han=int(kind != "stiff"),
                price=chance.choice((0.0, 0.0, 100.0, 450.0)) if kind == "dear" else 0.0,
                letters=1,
            )
            for _ in range(chance.randint(6, 26))
        ]  # fmt: skip
        yield f"{number} {kind}: {break_lines(cells, chance.choice((4.0, 5.5, 8.0)), 0.0)}"
    for number in range(120):  # a line less, where all are squeezed a little for it
        width = chance.choice((0.16, 0.2, 0.25))
        count = round(8.0 / width) * chance.randint(4, 7) + chance.randint(3, 4)
        cells = [Cell(width, shrink=width * chance.choice((0.1, 0.2, 0.3)), han=1)] * count
        yield f"{number} narrow: {break_lines(cells, 8.0, 0.0)[:2]}"


def titles_chosen() -> Iterator[str]:
    """Yield how first sentences break as titles would, and how rows of marks do."""
    for width in range(4, 19):
        for text in texts()[::2]:
            title = text.split("。")[0][:34]
            yield f"{width} em: {'｜'.join(balance(title, width, ruler_of_titles))}"
    chance = random.Random(3)
    for width in (2, 3, 4):
        for _ in range(60):
            title = "".join(chance.choice("雷锋让的，。”》“《12") for _ in range(9))
            yield f"{width} em: {'｜'.join(balance(title, width, ruler_of_titles))}"


def ruler_of_titles(text: str) -> float:
    """Measure as ``ruler`` does."""
    return ruler(text, "")


def pages_chosen() -> Iterator[str]:
    """Yield the pages of drawn pieces: places of boxes, depth of the opening, paragraphs run."""
    chance = random.Random(63)
    for number in range(320):
        items = [
            Item(1, before=1, splits=False, keeps=True) if chance.random() < 0.2 else
            Item(chance.randint(2, 12), gives=True)
            for _ in range(chance.randint(3, 12))
        ]  # fmt: skip
        boxes = [
            Box(
                Item(chance.randint(2, 7), 1, 1, splits=False, glued=True),
                tuple((at, 100.0 * chance.randint(0, 12)) for at in
                      sorted(chance.sample(range(1, len(items) + 1), min(3, len(items))))),
                float(chance.randint(0, 50)),
                voice=bool(number % 2),
            )
            for _ in range(chance.randint(0, 3))
        ]  # fmt: skip
        capacity = chance.choice((14, 19, 26))
        facing = chance.choice((ALONE, LEFT, SINGLE))
        made = make_up_pages(items, boxes, capacity, 7, facing)
        costs = {at: 100.0 * chance.randint(0, 20) for at in range(len(items))}

        def flex(at: int, _by: int, costs: dict[int, float] = costs) -> float:
            return costs[at]

        levelled = level_pages(made, items, boxes, capacity, flex, facing)
        yield f"{number}: {made.places} {dict(levelled.changes)} {dict(levelled.over)}"


def places_chosen() -> Iterator[str]:
    """Yield where quotations, statistics and pictures of drawn speeches may stand, best first."""
    chance = random.Random(60)
    run = (Run("字"),)
    for number in range(120):
        blocks: list[Block] = [
            Heading(1, run, n) if n and chance.random() < 0.2 else Paragraph(run, n)
            for n in range(chance.randint(2, 12))
        ]
        lines = [1 if isinstance(b, Heading) else chance.randint(1, 9) for b in blocks]
        source = Source(chance.randrange(len(blocks)), chance.choice((0.3, 0.7, 1.0)))
        others = [Source(chance.randrange(len(blocks)), 1.0)]
        for kind in ("quote", "stats"):
            found = places(blocks, lines, source, kind, others if kind == "quote" else ())
            yield f"{number} {kind}: {[at for at, _ in found]}"
        tops = [sum(lines[:at]) for at in range(len(lines) + 1)]
        at = chance.randrange(len(blocks))
        offered = figure_places(blocks, tops, at)
        quote = places(blocks, lines, source, "quote")
        dearer = [where for where, cost in quote if cost > max(price for _, price in offered)]
        yield f"{number} picture: {[where for where, _ in offered]}, dearer quotes {dearer}"


GROUPS: dict[str, tuple[Callable[[], Iterator[str]], tuple[str, ...]]] = {
    "lines": (
        lines_chosen,
        ("FULL", "TIGHT", "LOOSEST_EM", "OVERSTRETCH", "GAPING", "RUNT", "SHORT_RUNT", "INSIDE",
         "INSIDE_NARROW", "NARROW_EM", "PARTED", "SPLIT"),
    ),
    "runs": (runs_chosen, ("SEEN_EM",)),
    "latin": (latin_chosen, ("DIVIDED", "HYPHENATED", "TORN_NAME")),
    "cells": (
        cells_chosen,
        ("FULL", "LINE", "TIGHT", "LOOSEST_EM", "OVERSTRETCH", "HOPELESS"),
    ),
    "titles": (titles_chosen, ("UNEVEN", "LOOSE", "AT_PHRASE", "TORN", "FORBIDDEN", "INSIDE")),
    "pages": (
        pages_chosen,
        ("PAGE", "BLANK", "UNLEVEL", "CARD", "EARLY", "RUN_ON", "LONELY", "LEAST_LAST", "CROSSED", "STACKED", "CROWDED", "APART", "VOICES"),
    ),
    "places": (
        places_chosen,
        ("AWAY", "FAR", "TOO_FAR", "BEFORE", "ASTRAY", "CLOSING", "BESIDE", "REPEATED", "TRAILING", "LATER"),
    ),
}  # fmt: skip


def test_the_choices_are_those_written_down() -> None:
    rows = [f"{group}, {row}" for group, (chosen, _) in GROUPS.items() for row in chosen()]
    if os.environ.get("GOLDEN"):
        GOLDEN.write_text("\n".join(rows) + "\n", "utf-8")
    assert rows == GOLDEN.read_text("utf-8").split("\n")[:-1]


def test_every_price_is_tried() -> None:
    named = {name for name in vars(prices) if name.isupper()}
    assert {name for _, names in GROUPS.values() for name in names} == named


WALLS = {
    ("titles", "FORBIDDEN"),
    ("titles", "INSIDE"),
    ("pages", "STACKED"),
    ("lines", "RUNT"),
}  # only where nothing else will do


@pytest.mark.parametrize(
    ("group", "name", "factor"),
    [
        (group, name, factor)
        for group, (_, names) in GROUPS.items()
        for name in names
        for factor in ((0.0,) if (group, name) in WALLS else (0.5, 2.0))
    ],
)
def test_each_price_decides_something(
    group: str, name: str, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = GOLDEN.read_text("utf-8").split("\n")
    value = getattr(prices, name) * factor
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("booklet.") and hasattr(module, name):
            monkeypatch.setattr(module, name, value)
    rows = (row.removeprefix(f"{group}, ") for row in written if row.startswith(f"{group}, "))
    chosen = GROUPS[group][0]()
    assert any(now != then for now, then in zip(chosen, rows, strict=True)), "nothing changes"


# ---- Rules 13–16: who gives, who takes, in which order ------------------------------------------


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        # Giving: blanks between Latin words first, then brackets, pauses, Han–Latin gaps, stops.
        ("甲，乙（丙。丁 ", -0.3, {"（": 1 - 0.3}),
        ("甲，乙（丙。丁 ", -0.5, {"（": 0.5}),
        ("甲，乙（丙。丁 ", -0.7, {"（": 0.5, "，": 1 - 0.2}),
        ("甲，乙（丙。丁 ", -1.2, {"（": 0.5, "，": 0.5, "。": 1 - 0.2}),
        ("甲，乙1丙。丁 ", -0.6, {"，": 0.5, "乙": 1.25 - 0.05, "1": 0.75 - 0.05}),
        ("甲，乙1丙。丁 ", -0.95, {"，": 0.5, "乙": 1 + GAP_LEAST, "1": 0.5 + GAP_LEAST, "。": 1 - 0.2}),
        ("ab cd，甲（乙 ", -0.05, {" ": 0.5 - 0.05}),
        ("ab cd，甲（乙 ", -0.16, {" ": 0.5 - SPACE_GIVES, "（": 1 - 0.1}),
        # Taking: blanks between Latin words, then Han–Latin gaps, then every Han gap alike.
        ("ab cd甲乙丙 ", 0.1, {" ": 0.5 + 0.1}),
        ("甲乙1丙丁 ", 0.04, {"乙": 1.25 + 0.02, "1": 0.75 + 0.02}),
        ("甲乙1丙丁 ", 0.12, {"甲": 1 + 0.01, "乙": 1 + GAP_MOST + 0.01, "1": 0.5 + GAP_MOST + 0.01, "丙": 1 + 0.01}),
        ("甲乙丙丁 ", 0.3, {"甲": 1.1, "乙": 1.1, "丙": 1.1}),
        # The blank behind a mark with them, five times as much.
        ("甲，乙丙丁 ", 0.135, {"甲": 1.015, "，": 1.09, "乙": 1.015, "丙": 1.015}),
        ("甲，乙丙丁 ", 0.57, {"甲": 1.105, "，": 1.255, "乙": 1.105, "丙": 1.105}),
        ("ab cd ef ", 0.6, {" ": 0.5 + 0.3}),
    ],
)  # fmt: skip
def test_who_gives_and_who_takes(text: str, room: float, expected: dict[str, float]) -> None:
    text = text.strip()
    (whole,) = compose(cast_off(text, ["song-400"] * len(text), 99, ruler, 0.0))
    usual = {glyph.char: glyph.width for glyph in whole.glyphs}
    measure = sum(glyph.width for glyph in whole.glyphs) + room
    # A second line follows, so that the first is not the last and must fill the measure.
    tail = "末" * round(measure)
    cast = cast_off(text + tail, ["song-400"] * len(text + tail), measure, ruler, 0.0)
    inner = slice(len(text) - 1)
    first = cast.glyphs[: len(text)]
    glyphs = justify(first, cast.gaps[inner], cast.opens[inner], measure, False)
    set_ = {glyph.char: glyph.width for glyph in glyphs}
    assert set_ == pytest.approx(usual | expected)
    assert sum(glyph.width for glyph in glyphs) == pytest.approx(measure)


def test_the_room_that_each_gives_and_takes() -> None:
    assert (GAP, GAP_LEAST, GAP_MOST, HALF) == (0.25, 0.125, 0.29, 0.5)
    assert (SPACE_GIVES, SPACE_TAKES, SPACE_MOST, MARK_TAKES) == (0.06, 0.2, 0.3, 0.15)
    assert Makeup((), 0).changes == {}
    assert inf > prices.FORBIDDEN > prices.RUNT > prices.PARTED > prices.INSIDE
