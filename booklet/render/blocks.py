"""Blocks of a speech set in lines: what the templates print, and how many lines of the grid it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from booklet import pictures
from booklet.model import (
    Block,
    BlockQuote,
    Break,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    Runs,
    Table,
    text_of,
)
from booklet.phrases import balance
from booklet.render.inline import broken_at
from booklet.render.lines import Frame, finished, price_of_longer
from booklet.render.setting import Setting
from booklet.render.stock import Stock
from booklet.render.table import SetTable, set_table

INSET = 2  # em that lists and quotations stand in, as in book.css
CAPTION_PT = 9.0  # type size of captions, as in book.css
HEADING_EM = 1.095  # type size of headings in that of the text, as in book.css
PICTURE_PAD_PT = 4.0  # least distance between a picture and what follows it


@dataclass(frozen=True, slots=True)
class Part:
    """One block or box in a piece's flow, as the templates get it. ``count`` is in lines."""

    content: object
    box: str = ""
    anchor: str = ""
    rank: int = 3
    marks: tuple[tuple[int, int, str], ...] = ()
    picture: object = None
    table: SetTable | None = None
    lines: str = ""  # finished, as HTML
    count: int = 1
    card: int = 0  # blank lines added above
    verse: bool = False  # typed lines in a quotation: none is indented
    marker: str = ""  # of a list's item, before its first line
    inner: tuple[tuple["Part", ...], ...] = ()  # the items of a list; of a quotation, one item


def filled(part: Part, frame: Frame, manuscript: str, setting: Setting, stock: Stock) -> Part:
    """Return a part with its lines set, its picture prepared, its inner blocks filled likewise."""
    block = part.content
    match block:
        case Paragraph():
            frame = frame.inset(0, indent=0.0) if part.verse else frame
            made = finished(
                block.runs, frame, setting, stock, part.marks, block.lead, block.lead_level
            )
            return replace(part, lines=made.html, count=made.count)
        case Heading():
            return heading(part, block, frame, setting, stock)
        case Figure():
            picture = prepare(block, part.anchor, manuscript, setting, stock)
            return replace(part, picture=picture, count=picture["lines"])
        case Table():
            table = set_table(block, frame, setting, stock)
            return replace(part, table=table, count=table.count)
        case BlockQuote():
            quoted = frame.inset(INSET, "kai-400")
            return nested(part, [block.blocks], [""], quoted, manuscript, setting, stock)
        case ItemList():
            count = range(block.start, block.start + len(block.items))
            markers = [f"{n}." if block.start else "·" for n in count]
            listed = frame.inset(INSET, indent=0.0)
            return nested(part, block.items, markers, listed, manuscript, setting, stock)
        case Break():
            return part
        case _:
            raise AssertionError(f"no lines for {type(block).__name__}")


def run_longer(part: Part, change: int, frame: Frame, setting: Setting, stock: Stock) -> Part:
    """Return a paragraph set anew, ``change`` lines longer."""
    block = part.content
    assert isinstance(block, Paragraph)
    made = finished(
        block.runs, frame, setting, stock, part.marks, block.lead, block.lead_level, change
    )
    return replace(part, lines=made.html, count=made.count)


def flex(part: Part, change: int, frame: Frame, setting: Setting) -> float:
    """Return the price of running a part ``change`` lines longer, in demerits; inf if it cannot be.

    Footnotes are counted as they are set, so a paragraph with one is set once.
    """
    block = part.content
    if not isinstance(block, Paragraph) or any(run.note for run in block.runs):
        return inf
    return price_of_longer((*block.lead, *block.runs), len(block.lead), block.lead_level, change,
                           frame, setting)  # fmt: skip


def nested(
    part: Part, items: Sequence[tuple[Block, ...]], markers: Sequence[str], frame: Frame,
    manuscript: str, setting: Setting, stock: Stock,
) -> Part:  # fmt: skip
    """Return a list or quotation with its blocks set in a narrower frame.

    An item that begins with something else than a paragraph gets an empty one for its marker.
    """
    inner = []
    for n, (item, marker) in enumerate(zip(items, markers, strict=True)):
        headed = not marker or bool(item and isinstance(item[0], Paragraph))
        blocks = item if headed else (Paragraph((), 0), *item)
        parts = [
            filled(inside(one, f"{part.anchor}-{n}-{m}", not marker), frame, manuscript, setting, stock)
            for m, one in enumerate(blocks)
        ]  # fmt: skip
        if marker:
            parts[0] = replace(parts[0], marker=marker, count=max(parts[0].count, 1))
        inner.append(tuple(parts))
    count = sum(one.count for item_parts in inner for one in item_parts)
    return replace(part, inner=tuple(inner), count=count)


def inside(block: Block, anchor: str, quoted: bool) -> Part:
    """Return a block of a list or quotation, before its lines are set."""
    verse = quoted and isinstance(block, Paragraph) and "\n" in text_of(block.runs)
    return Part(block, anchor=anchor, rank=6, verse=verse)


def heading(part: Part, block: Heading, frame: Frame, setting: Setting, stock: Stock) -> Part:
    """Return a heading, broken at phrases where it is longer than the line."""
    role = "kai-400" if block.level == 2 else "hei-700"
    measure = frame.measure_em / HEADING_EM
    lines = balance(text_of(block.runs), measure, lambda text: setting.ruler(text, role))
    runs = broken_at(block.runs, [len(line) for line in lines])
    size_pt = frame.size_pt * HEADING_EM
    made = finished(runs, Frame(role, measure + 1.0, 0.0, size_pt), setting, stock)
    return replace(part, lines=made.html, count=made.count)


def prepare(
    figure: Figure, anchor: str, manuscript: str, setting: Setting, stock: Stock
) -> dict[str, Any]:
    """Put a figure's picture among the resources; return its name, size in pt, caption and lines."""
    edition = setting.edition
    ready = pictures.prepare(figure, edition, manuscript)
    name = f"figures/{anchor}.jpg"
    stock.resources[name] = ready.data
    words: Runs = (Run("　".join(filter(None, (figure.caption, figure.credit)))),)
    size_pt = edition.pt(CAPTION_PT)
    frame = Frame("kai-400", edition.measure_pt / size_pt // 1, 0.0, size_pt)
    caption = finished(words, frame, setting, stock)
    return {
        "name": name,
        "width_pt": round(ready.width_pt, 2),
        "height_pt": round(ready.height_pt, 2),
        "lines": edition.whole_lines(ready.height_pt + edition.pt(PICTURE_PAD_PT)) + caption.count,
        "caption": caption.html,
        "measure_pt": frame.measure_em * size_pt,
        "short": caption.count == 1,
    }
