"""A theme: one style sheet of variables and one drawn ornament that takes its colours from it.

The sheet's ``:root`` holds the values for screens; ``:root.contrast`` and ``:root.press`` hold what is
otherwise in large print and at the print shop. An edition names the one it is printed in (its inks).
"""

import re
from dataclasses import dataclass
from pathlib import Path

VARIABLE = re.compile(r"--([\w-]+)\s*:\s*([^;]+);")
RULE = re.compile(r":root(?:\.(\w+))?\s*\{([^}]*)\}")
SCREEN = "screen"
WIDTH, HEIGHT = 148, 210  # mm of the page that ornaments are drawn for


@dataclass(frozen=True, slots=True)
class Theme:
    """``variables`` are the sheet's values in the edition's inks."""

    name: str
    variables: dict[str, str]
    ornament: str

    @property
    def css(self) -> str:
        """Return the ``:root`` rule with the theme's variables."""
        return (
            ":root{" + "".join(f"--{key}:{value};" for key, value in self.variables.items()) + "}"
        )

    def paint(self, svg: str) -> str:
        """Return a drawing with its ``var(--name)`` replaced: WeasyPrint's SVG knows no variables."""
        return re.sub(r"var\(--([\w-]+)\)", lambda name: self.variables[name[1]], svg)


def theme_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the themes in ``styles/themes``; the house's own, red, comes first."""
    names = sorted(path.stem for path in folder.glob("*.css"))
    return tuple(sorted(names, key=lambda name: name != "red"))


def read_theme(folder: Path, name: str, inks: str = SCREEN) -> Theme:
    """Read ``name.css`` and ``name.svg``; an edition's inks that the sheet lacks raise KeyError."""
    css = (folder / f"{name}.css").read_text("utf-8")
    rules = {inks or SCREEN: dict(VARIABLE.findall(body)) for inks, body in RULE.findall(css)}
    variables = {**rules[SCREEN], **rules[inks]}
    return Theme(name, variables, (folder / f"{name}.svg").read_text("utf-8"))


def emblem(theme: Theme) -> str:
    """Return the round part of the ornament that the theme shows on the title page.

    What is too fine for that size (the group ``fine``) is left out.
    """
    view = theme.variables["emblem"].strip('"')
    x, y, w, h = map(float, view.split())
    disc = f'cx="{x + w / 2}" cy="{y + h / 2}" r="{min(w, h) / 2}"'
    ground = theme.variables["cover-ground"]
    drawing = without_group(theme.ornament, "fine")
    return theme.paint(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">'
        f'<clipPath id="disc"><circle {disc}/></clipPath>'
        f'<g clip-path="url(#disc)"><circle {disc} fill="{ground}"/>{inside(drawing)}</g></svg>'
    )


def front(theme: Theme, bleed: float) -> str:
    """Return the cover's drawing with ``bleed`` mm on each side, as on A5."""
    return theme.paint(f"{head(bleed)}{inside(theme.ornament)}</svg>")


def back(theme: Theme, bleed: float) -> str:
    """Return the back cover's drawing: the front's land without its sun, running on over the spine."""
    land = inside(without_group(theme.ornament, "cover-only"))
    turned = f'<g transform="translate({WIDTH} 0) scale(-1 1)">{land}</g>'
    return theme.paint(f"{head(bleed)}{turned}</svg>")


def head(bleed: float) -> str:
    """Return the root element of a cover's drawing; ornaments are drawn 3 mm beyond the trim."""
    box = f"{-bleed} {-bleed} {WIDTH + 2 * bleed} {HEIGHT + 2 * bleed}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="xMidYMid slice">'


def without_group(svg: str, name: str) -> str:
    """Return a drawing without the groups of this class; groups of one class do not nest."""
    out, rest = [], svg
    opening = re.compile(rf'<g class="[^"]*\b{name}\b[^"]*">')
    while match := opening.search(rest):
        out.append(rest[: match.start()])
        depth, at = 1, match.end()
        for tag in re.finditer(r"<g\b|</g>", rest[match.end() :]):
            depth += 1 if tag[0] == "<g" else -1
            if not depth:
                at = match.end() + tag.end()
                break
        rest = rest[at:]
    return "".join([*out, rest])


def inside(svg: str) -> str:
    """Return what stands inside a drawing's root element."""
    return re.sub(r"<svg[^>]*>|</svg>", "", svg)
