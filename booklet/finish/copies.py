"""Copies of a finished file, each with a name of its own: the file, and a few hundred bytes behind it.

A PDF may be changed by what is appended to it. The master gets once a face with every character that
is wanted, and an empty stream of words on one page; a copy is that file with another stream in its
place. So nothing but these words can differ, and a copy costs no more than its bytes.
Lengths in pt from the lower left of the trimmed page.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name

from booklet.faces.fonts import Outlines
from booklet.finish.seal import PLACE, ZEROS
from booklet.finish.streams import streams_of

FACE = "/BookletCopy"
START = re.compile(rb"startxref\s+(\d+)")
SCAN = 0.5  # pixels in a pt: enough to see where a page is free
MOST_INK = 250  # of 255; lighter is paper
ROOM = 72.0  # pt of free paper that the words want beside themselves
EMPTY = 0.7  # of a page without ink: it is a page for the words alone
HIGHER = 0.6  # of its height: there they stand


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words of a copy stand: on a page counted from 0, around a middle, no wider than that."""

    page: int
    x_pt: float
    y_pt: float
    width_pt: float


@dataclass(frozen=True, slots=True)
class Type:
    """How they are set: the face cut down to them, its size and the step of lines."""

    face: Outlines
    size_pt: float
    line_pt: float


@dataclass(frozen=True, slots=True)
class Master:
    """A file that copies are made of: what stands before and behind the digest of its seal.

    ``hashed`` is the digest of it, zeros for its own; ``stream`` is the number of the object that a copy
    replaces, ``free`` the first number without an object, ``previous`` where its table of objects begins;
    ``trailer`` names root and identity. ``mark`` opens words as the tags of the page want it.
    """

    before: bytes
    behind: bytes
    hashed: Any
    stream: int
    free: int
    previous: int
    trailer: bytes
    mark: bytes
    spot: Spot
    type: Type

    @property
    def blank(self) -> bytes:
        """The file without words, zeros for its digest."""
        return self.before + ZEROS.encode() + self.behind


# ---- Where there is room ---------------------------------------------------------------------


def find_spot(pdf: bytes, pages: Iterable[int], height_pt: float, margin_pt: float) -> Spot | None:
    """Return where so high a block of words has room: on the first of these pages that has."""
    document = pdfium.PdfDocument(pdf)
    try:
        for number in pages:
            if number < len(document) and (spot := room_on(document, number, height_pt, margin_pt)):
                return spot
    finally:
        document.close()
    return None


def room_on(
    document: pdfium.PdfDocument, number: int, height_pt: float, margin_pt: float
) -> Spot | None:
    """Return the middle of the largest free band across a page, if it is large enough."""
    page = document[number]
    left, _, right, head = page.get_cropbox()
    image = page.render(scale=SCAN, grayscale=True).to_pil()
    rows = image.point([255] * MOST_INK + [0] * (256 - MOST_INK)).reduce((image.width, 1))
    inked = [bool(value) for value in rows.tobytes()]
    edge = round(margin_pt * SCAN)
    bands, start = [], edge
    for row in range(edge, len(inked) - edge + 1):
        if row == len(inked) - edge or inked[row]:
            bands.append((row - start, start))
            start = row + 1
    longest, start = max(bands, default=(0, 0))
    if longest / SCAN < height_pt + 2 * ROOM:
        return None
    middle = start + longest * (1 - HIGHER if longest > EMPTY * len(inked) else 0.5)
    return Spot(number, (left + right) / 2, head - middle / SCAN, right - left - 2 * margin_pt)


# ---- The master ------------------------------------------------------------------------------


def master(pdf: bytes, spot: Spot, type_: Type) -> Master:
    """Return the file that copies are made of: with the face, and one empty stream on the page."""
    with pikepdf.open(BytesIO(pdf)) as file:
        page = file.pages[spot.page]
        words = file.make_stream(b"")
        around = file.make_stream(b"q"), file.make_stream(b"Q")  # what was there moves the ground
        page.obj.Contents = Array([around[0], *streams_of(page), around[1], words])
        resources = Dictionary(dict(page.resources.items()))
        fonts = dict(resources.get("/Font", Dictionary()).items())
        resources.Font = Dictionary({**fonts, FACE: embedded(file, type_.face)})
        page.obj.Resources = resources
        mark = tagged(file, page.obj)
        out = BytesIO()
        file.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    data = out.getvalue()
    found = PLACE.search(data)
    if not found:
        raise ValueError("a finished file without a seal")
    before, behind = data[: found.start(2)], data[found.end(2) :]
    with pikepdf.open(BytesIO(data)) as file:
        root, size = file.Root.objgen[0], int(file.trailer.Size)
        words_number = file.pages[spot.page].obj.Contents[-1].objgen[0]
        info = b"/Info %d 0 R" % file.trailer.Info.objgen[0] if "/Info" in file.trailer else b""
        identity = b"".join(b"<%s>" % bytes(part).hex().encode() for part in file.trailer.ID)
    return Master(
        before=before,
        behind=behind,
        hashed=hashlib.sha256(before + ZEROS.encode() + behind),
        stream=words_number,
        free=size,
        previous=int(START.findall(data)[-1]),
        trailer=b"/Root %d 0 R %s /ID [%s]" % (root, info, identity),
        mark=mark,
        spot=spot,
        type=type_,
    )


