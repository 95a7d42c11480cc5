"""Measure a finished PDF from where its glyphs stand: ``booklet check --pages``.

Knows nothing of how lines were made, only what they should not part: reads the file with PDFium, and
the edition's sizes. Looks at the lines
set in body type; a line is a row of characters with one baseline. Positions in pt from the left and
the foot of the page; reported lengths in em of the body type.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from booklet.compose.keeping import kept_together
from booklet.dress import read_dress
from booklet.edition import PT_PER_MM, Edition, read_edition
from booklet.errors import Finding
from booklet.finish.pictures import opened
from booklet.paths import TYPE
from booklet.text.clreq import (
    CLOSERS,
    CLOSING,
    MAY_NOT_END_LINE,
    MAY_NOT_START_LINE,
    OPENING,
    is_han,
)

PT_PER_PX = 0.75  # WeasyPrint writes type sizes in pixels, under a matrix
SAME_SIZE = 0.05  # pt
FLUSH = 0.02  # em that a line may end off the edge
PAIR = 0.57  # em from one mark to the next where one of them is squeezed
GAP = (0.12, 0.355)  # em between Han and Latin, rounding of the file included
EXPANSION = 0.055  # em that two Han may stand apart, rounding of the file included
ROUNDING = 0.01  # em of the file
GRID = 0.1  # pt that a baseline may stand off the grid
DASHES = ("——", "……")
BLANKS = " \u3000"  # as they are typed


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on the page: its origin, its baseline, and where its advance ends.

    ``spaced`` tells that a blank was typed before it.
    """

    char: str
    x: float
    y: float
    right: float
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of body type. ``page`` counts from 0; ``ends`` tells that a paragraph ends here."""

    page: int
    glyphs: tuple[Glyph, ...]
    left: float  # of the type area
    ends: bool
    starts: bool

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(slots=True)
class Report:
    """What was measured: how many lines, the worst and the mean of each length, and every fault."""

    lines: int = 0
    worst: dict[str, float] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)  # (page from 0, what, line)

    def measure(self, what: str, value: float) -> float:
        """Keep the largest value of a kind."""
        self.worst[what] = max(self.worst.get(what, 0.0), value)
        return value

    def findings(self, name: str, labels: Sequence[str]) -> list[Finding]:
        """Return the faults as warnings that name the page by its label."""
        return [
            Finding(name, 0, f"第 {labels[page]} 页：{what}：{text[:12]}…{text[-8:]}", "", "warning", "版面-01")
            for page, what, text in self.faults
        ]  # fmt: skip


def check_file(pdf: Path, toml: Path, kept: Sequence[str] = ()) -> tuple[Report, list[Finding]]:
    """Measure a finished file in the sizes of its edition; a missing one is told.

    ``kept`` are the names that no line should part.
    """
    with opened(pdf) as document:
        edition = read_edition(toml)
        heading_pt = read_dress(toml.parent / TYPE.name, edition)["heading"].size_pt
        report = check_pages(document, edition, heading_pt, kept)
        labels = [document.get_page_label(number) for number in range(len(document))]
    return report, report.findings(str(pdf), labels)


def check_pages(
    document: pdfium.PdfDocument, edition: Edition, heading_pt: float, kept: Sequence[str] = ()
) -> Report:
    """Return the measurements of a document's text pages: those with Arabic numbers.

    ``heading_pt`` is the type size of headings.
    """
    report = Report()
    pages = [
        rows
        for number, page in enumerate(document)
        if document.get_page_label(number).isdecimal()
        and (rows := page_rows(page, number, edition))
    ]
    for number, page in enumerate(document):
        if document.get_page_label(number).isdecimal() and (
            heading := stranded(page, edition, heading_pt)
        ):
            report.faults.append((number, "标题落在页末", heading))
    for rows, following in zip(pages, [*pages[1:], []], strict=True):
        over = bool(following) and following[0].page == rows[0].page + 1 and not following[0].starts
        rows[-1] = replace(rows[-1], ends=not over)
        check_grid(rows, edition, report)
        for row in rows:
            report.lines += 1
            check_row(row, edition, report)
    for above, below in pairwise([row for rows in pages for row in rows]):
        if not above.ends and not below.starts and below.page - above.page < 2:
            check_break(above, below, report, kept)
    for before, after in pairwise(pages):
        check_turn(before, after, report)
    return report


# ---- Reading the page ------------------------------------------------------------------------


def page_rows(
    page: pdfium.PdfPage, number: int, edition: Edition, unit_pt: float = PT_PER_PX
) -> list[Row]:
    """Return the lines of body type on a page, from its head to its foot.

    ``unit_pt`` is what the file counts type sizes in.
    """
    em, measure = edition.type_pt, edition.measure_pt
    spine, fore_edge = edition.spine_mm * PT_PER_MM, edition.fore_edge_mm * PT_PER_MM
    left = fore_edge if number % 2 else spine  # page 0 is a right-hand page
    found: dict[float, list[Glyph]] = {}
    for glyph in glyphs_of(page, em, unit_pt):
        if left - 0.6 * em <= glyph.x <= left + measure:
            found.setdefault(round(glyph.y, 1), []).append(glyph)
    # In a line as read: the origin of a squeezed （ may lie before the letter that precedes it.
    lines = sorted(found.items(), reverse=True)
    rows = []
    for at, (y, glyphs) in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        alone = below is not None and y - below[0] > edition.line_pt * 1.5
        ends = alone or (below is not None and is_indented(below[1], left, em))
        rows.append(Row(number, tuple(glyphs), left, ends, is_indented(glyphs, left, em)))
    return rows


def stranded(page: pdfium.PdfPage, edition: Edition, heading_pt: float) -> str:
    """Return the heading that is the last thing on a page, or ""."""
    foot = edition.foot_mm * PT_PER_MM - 1
    heads = [glyph for glyph in glyphs_of(page, heading_pt) if glyph.y > foot]
    text = page.get_textpage()
    last = min((glyph.y for glyph in heads), default=0.0)
    below = text.get_text_bounded(0, foot, page.get_width(), last - 3) if heads else "."
    return "" if below.strip() else "".join(g.char for g in heads if abs(g.y - last) < 1)


def glyphs_of(page: pdfium.PdfPage, size_pt: float, unit_pt: float = PT_PER_PX) -> Iterator[Glyph]:
    """Yield the characters of one type size."""
    text = page.get_textpage()
    spaced = False
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # half of a character; the other half follows at the same place
            low = raw.FPDFText_GetUnicode(text, index + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        elif 0xDC00 <= code < 0xE000:
            continue
        char = chr(code)
        size = raw.FPDFText_GetFontSize(text, index) * unit_pt
        if char.isspace():
            spaced = spaced or (char in BLANKS and not raw.FPDFText_IsGenerated(text, index))
            continue
        if abs(size - size_pt) > SAME_SIZE:
            spaced = False
            continue
        x, y = raw.c_double(), raw.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        loose = text.get_charbox(index, loose=True)
        wide = is_han(char) or char in CLOSING or char in OPENING
        yield Glyph(char, x.value, y.value, x.value + size_pt if wide else loose[2], spaced)
        spaced = False


def is_indented(glyphs: Sequence[Glyph], left: float, em: float) -> bool:
    """Tell whether a line begins a paragraph: two em in, or with a list's number and then two em in."""
    marker = re.match(r"\d{1,2}\.|·", "".join(glyph.char for glyph in glyphs[:3]))
    if marker and marker.end() < len(glyphs) and glyphs[marker.end()].x > left + 1.8 * em:
        return True
    return glyphs[0].x > left + 1.2 * em


