"""The finished pages as a reader sees them: every character in ink, nothing over it or under it.

A page is drawn with its words and without them; what changes is the ink of the words. Words that are
in the file but not in the picture pass every other check. Lengths in pt from the lower left of the
page.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops

from booklet.edition import PT_PER_MM, Edition
from booklet.errors import Finding, our_fault

SCALE = 1.5  # pixels in a pt: enough to see a hairline
INK = 24  # of 255; a smaller change of grey is no ink
CONTRAST = (
    2.9  # least ratio of luminances between words and their ground (WCAG 2.1 asks 3 of large type)
)
UNEVEN = 90  # of 255; a ground that differs by more inside a word is a drawing
OVERLAP = 0.25  # share of the smaller of two words that may lie on the other
DEPTH = 5  # of drawings within drawings that hold words
SAFE_MM = 3.0  # from the trim of leaves, which a guillotine may miss by so much
NEIGHBOUR = 1  # pixels at the sides of a character that may be those beside it
BESIDE = 2.0  # pt that a character may begin before the one that it follows ends
MOST_BESIDE = 80  # characters; more are no line
CORE = 0.2  # of a word's height that is left out above and below, where rules run close

Box = tuple[float, float, float, float]
"""(left, foot, right, head)"""


@dataclass(frozen=True, slots=True)
class Word:
    """What one text operator prints: where it stands and how light its colour is, of 1."""

    box: Box
    luminance: float


def check_sight(
    document: pdfium.PdfDocument, edition: Edition, families: frozenset[str], name: str
) -> list[Finding]:
    """Return what a reader would not see, or not read; ``families`` are the faces of the house.

    The document is changed: its words are taken out.
    """
    findings = []
    for number, page in enumerate(document):
        cover = number in (0, len(document) - 1)
        for fault in dict.fromkeys(faults_of_page(page, edition, families, cover)):
            findings.append(our_fault(name, f"第 {number + 1} 页：{fault}"))
    return findings


def faults_of_page(
    page: pdfium.PdfPage, edition: Edition, families: frozenset[str], cover: bool
) -> Iterator[str]:
    """Yield what is wrong with one page; drawings lie under the words of covers by design."""
    origin = page.get_mediabox()[:2]
    chars = [(char, moved(box, origin)) for char, box in chars_of(page)]
    objects = list(page.get_objects(max_depth=1))
    texts = [one for one in objects if one.type == raw.FPDF_PAGEOBJ_TEXT]
    yield from faces(page, families)
    if edition.bound:
        yield from outside(chars, page, edition)
    whole = picture(page)
    words = [Word(moved(w.box, origin), w.luminance) for w in take_words(page, texts)]
    # A page of words alone is white paper without them.
    ground = picture(page) if len(objects) > len(texts) else Image.new("L", whole.size, 255)
    yield from unseen(chars, whole, ground, page.get_height())
    for word in words:
        yield from unreadable(word, ground, page.get_height(), cover)
    yield from overlapping(words)


# ---- What is on a page -----------------------------------------------------------------------


def chars_of(page: pdfium.PdfPage) -> Iterator[tuple[str, Box]]:
    """Yield each character that should leave ink, and its box."""
    text = page.get_textpage()
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, foot, head = sides
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or not char.isprintable() or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        raw.FPDFText_GetCharBox(text, at, left, right, foot, head)
        yield char, (left.value, foot.value, right.value, head.value)


def moved(box: Box, origin: tuple[float, float]) -> Box:
    """Return a box as measured from the corner of the medium, where bleed begins."""
    x, y = origin
    return box[0] - x, box[1] - y, box[2] - x, box[3] - y


def picture(page: pdfium.PdfPage) -> Image.Image:
    """Return a page as a grey picture."""
    found: Image.Image = page.render(scale=SCALE, grayscale=True).to_pil()
    return found


def take_words(page: pdfium.PdfPage, texts: Sequence[pdfium.PdfObject]) -> Iterator[Word]:
    """Yield the words of a page, each taken out of it."""
    for one in texts:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha)
        yield Word(one.get_bounds(), luminance(red.value, green.value, blue.value))
        page.remove_obj(one)


def luminance(*parts: float) -> float:
    """Return the relative luminance of a colour in sRGB, 0 to 1 (WCAG 2.1); one part is a grey."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (p / 255 for p in parts)
    ]
    if len(linear) == 1:
        return float(linear[0])
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def crop(image: Image.Image, box: Box, height: float) -> Image.Image:
    """Return what a picture shows of a box; it has whole pixels, so its scale is a little larger."""
    scale, top = image.height / height, image.height
    left, foot, right, head = (scale * side for side in box)
    return image.crop((int(left), int(top - head), int(right) + 1, int(top - foot) + 1))


# ---- What is wrong ---------------------------------------------------------------------------


