"""Make-up of a book: from measured heights to the place of every box."""

from collections.abc import Mapping

from booklet.makeup import Box, Item, make_up_pages
from booklet.model import Block, Book, Break, Figure, Heading, Speech, Table
from booklet.placement import boxes_of, without_places
from booklet.render.boxes import LINK_LINES, links_in_pairs, quote_box, stats_box, stats_groups
from booklet.render.piece import loose_links, opening_depths
from booklet.render.setting import BoxKey, Layout, PieceLayout, Setting

Heights = Mapping[str, float]
"""Anchor of a block to its height in pt, as the press measured it."""


def make_up(book: Book, setting: Setting, heights: Heights) -> Layout:
    """Choose the places of all boxes from the heights that the press measured without them."""
    return Layout(tuple(
        make_up_piece(speech, index, setting, heights)
        for index, speech in enumerate(book.speeches)
    ))  # fmt: skip


def make_up_piece(speech: Speech, index: int, setting: Setting, heights: Heights) -> PieceLayout:
    """Return the place of each box of one speech, and the depth of its opening."""
    items, found = flow(speech, index, setting, heights)
    chosen = make_up_pages(
        items,
        [box for _, box in found],
        setting.edition.lines,
        opening_depths(speech, setting),
    )
    return PieceLayout(
        chosen.opening,
        {key: place for (key, _), place in zip(found, chosen.places, strict=True)},
    )


def flow(
    speech: Speech, index: int, setting: Setting, heights: Heights
) -> tuple[list[Item], tuple[tuple[BoxKey, Box], ...]]:
    """Return a speech as the make-up table sees it: its blocks, and its boxes with their places."""
    blocks, fixed = without_places(speech.blocks)
    lines = [
        max(round(heights.get(f"s{index}-{at}", 0.0) / setting.edition.line_pt), 1)
        for at in range(len(blocks))
    ]
    items = [item(block, count) for block, count in zip(blocks, lines, strict=True)]
    rest = loose_links(speech)
    if rest:
        rows = (len(rest) + 1) // 2 if links_in_pairs(rest, setting) else len(rest)
        items.append(Item(rows * LINK_LINES, before=1, splits=False, glued=True))
    heads: dict[BoxKey, int] = {
        ("quote", number): quote_box(speech, number, setting)["lines"]
        for number in range(len(speech.quotes))
    }
    for number, group in enumerate(stats_groups(speech.stats)):
        heads["stats", number] = stats_box(group, setting)["lines"]
    boxes = {
        key: Item(height, 1, 1, splits=False, glued=True, keeps=key[0] == "quote")
        for key, height in heads.items()
    }
    boxes |= {
        key: Item(LINK_LINES, before=1, splits=False, glued=True)
        for key in fixed
        if key[0] == "link"
    }
    return items, boxes_of(speech, blocks, lines, boxes, stats_groups(speech.stats), fixed)


def item(block: Block, lines: int) -> Item:
    """Return a block as the make-up table sees it; blank lines as in book.css."""
    match block:
        case Heading():
            return Item(lines, before=1, splits=False, keeps=True)
        case Figure():
            return Item(lines, 1, 1, splits=False, glued=True)
        case Table():
            return Item(lines, 1, 1, splits=False)
        case Break():
            return Item(1, splits=False)
        case _:
            return Item(lines)
