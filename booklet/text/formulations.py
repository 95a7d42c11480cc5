"""Fixed wordings as data: the house's own, and those of an office in the same form."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

KEYS = frozenset({"old", "new", "since", "until", "why"})


@dataclass(frozen=True, slots=True)
class Formulation:
    """``new`` is usual for ``old`` from the day ``since`` on; ``why`` names the authority."""

    old: str
    new: str
    since: date
    why: str
    until: date | None = None


def read_formulations(text: str) -> tuple[Formulation, ...]:
    """Read a file of formulations; ValueError says in Chinese what is wrong with it."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"不是 TOML：{error}") from error
    rows = table.get("formulation", [])
    if table.keys() - {"formulation"} or not isinstance(rows, list):
        raise ValueError("每一条以 [[formulation]] 开头")
    found = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise ValueError(f"第 {number} 条以 [[formulation]] 开头")
        if not {"old", "new", "since", "why"} <= row.keys() <= KEYS:
            raise ValueError(f"第 {number} 条应有 old、new、since、why，可以有 until")
        days = [row["since"], *([row["until"]] if "until" in row else [])]
        if not all(type(day) is date for day in days) or not all(
            isinstance(row[key], str) and row[key] for key in ("old", "new", "why")
        ):
            raise ValueError(f"第 {number} 条：日期写成 2017-01-03，其余写在引号里")
        found.append(Formulation(**row))
    return tuple(found)


@cache
def house_formulations() -> tuple[Formulation, ...]:
    """Return the house's own."""
    text = files("booklet.text").joinpath("formulations.toml").read_text("utf-8")
    return read_formulations(text)
