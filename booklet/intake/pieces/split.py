"""Rows to pieces: masthead, editor's note, speeches with title and byline, paragraphs whole.

``kinds`` says what each row is, ``heads`` where pieces begin; here they are put together.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from booklet.intake.pieces.byline import (
    NOTE_LABELS,
    byline_of_file,
    byline_rows,
    is_byline,
    split_byline,
)
from booklet.intake.pieces.captions import captioned, is_missing
from booklet.intake.pieces.heads import Head, find_heads, title_parts
from booklet.intake.pieces.kinds import kinds_of
from booklet.intake.pieces.piece import Para, Piece, Told
from booklet.intake.pieces.turns import Turn, turns_of
from booklet.intake.source import Entry, Row, Source
from booklet.manuscript.headings import level_of

REAL = 18  # characters; a shorter row of a Word file or a page is whole, whatever it ends in
PROSE_END = "。！？…”）"
LONGEST_OPENING = 800  # characters of a note without a label
OPENING = re.compile(
    r"(?:摘登|摘编|摘发|刊登|刊发|整理|选登|推出).{0,8}(?:如下|以飨|，|。|$)|(?:发言|讲话).{0,10}如下|以飨读者|召开.{0,30}(?:座谈会|研讨会|报告会|交流会).*发言"
)
NOTE_ROW = re.compile(rf"[【〔\[（(]?(?:{'|'.join(NOTE_LABELS)})(?:[：:】〕\]）)]+|$)[ 　]*")


def read_pieces(source: Source, alone: bool) -> Told:
    """Tell the pieces of a source apart; ``alone`` if it is the only file of the import."""
    rows = [part for row in source.rows for part in label_apart(trimmed(row))]
    rows = captioned([row for row in rows if row.plain or row.block])
    if not rows:
        return Told()
    kinds = kinds_of(rows)
    heads = find_heads(rows, kinds)
    if not any(head.kind == "speech" and head.byline for head in heads) and (
        turns := turns_of(rows)
    ):
        return told_turns(rows, kinds, turns, source)
    told = Told()
    first = heads[0].start if heads else len(rows)
    if first:  # what stands before the first headline is not lost
        front = (rows[:first], kinds[:first])
        told += opening(*front, heads, source) or lone_piece(
            *front, source, alone or bool(heads), not heads
        )
    for at, head in enumerate(heads):
        end = heads[at + 1].start if at + 1 < len(heads) else len(rows)
        told += told_dates(head, rows[head.start].line, source)
        whole = (rows[head.start : end], kinds[head.start : end])
        body = (rows[head.end : end], kinds[head.end : end])
        if head.kind == "masthead":
            whole_file = len(heads) == 1 and not first
            rest = lone_piece(*body, source, alone, whole_file) if body[0] else Told()
            told += Told(head.title) + rest
        elif not told.pieces and not head.byline and (
            opened := opening(*whole, heads[at + 1 :], source)
        ):  # fmt: skip
            told += opened
        else:
            told += headed_piece(head, rows[head.start].line, *body, source)
    return told


def told_turns(
    rows: Sequence[Row], kinds: Sequence[str], turns: Sequence[Turn], source: Source
) -> Told:
    """Return the speeches that begin with who speaks, and what stands before the first of them."""
    first = turns[0].at
    front, front_kinds = rows[:first], kinds[:first]
    speakers = [Head("speech", turn.at, turn.at, (), (turn.name,)) for turn in turns]
    told = opening(front, front_kinds, speakers, source) if front else Told()
    if told is None:
        count = next((n for n, kind in enumerate(front_kinds) if kind not in "TSD"), first)
        told = Told(tuple(row.plain for row in front[:count]))
        if count < first:
            told += lone_piece(front[count:], front_kinds[count:], source, True)
    pieces, entries = [], []
    for turn, end in zip(turns, [*(turn.at for turn in turns[1:]), len(rows)], strict=True):
        words = [turn.words] if turn.words.plain else []
        body = [*words, *rows[turn.at + 1 : end]]
        own = ["P"] * len(words) + list(kinds[turn.at + 1 : end])
        paragraphs, found = join_paragraphs(body, own, source)
        title = named_after(turn.name)
        line = rows[turn.at].line
        pieces.append(Piece("speech", title, turn.name, turn.post, paragraphs, line, source.name))
        entries += found
    what = f"{len(turns)} 篇都没有标题，暂以“某某的发言”为题"
    fix = "在各篇的 title 里写上标题"
    names = "、".join(turn.name for turn in turns)
    asked = Entry("asked", "分篇-04", source.name, rows[first].line, what, names[:60], fix=fix)
    return told + Told((), tuple(pieces), (asked, *entries))


def named_after(speaker: str) -> tuple[str]:
    """Return the title of a speech that has none."""
    return (f"{speaker}的发言",)


def told_dates(head: Head, line: int, source: Source) -> Told:
    """Return an entry for each date that stands with a title."""
    what = "标题下的日期没有排入，记在文稿开头的注释里"
    return Told(
        entries=tuple(
            Entry("done", "日期-02", source.name, line, what, date, "") for date in head.dates
        )
    )


def headed_piece(
    head: Head, line: int, rows: Sequence[Row], kinds: Sequence[str], source: Source
) -> Told:
    """Return the piece that a head begins, with the rows of its text."""
    speaker, designation = split_byline(head.byline)
    paragraphs, entries = join_paragraphs(rows, kinds, source)
    if head.kind == "speech" and not speaker:
        what, fix = f"没有认出发言人：{''.join(head.title)}", "在这一篇的 speaker 里写上"
        entries.append(Entry("asked", "署名-01", source.name, line, what, fix=fix))
        speaker = "（请写发言人）"
    piece = Piece(head.kind, head.title, speaker, designation, paragraphs, line, source.name,
                  head.dates)  # fmt: skip
    return Told((), (piece,), tuple(entries))


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


# ---- One piece -------------------------------------------------------------------------------


def opening(
    rows: Sequence[Row],
    kinds: Sequence[str],
    heads: Sequence[Head],
    source: Source,
) -> Told | None:
    """Return the masthead and the note of what stands before the speeches and tells of the meeting.

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
    asked = Entry("asked", "分篇-03", source.name, rows[0].line, what, said[:40], fix=fix)
    paragraphs, found = join_paragraphs([r for r, _ in body], [k for _, k in body], source)
    note = Piece("note", (NOTE_LABELS[0],), "", "", paragraphs, rows[0].line, source.name)
    return Told(tuple(titles), (note,), (asked, *found))


