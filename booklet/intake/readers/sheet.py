"""A workbook's lists to rows: who came, as office workers keep it, a sheet a list, a row a person."""

from collections.abc import Sequence
from pathlib import PurePath

from booklet.errors import BookletError, Finding
from booklet.intake.source import Entry, Row, Source, honest
from booklet.manuscript.workbook import MOST_ROWS, UnreadableError, sheets

USUAL = ("sheet", "工作表", "表")  # what a sheet is called that nobody has named
COUNTS = ("序号", "编号", "No", "NO", "序")  # heads of a column that only counts
FIX = "把名单复制到 Word，另存为 .docx 再导入"


def read_sheet(raw: bytes, name: str) -> Source:
    """Return the rows of a workbook: each sheet's name or the file's as a title, then its rows."""
    try:
        tables = sheets(raw)
    except UnreadableError as error:
        raise BookletError(Finding(name, 0, str(error), FIX)) from error
    rows: list[Row] = []
    entries: list[Entry] = []
    for title, table in tables:
        if not table:
            continue
        named = not title.lower().startswith(USUAL)
        heading = title if named else PurePath(name).stem
        rows.append(Row(len(rows) + 1, honest(heading), level=1, size=22.0))
        for cells in without_counts(table):
            rows.append(Row(len(rows) + 1, honest("　".join(filter(None, cells))), size=16.0))
        if len(table) >= MOST_ROWS:
            what = f"“{title}”只读了前 {MOST_ROWS} 行"
            entries.append(Entry("asked", "表格-03", name, len(rows), what))
    return Source(name, tuple(rows), entries=tuple(entries))


def without_counts(table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return a list's rows without the column that counts them, and without its heads."""
    head = table[0]
    counted = bool(head) and (head[0].rstrip(".．") in COUNTS)
    return [row[1:] if counted else row for row in table[1 if counted or is_head(head) else 0 :]]


def is_head(cells: Sequence[str]) -> bool:
    """Tell whether a row says what the columns are."""
    known = ("姓名", "单位", "职务", "职称", "备注", "电话", "性别")
    return sum(cell.replace(" ", "").replace("　", "") in known for cell in cells) >= 2
