"""Blocks of a speech cast off: what the templates print, and how many lines of the grid it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.artwork import photographs
from booklet.compose.phrases import balance
from booklet.model import (
    Attendance,
    Block,
    BlockQuote,
    Break,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    Table,
    text_of,
)
from booklet.render.inline import broken_at
from booklet.render.nameindex import spaced
from booklet.render.roll import SetRow
from booklet.render.setting import Setting
from booklet.render.table import SetTable, set_table
from booklet.render.text import Frame, Marks, Text, cast_small, cast_text

VERSE_RIGHT = 0.25  # em; a mark that ends the longest line leaves its blank at the right
PICTURE_PAD_PT = 4.0  # house pt; least distance between a picture and what follows it


@dataclass(frozen=True, slots=True)
class SetPicture:
    """A picture as printed: its name among the resources, its bytes and size, its caption."""

    name: str
    data: bytes
    width_pt: float
    height_pt: float
    caption: Text
    caption_pt: float  # width that the caption's lines are set to
    count: int


@dataclass(frozen=True, slots=True)
class CellMarks:
    """The marks of a table's cell, (row, column) from 0, the head being row 0."""

    cell: tuple[int, int]
    marks: Marks


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a piece, cast off. ``count`` is in lines of the grid.

    ``inner`` are the items of a list; of a quotation, one item. ``marker`` stands before the first
    line of a list's item, or of a paragraph with a label; in ``verse``, typed lines in a quotation, none is
    indented, and a ``stanza`` has a blank line above it. Verse, and what has a label, stands in by
    ``inset_em``.
    """

    content: Block
    anchor: str = ""
    rank: int = 3
    marks: tuple[tuple[int, int, str], ...] = ()
    count: int = 1
    text: Text | None = None
    picture: SetPicture | None = None
    table: SetTable | None = None
    verse: bool = False
    stanza: bool = False
    marker: str = ""
    inset_em: float = 0.0
    row: SetRow | None = None
    cells: tuple[CellMarks, ...] = ()
    inner: tuple[tuple["Part", ...], ...] = ()

    def price(self, change: int) -> float:
        """Return the demerits of running it longer; inf for what is no paragraph."""
        return (
            self.text.price(change)
            if self.text and isinstance(self.content, Paragraph)
            else float("inf")
        )

    def with_text(self, text: Text) -> "Part":
        """Return the part with its text."""
        return replace(self, text=text, count=text.count)


def set_part(part: Part, frame: Frame, manuscript: str, setting: Setting) -> Part:
    """Return a part with its text cast off, its picture prepared, its inner blocks likewise."""
    block = part.content
    match block:
        case Paragraph():
            own = frame.inset(part.inset_em, indent=0.0) if part.verse or block.label else frame
            if block.label.endswith(("：", ":")):  # names, which stand under one another
                own = replace(own, ragged=True)
            runs = spaced(block.runs) if block.label else block.runs
            return part.with_text(
                cast_text(runs, own, setting, part.marks, block.lead, block.lead_level)
            )
        case Heading():
            return part.with_text(cast_heading(block, frame, setting))
        case Figure():
            picture = set_picture(block, part.anchor, manuscript, setting)
            return replace(part, picture=picture, count=picture.count)
        case Table():
            by_cell = {name.cell: name.marks for name in part.cells}
            table = set_table(block, frame, setting, lambda row, at: by_cell.get((row, at), ()))
            return replace(part, table=table, count=table.count)
        case BlockQuote():
            extract = setting.dress["extract"]
            quoted = frame.inset(extract.pad_em, extract.role)
            return nested(part, [block.blocks], [""], quoted, manuscript, setting)
        case ItemList():
            count = range(block.start, block.start + len(block.items))
            markers = [f"{n}." if block.start else "·" for n in count]
            listed = frame.inset(setting.dress["list"].pad_em, indent=0.0)
            return nested(part, block.items, markers, listed, manuscript, setting)
        case Break() | Attendance():
            return part
        case _:
            raise AssertionError(f"no lines for {type(block).__name__}")


def nested(
    part: Part, items: Sequence[tuple[Block, ...]], markers: Sequence[str], frame: Frame,
    manuscript: str, setting: Setting,
) -> Part:  # fmt: skip
    """Return a list or quotation with its blocks set in a narrower frame.

    An item that begins with something else than a paragraph gets an empty one for its marker.
    """
    verse = [block for item in items for block in item if is_verse(block) and not any(markers)]
    inset = verse_inset(verse, frame, setting)
    inner = []
    for n, (item, marker) in enumerate(zip(items, markers, strict=True)):
        headed = not marker or bool(item and isinstance(item[0], Paragraph))
        blocks = item if headed else (Paragraph((), 0), *item)
        parts = [
            set_part(inside(one, f"{part.anchor}-{n}-{m}", inset), frame, manuscript, setting)
            for m, one in enumerate(blocks)
        ]
        if marker:
            parts[0] = replace(parts[0], marker=marker, count=max(parts[0].count, 1))
        inner.append(tuple(parts))
        for at in range(1, len(parts)):
            if parts[at - 1].verse and parts[at].verse:
                parts[at] = replace(parts[at], stanza=True, count=parts[at].count + 1)
        inner[-1] = tuple(parts)
    count = sum(one.count for item_parts in inner for one in item_parts)
    return replace(part, inner=tuple(inner), count=count)


def inside(block: Block, anchor: str, inset: float | None) -> Part:
    """Return a block of a list or quotation, before its lines are set; verse of it stands in by ``inset``."""
    verse = inset is not None and is_verse(block)
    return Part(
        block, anchor=anchor, rank=6, verse=verse, inset_em=inset if inset and verse else 0.0
    )


def is_verse(block: Block) -> bool:
    """Tell whether a block of a quotation is verse: its lines were typed."""
    return isinstance(block, Paragraph) and "\n" in text_of(block.runs)


def verse_inset(blocks: Sequence[Block], frame: Frame, setting: Setting) -> float | None:
    """Return by how much verse stands in, in em, so that its longest line is in the middle; None for no verse."""
    lines = [
        line
        for block in blocks
        if isinstance(block, Paragraph)
        for line in text_of(block.runs).split("\n")
    ]
    if not lines:
        return None
    longest = max(setting.ruler(line, frame.body) for line in lines)
    return max((frame.measure_em - longest) / 2 - VERSE_RIGHT, 0.0)


def cast_heading(block: Heading, frame: Frame, setting: Setting) -> Text:
    """Cast off a heading, broken at phrases where it is longer than the line."""
    kind = setting.dress.heading(block.level)
    measure = frame.measure_em * frame.size_pt / kind.size_pt
    lines = balance(text_of(block.runs), measure, lambda text: setting.ruler(text, kind.role))
    runs = broken_at(block.runs, [len(line) for line in lines])
    return cast_text(runs, Frame(kind.role, measure + 1.0, 0.0, kind.size_pt), setting)


def set_picture(figure: Figure, anchor: str, manuscript: str, setting: Setting) -> SetPicture:
    """Fit a picture into the type area and cast off its caption."""
    edition = setting.edition
    ready = photographs.prepare(figure, edition, manuscript)
    words = "　".join(filter(None, (figure.caption, figure.credit)))
    caption = cast_small((Run(words),), "caption", setting)
    height_pt = ready.height_pt + edition.pt(PICTURE_PAD_PT)
    return SetPicture(
        name=f"figures/{anchor}.jpg",
        data=ready.data,
        width_pt=round(ready.width_pt, 2),
        height_pt=round(ready.height_pt, 2),
        caption=caption,
        caption_pt=setting.room_em("caption") // 1 * setting.dress["caption"].size_pt,
        count=edition.whole_lines(height_pt) + caption.count,
    )
