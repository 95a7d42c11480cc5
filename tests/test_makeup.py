"""Pages fill as the renderer fills them; boxes go where pages come out full. Numbers only."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise, product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.compose.phrases import balance
from booklet.makeup import choice
from booklet.makeup.choice import (
    ALONE,
    LEFT,
    SINGLE,
    Changes,
    cheapest,
    level_pages,
    make_up_pages,
)
from booklet.makeup.pages import (
    Box,
    Item,
    Makeup,
    carding,
    fill_pages,
    lay_pages,
    with_boxes,
    with_choice,
)
from booklet.makeup.places import figure_places
from booklet.model import Block, Heading, Paragraph, Run
from booklet.prices import (
    APART,
    BLANK,
    CARD,
    CROSSED,
    CROWDED,
    LEAST_LAST,
    LONELY,
    PAGE,
    STACKED,
    UNLEVEL,
)

HEADING = Item(1, before=1, splits=False, keeps=True)
BOX = Item(4, 1, 1, splits=False, glued=True)


@pytest.mark.parametrize(
    ("items", "opening", "expected"),
    [
        ([], 3, [3]),
        ([Item(7)], 3, [10]),
        ([Item(8)], 3, [7 + 2, 2]),  # two lines go over, not one (widow)
        ([Item(6), Item(3)], 3, [9, 3]),  # three lines have no place to break
        ([Item(5), HEADING, Item(5)], 3, [8, 6]),  # a heading wants two lines under it
        ([Item(4), HEADING, Item(5)], 3, [7, 6]),  # one line left under the heading is too few
        ([Item(3), HEADING, Item(5)], 3, [10, 3]),
        ([Item(6), BOX], 3, [7, 2 + 1 + 4]),  # the box brings two lines along
        ([Item(2), BOX, Item(4)], 3, [10, 4]),  # the blank after the box falls away
    ],
)
def test_a_page_of_ten_lines(items: list[Item], opening: int, expected: list[int]) -> None:
    assert fill_pages(items, 10, opening) == expected


@given(
    st.lists(
        st.one_of(
            st.builds(Item, st.integers(1, 15)),
            st.just(HEADING),
            st.just(BOX),
        ),
        max_size=12,
    ),
    st.integers(0, 9),
)
def test_no_line_is_lost_and_no_page_is_overfull(items: list[Item], opening: int) -> None:
    pages = fill_pages(items, 10, opening)
    assert all(used <= 10 for used in pages)
    lines = sum(item.lines for item in items) + opening
    blank = sum(item.before + item.after for item in items)
    assert lines <= sum(pages) <= lines + blank


def test_a_box_moves_to_fill_the_page() -> None:
    items = [Item(3), Item(4), Item(6)]  # before the last the box would leave six lines blank
    places = ((1, 1.0), (2, 1.0))
    assert make_up_pages(items, [Box(BOX, places)], 11, 0).places == (1,)


def crowding(items: Sequence[Item], boxes: Sequence[Box], places: Sequence[int]) -> float:
    """Price boxes that stand too near each other, or in another order than their words."""
    order = sorted(zip(places, range(len(boxes)), strict=True))
    price = 0.0
    for (a, one), (b, other) in pairwise(order):
        gap = sum(item.lines for item in items[a:b])
        price += CROWDED * max(APART - gap, 0) + STACKED * (not gap)
        price += CROSSED * (boxes[one].said > boxes[other].said)
    return price


ITEMS = st.lists(
    st.one_of(
        st.builds(Item, st.integers(1, 9), gives=st.booleans()),
        st.just(HEADING),
        st.builds(Item, st.integers(1, 13), st.integers(0, 2), st.integers(0, 2), st.booleans(),
                  st.booleans(), st.booleans()),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def price_of(items: Sequence[Item], boxes: Sequence[Box], made: Makeup, facing: int) -> float:
    """Price pages of ten lines from where the lines stand on them, what is early left out."""
    flow = with_boxes(with_choice(items, made), boxes, made.places)
    pages = lay_pages(flow, 10, made.opening)
    card = carding(flow, 10, made.opening)
    price = crowding(items, boxes, made.places)
    price += sum(dict(box.places)[at] for box, at in zip(boxes, made.places, strict=True))
    left = 0
    for page in pages[:-1]:
        short = 10 - page.used
        if any(at in card for at in page.begun):
            price, short = price + CARD * short, 0
        price += PAGE + BLANK * short**2
        if facing == LEFT:
            left, facing = min(max(short, 0), 4), ALONE + 1
        elif facing != SINGLE:
            price += UNLEVEL * (short - left) ** 2 if facing != ALONE else 0.0
            facing = LEFT
    last = LONELY * max(LEAST_LAST - pages[-1].used, 0) ** 2 if len(pages) > 1 else 0.0
    return price + PAGE + last


@settings(max_examples=120, deadline=None)
@given(ITEMS, st.data(), st.integers(0, 6), st.sampled_from([ALONE, LEFT, SINGLE]))
def test_no_other_make_up_is_cheaper(
    items: list[Item], data: st.DataObject, opening: int, facing: int
) -> None:
    spots = st.sampled_from(range(len(items) + 1))
    cost = st.sampled_from([0.0, 300.0, 900.0])
    boxes = [
        Box(BOX, tuple((at, data.draw(cost)) for at in sorted(data.draw(st.sets(spots, min_size=1, max_size=3)))), float(data.draw(spots)))
        for _ in range(data.draw(st.integers(0, 2)))
    ]  # fmt: skip
    changes: Changes = {
        (at, by): data.draw(cost)
        for at, item in enumerate(items)
        if item.splits and item.lines > 2
        for by in data.draw(st.sampled_from([(), (1,), (-1, 1)]))
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "EARLY", 0.0)
        price, made = cheapest(items, boxes, 10, opening, changes, facing)

    def whole_price(made: Makeup) -> float:
        ran = sum(changes[change] for change in made.changes.items())
        return price_of(items, boxes, made, facing) + ran

    assert price == pytest.approx(whole_price(made))
    ways = [[(at, 0), *(one for one in changes if one[0] == at)] for at in range(len(items))]
    for places in product(*([at for at, _ in box.places] for box in boxes)):
        for ran in islice(product(*ways), 250):
            other = Makeup(places, opening, {at: by for at, by in ran if by})
            assert price <= whole_price(other) + 1e-6


def test_lines_are_taken_over_from_the_paragraph_before_the_boxes() -> None:
    items = [Item(4, gives=True), Item(1, 2, 0, splits=False, glued=True)]
    boxes = [Box(BOX, ((1, 0.0),)), Box(BOX, ((2, 0.0),))]
    made = make_up_pages([replace(items[0], lines=5), items[1]], boxes, 10, 0)
    assert made.over == {0: 3}  # of the first item, whatever boxes stand after it


def test_facing_pages_end_level() -> None:
    items = [Item(9), HEADING, Item(6, gives=True), Item(9, gives=True), Item(13, gives=True)]
    facing = make_up_pages(items, [], 10, 0, LEFT)
    pages = fill_pages(with_choice(items, facing), 10, 0)
    assert pages[0] == pages[1] == 9  # the heading has no room on the first
    single = make_up_pages(items, [], 10, 0, SINGLE)
    assert fill_pages(with_choice(items, single), 10, 0)[:2] == [9, 10]


def test_two_boxes_do_not_crowd() -> None:
    items = [Item(9)] * 6
    same = tuple((at, 0.0) for at in range(1, 6))
    places = make_up_pages(items, [Box(BOX, same), Box(BOX, same)], 70, 0).places
    assert abs(places[0] - places[1]) > 1


@pytest.mark.parametrize("facing", [LEFT, ALONE])
def test_a_spread_has_one_voice(facing: int) -> None:
    items = [Item(10, splits=False)] * 8  # two to a page beside a box
    near = {0: ((1, 0.0), (2, 50.0)), 1: ((3, 0.0), (4, 50.0), (5, 100.0), (6, 150.0))}
    boxes = [Box(Item(4, splits=False, glued=True), near[n], float(n), voice=True) for n in (0, 1)]
    places = make_up_pages(items, boxes, 24, 0, facing).places
    pages = [at // 2 for at in places]  # the first page is 0
    spreads = [(page + (facing == ALONE)) // 2 for page in pages]
    assert spreads[0] != spreads[1]
    quiet = [replace(box, voice=False) for box in boxes]
    assert make_up_pages(items, quiet, 24, 0, facing).places == (1, 3)


def test_boxes_keep_their_order_at_one_place() -> None:
    first, second = Item(1), Item(2)
    boxes = [Box(first, ()), Box(second, ())]
    assert with_boxes([HEADING], boxes, (1, 1)) == [HEADING, first, second]


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("雷锋精神", 9, ("雷锋精神",)),
        ("发挥机关党建引领作用让雷锋精神在新时代充满生机活力", 16, ("发挥机关党建引领作用", "让雷锋精神在新时代充满生机活力")),
        ("危急时刻，哪里有疫情，哪里就有党员志愿者。", 15, ("危急时刻，哪里有疫情，", "哪里就有党员志愿者。")),
        ("上联 下联", 3, ("上联", "下联")),
        ("", 9, ()),
    ],
)  # fmt: skip
def test_titles_break_where_one_breathes(text: str, most: int, lines: tuple[str, ...]) -> None:
    assert balance(text, most, len) == lines


@given(st.text("雷锋精神，。“”《》12让", min_size=1, max_size=40), st.integers(4, 20))
def test_no_character_of_a_title_is_lost_and_no_stop_begins_a_line(text: str, most: int) -> None:
    lines = balance(text, most, len)
    assert "".join(lines) == text
    words = re.findall("[“《]*(?:[12]+|[雷锋精神让])?[，。”》]*", text)  # what no line may part
    if all(len(word) <= most for word in words):  # else a row of marks fits on no line
        assert not any(line[0] in "，。”》" for line in lines[1:])
        assert not any(line[-1] in "“《" for line in lines[:-1])


def test_a_paragraph_runs_a_line_longer_to_fill_a_page() -> None:
    items = [Item(5), Item(4), HEADING, Item(5)]  # one line stays blank above the heading
    made = Makeup((), 0)
    assert fill_pages(items, 10, 0)[0] == 9
    levelled = level_pages(made, items, [], 10, lambda at, by: 1.0 if (at, by) == (1, 1) else inf)
    assert levelled.changes == {1: 1}


def test_three_paragraphs_run_shorter_to_save_a_page_of_three_lines() -> None:
    items = [Item(8), Item(8), Item(7)]
    assert fill_pages(items, 10, 0)[-1] == 3
    levelled = level_pages(Makeup((), 0), items, [], 10, lambda _, by: 2.0 if by < 0 else inf)
    assert sum(levelled.changes.values()) == -3


def test_full_pages_are_left_alone() -> None:
    items = [Item(10), Item(10)]
    assert level_pages(Makeup((), 0), items, [], 10, lambda *_: 0.0).changes == {}


def test_a_picture_may_stand_later_but_not_in_the_next_section() -> None:
    line = (Run("字"),)
    blocks: list[Block] = [
        Paragraph(line, 1),
        Paragraph(line, 2),
        Heading(1, line, 3),
        Paragraph(line, 4),
    ]
    found = figure_places(blocks, [0, 5, 10, 11, 16], 1)
    assert [at for at, _ in found] == [1, 2]
    assert found[0][1] == 0 < found[1][1]


def test_card_above_a_heading_or_box_levels_a_page() -> None:
    items = [Item(3), HEADING, Item(4), HEADING, Item(5)]  # the second heading cannot stand there
    assert fill_pages(items, 10, 0)[0] == 9
    assert carding(items, 10, 0) == {1: 1}
    items[1] = Item(1, before=2, splits=False, keeps=True)
    assert fill_pages(items, 10, 0)[0] == 10


def test_no_card_stands_at_a_page_s_head_or_on_the_last_page() -> None:
    assert carding([HEADING, Item(8), HEADING, Item(5)], 10, 0) == {}
    assert carding([Item(2), HEADING, Item(3)], 10, 0) == {}
