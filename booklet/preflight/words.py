"""Read the finished file back and prove it: words, QR codes or links, page count.

Looks at the PDF alone, with another library than the one that wrote it (PDFium, ZXing). What it
finds is our fault, so the build stops and the last good file stays.
"""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import zxingcpp

from booklet.edition import PT_PER_MM, Edition
from booklet.errors import Finding, our_fault
from booklet.model import (
    Block,
    Book,
    Figure,
    Link,
    Run,
    Speech,
    all_runs,
    lines_of_runs,
    text_of,
)
from booklet.preflight.reading import squeeze

QR_DPI = 300  # must decode here
QR_DPI_ADVISED = 150  # a warning when it does not decode here
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
Box = tuple[float, float, float, float]
"""(left, foot, right, head) in pt from the lower left of the page"""
QUOTE_TIMES = 2  # in the text, large
FIGURE_TIMES = 3  # in the text, in its box, on the 数字 page


def check_pages(document: pdfium.PdfDocument, edition: Edition, name: str) -> list[Finding]:
    """Check the number of pages and the size of each."""
    findings = []
    if edition.bound and len(document) % 4:
        findings.append(our_fault(name, f"页数 {len(document)} 不是 4 的倍数"))
    want = tuple((side + 2 * edition.bleed_mm) * PT_PER_MM for side in edition.trim_mm)
    for number in range(len(document)):
        size = document[number].get_size()
        if any(abs(a - b) > 0.1 for a, b in zip(size, want, strict=True)):
            findings.append(our_fault(name, f"第 {number + 1} 页的尺寸不对"))
    return findings


def check_words(pages: Sequence[str], book: Book, name: str) -> list[Finding]:
    """Check that every paragraph of every speech is there, whole and in order."""
    findings = []
    notes = {
        speech.path: [squeeze(text_of(run.note)) for run, _ in all_runs(speech.blocks) if run.note]
        for speech in book.speeches
    }
    every = feet_of(book)
    whole = "".join(without_notes(page, every) for page in pages)
    feet = "".join(pages)
    where = 0
    for speech in book.speeches:
        for text, line in prose(speech.blocks):
            wanted = squeeze(text)
            at = whole.find(wanted, where)
            if at < 0:
                message = f"成品里没有找到这一段，或次序不对：{wanted[:20]}…"
                findings.append(our_fault(speech.path, message, line))
            else:
                where = at + len(wanted)
        for caption, line in captions(speech.blocks):  # a picture may stand later than its line
            if squeeze(caption) not in feet:
                findings.append(our_fault(speech.path, f"成品里没有图片说明：{caption}", line))
        for note in notes[speech.path]:
            if note not in feet:
                findings.append(our_fault(speech.path, f"成品里没有脚注：{note[:20]}…"))
        findings += check_boxes(speech, feet, name)
    return findings


def check_boxes(speech: Speech, whole: str, name: str) -> list[Finding]:
    """Check that each pull-quote is printed beside its sentence, each figure in box and 数字 page."""
    printed = [(quote.text, QUOTE_TIMES, quote.line) for quote in speech.quotes]
    printed += [(stat.figure, FIGURE_TIMES, stat.line) for stat in speech.stats]
    parts = [part for part, _ in prose(speech.blocks)]  # a footnote's number may stand in between
    return [
        our_fault(speech.path, f"成品里的引文或数字少印了一处：{text}", line)
        for text, times, line in printed
        if whole.count(squeeze(text)) < times - (not any(text in part for part in parts))
    ]


Feet = Mapping[str, Sequence[str]]
"""By its last character: the footnotes of a book as printed, number before text, longest first."""


def feet_of(book: Book) -> Feet:
    """Return all footnotes of a book as they are printed, blanks taken out."""
    found: dict[str, list[str]] = {}
    for speech in book.speeches:
        for run, _ in all_runs(speech.blocks):
            if run.note:
                foot = f"{run.number}{squeeze(text_of(run.note))}"
                found.setdefault(foot[-1], []).append(foot)
    return {last: sorted(feet, key=len, reverse=True) for last, feet in found.items()}


def without_notes(page: str, feet: Feet) -> str:
    """Take the footnotes off the end of a page's text, each with its own number and no more.

    Digits that end the text above them are the text's: 在2023 over 1 见附表.
    """
    while True:
        foot = next((one for one in feet.get(page[-1:], ()) if page.endswith(one)), "")
        if not foot:
            return page
        page = page[: -len(foot)]


