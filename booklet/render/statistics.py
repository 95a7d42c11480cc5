"""Statistics boxes: figures in columns as wide as they ask, one before the others, or drawn as a chart.

A unit too long for its column stands on a line of its own. Charts are made of boxes of the page, so they
are vectors, and every figure in them is also there in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from booklet.compose.phrases import balance
from booklet.model import Speech, Statistic, StatsHead
from booklet.render.setting import Setting
from booklet.text.amounts import amounts
from booklet.text.clreq import OPENING
from booklet.text.numbers import split_figure

APART_PT = 8.0  # house pt on either side of the rule between two columns
BOX_DEPTH = 0.7  # of a page that a statistics box may take; more figures stand in several
MOST_COLUMNS = 3
MOST_IN_ROW = {4: 2}  # two and two, not three and a lonely one
SIGNS = ("%", "‰", "℃", "°")  # units that belong to their number
CHART_ROW = 1  # lines of the grid that a row of a chart takes; where lines are short, one more
DOT_PT = 9.0  # house pt from one dot to the next, where there is room
BAR_LEAST_PT = 60.0  # house pt of a chart's bars, else the words stand above them


NO_HEAD = StatsHead()


@dataclass(frozen=True, slots=True)
class Cell:
    """A statistic as printed: what stands before and after its number, and what it counts."""

    before: str
    number: str
    after: str
    label: str

    @property
    def hangs(self) -> bool:
        """Tell whether the label begins with a quotation mark, which hangs out."""
        return self.label[:1] in OPENING and bool(self.label)

    @property
    def signed(self) -> bool:
        """Tell whether the unit is a sign that stands close to the number."""
        return self.after.startswith(SIGNS)


@dataclass(frozen=True, slots=True)
class Shown:
    """A statistic in its place: its label in lines, ``below`` the number its unit."""

    cell: Cell
    label: tuple[str, ...]
    below: bool = False


@dataclass(frozen=True, slots=True)
class StatsRow:
    """A row of figures: their columns in pt, its lines of the grid; a ``lead`` figure stands alone."""

    cells: tuple[Shown, ...]
    widths_pt: tuple[float, ...]
    lines: int
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: its figure, the share of the whole width that is drawn, or its dots."""

    cell: Cell
    share: float
    dots: int


@dataclass(frozen=True, slots=True)
class StatsBox:
    """A statistics box; ``beside`` has a lone figure's label next to it. ``stats`` are those in it.

    A ``chart`` has ``bars`` in place of rows, the words of each ``label_pt`` and ``figure_pt`` wide, or
    ``above`` them.
    """

    stats: tuple[Statistic, ...]
    rows: tuple[StatsRow, ...]
    lines: int
    beside: bool = False
    head: StatsHead = NO_HEAD
    bars: tuple[Bar, ...] = ()
    label_pt: float = 0.0
    figure_pt: float = 0.0
    above: bool = False
    dot_pt: float = 0.0  # from one dot to the next


def figure_cells(stats: Sequence[Statistic]) -> tuple[Cell, ...]:
    """Return each statistic as it is printed."""
    return tuple(Cell(*split_figure(stat.figure), stat.label) for stat in stats)


