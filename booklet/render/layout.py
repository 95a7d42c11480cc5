"""Make-up of a book: from its casts and boxes, which know their heights, to the place of every box."""

from collections.abc import Sequence
from math import inf

from booklet.makeup.choice import ALONE, LEFT, SINGLE, level_pages, make_up_pages
from booklet.makeup.pages import (
    Box,
    Item,
    Makeup,
    carding,
    fill_pages,
    with_boxes,
    with_choice,
)
from booklet.makeup.places import boxes_of
from booklet.model import Attendance, BlockQuote, Break, Heading, Paragraph, Table, all_runs
from booklet.render.blocks import Part
from booklet.render.boxes import AnyBox, LinkBox, QuoteBox
from booklet.render.piece import Piece, opening_depth
from booklet.render.setting import BoxKey, PieceLayout, Setting
from booklet.render.statistics import StatsBox

FEW_LINKS = 2  # that stand at the foot of a page as its anchor
FLOATING = 8  # blank lines under the QR codes of a last page; with more they stand at its foot


def make_up(pieces: Sequence[Piece], setting: Setting) -> tuple[PieceLayout, ...]:
    """Return what is decided about each speech, one after the other."""
    made: list[PieceLayout] = []
    folio = 1
    for piece in pieces:
        made.append(make_up_piece(piece, setting, folio))
        folio += made[-1].pages
    return tuple(made)


def make_up_piece(piece: Piece, setting: Setting, folio: int) -> PieceLayout:
    """Return the place of each box of one speech, the depth of its opening, the paragraphs to run.

    It begins on the page with this folio; facing pages end level.
    """
    facing = SINGLE if not setting.edition.bound else ALONE if folio % 2 else LEFT
    items, found = flow(piece)
    boxes, capacity = [box for _, box in found], setting.edition.lines
    chosen = make_up_pages(items, boxes, capacity, opening_depth(piece, setting), facing)

    def price(at: int, change: int) -> float:
        return piece.blocks[at].price(change) if at < len(piece.blocks) else inf

    noted = any(run.note for run, _ in all_runs(piece.speech.blocks))
    if noted:  # footnotes take room at the foot that this table does not know of
        made = with_boxes(items, boxes, chosen.places)
        count = len(fill_pages(made, capacity, chosen.opening))
        return PieceLayout(chosen.opening, placed(found, chosen), pages=count)
    chosen = level_pages(chosen, items, boxes, capacity, price, facing)
    run = with_boxes(with_choice(items, chosen), boxes, chosen.places)
    card = carding(run, capacity, chosen.opening)
    order: list[BoxKey | int] = []  # what each item of the flow is
    for index in range(len(items) + 1):
        order += [key for (key, _), at in zip(found, chosen.places, strict=True) if at == index]
        order += [index] if index < len(items) else []
    pages = fill_pages(run, capacity, chosen.opening)
    blank = {order[at]: lines for at, lines in card.items()}
    empty = capacity - pages[-1]
    if (
        piece.loose
        and len(piece.loose.links) <= FEW_LINKS
        and piece.loose.links[0].code
        and empty > FLOATING
    ):
        blank[len(items) - 1] = empty  # codes stand at the foot, not in the middle of a white page
    return PieceLayout(
        chosen.opening, placed(found, chosen), chosen.changes, chosen.over, blank, len(pages)
    )


def placed(found: Sequence[tuple[BoxKey, Box]], chosen: Makeup) -> dict[BoxKey, int]:
    """Return the place that was chosen for each box."""
    return {key: place for (key, _), place in zip(found, chosen.places, strict=True)}


def flow(piece: Piece) -> tuple[list[Item], tuple[tuple[BoxKey, Box], ...]]:
    """Return a speech as the make-up table sees it: its blocks, and its boxes with their places."""
    items = [item(part) for part in piece.blocks]
    if piece.signed:
        items.append(Item(len(piece.signed), before=1, splits=False, glued=True))
    if piece.loose:
        items.append(Item(piece.loose.lines, before=1, splits=False, glued=True))
    boxes = {key: box_item(box) for key, box in piece.boxes.items() if movable(key, box, piece)}
    for number, part in enumerate(piece.figures):
        boxes["figure", number] = Item(part.count, 1, 1, splits=False)
    groups = [box.stats for box in piece.boxes.values() if isinstance(box, StatsBox)]
    lines = [part.count for part in piece.blocks]
    return items, boxes_of(piece.speech, piece.flow, lines, boxes, groups)


def movable(key: BoxKey, box: AnyBox, piece: Piece) -> bool:
    """Tell whether a box has a place of its own; loose links stand together at the end."""
    return not isinstance(box, LinkBox) or key in piece.flow.fixed


def box_item(box: AnyBox) -> Item:
    """Return a box as the make-up table sees it; blank lines as in book.css."""
    if isinstance(box, LinkBox):
        return Item(box.lines, before=1, splits=False, glued=True)
    return Item(box.lines, 1, 1, splits=False, glued=True, keeps=isinstance(box, QuoteBox))


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
        case Paragraph(label=label):
            return Item(lines, before=int(part.stanza), gives=not (part.verse or label))
        case Attendance():
            return Item(lines, splits=False)
        case _:
            return Item(lines)
