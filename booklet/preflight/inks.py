"""The print shop's file checked: PDF/X-4, and on every page four inks or grey and nothing else."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary

from booklet.edition import Edition
from booklet.errors import Finding, our_fault
from booklet.finish.x4 import IDENTIFIER, boxes

INKS = ("/DeviceCMYK", "/DeviceGray")


Boxes = tuple[Array, Array, Array]
"""medium, bleed and trim, in pt"""


def check_x4(pdf: bytes, edition: Edition, name: str, wanted: Boxes | None = None) -> list[Finding]:
    """Return what a print shop's preflight would refuse; nothing if all is well.

    ``wanted`` are the boxes of its pages where they are not those of the edition's.
    """
    medium, trim = boxes(edition)
    with pikepdf.open(BytesIO(pdf)) as file:
        found = faults(file, wanted or (medium, medium, trim))
        return [our_fault(name, message) for message in dict.fromkeys(found)]


def faults(file: pikepdf.Pdf, boxed: Boxes) -> Iterator[str]:
    """Yield what is wrong with a file for the press."""
    with file.open_metadata() as metadata:
        if metadata.get(f"{{{IDENTIFIER}}}GTS_PDFXVersion") != "PDF/X-4":
            yield "没有 PDF/X-4 标识"
    intents = file.Root.get("/OutputIntents") or Array()
    if [intent.get("/S") for intent in intents] != ["/GTS_PDFX"]:
        yield "没有输出意图"
    if file.docinfo.get("/Trapped") not in ("/True", "/False"):
        yield "没有注明陷印"
    wanted = [[float(side) for side in box] for box in boxed]
    for number, page in enumerate(file.pages, 1):
        where = f"第 {number} 页"
        keys = ("/MediaBox", "/BleedBox", "/TrimBox")
        if [[float(side) for side in page[key]] for key in keys] != wanted:
            yield f"{where}的成品框或出血框不对"
        if "/Annots" in page:
            yield f"{where}有链接或批注"
        for fault in foreign(page.obj, page.obj.get("/Resources", Dictionary()), set()):
            yield f"{where}{fault}"
    for item in file.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/FontDescriptor":
            continue
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys()):
            yield f"字体没有嵌入：{item.get('/FontName')}"


def is_plate(resources: pikepdf.Object, name: pikepdf.Object) -> bool:
    """Tell whether a colour space is a plate of its own that looks like four inks."""
    space = (resources.get("/ColorSpace") or Dictionary()).get(str(name))
    return isinstance(space, Array) and list(space[:1]) + list(space[2:3]) == [
        "/Separation",
        "/DeviceCMYK",
    ]


def foreign(
    stream: pikepdf.Object, resources: pikepdf.Object, seen: set[tuple[int, int]]
) -> Iterator[str]:
    """Yield the colours on a page, or in a form, that are neither inks nor grey."""
    for instruction in pikepdf.parse_content_stream(stream):
        operands, word = instruction.operands, str(instruction.operator)
        if word in ("rg", "RG", "sh", "INLINE IMAGE"):
            yield f"有不是四色的颜色（{word}）"
        if word in ("cs", "CS") and not (operands[0] in INKS or is_plate(resources, operands[0])):
            yield f"有不是四色的颜色空间（{operands[0]}）"
        if word == "gs":
            state = resources.ExtGState[str(operands[0])]
            if min(float(state.get("/ca", 1)), float(state.get("/CA", 1))) < 1 or "/SMask" in state:
                yield "有透明的颜色"
    inner = [*(resources.get("/XObject") or Dictionary()).values()]
    inner += [*(resources.get("/Pattern") or Dictionary()).values()]
    for item in inner:
        if item.objgen in seen:
            continue
        seen.add(item.objgen)
        if item.get("/Subtype") == "/Image":
            if item.get("/ColorSpace") not in INKS and not item.get("/ImageMask"):
                yield "有不是四色的图片"
        else:
            yield from foreign(item, item.get("/Resources", Dictionary()), seen)
