"""Photographs made ready for the page: upright, in its colours, no larger than it can show.

Done with Pillow beforehand because WeasyPrint's own recompression fixes JPEG quality at 75. Files come
from outside: whatever a decoder says of one, it is a broken picture, and what it tells beside its
pixels (places, devices, names) goes no further.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageFile

from booklet import disk
from booklet.artwork import inks
from booklet.edition import PT_PER_MM, Edition
from booklet.errors import BookletError, Finding
from booklet.limits import LIMITS
from booklet.model import Figure

JPEG_QUALITY = 88
COARSEST_DPI = 96  # a smaller picture is printed smaller
DRAWING_DPI = 600  # of an emblem
LEAST_DPI = 150  # under this a photograph looks coarse in print
EXPORT_AGAIN = "重新导出为 .jpg 或 .png"
EXTREME = 5.0  # width to height; a narrower picture is a strip
Image.MAX_IMAGE_PIXELS = None  # ours is the limit, told in our words
KINDS = ("JPEG", "PNG", "TIFF", "WEBP")  # what a manuscript may use; no other decoder is tried
MOST_UNPACKED = 480_000_000  # bytes
BAND = 128  # rows of pixels that are made smaller at a time
MOST_HEIGHT = 0.55  # of the type area; a taller picture is made narrower
ORIENTATION = 0x0112  # EXIF
TURNS = {  # EXIF orientation: what makes it upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
TURNED = frozenset(TURNS[value] for value in (5, 6, 7, 8))  # that change width and height
ABOVE = 0.2  # of what is cut off a tall picture for a portrait, so much above
ENOUGH = 2  # times the pixels of the page that are kept before the last, good reduction


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes to the page: JPEG bytes and its size there in pt."""

    data: bytes
    width_pt: float
    height_pt: float


class UnusableError(Exception):
    """A picture that cannot be printed: ``message`` and ``fix`` for whoever chose it."""

    def __init__(self, message: str, fix: str = EXPORT_AGAIN) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


@contextmanager
def opened(data: bytes, kinds: tuple[str, ...] = KINDS) -> Iterator[Image.Image]:
    """Lend a picture, its size seen before a pixel is unpacked; raise UnusableError for what is none."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, and prints half a picture in grey
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=kinds) as image:
                pixels = image.width * image.height
                if LIMITS["picture"].exceeded(pixels) or unpacked(image) > MOST_UNPACKED:
                    size = f"{image.width} × {image.height}"
                    raise UnusableError(f"图片太大（{size} 像素）", LIMITS["picture"].fix)
                if image.mode == "F":
                    raise UnusableError("不能用 32 位浮点的图片")
                yield image
    except (UnusableError, BookletError, MemoryError):
        raise
    except Exception as error:  # decoders raise anything for damaged data
        raise UnusableError("图片打不开，可能已损坏") from error


def unpacked(image: Image.Image) -> int:
    """Return how many bytes a picture takes while it is unpacked, as Pillow and its decoder hold it."""
    pixels = image.width * image.height
    size = 1 if image.mode in ("1", "L", "P") else 2 if image.mode.startswith("I;") else 4
    if image.format == "WEBP":
        return pixels * 4 * 3
    return pixels * size


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return what makes a picture upright, None for nothing or for an orientation of any other kind."""
    if image.format == "TIFF":
        return None  # Pillow turns it itself
    value = image.getexif().get(ORIENTATION)
    return TURNS.get(value) if isinstance(value, int) else None


def content(figure: Figure) -> bytes:
    """Return a figure's file; one that is too large, or no plain file, is a BookletError."""
    limit = LIMITS["picture_bytes"]
    return disk.read(figure.path, None, limit.most, limit.fix)


def in_inks(image: Image.Image, edition: Edition) -> Image.Image:
    """Return a picture in the colours of an edition, with no more ink than its paper takes up."""
    if not edition.for_press:
        return inks.to_screen(image)
    return inks.limited(inks.to_press(image, edition.profile), edition.most_ink)


