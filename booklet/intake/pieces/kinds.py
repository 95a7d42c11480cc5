"""What each row of a source is, told by its looks where the file has any, and by its words.

A title by its looks (T), short (S), a note's label (N), a date (D), a heading (H), a block (B), an
address (A), prose (P).
"""

import re
from collections import Counter
from collections.abc import Sequence

from booklet.intake.pieces.byline import LABEL, NOTE_LABELS, is_byline
from booklet.intake.source import Row
from booklet.manuscript.headings import is_heading, level_of

SHORT = 45  # characters; a title or a byline is not longer
LONGEST_TITLE = 70  # … unless it looks like one
ADDRESS = 24  # characters; a longer line that ends in ： goes on
LARGER = 2.4  # pt that a title is larger than the text
INNER_STOP = re.compile(r"[。！？；：](?!$)|[。；：]$|[，、…]$")  # what a title never has
DATE = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|[二〇○零一三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
DATE_ROW = re.compile(rf"[（(]?\s*(?:{DATE})(?:\s*[，,　 ]?\s*[\u4e00-\u9fff]{{2,6}})?\s*[）)]?")


def kinds_of(rows: Sequence[Row]) -> list[str]:
    """Return the kind of each row."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.plain)
    usual = sizes.most_common(1)[0][0]
    styled = [row.level for row in rows if row.level and not level_of(row.plain)]
    top = min(styled, default=0)
    mostly_bold = sum(len(r.plain) for r in rows if r.bold) > sum(len(r.plain) for r in rows) / 2
    kinds = [kind_of(row, usual, top, mostly_bold) for row in rows]
    tops = [at for at, kind in enumerate(kinds) if kind == "T" and rows[at].level == top > 0]
    for at in tops[1:]:  # headings of one speech, unless a byline tells that each begins another
        near = [
            rows[n].plain
            for n in (at - 1, at + 1, at + 2)
            if 0 <= n < len(rows) and kinds[n] == "S"
        ]
        if not any(is_byline(text) for text in near) and kinds[at - 1] != "T":
            kinds[at] = "H"
    return kinds


def kind_of(row: Row, usual: float, top: int, mostly_bold: bool) -> str:
    """Return the kind of a row; ``usual`` is the size of most text, ``top`` the highest style."""
    text = row.plain
    if row.block or row.item:
        return "B"
    if text in NOTE_LABELS:
        return "N"
    if DATE_ROW.fullmatch(text):
        return "D"
    marked = level_of(text) > 0
    if row.level and len(text) <= LONGEST_TITLE:
        return "T" if row.level == top and not marked else "H"
    looks = row.face in ("kai", "hei") or (row.bold and not mostly_bold)
    if is_heading(text) or (marked and looks and len(text) <= SHORT and text.count("。") < 2):
        return "H"
    named = LABEL.match(text) and is_byline(text)
    stopped = INNER_STOP.search(text) and not named
    short = 0 < len(text) <= LONGEST_TITLE and not marked and not stopped
    if short and (row.face == "title" or (usual and row.size >= usual + LARGER)):
        return "T"
    if len(text) <= ADDRESS and text[-1:] in "：:":
        return "A"
    if short and len(text) <= SHORT:
        heavy = row.face == "hei" or (row.bold and not mostly_bold)
        if heavy and usual and not row.centred and not is_byline(text):
            return "H"
        return "S" if text[-1:] not in "！？" or row.centred else "P"
    return "P"
