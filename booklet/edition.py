"""Trim, type area and sizes of one edition: read from ``styles/*.toml``, given out as CSS variables;
and the sheets that an edition is imposed on.

Units are in the names: ``_mm``, ``_pt`` (type sizes and the line grid), ``_em`` (of the body type).
The type area is ``measure_em`` wide and ``lines`` high, exactly; what the trim leaves over is margin.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Literal

PT_PER_MM = 72 / 25.4
LEAST_UNIT_MM = 0.75
NARROW_EM = 24  # measure under which what stands in a row stands one under the other
SLACK_MM = 0.01  # that a page is deeper than its lines, else rounding may push out the last one
HOUSE_PT = 10.5  # the type size that styles/type.toml and styles/book.css are made for


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
    inks: str
    bound: bool
    profile: str = ""  # an ICC file in styles/profiles: the edition is for a print shop
    condition: str = ""
    most_ink: float = 0.0  # % of the four inks together that paper takes up; 0: no matter

    @property
    def for_press(self) -> bool:
        """Tell whether the edition is for a print shop: four inks, nothing to touch, PDF/X-4."""
        return bool(self.profile)

    @property
    def codes(self) -> bool:
        """Tell whether links are printed as QR codes; else they are there to be touched."""
        return self.qr_most_mm > 0

    @property
    def narrow(self) -> bool:
        """Tell whether a line is too short for a figure and its label beside one another."""
        return self.measure_em < NARROW_EM

    @property
    def unit_mm(self) -> float:
        """What 1 mm of the A5 cover is on this one."""
        return self.trim_mm[0] / 148

    @property
    def small_unit_mm(self) -> float:
        """The same for the cover's small type, which stays large enough to be read."""
        return max(self.unit_mm, LEAST_UNIT_MM)

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

    def pt(self, size: float) -> float:
        """Return a length in pt that is given for a text of 10.5 pt, in proportion to this one."""
        return size * self.type_pt / HOUSE_PT

    def whole_lines(self, height_pt: float) -> int:
        """Return how many lines of the grid something of this height takes."""
        return -int(-(height_pt - 0.01) // self.line_pt)

    def variables(self) -> dict[str, str]:
        """Return every size of the page as CSS variables."""
        return {
            "u": f"{self.unit_mm:.4f}mm",
            "s": f"{self.small_unit_mm:.4f}mm",
            "trim-width": f"{self.trim_mm[0]}mm",
            "trim-height": f"{self.trim_mm[1]}mm",
            "bleed": f"{self.bleed_mm}mm",
            "cover-at": f"{-self.bleed_mm}mm",
            "cover-width": f"{self.trim_mm[0] + 2 * self.bleed_mm}mm",
            "cover-height": f"{self.trim_mm[1] + 2 * self.bleed_mm}mm",
            "head": f"{self.head_mm}mm",
            "foot": f"{self.foot_mm - SLACK_MM:.4f}mm",
            "spine": f"{self.spine_mm}mm",
            "fore-edge": f"{self.fore_edge_mm:.4f}mm",
            "measure": f"{self.measure_pt}pt",
            "rem": f"{self.pt(10):.4f}pt",
            "line": f"{self.line_pt}pt",
            "page-lines": f"{self.lines}",
            "recto": "right" if self.bound else "page",
            # Pages that lie on one another have their folios in one place.
            "folio-left": "counter(page)" if self.bound else "none",
            "folio-right": "none" if self.bound else "counter(page)",
        }


@dataclass(frozen=True, slots=True)
class Binding:
    """How the pages of an edition are put on sheets; see ``styles/imposed.toml`` for each field."""

    name: str
    title: str
    stem: str
    of: str
    sheet_mm: tuple[float, float]
    flip: Literal["short", "long"]
    paper_mm: float
    most_sheets: int
    grounds: str = ""


def read_form(path: Path) -> Edition | Binding:
    """Read one file of ``styles/``: an edition, or with ``of`` the sheets that one is printed on.

    ``base`` names the file that has what this one does not say. A missing or unknown field is our
    bug, so it raises TypeError.
    """
    table = read_table(path)
    kind: type[Edition] | type[Binding] = Binding if "of" in table else Edition
    known = {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if not needed <= table.keys() <= known:
        raise TypeError(f"{path}: keys differ from {kind.__name__}: {sorted(table.keys() ^ known)}")
    if table.get("flip", "short") not in ("short", "long"):
        raise TypeError(f"{path}: flip is short or long")
    pairs = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return kind(**{**table, **pairs})


def read_table(path: Path) -> dict[str, Any]:
    """Return the fields of a file, those of its ``base`` among them."""
    table = tomllib.loads(path.read_text("utf-8"))
    base = table.pop("base", None)
    return {**(read_table(path.with_name(f"{base}.toml")) if base else {}), **table}


def read_edition(path: Path) -> Edition:
    """Read the file of an edition that is typeset."""
    form = read_form(path)
    if not isinstance(form, Edition):
        raise TypeError(f"{path}: not typeset, but imposed")
    return form


def typeset_titles(styles: Path, names: Sequence[str]) -> dict[str, str]:
    """Return the titles of those editions that are typeset, by name; sheets made of another one are left out."""
    forms = {name: read_form(styles / f"{name}.toml") for name in names}
    return {name: form.title for name, form in forms.items() if isinstance(form, Edition)}