# ---- What is measured ------------------------------------------------------------------------


def check_row(row: Row, edition: Edition, report: Report) -> None:
    """Measure one line: its edge, its ends, the distances inside it."""
    em = edition.type_pt
    first, last = row.glyphs[0], row.glyphs[-1]
    inset = (first.x - row.left) / em > 2.5 or (not row.starts and first.x > row.left + 0.6 * em)
    if not row.ends and not inset:
        half = 0.5 * em if last.char in CLOSING else 0.0
        off = abs(last.right - half - row.left - edition.measure_pt) / em
        measured = not last.char.isascii() and last.char not in "—…·"  # drawn narrower than set
        if measured and report.measure("行尾偏差", off) > FLUSH:
            report.faults.append((row.page, f"行尾不齐（差 {off:.2f} 字）", row.text))
    for left, right in pairwise(row.glyphs):
        check_pair(left, right, row, em, report)


def check_pair(left: Glyph, right: Glyph, row: Row, em: float, report: Report) -> None:
    """Measure the distance between two neighbours of a line."""
    step, gap = (right.x - left.x) / em, (right.x - left.right) / em
    if step > 8:  # another column of something that is not running text
        return
    marks = (left.char in CLOSING and right.char in CLOSING | OPENING) or (
        left.char in OPENING and right.char in OPENING
    )
    bracket = {left.char, right.char} & (CLOSERS | OPENING)
    if marks and bracket and report.measure("相邻标点", step) > PAIR:
        report.faults.append((row.page, f"标点没有挤压“{left.char}{right.char}”", row.text))
    typed = right.spaced or abs(gap - 2) < ROUNDING  # the reader takes two blanks for none
    both_han = is_han(left.char) and is_han(right.char) and not typed
    if both_han and report.measure("汉字间距", gap) > EXPANSION:
        report.faults.append(
            (row.page, f"字距拉开 {gap:.3f} 字“{left.char}{right.char}”", row.text)
        )
    latin = (
        left.char.isascii() and left.char.isalnum(),
        right.char.isascii() and right.char.isalnum(),
    )
    if (is_han(left.char) and latin[1]) or (latin[0] and is_han(right.char)):
        report.measure("汉字与数字的间隙", gap)
        if not GAP[0] <= gap <= GAP[1]:
            report.faults.append((row.page, f"汉字与数字间隙 {gap:.2f} 字", row.text))


