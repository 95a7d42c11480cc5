"""Paragraphs made whole again: lines that a page or a column has cut are joined, others are left apart.

How a file was cut is told by all of its rows: lines of one width are those of a page; a few rows without a
stop are paragraphs that a column's end has cut; many are a text that is written so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.intake.pieces.byline import is_byline
from booklet.intake.pieces.captions import is_missing
from booklet.intake.pieces.piece import Para
from booklet.intake.source import Entry, Row
from booklet.manuscript.headings import level_of

LABEL = re.compile(r"[^\s，。：:、]{1,8}[：:]")
STRAY = "分篇-02"
REAL = 18  # characters; a shorter row of a Word file or a page is whole, whatever it ends in
PROSE_END = "。！？…”）"
STOPS = PROSE_END + "：；.!?;:"
NARROW, WIDE = 14, 60  # characters of a line of a page
SLACK = 2  # characters by which lines of one width may differ: a mark is never first
FEW, MOSTLY = (
    3,
    0.8,
)  # rows without a stop that are full, and their share of all such, where a page cut them
MOST_OPEN = 0.4  # of the rows; more without a stop are written so


@dataclass(frozen=True, slots=True)
class Cut:
    """How a file was cut: ``width`` of the lines of its page, 0 for none; whether ``columns`` cut it.

    ``indented`` tells that each paragraph begins with blanks.
    """

    width: int = 0
    columns: bool = True
    indented: bool = False


def cut_of(texts: Sequence[Row]) -> Cut:
    """Return how a file was cut whose text these rows are."""
    if not texts or any(row.size for row in texts):
        return Cut()
    open_rows = [len(row.plain) for row in texts if row.plain[-1:] not in STOPS]
    longest = max(len(row.plain) for row in texts)
    full = sum(length >= longest - SLACK for length in open_rows)
    long = [row for row in texts if len(row.plain) > NARROW]
    open_ended = sum(row.plain[-1:] not in STOPS for row in long)
    wrapped = NARROW <= longest <= WIDE and full >= FEW and full >= MOSTLY * len(open_rows)
    indented = sum(row.indented for row in texts)
    if wrapped:
        return Cut(longest, True, 0.05 * len(texts) < indented < 0.8 * len(texts))
    return Cut(0, open_ended <= MOST_OPEN * len(long))


def join_paragraphs(
    rows: Sequence[Row], kinds: Sequence[str], place: str, cut: Cut = Cut()
) -> tuple[tuple[Para, ...], list[Entry]]:
    """Return paragraphs and headings, those that were cut in two joined again; ``place`` is the file."""
    done: list[Para] = []
    entries: list[Entry] = []
    last: Row | None = None
    for row, kind in zip(rows, kinds, strict=True):
        text = row.plain
        if last is not None and done and goes_on(done[-1], last, row, kind, cut):
            before = f"{done[-1].text[-10:]}｜{text[:10]}"
            what = "接上被分栏切断的段落" if not cut.width else "接上被换行切断的段落"
            after = before.replace("｜", "")
            if may_join(done[-1].text, row.text):
                entries.append(Entry("done", "分栏-01", place, row.line, what, before, after))
            else:
                asked = "换行处的数字或字母接在一起，请与原件核对"
                entries.append(
                    Entry("asked", "分栏-02", place, row.line, asked, f"{before} → {after}")
                )
            done[-1] = replace(done[-1], text=done[-1].text + row.text)
            last = row
            continue
        done.append(para_of(row, kind))
        stray = kind == "S" and "，" not in text and not row.size and not cut.width and cut.columns
        if stray:
            what = "这一行像标题或署名，暂且独立成段"
            fix = "是标题就移到文稿开头，或另立一篇"
            entries.append(Entry("asked", STRAY, place, row.line, what, text, fix=fix))
        last = None if stray or kind not in "PS" else row
    return tuple(done), entries


def goes_on(para: Para, last: Row, row: Row, kind: str, cut: Cut) -> bool:
    """Tell whether a row goes on with the paragraph whose last row is given."""
    if kind not in "PSA" or "\t" in para.text + row.text:
        return False
    if not cut.width and not may_join(para.text, row.text):
        return False
    if kind == "S" and is_byline(row.plain):  # the rest of a paragraph would end in a stop
        return False
    if LABEL.match(row.plain):  # 主持人：……, 地点：……
        return False
    if cut.width:
        full = len(last.plain) >= cut.width - SLACK
        if cut.indented:
            return full and not row.indented
        return full and last.plain[-1:] not in PROSE_END
    if not cut.columns or last.plain[-1:] in PROSE_END:
        return False
    return not (row.size and len(para.text) < REAL)


def para_of(row: Row, kind: str) -> Para:
    """Return a row as a paragraph of a piece."""
    if is_missing(row.block):
        return Para(row.line, row.block, "missing")
    if row.block:
        return Para(row.line, row.block, "block")
    if row.item:
        return Para(row.line, row.text, "item")
    if kind in "HT":
        return Para(row.line, row.plain, "heading", min(max(level_of(row.plain), 1), 4))
    return Para(row.line, row.text)


def may_join(left: str, right: str) -> bool:
    """Tell whether two halves may be joined: never digits or Latin words, nor rows of a table."""
    ascii_both = left[-1].isascii() and right[0].isascii()
    return not ascii_both and "\t" not in left + right and not re.match("[-—•·*]", right)
