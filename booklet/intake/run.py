"""From what offices have to a manuscript: certain faults repaired, likely ones proposed, doubts asked.

Text, Word, web pages and Markdown all become rows (``Source``), rows become pieces, pieces become
files. Whatever is changed, left out or doubted is an ``Entry`` of the list that is written beside.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from booklet import disk, signoff
from booklet.codes import TOGETHER
from booklet.errors import BookletError, Finding
from booklet.faces.fonts import read_fonts
from booklet.intake.docx.body import read_word
from booklet.intake.folder.ledger import HTML_NAME, TEXT_NAME, html_page, text_page, where
from booklet.intake.folder.sketch import NAME as SKETCH
from booklet.intake.folder.sketch import Line, by_sketch, lines_told, read_sketch, sketch_page
from booklet.intake.folder.write import edited, file_name, manifest, publish, speech_file
from booklet.intake.pieces.byline import NOTE_LABELS
from booklet.intake.pieces.files import named_after_speakers
from booklet.intake.pieces.furniture import without_furniture
from booklet.intake.pieces.meeting import (
    Meeting,
    Names,
    in_order,
    meeting_of,
    names_of,
    occasion_of,
)
from booklet.intake.pieces.piece import Piece, Told
from booklet.intake.pieces.split import read_pieces
from booklet.intake.readers.plain import read_plain
from booklet.intake.readers.sheet import read_sheet
from booklet.intake.readers.web import read_markdown, read_web
from booklet.intake.source import NONE, Accepted, Entry, Source, call
from booklet.intake.words.marks import repair
from booklet.intake.words.queries import (
    COINAGES,
    doubts,
    names_nearly,
    one_name_two_ways,
    relative_dates,
)
from booklet.intake.words.symbols import settable
from booklet.limits import LIMITS
from booklet.paths import FONTS, MANIFEST, ORIGINALS
from booklet.text.rules import RULES

__all__ = ["HTML_NAME", "TEXT_NAME", "Imported", "import_files"]

MOST_WHITELIST = 1_000_000
MOST_TOGETHER = 40  # places that are shown of questions asked together
MOST_TITLE = 40  # characters of a book's title
PROVISIONAL = "发言汇编"  # a book's title until it has one
MOST_KEPT = 50_000_000  # bytes of an original that is copied into the folder
READ = (".txt", ".docx", ".html", ".htm", ".md", ".xlsx")
SAVE_AS = {
    ".doc": "在 Word 或 WPS 里打开，“另存为”Word 文档（.docx），再导入",
    ".wps": "在 WPS 里打开，“另存为”Word 文档（.docx），再导入",
    ".rtf": "在 Word 里打开，“另存为”Word 文档（.docx），再导入",
    ".docm": "在 Word 里打开，“另存为”不带宏的 Word 文档（.docx），再导入",
    ".pdf": "请对方发 Word 原稿；没有的话，在 WPS 里“PDF 转 Word”，逐字核对，另存为 .docx 再导入",
    ".xls": "在 Excel 或 WPS 里打开，另存为 .xlsx 再导入",
    ".pptx": "把幻灯片里的文字复制到 Word，另存为 .docx 再导入",
}
PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".webp")
OCR = "这是图片：先用手机或 WPS 的“图片转文字”，逐字核对，存成 .docx 再导入"
WHITELIST = "白名单.txt"
TOLD_AGAIN = frozenset(rule.code for rule in RULES if rule.severity)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, what it did and asks, and what it kept from being written over.

    ``lines`` say how the ``sources``, by name, were divided.
    """

    written: tuple[Path, ...]
    entries: tuple[Entry, ...]
    kept: tuple[Finding, ...] = ()
    lines: tuple[Line, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """Return how many entries are of a kind."""
        return sum(entry.kind == kind for entry in self.entries)


def import_files(paths: Sequence[Path], into: Path, accepted: Accepted = NONE) -> Imported:
    """Turn files, or those of a folder, into a folder of speeches.

    Proposals that are ``accepted`` are done as well. Raises BookletError where that cannot be done.
    """
    chosen, skipped = gathered(paths)
    told, notes, pictures, sources = read_files(chosen, accepted)
    sketch = edited(into, SKETCH)
    lines = read_sketch(sketch, into / SKETCH) if sketch is not None else []
    if sketch is not None:
        told = corrected(told, by_sketch(lines, sources, into / SKETCH))
    if not told.pieces:
        where = str(paths[0])
        raise BookletError(Finding(where, 0, "文件里没有文字", "检查是不是选错了文件"))
    note = next((piece.text for piece in told.pieces if piece.kind == "note"), "")
    meeting = dated(meeting_of(note), told.pieces)
    if not meeting.occasion:
        meeting = replace(meeting, occasion=occasion_of(said_where(told)))
    pieces, moved = list(told.pieces), list[Entry]()
    if sketch is None:
        pieces, moved = in_order(told.pieces, note, chosen[0].name)
    coinages = COINAGES | whitelist(paths, into)
    asked = questions(pieces, meeting, told.masthead, coinages)
    if told.masthead:
        named, meeting = names_of(told.masthead, meeting)
    else:
        title, lacking = title_of(pieces, meeting)
        named, asked = Names(title, ""), [*asked, *lacking]
    entries = grouped([*skipped, *told.entries, *moved, *asked, *confidential(chosen)])
    names = [file_name(piece, number) for number, piece in enumerate(pieces)]
    files = dict(pictures)
    files[MANIFEST] = manifest(named.title, named.subtitle, meeting, names).encode()
    for piece, name in zip(pieces, names, strict=True):
        files[name] = speech_file(piece, notes).encode()
    files |= originals(chosen)
    if sketch is None:
        lines = lines_told(pieces)
        files[SKETCH] = sketch_page(lines).encode()
    files[TEXT_NAME] = text_page("".join(named.title), entries).encode()
    files[HTML_NAME] = html_page("".join(named.title), entries).encode()
    written, kept = publish(files, into, (SKETCH,) if sketch is not None else ())
    points = signoff.asked(into, [open_point(one) for one in entries if is_open(one)])
    written += [signoff.write_points(into, points)] if points else []
    return Imported(tuple(written), tuple(entries), tuple(kept), tuple(lines), sources)


def grouped(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with questions of one kind asked together, at the place of the first."""
    out: list[Entry] = []
    asked: dict[str, int] = {}
    times: Counter[str] = Counter()
    for entry in entries:
        if entry.kind != "asked" or entry.code not in TOGETHER:
            out.append(entry)
        elif entry.code not in asked:
            asked[entry.code] = len(out)
            out.append(entry)
        else:
            first = out[asked[entry.code]]
            words = "；".join(filter(None, (first.before, entry.before)))
            out[asked[entry.code]] = replace(first, before=words)
            times[entry.code] += 1
    for code, count in times.items():
        first = out[asked[code]]
        places = first.before.split("；")
        shown = "；".join(places[:MOST_TOGETHER]) + "……" * (len(places) > MOST_TOGETHER)
        out[asked[code]] = replace(first, what=f"{first.what}（共 {count + 1} 处）", before=shown)
    return out


def is_open(entry: Entry) -> bool:
    """Tell whether somebody must decide; what the proofreader tells again, its own row stands for."""
    return entry.kind != "done" and entry.code not in TOLD_AGAIN


def open_point(entry: Entry) -> tuple[str, str, str]:
    """Return what somebody must decide about an entry before the book is final: where, what, words."""
    what = f"{entry.what}：改为“{entry.after}”？" if entry.after else entry.what
    return where(entry), f"[{entry.code}] {what}", entry.before


def corrected(told: Told, wanted: Told) -> Told:
    """Return what the editor's sketch wants in place of what the import told apart."""
    settled = ("分篇", "署名", "分栏")
    entries = [one for one in told.entries if not one.code.startswith(settled)]
    return Told(told.masthead, wanted.pieces, (*entries, *wanted.entries))


def read_files(
    chosen: Sequence[Path], accepted: Accepted
) -> tuple[Told, Mapping[int, str], Mapping[str, bytes], Mapping[str, Source]]:
    """Return the pieces of some files, with their footnotes and pictures numbered through, and the files as they were read."""
    told = Told()
    notes: dict[int, str] = {}
    pictures: dict[str, bytes] = {}
    sources: dict[str, Source] = {}
    fonts = read_fonts(FONTS)
    believed = named_after_speakers([path.name for path in chosen])
    for path in chosen:
        source = renumbered(read_source(path), len(notes), len(pictures))
        notes |= source.notes
        pictures |= source.pictures
        rows, gone = without_furniture(source.rows, source.name)
        rows, signs = settable(rows, fonts, source.name)
        rows, mended = repair(rows, source.name, accepted)
        told += Told(entries=(*source.entries, *gone, *signs, *mended))
        sources[source.name] = replace(source, rows=tuple(rows))
        told += read_pieces(sources[source.name], len(chosen) == 1, believed)
    return told, notes, pictures, sources


def gathered(paths: Sequence[Path]) -> tuple[list[Path], list[Entry]]:
    """Return the files to read, those of a folder by name; what a folder has beside is told."""
    chosen: list[Path] = []
    skipped: list[Entry] = []
    for path in paths:
        if path.is_dir():
            inner = sorted(
                p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))
            )
            texts = [p for p in inner if p.suffix.lower() in READ]
            skipped += [
                Entry(
                    "asked", "文件-02", p.name, 0, f"没有导入这个文件（{p.suffix}）", fix=way_out(p)
                )
                for p in inner
                if p not in texts and p.name != WHITELIST and p.suffix.lower() not in PICTURES
            ]
            loose = [p.name for p in inner if p.suffix.lower() in PICTURES]
            if loose and not any(p.suffix.lower() in (".html", ".htm", ".md") for p in texts):
                what = "文件夹里的图片没有导入"
                fix = "要用的，复制进原稿文件夹，在正文里另起一段写 ![说明](文件名)"
                skipped.append(
                    Entry("asked", "文件-03", path.name, 0, what, "、".join(loose), fix=fix)
                )
            if not texts:
                fix = f"放进 {'、'.join(READ)} 文件再导入"
                raise BookletError(Finding(str(path), 0, "这个文件夹里没有能导入的文件", fix))
            chosen += texts
        elif not path.is_file():
            fix = "检查文件名：make import FROM=来稿.docx INTO=文件夹"
            raise BookletError(Finding(str(path), 0, "找不到这个文件", fix))
        elif path.suffix.lower() not in READ:
            raise BookletError(Finding(str(path), 0, f"不能导入“{path.suffix}”文件", way_out(path)))
        else:
            chosen.append(path)
    return [path for path in chosen if path.name != WHITELIST], skipped


