"""Rows to pieces: masthead, editor's note, speeches with title and byline, paragraphs whole.

``kinds`` says what each row is like, ``reading`` where pieces begin and who speaks; here they are put
together, and what a reader must decide is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.intake.pieces.byline import NAME, NOTE_LABELS, squeezed
from booklet.intake.pieces.captions import captioned
from booklet.intake.pieces.files import byline_of_file, stem_of
from booklet.intake.pieces.joining import STRAY, Cut, cut_of, join_paragraphs
from booklet.intake.pieces.kinds import kinds_of
from booklet.intake.pieces.matter import LISTS, matter_of
from booklet.intake.pieces.persons import POST_WORD, SUBTITLE
from booklet.intake.pieces.piece import Piece, Told
from booklet.intake.pieces.reading import COUNT, MASTHEAD, WHERE, Head, Read, read_heads
from booklet.intake.source import PLAIN, STRONG, Entry, Row, Source

LONGEST_OPENING = 800  # characters of a note without a label
OPENING = re.compile(
    r"(?:摘登|摘编|摘发|刊登|刊发|整理|选登|推出).{0,8}(?:如下|以飨|，|。|$)|(?:发言|讲话).{0,10}如下|以飨读者|召开.{0,30}(?:座谈会|研讨会|报告会|交流会).*发言"
)
NOTE_ROW = re.compile(
    rf"[【〔\[（(]?(?:{'|'.join(NOTE_LABELS)})(?:[：:】〕\]）)]+|$|[ 　]+|(?=[\d近为本日]))[ 　]*"
)
INTRODUCTION = re.compile(
    rf"(?:我是|我叫|我的名字叫|本人是?)(?:来自)?(?P<post>[^，。！？；：“”]{{0,24}}?)(?:，我叫)?(?P<name>{NAME})(?=[，。！]|$)"
)
MOST_NEAR = 8  # doubtful rows that are shown
INTRODUCING = 4  # rows in which somebody says who he is
NOBODY, NO_TITLE = "（请写发言人）", "（请写标题）"


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a source with their kinds, and how they were cut.

    ``alone`` if it is the only file of the import; ``believed`` if files are named after their speakers;
    ``counted`` are the titles that begin with a count, which is no part of them.
    """

    rows: Sequence[Row]
    kinds: Sequence[str]
    cut: Cut
    name: str
    alone: bool
    believed: bool
    counted: frozenset[int] = frozenset()

    def part(self, start: int, end: int) -> "Page":
        """Return some of its rows."""
        return replace(self, rows=self.rows[start:end], kinds=self.kinds[start:end])


def read_pieces(source: Source, alone: bool, believed: bool = False) -> Told:
    """Tell the pieces of a source apart.

    ``alone`` if it is the only file of the import; ``believed`` if its files are named after who speaks.
    """
    rows = [part for row in source.rows for part in label_apart(trimmed(row))]
    rows = captioned([row for row in rows if row.plain or row.block])
    if not rows:
        return Told()
    kinds = kinds_of(rows)
    if not alone and matter_of(rows[0].plain, stem_of(source.name)) in LISTS:
        return lone(Page(rows, kinds, Cut(), source.name, alone, believed), False, True)
    read = read_heads(rows, kinds)
    texts = [
        row
        for row, kind, act in zip(rows, kinds, read.acts, strict=True)
        if kind in "PSA" and act in ("text", "turn") and not row.block
    ] or [row for row in rows if not row.block]
    page = Page(rows, kinds, cut_of(texts), source.name, alone, believed, read.counted)
    told = Told()
    for start, end, head in stretches(read, len(rows)):
        if head is None:
            told += front(page.part(start, end), bool(read.heads), start > 0)
        else:
            told += headed(head, page, end, len(read.heads) == 1 and start == 0)
    if not read.heads:
        return told
    doubted = {rows[at].line for at in read.near}  # is asked better
    kept = [one for one in told.entries if one.code != STRAY or one.line not in doubted]
    return Told(told.masthead, told.pieces, (*kept, *near_readings(read, page)))


def near_readings(read: Read, page: Page) -> tuple[Entry, ...]:
    """Return the question about rows that may begin a piece or not, both readings shown."""
    if not read.near:
        return ()
    heads = {head.start for head in read.heads}
    words = "；".join(
        f"第{page.rows[at].line}行“{page.rows[at].plain[:12]}”（{'现在另起一篇' if at in heads else '现在算上一篇的文字'}）"
        for at in read.near[:MOST_NEAR]
    )
    what, fix = "这几处可能是一篇的开头，也可能不是，请看一眼", "不对就改分篇.txt，再导入一次"
    return (
        Entry("asked", "分篇-07", page.name, page.rows[read.near[0]].line, what, words, fix=fix),
    )


