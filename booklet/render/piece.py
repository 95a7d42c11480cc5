"""One speech as the templates want it: opening, blocks and boxes in the order of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from booklet import pictures
from booklet.figures import find_figure
from booklet.model import Block, Figure, Heading, Paragraph, Speech, text_of
from booklet.phrases import balance
from booklet.placement import without_places
from booklet.render.boxes import link_box, quote_box, stats_box
from booklet.render.lines import finished
from booklet.render.setting import BoxKey, PieceLayout, Setting
from booklet.render.stock import Stock

USUAL_OPENING = 10  # lines that a speech's opening takes: the same sink throughout
NOTE_OPENING = 6


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


def piece(
    speech: Speech, index: int, number: str, setting: Setting,
    layout: PieceLayout | None, stock: Stock,
) -> dict[str, Any]:  # fmt: skip
    """Return a speech as the templates want it; without a layout it has no boxes yet."""
    blocks, fixed = without_places(speech.blocks)
    marks = said_marks(speech, index, blocks)
    ranks = heading_ranks(blocks)
    parts: list[Part] = []
    for at in range(len(blocks) + 1):
        for key in sorted(
            k for k, place in (layout.places if layout else {}).items() if place == at
        ):
            parts.append(box_part(speech, index, key, setting, stock))
        if at < len(blocks):
            block, anchor = blocks[at], f"s{index}-{at}"
            part = Part(block, "", anchor, ranks[at], tuple(marks[at]))
            if isinstance(block, Figure):
                part = replace(part, picture=picture(block, anchor, speech.path, setting, stock))
            elif isinstance(block, Paragraph):
                body = "kai-400" if speech.kind == "note" else "song-400"
                part = replace(part, lines=finished(block, marks[at], body, setting, stock))
            parts.append(part)
    return {
        "kind": speech.kind,
        "anchor": f"s{index}",
        "number": number,
        "title": "　".join(speech.title),
        "title_lines": title_lines(speech, setting),
        "speaker": speech.speaker,
        "speaker_role": setting.dress(speech.speaker, "kai-400"),
        "designation": speech.designation,
        "designation_role": setting.dress(speech.designation, "kai-400"),
        "opening_lines": layout.opening if layout else opening_depths(speech, setting)[0],
        "parts": parts,
        "links": [
            link_box(link, f"qr/s{index}-{n}.svg", setting, stock)
            for n, link in enumerate(speech.links)
            if ("link", n) not in fixed
        ],
    }


def title_lines(speech: Speech, setting: Setting) -> tuple[str, ...]:
    """Return the lines of a speech's title: each part of it broken at phrases where too long."""
    most = setting.edition.measure_pt / setting.edition.title_pt
    return tuple(
        line
        for part in speech.title
        for line in balance(part, most, lambda text: setting.ruler(text, "song-700"))
    )


def opening_depths(speech: Speech, setting: Setting) -> list[int]:
    """Return the lines of the grid that a speech's opening may take, the usual number first.

    The least leaves one blank line under the speaker's name; all stay near one sink.
    """
    edition = setting.edition
    title = edition.whole_lines(
        len(title_lines(speech, setting)) * edition.title_line_pt + edition.line_pt / 2
    )
    number = 3 if speech.kind == "speech" else 1
    least = number + title + bool(speech.designation) + bool(speech.speaker) + 1
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


def said_anchor(index: int, number: int) -> str:
    """Return the anchor of the place where a statistic is said."""
    return f"said-{index}-{number}"


def said_marks(
    speech: Speech, index: int, blocks: Sequence[Block]
) -> list[list[tuple[int, int, str]]]:
    """Return for each block the (start, end, anchor) of the statistics first said there."""
    marks: list[list[tuple[int, int, str]]] = [[] for _ in blocks]
    for number, stat in enumerate(speech.stats):
        for at, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                continue
            start = find_figure(stat.figure, text_of(block.runs))
            if start >= 0:
                marks[at].append((start, start + len(stat.figure), said_anchor(index, number)))
                break
        else:  # said in a list, a table, a heading: the speech's own page is near enough
            marks[0].append((0, 0, said_anchor(index, number)))
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
        return Part(stats_box(speech.stats, setting), "stats")
    link = speech.links[number]
    return Part(link_box(link, f"qr/s{index}-{number}.svg", setting, stock), "link")
