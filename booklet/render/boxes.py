"""Pull-quotes, statistics boxes and QR blocks: their lines, columns and heights on the grid."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from booklet import qr
from booklet.clreq import OPENING
from booklet.edition import PT_PER_MM
from booklet.figures import MOST_FIGURES, split_figure
from booklet.measure import Ruler
from booklet.model import Link, Speech, Statistic
from booklet.phrases import balance
from booklet.render.lines import plain_lines
from booklet.render.setting import Setting
from booklet.render.stock import Stock

CELL_PAD_PT = 8  # least distance between two figures of a statistics box
STATS_PAD_PT = 24  # left and right padding of a statistics box, as in book.css
QUOTE_PAD_PT = 30  # indent of a pull-quote, as in book.css
LINK_LINES = 4  # height of one QR block, as in book.css


def quote_lines(speech: Speech, number: int, setting: Setting) -> tuple[tuple[str, ...], str, int]:
    """Return a pull-quote's lines, whom to name where it is not the speaker, its lines of the grid."""
    quote, edition = speech.quotes[number], setting.edition
    most = (edition.measure_pt - QUOTE_PAD_PT) / edition.quote_pt
    text = balance(quote.text, most, lambda t: setting.ruler(t, "kai-400"))
    by = quote.by if quote.by != speech.speaker else ""
    height = len(text) * edition.quote_line_pt + (edition.line_pt if by else 0)
    return text, by, edition.whole_lines(height)


def quote_box(speech: Speech, number: int, setting: Setting, stock: Stock) -> dict[str, Any]:
    """Return a pull-quote for the template; it stands in the middle of its lines of the grid."""
    text, by, lines = quote_lines(speech, number, setting)
    edition = setting.edition
    height = len(text) * edition.quote_line_pt + (edition.line_pt if by else 0)
    return {
        "text": plain_lines(text, "kai-400", setting, stock),
        "by": by,
        "lines": lines,
        "pad_pt": (lines * edition.line_pt - height) / 2,
    }


def figure_cells(stats: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return each statistic as before, number, after, label; a label's first quote hangs out."""
    parts = ("before", "number", "after")
    return [
        dict(zip(parts, split_figure(stat.figure), strict=True))
        | {"label": stat.label, "hang": " hang" if stat.label[:1] in OPENING else ""}
        for stat in stats
    ]


def stats_groups(stats: Sequence[Statistic]) -> list[Sequence[Statistic]]:
    """Return the statistics of a speech divided into boxes that a page can hold."""
    return [stats[at : at + MOST_FIGURES] for at in range(0, len(stats), MOST_FIGURES)]


def links_in_pairs(links: Sequence[Link], setting: Setting) -> bool:
    """Tell whether links stand two in a row: where there are several and their words are short."""
    room_pt = setting.edition.measure_pt / 2 - setting.edition.qr_most_mm * PT_PER_MM - 14
    widths = [
        setting.ruler(text, role) * size
        for link in links
        for text, role, size in (
            (link.label, "hei-700", 9.5),
            (link.note, "kai-400", 9.0),
            (urlsplit(link.url).hostname or "", "hei-400", 7.5),
        )
    ]
    return len(links) > 1 and max(widths) <= room_pt


def stats_box(stats: Sequence[Statistic], setting: Setting) -> dict[str, Any]:
    """Return a statistics box: as many columns, up to three, as its figures and labels allow."""
    cells = figure_cells(stats)
    widest = max(cell_width(cell, setting.ruler) for cell in cells)
    room = setting.edition.measure_pt - STATS_PAD_PT
    columns = max(min(3, int(room // (widest + CELL_PAD_PT)), len(cells)), 1)
    if len(cells) == 4:  # two and two, rather than three and a lonely one
        columns = min(columns, 2)
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    beside = len(cells) == 1 and beside_width(cells[0], setting.ruler) <= room
    height = 3 if beside else 3 * len(rows) + 1
    return {"columns": columns, "rows": rows, "lines": height, "beside": beside}


def beside_width(cell: Mapping[str, str], ruler: Ruler) -> float:
    """Return the width in pt of a lone figure with its label beside it: sizes as in book.css."""
    small = (ruler(cell["before"], "hei-400") + ruler(cell["after"], "hei-400")) * 9
    return (
        small + ruler(cell["number"], "song-900") * 22 + 14 + ruler(cell["label"], "hei-400") * 9.5
    )


def cell_width(cell: Mapping[str, str], ruler: Ruler) -> float:
    """Return the width in pt that a statistic needs: sizes as in book.css."""
    small = (ruler(cell["before"], "hei-400") + ruler(cell["after"], "hei-400")) * 9
    return max(
        small + ruler(cell["number"], "song-900") * 22 + 2, ruler(cell["label"], "hei-400") * 8.5
    )


def link_box(link: Link, name: str, setting: Setting, stock: Stock) -> dict[str, Any]:
    """Put a link's QR code among the resources; return what the template needs."""
    made = qr.code(link.url, setting.edition.qr_mm, setting.edition.qr_most_mm)
    stock.resources[name] = made.svg().encode()
    host = urlsplit(link.url).hostname or ""
    return {
        "link": link,
        "name": name,
        "side_mm": made.side_mm,
        "quiet_mm": round(made.quiet_mm, 3),
        "host": host,
    }