def way_out(path: Path) -> str:
    """Return how a file that cannot be read becomes one that can."""
    if path.suffix.lower() in PICTURES:
        return OCR
    return SAVE_AS.get(path.suffix.lower(), "存成 Word 文档（.docx）或纯文本（.txt）再导入")


def read_source(path: Path) -> Source:
    """Read one file by its kind."""
    limit, kind = LIMITS["source"], path.suffix.lower()
    raw = disk.read(path, None, limit.most, limit.fix)
    if kind == ".docx":
        return read_word(raw, path.name)
    if kind in (".html", ".htm"):
        return read_web(raw, path.name, path.parent)
    if kind == ".md":
        return read_markdown(raw, path.name, path.parent)
    if kind == ".xlsx":
        return read_sheet(raw, path.name)
    return read_plain(raw, path.name)


def renumbered(source: Source, notes: int, pictures: int) -> Source:
    """Return a source whose notes and pictures are numbered on from those of the files before."""
    names = {
        name: f"图片{pictures + n:02}{Path(name).suffix}"
        for n, name in enumerate(source.pictures, 1)
    }
    rows = []
    for row in source.rows:
        text, block = row.text, row.block
        for number in sorted(row.called(), reverse=True):
            text = text.replace(call(number), call(number + notes))
        for old, new in names.items():
            if block == f"![]({old})":
                block = f"![]({new})"
        rows.append(replace(row, text=text, block=block))
    return replace(
        source,
        rows=tuple(rows),
        notes={number + notes: text for number, text in source.notes.items()},
        pictures={names[name]: data for name, data in source.pictures.items()},
    )


