"""What styles and properties say of type: size, face, weight, alignment, level of a heading."""

import re
from dataclasses import dataclass, replace
from typing import Any

from booklet.intake.docx.elements import W, is_on, value_of
from booklet.intake.source import number_of

SIZE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
MOST_PARENTS = 50  # styles that one is based on, one after another
FACES = (("title", ("小标宋", "大标宋")), ("hei", ("黑体", "SimHei", "Heiti")), ("kai", ("楷",)))


@dataclass(frozen=True, slots=True)
class Look:
    """What a style or a run says of type: size in pt, face, bold; None where it says nothing."""

    size: float | None = None
    face: str | None = None
    bold: bool | None = None
    centred: bool | None = None
    right: bool | None = None
    level: int | None = None
    list: tuple[str, int] | None = None

    def over(self, other: "Look") -> "Look":
        """Return this look, with the other's where it says nothing."""
        return Look(*(
            mine if mine is not None else getattr(other, name)
            for name in self.__slots__
            for mine in [getattr(self, name)]
        ))  # fmt: skip


def styles_of(root: Any) -> tuple[dict[str, Look], Look]:
    """Return the look of each paragraph style with what it is based on, and the default look."""
    if root is None:
        return {}, Look()
    run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    default = run_look(run)
    own, parents, usual = {}, {}, ""
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        called = (value_of(style, "name") or "").lower()
        properties = style.find(f"{W}pPr")
        look = run_look(style.find(f"{W}rPr")).over(paragraph_look(properties))
        level = style_level(called)
        own[name] = replace(look, level=level if level is not None else look.level)
        parents[name] = value_of(style, "basedOn") or ""
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            usual = name

    def whole(name: str) -> Look:
        look, seen = Look(), set[str]()
        while name in own and name not in seen and len(seen) < MOST_PARENTS:
            look = look.over(own[name])
            seen.add(name)
            name = parents[name]
        return look

    return {name: whole(name) for name in own}, whole(usual).over(default)


def style_level(called: str) -> int | None:
    """Return the level of a style by its name: title 1, heading 1 is 2, and so on."""
    if called in ("title", "标题"):
        return 1
    words = called.replace("标题", "heading ").split()
    if len(words) == 2 and words[0] == "heading" and (depth := number_of(words[1], 0)):
        return depth + 1
    return None


def paragraph_look(properties: Any) -> Look:
    """Return what a paragraph's properties say."""
    if properties is None:
        return Look()
    justified = value_of(properties, "jc")
    outline = value_of(properties, "outlineLvl")
    number = properties.find(f"{W}numPr")
    listed = None
    if number is not None and value_of(number, "numId"):
        listed = (value_of(number, "numId") or "", number_of(value_of(number, "ilvl"), 0))
    depth = number_of(outline, 9)
    level = depth + 2 if depth < 9 else None
    return Look(
        centred=justified == "center" if justified else None,
        right=justified in ("right", "end") if justified else None,
        level=level,
        list=listed,
    )


def run_look(properties: Any) -> Look:
    """Return what a run's properties say."""
    if properties is None:
        return Look()
    size = value_of(properties, "sz")
    fonts = properties.find(f"{W}rFonts")
    face = None
    if fonts is not None:
        name = fonts.get(f"{W}eastAsia") or fonts.get(f"{W}ascii") or ""
        face = (
            next((kind for kind, parts in FACES if any(part in name for part in parts)), "")
            if name
            else None
        )
    bold = properties.find(f"{W}b")
    half_points = float(size) / 2 if size and SIZE.fullmatch(size) else None
    return Look(half_points, face, is_on(bold) if bold is not None else None)
