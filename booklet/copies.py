"""Copies with a name: a table of names to finished files, each proven.

The table is a .csv as spreadsheets write it, its first row the names of the columns; a single column may
do without. 姓名 is printed 赠：某某, 编号 第 017 号, 座位 座位：…, any other column under its own name.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path

from booklet import disk, paths
from booklet.dress import read_dress
from booklet.edition import PT_PER_MM, Edition, read_form
from booklet.errors import BookletError, Finding, our_fault
from booklet.faces.fonts import Fonts, outlines, read_fonts, role_for_name
from booklet.finish import copies as finish
from booklet.finish.seal import read_seal
from booklet.intake.readers.decode import decode
from booklet.limits import LIMITS
from booklet.preflight.copies import prove, text_of
from booklet.workers import Tell, side_by_side

PRINTED = {"姓名": "赠：{}", "编号": "第 {} 号", "座位": "座位：{}"}
ALSO = {
    "名字": "姓名",
    "收件人": "姓名",
    "号": "编号",
    "序号": "编号",
    "座号": "座位",
    "座位号": "座位",
}
ROLE = "kai-400"
LARGER = 1.35  # times the type of the text
STEP = 1.8  # times its own size, from line to line
PAGES = (1, 2, 3)  # where the words may stand: inside the cover, on the title page, behind it
MARGIN_MM = 15.0
BATCH = 50  # copies that one process makes before it tells how far it is
OURS = re.compile(r"\d{3,}(-.*)?\.pdf")


@dataclass(frozen=True, slots=True)
class Row:
    """One copy: the line of the table, the words to print, and the name of its file."""

    line: int
    words: tuple[str, ...]
    name: str


def read_rows(table: Path) -> list[Row]:
    """Return the copies that a table asks for; what cannot be printed is told."""
    raw = disk.read(table, most=LIMITS["text"].most, fix=LIMITS["text"].fix)
    text, _ = decode(raw, str(table))
    lines = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(csv.reader(StringIO(text)), 1)
        if any(cell.strip() for cell in cells)
    ]
    if not lines:
        raise BookletError(Finding(str(table), 0, "名单是空的", "一行一个人"))
    heads = [ALSO.get(cell, cell) for cell in lines[0][1]]
    if not set(heads) & PRINTED.keys():
        if len(heads) > 1:
            fix = "第一行写各栏的名称，如：姓名,编号,座位"
            raise BookletError(Finding(str(table), lines[0][0], "名单没有“姓名”或“编号”一栏", fix))
        heads = ["姓名"]
    else:
        lines = lines[1:]
    limit = LIMITS["copies"]
    if told := limit.exceeded(len(lines)):
        raise BookletError(Finding(str(table), 0, told, limit.fix))
    rows = []
    for order, (number, cells) in enumerate(lines, 1):
        if len(cells) > len(heads):
            fix = "每行的栏数和第一行一样；一栏里有逗号就用引号括起来"
            raise BookletError(Finding(str(table), number, "这一行的栏比第一行多", fix))
        said = {head: cell for head, cell in zip(heads, cells, strict=False) if cell}
        words = tuple(
            PRINTED.get(head, f"{head}：{{}}").replace("{}", cell) for head, cell in said.items()
        )
        plain = re.sub(r"[^\w·-]", "", said.get("姓名", ""))[:20]
        rows.append(Row(number, words, f"{order:03}{f'-{plain}' if plain else ''}.pdf"))
    return rows


def prepare(table: Path, rows: Sequence[Row], pdf: bytes, fonts: Fonts) -> finish.Master:
    """Return the file that copies are made of, with the face and the place of their words."""
    seal = read_seal(pdf)
    form = read_form(paths.STYLES / f"{seal.form}.toml") if seal else None
    if not isinstance(form, Edition):
        fix = "用 make 排好的单页成品，例如 build/booklet.pdf；拼版的先印名字再拼不了"
        raise BookletError(Finding(str(table), 0, "这份成品印不上名字", fix))
    every = "".join(word for row in rows for word in row.words)
    role = role_for_name(every, ROLE, fonts)
    lacking = frozenset(every) - fonts[role].characters
    for row in rows:
        if bad := sorted(lacking & set("".join(row.words))):
            fix = "换成常用字；或在 fonts/fonts.toml 里放一个有这个字的字体"
            raise BookletError(Finding(str(table), row.line, f"字体里没有“{''.join(bad)}”", fix))
    body = read_dress(paths.TYPE, form).body("speech").size_pt
    size_pt = LARGER * body
    type_ = finish.Type(outlines(fonts[role], every), size_pt, STEP * size_pt)
    height_pt = type_.line_pt * max(len(row.words) for row in rows)
    spot = finish.find_spot(pdf, PAGES, height_pt, MARGIN_MM * PT_PER_MM)
    if spot is None:
        fix = "少写几栏；或缩短书名、副标题"
        raise BookletError(Finding(str(table), 0, "封二、扉页和它背面都没有地方印这几行字", fix))
    for row in rows:
        for word in row.words:
            if finish.width_of(word, type_) > spot.width_pt:
                raise BookletError(
                    Finding(str(table), row.line, f"一行印不下：{word[:20]}", "写短一些")
                )
    return finish.master(pdf, spot, type_)


def make_copies(
    table: Path, pdf: Path, into: Path, tell: Tell, at_once: int = 1, one: bool = False
) -> tuple[int, Path]:
    """Write a proven copy for each row of a table, or all in ``one`` file; return how many, and where."""
    rows = read_rows(table)
    data = disk.read(paths.finished(pdf))
    made = prepare(table, rows, data, read_fonts(paths.FONTS))
    root = paths.root_of(into)
    if one:
        target = into / f"{pdf.stem}-copies.pdf"
        tell(f"印名字：{len(rows)} 份")
        disk.write(target, finish.together(made, [row.words for row in rows]), root)
        return len(rows), target
    folder = into / "copies"
    disk.make_folder(folder, root)
    wanted = {row.name for row in rows}
    for old in folder.iterdir():
        if OURS.fullmatch(old.name) and old.name not in wanted:
            disk.remove(old, root)
    text = text_of(made)
    batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    jobs = [partial(write_batch, made, batch, text, folder, root) for batch in batches]
    done = 0
    for count in side_by_side(jobs, tell, at_once):
        done += count
        tell(f"印名字：{done}/{len(rows)}")
    disk.settle()
    return done, folder


def write_batch(
    made: finish.Master, rows: Sequence[Row], text: str, folder: Path, root: Path, _tell: Tell
) -> int:
    """Make, prove and write some copies; return how many."""
    for row, copy in proven(made, rows, text):
        disk.write(folder / row.name, copy, root, lasting=False)
    return len(rows)


def proven(made: finish.Master, rows: Sequence[Row], text: str) -> Iterator[tuple[Row, bytes]]:
    """Yield each copy that differs from the master in nothing but its words."""
    for row in rows:
        copy = finish.copy_of(made, row.words)
        if wrong := prove(made, copy, row.words, text):
            raise BookletError([our_fault(row.name, message) for message in wrong])
        yield row, copy