def prepare(figure: Figure, edition: Edition, manuscript: str) -> Picture:
    """Fit a figure into the edition's frame; a file that is no picture is a BookletError."""
    try:
        with opened(content(figure)) as image:
            turn = turn_of(image)
            size = image.size[::-1] if turn in TURNED else image.size
            scale = scale_of(size, edition)
            made = upright(image, turn, edition.picture_dpi * scale / 72)
            made = in_inks(made, edition)
    except UnusableError as error:
        raise refusal(figure, manuscript, error.message, error.fix) from error
    size_pt = (size[0] * scale, size[1] * scale)
    if 72 / scale > edition.picture_dpi:
        pixels = [max(round(side * edition.picture_dpi / 72), 1) for side in size_pt]
        made = made.resize((pixels[0], pixels[1]), Image.Resampling.LANCZOS)
    return Picture(jpeg(made), size_pt[0], size_pt[1])


def shape_of(figure: Figure, manuscript: str) -> float:
    """Return width to height of a picture as it is seen; a file that is no picture is a BookletError."""
    try:
        with opened(content(figure)) as image:
            turned = turn_of(image) in TURNED
            return image.height / image.width if turned else image.width / image.height
    except UnusableError as error:
        raise refusal(figure, manuscript, error.message, error.fix) from error


def cut_to(
    figure: Figure,
    size_pt: tuple[float, float],
    edition: Edition,
    manuscript: str,
    within: tuple[float, float] = (0.0, 1.0),
) -> bytes:
    """Return a picture cut to a shape, as JPEG: in the middle of its width, near its head, where faces are.

    ``within`` is what of its width is shown at most, as shares from the left.
    """
    try:
        with opened(content(figure)) as image:
            turn = turn_of(image)
            size = image.size[::-1] if turn in TURNED else image.size
            shown = (size[0] * (within[1] - within[0]), size[1])
            scale = max(side / pixels for side, pixels in zip(size_pt, shown, strict=True))
            made = upright(image, turn, edition.picture_dpi * scale / 72)
    except UnusableError as error:
        raise refusal(figure, manuscript, error.message, error.fix) from error
    shape = size_pt[0] / size_pt[1]
    room = made.width * (within[1] - within[0])
    wide, high = min(room, made.height * shape), min(made.height, room / shape)
    left = made.width * within[0] + (room - wide) / 2
    top = (made.height - high) * ABOVE
    icc = made.info.get("icc_profile")
    made = made.crop((round(left), round(top), round(left + wide), round(top + high)))
    made.info["icc_profile"] = icc
    made = in_inks(made, edition)
    pixels_ = [max(round(side * edition.picture_dpi / 72), 1) for side in size_pt]
    if made.width > pixels_[0]:
        made = made.resize((pixels_[0], pixels_[1]), Image.Resampling.LANCZOS)
    return jpeg(made)


@lru_cache(maxsize=8)
def fitted(
    data: bytes, room_pt: tuple[float, float], edition: Edition
) -> tuple[bytes, tuple[float, float]]:
    """Return a drawing as JPEG, whole within some room, and its size in pt; edges stay sharp.

    Kept, for an emblem stands in several places of a book.
    """
    with opened(data) as image:
        image.load()
        scale = min(room / pixels for room, pixels in zip(room_pt, image.size, strict=True))
        size_pt = (image.width * scale, image.height * scale)
        made = in_inks(flat(image), edition)
        pixels_ = [max(round(side * DRAWING_DPI / 72), 1) for side in size_pt]
        if made.width > pixels_[0]:
            made = made.resize((pixels_[0], pixels_[1]), Image.Resampling.LANCZOS)
        return jpeg(made), size_pt


def trimmed(image: Image.Image) -> bytes:
    """Return a drawing on white, as PNG, without the white around it."""
    made = flat(image).convert("RGB")
    box = ImageChops.difference(made, Image.new("RGB", made.size, "white")).getbbox()
    out = BytesIO()
    (made.crop(box) if box else made).save(out, "PNG")
    return out.getvalue()


