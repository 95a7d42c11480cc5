"""One speech cast off: its opening, blocks and boxes; then in the order of the page for templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.compose.paragraph import INDENT
from booklet.compose.phrases import balance
from booklet.genres import genre_of, title_type
from booklet.makeup.places import Flow, flow_of, words
from booklet.model import (
    Attendance,
    Attendee,
    Block,
    Heading,
    Paragraph,
    Placed,
    Run,
    Speech,
    Statistic,
    text_of,
)
from booklet.render.blocks import CellMarks, Part, set_part, verse_inset
from booklet.render.boxes import AnyBox, LinkBox, LinksBox, links_box, make_boxes
from booklet.render.nameindex import Mark, cell_marks, name_marks
from booklet.render.portrait import Portrait, portrait_of
from booklet.render.roll import in_rows, set_roll
from booklet.render.setting import BoxKey, PieceLayout, Setting
from booklet.render.text import Frame, Text, cast_small, typed
from booklet.text.names import is_two
from booklet.text.numbers import find_figure

LABEL_GAP_EM = 1.0  # between a label and its text
LONG_TITLES = (("title-long", 3), ("title-longer", 4))  # by lines of the size before
BRIEF = 4  # characters of a title that are set apart
LEAST_LABEL_EM = 4.0  # offices in a list: 主　　任 is as wide as 编辑委员
MOST_OPENING = 0.385  # of a page's lines, where pages are short


@dataclass(frozen=True, slots=True, eq=False)  # told apart by being another one
class Piece:
    """A speech cast off, before its boxes are placed. ``index`` is its number in the book.

    ``boxes`` are all its boxes, ``loose`` the links that no ``:::link`` line places; ``label_em`` is how
    wide the labels of its paragraphs are, ``signed`` the lines of its signature, ``about`` what is told of
    the speaker.
    """

    speech: Speech
    index: int
    flow: Flow
    blocks: tuple[Part, ...]
    figures: tuple[Part, ...]
    boxes: Mapping[BoxKey, AnyBox]
    loose: LinksBox | None
    title_lines: int
    title: Text
    title_kind: str = "title"
    label_em: float = 0.0
    signed: tuple[Text, ...] = ()
    about: Text | None = None
    portrait: Portrait | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A block or box in the order of the page.

    ``card`` blank lines above it, run ``change`` longer, ``over`` of its lines on the next page at least
    (0: as many as need be). ``kind`` is the box's, or block.
    """

    kind: str
    content: Part | AnyBox
    card: int = 0
    change: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class PrintedPiece:
    """A speech as the templates want it."""

    piece: Piece
    number: str
    title: str
    running: str
    speaker_face: str
    two: bool  # a name of two characters, spaced to the width of three
    designation_face: str
    opening_lines: int
    parts: tuple[Printed, ...]
    brief: bool  # its title is a few characters, which are set apart
    signed_card: int
    links_card: int
    number_rows: int = 0  # of the head of an opening, where a portrait makes it deeper


def set_piece(speech: Speech, index: int, setting: Setting) -> Piece:
    """Cast off a speech."""
    flow = flow_of(in_rows(speech.blocks, setting))
    blocks = flow.blocks
    said = said_at(speech.stats, blocks)
    marks = said_marks(speech.stats, said, index, len(blocks))
    for at, block in enumerate(blocks):
        marks[at] = with_names(marks[at], name_marks(block, index, at, setting.indexed))
    ranks = heading_ranks(blocks)
    body = setting.dress.body(speech.kind)
    frame = Frame(body.role, setting.edition.measure_em, INDENT, body.size_pt)
    boxes = make_boxes(speech, index, setting)
    portrait = portrait_of(speech, index, setting)
    kind, lines = title_lines(speech, setting, portrait)
    labels = label_width(blocks, setting)

    def shaped(at: int, block: Block) -> Part:
        named = cell_marks(block, index, at, setting.indexed).items()
        cells = tuple(CellMarks(cell, tuple(found)) for cell, found in named)
        part = Part(block, f"s{index}-{at}", ranks[at], tuple(marks[at]), cells=cells)
        match block:
            case Attendance():
                row = set_roll(block, all_people(speech), setting)
                return replace(part, row=row, count=row.count)
            case Paragraph(label=label) if label:
                return replace(part, marker=label, inset_em=labels + LABEL_GAP_EM)
            case Paragraph() if speech.kind == "verse":
                inset = verse_inset([b for b in blocks if isinstance(b, Paragraph)], frame, setting)
                return replace(part, verse=True, stanza=at > 0, inset_em=inset or 0.0)
            case _:
                return part

    return Piece(
        speech=speech,
        index=index,
        flow=flow,
        blocks=tuple(
            set_part(shaped(at, block), frame, speech.path, setting)
            for at, block in enumerate(blocks)
        ),
        figures=tuple(
            set_part(Part(figure, f"s{index}-f{n}"), frame, speech.path, setting)
            for n, (figure, _) in enumerate(flow.figures)
        ),
        boxes=boxes,
        loose=links_box(loose_links(boxes, flow), setting),
        title_lines=len(lines),
        title=typed(lines, setting.dress[kind].role, setting),
        title_kind=kind,
        label_em=labels,
        signed=signature(speech, setting),
        about=cast_small((Run(speech.about),), "about", setting) if speech.about else None,
        portrait=portrait,
    )


