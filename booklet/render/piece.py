"""One speech as the templates want it: opening, blocks and boxes in the order of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booklet.compose import INDENT
from booklet.figures import find_figure
from booklet.model import Block, Heading, Link, Paragraph, Placed, Speech, text_of
from booklet.phrases import balance
from booklet.placement import Flow, flow_of, words
from booklet.render.blocks import Part, filled, run_longer
from booklet.render.boxes import link_box, links_in_pairs, quote_box, stats_box, stats_groups
from booklet.render.lines import Frame, plain_lines
from booklet.render.setting import BoxKey, PieceLayout, Setting
from booklet.render.stock import Stock

USUAL_OPENING = 10  # lines that a speech's opening takes: the same sink throughout
NOTE_OPENING = 6
MOST_OPENING = 0.385  # of a page's lines, where pages are short
SPEAKER_PT = 11  # type size of speaker and designation, by the scale of book.css
RUNNING_PT = 8.5  # type size of the running head, likewise


@dataclass(frozen=True, slots=True)
class Piece:
    """A speech with its blocks set in lines, before its boxes are placed. ``index`` is its number."""

    speech: Speech
    index: int
    flow: Flow
    blocks: tuple[Part, ...]
    figures: tuple[Part, ...]
    frame: Frame
    title: tuple[str, ...]  # its lines


def set_piece(speech: Speech, index: int, setting: Setting, stock: Stock) -> Piece:
    """Set the blocks of a speech in lines."""
    flow = flow_of(speech.blocks)
    blocks = flow.blocks
    marks = said_marks(speech, index, blocks)
    ranks = heading_ranks(blocks)
    body = "kai-400" if speech.kind == "note" else "song-400"
    frame = Frame(body, setting.edition.measure_em, INDENT, setting.edition.type_pt)
    parts = tuple(
        filled(
            Part(block, "", f"s{index}-{at}", ranks[at], tuple(marks[at])),
            frame, speech.path, setting, stock,
        )
        for at, block in enumerate(blocks)
    )  # fmt: skip
    figures = tuple(
        filled(Part(figure, "", f"s{index}-f{n}"), frame, speech.path, setting, stock)
        for n, (figure, _) in enumerate(flow.figures)
    )
    return Piece(speech, index, flow, parts, figures, frame, title_lines(speech, setting))


def printed(
    piece: Piece, number: str, setting: Setting, layout: PieceLayout | None, stock: Stock
) -> dict[str, Any]:
    """Return a speech as the templates want it; without a layout it has no boxes."""
    speech, index = piece.speech, piece.index
    fixed = piece.flow.fixed
    places, changes = (layout.places, layout.changes) if layout else ({}, {})
    card = layout.card if layout else {}
    parts: list[Part] = []
    for at in range(len(piece.blocks) + 1):
        for key in boxes_at(at, places, speech):
            box = (
                piece.figures[key[1]] if key[0] == "figure"
                else box_part(speech, index, key, setting, stock)
            )  # fmt: skip
            parts.append(replace(box, card=card.get(key, 0)))
        for part in piece.blocks[at : at + 1]:
            change = changes.get(at, 0)
            if change:
                part = run_longer(part, change, piece.frame, setting, stock)
            parts.append(replace(part, card=card.get(at, 0)))
    return {
        "kind": speech.kind,
        "anchor": f"s{index}",
        "number": number,
        "title": "　".join(speech.title),
        "running": running_head("　".join(speech.title), setting),
        "title_lines": plain_lines(piece.title, "song-700", setting, stock),
        "speaker": speech.speaker,
        "speaker_role": setting.dress(speech.speaker, "kai-400"),
        "designation": speech.designation,
        "designation_role": setting.dress(speech.designation, "kai-400"),
        "opening_lines": layout.opening if layout else opening_depths(piece, setting)[0],
        "parts": parts,
        "room": room_below(piece, layout, setting),
        "links_card": card.get(len(piece.blocks), 0),
        "in_pairs": links_in_pairs(loose_links(speech), setting),
        "links": [
            link_box(link, f"qr/s{index}-{n}.svg", setting, stock)
            for n, link in enumerate(speech.links)
            if ("link", n) not in fixed
        ],
    }


def room_below(piece: Piece, layout: PieceLayout | None, setting: Setting) -> bool:
    """Tell whether a rule has room under the last line of a piece that has neither boxes nor links."""
    opening = layout.opening if layout else opening_depths(piece, setting)[0]
    on_last = (opening + sum(part.count for part in piece.blocks)) % setting.edition.lines
    return 0 < on_last < setting.edition.lines - 1


def boxes_at(at: int, places: Mapping[BoxKey, int], speech: Speech) -> list[BoxKey]:
    """Return the boxes that stand before block ``at``: the editor's own in the order he gave them."""
    typed = [(b.kind, b.number - 1) for b in speech.blocks if isinstance(b, Placed)]
    here = sorted(key for key, place in places.items() if place == at)
    return sorted(here, key=lambda key: typed.index(key) if key in typed else -1)


