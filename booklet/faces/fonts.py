"""Roles, faces, coverage, subsets: which face sets what, and proof that it can.

A role is a face with a weight, such as ``song-400``. ``fonts.toml`` says which file plays it. Before
rendering, each face is cut down to the characters of the book (0.05 s a face with HarfBuzz), so
that the renderer never has to read the whole 15 MB.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.faces.level import leveled

UNPACKED = ".unpacked"  # ends the name of what a WOFF file holds
PACKED = (b"wOFF", b"wOF2")
FETCH = "运行 make；用 pip 安装的，先在源码文件夹里运行 make，再 pip install 一次"
INVISIBLE = frozenset("\n\r\t\u200b\u200c\u200d\ufeff")


class Coverage(Set[str]):
    """The characters that a face can set: asked of its own table, not copied out of it.

    Six faces of forty thousand characters each would take 60 MiB as sets of strings.
    """

    def __init__(self, codes: Collection[int], drop: str) -> None:
        self._codes, self._drop = codes, frozenset(drop)

    def __contains__(self, char: object) -> bool:
        return isinstance(char, str) and ord(char) in self._codes and char not in self._drop

    def __iter__(self) -> Iterator[str]:
        return (char for char in map(chr, self._codes) if char not in self._drop)

    def __len__(self) -> int:
        return len(self._codes) - sum(ord(char) in self._codes for char in self._drop)

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> Set[Any]:
        return frozenset(it)


@dataclass(frozen=True)
class Face:
    """One role's face. ``drop`` are characters that must come from the fallback role, ``stamp`` tells
    one state of the file from another.
    """

    role: str
    path: Path
    name: str
    licence: str
    fallback: str
    drop: str
    stamp: str = ""

    @cached_property
    def source(self) -> hb.Face:
        """The whole face: mapped into memory, read where it is looked at."""
        path = unpacked(self.path) if self.packed else self.path
        if path is not None:
            return hb.Face(hb.Blob.from_file_path(str(path)))
        return hb.Face(unpack(self.path))

    @cached_property
    def packed(self) -> bool:
        """Whether the file is WOFF."""
        with self.path.open("rb") as file:
            return file.read(4) in PACKED

    @cached_property
    def characters(self) -> Coverage:
        """What this face can set; read without unpacking or loading the whole file."""
        codes: Collection[int]
        if self.packed:
            with TTFont(self.path, lazy=True) as font:
                count = font["maxp"].numGlyphs
                font.setGlyphOrder([str(glyph) for glyph in range(count)])  # spares the real names
                codes = set(font.getBestCmap())
        else:
            codes = self.source.unicodes
        return Coverage(codes, self.drop)

    @property
    def family(self) -> str:
        """The CSS family: the role without its weight."""
        return self.role.partition("-")[0]

    @property
    def weight(self) -> str:
        """The CSS weight."""
        return self.role.partition("-")[2]


Fonts = Mapping[str, Face]


def unpack(path: Path) -> bytes:
    """Return what a WOFF file holds."""
    font, out = TTFont(path, recalcBBoxes=False, recalcTimestamp=False), BytesIO()
    font.flavor = None
    font.save(out, reorderTables=None)
    return out.getvalue()


def unpacked(path: Path) -> Path | None:
    """Return a WOFF file as it is unpacked, beside it, once for all; None where that cannot be written."""
    beside = path.with_name(f"{path.name}.{stamp_of(path)}{UNPACKED}")
    if not beside.is_file():
        try:
            disk.write(beside, unpack(path), path.parent)
        except (OSError, BookletError):
            return None
    return beside


def read_fonts(toml: Path) -> dict[str, Face]:
    """Return the faces by role; a missing or unreadable file is told to the person who runs us."""
    table = read_toml(toml)
    taken: dict[str, str] = table.get("takeover", {})
    for role in taken.keys() - table["role"].keys():
        raise BookletError(
            Finding(
                str(toml), 0, f"没有“{role}”这种用途", f"可以用的有：{'、'.join(table['role'])}"
            )
        )
    faces = {}
    for role, entry in table["role"].items():
        own = taken.get(role)
        path = toml.parent / (own or entry["file"])
        if disk.leads_outside(path, toml.parent):
            fix = "把字体文件复制进 fonts/，只写文件名"
            raise BookletError(Finding(str(toml), 0, f"“{path}”不在字体文件夹里（{role}）", fix))
        if not path.is_file():
            fix = "把字体文件放进 fonts/，或删去 [takeover] 里的这一行" if own else FETCH
            raise BookletError(Finding(str(toml), 0, f"找不到字体文件“{path.name}”（{role}）", fix))
        faces[role] = Face(
            role=role,
            path=path,
            name=own_name(path) if own else entry["name"],
            licence="由编印单位取得授权" if own else entry["licence"],
            fallback=entry.get("fallback", ""),
            drop="" if own else entry.get("drop", ""),
            stamp=stamp_of(path),
        )
        if own:
            check_face(faces[role])
    return dict(remembered(tuple(faces.items())))


@lru_cache(maxsize=2)
def remembered(rows: tuple[tuple[str, Face], ...]) -> tuple[tuple[str, Face], ...]:
    """Return the same faces that were read before, if they are: a file is mapped into memory once."""
    return rows


def stamp_of(path: Path) -> str:
    """Return what tells one state of a file from another: size and date."""
    stat = path.stat()
    return f"{stat.st_size}.{stat.st_mtime_ns}"


def read_toml(toml: Path) -> dict[str, Any]:
    """Return the table of faces; one of another shape is told."""
    fix = '照 fonts/fonts.toml 里的说明写：用途 = "文件名"'
    try:
        table = tomllib.loads(disk.read(toml, toml.parent).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BookletError(Finding(str(toml), 0, f"看不懂这个文件：{error}", fix)) from None
    taken, roles = table.get("takeover", {}), table.get("role")
    entries = [*roles.values()] if isinstance(roles, dict) else []
    whole = isinstance(taken, dict) and bool(entries) and all(
        isinstance(entry, dict) and {"file", "name", "licence"} <= entry.keys()
        and all(isinstance(value, str) for value in entry.values())
        for entry in entries
    )  # fmt: skip
    if not whole or not all(isinstance(name, str) and name for name in taken.values()):
        raise BookletError(Finding(str(toml), 0, "这里的用途和文件写得不对", fix))
    return table


def check_face(face: Face) -> None:
    """Stop where a licensed face cannot be used: damaged, or of a kind that cannot be cut down."""
    try:
        usable = bool(face.characters) and bool(subset(face, sorted(face.characters)[:3]))
    except Exception:  # readers of damaged faces raise anything
        usable = False
    if not usable:
        fix = "换成完整的 .ttf 或 .otf 字体文件"
        raise BookletError(Finding(str(face.path), 0, "这个字体不能用，或已损坏", fix))


def own_name(path: Path) -> str:
    """Return the family name that a licensed face carries, Chinese if it has one."""
    try:
        with TTFont(BytesIO(disk.read(path)), lazy=True, fontNumber=0) as font:
            names = font["name"]
            record = names.getName(1, 3, 1, 0x804) or names.getName(1, 3, 1, 0x409)
    except Exception:  # a damaged file makes the reader raise anything
        fix = "换成 .ttf 或 .otf 字体文件"
        raise BookletError(Finding(str(path), 0, "这个文件不是字体，或已损坏", fix)) from None
    return str(record) if record else path.stem


def missing(text: str, role: str, fonts: Fonts) -> list[str]:
    """Return the characters of ``text`` that neither the role nor any of its fallbacks can set."""
    lacking = visible(text)
    seen: set[str] = set()
    while role and lacking and role not in seen:
        seen.add(role)
        lacking -= fonts[role].characters
        role = fonts[role].fallback
    return sorted(lacking)


def role_for_name(name: str, role: str, fonts: Fonts) -> str:
    """Return the first role of the fallback chain that can set the whole of a name.

    A name set in two faces is an insult; one rare character moves all of it.
    """
    first, seen = role, set()
    while role and role not in seen:
        seen.add(role)
        if visible(name) - frozenset(fonts[role].drop) <= fonts[role].characters:
            return role
        role = fonts[role].fallback
    return first


def visible(text: str) -> frozenset[str]:
    """Return the characters of ``text`` that leave something on the page."""
    return frozenset(text) - INVISIBLE - {" "}


def of_gb2312(first: int, last: int) -> frozenset[str]:
    """Return the characters of some rows of GB 2312, 16 to 55 its first level, 1 to 87 all of it."""
    pairs = (
        bytes((0xA0 + row, 0xA0 + cell)) for row in range(first, last + 1) for cell in range(1, 95)
    )
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))


def subset(face: Face, characters: Iterable[str], numbers: bool = False) -> bytes:
    """Return the face cut down to ``characters``, its dropped ones left out, on the house's level.

    With ``numbers`` each glyph keeps the one it has in the whole face.
    """
    wanted = hb.SubsetInput()
    if numbers:
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS
    wanted.unicode_set.update(map(ord, frozenset(characters) - frozenset(face.drop)))
    cut = hb.subset(face.source, wanted)
    return leveled(bytes(cut.blob.data))


@dataclass(frozen=True)
class Outlines:
    """A face cut down to some characters, and for each the number of its glyph and its advance in em."""

    name: str
    data: bytes
    glyphs: Mapping[str, tuple[int, float]]


def outlines(face: Face, characters: Iterable[str]) -> Outlines:
    """Return a face cut down to ``characters``, all of which it must have."""
    wanted = frozenset(characters)
    data = subset(face, wanted)
    font = hb.Font(hb.Face(data))
    glyphs = {}
    for char in sorted(wanted):
        glyph = font.get_nominal_glyph(ord(char))
        if glyph is None:
            raise KeyError(char)
        glyphs[char] = (glyph, font.get_glyph_h_advance(glyph) / font.face.upem)
    return Outlines(f"BKLTCP+{face.role}", data, glyphs)


def cut_to_glyphs(face: Face, glyphs: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
    """Return a face with the outlines of these glyphs only, and the number each has in it.

    What shapes text (GSUB, GPOS) goes: a finished page names its glyphs. A face with outlines of
    PostScript's kind keeps its numbers, for a page can name them by no others.
    """
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(
        int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"SVG ")
    )
    wanted.flags = (
        hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        | hb.SubsetFlags.DESUBROUTINIZE
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    if "CFF " in face.source.table_tags:
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
    plan = hb.SubsetPlan(face.source, wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def font_face_css(fonts: Fonts, address: str) -> str:
    """Return one ``@font-face`` a role; ``{role}`` in ``address`` becomes the role."""
    return "\n".join(
        f"@font-face{{font-family:{face.family};font-weight:{face.weight};"
        f"src:url({address.format(role=role)})}}"
        for role, face in fonts.items()
    )
