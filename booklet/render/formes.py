"""A made-up book as formes: HTML of the pages that are laid out together, and what it names.

What stands before the text is one, each speech is one, the statistics, what ends the book. A forme
knows of the others their folios and nothing else, so a word that is changed changes one. Which 校样 it
is, which every change changes, stands on no page of theirs, but is stamped on them.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.artwork.theme import back, emblem, endpaper, front
from booklet.edition import Edition
from booklet.faces.fonts import font_face_css
from booklet.genres import INSCRIPTION, PART, genre_of
from booklet.makeup.places import flow_of
from booklet.model import Book, printed_links
from booklet.render.boxes import LinkBox, codes_of, link_box
from booklet.render.leaves import divider_of, inscribed, plate_leaves
from booklet.render.lines import html_of
from booklet.render.nameindex import TITLE as INDEX_TITLE
from booklet.render.nameindex import name_index
from booklet.render.own import cover_picture, emblem_place, own_emblem
from booklet.render.parts import (
    STATISTICS_TITLE,
    colophon,
    contents,
    cover,
    fits_verso,
    is_full,
    is_long,
    listed_columns,
    notice,
    spine_of,
    statistics,
    title_page_hosts,
    title_page_subtitle,
    title_page_title,
    title_page_when,
    unit_pt,
)
from booklet.render.piece import Piece, printed, running_head
from booklet.render.roll import in_rows
from booklet.render.setting import PieceLayout, Setting
from booklet.render.shop_order import order_rows, order_steps
from booklet.render.stock import Stock
from booklet.signoff import Point
from booklet.text.names import is_two

SHEET = 4  # pages of a folded sheet; a bound edition has a multiple of it
ELSEWHERE = "booklet:"  # before an id that stands in another forme


@dataclass(frozen=True, slots=True)
class Forme:
    """Pages that are laid out together: their HTML, and what it names.

    ``spare`` are ids of pages that are taken out again, the first of them first, until the pages
    ``before`` these and their own come to whole ``sheet``s.
    """

    html: str
    stock: Stock
    spare: tuple[str, ...] = ()
    before: int = 0
    sheet: int = 1


def front_forme(book: Book, setting: Setting) -> Forme:
    """Return what begins a book: its cover, its title page, behind that the notice and the colophon."""
    fitted, said, rows = cover(book, setting), notice(book, setting), colophon(book, setting)
    picture, emblem = cover_picture(book, setting), own_emblem(book, setting)
    values = common(book, setting) | {
        "cover": fitted,
        "subtitle": title_page_subtitle(book, setting),
        "title_lines": title_page_title(book, setting),
        "hosts": title_page_hosts(book),
        "picture": picture,
        "emblem": emblem,
        "emblem_place": emblem_place(book, setting),
        "when": title_page_when(fitted.when, setting),
        "title_page_is_full": is_full(fitted, book, setting),
        "notice": said,
        "colophon": rows,
        "verso_fits": fits_verso(said, rows, book, setting),
        "colophon_is_long": is_long(rows, book, setting),
    }
    own = {one.name: one.data for one in (picture, emblem) if one}
    return forme("front.html.j2", values, setting, own)


def contents_forme(book: Book, setting: Setting, folios: Mapping[str, int], before: int) -> Forme:
    """Return the contents, behind so many pages; ``folios`` give by its id where each entry's text begins."""
    values = common(book, setting) | {
        "contents": contents(book, setting),
        "folios": folios,
        "start": start(before + 1),
    }
    if not setting.edition.bound:
        return forme("contents.html.j2", values, setting)
    spare = ("before-text",)
    return forme("contents.html.j2", values, setting, spare=spare, before=before, sheet=2)


def piece_forme(book: Book, piece: Piece, setting: Setting, made: PieceLayout, folio: int) -> Forme:
    """Return one speech of a book, whose first page has this folio."""
    shown = printed(piece, numbers(book)[piece.index], setting, made)
    values = common(book, setting) | {"it": shown, "start": start(folio)}
    pictures = {part.picture.name: part.picture.data for part in piece.figures if part.picture}
    if piece.portrait:
        pictures[piece.portrait.name] = piece.portrait.data
    codes = drawn_codes(codes_of(piece.boxes), setting)
    return forme("piece.html.j2", values, setting, pictures | codes)