def prose(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """Return (text, line) of all text that is printed in one stream, in order."""
    return [part for runs, line in lines_of_runs(tuple(blocks)) for part in pieces(runs, line)]


def captions(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    """Return (caption, line) of each picture."""
    return [(b.caption, b.line) for b in blocks if isinstance(b, Figure) and b.caption]


def pieces(runs: Sequence[Run], line: int) -> list[tuple[str, int]]:
    """Return the text of runs, divided at footnote calls (whose numbers stand between)."""
    parts = [""]
    for run in runs:
        if run.note:
            parts.append("")
        else:
            parts[-1] += run.text
    return [(part, line) for part in parts if part.strip()]


def check_touched(document: pdfium.PdfDocument, wanted: Sequence[Link]) -> list[Finding]:
    """Check that every link can be touched somewhere."""
    there = {url for page in document for url in touched(page)}
    return [
        our_fault(link.path, f"成品里没有这个链接：{link.url}", link.line)
        for link in wanted
        if link.url not in there
    ]


def touched(page: pdfium.PdfPage) -> Iterator[str]:
    """Yield the addresses of a page's links."""
    at, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(page, at, link):
        if address := address_of(page, link):
            yield address


def address_of(page: pdfium.PdfPage, link: Any) -> str:
    """Return where a link leads on the web, or ""."""
    action = pdfium_c.FPDFLink_GetAction(link)
    length = pdfium_c.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    path = ctypes.create_string_buffer(length or 1)
    pdfium_c.FPDFAction_GetURIPath(page.pdf, action, path, length)
    return path.value.decode("utf-8", "replace")


def check_areas(document: pdfium.PdfDocument, wanted: Sequence[Link]) -> list[Finding]:
    """Check that every QR code can be touched all over, and leads where it says."""
    addresses = {link.url for link in wanted}
    findings = []
    for number, page in enumerate(document):
        areas = [(url, box) for url, box in link_areas(page) if url in addresses]
        for url, box in codes_at(page) if areas else ():
            if not any(url == one and covers(area, box) for one, area in areas):
                message = f"第 {number + 1} 页的二维码点不到它的网址：{url}"
                findings.append(our_fault("", message))
    return findings


def link_areas(page: pdfium.PdfPage) -> Iterator[tuple[str, Box]]:
    """Yield (address, box) of a page's links, in pt from its lower left."""
    at, link, rect = ctypes.c_int(0), pdfium_c.FPDF_LINK(), pdfium_c.FS_RECTF()
    while pdfium_c.FPDFLink_Enumerate(page, at, link):
        if pdfium_c.FPDFLink_GetAnnotRect(link, rect):
            foot, head = sorted((rect.bottom, rect.top))
            yield address_of(page, link), (rect.left, foot, rect.right, head)


def codes_at(page: pdfium.PdfPage) -> Iterator[tuple[str, Box]]:
    """Yield (text, box) of a page's QR codes, without their quiet zones."""
    scale = QR_DPI_ADVISED / 72
    image = page.render(scale=scale, grayscale=True).to_pil()
    for found in zxingcpp.read_barcodes(image, formats=QR):
        corners = (found.position.top_left, found.position.bottom_right)
        (left, right), (top, foot) = zip(
            *((c.x / scale, c.y / scale) for c in corners), strict=True
        )
        height = page.get_height()
        yield found.text, (left, height - foot, right, height - top)


def covers(area: Box, box: Box) -> bool:
    """Tell whether an area holds a box, to a pt."""
    left, foot, right, head = (a - b for a, b in zip(area, box, strict=True))
    return left <= 1 and foot <= 1 and right >= -1 and head >= -1


def check_codes(document: pdfium.PdfDocument, wanted: Sequence[Link]) -> list[Finding]:
    """Check that every link's QR code is on the pages and decodes to its address at 300 dpi."""
    if not wanted:
        return []
    hosts = {urlsplit(link.url).hostname or "" for link in wanted}
    pages = [page for page in document if names_any(page, hosts)]  # printed under each code
    read_small = {text for page in pages for text in decode(page, QR_DPI_ADVISED)}
    read = read_small
    if any(link.url not in read_small for link in wanted):  # what is read small is read large
        read = read_small.union(*(decode(page, QR_DPI) for page in pages))
    findings = []
    for link in wanted:
        if link.url not in read:
            findings.append(Finding(link.path, link.line, f"印出的二维码扫不出来：{link.url}",
                                    "换成短一些的网址"))  # fmt: skip
        elif link.url not in read_small:
            message = f"二维码在低清晰度下扫不出来：{link.url}"
            fix = "换成短一些的网址，印出后用手机试扫"
            findings.append(Finding(link.path, link.line, message, fix, "warning", "二维码-02"))
    return findings


def names_any(page: pdfium.PdfPage, hosts: set[str]) -> bool:
    """Tell whether a page prints one of these hosts."""
    text = squeeze(page.get_textpage().get_text_bounded())
    return any(host in text for host in hosts)


def decode(page: pdfium.PdfPage, dpi: int) -> list[str]:
    """Return the texts of the QR codes on a page rendered at this resolution."""
    image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(image, formats=QR)]
