"""One speech as the templates want it: opening, blocks and boxes in the order of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from booklet import pictures
from booklet.compose import INDENT
from booklet.figures import find_figure
from booklet.model import (
    Block,
    BlockQuote,
    Figure,
    Heading,
    ItemList,
    Link,
    Paragraph,
    Speech,
    text_of,
)
from booklet.phrases import balance
from booklet.placement import without_places, words
from booklet.render.boxes import link_box, links_in_pairs, quote_box, stats_box, stats_groups
from booklet.render.lines import finished
from booklet.render.setting import BoxKey, PieceLayout, Setting
from booklet.render.stock import Stock

USUAL_OPENING = 10  # lines that a speech's opening takes: the same sink throughout
NOTE_OPENING = 6
SPEAKER_PT = 11  # type size of speaker and designation, as in book.css
RUNNING_PT = 8.5  # type size of the running head, as in book.css
INSET = 2  # em that lists and quotations stand in, as in book.css


@dataclass(frozen=True, slots=True)
class Part:
    """One block or box in a piece's flow, as the templates get it."""

    content: object
    box: str = ""
    anchor: str = ""
    rank: int = 3
    marks: tuple[tuple[int, int, str], ...] = ()
    picture: object = None
    lines: Markup | None = None  # a paragraph's finished lines
    inner: tuple[tuple["Part", ...], ...] = ()  # the items of a list; of a quotation, one item


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a paragraph is set: the role of its plain text, its measure and indent in em."""

    body: str
    measure_em: float
    indent: float = INDENT


def piece(
    speech: Speech, index: int, number: str, setting: Setting,
    layout: PieceLayout | None, stock: Stock,
) -> dict[str, Any]:  # fmt: skip
    """Return a speech as the templates want it; without a layout it has no boxes yet."""
    blocks, fixed = without_places(speech.blocks)
    marks = said_marks(speech, index, blocks)
    ranks = heading_ranks(blocks)
    body = "kai-400" if speech.kind == "note" else "song-400"
    parts: list[Part] = []
    for at in range(len(blocks) + 1):
        for key in sorted(
            k for k, place in (layout.places if layout else {}).items() if place == at
        ):
            parts.append(box_part(speech, index, key, setting, stock))
        if at < len(blocks):
            part = Part(blocks[at], "", f"s{index}-{at}", ranks[at], tuple(marks[at]))
            frame = Frame(body, setting.edition.measure_em)
            parts.append(filled(part, frame, speech.path, setting, stock))
    return {
        "kind": speech.kind,
        "anchor": f"s{index}",
        "number": number,
        "title": "　".join(speech.title),
        "running": running_head("　".join(speech.title), setting),
        "title_lines": title_lines(speech, setting),
        "speaker": speech.speaker,
        "speaker_role": setting.dress(speech.speaker, "kai-400"),
        "designation": speech.designation,
        "designation_role": setting.dress(speech.designation, "kai-400"),
        "opening_lines": layout.opening if layout else opening_depths(speech, setting)[0],
        "parts": parts,
        "in_pairs": links_in_pairs(loose_links(speech), setting),
        "links": [
            link_box(link, f"qr/s{index}-{n}.svg", setting, stock)
            for n, link in enumerate(speech.links)
            if ("link", n) not in fixed
        ],
    }


def filled(part: Part, frame: Frame, manuscript: str, setting: Setting, stock: Stock) -> Part:
    """Return a part with its lines set, its picture prepared, its inner blocks filled likewise."""
    block = part.content
    items: tuple[tuple[Block, ...], ...]
    match block:
        case Paragraph():
            lines = finished(
                block, part.marks, frame.body, setting, stock, frame.measure_em, frame.indent
            )
            return replace(part, lines=lines)
        case Figure():
            return replace(part, picture=picture(block, part.anchor, manuscript, setting, stock))
        case BlockQuote():
            inner, items = Frame("kai-400", frame.measure_em - INSET), (block.blocks,)
        case ItemList():
            inner, items = Frame(frame.body, frame.measure_em - INSET, 0.0), block.items
        case _:
            return part
    return replace(part, inner=tuple(
        tuple(
            filled(Part(one, anchor=f"{part.anchor}-{n}-{m}", rank=6), inner, manuscript, setting, stock)
            for m, one in enumerate(item)
        )
        for n, item in enumerate(items)
    ))  # fmt: skip


def loose_links(speech: Speech) -> list[Link]:
    """Return the links that stand at the speech's end: those no ``:::link`` line has placed."""
    fixed = without_places(speech.blocks)[1]
    return [link for n, link in enumerate(speech.links) if ("link", n) not in fixed]