def leaf_forme(
    book: Book, number: int, setting: Setting, folio: int, front: bool = False
) -> tuple[Forme, int]:
    """Return a text that is whole pages, the first of them with this folio, and how many it takes.

    In ``front`` of the contents pages have no folios.
    """
    speech = book.speeches[number]
    values: dict[str, Any] = {
        "divider": None,
        "inscribed": None,
        "leaves": [],
        "blank_before": False,
    }
    pictures: dict[str, bytes] = {}
    pages = 1
    if speech.kind == PART:
        values["divider"] = divider_of(speech, setting)
        values["blank_before"] = setting.edition.bound and folio % 2 == 0
        if setting.edition.bound:  # a right-hand page, and the blank one behind it
            pages = 2 + values["blank_before"]
    elif speech.kind == INSCRIPTION:
        values["inscribed"] = inscribed(speech, setting)
    else:
        leaves = values["leaves"] = plate_leaves(speech, number, folio, setting)
        plates = [one for leaf in leaves for row in leaf.rows for one in row.plates]
        plates += [leaf.half for leaf in leaves if leaf.half]
        pictures = {one.name: one.data for one in plates}
        pages = len(leaves)
    values |= {
        "speech": speech,
        "id": f"s{number}",
        "front": front,
        "name": "　".join(speech.title),
        "two": is_two(speech.speaker),
        "speaker_face": setting.face_class(speech.speaker, "speaker"),
        "designation_face": setting.face_class(speech.designation, "designation"),
        "start": start(folio),
    }
    return forme("leaf.html.j2", common(book, setting) | values, setting, pictures), pages


def statistics_forme(
    book: Book, setting: Setting, folios: Mapping[str, int], folio: int
) -> Forme | None:
    """Return the pages of statistics, from this folio on; None for a book without any.

    ``folios`` give by its id where each figure is said.
    """
    groups = statistics(book)
    if not groups:
        return None
    values = {
        "statistics": groups,
        "statistics_title": STATISTICS_TITLE,
        "columns": listed_columns(groups, setting),
        "unit_width": partial(unit_pt, setting=setting),
        "folios": folios,
        "start": start(folio),
    }
    return forme("statistics.html.j2", common(book, setting) | values, setting)


def names_forme(
    book: Book, setting: Setting, folios: Mapping[str, int], folio: int
) -> Forme | None:
    """Return the index of names, from this folio on; None for a book without one."""
    if not book.index:
        return None
    flows = [flow_of(in_rows(speech.blocks, setting)).blocks for speech in book.speeches]
    values = {
        "entries": name_index(book, flows, folios),
        "index_title": INDEX_TITLE,
        "start": start(folio),
    }
    return forme("names.html.j2", common(book, setting) | values, setting)


def end_forme(book: Book, setting: Setting, folio: int, before: int) -> Forme:
    """Return what ends the book, from this folio on, with ``before`` pages before it."""
    links = [
        link_box(link, f"qr/book-{n}.svg", setting) for n, link in enumerate(printed_links(book))
    ]
    notes = range(SHEET - 1 if setting.edition.bound else 0)
    values = common(book, setting) | {
        "filler": len(notes),
        "book_links": links,
        "start": start(folio),
    }
    emblem = own_emblem(book, setting)
    values["emblem"] = emblem
    codes = drawn_codes(links, setting) | ({emblem.name: emblem.data} if emblem else {})
    if not notes:
        return forme("end.html.j2", values, setting, codes)
    spare = tuple(f"notes-{n}" for n in notes)
    return forme("end.html.j2", values, setting, codes, spare=spare, before=before, sheet=SHEET)


def stamp_forme(setting: Setting) -> Forme | None:
    """Return what is stamped on every page of a 校样: which it is; None for a 定稿."""
    said = setting.imprint.foot
    if not said:
        return None
    foot = json.dumps(said, ensure_ascii=False)  # JSON's string is CSS's
    values = {
        "title": "",
        "edition": setting.edition,
        "said": said,
        "foot": foot,
        "pictured": setting.theme.plain,
    }
    return forme("stamp.html.j2", values, setting)