def unseen(
    chars: Sequence[tuple[str, Box]], whole: Image.Image, ground: Image.Image, height: float
) -> Iterator[str]:
    """Yield the words that leave no ink: white ones, hidden ones, those that something lies upon."""
    ink = ImageChops.difference(whole, ground).point([0] * INK + [255] * (256 - INK))
    scale = ink.height / height
    gone: list[str] = []
    for band in bands(chars):
        left, right = min(box[0] for _, box in band), max(box[2] for _, box in band)
        foot, head = min(box[1] for _, box in band), max(box[3] for _, box in band)
        strip = crop(ink, (left, foot, right, head), height)
        columns = strip.reduce((1, strip.height)).tobytes() if strip.width and strip.height else b""
        for char, box in band:
            first, past = (int(scale * side) - int(scale * left) for side in (box[0], box[2]))
            inner = NEIGHBOUR if past - first > 3 * NEIGHBOUR else 0
            if not columns[max(first + inner, 0) : past + 1 - inner].strip(b"\0"):
                gone.append(char)
    if gone:
        yield f"有字看不见：{''.join(gone[:12])}"


def bands(chars: Sequence[tuple[str, Box]]) -> Iterator[list[tuple[str, Box]]]:
    """Yield the characters that stand beside one another, line by line.

    What a line shows is looked at once; its ink is squeezed into one row, a column for each pixel.
    """
    band: list[tuple[str, Box]] = []
    foot = head = right = 0.0
    for char, box in chars:
        middle = (box[1] + box[3]) / 2
        if band and foot <= middle <= head and box[0] >= right - BESIDE and len(band) < MOST_BESIDE:
            foot, head = min(foot, box[1]), max(head, box[3])
        else:
            if band:
                yield band
            band, foot, head = [], box[1], box[3]
        band.append((char, box))
        right = box[2]
    if band:
        yield band


def unreadable(word: Word, ground: Image.Image, height: float, cover: bool) -> Iterator[str]:
    """Yield what makes a word hard to read: too little contrast, or a drawing under it."""
    left, foot, right, head = word.box
    core = (head - foot) * CORE
    seen = crop(ground, (left, foot + core, right, head - core), height)
    if not seen.width or not seen.height:
        return
    under = luminance(float(seen.reduce(seen.size).getpixel((0, 0))))  # type: ignore[arg-type]
    light, dark = max(under, word.luminance), min(under, word.luminance)
    where = f"（离左 {left / PT_PER_MM:.0f}、离底 {foot / PT_PER_MM:.0f} 毫米）"
    if (light + 0.05) / (dark + 0.05) < CONTRAST:
        yield f"字和底色太接近{where}"
    least, most = seen.getextrema()
    if not cover and float(most) - float(least) > UNEVEN:  # type: ignore[arg-type]
        yield f"字压在图上{where}"


def overlapping(words: Sequence[Word]) -> Iterator[str]:
    """Yield where two words lie upon one another."""
    ranked = sorted(words, key=lambda word: word.box[1])
    for at, low in enumerate(ranked):
        for high in ranked[at + 1 :]:
            if high.box[1] >= low.box[3]:
                break
            width = min(low.box[2], high.box[2]) - max(low.box[0], high.box[0])
            depth = min(low.box[3], high.box[3]) - max(low.box[1], high.box[1])
            if width > 0 and depth > 0 and width * depth > OVERLAP * min(map(area, (low, high))):
                left, foot = high.box[0] / PT_PER_MM, high.box[1] / PT_PER_MM
                yield f"两处字叠在一起（离左 {left:.0f}、离底 {foot:.0f} 毫米）"


def area(word: Word) -> float:
    """Return the area of a word's box."""
    left, foot, right, head = word.box
    return (right - left) * (head - foot)


def outside(
    chars: Sequence[tuple[str, Box]], page: pdfium.PdfPage, edition: Edition
) -> Iterator[str]:
    """Yield the words that stand so near the trim that they may be cut off."""
    margin = (edition.bleed_mm + SAFE_MM) * PT_PER_MM
    width, height = page.get_size()
    away = [
        char
        for char, (left, foot, right, head) in chars
        if min(left, foot) < margin or right > width - margin or head > height - margin
    ]
    if away:
        yield f"字离裁切线不到 {SAFE_MM:g} 毫米：{''.join(away[:12])}"


def faces(page: pdfium.PdfPage, families: frozenset[str]) -> Iterator[str]:
    """Yield the faces on a page that are none of the house's."""
    name = ctypes.create_string_buffer(200)
    found = set()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=DEPTH):
        raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(one), name, 200)
        found.add(name.value.decode("utf-8", "replace").partition("+")[2].partition("-")[0])
    for strange in sorted(found - families - {""}):
        yield f"混进了别的字体：{strange}"
