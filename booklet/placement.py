"""Where the boxes of a speech may stand: near the words they come from, never beside them.

A place is the index of the block before which a box is put; costs are in the same coin as
``makeup.ugliness``. Distances are in lines of the grid. Never before the first block, never right
after a heading; a ``:::`` line of the editor's leaves one place only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booklet.figures import find_figure
from booklet.makeup import Box, Item
from booklet.model import Block, Heading, Placed, Speech, paragraphs

BESIDE = 3.0  # lines: nearer than this a pull-quote stands beside its own sentence
FAR = 12.0  # lines: farther than this the reader has turned the page
MOST_PLACES = 8


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


def stats_source(speech: Speech, blocks: Sequence[Block]) -> Source:
    """Return the block that says most of the figures; among equals the first."""
    counts = [
        sum(find_figure(stat.figure, words(block)) >= 0 for stat in speech.stats)
        for block in blocks
    ]
    return Source(max(range(len(blocks)), key=lambda n: counts[n], default=0), 1.0)


def words(block: Block) -> str:
    """Return all the prose of one block."""
    return "".join(text for text, _ in paragraphs((block,)))


def places(
    blocks: Sequence[Block], lines: Sequence[int], source: Source, kind: str
) -> tuple[tuple[int, float], ...]:
    """Return the places a box may take with their costs, the best ones first.

    ``lines`` are the heights of the blocks. A statistics box may end the speech, a pull-quote
    not while there is another place.
    """
    tops = [0]
    for height in lines:
        tops.append(tops[-1] + height)
    said = tops[source.block] + source.depth * lines[source.block] if blocks else 0.0
    found = []
    for index in range(1, len(blocks) + 1):
        if isinstance(blocks[index - 1], Heading):
            continue
        distance = abs(tops[index] - said)
        cost = 1.0 * distance + 3.0 * max(distance - FAR, 0.0)
        if kind == "quote":
            cost += 14.0 * max(BESIDE - distance, 0.0)
            cost += 120.0 if index == len(blocks) else 0.0
        elif tops[index] < said:
            cost += 6.0  # figures before they are told read as a riddle
        found.append((index, cost))
    return tuple(sorted(found, key=lambda place: place[1])[:MOST_PLACES])


def boxes_of(
    speech: Speech,
    blocks: Sequence[Block],
    lines: Sequence[int],
    items: Mapping[tuple[str, int], Item],
    fixed: Mapping[tuple[str, int], int],
) -> tuple[tuple[tuple[str, int], Box], ...]:
    """Return each box of a speech by (kind, number from 0), with the places it may take."""
    found = []
    for key, item in items.items():
        kind, number = key
        if key in fixed:
            choices: tuple[tuple[int, float], ...] = ((fixed[key], 0.0),)
        else:
            source = (
                stats_source(speech, blocks)
                if kind == "stats"
                else quote_source(speech, blocks, number)
            )
            choices = places(blocks, lines, source, kind) or ((len(blocks), 0.0),)
        found.append((key, Box(item, choices)))
    return tuple(found)


def without_places(blocks: Sequence[Block]) -> tuple[list[Block], dict[tuple[str, int], int]]:
    """Take the ``:::`` lines out; return the rest, and for each box so placed its index there."""
    rest: list[Block] = []
    fixed: dict[tuple[str, int], int] = {}
    for block in blocks:
        if isinstance(block, Placed):
            fixed[(block.kind, block.number - 1)] = len(rest)
        else:
            rest.append(block)
    return rest, fixed
