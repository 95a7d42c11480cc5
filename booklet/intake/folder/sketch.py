"""分篇.txt: how an import told the speeches apart, a line each, for the editor to correct.

A line that is moved, written or taken away is done so by the next import; one that nobody has touched is
only shown. Rows of a source that no line has are told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.errors import BookletError, Finding
from booklet.intake.pieces.joining import cut_of, join_paragraphs
from booklet.intake.pieces.kinds import kinds_of
from booklet.intake.pieces.persons import marks_of
from booklet.intake.pieces.piece import Piece, Told
from booklet.intake.pieces.split import lines_of, trimmed, without_label
from booklet.intake.source import Entry, Row, Source

NAME = "分篇.txt"
KINDS = {"篇": "speech", "编者按": "note"}
HEAD = """# 分篇：一行一篇，按书里的次序。分错了就改这里，再导入一次，就照改过的做。
# 改起止的行（段）、标题、发言人、职务；删去一行，那些文字就不收；加一行，就多一篇；换行的次序，就换书里的次序。
# 标题分两段的，中间空一格。没有的一栏空着。
# 种类 | 文件 | 起止 | 标题 | 发言人 | 职务 | （开头，只给人看）
"""
COLUMNS = 7
SPAN = re.compile(r"(\d{1,7})\s*[-–—~～至到]\s*(\d{1,7})|(\d{1,7})")
SHOWN = 16  # characters of the first words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sketch: a piece as the editor wants it; ``number`` is where it stands.

    ``opening`` are the first words, which only show what the piece is.
    """

    number: int
    kind: str
    file: str
    first: int
    last: int
    title: tuple[str, ...]
    speaker: str
    post: str
    opening: str = ""


def lines_told(pieces: Sequence[Piece]) -> list[Line]:
    """Return the sketch of some pieces as its lines."""
    return [
        Line(number, piece.kind, piece.source, *piece.rows, piece.title, piece.speaker,
             piece.designation, piece.text.replace("\n", "")[:SHOWN])
        for number, piece in enumerate(pieces, HEAD.count("\n") + 1)
    ]  # fmt: skip


def sketch_page(lines: Sequence[Line]) -> str:
    """Return the sketch as it is written."""
    names = {kind: name for name, kind in KINDS.items()}
    rows = []
    for line in lines:
        cells = (names[line.kind], line.file, f"{line.first}-{line.last}", " ".join(line.title),
                 line.speaker, line.post, line.opening)  # fmt: skip
        rows.append(" | ".join(" ".join(cell.replace("|", "｜").split()) for cell in cells))
    return HEAD + "\n".join(rows) + "\n"


def read_sketch(text: str, path: Path) -> list[Line]:
    """Return the lines of a sketch; one that cannot be understood is told where it stands."""
    found = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in re.split(r"[|｜]", row)]
        cells += [""] * (COLUMNS - len(cells))
        span = SPAN.fullmatch(cells[2])
        if cells[0] not in KINDS or not span:
            what = "看不懂这一行" if cells[0] in KINDS else f"没有“{cells[0][:8]}”这一种"
            fix = f"照第一段的样子写：{'、'.join(KINDS)} | 文件 | 起-止 | 标题 | 发言人 | 职务"
            raise BookletError(Finding(str(path), number, what, fix))
        first = int(span[1] or span[3])
        last = int(span[2] or span[3])
        title = tuple(cells[3].split()) or ("（请写标题）",)
        found.append(
            Line(
                number, KINDS[cells[0]], cells[1], first, last, title, cells[4], cells[5], cells[6]
            )
        )
    return found


def by_sketch(lines: Sequence[Line], sources: Mapping[str, Source], path: Path) -> Told:
    """Return the pieces that a sketch asks for, and which rows of the sources none of them has."""
    told = Told()
    taken: dict[str, set[int]] = {name: set() for name in sources}
    for line in lines:
        source = sources.get(line.file)
        if source is None:
            fix = f"文件名照抄：{'、'.join(sources)}"
            raise BookletError(Finding(str(path), line.number, f"没有“{line.file}”这份来稿", fix))
        rows = [trimmed(row) for row in source.rows if line.first <= row.line <= line.last]
        if not rows:
            fix = "起止是来稿里的行（Word 和网页是段）"
            message = f"{line.file} 的 {line.first}-{line.last} 里没有文字"
            raise BookletError(Finding(str(path), line.number, message, fix))
        taken[line.file] |= {row.line for row in rows}
        told += piece_of(line, rows)
    for name, source in sources.items():
        left = [
            row
            for row in source.rows
            if row.line not in taken[name] and not is_said(row.plain, lines)
        ]
        if left:
            what = f"照{NAME}，这些行没有收入任何一篇"
            words = "；".join(f"{row.line} {row.plain.strip()[:12]}" for row in left)
            told += Told(entries=(Entry("done", "分篇-05", name, left[0].line, what, words, ""),))
    return told


def is_said(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a row is the head of a piece: a line of the sketch has its words."""
    words = re.sub(r"\W", "", text)
    heads = ("".join((*line.title, line.speaker, line.post)) for line in lines)
    return any(all(char in head for char in words) for head in heads)


def says_head(text: str, line: Line) -> bool:
    """Tell whether a row has nothing but title, speaker and post of a piece."""
    words = re.sub(r"\W", "", text)
    parts = [re.sub(r"\W", "", part) for part in ("".join(line.title), line.speaker, line.post)]
    title, speaker, post = parts
    return bool(words) and words in {title, speaker, post, speaker + post, post + speaker}


def piece_of(line: Line, rows: Sequence[Row]) -> Told:
    """Return one piece as a line of the sketch wants it; rows that only say its head are not said again."""
    head = next((n for n, row in enumerate(rows) if not says_head(row.plain, line)), 0)
    rows = rows[head:]
    first = rows[0]
    ends = [one.end for one in marks_of(first.plain) if one.end and one.speaker == line.speaker]
    body = [without_label(first, ends[0]), *rows[1:]] if ends else list(rows)
    body = [row for row in body if row.plain or row.block]
    kinds = ["P" if kind in "TSN" else kind for kind in kinds_of(body)] if body else []
    paragraphs, entries = join_paragraphs(body, kinds, line.file, cut_of(body))
    piece = Piece(line.kind, line.title, line.speaker, line.post, paragraphs, line.first, line.file,
                  (), lines_of(rows))  # fmt: skip
    return Told((), (piece,), tuple(entries))
