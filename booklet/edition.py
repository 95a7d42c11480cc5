"""Trim, type area and sizes of one edition: read from ``styles/*.toml``, given out as CSS variables.

Units are in the names: ``_mm``, ``_pt`` (type sizes and the line grid), ``_em`` (of the body type).
The type area is ``measure_em`` wide and ``lines`` high, exactly; what the trim leaves over is margin.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

PT_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Edition:
    """One output form of the Book; see ``styles/reading.toml`` for each field."""

    name: str
    title: str
    stem: str
    trim_mm: tuple[float, float]
    bleed_mm: float
    head_mm: float
    spine_mm: float
    type_pt: float
    line_pt: float
    measure_em: int
    lines: int
    title_pt: float
    title_line_pt: float
    quote_pt: float
    quote_line_pt: float
    qr_mm: float
    qr_most_mm: float
    picture_dpi: int

    @property
    def measure_pt(self) -> float:
        """Width of the type area in pt."""
        return self.measure_em * self.type_pt

    @property
    def fore_edge_mm(self) -> float:
        """Width of the margin away from the spine in mm."""
        return self.trim_mm[0] - self.spine_mm - self.measure_pt / PT_PER_MM

    @property
    def foot_mm(self) -> float:
        """Height of the margin under the last line in mm."""
        return self.trim_mm[1] - self.head_mm - self.lines * self.line_pt / PT_PER_MM

    def whole_lines(self, height_pt: float) -> int:
        """Return how many lines of the grid something of this height takes."""
        return -int(-(height_pt - 0.01) // self.line_pt)

    def css(self) -> str:
        """Return the ``:root`` rule with every size that the style sheets use."""
        sizes = {
            "u": f"{self.trim_mm[0] / 148:.4f}mm",
            "trim-width": f"{self.trim_mm[0]}mm",
            "trim-height": f"{self.trim_mm[1]}mm",
            "bleed": f"{self.bleed_mm}mm",
            "head": f"{self.head_mm}mm",
            "foot": f"{self.foot_mm:.4f}mm",
            "spine": f"{self.spine_mm}mm",
            "fore-edge": f"{self.fore_edge_mm:.4f}mm",
            "measure": f"{self.measure_pt}pt",
            "type": f"{self.type_pt}pt",
            "line": f"{self.line_pt}pt",
            "page-lines": f"{self.lines}",
            "title-type": f"{self.title_pt}pt",
            "title-line": f"{self.title_line_pt}pt",
            "quote-type": f"{self.quote_pt}pt",
            "quote-line": f"{self.quote_line_pt}pt",
        }
        return ":root{" + "".join(f"--{key}:{value};" for key, value in sizes.items()) + "}"


def read_edition(path: Path) -> Edition:
    """Read one edition file; a missing or unknown size is our bug, so it raises TypeError."""
    table = tomllib.loads(path.read_text("utf-8"))
    known = {field.name for field in fields(Edition)}
    if table.keys() != known:
        raise TypeError(f"{path}: keys differ from Edition: {sorted(table.keys() ^ known)}")
    return Edition(**{**table, "trim_mm": tuple(table["trim_mm"])})