def common(book: Book, setting: Setting) -> dict[str, Any]:
    """Return what every template of a book may name."""
    title = "".join(book.title)
    return {
        "book": book,
        "imprint": setting.imprint,
        "title": title,
        "running": running_head(title, setting),
        "edition": setting.edition,
        "elsewhere": ELSEWHERE,
    }


def start(folio: int) -> str:
    """Return the rules that give the first page its folio, and its side: odd ones lie on the right."""
    side = "right" if folio % 2 else "left"
    return f"@page :first {{ counter-reset: page {folio} }} html {{ break-before: {side} }}"


def forme(
    template: str,
    values: Mapping[str, Any],
    setting: Setting,
    resources: Mapping[str, bytes] = MappingProxyType({}),
    **pages: Any,
) -> Forme:
    """Return a forme filled from a template; ``pages`` are what it says of pages taken out."""
    stock = Stock(dict(resources))
    values = {**values, "set": partial(html_of, setting=setting, stock=stock)}
    return Forme(environment().get_template(template).render(values), stock, **pages)


def numbers(book: Book) -> list[str]:
    """Return the number at the opening of each piece, "" for those that have none."""
    found: list[str] = []
    count = 0
    for speech in book.speeches:
        numbered = genre_of(speech.kind).numbered
        count += numbered
        found.append(f"{count:02}" if numbered else "")
    return found


def drawn_codes(boxes: Iterable[LinkBox], setting: Setting) -> dict[str, bytes]:
    """Return the QR codes of some boxes by the names that the HTML gives them."""
    return {box.name: setting.theme.paint(box.code.svg()).encode() for box in boxes if box.code}


def order_forme(book: Book, edition: Edition, pages: int, setting: Setting) -> Forme:
    """Return the order for a press edition of so many pages."""
    values = {
        "rows": order_rows(book, edition, pages, setting.imprint),
        "steps": order_steps(book, edition, pages, setting.imprint),
    }
    return forme("order.html.j2", values, setting)


def spine_forme(book: Book, spine_mm: float, setting: Setting) -> Forme | None:
    """Return what stands on the spine of a glued book, None where it is too narrow for words."""
    made = spine_of(book, spine_mm, setting)
    if made is None:
        return None
    return forme("spine.html.j2", common(book, setting) | {"spine": made}, setting)


def points_forme(book: Book, points: Sequence[Point], sheet: str, setting: Setting) -> Forme:
    """Return the list to sign; ``sheet`` is the file that the names are written into."""
    values = {
        "title": f"《{''.join(book.title)}》",
        "state": setting.imprint.state,
        "points": points,
        "allowed": book.allow,
        "sheet": sheet,
    }
    return forme("points.html.j2", values, setting)


def trial_forme(setting: Setting, words: Mapping[str, str]) -> Forme:
    """Return the trial sheet; ``words`` are its paper and how the sheet is turned."""
    return forme("trial.html.j2", words, setting)


@cache
def environment() -> Environment:
    """Return the template engine: everything is escaped, an unknown name is an error."""
    env = Environment(
        loader=PackageLoader("booklet.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["kind"] = lambda block: type(block).__name__
    return env


def style_sheet(setting: Setting) -> str:
    """Return the style sheet of an edition, whole."""
    faces = font_face_css(setting.fonts, "booklet:///{role}.ttf")
    return "\n".join([faces, sizes_css(setting), setting.theme.css, setting.css])


def drawings(setting: Setting) -> dict[str, bytes]:
    """Return the drawings that the style sheet names."""
    theme, edition = setting.theme, setting.edition
    bleed = edition.bleed_mm / edition.unit_mm
    return {
        "ornament.svg": front(theme, bleed).encode(),
        "emblem.svg": emblem(theme).encode(),
        "back.svg": back(theme, bleed).encode(),
        "endpaper.svg": endpaper(theme, bleed).encode(),
        "mark.svg": theme.paint(setting.mark).encode(),
    }


def sizes_css(setting: Setting) -> str:
    """Return the ``:root`` rule with the sizes that the style sheet asks for."""
    asked = set(re.findall(r"var\(--([\w-]+)", setting.css))
    known = setting.edition.variables() | setting.dress.variables()
    rows = (f"--{name}:{value};" for name, value in known.items() if name in asked)
    return ":root{" + "".join(rows) + "}"