def embedded(file: pikepdf.Pdf, face: Outlines) -> pikepdf.Object:
    """Put a face into a file: every glyph by its number, every character to be read back."""
    program = file.make_stream(face.data)
    program.Length1 = len(face.data)
    is_cff = face.data.startswith(b"OTTO")
    if is_cff:
        program.Subtype = Name.OpenType
    name = Name(f"/{face.name}")
    descriptor = file.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=0, StemV=80,
        FontBBox=Array([-1000, -300, 2000, 1100]), Ascent=880, Descent=-120, CapHeight=880,
    ))  # fmt: skip
    descriptor["/FontFile3" if is_cff else "/FontFile2"] = program
    widths = Array()
    for glyph, advance in sorted(face.glyphs.values()):
        widths.append(glyph)
        widths.append(Array([round(1000 * advance)]))
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0 if is_cff else Name.CIDFontType2, BaseFont=name,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor, DW=1000, W=widths,
    )  # fmt: skip
    if not is_cff:
        inner.CIDToGIDMap = Name.Identity
    return file.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([file.make_indirect(inner)]),
        ToUnicode=file.make_stream(to_unicode(face)),
    ))  # fmt: skip


def to_unicode(face: Outlines) -> bytes:
    """Return the map from glyphs to characters (ISO 32000-1, 9.10.3), a hundred to a block."""
    rows = [
        f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>"
        for char, (glyph, _) in sorted(face.glyphs.items())
    ]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "/CMapName /BookletCopy def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap end end\n"
    ).encode()


def tagged(file: pikepdf.Pdf, page: pikepdf.Object) -> bytes:
    """Give the words of a page a place among its tags; return what opens them there."""
    tree = file.Root.get("/StructTreeRoot")
    if tree is None:
        return b"/Artifact BMC"
    parents = tree.ParentTree
    numbers = parents.get("/Nums", Array())
    keys = [int(key) for key in numbers[::2]]
    if "/StructParents" not in page:
        page.StructParents = max(keys, default=-1) + 1
        numbers.extend([page.StructParents, file.make_indirect(Array())])
        keys.append(int(page.StructParents))
    own = numbers[2 * keys.index(int(page.StructParents)) + 1]
    top = tree.K[0] if isinstance(tree.K, Array) else tree.K
    number = len(own)
    element = file.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=number)
    )
    own.append(element)
    kids = top.get("/K", Array())
    top.K = Array([*(kids if isinstance(kids, Array) else [kids]), element])
    parents.Nums = numbers
    tree.ParentTreeNextKey = max(keys) + 1
    return b"/P <</MCID %d>> BDC" % number


# ---- A copy ----------------------------------------------------------------------------------


def copy_of(made: Master, lines: Sequence[str]) -> bytes:
    """Return the copy that bears these lines: the master, another stream, and a new seal."""
    words = drawn(made, lines)
    start = len(made.before) + len(ZEROS) + len(made.behind)
    stream = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        made.stream, len(words), words,
    )  # fmt: skip
    at = start + 1 + len(stream)
    rows = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0\0" for place in (start + 1, at))
    table = (
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Index[%d 1 %d 1]%s/Prev %d/Length %d>>\nstream\n%s"
        b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    ) % (
        made.free, made.free + 1, made.stream, made.free, made.trailer, made.previous, len(rows), rows, at,
    )  # fmt: skip
    tail = b"\n" + stream + table
    hashed = made.hashed.copy()
    hashed.update(tail)
    return b"".join((made.before, hashed.hexdigest().encode(), made.behind, tail))


def drawn(made: Master, lines: Sequence[str]) -> bytes:
    """Return the stream that draws some lines, each around the middle of the spot."""
    type_, spot = made.type, made.spot
    top = spot.y_pt + (len(lines) - 1) * type_.line_pt / 2 - 0.38 * type_.size_pt
    rows = []
    for number, line in enumerate(lines):
        codes = "".join(f"{type_.face.glyphs[char][0]:04x}" for char in line)
        x = spot.x_pt - width_of(line, type_) / 2
        y = top - number * type_.line_pt
        rows.append(
            f"BT {FACE} {type_.size_pt:g} Tf 0 g 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj ET"
        )
    return made.mark + b"\n" + "\n".join(rows).encode() + b"\nEMC"


def width_of(line: str, type_: Type) -> float:
    """Return how wide a line is, in pt."""
    return type_.size_pt * sum(type_.face.glyphs[char][1] for char in line)


def together(made: Master, rows: Sequence[Sequence[str]]) -> bytes:
    """Return copies with these lines in one file for a printer, one after the other, without tags."""
    with pikepdf.open(BytesIO(made.blank)) as file:
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Metadata"):
            if key in file.Root:
                del file.Root[key]
        pages = list(file.pages)
        for page in pages:
            for key in ("/StructParents", "/Annots"):
                if key in page.obj:
                    del page.obj[key]
        for lines in rows:
            for number, page in enumerate(pages):
                file.pages.append(page)
                if number == made.spot.page:
                    own = file.pages[-1].obj
                    words = file.make_stream(
                        b"/Artifact BMC" + drawn(made, lines)[len(made.mark) :]
                    )
                    own.Contents = Array([*list(own.Contents)[:-1], words])
        del file.pages[: len(pages)]
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()
