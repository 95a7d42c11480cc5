"""Where pieces begin: short rows that stand together above prose are the head of one.

What each of them is, masthead, title or byline, is told by their looks where a file has any, and by
their words. The kinds of rows are those of ``kinds``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from booklet.intake.pieces.byline import byline_rows, is_byline
from booklet.intake.source import Row

MUCH_LARGER = 3.5  # pt that a masthead is larger than the title under it
MASTHEAD = re.compile(
    r"(?:摘要|摘登|纪要|选登|侧记|综述|发言|座谈会|研讨会|大会|报告会|会议|交流会|汇编|专题|特刊)$"
)
SUBTITLE = re.compile(r"——|——.*|在.*(?:上的)?(?:发言|讲话|致辞)$")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a piece begins: ``start`` to ``end`` are its rows' indexes."""

    kind: str
    start: int
    end: int
    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def find_heads(rows: Sequence[Row], kinds: Sequence[str]) -> list[Head]:
    """Return where mastheads, notes and speeches begin."""
    heads: list[Head] = []
    at = 0
    while at < len(rows):
        if kinds[at] not in "TSND":
            at += 1
            continue
        end = at
        while end < len(rows) and kinds[end] in "TSND":
            end += 1
        if end < len(rows) or "T" in kinds[at:end]:  # short rows at the very end are no head
            heads += heads_of(rows, kinds, at, end)
        at = end
    return heads


def heads_of(rows: Sequence[Row], kinds: Sequence[str], start: int, end: int) -> list[Head]:
    """Return the heads that a group of short rows comes to; none for a stray short row."""
    labels = [at for at in range(start, end) if kinds[at] == "N"]
    if labels:
        at = labels[0]
        before = [n for n in range(start, at) if kinds[n] != "D"]
        dates = tuple(rows[n].plain for n in range(start, at) if kinds[n] == "D")
        shown = tuple(rows[n].plain for n in before)
        heads = [Head("masthead", start, at, shown, (), dates)] if before else []
        if at + 1 < end:
            after = heads_of(rows, kinds, at + 1, end)
            if after:
                return [*heads, Head("note", at, after[0].start, (rows[at].plain,)), *after]
        return [*heads, Head("note", at, at + 1, (rows[at].plain,))]
    dates = tuple(rows[n].plain for n in range(start, end) if kinds[n] == "D")
    inner = [n for n in range(start, end) if kinds[n] != "D"]
    if any(kinds[n] == "T" for n in inner):
        return heads_by_looks(rows, kinds, inner, end, dates)
    return heads_by_words(rows, inner, start, end, dates)


def heads_by_looks(
    rows: Sequence[Row],
    kinds: Sequence[str],
    inner: Sequence[int],
    end: int,
    dates: tuple[str, ...],
) -> list[Head]:
    """Return the heads of a group in which some rows look like titles."""
    titles = [n for n in inner if kinds[n] == "T"]
    last = titles[-1]
    cluster = [last]
    while cluster[0] - 1 in titles and one_title(rows[cluster[0] - 1], rows[last]):
        cluster.insert(0, cluster[0] - 1)
    after = [n for n in inner if n > last]
    before = [n for n in inner if n < cluster[0]]
    while after and SUBTITLE.match(rows[after[0]].plain):
        cluster.append(after.pop(0))
    count = byline_rows([rows[n].plain for n in after])
    if not count and after and (rows[after[0]].centred or rows[after[0]].face == "kai"):
        count = 1
    byline = after[:count]
    body = after[count] if count < len(after) else end
    if not count and not after and before:
        count = next((n for n in (2, 1) if len(before) >= n and byline_rows(
            [rows[b].plain for b in before[-n:]]) == n and kinds[before[-1]] != "T"), 0)  # fmt: skip
        byline, before = (before[-count:], before[:-count]) if count else ([], before)
    heads = []
    if before:
        heads.append(
            Head(
                "masthead",
                before[0],
                min([*cluster, *byline]),
                tuple(rows[n].plain for n in before),
            )
        )
    start = min([*cluster, *byline]) if before or not inner else inner[0]
    title = tuple(part for n in cluster for part in title_parts(rows[n].plain))
    return [*heads, Head("speech", start, body, title, tuple(rows[n].plain for n in byline), dates)]


def one_title(above: Row, below: Row) -> bool:
    """Tell whether two rows that look like titles are lines of one."""
    return above.level == below.level and above.size - below.size < MUCH_LARGER


def heads_by_words(
    rows: Sequence[Row], inner: Sequence[int], start: int, end: int, dates: tuple[str, ...]
) -> list[Head]:
    """Return the heads of a group in which rows are short and nothing else is known of them."""
    texts = [rows[n].plain for n in inner]
    heads: list[Head] = []
    if count := next((n for n in (2, 1) if len(texts) > n and byline_rows(texts[-n:]) == n), 0):
        byline, titles, body = inner[-count:], list(inner[:-count]), end
        shown = next(
            (
                k
                for k in range(len(titles) - 1, 0, -1)
                if MASTHEAD.search(rows[titles[k - 1]].plain)
            ),
            0,
        )
        if shown:
            names = tuple(rows[n].plain for n in titles[:shown])
            heads.append(Head("masthead", titles[0], titles[shown], names))
            titles = titles[shown:]
        two = len(titles) == 2 and not is_byline(rows[titles[0]].plain)
        two = two or (len(titles) > 1 and bool(SUBTITLE.match(rows[titles[-1]].plain)))
        kept = titles[-2:] if two else titles[-1:]
    elif count := next((n for n in (2, 1) if len(texts) > n and byline_rows(texts[:n]) == n), 0):
        byline, titles = inner[:count], list(inner[count:])
        kept = titles if len(titles) <= 2 else titles[:1]
        body = titles[len(kept)] if len(kept) < len(titles) else end
    else:
        return []
    title = tuple(part for n in kept for part in title_parts(rows[n].plain))
    named = tuple(rows[n].plain for n in byline)
    return [*heads, Head("speech", min([*kept, *byline]), body, title, named, dates)]


def title_parts(title: str) -> list[str]:
    """Return the parts of a title that blanks divide."""
    return title.split() or [title]