def stretches(read: Read, count: int) -> list[tuple[int, int, Head | None]]:
    """Return the rows of a file cut where a piece, or what is none, begins: (start, end, head)."""
    heads = {head.start: head for head in read.heads}
    found: list[tuple[int, int, Head | None]] = []
    start, head = 0, heads.get(0)
    for at in range(1, count + 1):
        leaves = at < count and head is not None and read.acts[at] in ("front", "label")
        if at == count or at in heads or leaves:
            found.append((start, at, head))
            start, head = at, heads.get(at)
    return found


def trimmed(row: Row) -> Row:
    """Return a row without blanks around it; deep ones tell that it stands at the right."""
    text = row.text.strip(" \t\u3000\xa0")
    ahead = row.text[: len(row.text) - len(row.text.lstrip(" \t\u3000\xa0"))]
    depth = sum(1.0 if char in "\u3000\t" else 0.5 for char in ahead)
    return replace(row, text=text, indented=depth > 0, right=row.right or depth >= 8)


def label_apart(row: Row) -> list[Row]:
    """Return a row, an editor's note's label taken off its head: 编者按：…… is two rows."""
    match = NOTE_ROW.match(row.text)
    if not match or row.block:
        return [row]
    label = next(label for label in NOTE_LABELS if label in match[0])
    rest = row.text[match.end() :].rstrip("】〕")
    return [replace(row, text=label), *([replace(row, text=rest)] if rest else [])]


# ---- A speech --------------------------------------------------------------------------------


def headed(head: Head, page: Page, end: int, whole: bool) -> Told:
    """Return the speech that a head begins; ``whole`` if it is all that its file has."""
    rows = page.rows
    entries: list[Entry] = []
    line = rows[head.start].line
    speaker, post = named(head)
    titles = "".join(rows[at].plain for at in head.titles)
    matter = "" if speaker else matter_of(titles, stem_of(page.name) if whole else "")
    if not matter:
        speaker, post, found = speaker_or_asked(head, page, speaker, post, whole)
        entries += found
    title, subtitle, found = title_of(head, page, speaker)
    entries += found
    dates = tuple(rows[at].plain for at in head.dates)
    what = "标题下的日期没有排入，记在文稿开头的注释里"
    entries += [Entry("done", "日期-02", page.name, line, what, date, "") for date in dates]
    body, kinds = list(rows[head.end : end]), list(page.kinds[head.end : end])
    keep = [at not in head.last for at in range(head.end, end)]
    body = [row for row, kept in zip(body, keep, strict=True) if kept]
    kinds = [kind for kind, kept in zip(kinds, keep, strict=True) if kept]
    for at in head.last:
        what = "文末的署名，已写进这一篇的 speaker 和 designation"
        entries.append(Entry("done", "署名-04", page.name, rows[at].line, what, rows[at].plain, ""))
    if head.words and (words := without_label(rows[head.end - 1], head.words)).plain:
        address = words.plain[-1:] in "：:"
        body, kinds = [words, *body], ["A" if address else "P", *kinds]
    paragraphs, joined = join_paragraphs(body, kinds, page.name, page.cut)
    if matter:
        entries.append(is_matter(matter, page, line, "".join(title)))
    kind = "note" if matter else "speech"
    piece = Piece(
        kind, title, speaker, post, paragraphs, line, page.name, dates, lines_of(body), subtitle
    )
    return Told((), (piece,), (*entries, *joined))


def is_matter(matter: str, page: Page, line: int, title: str) -> Entry:
    """Return the entry about what belongs to the meeting and is no speech."""
    what = f"认作{matter}，不是发言：没有发言人"
    return Entry("done", "分篇-06", page.name, line, what, title)


