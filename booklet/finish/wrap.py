"""The cover as a print shop prints it: one sheet, back, spine and front, outside and inside.

Made of the pages of the press file, with their bleed. Over the spine the artwork of both covers goes on,
drawn out from what each has beyond its trim, so that nothing shows where the fold is a little off. Lengths in mm.
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name

from booklet.edition import PT_PER_MM, Edition
from booklet.finish.impose import form_of, operate
from booklet.finish.x4 import as_x4

SLUG_MM = 8.0  # around the bleed, where the fold marks stand
MARK_MM, MARK_GAP_MM = 5.0, 2.0
SEAM_PT = 1.0  # by which what lies below goes on under what lies above
GLUE_MM = 7.0  # on either side of the spine inside a glued cover, where no ink may be
Stream = list[ContentStreamInstruction]


def wrap(pdf: bytes, words: bytes, spine_mm: float, edition: Edition) -> bytes:
    """Return the cover of a press file as a sheet with a spine of this width, as PDF/X-4.

    ``words`` is a page with what stands on the spine, b"" for none. The first page is the outside, the
    second the inside.
    """
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as target:
        last = len(source.pages) - 1
        outside = sheet(source, target, (last, 0), words, spine_mm, edition)
        inside = sheet(source, target, (1, last - 1), b"", spine_mm, edition, inside=True)
        target.pages.append(outside)
        target.pages.append(inside)
        target.docinfo["/Title"] = f"{source.docinfo.get('/Title', '')}　封面"
        return as_x4(target, edition, pdf + words + str(spine_mm).encode())


def inner_pages(pdf: bytes, edition: Edition) -> bytes:
    """Return the pages of a press file between the covers, as PDF/X-4."""
    with pikepdf.open(BytesIO(pdf)) as file:
        del file.pages[-2:]
        del file.pages[:2]
        file.docinfo["/Title"] = f"{file.docinfo.get('/Title', '')}　内文"
        file.remove_unreferenced_resources()
        return as_x4(file, edition, pdf + b"inner")


def wrap_boxes(spine_mm: float, edition: Edition) -> tuple[Array, Array, Array]:
    """Return medium, bleed and trim of a cover's sheet, in pt from the trim's lower left."""
    width = (2 * edition.trim_mm[0] + spine_mm) * PT_PER_MM
    height = edition.trim_mm[1] * PT_PER_MM
    bleed, slug = edition.bleed_mm * PT_PER_MM, (edition.bleed_mm + SLUG_MM) * PT_PER_MM

    def around(by: float) -> Array:
        return Array([round(side, 3) for side in (-by, -by, width + by, height + by)])

    return around(slug), around(bleed), around(0.0)


def sheet(
    source: pikepdf.Pdf,
    target: pikepdf.Pdf,
    sides: tuple[int, int],
    words: bytes,
    spine_mm: float,
    edition: Edition,
    inside: bool = False,
) -> pikepdf.Page:
    """Return one side of the sheet: the page on the left, the spine, the page on the right."""
    width, height, bleed, spine = (
        side * PT_PER_MM for side in (*edition.trim_mm, edition.bleed_mm, spine_mm)
    )
    left, right = width, width + spine  # where the folds are
    foot, up = -bleed, height + 2 * bleed
    forms = Dictionary()
    for name, number in (("/L", sides[0]), ("/R", sides[1])):
        forms[Name(name)] = form_of(source, target, number)
    stream: Stream = []
    if spine and not inside:  # first, and a little wider: no seam shows where one ends
        half = spine / 2 + SEAM_PT
        draw = half / bleed  # what each cover has beyond its trim, over half of the spine
        stream += shown(
            "/L", (left - SEAM_PT, foot, half + SEAM_PT, up), (draw, left - width * draw)
        )
        stream += shown("/R", (left + spine / 2, foot, half, up), (draw, right))
    stream += shown("/L", (-bleed, foot, width + bleed + SEAM_PT, up), (1, 0))
    stream += shown("/R", (right, foot, width + bleed, up), (1, right))
    if spine and inside:
        glue = GLUE_MM * PT_PER_MM
        stream += [
            operate("q"), operate("k", 0, 0, 0, 0),
            operate("re", left - glue, foot, spine + 2 * glue, up), operate("f"), operate("Q"),
        ]  # fmt: skip
    if words:
        with pikepdf.open(BytesIO(words)) as file:
            forms[Name("/S")] = form_of(file, target, 0)
        stream += shown("/S", (left, 0, spine, height), (1, left))
    stream += fold_marks(sorted({left, right}), height, bleed)
    media, bled, trim = wrap_boxes(spine_mm, edition)
    page = Dictionary(
        Type=Name.Page, MediaBox=media, BleedBox=bled, TrimBox=trim,
        Resources=Dictionary(XObject=forms),
        Contents=target.make_stream(pikepdf.unparse_content_stream(stream)),
    )  # fmt: skip
    return pikepdf.Page(target.make_indirect(page))


def shown(
    name: str, clip: tuple[float, float, float, float], across: tuple[float, float]
) -> Stream:
    """Draw a form within a rectangle (x, y, width, height), ``across`` scaled and moved along the sheet."""
    return [
        operate("q"), operate("re", *clip), operate("W"), operate("n"),
        operate("cm", across[0], 0, 0, 1, across[1], 0), operate("Do", Name(name)), operate("Q"),
    ]  # fmt: skip


def fold_marks(folds: list[float], height: float, bleed: float) -> Stream:
    """Draw a short line at each end of each fold, beyond the bleed."""
    gap, length = bleed + MARK_GAP_MM * PT_PER_MM, MARK_MM * PT_PER_MM
    stream = [operate("q"), operate("w", 0.5), operate("K", 0, 0, 0, 1)]
    for x in folds:
        for edge, away in ((0.0, -1), (height, 1)):
            stream.append(operate("m", x, edge + away * gap))
            stream.append(operate("l", x, edge + away * (gap + length)))
    return [*stream, operate("S"), operate("Q")]
