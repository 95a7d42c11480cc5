"""The dress of each kind of text in one edition: face, size, step, padding (``styles/type.toml``).

Lengths are given for a text of 10.5 pt and come out in proportion to the edition's, in pt.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.edition import PT_PER_MM, Edition

KEYS = frozenset({"role", "size", "line", "lines", "unit", "pad", "pad_em", "rows", "step"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text. ``size_pt`` 0: set in the size of its surroundings; ``step`` is in em."""

    role: str
    size_pt: float = 0.0
    line_pt: float = 0.0
    pad_pt: float = 0.0
    pad_em: float = 0.0
    rows: float = 0.0
    step: float = 0.0

    def variables(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the CSS variables of this kind as (name, value)."""
        family, _, weight = self.role.partition("-")
        families = f"{family},song" if family not in ("song", "") else family
        if self.size_pt:
            line = f"{self.size_pt:.4f}pt/{self.line_pt:.4f}pt"
            yield name, f"{weight} {line} {families}"
        yield f"{name}-family", families
        yield f"{name}-weight", weight
        yield f"{name}-size", f"{self.size_pt:.4f}pt"
        yield f"{name}-line", f"{self.line_pt:.4f}pt"
        yield f"{name}-pad", f"{self.pad_pt:.4f}pt" if self.pad_pt else f"{self.pad_em}em"
        yield f"{name}-rows", f"{self.rows:g}"
        yield f"{name}-step", f"{self.step:g}"


class Dress(Mapping[str, Kind]):
    """The kinds of text of one edition by name; an unknown name is our bug, so it raises KeyError."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = dict(kinds)

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def heading(self, level: int) -> Kind:
        """Return the kind of a heading; level 2 is （一）."""
        return self["subheading" if level == 2 else "heading"]

    def lead(self, level: int) -> Kind:
        """Return the kind of a run-in heading."""
        return self["sublead" if level == 2 else "lead"]

    def body(self, kind: str) -> Kind:
        """Return the kind of the paragraphs of a speech of this kind."""
        return self["note" if kind == "note" else "body"]

    def variables(self) -> dict[str, str]:
        """Return every CSS variable of every kind."""
        return dict(pair for name, kind in self._kinds.items() for pair in kind.variables(name))


def read_dress(path: Path, edition: Edition) -> Dress:
    """Read the table for one edition; an unknown key in it is our bug, so it raises TypeError."""
    table: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))
    for name, row in table.items():
        if not row.keys() <= KEYS:
            raise TypeError(f"{path}: [{name}] has unknown keys: {sorted(row.keys() - KEYS)}")
    return Dress({name: kind_of(row, edition) for name, row in table.items()})


def kind_of(row: Mapping[str, Any], edition: Edition) -> Kind:
    """Return one row of the table in the sizes of an edition."""

    def length(value: float | str) -> float:
        if isinstance(value, str):
            return float(getattr(edition, value))
        return value * unit

    unit = edition.small_unit_mm * PT_PER_MM if row.get("unit") == "mm" else edition.pt(1)
    line = row["lines"] * edition.line_pt if "lines" in row else length(row.get("line", 0.0))
    return Kind(
        role=row.get("role", ""),
        size_pt=length(row.get("size", 0.0)),
        line_pt=line,
        pad_pt=length(row.get("pad", 0.0)),
        pad_em=row.get("pad_em", 0.0),
        rows=row.get("rows", 0.0),
        step=row.get("step", 0.0),
    )