def lone_piece(
    rows: Sequence[Row], kinds: Sequence[str], source: Source, told: bool, whole: bool = False
) -> Told:
    """Return rows as one speech where no byline tells who speaks; ``told`` asks about it.

    The name of a file may tell it, where they are the ``whole`` of it.
    """
    entries = []
    titled = len(rows) > 1 and kinds[0] in "TS"
    title = tuple(title_parts(rows[0].plain)) if titled else ("（请写标题）",)
    body = 1 if titled else 0
    shorts = [row.plain for row, kind in zip(rows[1:3], kinds[1:3], strict=True) if kind == "S"]
    count = byline_rows(shorts) if titled and kinds[1] == "S" and len(rows) > 2 else 0
    speaker, designation = split_byline(shorts[:count]) if count else ("", "")
    dates = tuple(
        row.plain for row, kind in zip(rows[: body + count + 1], kinds, strict=False) if kind == "D"
    )
    if whole and not speaker:
        speaker, designation = byline_of_file(source.name)
        if speaker:
            what = f"按文件名写上发言人：{speaker}"
            fix = "不是他，就改这一篇的 speaker"
            entries.append(Entry("asked", "署名-02", source.name, rows[0].line, what, fix=fix))
    if speaker and not titled:
        title = named_after(speaker)
        what = "没有标题，暂以“某某的发言”为题"
        fix = "在这一篇的 title 里写上标题"
        entries.append(
            Entry("asked", "分篇-04", source.name, rows[0].line, what, title[0], fix=fix)
        )
    if told and not speaker:
        what = "没有认出标题和署名，这一部分当作一篇发言"
        fix = "在文件里把每篇的标题、署名各放一行，前后空行，再导入；或者直接改文稿的 title 和 speaker"
        entries.append(
            Entry("asked", "分篇-01", source.name, rows[0].line, what, rows[0].plain[:40], fix=fix)
        )
    paragraphs, found = join_paragraphs(rows[body + count :], kinds[body + count :], source)
    piece = Piece("speech", title, speaker or "（请写发言人）", designation, paragraphs, rows[0].line,
                  source.name, dates)  # fmt: skip
    return Told((), (piece,), (*entries, *found))


def join_paragraphs(
    rows: Sequence[Row], kinds: Sequence[str], source: Source
) -> tuple[tuple[Para, ...], list[Entry]]:
    """Return paragraphs and headings, those that a column's end had cut in two joined again."""
    done: list[Para] = []
    entries: list[Entry] = []
    open_ended = False
    for row, kind in zip(rows, kinds, strict=True):
        text = row.plain
        whole = bool(row.size) and (done and len(done[-1].text) < REAL)
        byline = kind == "S" and is_byline(text)  # the rest of a paragraph would end in a stop
        if (
            open_ended
            and not whole
            and not byline
            and kind in "PSA"
            and may_join(done[-1].text, row.text)
        ):
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
    return tuple(done), entries


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
