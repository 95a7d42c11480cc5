"""Lists of those present: in columns, read across, a name as wide as three characters and its post."""

from collections.abc import Sequence
from dataclasses import dataclass

from booklet.compose.phrases import balance
from booklet.model import Attendance, Attendee, Block
from booklet.render.setting import Setting
from booklet.text.names import is_two

NAME_EM = 3.0  # of a name of two or three characters
GAP_EM = 1.0  # between a name and its post, and between columns
MOST_COLUMNS, MOST_NAMES = 3, 5  # of names with posts, of names alone


@dataclass(frozen=True, slots=True)
class Member:
    """One name as printed; ``two`` characters are spaced to the width of three."""

    name: str
    two: bool
    post: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of a list: its members, how many columns rows have, the widths of a name and a column in em."""

    members: tuple[Member, ...]
    columns: int
    name_em: float
    column_em: float
    count: int


def in_rows(blocks: Sequence[Block], setting: Setting) -> tuple[Block, ...]:
    """Return blocks whose lists of people are divided into the rows they are printed in."""
    people = [one for block in blocks if isinstance(block, Attendance) for one in block.people]
    if not people:
        return tuple(blocks)
    columns = columns_of(people, setting)
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Attendance):
            rows = divided(block.people, columns)
            found += [Attendance(row, row[0].line, columns) for row in rows]
        else:
            found.append(block)
    return tuple(found)


def divided(people: Sequence[Attendee], columns: int) -> list[tuple[Attendee, ...]]:
    """Return people in rows of so many."""
    return [tuple(people[at : at + columns]) for at in range(0, len(people), columns)]


def columns_of(people: Sequence[Attendee], setting: Setting) -> int:
    """Return in how many columns a list is printed: where it takes the fewest lines."""
    measure, name_em = setting.edition.measure_em, name_width(people, setting)
    if not any(one.post for one in people):
        return max(1, min(MOST_NAMES, int((measure + GAP_EM) // (name_em + GAP_EM))))

    def lines(columns: int) -> int:
        rows = divided(people, columns)
        return sum(set_row(row, columns, name_em, setting).count for row in rows)

    fit = [n for n in range(1, MOST_COLUMNS + 1) if column_width(n, setting) >= 3 * name_em]
    return min(fit or [1], key=lambda n: (lines(n), n))


def name_width(people: Sequence[Attendee], setting: Setting) -> float:
    """Return how wide the names of a list are, in em of the text."""
    width, unit = setting.width("attendee"), setting.dress["attendee"].size_pt
    widest = max(width(one.name) for one in people) * unit / setting.edition.type_pt
    return max(NAME_EM, widest)


def column_width(columns: int, setting: Setting) -> float:
    """Return how wide one of so many columns is, in em of the text."""
    return (setting.edition.measure_em - GAP_EM * (columns - 1)) / columns


def set_roll(block: Attendance, people: Sequence[Attendee], setting: Setting) -> SetRow:
    """Return a row of a list; ``people`` are all whom the list names."""
    return set_row(block.people, block.columns, name_width(people, setting), setting)


def set_row(people: Sequence[Attendee], columns: int, name_em: float, setting: Setting) -> SetRow:
    """Return a row of a list of so many columns."""
    column = column_width(columns, setting)
    kind = setting.dress["attendee-post"]
    room = (column - name_em - GAP_EM) * setting.edition.type_pt / kind.size_pt
    members = tuple(
        Member(
            one.name,
            is_two(one.name),
            balance(one.post, room, setting.width("attendee-post")) if one.post else (),
        )
        for one in people
    )
    count = max(1, *(len(one.post) for one in members))
    return SetRow(members, columns, name_em, column, count)