def confidential(chosen: Sequence[Path]) -> list[Entry]:
    """Return the warning that the originals, kept whole, hold what the booklet does not."""
    names = "、".join(path.name for path in chosen)
    what = f"来稿原样存在 {ORIGINALS}/，可能带有批注、修订、作者、照片的拍摄地点，不要随书传出去"
    return [Entry("done", "来稿-01", "", 0, what, names)]


def originals(chosen: Sequence[Path]) -> dict[str, bytes]:
    """Return the source files as they came, to be kept beside what was made of them."""
    kept: dict[str, bytes] = {}
    for path in chosen:
        if path.stat().st_size <= MOST_KEPT:
            name, number = f"{ORIGINALS}/{path.name}", 1
            while name in kept:
                number += 1
                name = f"{ORIGINALS}/{path.stem}（{number}）{path.suffix}"
            kept[name] = disk.read(path)
    return kept


def dated(meeting: Meeting, pieces: Sequence[Piece]) -> Meeting:
    """Return the meeting with the date that stands under the titles, where all have the same."""
    dates = {date.strip("（）() ") for piece in pieces for date in piece.dates}
    if not meeting.date and len(dates) == 1 and "年" in (date := dates.pop()):
        return replace(meeting, date=date)
    return meeting


def questions(
    pieces: Sequence[Piece], meeting: Meeting, masthead: Sequence[str], coinages: frozenset[str]
) -> list[Entry]:
    """Return what a reader must decide about the words of all pieces."""
    entries = []
    for piece in pieces:
        for code, asked, words, line in doubts(piece, coinages):
            entries.append(Entry("asked", code, piece.source, line, asked, words))
    for one, other, piece in one_name_two_ways(pieces):
        what = f"同一个名称两种写法：“{one}”与“{other}”，请统一"
        line = next((para.line for para in piece.paragraphs if one in para.text), piece.line)
        entries.append(Entry("asked", "名称-03", piece.source, line, what, one))
    entries += [
        Entry("asked", "名称-04", piece.source, line, f"像是发言人的姓名“{name}”，差一个字", words)
        for piece, line, words, name in names_nearly(pieces)
    ]
    told = [(piece, relative_dates(piece)) for piece in pieces]
    found = [f"{''.join(piece.title)[:12]}：{'、'.join(words)}" for piece, words in told if words]
    if found:
        first = next(piece for piece, words in told if words)
        day = f"会议是{meeting.date}，" if meeting.date else ""
        what = f"相对日期：{day}读者翻开书时已不是那时，是否写明年份"
        entries.append(Entry("asked", "日期-03", first.source, 0, what, "；".join(found)))
    if meeting.date and "年" not in meeting.date:
        what = f"会议日期“{meeting.date}”没有年份"
        entries.append(
            Entry(
                "asked",
                "日期-01",
                pieces[0].source,
                0,
                what,
                fix="在 booklet.yaml 的 date 里补上年份",
            )
        )
    return entries


