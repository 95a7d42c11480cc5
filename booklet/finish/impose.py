"""Imposition: pages in reading order onto both sides of sheets, so that they fold into a booklet.

First a pure list of what stands on each side, then the PDF of it. Lengths in mm; page numbers count
from 0. Saddle stitch: the sheets lie in one another, and the outer ones hold first and last pages.
"""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

from booklet.edition import PT_PER_MM, Binding
from booklet.errors import Finding

MARK_MM, MARK_GAP_MM = 4.0, 2.0  # length of a fold or crop mark, and its distance from the trim
ON_A_SHEET = 4  # pages on a sheet


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: the pages on it, None for a blank one.

    ``depth`` counts the sheets of its section that lie around this one; ``back`` is the side that
    the printer prints second.
    """

    left: int | None
    right: int | None
    depth: int
    back: bool


# ---- Which page stands where -----------------------------------------------------------------


def sections(pages: int, most_sheets: int) -> list[list[int | None]]:
    """Divide pages into sections of whole sheets, nearly alike; blanks stand before the last page."""
    order: list[int | None] = list(range(pages))
    blanks = -pages % ON_A_SHEET
    order[pages - 1 : pages - 1] = [None] * blanks
    sheets = len(order) // ON_A_SHEET
    count = max(-(-sheets // most_sheets), 1)
    found, start = [], 0
    for number in range(count):
        size = (sheets + count - 1 - number) // count * ON_A_SHEET
        found.append(order[start : start + size])
        start += size
    return found


def sides(pages: int, most_sheets: int) -> list[Side]:
    """Return the sides in the order of printing: front and back of each sheet, outer sheets first."""
    found = []
    for section in sections(pages, most_sheets):
        last = len(section) - 1
        for depth in range(len(section) // ON_A_SHEET):
            at = 2 * depth
            found.append(Side(section[last - at], section[at], depth, False))
            found.append(Side(section[at + 1], section[last - at - 1], depth, True))
    return found


# ---- The file --------------------------------------------------------------------------------


def impose(pdf: bytes, binding: Binding, trim_mm: tuple[float, float]) -> bytes:
    """Return the imposed file of a finished one whose pages have this trim.

    The sheet's halves meet at the fold. Inner sheets are moved towards it by what they creep.
    """
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as target:
        for side in sides(len(source.pages), binding.most_sheets):
            target.pages.append(side_page(source, target, side, binding, trim_mm))
        target.docinfo["/Title"] = str(source.docinfo.get("/Title", ""))
        target.Root.ViewerPreferences = Dictionary(
            PrintScaling=Name("/None"),
            Duplex=Name(
                "/DuplexFlipShortEdge" if binding.flip == "short" else "/DuplexFlipLongEdge"
            ),
            PickTrayByPDFSize=True,
        )
        out = BytesIO()
        target.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return out.getvalue()


def side_page(
    source: pikepdf.Pdf,
    target: pikepdf.Pdf,
    side: Side,
    binding: Binding,
    trim_mm: tuple[float, float],
) -> pikepdf.Page:
    """Return one side of a sheet as a page of the target."""
    width, height = (length * PT_PER_MM for length in binding.sheet_mm)
    across, up = (length * PT_PER_MM for length in trim_mm)
    fold, base = width / 2, (height - up) / 2
    creep = side.depth * binding.paper_mm * PT_PER_MM
    forms = Dictionary()
    stream = marks(fold, base, across, up)
    if side.back and binding.flip == "long":  # it lies head down once the sheet is turned
        stream.append(operate("cm", -1, 0, 0, -1, width, height))
    for number, x, clip in (
        (side.left, fold - across + creep, 0.0),
        (side.right, fold - creep, fold),
    ):
        if number is None:
            continue
        name = Name(f"/P{number}")
        forms[name] = form_of(source, target, number)
        stream += [
            operate("q"), operate("re", clip, 0, fold, height), operate("W"), operate("n"),
            operate("cm", 1, 0, 0, 1, x, base), operate("Do", name), operate("Q"),
        ]  # fmt: skip
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(XObject=forms),
        Contents=target.make_stream(pikepdf.unparse_content_stream(stream)),
    )
    return pikepdf.Page(target.make_indirect(page))


def form_of(source: pikepdf.Pdf, target: pikepdf.Pdf, number: int) -> pikepdf.Object:
    """Return a page as a form: its whole medium, without links and tags."""
    page = source.pages[number]
    form = page.as_form_xobject()
    form.BBox = Array([float(length) for length in page.mediabox])
    if "/StructParents" in form:
        del form["/StructParents"]
    return target.copy_foreign(form)


def operate(word: str, *operands: float | Name) -> ContentStreamInstruction:
    """Return one instruction of a content stream, lengths to a ten-thousandth of a point."""
    exact = [part if isinstance(part, Name) else round(part, 4) for part in operands]
    return ContentStreamInstruction(exact, Operator(word))


def marks(fold: float, base: float, across: float, up: float) -> list[ContentStreamInstruction]:
    """Draw fold and crop marks outside the trim, where the sheet has room for them."""
    gap, length = MARK_GAP_MM * PT_PER_MM, MARK_MM * PT_PER_MM
    stream = [operate("q"), operate("w", 0.25), operate("G", 0)]
    left, right = fold - across, fold + across
    if base >= gap + length:
        for x in (left, fold, right):
            for edge, away in ((base, -1), (base + up, 1)):
                stream.append(operate("m", x, edge + away * gap))
                stream.append(operate("l", x, edge + away * (gap + length)))
    if left >= gap + length:
        for y in (base, base + up):
            for edge, away in ((left, -1), (right, 1)):
                stream.append(operate("m", edge + away * gap, y))
                stream.append(operate("l", edge + away * (gap + length), y))
    return [*stream, operate("S"), operate("Q")]


PAPERS = {(297, 210): "A4", (420, 297): "A3"}
TURNS = {"short": "短边", "long": "长边"}


def paper(binding: Binding) -> str:
    """Return the name of the sheet: A4, or its size."""
    width, height = binding.sheet_mm
    return PAPERS.get((int(width), int(height)), f"{width:g} × {height:g} 毫米的纸")


def remark(pages: int, binding: Binding) -> str:
    """Return what to tell who prints: 28 页 = 7 张 A4."""
    sheets = sum(len(part) for part in sections(pages, binding.most_sheets)) // ON_A_SHEET
    return f"{pages} 页 = {sheets} 张 {paper(binding)}，双面打印，{TURNS[binding.flip]}翻转"


def check_thickness(pages: int, binding: Binding) -> list[Finding]:
    """Return a warning where the booklet is too thick to be stapled as one."""
    counts = [len(part) // ON_A_SHEET for part in sections(pages, binding.most_sheets)]
    if len(counts) == 1:
        return []
    message = (
        f"{sum(counts)} 张纸叠在一起太厚，已分成 {len(counts)} 帖：{'、'.join(map(str, counts))} 张"
    )
    fix = "每帖各自对折，再锁线或胶装；也可以把单页文件交印刷厂胶装"
    return [Finding(f"{binding.stem}.pdf", 0, message, fix, "warning", "装订-01")]
