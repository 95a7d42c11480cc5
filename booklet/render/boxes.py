"""Pull-quotes, statistics boxes and QR blocks: made once, with their lines and heights on the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from booklet.artwork import qr
from booklet.compose.phrases import balance
from booklet.edition import PT_PER_MM
from booklet.model import Link, Quote, Speech, Statistic
from booklet.render.setting import BoxKey, Setting
from booklet.render.text import Text, typed
from booklet.text.clreq import OPENING
from booklet.text.numbers import MOST_FIGURES, split_figure

DASH_EM = 2  # of —— before whom a quotation is by
APART_PT = 8  # house pt; least distance between two figures of a box, or two links in a row
BOX_DEPTH = 0.7  # of a page that a statistics box may take; more figures stand in several
MOST_COLUMNS = 3


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
class Cell:
    """A statistic as printed: what stands before and after its number, and what it counts."""

    before: str
    number: str
    after: str
    label: str

    @property
    def hangs(self) -> bool:
        """Tell whether the label begins with a quotation mark, which hangs out."""
        return self.label[:1] in OPENING and bool(self.label)


@dataclass(frozen=True, slots=True)
class StatsBox:
    """A statistics box: its figures by row; ``beside`` has a lone one's label next to it.

    ``stats`` are the statistics in it, ``extra`` the lines of the grid that their labels take beyond one.
    """

    stats: tuple[Statistic, ...]
    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    lines: int
    beside: bool
    extra: int = 0


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
    for number, group in enumerate(stats_groups(speech.stats, setting)):
        found["stats", number] = stats_box(group, setting)
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


# ---- Statistics ------------------------------------------------------------------------------


def figure_cells(stats: Sequence[Statistic]) -> tuple[Cell, ...]:
    """Return each statistic as it is printed."""
    return tuple(Cell(*split_figure(stat.figure), stat.label) for stat in stats)


def stats_groups(stats: Sequence[Statistic], setting: Setting) -> list[tuple[Statistic, ...]]:
    """Return the statistics of a speech divided into boxes that a page can hold, evenly."""
    groups: list[tuple[Statistic, ...]] = []
    row_lines = setting.dress["figure"].rows
    for at in range(0, len(stats), MOST_FIGURES):
        group = tuple(stats[at : at + MOST_FIGURES])
        rows = int((setting.edition.lines * BOX_DEPTH - 1) // row_lines)
        boxes = -(-len(group) // (columns_of(figure_cells(group), setting) * rows))
        size = -(-len(group) // boxes)
        groups += [group[start : start + size] for start in range(0, len(group), size)]
    return groups


def stats_box(stats: tuple[Statistic, ...], setting: Setting) -> StatsBox:
    """Return a statistics box: as many columns, up to three, as its figures and labels allow."""
    cells = figure_cells(stats)
    columns = columns_of(cells, setting)
    rows = tuple(cells[at : at + columns] for at in range(0, len(cells), columns))
    beside = len(cells) == 1 and beside_pt(cells[0], setting) <= room_pt(setting)
    extra = 0 if beside else max(len(label_lines(cell.label, setting)) for cell in cells) - 1
    lines = (int(setting.dress["figure"].rows) + extra) * len(rows) + (not beside)
    return StatsBox(stats, columns, rows, lines, beside, extra)


def label_lines(label: str, setting: Setting) -> tuple[str, ...]:
    """Return the lines of a label under its figure: one, unless it is too wide for the whole box."""
    room = room_pt(setting) / setting.dress["label"].size_pt
    width = setting.width("label")
    return (label,) if width(label) <= room else balance(label, room, width)


def columns_of(cells: Sequence[Cell], setting: Setting) -> int:
    """Return how many figures stand in a row: as many as there is room for, at most three."""
    widest = max(cell_pt(cell, setting) for cell in cells)
    most = 2 if len(cells) == 4 else MOST_COLUMNS  # two and two, not three and a lonely one
    fit = int(room_pt(setting) // (widest + setting.edition.pt(APART_PT)))
    return max(min(most, fit, len(cells)), 1)


def room_pt(setting: Setting) -> float:
    """Return the width inside a statistics box."""
    return setting.edition.measure_pt - 2 * setting.dress["figure"].pad_pt


def figure_pt(cell: Cell, setting: Setting) -> float:
    """Return the width of a figure, number and small print."""
    small = setting.width_pt(cell.before, "figure") + setting.width_pt(cell.after, "figure")
    number = setting.width_pt(cell.number, "figure-number")
    return small + number + setting.dress["figure-number"].pad_pt


def cell_pt(cell: Cell, setting: Setting) -> float:
    """Return the width that a statistic needs with its label under it."""
    return max(figure_pt(cell, setting), setting.width_pt(cell.label, "label"))


def beside_pt(cell: Cell, setting: Setting) -> float:
    """Return the width that a lone statistic needs with its label beside it."""
    label = setting.width_pt(cell.label, "label-beside") + setting.dress["label-beside"].pad_pt
    return figure_pt(cell, setting) + label


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
