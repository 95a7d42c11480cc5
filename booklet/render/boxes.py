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

# Lengths for a text of 10.5 pt ("house pt"), as in book.css; other editions have them in proportion.
CELL_PAD_PT = 8  # least distance between two figures of a statistics box
STATS_PAD_PT = 24  # left and right padding of a statistics box
QUOTE_PAD_PT = 30  # indent of a pull-quote
LABEL_PT, LINK_NOTE_PT, ADDRESS_PT = 9.5, 9.0, 7.5  # type sizes of a link's three texts
CODE_LINES = 4  # height of one QR block
ROW_LINES = 3  # height of one row of a statistics box, as in book.css
BOX_DEPTH = 0.7  # of a page that a statistics box may take; more figures stand in several


def quote_lines(speech: Speech, number: int, setting: Setting) -> tuple[tuple[str, ...], str, int]:
    """Return a pull-quote's lines, whom to name where it is not the speaker, its lines of the grid."""
    quote, edition = speech.quotes[number], setting.edition
    most = (edition.measure_pt - edition.pt(QUOTE_PAD_PT)) / edition.quote_pt
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


def stats_groups(stats: Sequence[Statistic], setting: Setting) -> list[Sequence[Statistic]]:
    """Return the statistics of a speech divided into boxes that a page can hold, evenly."""
    groups: list[Sequence[Statistic]] = []
    for at in range(0, len(stats), MOST_FIGURES):
        group = stats[at : at + MOST_FIGURES]
        rows = int((setting.edition.lines * BOX_DEPTH - 1) // ROW_LINES)
        boxes = -(-len(group) // (columns_of(figure_cells(group), setting) * rows))
        size = -(-len(group) // boxes)
        groups += [group[start : start + size] for start in range(0, len(group), size)]
    return groups


def links_in_pairs(links: Sequence[Link], setting: Setting) -> bool:
    """Tell whether links stand two in a row: where there are several and their words are short."""
    edition = setting.edition
    code_pt = edition.qr_most_mm * PT_PER_MM / edition.pt(1)
    room_pt = edition.house_measure_pt / 2 - code_pt - 14
    widths = [
        setting.ruler(text, role) * size
        for link in links
        for text, role, size in (
            (link.label, "hei-700", LABEL_PT),
            (link.note, "kai-400", LINK_NOTE_PT),
            (urlsplit(link.url).hostname or "", "hei-400", ADDRESS_PT),
        )
    ]
    return edition.codes and len(links) > 1 and max(widths) <= room_pt


def stats_box(stats: Sequence[Statistic], setting: Setting) -> dict[str, Any]:
    """Return a statistics box: as many columns, up to three, as its figures and labels allow."""
    cells = figure_cells(stats)
    columns = columns_of(cells, setting)
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    room = setting.edition.house_measure_pt - STATS_PAD_PT
    beside = len(cells) == 1 and beside_width(cells[0], setting.ruler) <= room
    height = ROW_LINES * len(rows) + (not beside)
    return {"columns": columns, "rows": rows, "lines": height, "beside": beside}


def columns_of(cells: Sequence[Mapping[str, str]], setting: Setting) -> int:
    """Return how many figures stand in a row: as many as there is room for, at most three."""
    widest = max(cell_width(cell, setting.ruler) for cell in cells)
    room = setting.edition.house_measure_pt - STATS_PAD_PT
    most = 2 if len(cells) == 4 else 3  # two and two, rather than three and a lonely one
    return max(min(most, int(room // (widest + CELL_PAD_PT)), len(cells)), 1)


def beside_width(cell: Mapping[str, str], ruler: Ruler) -> float:
    """Return the width in house pt of a lone figure with its label beside it: sizes as in book.css."""
    small = (ruler(cell["before"], "hei-400") + ruler(cell["after"], "hei-400")) * 9
    return (
        small + ruler(cell["number"], "song-900") * 22 + 14 + ruler(cell["label"], "hei-400") * 9.5
    )


def cell_width(cell: Mapping[str, str], ruler: Ruler) -> float:
    """Return the width in house pt that a statistic needs: sizes as in book.css."""
    small = (ruler(cell["before"], "hei-400") + ruler(cell["after"], "hei-400")) * 9
    return max(
        small + ruler(cell["number"], "song-900") * 22 + 2, ruler(cell["label"], "hei-400") * 8.5
    )


def link_texts(link: Link, setting: Setting) -> list[tuple[str, tuple[str, ...]]]:
    """Return the texts of a link that is touched instead of scanned, each with its lines."""
    room = setting.edition.house_measure_pt
    return [
        (kind, balance(text, room / size, setting.width(role)))
        for kind, text, role, size in (
            ("label", link.label, "hei-700", LABEL_PT),
            ("note", link.note, "kai-400", LINK_NOTE_PT),
            ("address", urlsplit(link.url).hostname or "", "hei-400", ADDRESS_PT),
        )
        if text
    ]


def link_lines(link: Link, setting: Setting) -> int:
    """Return the lines of the grid that one link takes."""
    if setting.edition.codes:
        return CODE_LINES
    return sum(len(lines) for _, lines in link_texts(link, setting))


def link_box(link: Link, name: str, setting: Setting, stock: Stock) -> dict[str, Any]:
    """Return what the template needs of a link; its QR code is put among the resources."""
    edition = setting.edition
    if not edition.codes:
        texts = link_texts(link, setting)
        return {"link": link, "texts": texts, "lines": link_lines(link, setting), "code": False}
    made = qr.code(link.url, edition.qr_mm, edition.qr_most_mm)
    stock.resources[name] = setting.theme.paint(made.svg()).encode()
    host = urlsplit(link.url).hostname or ""
    return {
        "link": link,
        "code": True,
        "lines": CODE_LINES,
        "name": name,
        "side_mm": made.side_mm,
        "quiet_mm": round(made.quiet_mm, 3),
        "host": host,
    }