def lines_of(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the numbers of the first and the last of some rows, (0, 0) for none."""
    return (rows[0].line, rows[-1].line) if rows else (0, 0)


def named(head: Head) -> tuple[str, str]:
    """Return (speaker, designation) as the rows of a head say, taken together."""
    speaker = next((one.speaker for _, one in head.marks if one.speaker and one.part != "body"), "")
    post = next((one.post for _, one in head.marks if one.post), "")
    body = next(((one.speaker, one.post) for _, one in head.marks if one.part == "body"), ("", ""))
    if not speaker:
        return body
    return speaker, re.sub(" {2,}", " ", post or body[0])


def speaker_or_asked(
    head: Head, page: Page, speaker: str, post: str, whole: bool
) -> tuple[str, str, list[Entry]]:
    """Return who speaks, and what must be asked about it; the name of the file may tell it."""
    rows, line = page.rows, page.rows[head.start].line
    title = "".join(rows[at].plain for at in head.titles)
    if speaker and speaker != NOBODY:
        doubtful = [one for _, one in head.marks if one.speaker == speaker and not one.sure]
        if not doubtful:
            return speaker, post, []
        what, fix = "姓名少见，按位置认作发言人，请核对", "不是人名，就改 speaker 和 title"
        return speaker, post, [Entry("asked", "署名-03", page.name, line, what, speaker, fix=fix)]
    if whole:
        speaker, other = byline_of_file(page.name, page.believed)
        if speaker:
            what, fix = "按文件名写上发言人", "不是他，就改那一篇的 speaker"
            entry = Entry("asked", "署名-02", page.name, line, what, speaker, fix=fix)
            return speaker, post or other, [entry]
    own = introduced([row.plain for row in rows[head.end : head.end + INTRODUCING]])
    if own[0]:
        what, fix = "按自我介绍写上发言人", "不是他，就改那一篇的 speaker"
        return (
            own[0],
            post or own[1],
            [Entry("asked", "署名-05", page.name, line, what, own[0], fix=fix)],
        )
    what, fix = "没有认出发言人", "在各篇的 speaker 里写上"
    return (
        NOBODY,
        post,
        [Entry("asked", "署名-01", page.name, line, what, title[:24] or post, fix=fix)],
    )


def title_of(head: Head, page: Page, speaker: str) -> tuple[tuple[str, ...], str, list[Entry]]:
    """Return title and subtitle of a speech; one that only tells who speaks where is told, not printed."""
    subtitle = ""
    rows, entries = page.rows, []
    line = rows[head.start].line
    given = next((one.title for _, one in head.marks if one.title), "")
    parts: list[str] = []
    for at in head.titles:
        text = rows[at].plain
        only_where = parts and (SUBTITLE.fullmatch(text) or WHERE.fullmatch(text))
        if only_where:
            what = "副标题只说是谁在哪里的发言，没有排入"
            entries.append(Entry("done", "标题-02", page.name, rows[at].line, what, text, ""))
            subtitle = text
        elif given and given in text:
            parts += given.split()
        elif at in page.counted and not parts:
            parts += COUNT.sub("", text, count=1).split()
        else:
            parts += text.split()
    if parts:
        return tuple(parts), subtitle, entries
    title = f"{speaker}的发言" if speaker != NOBODY else NO_TITLE
    what, fix = "没有标题，暂以“某某的发言”为题", "在各篇的 title 里写上标题"
    entries.append(Entry("asked", "分篇-04", page.name, line, what, title, fix=fix))
    return (title,), subtitle, entries


def introduced(rows: Sequence[str]) -> tuple[str, str]:
    """Return (speaker, designation) as somebody says who he is: 我是2003届毕业生甄晓光."""
    for row in rows:
        for match in INTRODUCTION.finditer(row):
            post = match["post"].rstrip("的")
            if not post or POST_WORD.search(post):
                return squeezed(match["name"]), post
    return "", ""


def without_label(row: Row, end: int) -> Row:
    """Return a row behind the label that ends at an offset of its plain text; what is bold stays so."""
    at = plain = 0
    while plain < end and at < len(row.text):
        plain += row.text[at] not in STRONG + PLAIN
        at += 1
    label, rest = row.text[:at], row.text[at:]
    if label.count(STRONG) > label.count(PLAIN):
        rest = rest[1:] if rest.startswith(PLAIN) else STRONG + rest
    return replace(row, text=rest.strip(" \t\u3000"))


# ---- What is no speech -----------------------------------------------------------------------


def front(page: Page, speeches: bool, later: bool) -> Told:
    """Return masthead and note of rows that begin no speech; ``speeches`` tells that some follow.

    Where none does, the rows are one speech themselves.
    """
    label = next((at for at, kind in enumerate(page.kinds) if kind == "N"), None)
    if label is not None:
        names = [page.rows[at].plain for at in range(label) if page.kinds[at] in "TSH"]
        told = Told(tuple(names))
        others = [at for at in range(label) if page.kinds[at] not in "TSHD"]
        if others:
            first = others[0]
            told = Told(tuple(page.rows[at].plain for at in range(first)))
            told += lone(page.part(first, label), True)
        return told + note(page.part(label, len(page.rows)))
    titles = []
    for row, kind in zip(page.rows, page.kinds, strict=True):
        if kind not in "TSD" and not (kind == "H" and row.level):
            break
        titles.append(row.plain if kind != "D" else "")
    names = [name for name in titles if name]
    if speeches and len(titles) == len(page.rows):
        return Told(tuple(names))
    if speeches and (opened := opening(page, titles)):
        return opened
    if speeches and not later and any(map(MASTHEAD.search, names)):
        return Told(tuple(names)) + lone(page.part(len(titles), len(page.rows)), True)
    return lone(page, page.alone or speeches, not speeches)


def note(page: Page) -> Told:
    """Return an editor's note: its label and what stands under it."""
    body = page.part(1, len(page.rows))
    paragraphs, entries = join_paragraphs(body.rows, body.kinds, page.name, page.cut)
    row = page.rows[0]
    piece = Piece(
        "note", (row.plain,), "", "", paragraphs, row.line, page.name, (), lines_of(body.rows)
    )
    return Told((), (piece,), tuple(entries))


def opening(page: Page, titles: Sequence[str]) -> Told | None:
    """Return masthead and note of what stands before the speeches and tells of the meeting.

    None where it may be a speech itself: long, or its words do not say that speeches follow.
    """
    body = page.part(len(titles), len(page.rows))
    said = "".join(row.plain for row in body.rows)
    if not said or len(said) > LONGEST_OPENING or not OPENING.search(said):
        return None
    what = "开头的话说的是会议本身，当作编者按；它上面的标题当作书名"
    fix = "不是编者按，就改这一篇的 kind 和 title"
    line = page.rows[0].line
    asked = Entry("asked", "分篇-03", page.name, line, what, said[:40], fix=fix)
    paragraphs, found = join_paragraphs(body.rows, body.kinds, page.name, page.cut)
    piece = Piece(
        "note", (NOTE_LABELS[0],), "", "", paragraphs, line, page.name, (), lines_of(body.rows)
    )
    return Told(tuple(name for name in titles if name), (piece,), (asked, *found))


def lone(page: Page, told: bool, whole: bool = False) -> Told:
    """Return rows as one speech where nothing tells who speaks; ``told`` asks about it.

    The name of a file may tell it, where they are the ``whole`` of it.
    """
    rows, kinds = page.rows, page.kinds
    titled = len(rows) > 1 and kinds[0] in "TS"
    title = tuple(rows[0].plain.split()) if titled else (NO_TITLE,)
    body = page.part(1 if titled else 0, len(rows))
    entries: list[Entry] = []
    line = rows[0].line
    speaker, designation = byline_of_file(page.name, page.believed) if whole else ("", "")
    matter = "" if speaker else matter_of("".join(title), stem_of(page.name) if whole else "")
    if matter:
        entries.append(is_matter(matter, page, line, "".join(title)))
        if not titled:
            title = (matter,)
    elif speaker:
        what, fix = "按文件名写上发言人", "不是他，就改那一篇的 speaker"
        entries.append(Entry("asked", "署名-02", page.name, line, what, speaker, fix=fix))
        if not titled:
            title = (f"{speaker}的发言",)
            what, fix = "没有标题，暂以“某某的发言”为题", "在各篇的 title 里写上标题"
            entries.append(Entry("asked", "分篇-04", page.name, line, what, title[0], fix=fix))
    elif told and (own := introduced([row.plain for row in body.rows[:INTRODUCING]]))[0]:
        speaker, designation = own
        what, fix = "按自我介绍写上发言人", "不是他，就改那一篇的 speaker"
        entries.append(Entry("asked", "署名-05", page.name, line, what, speaker, fix=fix))
        if not titled:
            title = (f"{speaker}的发言",)
            what, fix = "没有标题，暂以“某某的发言”为题", "在各篇的 title 里写上标题"
            entries.append(Entry("asked", "分篇-04", page.name, line, what, title[0], fix=fix))
    elif told:
        what = "没有认出标题和署名，这一部分当作一篇发言"
        fix = "在文件里把每篇的标题、署名各放一行，前后空行，再导入；或者直接改文稿的 title 和 speaker"
        asked = Entry("asked", "分篇-01", page.name, line, what, rows[0].plain[:40], fix=fix)
        entries.append(asked)
    dates = tuple(row.plain for row, kind in zip(rows[:3], kinds[:3], strict=False) if kind == "D")
    paragraphs, found = join_paragraphs(body.rows, body.kinds, page.name, page.cut)
    kind, speaker = ("note", "") if matter else ("speech", speaker or NOBODY)
    piece = Piece(
        kind, title, speaker, designation, paragraphs, line, page.name, dates,
        lines_of(body.rows),
    )  # fmt: skip
    return Told((), (piece,), (*entries, *found))
