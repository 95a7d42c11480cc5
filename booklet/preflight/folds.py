"""Fold an imposed file back, as hands would, and compare it page by page with the edition it is of.

Shares nothing with ``impose`` but the binding: it takes the sheets from the pile, folds each section in
the middle, leafs through it, and looks at what stands on each leaf: its words and its picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageStat

from booklet.edition import PT_PER_MM, Binding
from booklet.errors import Finding, our_fault

LOOK_DPI = 36  # enough to tell two pages apart
ALIKE = 3.0  # mean difference of grey values, of 255; two unlike pages differ by more


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the folded booklet: where it stands on which page of the file."""

    page: int  # of the imposed file, from 0
    left: bool
    depth: int


def piles(sheets: int, most: int) -> list[int]:
    """Return how many sheets lie in each section, nearly alike and none above ``most``."""
    count = max(-(-sheets // most), 1)
    return [sheets // count + (number < sheets % count) for number in range(count)]


def leaves(sheet_counts: Sequence[int]) -> Iterator[Leaf]:
    """Yield the pages of folded sections in reading order; sheets lie outermost first."""
    start = 0
    for count in sheet_counts:
        for depth in range(count):
            front = start + 2 * depth
            yield Leaf(front, False, depth)
            yield Leaf(front + 1, True, depth)
        for depth in reversed(range(count)):
            front = start + 2 * depth
            yield Leaf(front + 1, False, depth)
            yield Leaf(front, True, depth)
        start += 2 * count


def check_folded(
    imposed: bytes, original: bytes, binding: Binding, trim_mm: tuple[float, float]
) -> list[Finding]:
    """Return what differs between the folded booklet and the original; nothing if all is well."""
    sheets, pages = pdfium.PdfDocument(imposed), pdfium.PdfDocument(original)
    counts = piles(-(-len(pages) // 4), binding.most_sheets)
    order: list[int | None] = list(range(len(pages)))
    order[-1:-1] = [None] * (4 * sum(counts) - len(pages))  # blanks stand before the last page
    name = f"{binding.stem}.pdf"
    findings: list[Finding] = []
    try:
        if len(sheets) != 2 * sum(counts):
            return [our_fault(name, f"拼版应有 {2 * sum(counts)} 面，现有 {len(sheets)} 面")]
        for number, leaf in zip(order, leaves(counts), strict=True):
            wanted = pages[number] if number is not None else None
            if not same(sheets[leaf.page], leaf, wanted, binding, trim_mm):
                message = f"折好以后第 {len(findings) + 1} 处与阅读版不同：第 {leaf.page + 1} 面"
                findings.append(our_fault(name, message))
    finally:
        sheets.close()
        pages.close()
    return findings


def same(
    sheet: pdfium.PdfPage, leaf: Leaf, page: pdfium.PdfPage | None, binding: Binding,
    trim_mm: tuple[float, float],
) -> bool:  # fmt: skip
    """Tell whether a half of a sheet shows this page, where it should stand."""
    box = place(leaf, binding, trim_mm)
    if page is None:
        return not sheet.get_textpage().get_text_bounded(*box).strip()
    words = letters(page.get_textpage().get_text_bounded())
    if letters(sheet.get_textpage().get_text_bounded(*box)) != words:
        return False
    side, alone = picture(sheet), picture(page)
    x, top = box[0] * LOOK_DPI / 72, (sheet.get_height() - box[3]) * LOOK_DPI / 72
    half = side.crop((round(x), round(top), round(x) + alone.width, round(top) + alone.height))
    if leaf.page % 2 and binding.flip == "long":
        half = half.rotate(180)
    blurred = (image.resize((image.width // 3, image.height // 3)) for image in (half, alone))
    return ImageStat.Stat(ImageChops.difference(*blurred)).mean[0] <= ALIKE


def place(
    leaf: Leaf, binding: Binding, trim_mm: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return (left, foot, right, head) in pt of a leaf's page on its side, as it is read."""
    width, height = (length * PT_PER_MM for length in binding.sheet_mm)
    across, up = (length * PT_PER_MM for length in trim_mm)
    creep = leaf.depth * binding.paper_mm * PT_PER_MM
    left = width / 2 - across + creep if leaf.left else width / 2 - creep
    base = (height - up) / 2
    if leaf.page % 2 and binding.flip == "long":
        return width - left - across, height - base - up, width - left, height - base
    return left, base, left + across, base + up


def letters(text: str) -> list[str]:
    """Return the characters of a text, sorted: turned upside down, PDFium reads them from the end."""
    return sorted("".join(text.split()))


def picture(page: pdfium.PdfPage) -> Image.Image:
    """Return a page as a grey picture."""
    found: Image.Image = page.render(scale=LOOK_DPI / 72, grayscale=True).to_pil()
    return found
