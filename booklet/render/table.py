"""A table's columns as wide as their words ask, its cells set in lines of the grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import ceil

from booklet.compose.paragraph import typed_line
from booklet.model import Run, Runs, Table, text_of
from booklet.render.setting import Setting
from booklet.render.text import Frame, Marks, Text, cast_text

LEAST_EM = 2.0  # of a column's text
SHORT_EM = 8.0  # a cell no wider should be whole: a name, a date, an office
PARTED_CELL = 3.0  # lines that it is worth
STEPS_EM = (0.5, 1.0, 2.0, 4.0)  # that a column gives to another at a time
ROUNDING = 1e-6
RAGGED_EM = 18.0  # a narrower column is not flush on the right: it would be all holes
TOWER = 3  # lines of a cell that is too narrow for its words
STACKED_COLUMNS = 2  # of a table whose cells stand one under another
LONG = 10  # lines; a longer table may be divided between pages


MarksOf = Callable[[int, int], Marks]
"""(row, column), both from 0, the head being row 0, to the marks of a cell."""


def no_marks(_row: int, _column: int) -> Marks:
    """Return the marks of a cell that nothing refers to."""
    return ()


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


def set_table(table: Table, frame: Frame, setting: Setting, marks: MarksOf = no_marks) -> SetTable:
    """Return a table as wide as the measure of its frame; ``marks`` gives those of a cell, by row and column.

    Where lines are short, cells of prose that would be towers of a few characters stand one under another.
    """
    plain = in_columns(table, frame, setting, marks)
    towers = any(cell.count >= TOWER for row in plain.rows for cell in row)
    if not (setting.edition.narrow and towers and len(table.header) > STACKED_COLUMNS):
        return plain
    under, marks_under = stacked(table, marks)
    return min(in_columns(under, frame, setting, marks_under), plain, key=lambda one: one.count)


def stacked(table: Table, marks: MarksOf) -> tuple[Table, MarksOf]:
    """Return a table of two columns, its second one holding all but the first one under another."""

    def joined(row: tuple[Runs, ...], between: str) -> tuple[Runs, ...]:
        rest: list[Run] = []
        for cell in row[1:]:
            if text_of(cell):
                rest += [*([Run(between)] if rest else []), *cell]
        return row[0], tuple(rest)

    def joined_marks(number: int, column: int) -> Marks:
        if not column:
            return marks(number, 0)
        found: list[tuple[int, int, str]] = []
        start = 0
        for at, cell in enumerate((table.header, *table.rows)[number][1:], 1):
            found += [(start + a, start + b, name) for a, b, name in marks(number, at)]
            start += len(text_of(cell)) + bool(text_of(cell))
        return found

    rows = tuple(joined(row, "\n") for row in table.rows)
    return replace(table, header=joined(table.header, "\u3000"), rows=rows), joined_marks


def in_columns(table: Table, frame: Frame, setting: Setting, marks: MarksOf) -> SetTable:
    """Return a table with its columns as they are."""
    kind, head = setting.dress["table"], setting.dress["table-head"].role
    room = frame.measure_em * frame.size_pt / kind.size_pt
    padding = 2 * kind.pad_em
    every = (table.header, *table.rows)
    wanted = [
        [
            typed_line(text_of(cell), frame.body if number else head, setting.ruler).cells[0].width
            for number, row in enumerate(every)
            for cell in row[at : at + 1]
        ]
        for at in range(len(table.header))
    ]
    widths = column_widths(wanted, room - padding * len(wanted))

    def cells(number: int, row: tuple[Runs, ...]) -> tuple[Text, ...]:
        body = frame.body if number else head
        return tuple(
            cast_text(
                runs,
                Frame(body, width, 0.0, kind.size_pt, width < RAGGED_EM),
                setting,
                marks(number, column),
            )
            for column, (runs, width) in enumerate(zip(row, widths, strict=True))
        )

    rows = [cells(number, row) for number, row in enumerate(every)]
    return SetTable(
        widths_pt=tuple((width + padding) * kind.size_pt for width in widths),
        header=rows[0],
        rows=tuple(rows[1:]),
        count=sum(max(1, *(cell.count for cell in row)) for row in rows),
    )


def column_widths(cells: Sequence[Sequence[float]], room: float) -> list[float]:
    """Divide ``room`` among columns, given how wide each of their cells would be in one line; in em.

    Each gets what it wants while that is less than a fair share. Then room goes from one column to
    another as long as that saves lines, or keeps a short cell in one.
    """
    widths = fair_widths([max(column, default=0.0) for column in cells], room)
    least, price = price_of_table(cells, widths), None
    while price != least:
        price = least
        for giver, taker in permutations(range(len(widths)), 2):
            for step in STEPS_EM:
                trial = list(widths)
                trial[giver] -= step
                trial[taker] += step
                if trial[giver] >= min(LEAST_EM, widths[giver]):
                    found = price_of_table(cells, trial)
                    if found < least - ROUNDING:
                        widths, least = trial, found
    return widths


def price_of_table(cells: Sequence[Sequence[float]], widths: Sequence[float]) -> float:
    """Price a table by the lines of its rows, and by cells of a few words that take more than one."""
    counts = [
        [ceil((width - ROUNDING) / room) if width > room else 1 for width in column]
        for column, room in zip(cells, widths, strict=True)
    ]
    rows: int = sum(max(row) for row in zip(*counts, strict=True))
    parted = sum(
        count > 1 and width <= SHORT_EM
        for column, count_of in zip(cells, counts, strict=True)
        for width, count in zip(column, count_of, strict=True)
    )
    return rows + PARTED_CELL * parted


def fair_widths(wanted: Sequence[float], room: float) -> list[float]:
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
