"""A theme: one style sheet of variables and one drawn ornament that takes its colours from it.

The sheet's ``:root`` holds the values for screens; ``:root.contrast`` and ``:root.press`` hold what is
otherwise in large print and at the print shop. An edition names the one it is printed in (its inks).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import tinycss2

SCREEN = "screen"
WIDTH, HEIGHT = 148, 210  # mm of the page that ornaments are drawn for
LATTICE_MM = 12  # of the endpapers
SVG = "http://www.w3.org/2000/svg"
PICTURED = {  # what is otherwise on a cover with a photograph
    "frame": "none",
    "slip": "none",
    "cover-upright": "none",
    "cover-level": "block",
    "cover-title-top": "calc(var(--u) * 109.5 + var(--s) * 14)",
    "cover-foot-at": "calc(var(--u) * 13)",
    "years-left": "calc(var(--u) * 18)",
    "years-right": "auto",
    "years-scale": "0.36",
    "years-leading": "0.72",
    "years-align": "left",
}
ElementTree.register_namespace("", SVG)
Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Theme:
    """``variables`` are the sheet's values in the edition's inks."""

    name: str
    variables: dict[str, str]
    ornament: str
    plain: bool = False  # covers without its drawing, on which a photograph stands

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
    sheet = variables_of((folder / f"{name}.css").read_text("utf-8"))
    return Theme(
        name, {**sheet[SCREEN], **sheet[inks]}, (folder / f"{name}.svg").read_text("utf-8")
    )


def variables_of(css: str) -> dict[str, dict[str, str]]:
    """Return the variables of a theme's sheet by inks: those of ``:root`` are for screens."""
    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        selector = tinycss2.serialize(rule.prelude).strip()
        inks = selector.removeprefix(":root").removeprefix(".") or SCREEN
        found[inks] = {
            one.name.removeprefix("--"): tinycss2.serialize(one.value).strip()
            for one in tinycss2.parse_blocks_contents(rule.content)
            if one.type == "declaration"
        }
    return found


def emblem(theme: Theme) -> str:
    """Return the round part of the ornament that the theme shows on the title page.

    What is too fine for that size (the group ``fine``) is left out.
    """
    view = theme.variables["emblem"].strip('"')
    x, y, w, h = map(float, view.split())
    disc = {"cx": f"{x + w / 2}", "cy": f"{y + h / 2}", "r": f"{min(w, h) / 2}"}
    root = Element(tag("svg"), viewBox=view)
    clip = ElementTree.SubElement(root, tag("clipPath"), id="disc")
    ElementTree.SubElement(clip, tag("circle"), disc)
    group = ElementTree.SubElement(root, tag("g"), {"clip-path": "url(#disc)"})
    ElementTree.SubElement(group, tag("circle"), {**disc, "fill": theme.variables["cover-ground"]})
    group.extend(drawing(theme, "fine"))
    return painted(theme, root)


def pictured(theme: Theme) -> Theme:
    """Return a theme for a cover whose upper half is a photograph: its title level, below that."""
    ground = {"cover-foot": theme.variables["cover-sub"]}  # there is no drawing under it
    return replace(theme, variables=theme.variables | PICTURED | ground, plain=True)


def front(theme: Theme, bleed: float) -> str:
    """Return the cover's drawing with ``bleed`` mm on each side, as on A5."""
    root = page(bleed)
    if theme.plain:
        return painted(theme, root)
    root.extend(drawing(theme, "emblem-only", *without_grounds(theme)))
    return painted(theme, root)


def back(theme: Theme, bleed: float) -> str:
    """Return the back cover's drawing: the front's land without its sun, running on over the spine."""
    root = page(bleed)
    if theme.plain:
        return painted(theme, root)
    turned = {"transform": f"translate({WIDTH} 0) scale(-1 1)"}
    ElementTree.SubElement(root, tag("g"), turned).extend(
        drawing(theme, "cover-only", "emblem-only", *without_grounds(theme))
    )
    return painted(theme, root)


def endpaper(theme: Theme, bleed: float) -> str:
    """Return the drawing of the endpapers, a lattice of diamonds, with ``bleed`` mm on each side, as on A5.

    One drawing for the page: a repeated one would be a pattern, which is no colour of the print shop's.
    """
    root = page(bleed)
    root.set("preserveAspectRatio", "xMinYMin slice")
    right, foot, step = WIDTH + bleed, HEIGHT + bleed, LATTICE_MM
    small = step * 0.2
    rows = [
        f"M{at} {-bleed}L{at + turn * (foot + bleed)} {foot}"
        for turn in (1, -1)
        for at in range(-20 * step, 34 * step, step)
        if min(at, at + turn * (foot + bleed)) < right
        and max(at, at + turn * (foot + bleed)) > -bleed
    ]
    for row in range(-1, int(foot / step) + 2):
        for column in range(-1, int(right / step) + 2):
            x, y = column * step, row * step + step / 2 - bleed
            rows.append(f"M{x - small} {y}l{small} {-small}l{small} {small}l{-small} {small}z")
    style = {"fill": "none", "stroke": theme.variables["endpaper-line"], "stroke-width": "0.32"}
    ElementTree.SubElement(root, tag("path"), {"d": "".join(rows), **style})
    return painted(theme, root)


def without_grounds(theme: Theme) -> tuple[str, ...]:
    """Return the groups that a printer which leaves the edge white cannot print: grounds to the edge."""
    return () if theme.variables["grounds"] == "yes" else ("ground",)


def page(bleed: float) -> Element:
    """Return the root element of a cover's drawing; ornaments are drawn 3 mm beyond the trim."""
    box = f"{-bleed} {-bleed} {WIDTH + 2 * bleed} {HEIGHT + 2 * bleed}"
    return Element(tag("svg"), viewBox=box, preserveAspectRatio="xMidYMid slice")


def drawing(theme: Theme, *without: str) -> Iterator[Element]:
    """Yield what stands in a theme's ornament, without the groups of some classes."""
    root = ElementTree.fromstring(theme.ornament)
    for parent in [root, *root.iter(tag("g"))]:
        for child in list(parent):
            if not {*without}.isdisjoint(child.get("class", "").split()):
                parent.remove(child)
    return iter(list(root))


def painted(theme: Theme, root: Element) -> str:
    """Return a drawing in the theme's colours."""
    return theme.paint(ElementTree.tostring(root, encoding="unicode"))


def tag(name: str) -> str:
    """Return the name of an SVG element."""
    return f"{{{SVG}}}{name}"
