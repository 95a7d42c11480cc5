"""Inks of their own in a print shop's file: a red mixed for the book, foil stamped on its cover.

What the theme prints in certain four-colour values is moved onto a plate of its own (a Separation,
ISO 32000-1, 8.6.6.4); on screens it looks as it did.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.finish.streams import streams_of

COLOUR = re.compile(rb"^([\d. ]+) (scn|SCN)$", re.MULTILINE)
DRAWN = re.compile(rb"^(/\S+) Do$", re.MULTILINE)
SPACE = "/BookletPlate"
Inks = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate: the ink's name, how it looks in four inks, and the colours that go onto it, with how much of it.

    ``cover``: it is for the front cover; others are for the pages between the covers.
    """

    name: str
    looks: Inks
    colours: Mapping[Inks, float]
    cover: bool = False


def inks_of(value: str) -> Inks:
    """Return the four inks of a theme's ``device-cmyk(c m y k)``."""
    c, m, y, k = (float(one) for one in re.findall(r"[\d.]+", value))
    return c, m, y, k


def spot_plate(name: str, theme: Mapping[str, str]) -> Plate:
    """Return the plate of a book's own red: accents whole, rules, tints and drawings as shares of it."""
    accent = inks_of(theme["accent"])
    drawn = [key for key in theme if re.fullmatch(r"art-\d|cover-ground", key)]
    colours = {
        inks_of(theme[key]): round(min(sum(inks_of(theme[key])) / sum(accent), 1.0), 2)
        for key in drawn
    }
    shares = {"rule": 0.6, "tint": 0.06, "accent": 1.0, "divider-ground": 1.0}
    return Plate(name, accent, colours | {inks_of(theme[key]): shares[key] for key in shares})


def foil_plate(name: str, theme: Mapping[str, str]) -> Plate:
    """Return the plate of the foil: the title, the years and, where there is one, the frame.

    It is cut out of what lies under it, so that a screen shows it; the order asks the shop not to.
    """
    keys = ["cover-ink", "cover-years-ink", *(["art-1"] if theme["frame"] == "block" else [])]
    colours = {inks_of(theme[key]): 1.0 for key in keys}
    return Plate(name, inks_of(theme["cover-years-ink"]), colours, cover=True)


def separate(file: pikepdf.Pdf, plates: list[Plate]) -> None:
    """Move colours onto plates of their own, on the front cover or between the covers."""
    inner = range(2, len(file.pages) - 2)
    done: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages):
        there = {True: number == 0, False: number in inner}
        mine = {at: one for at, one in enumerate(plates) if there[one.cover]}
        for stream in streams_of(page) if mine else ():
            treat(file, stream, page.obj.Resources, mine, done)


def treat(
    file: pikepdf.Pdf,
    stream: pikepdf.Object,
    resources: pikepdf.Object,
    plates: Mapping[int, Plate],
    done: set[tuple[int, int]],
) -> None:
    """Move the colours of one stream, and of the forms that it draws."""
    if stream.objgen in done:
        return
    done.add(stream.objgen)
    used: set[int] = set()

    def moved(found: re.Match[bytes]) -> bytes:
        values = tuple(float(one) for one in found[1].split())
        space = b"CS" if found[2] == b"SCN" else b"cs"
        for at, plate in plates.items():
            share = next(
                (share for inks, share in plate.colours.items() if alike(inks, values)), None
            )
            if share is not None:
                used.add(at)
                return f"{SPACE}{at} ".encode() + space + f"\n{share:g} ".encode() + found[2]
        return (b"/DeviceCMYK " + space + b"\n" if len(values) == 4 else b"") + found[0]

    data = bytes(stream.get_stream_buffer())
    new = COLOUR.sub(moved, data)
    if used:
        stream.write(new)
        if "/ColorSpace" not in resources:
            resources.ColorSpace = Dictionary()
        for at in used:
            resources.ColorSpace[f"{SPACE}{at}"] = separation(file, plates[at])
    forms = resources.get("/XObject") or Dictionary()  # of all pages; this one draws some
    for name in dict.fromkeys(DRAWN.findall(data)):
        item = forms[name.decode()]
        if item.get("/Subtype") == Name.Form:
            treat(file, item, item.get("/Resources", resources), plates, done)


def alike(one: Inks, other: tuple[float, ...]) -> bool:
    """Tell whether two colours are the same, as far as a file writes them."""
    return len(other) == 4 and all(abs(a - b) < 0.002 for a, b in zip(one, other, strict=True))


def separation(file: pikepdf.Pdf, plate: Plate) -> Array:
    """Return the colour space of a plate, which looks as its colour did."""
    tint = Dictionary(
        FunctionType=2,
        Domain=[0, 1],
        N=1,
        C0=[0, 0, 0, 0],
        C1=[round(one, 4) for one in plate.looks],
    )
    name = Name("/" + plate.name)
    return Array([Name.Separation, name, Name.DeviceCMYK, file.make_indirect(tint)])
