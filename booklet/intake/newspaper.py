"""A newspaper page as text to pieces: masthead, editor's note, speeches with titles and bylines.

A page's text comes block by block, so pieces stand out of order and a column's end cuts paragraphs
in two. A speech begins with a title and a byline, two short lines above prose; a paragraph that
does not end in a stop goes on in the next line; the note names the speakers in their order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from booklet.errors import BookletError, Finding
from booklet.manuscript.headings import is_heading

SHORT = 45  # characters; a title or a byline is not longer
ADDRESS = 16  # characters; a longer line that ends in ： goes on
NOTE_LABELS = ("编者按", "编者的话", "编前话", "按语")
PROSE_END = "。！？…”"
INNER_STOP = re.compile(r"[。！？；：]|[，、…]$")  # what a title never has
ORGANISATION = re.compile(
    r"(委员会|工委|省委|市委|县委|区委|团委|党委|党组|支部|政府|部|厅|局|处|科|署|院|校|大学|学院|中学|小学|医院|"
    r"协会|学会|联合会|工会|团队|服务队|小组|公司|集团|中心|街道|社区|村|连|营|团|站|馆|所|社|办公室|办)$"
)
PERSON = re.compile(r"(?:.{0,24}[\s　])?[\u4e00-\u9fff]{1,2}[\s　]?[\u4e00-\u9fff]{1,2}$")
PERSON_AND_POST = re.compile(r"([\u4e00-\u9fff·]{2,6})[（(]([^（）()]{2,40})[）)]")
POST_AND_PERSON = re.compile(
    r"(\S{3,30})[\s　]+([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]　[\u4e00-\u9fff])"
)
MASTHEAD = re.compile(r"(摘要|摘登|纪要|选登|侧记|综述|发言|座谈会|研讨会|大会|报告会|会议)$")
DESIGNATION = re.compile(
    r"(第[一二三四五六七八九十百\d]+批.*?(?:示范点|示范单位|标兵|先进集体|先进个人|模范|基地))(?=.{4})"
)
MEETING = re.compile(
    r"([\u4e00-\u9fff\d]{4,24}?(?:座谈会|研讨会|报告会|大会))在([\u4e00-\u9fff]{2,8}?)(?:召开|举行)"
)
DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Piece:
    """One speech or note of a source text, its paragraphs whole and in order."""

    kind: str
    title: tuple[str, ...]
    speaker: str
    designation: str
    paragraphs: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A source text: what the masthead and the note say of the meeting, and the pieces in order."""

    title: tuple[str, ...]
    subtitle: str
    occasion: str
    date: str
    place: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = field(default=())


Line = tuple[int, str]  # (line number from 1, text)


def read_paper(text: str, source: str) -> Paper:
    """Tell the pieces of a text apart and put them in the order that its note announces."""
    lines = [(n, row.strip(" \t　")) for n, row in enumerate(text.split("\n"), 1)]
    lines = [part for n, row in lines if row for part in label_apart(n, row)]
    if not lines:
        raise BookletError(Finding(source, 0, "文件里没有文字", "检查是不是选错了文件"))
    heads = find_heads(lines)
    findings: list[Finding] = []
    masthead: tuple[str, ...] = ()
    pieces = []
    if heads and heads[0][0]:  # what stands before the first headline is not lost
        pieces.append(lone_piece(lines[: heads[0][0]], source, findings))
    for at, (start, kind) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(lines)
        if kind == "masthead":
            masthead = tuple(row for _, row in lines[start : start + 2])
            if end > start + 2:
                pieces.append(lone_piece(lines[start + 2 : end], source, findings))
        else:
            pieces.append(read_piece(lines[start:end], kind, source, findings))
    if not pieces:
        pieces = [lone_piece(lines, source, findings)]
    note = next((piece for piece in pieces if piece.kind == "note"), None)
    told = "".join(note.paragraphs) if note else ""
    pieces = in_order(pieces, told, source, findings)
    meeting = MEETING.search(told)
    date = DATE.search(told)
    if date and "年" not in date[0]:
        fix = "在 booklet.yaml 的 date 里补上年份"
        findings.append(
            Finding(
                source,
                note.line if note else 0,
                f"日期“{date[0]}”没有年份",
                fix,
                "warning",
                "日期-01",
            )
        )
    return Paper(
        title=(masthead[0],) if masthead else pieces[0].title,
        subtitle=masthead[1] if len(masthead) > 1 else "",
        occasion=meeting[1] if meeting else "",
        date=date[0] if date else "",
        place=meeting[2] if meeting else "",
        pieces=tuple(pieces),
        findings=tuple(findings),
    )


def label_apart(line: int, row: str) -> list[Line]:
    """Return a line, an editor's note's label taken off its head: 编者按：…… is two lines."""
    for label in NOTE_LABELS:
        if match := re.match(rf"[【〔]?{label}(?:[：:】〕]+|$)[ 　]*", row):
            rest = row[match.end() :]
            return [(line, label), *([(line, rest)] if rest else [])]
    return [(line, row)]


# ---- Where pieces begin ----------------------------------------------------------------------


