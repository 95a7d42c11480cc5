"""Where a line of the manuscript stands on the pages, and which line stands at a point of a page.

Found by the words alone, as somebody would who holds the page beside the manuscript: what a finding
quotes, else the words of its line, else the page that the text begins on.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from booklet.errors import Finding
from booklet.preflight.reading import squeeze

Box = tuple[float, float, float, float]
"""(left, top, width, height) as parts of a page's width and height"""

HEAD = 12  # letters of a line that must agree; what follows agrees as far as it does
LEAST = 2  # letters of what a finding quotes
CONTEXTS = (24, 16, 10, 6)  # letters around a point that are looked for, in this order
QUOTED = re.compile("[“《]([^“”《》]{1,60})[”》]")
KEY = re.compile(r"^\s*(?:-\s+)?(?:[a-z_]+:)?\s*[|>]?\s*")
MARKDOWN = re.compile(r"\[\^\d+\]:?|!\[|\]\([^)]*\)|[\\*]|^\s*(?:#+|>|-|\d+\.)\s+")
NEAR = 0.05  # of a page's size, within which a letter is meant


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page, blanks taken out, and where each stands."""

    text: str
    boxes: tuple[Box, ...]

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a book: the number of the leaf, counted from 0, and a box for each line of what stands there."""

    leaf: int
    boxes: tuple[Box, ...] = ()


LettersOf = Callable[[int], Letters]


def letters_of(page: pdfium.PdfPage) -> Letters:
    """Return the letters of a page, placed on what remains of it when it is trimmed."""
    text_page = page.get_textpage()
    edge, bottom, far, top = page.get_trimbox()
    width, height = far - edge, top - bottom
    found, boxes = [], []
    for number in range(text_page.count_chars()):
        letter = squeeze(chr(pdfium_c.FPDFText_GetUnicode(text_page, number)))
        if letter:
            left, foot, right, head = text_page.get_charbox(number, loose=True)
            box = ((left - edge) / width, (top - head) / height,
                   (right - left) / width, (head - foot) / height)  # fmt: skip
            found.append(letter)
            boxes += [box] * len(letter)
    return Letters("".join(found), tuple(boxes))


def spot_of(finding: Finding, line: str, leaves: Sequence[int], letters: LettersOf) -> Spot | None:
    """Return where on some leaves a finding stands, whose line of the manuscript is ``line``.

    The first leaf, as a whole, where its words are on none of them; None without leaves.
    """
    said = squeeze(plain(line))
    quoted = [squeeze(words) for words in QUOTED.findall(finding.message)]
    quoted = [words for words in quoted if len(words) >= LEAST]
    for leaf in leaves:
        page = letters(leaf)
        if at := within(page.text, said):
            inner = [(start, start + len(words)) for words in quoted
                     if (start := page.text.find(words, *at)) >= 0]  # fmt: skip
            return Spot(leaf, tuple(lines_of(page, *(inner or [at])[0])))
    for words in quoted:
        for leaf in leaves:
            page = letters(leaf)
            if (start := page.text.find(words)) >= 0:
                return Spot(leaf, tuple(lines_of(page, start, start + len(words))))
    return Spot(leaves[0]) if leaves else None


def within(page: str, said: str) -> tuple[int, int] | None:
    """Return from where to where a page has the words of a line, as far as they agree; None for not at all."""
    if len(said) < LEAST:
        return None
    start = page.find(said[:HEAD])
    if start < 0:
        return None
    end = start
    while end < len(page) and end - start < len(said) and page[end] == said[end - start]:
        end += 1
    return start, end


def lines_of(page: Letters, start: int, end: int) -> Iterator[Box]:
    """Yield a box around each line of some letters of a page."""
    row: list[Box] = []
    for box in page.boxes[start:end]:
        if row and abs(middle(box) - middle(row[-1])) > max(box[3], row[-1][3]) / 2:
            yield around(row)
            row = []
        row.append(box)
    if row:
        yield around(row)


def middle(box: Box) -> float:
    """Return how far down a box's middle is."""
    return box[1] + box[3] / 2


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around some boxes."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right = max(box[0] + box[2] for box in boxes)
    foot = max(box[1] + box[3] for box in boxes)
    return left, top, right - left, foot - top


def plain(line: str) -> str:
    """Return the words of a line of a manuscript as they are printed: without key, quotes and Markdown."""
    words = KEY.sub("", line, count=1)
    if len(words) > 1 and words[0] == words.rstrip()[-1] and words[0] in "\"'":
        words = words.rstrip()[1:-1]
    return MARKDOWN.sub("", words)


def line_at(page: Letters, x: float, y: float, lines: Sequence[str]) -> int:
    """Return which of some lines, counted from 1, stands at a point of a page; 0 for none."""
    near = [
        (max(left - x, x - left - width, 0) + max(top - y, y - top - height, 0), number)
        for number, (left, top, width, height) in enumerate(page.boxes)
    ]
    distance, at = min(near, default=(1.0, 0))
    if distance > NEAR:
        return 0
    first, end = row_of(page, at)
    squeezed = [squeeze(plain(line)) for line in lines]
    for size in CONTEXTS:
        for start in (at - size // 2, at - size + 1, at):
            words = page.text[max(start, first) : min(max(start, first) + size, end)]
            found = [number for number, line in enumerate(squeezed, 1) if words in line]
            if found and len(words) >= LEAST:
                return found[-1]  # the text stands behind what the front matter repeats of it
    return 0


def row_of(page: Letters, at: int) -> tuple[int, int]:
    """Return from which letter to which the printed line of a letter goes."""
    boxes = page.boxes

    def same(n: int) -> bool:
        return abs(middle(boxes[n]) - middle(boxes[at])) <= max(boxes[n][3], boxes[at][3]) / 2

    first, end = at, at + 1
    while first > 0 and same(first - 1):
        first -= 1
    while end < len(boxes) and same(end):
        end += 1
    return first, end
