"""Who came: a list of names from a table in the text, from front matter, or from a .csv or .xlsx file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.limits import LIMITS
from booklet.manuscript.fields import Fields
from booklet.manuscript.workbook import Rows, UnreadableError, csv_rows, sheets
from booklet.model import Attendance, Attendee, Block, Heading, Run, Table, text_of
from booklet.text.clreq import UNPRINTABLE
from booklet.text.filing import filed

PERSON_KEYS = ("name", "post", "group")
HEADS = {  # what a column is called: which of the keys it is
    "name": ("姓名", "名字", "代表", "name"),
    "post": ("职务", "单位职务", "单位及职务", "单位", "工作单位", "所在单位", "职称", "post"),
    "group": ("组别", "类别", "分组", "界别", "代表团", "group"),
}
SPREAD = re.compile(r"^([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])$")  # 王　明
SORTED = {"given": "given", "strokes": "strokes", "pinyin": "pinyin"}
SORTED |= {"照原样": "given", "笔画": "strokes", "姓氏笔画": "strokes", "拼音": "pinyin"}
TABLES = (".csv", ".xlsx")
Member = tuple[str, Attendee]
"""(group, who)"""


def with_people(blocks: tuple[Block, ...], table: Fields, folder: Path) -> tuple[Block, ...]:
    """Return the blocks of a list with those it names, group by group: the text's own tables, then the others."""
    order = sorting(table)
    found: list[Block] = []
    for block in blocks:
        members = list(of_table(block)) if isinstance(block, Table) else []
        found += grouped(members, order) if members else [block]
    rest = [*of_front_matter(table), *of_file(table, folder)]
    found += grouped(rest, order)
    if not any(isinstance(block, Attendance) for block in found):
        fix = "写 file: 名单.csv（或 .xlsx），或在正文里放一个有“姓名”一栏的表格"
        table.complain(None, "名单里没有人", fix)
    most = LIMITS["people"]
    if message := most.exceeded(sum(len(b.people) for b in found if isinstance(b, Attendance))):
        table.complain(None, message, most.fix)
        return ()
    return tuple(found)


def sorting(table: Fields) -> str:
    """Return the order that a list asks for: as given, by strokes, by pinyin."""
    asked = table.text("sorted")
    if asked and asked not in SORTED:
        fix = "写 sorted: 笔画、拼音，或不写（照原样）"
        table.complain(table.fields["sorted"], f"没有“sorted: {asked}”", fix)
    return SORTED.get(asked, "given")


def grouped(members: Sequence[Member], order: str) -> list[Block]:
    """Return a heading and its people for each group, in the order the groups are first named."""
    groups: dict[str, list[Attendee]] = {}
    for group, one in members:
        groups.setdefault(group, []).append(one)
    found: list[Block] = []
    for group, people in groups.items():
        if group:
            found.append(Heading(1, (Run(group),), people[0].line))
        ordered = [people[at] for at in filed([one.name for one in people], order)]
        found.append(Attendance(tuple(ordered), people[0].line))
    return found


def of_front_matter(table: Fields) -> Iterator[Member]:
    """Yield those whom ``people:`` names."""
    for row in table.tables("people", PERSON_KEYS):
        name = row.text("name", example="王秀兰")
        if name:
            yield row.text("group"), Attendee(whole(name), row.text("post"), row.line("name"))


def of_table(block: Table) -> Iterator[Member]:
    """Yield those whom a table of the text names; none where no column is of names."""
    rows = [[text_of(cell).strip() for cell in row] for row in (block.header, *block.rows)]
    for group, one in of_rows(rows):
        yield group, replace(one, line=block.line)


def of_file(table: Fields, folder: Path) -> Iterator[Member]:
    """Yield those whom the file named by ``file:`` has; what is wrong with it becomes a finding."""
    name = table.text("file")
    if not name:
        return
    node, path = table.fields["file"], folder / name.replace("\0", "")
    if disk.leads_outside(path, folder):
        table.complain(node, f"“{name}”不在本书文件夹里", "把名单放进本书文件夹，只写文件名")
        return
    if path.suffix.lower() not in TABLES or not path.is_file():
        fix = "写本书文件夹里一个 .csv 或 .xlsx 文件的名字"
        table.complain(node, f"找不到名单“{name}”", fix)
        return
    try:
        limit = LIMITS["text"]
        raw = disk.read(path, folder, limit.most, limit.fix)
        tables = [("", csv_rows(raw))] if path.suffix.lower() == ".csv" else sheets(raw)
    except (UnreadableError, BookletError) as error:
        told = error.findings[0].message if isinstance(error, BookletError) else str(error)
        table.complain(node, f"{told}：{name}", "用表格软件打开，另存为 .xlsx，或 UTF-8 的 .csv")
        return
    several = sum(bool(rows) for _, rows in tables) > 1
    for title, rows in tables:
        members = list(of_rows(rows, str(path), table))
        if rows and not members:
            table.complain(node, f"名单“{name}”里没有“姓名”一栏", "第一行写上：姓名、职务、组别")
        yield from ((group or (title if several else ""), one) for group, one in members)


def of_rows(rows: Rows, path: str = "", table: Fields | None = None) -> Iterator[Member]:
    """Yield those whom the rows of a table name, by what its first row calls the columns."""
    heads = (
        [cell.replace(" ", "").replace("\u3000", "").lower() for cell in rows[0]] if rows else []
    )
    columns = {
        key: [at for at, head in enumerate(heads) if head in names] for key, names in HEADS.items()
    }
    if not columns["name"]:
        return
    group = ""
    for number, row in enumerate(rows[1:], 2):
        cells = {
            key: " ".join(row[at] for at in found if at < len(row) and row[at])
            for key, found in columns.items()
        }
        group = cells["group"] or group
        for text in row:
            if table is not None and (control := UNPRINTABLE.search(text)):
                message = f"有印不出来的字符 U+{ord(control[0]):04X}"
                table.findings.append(Finding(path, number, message, "删去这个字符"))
        if cells["name"]:
            yield group, Attendee(whole(cells["name"]), cells["post"], number)


def whole(name: str) -> str:
    """Return a name without the blank that an office types into one of two characters."""
    return SPREAD.sub(r"\1\2", name.strip())
