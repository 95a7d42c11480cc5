"""The captions of a source's pictures: the line under one that says what it shows.

A picture that the source only refers to leaves its place as a row with the block ``MISSING``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from booklet.intake.pieces.byline import is_byline
from booklet.intake.source import Row
from booklet.manuscript.headings import is_heading

MISSING = "![](?)"
NOT_SAVED = "图片-11"
LONGEST = 60  # characters of a caption
LONGEST_BY_LOOKS = 40
SMALLER = 0.7  # pt that a caption is smaller than the text
SAYS_SO = ("图为", "图：", "图 ", "▲", "△", "（图", "图片说明", "左图", "右图", "上图", "下图",
           "图1", "图2", "图3", "图4", "图5", "图6", "图7", "图8", "图9")  # fmt: skip


def is_missing(block: str) -> bool:
    """Tell whether a block is the place of a picture that is not at hand."""
    return block.startswith("![") and block.endswith("](?)")


def captioned(rows: Sequence[Row]) -> list[Row]:
    """Return rows with the line under a picture made its caption, where it reads or looks like one."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.plain) * (not row.block)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    out: list[Row] = []
    for row in rows:
        above = out[-1].block if out else ""
        if above.startswith("![](") and is_caption(row, usual):
            caption = row.plain.lstrip("▲△ ").replace("[", "〔").replace("]", "〕")
            out[-1] = replace(out[-1], block=above.replace("![](", f"![{caption}](", 1))
        else:
            out.append(row)
    return out


def is_caption(row: Row, usual: float) -> bool:
    """Tell whether a row under a picture is its caption; ``usual`` is the size of the text in pt."""
    text = row.plain
    if row.block or not text or len(text) > LONGEST:
        return False
    if text.startswith(SAYS_SO):
        return True
    if len(text) > LONGEST_BY_LOOKS or row.level or row.bold or row.face in ("title", "hei"):
        return False
    if is_heading(text) or is_byline(text) or (text[-1] in "。！？：:" and not row.centred):
        return False
    smaller = bool(usual and row.size) and row.size <= usual - SMALLER
    return smaller or (row.centred and row.size <= usual)
