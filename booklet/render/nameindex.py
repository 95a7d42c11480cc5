"""Names as they are printed, and the index of them: who is named where, by pinyin. Each place has an anchor in the text, so that folios are true."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from booklet.genres import genre_of
from booklet.model import Attendance, Block, Book, Heading, Paragraph, Run, Table, text_of
from booklet.text.filing import by_pinyin
from booklet.text.names import is_person, is_two

TITLE = "人名索引"
BLANK = re.compile(r"[ \u3000]+")
TWO = re.compile(r"([\u3400-\u9fff])([\u3400-\u9fff])")
HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,}")
Mark = tuple[int, int, str]
"""(start, end, anchor) of a name in a text"""


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A name, and the folios of the pages that name it; ``two`` characters are spaced to three."""

    name: str
    two: bool
    folios: tuple[int, ...]


def names_to_index(book: Book) -> tuple[str, ...]:
    """Return the names that an index of a book lists, the longest first; none where it asks for no index."""
    if not book.index:
        return ()
    names = {one.name for one in book.people}
    for speech in book.speeches:
        if genre_of(speech.kind).named and is_person(speech.speaker):
            names.add(speech.speaker)
        for block in speech.blocks:
            if isinstance(block, Attendance):
                names |= {one.name for one in block.people}
    return tuple(sorted(filter(HAN_NAME.fullmatch, names), key=lambda name: (-len(name), name)))


def name_marks(block: Block, index: int, at: int, names: Sequence[str]) -> list[Mark]:
    """Return the marks of the names in a paragraph, as offsets in its text as it is set."""
    if not names or not isinstance(block, Paragraph):
        return []
    runs = spaced(block.runs) if block.label else block.runs
    return marks_in(text_of(runs), f"name-{index}-{at}", names)


def cell_marks(
    block: Block, index: int, at: int, names: Sequence[str]
) -> dict[tuple[int, int], list[Mark]]:
    """Return the marks of the names in the cells of a table, by row and column from 0, the head being row 0."""
    if not names or not isinstance(block, Table):
        return {}
    return {
        (row, column): found
        for row, cells in enumerate((block.header, *block.rows))
        for column, runs in enumerate(cells)
        if (found := marks_in(text_of(runs), f"name-{index}-{at}-{row}-{column}", names))
    }


def marks_in(text: str, anchor: str, names: Sequence[str]) -> list[Mark]:
    """Return the marks of the names in a text; anchors begin alike."""
    return [
        (found.start(), found.end(), f"{anchor}-{found.start()}")
        for found in pattern_of(names).finditer(text)
    ]


def places(block: Block, index: int, at: int, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, anchor) of each name in a block: its own anchor, or in headings that of the block."""
    if isinstance(block, Table):
        rows = (block.header, *block.rows)
        for (row, column), marks in cell_marks(block, index, at, names).items():
            text = text_of(rows[row][column])
            yield from ((text[start:end], anchor) for start, end, anchor in marks)
    if isinstance(block, Paragraph):
        text = text_of(spaced(block.runs) if block.label else block.runs)
        for start, end, anchor in name_marks(block, index, at, names):
            yield text[start:end].replace("\u3000", ""), anchor
    if isinstance(block, (Paragraph, Heading)):
        head = text_of(block.lead if isinstance(block, Paragraph) else block.runs)
        yield from ((name, f"s{index}-{at}") for name in pattern_of(names).findall(head))


@lru_cache(maxsize=4)
def pattern_of(names: Sequence[str]) -> re.Pattern[str]:
    """Return what finds names, spaced or not; the longest first, so that none is found within another."""
    ways = (f"{name[0]}\u3000?{name[1]}" if is_two(name) else re.escape(name) for name in names)
    return re.compile("|".join(ways) or "(?!)")


def spaced(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the names of a list with blanks between them as a line has it: 张　明　　李小平."""
    return tuple(replace(run, text=spaced_names(run.text)) for run in runs)


def spaced_names(text: str) -> str:
    """Return a text of names that blanks divide, each as wide as three characters."""
    if not BLANK.search(text):
        return TWO.sub("\\1\u3000\\2", text) if TWO.fullmatch(text) else text
    names = BLANK.split(text.strip())
    return "\u3000\u3000".join(
        TWO.sub("\\1\u3000\\2", one) if TWO.fullmatch(one) else one for one in names
    )


def name_index(
    book: Book, blocks_of: Sequence[Sequence[Block]], folios: Mapping[str, int]
) -> list[IndexedName]:
    """Return the index of a book; ``blocks_of`` are the blocks of each text that flows, ``folios`` of anchors."""
    names = names_to_index(book)
    pages: dict[str, set[int]] = {}
    for index, speech in enumerate(book.speeches):
        genre = genre_of(speech.kind)
        if genre.named and speech.speaker in names:
            pages.setdefault(speech.speaker, set()).add(folios[f"s{index}"])
        for at, block in enumerate(() if genre.leaf else blocks_of[index]):
            for name, anchor in places(block, index, at, names):
                pages.setdefault(name, set()).add(folios[anchor])
    return [
        IndexedName(name, is_two(name), tuple(sorted(pages[name])))
        for name in sorted(pages, key=by_pinyin)
    ]
