"""Join what the formes printed into one file: pages, links, bookmarks, tags, and one face for all.

The renderer wrote each forme by itself: in place of each font file stands the name of its role, and a
link into another forme names the id there. A face is cut down once, to the glyphs of all pages. All
formes name a glyph by the number that it has in the whole face; a map leads to that in the file.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from booklet.faces.fonts import Face as WholeFace
from booklet.faces.fonts import Fonts, cut_to_glyphs

FLAVOUR = 4  # bytes before the name of the role: of which kind the font file is
OPENTYPE = b"OTTO"
MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
IN_A_BATCH = 100  # entries of a character map (Adobe Technical Note 5014)
FIXED = 1  # flag of a face whose glyphs are all as wide
BEFORE, AFTER = b"q\n", b"\nQ\n"


@dataclass(slots=True)
class Face:
    """One face through all formes: its font object, widths and characters by glyph."""

    font: pikepdf.Object
    role: str
    widths: dict[int, float] = field(default_factory=dict)
    characters: dict[int, bytes] = field(default_factory=dict)  # UTF-16, in hexadecimal


class Joined:
    """A file that grows by what one forme after another printed; ``elsewhere`` begins links between them."""

    def __init__(self, first: bytes, elsewhere: str) -> None:
        self.sources = ExitStack()  # what is copied from them is read when the whole is written
        self.file = self.sources.enter_context(pikepdf.open(BytesIO(first)))
        self.elsewhere = elsewhere
        self.faces: dict[str, Face] = {}
        self.names: list[tuple[str, pikepdf.Object]] = []
        self.share_faces(self.file)
        self.names += names_of(self.file)
        self.keys = next_key(self.file)

    def add(self, data: bytes, within: bool = False) -> None:
        """Add the pages that one more forme printed; ``within``: their bookmarks stand under the last one."""
        part = self.sources.enter_context(pikepdf.open(BytesIO(data)))
        first = len(self.file.pages)
        self.file.pages.extend(part.pages)
        copied = self.copier(part)
        if "/StructTreeRoot" in part.Root:
            self.add_tags(copied(part.Root.StructTreeRoot), first)
        self.names += [(name, copied(target)) for name, target in names_of(part)]
        if "/Outlines" in part.Root:
            self.add_bookmarks(copied(part.Root.Outlines), within)
        self.share_faces(part, copied)

    def copier(self, part: pikepdf.Pdf) -> Callable[[pikepdf.Object], pikepdf.Object]:
        """Return what copies an object of ``part``, whose pages are copied already."""

        def copied(item: pikepdf.Object) -> pikepdf.Object:
            return self.file.copy_foreign(item if item.is_indirect else part.make_indirect(item))

        return copied

    def add_tags(self, tree: pikepdf.Object, first: int) -> None:
        """Put the tags of a part behind those that are there, its pages from ``first`` on."""
        own = self.file.Root.StructTreeRoot
        document = own.K[0]
        for kid in tree.K[0].K:
            kid.P = document
            document.K.append(kid)
        shift = self.keys
        rows = tree.ParentTree.Nums
        for at in range(0, len(rows), 2):
            own.ParentTree.Nums.append(int(rows[at]) + shift)
            own.ParentTree.Nums.append(rows[at + 1])
            self.keys = max(self.keys, int(rows[at]) + shift + 1)
        for number in range(first, len(self.file.pages)):
            page = self.file.pages[number].obj
            page.StructParents = int(page.StructParents) + shift
            for link in page.get("/Annots", []):
                link.StructParent = int(link.StructParent) + shift

    def add_bookmarks(self, outlines: pikepdf.Object, within: bool) -> None:
        """Put the bookmarks of a part behind those that are there, or under the last of these."""
        own = self.file.Root.get("/Outlines")
        if own is None:
            self.file.Root.Outlines = outlines
            return
        above = own.Last if within else own
        if "/Last" in above:
            above.Last.Next, outlines.First.Prev = outlines.First, above.Last
        else:
            above.First = outlines.First
        item: pikepdf.Object | None = outlines.First
        while item is not None:
            item.Parent = above
            item = item.get("/Next")
        above.Last = outlines.Last
        for level in [above, own] if within else [own]:  # all are open, so each counts all below it
            level.Count = int(level.get("/Count", 0)) + int(outlines.Count)

    def share_faces(
        self,
        part: pikepdf.Pdf,
        copied: Callable[[pikepdf.Object], pikepdf.Object] = lambda item: item,
    ) -> None:
        """Let the pages of a part name the faces that all formes share."""
        if not len(part.pages):
            return
        fonts = copied(part.pages[0].obj.Resources.Font)
        for key in list(fonts.keys()):
            face = self.faces.setdefault(key, Face(fonts[key], role_of(fonts[key])))
            read_widths(fonts[key].DescendantFonts[0].W, face.widths)
            for glyph, text in MAPPED.findall(content(fonts[key].ToUnicode)):
                face.characters.setdefault(int(glyph, 16), text)
            fonts[key] = face.font

    def stamp(self, data: bytes, page_of: Mapping[int, int]) -> None:
        """Print on some pages what stands on pages of another file: {page: page of that file}."""
        stamp = self.sources.enter_context(pikepdf.open(BytesIO(data)))
        copied = self.copier(stamp)
        before, after = self.file.make_stream(BEFORE), self.file.make_stream(AFTER)
        words = {
            number: self.file.make_stream(
                b"/Artifact BMC\nq\n" + content(stamp.pages[number].Contents) + b"\nQ\nEMC\n"
            )
            for number in sorted(set(page_of.values()))
        }
        known = dict(self.faces)
        self.share_faces(stamp, copied)
        for number, source in page_of.items():
            page = self.file.pages[number].obj
            page.Contents = Array([before, page.Contents, after, words[source]])
            for key, face in self.faces.items():
                if key not in known or key not in page.Resources.Font:
                    page.Resources.Font[key] = face.font

    def whole(self, fonts: Fonts) -> bytes:
        """Return the file, with the faces of all its pages."""
        for face in self.faces.values():
            finish_face(self.file, face, fonts[face.role])
        for page in self.file.pages:
            for link in page.obj.get("/Annots", []):
                lead_on(link, self.elsewhere)
        if self.names:
            rows = sorted(self.names, key=lambda row: row[0])
            tree = Array([part for name, target in rows for part in (String(name), target)])
            self.file.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
        out = BytesIO()
        self.file.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        self.sources.close()
        return out.getvalue()


def content(stream: pikepdf.Object) -> bytes:
    """Return what a stream holds."""
    return bytes(stream.get_stream_buffer())


def names_of(file: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object]]:
    """Return the named places of a file."""
    if "/Names" not in file.Root:
        return []
    rows = file.Root.Names.Dests.Names
    return [(str(rows[at]), rows[at + 1]) for at in range(0, len(rows), 2)]


def next_key(file: pikepdf.Pdf) -> int:
    """Return the first number that no page or link of a file has in its tree of tags."""
    if "/StructTreeRoot" not in file.Root:
        return 0
    rows = file.Root.StructTreeRoot.ParentTree.Nums
    return max((int(rows[at]) + 1 for at in range(0, len(rows), 2)), default=0)


def role_of(font: pikepdf.Object) -> str:
    """Return the role of a face, which stands where its file belongs."""
    return content(font_file(font))[FLAVOUR:].decode()


def font_file(font: pikepdf.Object) -> pikepdf.Object:
    """Return the object that a face's file belongs into."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    return descriptor.FontFile3 if "/FontFile3" in descriptor else descriptor.FontFile2


