"""Pull-quotes, statistics boxes and QR blocks: made once, with their lines and heights on the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from booklet.artwork import qr
from booklet.compose.phrases import balance
from booklet.edition import PT_PER_MM
from booklet.model import Link, Quote, Speech
from booklet.render.setting import BoxKey, Setting
from booklet.render.statistics import StatsBox, stats_boxes
from booklet.render.text import Text, typed

DASH_EM = 2  # of —— before whom a quotation is by
APART_PT = 8  # house pt; least distance between two links in a row


@dataclass(frozen=True, slots=True)
class QuoteBox:
    """A pull-quote; ``by`` is whom to name where it is not the speaker, in its lines.

    ``pad_pt`` is the blank above.
    """

    text: Text
    by: tuple[str, ...]
    lines: int
    pad_pt: float


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A link as printed: its QR code under the name it has at the press, or texts to be touched."""

    link: Link
    lines: int
    host: str
    name: str = ""
    code: qr.Code | None = None
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (kind, its lines)


@dataclass(frozen=True, slots=True)
class LinksBox:
    """The links at the end of a speech, one under another or in pairs."""

    links: tuple[LinkBox, ...]
    in_pairs: bool
    lines: int


AnyBox = QuoteBox | StatsBox | LinkBox


def make_boxes(speech: Speech, index: int, setting: Setting) -> dict[BoxKey, AnyBox]:
    """Return every box of a speech; the links that no ``:::link`` line places are among them."""
    found: dict[BoxKey, AnyBox] = {}
    for number, quote in enumerate(speech.quotes):
        found["quote", number] = quote_box(quote, speech.speaker, setting)
    for number, box in enumerate(stats_boxes(speech, setting)):
        found["stats", number] = box
    for number, link in enumerate(speech.links):
        found["link", number] = link_box(link, f"qr/s{index}-{number}.svg", setting)
    return found


# ---- Pull-quotes -----------------------------------------------------------------------------


def quote_box(quote: Quote, speaker: str, setting: Setting) -> QuoteBox:
    """Return a pull-quote; it stands in the middle of its lines of the grid."""
    edition, kind = setting.edition, setting.dress["quotation"]
    most = (edition.measure_pt - kind.pad_pt) / kind.size_pt
    lines = balance(quote.text, most, setting.width("quotation"))
    named = setting.dress["quotation-by"]
    room = (edition.measure_pt - kind.pad_pt) / named.size_pt - DASH_EM
    by = balance(quote.by, room, setting.width("quotation-by")) if quote.by != speaker else ()
    height = len(lines) * kind.line_pt + len(by) * named.line_pt
    count = edition.whole_lines(height)
    return QuoteBox(
        text=typed(lines, kind.role, setting),
        by=by,
        lines=count,
        pad_pt=(count * edition.line_pt - height) / 2,
    )


# ---- Links -----------------------------------------------------------------------------------


def link_box(link: Link, name: str, setting: Setting) -> LinkBox:
    """Return a link: its QR code, or in an edition without codes its texts."""
    edition, host = setting.edition, host_of(link)
    if edition.codes:
        code = qr.code(link.url, edition.qr_mm, edition.qr_most_mm)
        return LinkBox(link, int(setting.dress["link"].rows), host, name, code)
    texts = tuple(
        (kind, balance(text, setting.room_em(dress), setting.width(dress)))
        for kind, text, dress in link_texts(link)
        if text
    )
    return LinkBox(link, sum(len(lines) for _, lines in texts), host, texts=texts)


def link_texts(link: Link) -> tuple[tuple[str, str, str], ...]:
    """Return the texts of a link as (class, text, kind)."""
    return (
        ("label", link.label, "link"),
        ("note", link.note, "link-note"),
        ("address", host_of(link), "address"),
    )


def host_of(link: Link) -> str:
    """Return the host of a link's address."""
    return urlsplit(link.url).hostname or ""


def links_box(boxes: Sequence[LinkBox], setting: Setting) -> LinksBox | None:
    """Return the links that stand at a speech's end; None where there are none."""
    if not boxes:
        return None
    in_pairs = fit_in_pairs([box.link for box in boxes], setting)
    rows = -(-len(boxes) // 2)
    lines = rows * boxes[0].lines if in_pairs else sum(box.lines for box in boxes)
    return LinksBox(tuple(boxes), in_pairs, lines)


def fit_in_pairs(links: Sequence[Link], setting: Setting) -> bool:
    """Tell whether links stand two in a row: where there are several and their words are short."""
    edition = setting.edition
    code_pt = edition.qr_most_mm * PT_PER_MM + setting.dress["link"].pad_pt
    room = edition.measure_pt / 2 - code_pt - edition.pt(APART_PT)
    widths = [setting.width_pt(text, kind) for link in links for _, text, kind in link_texts(link)]
    return edition.codes and len(links) > 1 and max(widths) <= room


def codes_of(boxes: Mapping[BoxKey, AnyBox]) -> list[LinkBox]:
    """Return the links among some boxes that are printed as QR codes."""
    return [box for box in boxes.values() if isinstance(box, LinkBox) and box.code]