def find_heads(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Return (index, kind) of each line at which a piece, a note or the masthead begins."""
    heads = []
    for at, (_, row) in enumerate(lines):
        below = [text for _, text in lines[at + 1 : at + 3]] + ["", ""]
        if row in NOTE_LABELS and not is_short(below[0]):
            heads.append((at, "note"))
        elif not is_short(row) or not is_short(below[0]):
            continue
        elif MASTHEAD.search(below[0]) and (below[1] in NOTE_LABELS or is_short(below[1])):
            heads.append((at, "masthead"))
        elif is_byline(below[0]) and not is_short(below[1]):
            heads.append((at, "speech"))
    return heads


def is_short(row: str) -> bool:
    """Tell whether a line may be a title or a byline: short, no stop in it, no marker before it."""
    return 0 < len(row) <= SHORT and not INNER_STOP.search(row) and not is_heading(row)


def is_byline(row: str) -> bool:
    """Tell whether a short line names an organisation or a person."""
    named = ORGANISATION.search(row) or PERSON.fullmatch(row) or PERSON_AND_POST.fullmatch(row)
    return bool(named) and row not in NOTE_LABELS


# ---- One piece -------------------------------------------------------------------------------


def read_piece(lines: Sequence[Line], kind: str, source: str, findings: list[Finding]) -> Piece:
    """Return one piece from its title line on."""
    line, title = lines[0]
    byline = lines[1][1] if kind == "speech" else ""
    speaker, designation = split_byline(byline)
    body = lines[2:] if kind == "speech" else lines[1:]
    return Piece(
        kind=kind,
        title=tuple(title.split()),
        speaker=speaker,
        designation=designation,
        paragraphs=join_paragraphs(body, source, findings),
        line=line,
    )


def split_byline(byline: str) -> tuple[str, str]:
    """Return (speaker, designation): 王芳（镇党委副书记）, 县教育局局长　张建国, 第八批示范点某公司."""
    if found := PERSON_AND_POST.fullmatch(byline):
        return found[1], found[2]
    if found := POST_AND_PERSON.fullmatch(byline):
        return "".join(found[2].split()), found[1]
    if found := DESIGNATION.match(byline):
        return byline[found.end() :], found[1]
    return byline, ""


def lone_piece(lines: Sequence[Line], source: str, findings: list[Finding]) -> Piece:
    """Return the whole text as one speech where no bylines tell several apart."""
    message = "没有认出标题和署名，全文当作一篇发言"
    fix = "在文件里把每篇的标题、署名各放一行，前后空行，再导入"
    findings.append(Finding(source, lines[0][0], message, fix, "warning", "分篇-01"))
    titled = is_short(lines[0][1]) and len(lines) > 1
    body = lines[1:] if titled else lines
    title = tuple(lines[0][1].split()) if titled else ("（请写标题）",)
    return Piece(
        "speech", title, "（请写发言人）", "", join_paragraphs(body, source, findings), lines[0][0]
    )


def join_paragraphs(lines: Sequence[Line], source: str, findings: list[Finding]) -> tuple[str, ...]:
    """Return paragraphs and headings, those that a column's end had cut in two joined again."""
    done: list[str] = []
    open_ended = False
    for line, row in lines:
        if open_ended and not is_heading(row) and may_join(done[-1], row):
            around = f"{done[-1][-8:]}｜{row[:8]}"
            message = f"接上被分栏切断的段落：…{around}…"
            findings.append(Finding(source, line, message, "", "warning", "分栏-01"))
            done[-1] += row
        else:
            done.append(row)
            if is_short(row) and "，" not in row:  # joined to prose it would be lost to the eye
                message = f"这一行像标题或署名，暂且独立成段：{row}"
                fix = "是标题就移到文件开头，或另立一篇"
                findings.append(Finding(source, line, message, fix, "warning", "分篇-02"))
                continue
        address = row[-1] in "：:" and len(row) < ADDRESS  # 同志们：
        open_ended = not is_heading(row) and row[-1] not in PROSE_END and not address
    return tuple(done)


def may_join(left: str, right: str) -> bool:
    """Tell whether two halves may be joined: never digits or Latin words, nor rows of a table."""
    ascii_both = left[-1].isascii() and right[0].isascii()
    return not ascii_both and "\t" not in left + right


# ---- Order -----------------------------------------------------------------------------------


def in_order(
    pieces: Sequence[Piece], note: str, source: str, findings: list[Finding]
) -> list[Piece]:
    """Return notes first, then the speeches as the note names them, or else as they came."""
    notes = [piece for piece in pieces if piece.kind == "note"]
    speeches = [piece for piece in pieces if piece.kind != "note"]
    places = announced([piece.designation + piece.speaker for piece in speeches], note)
    if places and places != sorted(places):
        findings.append(Finding(source, 0, "各篇按编者按列出的次序排列", "", "warning", "次序-01"))
        speeches = [
            piece for _, piece in sorted(zip(places, speeches, strict=True), key=lambda p: p[0])
        ]
    return notes + speeches


def announced(speakers: Sequence[str], note: str) -> list[int]:
    """Return where in the note each speaker is named, or nothing unless all are, each apart.

    The note abbreviates (省直机关工委 for 中共吉林省委直属机关工作委员会): a name stands for a
    speaker when its characters occur in his in that order.
    """
    names = []
    for match in re.finditer(r"[^，。、；]+", note):
        for part in re.finditer(r"(?:(?!以及|和|与|及).)+", match[0]):
            name = re.split(r"在会上|作了|先后|分别|等", part[0])[0]
            if len(name) >= 3:
                names.append((match.start() + part.start(), name))
    places = []
    for speaker in speakers:
        fit, at = max(((fit_of(name, speaker), -at) for at, name in names), default=(0, 0))
        if not fit:
            return []
        places.append(-at)
    return places if len(set(places)) == len(places) else []


def fit_of(name: str, speaker: str) -> int:
    """Return how many characters of a name in the note stand for a speaker, 0 for none.

    What introduces him (志愿者代表…) may stand before; four characters are the least to tell him by.
    """
    for start in range(len(name)):
        rest = name[start:]
        if (start == 0 or len(rest) >= 4) and is_within(rest, speaker):
            return len(rest)
    return 0


def is_within(name: str, speaker: str) -> bool:
    """Tell whether the characters of ``name`` occur in ``speaker`` in order."""
    rest = iter(speaker)
    return all(char in rest for char in name)