def read_widths(rows: pikepdf.Object, widths: dict[int, float]) -> None:
    """Take in the widths of a face, in thousandths of an em: runs of glyphs (ISO 32000-1, 9.7.4.3)."""
    for at in range(0, len(rows), 2):
        first = int(rows[at])
        for step, width in enumerate(rows[at + 1]):
            widths.setdefault(first + step, float(width))


def finish_face(file: pikepdf.Pdf, face: Face, whole: WholeFace) -> None:
    """Give a face its file, and the widths and characters of all its glyphs."""
    data, numbers = cut_to_glyphs(whole, face.characters)
    inner = face.font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    kind = (
        Dictionary(Subtype=Name.OpenType)
        if data.startswith(OPENTYPE)
        else Dictionary(Length1=len(data))
    )
    key = "/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"
    descriptor[key] = file.make_stream(data, kind)
    runs: list[Any] = []
    for glyph in sorted(face.widths):
        if glyph - 1 not in face.widths:
            runs += [glyph, Array()]
        runs[-1].append(face.widths[glyph])
    inner.W = Array(runs)
    if any(glyph != number for glyph, number in numbers.items()):
        inner.CIDToGIDMap = file.make_stream(glyph_map(numbers))
    widths = set(face.widths.values())
    box = list(descriptor.FontBBox)
    descriptor.FontBBox = Array([*box[:2], max(widths), box[3]])
    fixed = len(face.widths) > 1 and len(widths) == 1
    descriptor.Flags = int(descriptor.Flags) & ~FIXED | FIXED * fixed
    face.font.ToUnicode = file.make_stream(character_map(face.characters))


def glyph_map(numbers: Mapping[int, int]) -> bytes:
    """Return the map of the glyphs that pages name to those of the file (ISO 32000-1, 9.7.4.2)."""
    table = bytearray(2 * (max(numbers) + 1))
    for glyph, number in numbers.items():
        table[2 * glyph : 2 * glyph + 2] = number.to_bytes(2, "big")
    return bytes(table)


def character_map(characters: Mapping[int, bytes]) -> bytes:
    """Return the map of glyphs to the characters they stand for (ISO 32000-1, 9.10.3)."""
    rows = [b"<%04x> <%s>" % (glyph, characters[glyph]) for glyph in sorted(characters)]
    batches = [rows[at : at + IN_A_BATCH] for at in range(0, len(rows), IN_A_BATCH)]
    return b"\n".join([
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(b"%d beginbfchar\n%s\nendbfchar" % (len(batch), b"\n".join(batch)) for batch in batches),
        b"endcmap CMapName currentdict /CMap defineresource pop end end",
    ])  # fmt: skip


def lead_on(link: pikepdf.Object, elsewhere: str) -> None:
    """Let a link into another forme lead to the place of that name."""
    address = str(link.get("/A", Dictionary()).get("/URI", ""))
    if address.startswith(elsewhere):
        link.Dest = link.Contents = String(address.removeprefix(elsewhere))
        del link.A
