"""Rows to pieces: masthead, editor's note, speeches with title and byline, paragraphs whole.

Each row is of a kind: a title by its looks (T), short (S), a note's label (N), a date (D), a heading
(H), a block (B), an address (A), prose (P). Short rows that stand together above prose are the head
of a piece; what they are is told by their looks where a file has any, and by their words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from booklet.intake.pieces.byline import LABEL, NOTE_LABELS, byline_rows, is_byline, split_byline
from booklet.intake.pieces.captions import captioned, is_missing
from booklet.intake.source import Entry, Row, Source
from booklet.manuscript.headings import is_heading, level_of

NO_TEXT = ("block", "missing")  # kinds of paragraph that are none
SHORT = 45  # characters; a title or a byline is not longer
LONGEST_TITLE = 70  # … unless it looks like one
ADDRESS = 24  # characters; a longer line that ends in ： goes on
LARGER = 2.4  # pt that a title is larger than the text
MUCH_LARGER = 3.5  # pt that a masthead is larger than the title under it
REAL = 18  # characters; a shorter row of a Word file or a page is whole, whatever it ends in
PROSE_END = "。！？…”）"
INNER_STOP = re.compile(r"[。！？；：](?!$)|[。；：]$|[，、…]$")  # what a title never has
DATE = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|[二〇○零一三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
DATE_ROW = re.compile(rf"[（(]?\s*(?:{DATE})(?:\s*[，,　 ]?\s*[\u4e00-\u9fff]{{2,6}})?\s*[）)]?")
MASTHEAD = re.compile(
    r"(?:摘要|摘登|纪要|选登|侧记|综述|发言|座谈会|研讨会|大会|报告会|会议|交流会|汇编|专题|特刊)$"
)
SUBTITLE = re.compile(r"——|——.*|在.*(?:上的)?(?:发言|讲话|致辞)$")
LONGEST_OPENING = 800  # characters of a note without a label
OPENING = re.compile(
    r"(?:摘登|摘编|摘发|刊登|刊发|整理|选登|推出).{0,8}(?:如下|以飨|，|。|$)|(?:发言|讲话).{0,10}如下|以飨读者|召开.{0,30}(?:座谈会|研讨会|报告会|交流会).*发言"
)
NOTE_ROW = re.compile(rf"[【〔\[（(]?(?:{'|'.join(NOTE_LABELS)})(?:[：:】〕\]）)]+|$)[ 　]*")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, heading, list item or block of a piece, or where a picture is missing.

    ``level`` is that of a heading.
    """

    line: int
    text: str
    kind: str = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One speech or note of a source, its paragraphs whole and in order."""

    kind: str
    title: tuple[str, ...]
    speaker: str
    designation: str
    paragraphs: tuple[Para, ...]
    line: int
    source: str = ""
    dates: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return all its prose, a line a paragraph."""
        return "\n".join(para.text for para in self.paragraphs if para.kind not in NO_TEXT)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a piece begins: ``start`` to ``end`` are its rows' indexes."""

    kind: str
    start: int
    end: int
    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a source's rows come to."""

    masthead: tuple[str, ...]
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...] = field(default=())


def read_pieces(source: Source, alone: bool) -> Told:
    """Tell the pieces of a source apart; ``alone`` if it is the only file of the import."""
    rows = [part for row in source.rows for part in label_apart(trimmed(row))]
    rows = captioned([row for row in rows if row.plain or row.block])
    if not rows:
        return Told((), ())
    kinds = kinds_of(rows)
    entries: list[Entry] = []
    heads = find_heads(rows, kinds)
    masthead: tuple[str, ...] = ()
    pieces = []
    first = heads[0].start if heads else len(rows)
    if first:  # what stands before the first headline is not lost
        front, front_kinds = rows[:first], kinds[:first]
        if opened := opening(front, front_kinds, heads, source, entries):
            masthead, piece = opened
        else:
            piece = lone_piece(front, front_kinds, source, alone or bool(heads), entries)
        pieces.append(piece)
    for at, head in enumerate(heads):
        end = heads[at + 1].start if at + 1 < len(heads) else len(rows)
        body, body_kinds = rows[head.end : end], kinds[head.end : end]
        for date in head.dates:
            what = "标题下的日期没有排入，记在文稿开头的注释里"
            line = rows[head.start].line
            entries.append(Entry("done", "日期-02", source.name, line, what, date, ""))
        if head.kind == "masthead":
            masthead = masthead or head.title
            if body:
                pieces.append(lone_piece(body, body_kinds, source, alone, entries))
            continue
        if not pieces and not head.byline and (
            opened := opening(rows[head.start : end], kinds[head.start : end], heads[at + 1 :], source, entries)
        ):  # fmt: skip
            masthead, piece = masthead or opened[0], opened[1]
            pieces.append(piece)
            continue
        speaker, designation = split_byline(head.byline)
        paragraphs = join_paragraphs(body, body_kinds, source, entries)
        if head.kind == "speech" and not speaker:
            fix = "在这一篇的 speaker 里写上"
            entries.append(Entry("asked", "署名-01", source.name, rows[head.start].line,
                                 f"没有认出发言人：{''.join(head.title)}", fix=fix))  # fmt: skip
            speaker = "（请写发言人）"
        pieces.append(Piece(head.kind, head.title, speaker, designation, paragraphs,
                            rows[head.start].line, source.name, head.dates))  # fmt: skip
    return Told(masthead, tuple(pieces), tuple(entries))


