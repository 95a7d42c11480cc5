"""Pictures as an import keeps them: upright, of a kind that is printed, telling nothing beside their pixels."""

from io import BytesIO

from PIL import Image

from booklet.artwork.photographs import KINDS, UnusableError, opened, turn_of

IMPORTED = (
    *KINDS,
    "GIF",
    "BMP",
    "MPO",
    "ICO",
)  # what an import makes PNG of, where it is none of ours
LEAST_PIXELS = 4  # a side; what is smaller only holds the place of a picture or counts readers


def printable(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture for a manuscript, upright, and the ending of its kind; None for what is none.

    A JPEG stays JPEG, all else becomes PNG. What the file told beside its pixels is left behind.
    """
    try:
        with opened(data, IMPORTED) as image:
            if min(image.size) < LEAST_PIXELS:
                return None
            if image.format == "JPEG" and turn_of(image) is None:
                image.load()
                return bare_jpeg(data), ".jpg"
            return as_png_or_jpeg(image)
    except UnusableError:
        return None


def as_png_or_jpeg(image: Image.Image) -> tuple[bytes, str]:
    """Return a picture written anew: a photograph that had to be turned as JPEG, all else as PNG."""
    icc, turn = image.info.get("icc_profile"), turn_of(image)
    photograph = image.format in ("JPEG", "MPO")
    image.load()
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    kept = ("1", "L", "RGB", "RGBA", "I;16", *(("CMYK",) if photograph else ()))
    made = image if image.mode in kept and not (clear and image.mode == "RGB") else image.convert(
        "RGBA" if clear else "RGB"
    )  # fmt: skip
    made = made.transpose(turn) if turn is not None else made.copy()
    made.info = {}
    out = BytesIO()
    if photograph:
        made.save(out, "JPEG", quality=95, subsampling=0, icc_profile=icc)
        return out.getvalue(), ".jpg"
    made.save(out, "PNG", icc_profile=icc)
    return out.getvalue(), ".png"


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without what it tells beside its pixels, these untouched (ITU-T T.81, B.1.1).

    Comments and application segments go, but for JFIF, colour profiles and Adobe's, which say how
    colours are to be read; what follows the end of the picture goes as well.
    """
    out, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xDA:  # the scan: entropy-coded data to the end
            end = data.rfind(b"\xff\xd9")
            return b"".join([*out, data[at : end + 2 if end > at else len(data)]])
        length = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        segment = data[at : at + length]
        told = marker == 0xFE or 0xE0 <= marker <= 0xEF
        if not told or segment[4:].startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")):
            out.append(segment)
        at += length
    return data