def stats_boxes(speech: Speech, setting: Setting) -> list[StatsBox]:
    """Return the statistics of a speech in boxes that a page can hold, nearly alike; a chart is one box."""
    stats, head = speech.stats, speech.stats_head
    if not stats:
        return []
    if head.chart:
        return [chart_box(stats, head, setting)]
    rows = rows_of(stats, setting)
    most = setting.edition.lines * BOX_DEPTH - 1 - bool(head.title)
    whole = sum(row.lines for _, row in rows)
    room = whole / -(-whole // most)
    depths = accumulate(row.lines for _, row in rows)
    groups: dict[int, list[tuple[tuple[Statistic, ...], StatsRow]]] = {}
    for one, depth in zip(rows, depths, strict=True):
        groups.setdefault(int((depth - 1e-6) // room), []).append(one)
    boxes = []
    for n, group in enumerate(groups.values()):
        held = tuple(stat for those, _ in group for stat in those)
        boxes.append(box_of(held, [row for _, row in group], head if n == 0 else NO_HEAD, setting))
    return boxes


def box_of(
    stats: tuple[Statistic, ...], rows: Sequence[StatsRow], head: StatsHead, setting: Setting
) -> StatsBox:
    """Return a box of some rows."""
    only = rows[0].cells[0].cell
    lone = len(stats) == 1 and not rows[0].lead
    beside = lone and beside_pt(only, setting) <= room_pt(setting)
    lines = int(setting.dress["figure"].rows) if beside else sum(row.lines for row in rows) + 1
    return StatsBox(stats, tuple(rows), lines + bool(head.title), beside, head)


def rows_of(
    stats: Sequence[Statistic], setting: Setting
) -> list[tuple[tuple[Statistic, ...], StatsRow]]:
    """Return the statistics of a speech in rows: a lead figure first, the others in columns."""
    lines = int(setting.dress["figure"].rows)
    found: list[tuple[tuple[Statistic, ...], StatsRow]] = []
    for lead in (stat for stat in stats if stat.lead):
        (cell,) = figure_cells([lead])
        label = label_lines(cell.label, setting)
        width = room_pt(setting)
        row = StatsRow((Shown(cell, label),), (width,), lines + len(label), lead=True)
        found.append(((lead,), row))
    rest = tuple(stat for stat in stats if not stat.lead)
    if not rest:
        return found
    cells = figure_cells(rest)
    columns, widths, below = columns_of(cells, setting)
    for at in range(0, len(cells), columns):
        shown = tuple(
            Shown(cell, label_lines(cell.label, setting), cell in below)
            for cell in cells[at : at + columns]
        )
        extra = max(len(one.label) - 1 + one.below for one in shown)
        found.append(
            (rest[at : at + columns], StatsRow(shown, widths[: len(shown)], lines + extra))
        )
    return found


def columns_of(
    cells: Sequence[Cell], setting: Setting
) -> tuple[int, tuple[float, ...], frozenset[Cell]]:
    """Return how many figures stand in a row, the widths of the columns in pt, whose units stand below.

    As many columns as there is room for, at most three; long units go onto a line of their own, the
    longest ones first, before a column is given up.
    """
    most = min(MOST_IN_ROW.get(len(cells), MOST_COLUMNS), len(cells))
    apart, room = setting.edition.pt(APART_PT), room_pt(setting)
    longest = sorted(cells, key=lambda cell: -setting.width_pt(cell.after, "figure"))
    for columns in range(most, 1, -1):
        sides = [1, *[2] * (columns - 2), 1]  # of each column that have a rule
        for count in range(len(cells) + 1):
            narrow = frozenset(longest[:count])
            widths = [
                max(cell_pt(cell, setting, cell in narrow) for cell in cells[at::columns])
                for at in range(columns)
            ]
            spare = (room - sum(sides) * apart - sum(widths)) / columns
            if spare < 0:
                continue
            wide = tuple(
                width + beside * apart + spare for width, beside in zip(widths, sides, strict=True)
            )
            below = {
                cell
                for at, width in enumerate(widths)
                for cell in cells[at::columns]
                if figure_pt(cell, setting) > width + spare
            }
            return columns, wide, frozenset(below)
    return 1, (room,), frozenset()


def label_lines(label: str, setting: Setting) -> tuple[str, ...]:
    """Return the lines of a label under its figure: one, unless it is too wide for the whole box."""
    room = room_pt(setting) / setting.dress["label"].size_pt
    width = setting.width("label")
    return (label,) if width(label) <= room else balance(label, room, width)


def room_pt(setting: Setting) -> float:
    """Return the width inside a statistics box."""
    return setting.edition.measure_pt - 2 * setting.dress["figure"].pad_pt


def figure_pt(cell: Cell, setting: Setting, kind: str = "figure-number") -> float:
    """Return the width of a figure, number and small print."""
    small = setting.width_pt(cell.before, "figure") + setting.width_pt(cell.after, "figure")
    return small + setting.width_pt(cell.number, kind) + setting.dress["figure-number"].pad_pt


def cell_pt(cell: Cell, setting: Setting, narrow: bool = False) -> float:
    """Return the width that a statistic needs with its label under it; ``narrow``: its unit, too."""
    figure = figure_pt(cell, setting)
    if narrow and not cell.signed:
        number = setting.width_pt(cell.before, "figure") + setting.width_pt(
            cell.number, "figure-number"
        )
        figure = max(number, setting.width_pt(cell.after, "figure"))
    return max(figure, setting.width_pt(cell.label, "label"))


def beside_pt(cell: Cell, setting: Setting) -> float:
    """Return the width that a lone statistic needs with its label beside it."""
    label = setting.width_pt(cell.label, "label-beside") + setting.dress["label-beside"].pad_pt
    return figure_pt(cell, setting) + label


# ---- Charts ----------------------------------------------------------------------------------


def chart_box(stats: tuple[Statistic, ...], head: StatsHead, setting: Setting) -> StatsBox:
    """Return a chart: a row for each figure, as long as it is large."""
    cells = figure_cells(stats)
    values = [value_of(stat) for stat in stats]
    whole = Decimal(100) if head.chart == "share" else max(values) or Decimal(1)
    bars = tuple(
        Bar(cell, float(value / whole), int(value) if head.chart == "dots" else 0)
        for cell, value in zip(cells, values, strict=True)
    )
    pad = setting.edition.pt(APART_PT)
    label = max(setting.width_pt(cell.label, "bar-label") for cell in cells) + pad
    words = max(setting.width_pt(stat.figure, "bar-figure") for stat in stats) + pad
    above = room_pt(setting) - label - words < setting.edition.pt(BAR_LEAST_PT)
    lines = len(cells) * (CHART_ROW + above) + 1 + bool(head.title)
    track = room_pt(setting) - (0.0 if above else label + words)
    dot = min(setting.edition.pt(DOT_PT), track / max(1, *(bar.dots for bar in bars)))
    return StatsBox(
        stats, (), lines, head=head, bars=bars, label_pt=label, figure_pt=words, above=above, dot_pt=dot
    )  # fmt: skip


def value_of(stat: Statistic) -> Decimal:
    """Return what a figure is worth; 0 where it is no plain amount, which the proof tells."""
    found = amounts(stat.figure)
    return found[0].value if found else Decimal(0)
