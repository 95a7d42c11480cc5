"""A table's columns as wide as their words ask, its cells set in lines of the grid."""

from dataclasses import dataclass

from booklet.model import Runs, Table, text_of
from booklet.render.setting import Setting
from booklet.render.text import Frame, Text, cast_text

LEAST_EM = 2.0  # of a column's text
LONG = 10  # lines; a longer table may be divided between pages


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table as printed: widths of its columns in pt, its cells cast off, the lines of its rows."""

    widths_pt: tuple[float, ...]
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    count: int

    @property
    def long(self) -> bool:
        """Tell whether the table may be divided between pages."""
        return self.count > LONG


def set_table(table: Table, frame: Frame, setting: Setting) -> SetTable:
    """Return a table as wide as the measure of its frame."""
    kind, head = setting.dress["table"], setting.dress["table-head"].role
    room = frame.measure_em * frame.size_pt / kind.size_pt
    padding = 2 * kind.pad_em
    every = (table.header, *table.rows)
    wanted = [
        max(
            setting.ruler(text_of(row[at]), frame.body if n else head)
            for n, row in enumerate(every)
        )
        for at in range(len(table.header))
    ]
    widths = column_widths(wanted, room - padding * len(wanted))

    def cells(row: tuple[Runs, ...], body: str) -> tuple[Text, ...]:
        return tuple(
            cast_text(runs, Frame(body, width, 0.0, kind.size_pt), setting)
            for runs, width in zip(row, widths, strict=True)
        )

    rows = [cells(row, frame.body if n else head) for n, row in enumerate(every)]
    return SetTable(
        widths_pt=tuple((width + padding) * kind.size_pt for width in widths),
        header=rows[0],
        rows=tuple(rows[1:]),
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
