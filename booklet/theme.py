"""A theme: one style sheet of variables and one drawn ornament that takes its colours from it."""

import re
from dataclasses import dataclass
from pathlib import Path

VARIABLE = re.compile(r"--([\w-]+)\s*:\s*([^;]+);")


@dataclass(frozen=True, slots=True)
class Theme:
    """``css`` is the sheet as written; ``variables`` the same values for what is not CSS."""

    name: str
    css: str
    variables: dict[str, str]
    ornament: str

    def paint(self, svg: str) -> str:
        """Return a drawing with its ``var(--name)`` replaced: WeasyPrint's SVG knows no variables."""
        return re.sub(r"var\(--([\w-]+)\)", lambda name: self.variables[name[1]], svg)


def theme_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the themes in ``styles/themes``; the house's own, red, comes first."""
    names = sorted(path.stem for path in folder.glob("*.css"))
    return tuple(sorted(names, key=lambda name: name != "red"))


def read_theme(folder: Path, name: str) -> Theme:
    """Read ``name.css`` and ``name.svg``."""
    css = (folder / f"{name}.css").read_text("utf-8")
    variables = {key: value.strip() for key, value in VARIABLE.findall(css)}
    return Theme(name, css, variables, (folder / f"{name}.svg").read_text("utf-8"))