def with_names(marks: list[Mark], names: Sequence[Mark]) -> list[Mark]:
    """Return the marks of a paragraph with those of names, but for names within a figure."""
    free = [
        name for name in names if not any(name[0] < mark[1] and mark[0] < name[1] for mark in marks)
    ]
    return sorted([*marks, *free])


def all_people(speech: Speech) -> list[Attendee]:
    """Return all whom the lists of a text name."""
    return [one for block in speech.blocks if isinstance(block, Attendance) for one in block.people]


def label_width(blocks: Sequence[Block], setting: Setting) -> float:
    """Return how wide the widest label of some paragraphs is, in em of the text; 0.0 without any."""
    labels = [block.label for block in blocks if isinstance(block, Paragraph) and block.label]
    if not labels:
        return 0.0
    width, unit = setting.width("paragraph-label"), setting.dress["paragraph-label"].size_pt
    widest = max(map(width, labels)) * unit / setting.edition.type_pt
    return widest if labels[0][0].isdigit() else max(LEAST_LABEL_EM + 1, widest)


def signature(speech: Speech, setting: Setting) -> tuple[Text, ...]:
    """Return the lines under a text that say whose it is, and when, each by itself."""
    room, width = setting.room_em("signature"), setting.width("signature")
    role = setting.dress["signature"].role
    lines = [line for one in speech.signed for line in balance(one, room, width)]
    return tuple(typed((line,), role, setting) for line in lines)


def loose_links(boxes: Mapping[BoxKey, AnyBox], flow: Flow) -> list[LinkBox]:
    """Return the links that stand at the speech's end: those no ``:::link`` line has placed."""
    return [box for key, box in boxes.items() if isinstance(box, LinkBox) and key not in flow.fixed]


def title_lines(
    speech: Speech, setting: Setting, portrait: Portrait | None
) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a speech's title, smaller where it is long, and its lines.

    Each part of it is broken at phrases where too long.
    """
    beside_pt = portrait.taken_pt if portrait and portrait.beside else 0.0

    def broken(kind: str) -> tuple[str, ...]:
        most = (setting.edition.measure_pt - beside_pt) / setting.dress[kind].size_pt
        return tuple(x for part in speech.title for x in balance(part, most, setting.width(kind)))

    kind = title_type(speech.kind, speech.speaker)
    lines = broken(kind)
    for smaller, least in LONG_TITLES:
        if len(lines) >= least:
            kind, lines = smaller, broken(smaller)
    return kind, lines


def heading_ranks(blocks: Sequence[Block]) -> list[int]:
    """Return h3, h4 … for each heading: levels without gaps, and no step down of more than one."""
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    ranks, last = [], 2
    for block in blocks:
        if isinstance(block, Heading):
            last = min(3 + levels.index(block.level), last + 1)
        ranks.append(last)
    return ranks


def opening_depth(piece: Piece, setting: Setting) -> int:
    """Return the lines of the grid that a speech's opening takes: one sink for all that fit it.

    At least two blank lines stand under the speaker's name, one where a portrait above the title has
    taken the room.
    """
    edition, speech, dress = setting.edition, piece.speech, setting.dress
    line_pt, blank = dress[piece.title_kind].line_pt, dress["title"].rows * edition.line_pt
    title = edition.whole_lines(piece.title_lines * line_pt + blank)
    number = number_rows(piece, setting)
    names = sum(
        -int(-setting.width(kind)(name) // setting.room_em(kind))
        for name, kind in ((speech.speaker, "speaker"), (speech.designation, "designation"))
    )
    about = piece.about.count + 1 if piece.about else 0
    crowded = piece.portrait and not piece.portrait.beside
    least = number + title + names + about + (1 if crowded else 2)
    if piece.portrait:
        least = max(least, piece.portrait.rows + 2)
    return max(least, min(genre_of(speech.kind).sink, round(edition.lines * MOST_OPENING)))


def number_rows(piece: Piece, setting: Setting) -> int:
    """Return the lines at the head of an opening: of the number, and of a portrait that stands above the title."""
    number = genre_of(piece.speech.kind).numbered
    rows = int(setting.dress["opening-number"].rows) if number else 1
    above = piece.portrait.rows + 1 if piece.portrait and not piece.portrait.beside else 0
    return max(rows, above)


# ---- Where statistics are said ---------------------------------------------------------------


def said_at(stats: Sequence[Statistic], blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return for each statistic the block that says it first, and the offset there.

    The offset is -1 where it is not in a paragraph's own text (a list, a table, a heading); the
    block is -1 where only a picture's caption says it.
    """
    found = []
    for stat in stats:
        at = next(
            (n for n, block in enumerate(blocks) if find_figure(stat.figure, words(block)) >= 0), -1
        )
        block = blocks[at] if at >= 0 else None
        runs = block.runs if isinstance(block, Paragraph) else ()
        found.append((at, find_figure(stat.figure, text_of(runs))))
    return found