def trimmed(row: Row) -> Row:
    """Return a row without blanks around it."""
    return replace(row, text=row.text.strip(" \t\u3000\xa0"))


def label_apart(row: Row) -> list[Row]:
    """Return a row, an editor's note's label taken off its head: 编者按：…… is two rows."""
    match = NOTE_ROW.match(row.text)
    if not match or row.block:
        return [row]
    label = next(label for label in NOTE_LABELS if label in match[0])
    rest = row.text[match.end() :].rstrip("】〕")
    return [replace(row, text=label), *([replace(row, text=rest)] if rest else [])]


# ---- What each row is ------------------------------------------------------------------------


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
    if is_heading(text):
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


# ---- Where pieces begin ----------------------------------------------------------------------


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


# ---- One piece -------------------------------------------------------------------------------


def opening(
    rows: Sequence[Row],
    kinds: Sequence[str],
    heads: Sequence[Head],
    source: Source,
    entries: list[Entry],
) -> tuple[tuple[str, ...], Piece] | None:
    """Return (masthead, note) of what stands before the speeches and tells of the meeting.

    None where it may be a speech itself: long, or no speech with a byline follows, or its words do
    not say that speeches do.
    """
    titles = [row.plain for row, kind in zip(rows, kinds, strict=True) if kind in "TS"]
    body = [(row, kind) for row, kind in zip(rows, kinds, strict=True) if kind not in "TSD"]
    said = "".join(row.plain for row, _ in body)
    named = any(head.kind == "speech" and head.byline for head in heads)
    if not (named and said and len(said) <= LONGEST_OPENING and OPENING.search(said)):
        return None
    what = "开头的话说的是会议本身，当作编者按；它上面的标题当作书名"
    fix = "不是编者按，就改这一篇的 kind 和 title"
    entries.append(Entry("asked", "分篇-03", source.name, rows[0].line, what, said[:40], fix=fix))
    paragraphs = join_paragraphs([r for r, _ in body], [k for _, k in body], source, entries)
    return tuple(titles), Piece(
        "note", (NOTE_LABELS[0],), "", "", paragraphs, rows[0].line, source.name
    )


def lone_piece(
    rows: Sequence[Row], kinds: Sequence[str], source: Source, told: bool, entries: list[Entry]
) -> Piece:
    """Return rows as one speech where no byline tells who speaks; ``told`` asks about it."""
    titled = len(rows) > 1 and kinds[0] in "TS"
    title = tuple(title_parts(rows[0].plain)) if titled else ("（请写标题）",)
    body = 1 if titled else 0
    shorts = [row.plain for row, kind in zip(rows[1:3], kinds[1:3], strict=True) if kind == "S"]
    count = byline_rows(shorts) if titled and kinds[1] == "S" and len(rows) > 2 else 0
    speaker, designation = split_byline(shorts[:count]) if count else ("", "")
    dates = tuple(
        row.plain for row, kind in zip(rows[: body + count + 1], kinds, strict=False) if kind == "D"
    )
    if told and not speaker:
        what = "没有认出标题和署名，这一部分当作一篇发言"
        fix = "在文件里把每篇的标题、署名各放一行，前后空行，再导入；或者直接改文稿的 title 和 speaker"
        entries.append(
            Entry("asked", "分篇-01", source.name, rows[0].line, what, rows[0].plain[:40], fix=fix)
        )
    paragraphs = join_paragraphs(rows[body + count :], kinds[body + count :], source, entries)
    return Piece("speech", title, speaker or "（请写发言人）", designation, paragraphs, rows[0].line,
                 source.name, dates)  # fmt: skip


def join_paragraphs(
    rows: Sequence[Row], kinds: Sequence[str], source: Source, entries: list[Entry]
) -> tuple[Para, ...]:
    """Return paragraphs and headings, those that a column's end had cut in two joined again."""
    done: list[Para] = []
    open_ended = False
    for row, kind in zip(rows, kinds, strict=True):
        text = row.plain
        whole = bool(row.size) and (done and len(done[-1].text) < REAL)
        if open_ended and not whole and kind in "PSA" and may_join(done[-1].text, row.text):
            before = f"{done[-1].text[-10:]}｜{text[:10]}"
            what = "接上被分栏切断的段落"
            entries.append(
                Entry(
                    "done", "分栏-01", source.name, row.line, what, before, before.replace("｜", "")
                )
            )
            done[-1] = replace(done[-1], text=done[-1].text + row.text)
        else:
            done.append(para_of(row, kind))
            if kind == "S" and "，" not in text and not row.size:
                what = f"这一行像标题或署名，暂且独立成段：{text}"
                fix = "是标题就移到文稿开头，或另立一篇"
                entries.append(Entry("asked", "分篇-02", source.name, row.line, what, fix=fix))
                open_ended = False
                continue
        address = kind == "A"
        open_ended = kind in "PS" and not address and done[-1].text[-1:] not in PROSE_END
    return tuple(done)


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
    return not ascii_both and "\t" not in left + right
