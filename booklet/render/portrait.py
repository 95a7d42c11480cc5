"""The picture of a speaker at the head of a speech: beside the title, or above it where lines are short."""

from dataclasses import dataclass

from booklet.artwork import photographs
from booklet.artwork.plates import portrait_size
from booklet.model import Speech
from booklet.render.setting import Setting

GAP_PT = 12.0  # house pt between it and the title


@dataclass(frozen=True, slots=True)
class Portrait:
    """A speaker's picture as printed; ``beside`` the title, which is narrower then by ``taken_pt``."""

    name: str
    data: bytes
    width_pt: float
    height_pt: float
    taken_pt: float
    rows: int
    beside: bool


def portrait_of(speech: Speech, index: int, setting: Setting) -> Portrait | None:
    """Return the picture at the head of a speech, None for none."""
    if speech.portrait is None:
        return None
    edition = setting.edition
    width_pt, height_pt = portrait_size(edition)
    return Portrait(
        name=f"figures/s{index}-portrait.jpg",
        data=photographs.cut_to(speech.portrait, (width_pt, height_pt), edition, speech.path),
        width_pt=round(width_pt, 2),
        height_pt=round(height_pt, 2),
        taken_pt=width_pt + edition.pt(GAP_PT),
        rows=edition.whole_lines(height_pt),
        beside=not edition.narrow,
    )
