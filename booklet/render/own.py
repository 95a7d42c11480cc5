"""The office's own pictures on the covers: a photograph over the title, an emblem beside its name. Sizes in pt."""

from dataclasses import dataclass

from booklet.artwork import photographs
from booklet.edition import PT_PER_MM
from booklet.model import Book
from booklet.render.setting import Setting

PICTURE_MM = 104.0  # height of the photograph on the A5 cover, from the trim
INSET_MM = 10.0  # from the trim, where a printer does not reach the edge
EMBLEM_MM = (44.0, 15.0)  # the largest width and height of an emblem on A5
PICTURE, EMBLEM = "figures/cover.jpg", "figures/emblem.jpg"


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture on a cover: its name, bytes and words, where it begins from the trim's upper left, its size."""

    name: str
    data: bytes
    alt: str
    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float


def cover_picture(book: Book, setting: Setting) -> OwnPicture | None:
    """Return the photograph of the front cover: to the edges, or within them where the ground is white."""
    if book.picture is None:
        return None
    edition = setting.edition
    unit = edition.unit_mm * PT_PER_MM
    width, height = edition.trim_mm[0] * PT_PER_MM, PICTURE_MM * unit
    if setting.theme.variables["grounds"] == "yes":
        left = top = -edition.bleed_mm * PT_PER_MM
        size = (width - 2 * left, height - top)
    else:
        left = top = INSET_MM * unit
        size = (width - 2 * left, height - top)
    data = photographs.cut_to(book.picture, size, edition, book.path)
    alt = book.picture.caption or f"{''.join(book.title)}封面照片"
    return OwnPicture(PICTURE, data, alt, *(round(one, 2) for one in (left, top, *size)))


def emblem_place(book: Book, setting: Setting) -> str:
    """Return where the front cover has its emblem: on the photograph's edge, at the foot, or at the top."""
    if book.emblem is None:
        return ""
    if book.picture is not None:
        return "edge"
    return "foot" if setting.theme.variables["cover-upright"] == "none" else "top"


def own_emblem(book: Book, setting: Setting) -> OwnPicture | None:
    """Return the emblem of whoever publishes the book, as large as its place allows."""
    if book.emblem is None:
        return None
    edition = setting.edition
    room = tuple(side * edition.unit_mm * PT_PER_MM for side in EMBLEM_MM)
    data, size = photographs.fitted(setting.emblem, (room[0], room[1]), edition)
    alt = f"{book.host.partition('、')[0]}标志"
    return OwnPicture(EMBLEM, data, alt, 0.0, 0.0, *(round(side, 2) for side in size))