def loose_links(speech: Speech) -> list[Link]:
    """Return the links that stand at the speech's end: those no ``:::link`` line has placed."""
    fixed = flow_of(speech.blocks).fixed
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
    most = setting.edition.measure_pt / setting.edition.pt(RUNNING_PT)
    if setting.ruler(title, "kai-400") <= most:
        return title
    end = max(n for n in range(len(title)) if setting.ruler(title[:n], "kai-400") <= most - 2)
    return title[:end] + "……"


def opening_depths(piece: Piece, setting: Setting) -> list[int]:
    """Return the lines of the grid that a speech's opening may take, the usual number first.

    The least leaves one blank line under the speaker's name; all stay near one sink.
    """
    edition, speech = setting.edition, piece.speech
    title = edition.whole_lines(len(piece.title) * edition.title_line_pt + edition.line_pt / 2)
    number = 3 if speech.kind == "speech" else 1
    measure = edition.measure_pt / edition.pt(SPEAKER_PT)
    names = sum(
        -int(-setting.ruler(name, "kai-400") // measure)
        for name in (speech.designation, speech.speaker)
    )
    least = number + title + names + 1
    sink = USUAL_OPENING if speech.kind == "speech" else NOTE_OPENING
    usual = max(least + 1, min(sink, round(edition.lines * MOST_OPENING)))
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

    The offset is -1 where it is not in a paragraph's own text (a list, a table, a heading); the
    block is -1 where only a picture's caption says it.
    """
    found = []
    for stat in speech.stats:
        at = next(
            (n for n, block in enumerate(blocks) if find_figure(stat.figure, words(block)) >= 0), -1
        )
        block = blocks[at] if at >= 0 else None
        runs = block.runs if isinstance(block, Paragraph) else ()
        found.append((at, find_figure(stat.figure, text_of(runs))))
    return found


def said_anchors(speech: Speech, index: int) -> list[str]:
    """Return for each statistic the anchor where it is said: its own, or that of its block."""
    flow = flow_of(speech.blocks)
    anchors = []
    for stat, (at, offset) in zip(speech.stats, said_at(speech, flow.blocks), strict=True):
        if offset >= 0:
            anchors.append(said_name(index, at, offset))
        elif at >= 0:
            anchors.append(f"s{index}-{at}")
        else:
            captions = [figure.caption + figure.credit for figure, _ in flow.figures]
            number = next((n for n, text in enumerate(captions) if stat.figure in text), -1)
            anchors.append(f"s{index}-f{number}" if number >= 0 else f"s{index}")
    return anchors


def said_name(index: int, block: int, offset: int) -> str:
    """Return the anchor of a figure said in a paragraph."""
    return f"said-{index}-{block}-{offset}"


def said_marks(
    speech: Speech, index: int, blocks: Sequence[Block]
) -> list[list[tuple[int, int, str]]]:
    """Return for each block the (start, end, anchor) of the statistics first said there."""
    marks: list[list[tuple[int, int, str]]] = [[] for _ in blocks]
    for number, (at, offset) in enumerate(said_at(speech, blocks)):
        name = said_name(index, at, offset)
        if offset >= 0 and name not in [mark[2] for mark in marks[at]]:
            marks[at].append((offset, offset + len(speech.stats[number].figure), name))
    return [sorted(found) for found in marks]


def box_part(speech: Speech, index: int, key: BoxKey, setting: Setting, stock: Stock) -> Part:
    """Return one box of a speech, ready for the template."""
    kind, number = key
    if kind == "quote":
        return Part(quote_box(speech, number, setting, stock), "quote")
    if kind == "stats":
        return Part(stats_box(stats_groups(speech.stats, setting)[number], setting), "stats")
    link = speech.links[number]
    return Part(link_box(link, f"qr/s{index}-{number}.svg", setting, stock), "link")
