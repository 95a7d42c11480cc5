"""A table's columns as wide as their words ask, its cells set in lines of the grid."""

from dataclasses import dataclass

from markupsafe import Markup

from booklet.model import Runs, Table, text_of
from booklet.render.lines import Finished, Frame, finished
from booklet.render.setting import Setting
from booklet.render.stock import Stock

TABLE_PT = 9.0  # type size of tables, as in book.css
PAD_EM = 1.0  # left and right padding of a cell together, as in book.css
LEAST_EM = 2.0  # of a column's text
LONG = 10  # lines; a longer table may be divided between pages


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table as printed: widths of its columns in pt, cells as HTML, the lines of its rows."""

    widths_pt: tuple[float, ...]
    header: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]
    count: int

    @property
    def long(self) -> bool:
        """Tell whether the table may be divided between pages."""
        return self.count > LONG


def set_table(table: Table, frame: Frame, setting: Setting, stock: Stock) -> SetTable:
    """Return a table as wide as the measure of its frame."""
    size_pt = setting.edition.pt(TABLE_PT)
    room = frame.measure_em * frame.size_pt / size_pt
    every = (table.header, *table.rows)
    wanted = [
        max(setting.ruler(text_of(row[at]), "hei-700" if n == 0 else frame.body)
            for n, row in enumerate(every))
        for at in range(len(table.header))
    ]  # fmt: skip
    widths = column_widths(wanted, room - PAD_EM * len(wanted))

    def cells(row: tuple[Runs, ...], body: str) -> list[Finished]:
        return [
            finished(runs, Frame(body, width, 0.0, size_pt), setting, stock)
            for runs, width in zip(row, widths, strict=True)
        ]

    rows = [cells(row, frame.body if n else "hei-700") for n, row in enumerate(every)]
    html = [tuple(cell.html for cell in row) for row in rows]
    return SetTable(
        widths_pt=tuple((width + PAD_EM) * size_pt for width in widths),
        header=html[0],
        rows=tuple(html[1:]),
        count=sum(max(1, *(cell.count for cell in row)) for row in rows),
    )


def column_widths(wanted: list[float], room: float) -> list[float]:
    """Divide ``room`` among columns: each gets what it wants while it is less than a fair share.

    What is left over is given to all in proportion; columns that want more share evenly. In em.
    """
    widths = [0.0] * len(wanted)
    left, waiting = room, sorted(range(len(wanted)), key=lambda at: wanted[at])
    while waiting:
        fair = left / len(waiting)
        at = waiting.pop(0)
        widths[at] = max(min(wanted[at], fair), min(LEAST_EM, fair))
        left -= widths[at]
    total = sum(widths) or 1.0
    return [width + left * width / total for width in widths]
