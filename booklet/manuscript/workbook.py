"""Lists that an office keeps as tables: .xlsx and .csv files to rows of cells, bounded."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

MOST_UNPACKED = 300_000_000  # bytes of all that is in a workbook
MOST_ROWS, MOST_CELLS = 5_000, 12  # of a sheet
Rows = list[list[str]]


class UnreadableError(Exception):
    """A table that cannot be read; its words say why."""


def sheets(raw: bytes) -> list[tuple[str, Rows]]:
    """Return a workbook's sheets as (name, rows that say anything); raise UnreadableError."""
    from openpyxl import load_workbook  # late: few books have one, and it takes a tenth of a second

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            whole = sum(part.file_size for part in archive.infolist())
        if whole > MOST_UNPACKED:
            raise UnreadableError("这份表格太大")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        found = [(sheet.title, list(cells_of(sheet))) for sheet in book.worksheets]
        book.close()
    except UnreadableError:
        raise
    except Exception as error:  # a damaged workbook makes the reader raise anything
        raise UnreadableError("这份表格打不开，或已损坏") from error
    return found


def cells_of(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows of a sheet that say anything, as text."""
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_CELLS, values_only=True):
        cells = [said(value) for value in row]
        if any(cells):
            yield cells


def said(value: object) -> str:
    """Return what a cell says, on one line; a whole number without its decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def csv_rows(raw: bytes) -> Rows:
    """Return the rows of a .csv as offices save it, in UTF-8 or GB18030; raise UnreadableError."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(coding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableError("这份表格不是 UTF-8 编码")
    sign = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        rows = [
            [said(cell) for cell in row[:MOST_CELLS]]
            for row in csv.reader(io.StringIO(text), delimiter=sign)
        ]
    except csv.Error as error:
        raise UnreadableError("这份表格打不开，或已损坏") from error
    return [row for row in rows if any(row)][: MOST_ROWS + 1]
