"""Colours of photographs: what a file's own profile says, made into sRGB or into a shop's four inks.

Conversions are LittleCMS's by way of Pillow: relative colorimetric with black point compensation,
which keeps greys grey and what lies within the inks' reach unchanged. Profiles are ICC files.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageMath

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.paths import PROFILES

MOST_BYTES = 20_000_000  # of a profile
HOUSE_PROFILE = "FOGRA39L_coated.icc"  # what an untagged CMYK picture was most likely made for
FULL = 255  # of one ink
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def to_screen(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB; its own profile is obeyed, if it is one that can be read."""
    if image.mode == "L":
        image = image.convert("RGB")
    usual = profile(HOUSE_PROFILE) if image.mode == "CMYK" else None
    for source in (own_profile(image), usual):
        if source is not None and (made := converted(image, source, screen(), "RGB")):
            return made
    return image.convert("RGB")


def to_press(image: Image.Image, name: str) -> Image.Image:
    """Return a picture in the inks of the profile ``name``; one in grey is printed in black only."""
    if image.mode == "L":
        return image
    own = own_profile(image)
    if image.mode == "CMYK":
        if own is None or describes(own) == describes(profile(name)):
            return image  # it was made for these inks, or nobody knows what for
        return converted(image, own, profile(name), "CMYK") or image
    for source in (own, screen()):
        if source is not None and (made := converted(image, source, profile(name), "CMYK")):
            return made
    raise AssertionError("sRGB cannot be printed")


def limited(image: Image.Image, most: float) -> Image.Image:
    """Return a picture of four inks with at most ``most`` % of them together; black stays as it is."""
    if image.mode != "CMYK":
        return image
    *colours, black = image.split()
    bands = {name: band.convert("F") for name, band in zip("cmyk", (*colours, black), strict=True)}

    def share(given: dict[str, Any]) -> Any:
        """What is left of each colour, from 0 to 1."""
        whole = given["max"](given["c"] + given["m"] + given["y"], 1.0)
        return given["min"]((most * FULL / 100 - given["k"]) / whole, 1.0)

    def kept(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda given: given["convert"](given[name] * share(given), "L")

    made = [ImageMath.lambda_eval(kept(name), **bands) for name in "cmy"]
    return Image.merge("CMYK", (*made, black))


def converted(
    image: Image.Image,
    source: ImageCms.ImageCmsProfile,
    target: ImageCms.ImageCmsProfile,
    mode: str,
) -> Image.Image | None:
    """Return a picture in another profile's colours; None where the source's profile is damaged."""
    try:
        transform = ImageCms.buildTransform(source, target, image.mode, mode, INTENT, FLAGS)
        return ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, ValueError):
        return None


def own_profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return the profile embedded in a picture; None for none, a broken one, or one for other modes."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        found = ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        return None
    return found if found.profile.xcolor_space.strip() == image.mode else None


def describes(source: ImageCms.ImageCmsProfile) -> str:
    """Return a profile's own name."""
    return str(source.profile.profile_description or "").strip()


def check_profile(name: str) -> list[Finding]:
    """Return what is wrong with the profile that an edition names: it goes to the print shop whole."""
    where = f"styles/profiles/{name}"
    fix = "把印刷厂给的 .icc 文件放进 styles/profiles/，文件名写进 styles/press.toml 的 profile"
    try:
        data = disk.read(PROFILES / name, PROFILES, MOST_BYTES)
        found = ImageCms.ImageCmsProfile(BytesIO(data))
        space = found.profile.xcolor_space.strip()
        whole = is_whole(data) and (space != "CMYK" or sample_of(found) is not None)
    except BookletError as error:
        return [
            Finding(where, 0, f"没有这个 ICC 文件，或者不能用：{error.findings[0].message}", fix)
        ]
    except Exception:  # whatever the reader of a damaged file says
        whole = False
    if not whole:
        return [Finding(where, 0, "这个 ICC 文件打不开，或者不完整", "请印刷厂重发一次 ICC 文件")]
    if space != "CMYK":
        message = f"这个 ICC 文件是 {space} 的，不是四色的"
        return [Finding(where, 0, message, "请印刷厂给 CMYK 的 ICC 文件")]
    return []


def is_whole(data: bytes) -> bool:
    """Tell whether a profile is as long as it says, with all its tables inside (ICC.1:2022, 7)."""
    if len(data) < 132 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        return False
    count = int.from_bytes(data[128:132], "big")
    rows = [data[132 + 12 * n : 144 + 12 * n] for n in range(min(count, 200))]
    return 0 < count < 200 and all(
        len(row) == 12
        and int.from_bytes(row[4:8], "big") + int.from_bytes(row[8:12], "big") <= len(data)
        for row in rows
    )


def sample_of(found: ImageCms.ImageCmsProfile) -> Image.Image | None:
    """Return a pixel of sRGB in a profile's inks, None where it can make none."""
    return converted(Image.new("RGB", (1, 1)), screen(), found, "CMYK")


@cache
def profile(name: str) -> ImageCms.ImageCmsProfile:
    """Return one of the profiles in ``styles/profiles``."""
    return ImageCms.ImageCmsProfile(BytesIO(disk.read(PROFILES / name, PROFILES, MOST_BYTES)))


@cache
def screen() -> ImageCms.ImageCmsProfile:
    """Return sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
