"""Where the boxes of a speech may stand: near the words they come from, never beside them.

A place is the index of the block before which a box is put; costs are demerits (``prices``). Distances are in lines of the grid. Never before the first block, never right
after a heading; a ``:::`` line of the editor's leaves one place only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from booklet.makeup.pages import Box, Item
from booklet.model import Block, Figure, Heading, Placed, Speech, Statistic, paragraphs
from booklet.prices import (
    ASTRAY,
    AWAY,
    BEFORE,
    BESIDE,
    CLOSING,
    FAR,
    LATER,
    REPEATED,
    TOO_FAR,
    TRAILING,
)
from booklet.text.numbers import find_figure

MOST_PLACES = 8
MOST_LATER = 4  # blocks that a picture may stand after the place its editor gave it


@dataclass(frozen=True, slots=True)
class Source:
    """Where a box's words stand: block index and how far into it, 0.0 to 1.0."""

    block: int
    depth: float


def quote_source(speech: Speech, blocks: Sequence[Block], number: int) -> Source:
    """Return where the text of a pull-quote stands."""
    wanted = speech.quotes[number].text
    for index, block in enumerate(blocks):
        text = words(block)
        if (at := text.find(wanted)) >= 0:
            return Source(index, (at + len(wanted)) / len(text))
    return Source(0, 1.0)


def stats_source(stats: Sequence[Statistic], blocks: Sequence[Block]) -> Source:
    """Return the block that says most of the figures; among equals the first."""
    counts = [
        sum(find_figure(stat.figure, words(block)) >= 0 for stat in stats) for block in blocks
    ]
    return Source(max(range(len(blocks)), key=lambda n: counts[n], default=0), 1.0)


def words(block: Block) -> str:
    """Return all the prose of one block."""
    return "".join(text for text, _ in paragraphs((block,)))


def places(
    blocks: Sequence[Block],
    lines: Sequence[int],
    source: Source,
    kind: str,
    others: Sequence[Source] = (),
) -> tuple[tuple[int, float], ...]:
    """Return the places a box may take with their costs, the best ones first.

    ``lines`` are the heights of the blocks; ``others`` the sentences of the speech's other quotes,
    beside which no quote should stand either: who reads a sentence twice thinks of a mistake. A statistics
    box stays in the section of its words where it can, and before the closing paragraph; a pull-quote
    ends the speech only where there is no other place.
    """
    tops = line_tops(lines)
    said = line_of(source, tops, lines)
    found = []
    for index in range(1, len(blocks) + 1):
        if isinstance(blocks[index - 1], Heading):
            continue
        distance = abs(tops[index] - said)
        if kind == "quote":
            distance = max(distance - BESIDE, 0.0)
        cost = AWAY * distance + TOO_FAR * max(distance - FAR, 0.0)
        cost += BEFORE if tops[index] < said else 0.0
        if kind == "stats":
            first, last = sorted((index, source.block))
            cost += ASTRAY * any(isinstance(block, Heading) for block in blocks[first + 1 : last])
            cost += CLOSING if index == len(blocks) else 0.0
        else:
            near = [abs(tops[index] - line_of(other, tops, lines)) for other in (source, *others)]
            cost += sum(REPEATED * max(BESIDE - lines_off, 0.0) for lines_off in near)
            cost += TRAILING if index == len(blocks) else 0.0
        found.append((index, cost))
    return tuple(sorted(found, key=lambda place: place[1])[:MOST_PLACES])


def line_tops(lines: Sequence[int]) -> list[int]:
    """Return the line at which each block begins, and the one after the last."""
    return [0, *accumulate(lines)]


def line_of(source: Source, tops: Sequence[int], lines: Sequence[int]) -> float:
    """Return the line at which a box's words end."""
    return tops[source.block] + source.depth * lines[source.block] if lines else 0.0


@dataclass(frozen=True, slots=True)
class Flow:
    """A speech's running text, and what stands between: by index of the block it stands before.

    ``fixed`` are the boxes that a ``:::`` line places, by (kind, number from 0); ``figures`` the
    pictures, each where the editor put it.
    """

    blocks: tuple[Block, ...]
    fixed: Mapping[tuple[str, int], int]
    figures: tuple[tuple[Figure, int], ...]


def flow_of(blocks: Sequence[Block]) -> Flow:
    """Take pictures and ``:::`` lines out of a speech's text."""
    rest: list[Block] = []
    fixed: dict[tuple[str, int], int] = {}
    figures = []
    for block in blocks:
        match block:
            case Placed():
                fixed[(block.kind, block.number - 1)] = len(rest)
            case Figure():
                figures.append((block, len(rest)))
            case _:
                rest.append(block)
    return Flow(tuple(rest), fixed, tuple(figures))


def boxes_of(
    speech: Speech,
    flow: Flow,
    lines: Sequence[int],
    items: Mapping[tuple[str, int], Item],
    groups: Sequence[Sequence[Statistic]],
) -> tuple[tuple[tuple[str, int], Box], ...]:
    """Return each box of a speech by (kind, number from 0), with the places it may take.

    ``groups`` are the statistics of each statistics box.
    """
    blocks = flow.blocks
    quotes = [quote_source(speech, blocks, number) for number in range(len(speech.quotes))]
    tops = line_tops(lines)
    found = []
    for key, item in items.items():
        kind, number = key
        choices: tuple[tuple[int, float], ...]
        said: float
        if kind == "figure":
            at = flow.figures[number][1]
            choices, said = figure_places(blocks, tops, at), tops[at]
        elif key in flow.fixed:
            at = flow.fixed[key]
            choices, said = ((at, 0.0),), tops[at]
        else:
            if kind == "quote":
                source, others = quotes[number], quotes[:number] + quotes[number + 1 :]
            else:
                source, others = stats_source(groups[number], blocks), []
            said = line_of(source, tops, lines)
            choices = places(blocks, lines, source, kind, others) or ((len(blocks), 0.0),)
        found.append((key, Box(item, choices, said, voice=kind == "quote")))
    return tuple(found)


def figure_places(
    blocks: Sequence[Block], tops: Sequence[int], at: int
) -> tuple[tuple[int, float], ...]:
    """Return where a picture may stand: where the editor put it, or a few paragraphs further on."""
    found = [(at, 0.0)]
    for index in range(at + 1, min(at + MOST_LATER, len(blocks)) + 1):
        if isinstance(blocks[index - 1], Heading):
            break  # it belongs to the section before
        found.append((index, LATER * (index - at) + AWAY * (tops[index] - tops[at])))
    return tuple(found)