def title_lines(speech: Speech, setting: Setting) -> tuple[str, ...]:
    """Return the lines of a speech's title: each part of it broken at phrases where too long."""
    most = setting.edition.measure_pt / setting.edition.title_pt
    return tuple(
        line
        for part in speech.title
        for line in balance(part, most, lambda text: setting.ruler(text, "song-700"))
    )


def running_head(title: str, setting: Setting) -> str:
    """Return a title as it stands at the head of a page, cut short where it has no room."""
    most = setting.edition.measure_pt / RUNNING_PT
    if setting.ruler(title, "kai-400") <= most:
        return title
    end = max(n for n in range(len(title)) if setting.ruler(title[:n], "kai-400") <= most - 2)
    return title[:end] + "……"


def opening_depths(speech: Speech, setting: Setting) -> list[int]:
    """Return the lines of the grid that a speech's opening may take, the usual number first.

    The least leaves one blank line under the speaker's name; all stay near one sink.
    """
    edition = setting.edition
    title = edition.whole_lines(
        len(title_lines(speech, setting)) * edition.title_line_pt + edition.line_pt / 2
    )
    number = 3 if speech.kind == "speech" else 1
    measure = edition.measure_pt / SPEAKER_PT
    names = sum(
        -int(-setting.ruler(name, "kai-400") // measure)
        for name in (speech.designation, speech.speaker)
    )
    least = number + title + names + 1
    usual = max(least + 1, USUAL_OPENING if speech.kind == "speech" else NOTE_OPENING)
    return [usual, *(depth for depth in range(max(least, usual - 2), usual + 2) if depth != usual)]


def heading_ranks(blocks: Sequence[Block]) -> list[int]:
    """Return h3, h4 … for each heading: levels without gaps, and no step down of more than one."""
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    ranks, last = [], 2
    for block in blocks:
        if isinstance(block, Heading):
            last = min(3 + levels.index(block.level), last + 1)
        ranks.append(last)
    return ranks


def said_at(speech: Speech, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return for each statistic the block that says it first, and the offset there.

    The offset is -1 where it is not in a paragraph's own text (a list, a table, a heading).
    """
    found = []
    for stat in speech.stats:
        at = next(
            (n for n, block in enumerate(blocks) if find_figure(stat.figure, words(block)) >= 0), 0
        )
        block = blocks[at]
        runs = block.runs if isinstance(block, Paragraph) else ()
        found.append((at, find_figure(stat.figure, text_of(runs))))
    return found


def said_anchors(speech: Speech, index: int) -> list[str]:
    """Return for each statistic the anchor where it is said: its own, or that of its block."""
    places = said_at(speech, without_places(speech.blocks)[0])
    return [
        f"said-{index}-{at}-{offset}" if offset >= 0 else f"s{index}-{at}" for at, offset in places
    ]


def said_marks(
    speech: Speech, index: int, blocks: Sequence[Block]
) -> list[list[tuple[int, int, str]]]:
    """Return for each block the (start, end, anchor) of the statistics first said there."""
    marks: list[list[tuple[int, int, str]]] = [[] for _ in blocks]
    for number, (at, offset) in enumerate(said_at(speech, blocks)):
        name = f"said-{index}-{at}-{offset}"
        if offset >= 0 and name not in [mark[2] for mark in marks[at]]:
            marks[at].append((offset, offset + len(speech.stats[number].figure), name))
    return [sorted(found) for found in marks]


def picture(
    figure: Figure, anchor: str, manuscript: str, setting: Setting, stock: Stock
) -> dict[str, Any]:
    """Put a figure's picture among the resources; return its name, size in pt and lines."""
    edition = setting.edition
    ready = pictures.prepare(figure, edition, manuscript)
    name = f"figures/{anchor}.jpg"
    stock.resources[name] = ready.data
    text = figure.caption + figure.credit
    caption = 1 if text else 0
    return {
        "name": name,
        "width_pt": round(ready.width_pt, 2),
        "height_pt": round(ready.height_pt, 2),
        "lines": edition.whole_lines(ready.height_pt + 4) + caption,
    }


def box_part(speech: Speech, index: int, key: BoxKey, setting: Setting, stock: Stock) -> Part:
    """Return one box of a speech, ready for the template."""
    kind, number = key
    if kind == "quote":
        return Part(quote_box(speech, number, setting), "quote")
    if kind == "stats":
        return Part(stats_box(stats_groups(speech.stats)[number], setting), "stats")
    link = speech.links[number]
    return Part(link_box(link, f"qr/s{index}-{number}.svg", setting, stock), "link")
