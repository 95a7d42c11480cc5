"""Make-up of a book: from its blocks, set in lines, to the place of every box."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from booklet.makeup import Box, Item, Makeup, carding, level_pages, make_up_pages, with_boxes
from booklet.model import BlockQuote, Break, Heading, Table, all_runs
from booklet.placement import boxes_of
from booklet.render.blocks import Part, flex
from booklet.render.boxes import (
    CODE_LINES,
    link_lines,
    links_in_pairs,
    quote_lines,
    stats_box,
    stats_groups,
)
from booklet.render.piece import Piece, loose_links, opening_depths
from booklet.render.setting import BoxKey, PieceLayout, Setting

FLEX = 0.01  # demerits of lines in the coin of pages


def make_up_piece(piece: Piece, setting: Setting) -> PieceLayout:
    """Return the place of each box of one speech, the depth of its opening, the paragraphs to run."""
    items, found = flow(piece, setting)
    boxes, capacity = [box for _, box in found], setting.edition.lines
    chosen = make_up_pages(items, boxes, capacity, opening_depths(piece, setting))

    def price(at: int, change: int) -> float:
        if at >= len(piece.blocks):
            return inf
        return FLEX * flex(piece.blocks[at], change, piece.frame, setting)

    noted = any(run.note for run, _ in all_runs(piece.speech.blocks))
    if noted:  # footnotes take room at the foot that this table does not know of
        return PieceLayout(chosen.opening, placed(found, chosen))
    chosen = level_pages(chosen, items, boxes, capacity, price)
    run = [
        replace(item, lines=item.lines + chosen.changes.get(n, 0)) for n, item in enumerate(items)
    ]
    card = carding(with_boxes(run, boxes, chosen.places), capacity, chosen.opening)
    order: list[BoxKey | int] = []  # what each item of the flow is
    for index in range(len(items) + 1):
        order += [key for (key, _), at in zip(found, chosen.places, strict=True) if at == index]
        order += [index] if index < len(items) else []
    return PieceLayout(
        chosen.opening,
        placed(found, chosen),
        chosen.changes,
        {order[at]: lines for at, lines in card.items()},
    )


def placed(found: Sequence[tuple[BoxKey, Box]], chosen: Makeup) -> dict[BoxKey, int]:
    """Return the place that was chosen for each box."""
    return {key: place for (key, _), place in zip(found, chosen.places, strict=True)}


def flow(piece: Piece, setting: Setting) -> tuple[list[Item], tuple[tuple[BoxKey, Box], ...]]:
    """Return a speech as the make-up table sees it: its blocks, and its boxes with their places."""
    speech = piece.speech
    lines = [part.count for part in piece.blocks]
    items = [item(part) for part in piece.blocks]
    rest = loose_links(speech)
    if rest:
        height = sum(link_lines(link, setting) for link in rest)
        if links_in_pairs(rest, setting):
            height = (len(rest) + 1) // 2 * CODE_LINES
        items.append(Item(height, before=1, splits=False, glued=True))
    heads: dict[BoxKey, int] = {
        ("quote", number): quote_lines(speech, number, setting)[2]
        for number in range(len(speech.quotes))
    }
    groups = stats_groups(speech.stats, setting)
    for number, group in enumerate(groups):
        heads["stats", number] = stats_box(group, setting)["lines"]
    boxes = {
        key: Item(height, 1, 1, splits=False, glued=True, keeps=key[0] == "quote")
        for key, height in heads.items()
    }
    boxes |= {
        key: Item(link_lines(speech.links[key[1]], setting), before=1, splits=False, glued=True)
        for key in piece.flow.fixed
        if key[0] == "link"
    }
    boxes |= {
        ("figure", number): Item(part.count, 1, 1, splits=False)
        for number, part in enumerate(piece.figures)
    }
    return items, boxes_of(speech, piece.flow, lines, boxes, groups)


def item(part: Part) -> Item:
    """Return a block as the make-up table sees it; blank lines as in book.css."""
    lines = part.count
    match part.content:
        case Heading():
            return Item(lines, before=1, splits=False, keeps=True)
        case Table():
            return Item(lines, 1, 1, splits=part.table is not None and part.table.long)
        case BlockQuote():
            return Item(lines, 1, 1)
        case Break():
            return Item(1, splits=False)
        case _:
            return Item(lines)
