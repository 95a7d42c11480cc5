"""Colours of photographs: what a file's own profile says, made into sRGB or into a shop's four inks.

Conversions are LittleCMS's by way of Pillow: relative colorimetric with black point compensation,
which keeps greys grey and what lies within the inks' reach unchanged. Profiles are ICC files.
"""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.paths import PROFILES

MOST_BYTES = 20_000_000  # of a profile
HOUSE_PROFILE = "FOGRA39L_coated.icc"  # what an untagged CMYK picture was most likely made for
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def to_screen(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB; its own profile is obeyed, if it is one that can be read."""
    if image.mode == "L":
        image = image.convert("RGB")
    source = own_profile(image) or (profile(HOUSE_PROFILE) if image.mode == "CMYK" else None)
    if source is None:
        return image.convert("RGB")
    return converted(image, source, screen(), "RGB")


def to_press(image: Image.Image, name: str) -> Image.Image:
    """Return a picture in the inks of the profile ``name``; one in grey is printed in black only."""
    if image.mode == "L":
        return image
    if image.mode == "CMYK":
        source = own_profile(image)
        if source is None or describes(source) == describes(profile(name)):
            return image  # it was made for these inks, or nobody knows what for
        return converted(image, source, profile(name), "CMYK")
    return converted(image, own_profile(image) or screen(), profile(name), "CMYK")


def converted(
    image: Image.Image,
    source: ImageCms.ImageCmsProfile,
    target: ImageCms.ImageCmsProfile,
    mode: str,
) -> Image.Image:
    """Return a picture in another profile's colours."""
    transform = ImageCms.buildTransform(source, target, image.mode, mode, INTENT, FLAGS)
    made = ImageCms.applyTransform(image, transform)
    assert made is not None  # only in-place conversion returns nothing
    return made


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
    """Return what is wrong with the profile that an edition names."""
    where = f"styles/profiles/{name}"
    try:
        space = profile(name).profile.xcolor_space.strip()
    except (BookletError, OSError, ImageCms.PyCMSError):
        fix = "把印刷厂给的 .icc 文件放进 styles/profiles/，文件名写进 styles/press.toml 的 profile"
        return [Finding(where, 0, "没有这个 ICC 文件，或者它打不开", fix)]
    if space != "CMYK":
        return [
            Finding(
                where, 0, f"这个 ICC 文件是 {space} 的，不是四色的", "请印刷厂给 CMYK 的 ICC 文件"
            )
        ]
    return []


@cache
def profile(name: str) -> ImageCms.ImageCmsProfile:
    """Return one of the profiles in ``styles/profiles``."""
    return ImageCms.ImageCmsProfile(BytesIO(disk.read(PROFILES / name, PROFILES, MOST_BYTES)))


@cache
def screen() -> ImageCms.ImageCmsProfile:
    """Return sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