def check_break(above: Row, below: Row, report: Report, kept: Sequence[str] = ()) -> None:
    """Check what stands on either side of a line end inside a paragraph."""
    last, first = above.text[-1], below.text[0]
    if first in MAY_NOT_START_LINE or first in "—…":
        report.faults.append((below.page, f"行首有“{first}”", below.text))
    address = last == "/" and first.isascii()  # https://… may end a line after its own marks
    if (last in MAY_NOT_END_LINE and not address) or last + first in DASHES:
        report.faults.append((above.page, f"行尾有“{last}”", above.text))
    joined = above.text[-12:] + below.text[:12]
    at = len(above.text[-12:])
    for start, end in kept_together(joined):
        if start < at < end:
            report.faults.append((above.page, f"分在两行“{joined[start:end]}”", above.text))
    for name in kept:
        if 0 < at - joined.find(name) < len(name) and name in joined:
            report.faults.append((above.page, f"分在两行“{name}”", above.text))
    if below.ends and len(re.sub(r"\W", "", below.text)) < 2:
        report.faults.append((below.page, "末行只有一个字", below.text))


def check_turn(before: Sequence[Row], after: Sequence[Row], report: Report) -> None:
    """Check the lines on either side of a page's end."""
    last, first = before[-1], after[0]
    if after[0].page != before[0].page + 1:
        return
    if last.starts and not last.ends and not first.starts:
        report.faults.append((last.page, "段首孤行留在页末", last.text))
    if not first.starts and first.ends and not last.ends and len(after) > 1:
        report.faults.append((first.page, "段末孤行落在页首", first.text))


def check_grid(rows: Sequence[Row], edition: Edition, report: Report) -> None:
    """Check that all baselines of a page are whole lines apart."""
    base = rows[0].glyphs[0].y
    for row in rows:
        off = abs(base - row.glyphs[0].y) % edition.line_pt
        off = min(off, edition.line_pt - off)
        if report.measure("基线偏差（磅）", off) > GRID:
            report.faults.append((row.page, f"基线不在格上（差 {off:.2f} 磅）", row.text))