def said_where(told: Told) -> list[str]:
    """Return the titles and subtitles that may name the meeting."""
    subtitles = [piece.subtitle for piece in told.pieces if piece.subtitle]
    return [*subtitles, *("".join(piece.title) for piece in told.pieces if piece.kind == "note")]


def title_of(pieces: Sequence[Piece], meeting: Meeting) -> tuple[tuple[str, ...], list[Entry]]:
    """Return the book's title where no masthead gives one, for the time being.

    That of the only speech; of several none is the book's: the meeting gives one, if it is known.
    """
    speeches = [piece for piece in pieces if piece.title[0] not in NOTE_LABELS] or list(pieces)
    lone = len(speeches) == 1 and len("".join(speeches[0].title)) <= MOST_TITLE
    provisional = f"{meeting.occasion}{PROVISIONAL}"
    title = speeches[0].title if lone else (provisional[-MOST_TITLE:],)
    what = f"没有书名，暂用“{''.join(title)}”"
    asked = Entry("asked", "书名-01", speeches[0].source, 0, what, fix="改 booklet.yaml 的 title")
    return title, [asked] * (not lone or len(pieces) > 1)


def whitelist(paths: Sequence[Path], into: Path) -> frozenset[str]:
    """Return the words of 白名单.txt beside the sources or in the new folder: deliberate coinages."""
    found: set[str] = set()
    for folder in {path if path.is_dir() else path.parent for path in paths} | {into}:
        file = folder / WHITELIST
        if file.is_file():
            found |= set(disk.read(file, folder, MOST_WHITELIST).decode("utf-8", "replace").split())
    return frozenset(found)