def said_anchors(
    stats: Sequence[Statistic], said: Sequence[tuple[int, int]], flow: Flow, index: int
) -> tuple[str, ...]:
    """Return for each statistic the anchor where it is said: its own, or that of its block."""
    captions = [figure.caption + figure.credit for figure, _ in flow.figures]
    anchors = []
    for stat, (at, offset) in zip(stats, said, strict=True):
        if offset >= 0:
            anchors.append(said_name(index, at, offset))
        elif at >= 0:
            anchors.append(f"s{index}-{at}")
        else:
            number = next((n for n, text in enumerate(captions) if stat.figure in text), -1)
            anchors.append(f"s{index}-f{number}" if number >= 0 else f"s{index}")
    return tuple(anchors)


def anchors_of(speech: Speech, index: int) -> tuple[str, ...]:
    """Return for each statistic of a speech the id of where it is said."""
    flow = flow_of(speech.blocks)
    return said_anchors(speech.stats, said_at(speech.stats, flow.blocks), flow, index)


def said_name(index: int, block: int, offset: int) -> str:
    """Return the anchor of a figure said in a paragraph."""
    return f"said-{index}-{block}-{offset}"


def said_marks(
    stats: Sequence[Statistic], said: Sequence[tuple[int, int]], index: int, blocks: int
) -> list[list[tuple[int, int, str]]]:
    """Return for each block the (start, end, anchor) of the statistics first said there."""
    marks: list[list[tuple[int, int, str]]] = [[] for _ in range(blocks)]
    for stat, (at, offset) in zip(stats, said, strict=True):
        name = said_name(index, at, offset)
        if offset >= 0 and name not in [mark[2] for mark in marks[at]]:
            marks[at].append((offset, offset + len(stat.figure), name))
    return [sorted(found) for found in marks]


# ---- In the order of the page ----------------------------------------------------------------


def printed(piece: Piece, number: str, setting: Setting, layout: PieceLayout) -> PrintedPiece:
    """Return a speech as the templates want it, its boxes where make-up put them."""
    speech = piece.speech
    title = "　".join(speech.title)
    parts: list[Printed] = []
    for at in range(len(piece.blocks) + 1):
        parts += [
            printed_box(piece, key, layout.card.get(key, 0))
            for key in boxes_at(at, layout.places, speech)
        ]
        parts += [
            Printed(
                "block",
                part,
                layout.card.get(at, 0),
                layout.changes.get(at, 0),
                layout.over.get(at, 0),
            )
            for part in piece.blocks[at : at + 1]
        ]
    return PrintedPiece(
        piece=piece,
        number=number,
        title=title,
        running=running_head(title, setting),
        speaker_face=setting.face_class(speech.speaker, "speaker"),
        two=is_two(speech.speaker),
        designation_face=setting.face_class(speech.designation, "designation"),
        opening_lines=layout.opening,
        parts=tuple(parts),
        brief=len(title) <= BRIEF,
        signed_card=layout.card.get(len(piece.blocks), 0) if piece.signed else 0,
        links_card=layout.card.get(len(piece.blocks) + bool(piece.signed), 0),
        number_rows=number_rows(piece, setting) if piece.portrait else 0,
    )


def printed_box(piece: Piece, key: BoxKey, card: int) -> Printed:
    """Return a box or picture of a piece, ready for the templates."""
    if key[0] == "figure":
        return Printed("block", piece.figures[key[1]], card)
    return Printed(key[0], piece.boxes[key], card)


def boxes_at(at: int, places: Mapping[BoxKey, int], speech: Speech) -> list[BoxKey]:
    """Return the boxes that stand before block ``at``: the editor's own in the order he gave them."""
    asked = [(b.kind, b.number - 1) for b in speech.blocks if isinstance(b, Placed)]
    here = sorted(key for key, place in places.items() if place == at)
    return sorted(here, key=lambda key: asked.index(key) if key in asked else -1)


def running_head(title: str, setting: Setting) -> str:
    """Return a title as it stands at the head of a page, cut short where it has no room."""
    most, width = setting.room_em("running-head"), setting.width("running-head")
    if width(title) <= most:
        return title
    end = max(n for n in range(len(title)) if width(title[:n]) <= most - 2)
    return title[:end] + "……"