def upright(image: Image.Image, turn: Image.Transpose | None, share: float) -> Image.Image:
    """Return a picture in a mode that can be printed, upright; ``share`` of its pixels a side are needed.

    A large one is made smaller as it is unpacked, and before anything else is done with it: so it
    is in memory once.
    """
    icc = image.info.get("icc_profile")
    wide, high = (max(round(side * share * ENOUGH), 1) for side in image.size)
    image.draft(None, (wide, high))  # JPEG is unpacked in half, a quarter or an eighth of its size
    image.load()
    factor = min(image.width // wide, image.height // high)
    made = reduced(image, factor) if factor > 1 else flat(image)
    made = made.transpose(turn) if turn is not None else made
    made.info["icc_profile"] = icc
    return made


def reduced(image: Image.Image, factor: int) -> Image.Image:
    """Return a picture ``factor`` times smaller by averaging, as ``flat`` makes it.

    Band by band: whatever its mode, only a strip of it is in memory a second time.
    """
    wide, high = -(-image.width // factor), -(-image.height // factor)
    step = BAND // factor * factor or factor
    made: Image.Image | None = None
    for top in range(0, image.height, step):
        band = image.crop((0, top, image.width, min(top + step, image.height)))
        small = flat(band).reduce(factor)
        made = made or Image.new(small.mode, (wide, high))
        made.paste(small, (0, top // factor))
    assert made is not None
    return made


def jpeg(image: Image.Image) -> bytes:
    """Return a picture as JPEG: its pixels, and nothing that its file told beside them."""
    image.info = {}
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, icc_profile=None)
    return out.getvalue()


def flat(image: Image.Image) -> Image.Image:
    """Return the picture in grey, RGB or CMYK with its profile, transparency laid on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        laid = Image.alpha_composite(paper, seen).convert("RGB")
        laid.info["icc_profile"] = image.info.get("icc_profile")
        return laid
    if image.mode.startswith("I"):  # 16 bits: convert() would cut them off instead of scaling
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def refusal(figure: Figure, manuscript: str, message: str, fix: str) -> BookletError:
    """Return the error that names the manuscript's line and the picture."""
    return BookletError(Finding(manuscript, figure.line, f"{message}：{figure.path.name}", fix))


def scale_of(size: tuple[int, int], edition: Edition) -> float:
    """Return pt per pixel: as large as the frame allows, but no coarser than can be borne."""
    frames = zip(frame_pt(edition), size, strict=True)
    return min(72 / COARSEST_DPI, *(frame / side for frame, side in frames))


def frame_pt(edition: Edition) -> tuple[float, float]:
    """Return the width and height in pt that a picture may take on a page of this edition."""
    return edition.measure_pt, edition.lines * edition.line_pt * MOST_HEIGHT


def check(
    figure: Figure,
    edition: Edition,
    manuscript: str,
    covers: tuple[float, float] | None = None,
) -> list[Finding]:
    """Return what is wrong with a picture: damaged anywhere, too large, too narrow, too coarse.

    ``covers`` is the size in pt that it is cut to, None where it is as large as its frame allows.
    """
    try:
        with opened(content(figure)) as image:
            turn = turn_of(image)
            size = image.size[::-1] if turn in TURNED else image.size
            image.draft("L", (max(image.width // 8, 1), max(image.height // 8, 1)))
            image.load()  # damage shows only here
    except UnusableError as error:
        return [*refusal(figure, manuscript, error.message, error.fix).findings]
    except BookletError as error:
        told = error.findings[0]
        return [*refusal(figure, manuscript, told.message, told.fix).findings]
    if not covers and not 1 / EXTREME <= size[0] / size[1] <= EXTREME:
        fix = "裁成长宽相差不到五倍的图片"
        message = f"图片“{figure.path.name}”太窄长（{size[0]} × {size[1]}）"
        return [Finding(manuscript, figure.line, message, fix, "warning", "图片-02")]
    if covers:
        scale = max(side / pixels for side, pixels in zip(covers, size, strict=True))
    else:
        scale = scale_of(size, edition)
    if 72 / scale >= LEAST_DPI:
        return []
    width_mm = size[0] * scale / PT_PER_MM
    message = (
        f"图片“{figure.path.name}”印成 {width_mm:.0f} 毫米宽时只有 {72 / scale:.0f} dpi，会发虚"
    )
    fix = f"换成宽 {round(width_mm / 25.4 * 300)} 像素以上的图片"
    return [Finding(manuscript, figure.line, message, fix, "warning", "图片-01")]
