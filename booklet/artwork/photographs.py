"""Photographs made ready for the page: upright, in its colours, no larger than it can show.

Done with Pillow beforehand because WeasyPrint's own recompression fixes JPEG quality at 75.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from booklet.artwork import inks
from booklet.edition import PT_PER_MM, Edition
from booklet.errors import BookletError, Finding
from booklet.model import Figure

MOST_PIXELS = 120_000_000  # a picture that unpacks to more is refused, not loaded
JPEG_QUALITY = 88
COARSEST_DPI = 96  # a smaller picture is printed smaller
LEAST_DPI = 150  # under this a photograph looks coarse in print
EXPORT_AGAIN = "重新导出为 .jpg 或 .png"
TOO_LARGE, SMALLER = "图片太大", "缩小到 8000 像素以内再用"
EXTREME = 5.0  # width to height; a narrower picture is a strip
Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is the limit, told in our words
KEPT = {"PNG": ".png", "JPEG": ".jpg", "TIFF": ".tif", "WEBP": ".webp"}  # as they come
LEAST_PIXELS = 4  # a side; what is smaller only holds the place of a picture or counts readers
MOST_HEIGHT = 0.55  # of the type area; a taller picture is made narrower


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes to the page: JPEG bytes and its size there in pt."""

    data: bytes
    width_pt: float
    height_pt: float


def prepare(figure: Figure, edition: Edition, manuscript: str) -> Picture:
    """Fit a figure into the edition's frame; a file that is no picture is a BookletError."""
    try:
        with Image.open(figure.path) as opened:
            if opened.mode == "F":
                raise refusal(figure, manuscript, "不能用 32 位浮点的图片", EXPORT_AGAIN)
            if opened.width * opened.height > MOST_PIXELS:
                raise refusal(figure, manuscript, TOO_LARGE, SMALLER)
            upright = ImageOps.exif_transpose(opened)
            image = flat(upright)
            image = (
                inks.to_press(image, edition.profile)
                if edition.for_press
                else inks.to_screen(image)
            )
    except (OSError, SyntaxError, ValueError) as error:
        raise refusal(figure, manuscript, "图片打不开，可能已损坏", EXPORT_AGAIN) from error
    scale = scale_of(image.size, edition)
    size_pt = (image.width * scale, image.height * scale)
    if 72 / scale > edition.picture_dpi:
        pixels = [max(round(side * edition.picture_dpi / 72), 1) for side in size_pt]
        image = image.resize((pixels[0], pixels[1]), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, icc_profile=None)
    return Picture(out.getvalue(), size_pt[0], size_pt[1])


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


def check(figure: Figure, edition: Edition, manuscript: str) -> list[Finding]:
    """Return a warning where a picture is too coarse for the size it is printed at."""
    try:
        with Image.open(figure.path) as image:
            mode = image.mode
            size = image.size if image.getexif().get(0x0112, 1) < 5 else image.size[::-1]
    except (OSError, SyntaxError, ValueError):
        return [refusal(figure, manuscript, "图片打不开，可能已损坏", EXPORT_AGAIN).findings[0]]
    if mode == "F":
        return [refusal(figure, manuscript, "不能用 32 位浮点的图片", EXPORT_AGAIN).findings[0]]
    if size[0] * size[1] > MOST_PIXELS:
        return [refusal(figure, manuscript, TOO_LARGE, SMALLER).findings[0]]
    if not 1 / EXTREME <= size[0] / size[1] <= EXTREME:
        fix = "裁成长宽相差不到五倍的图片"
        message = f"图片“{figure.path.name}”太窄长（{size[0]} × {size[1]}）"
        return [Finding(manuscript, figure.line, message, fix, "warning", "图片-02")]
    scale = scale_of(size, edition)
    if 72 / scale >= LEAST_DPI:
        return []
    width_mm = size[0] * scale / PT_PER_MM
    message = (
        f"图片“{figure.path.name}”印成 {width_mm:.0f} 毫米宽时只有 {72 / scale:.0f} dpi，会发虚"
    )
    fix = f"换成宽 {round(width_mm / 25.4 * 300)} 像素以上的图片"
    return [Finding(manuscript, figure.line, message, fix, "warning", "图片-01")]


def printable(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture's bytes and the ending of its kind, made PNG where the kind is not printed.

    None for what is no picture, or is none to be seen.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            kind, size = image.format or "", image.size
            if min(size) < LEAST_PIXELS:
                return None
            if kind in KEPT:
                return data, KEPT[kind]
            if size[0] * size[1] > MOST_PIXELS:
                return None
            out = BytesIO()
            image.convert("RGBA" if "transparency" in image.info else "RGB").save(out, "PNG")
            return out.getvalue(), ".png"
    except (OSError, SyntaxError, ValueError):
        return None
