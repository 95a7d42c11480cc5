"""Book + Edition to HTML: what stands on which page is decided here, how it looks in ``styles/``.

In three steps: ``set_book`` casts every text off; ``make_up``, which then knows all heights, chooses
the places of the boxes; ``render`` writes the HTML of it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.artwork.theme import back, emblem, front
from booklet.edition import Edition
from booklet.faces.fonts import font_face_css
from booklet.model import Book, printed_links
from booklet.render.boxes import LinkBox, codes_of, label_lines, link_box
from booklet.render.layout import make_up_pieces
from booklet.render.lines import html_of
from booklet.render.parts import (
    STATISTICS_TITLE,
    colophon,
    contents,
    cover,
    is_full,
    is_long,
    notice,
    statistics,
    title_page_subtitle,
)
from booklet.render.piece import Piece, printed, running_head, set_piece
from booklet.render.setting import Layout, Setting
from booklet.render.shop_order import order_rows, order_steps
from booklet.render.stock import Stock
from booklet.render.text import Text
from booklet.signoff import Point

__all__ = [
    "Draft",
    "Layout",
    "Setting",
    "make_up",
    "render",
    "render_order",
    "render_points",
    "render_trial",
    "set_book",
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A book whose texts are cast off and whose boxes are made, before any has its place."""

    book: Book
    pieces: tuple[Piece, ...]
    notice: Text | None
    links: tuple[LinkBox, ...]


def set_book(book: Book, setting: Setting) -> Draft:
    """Cast off every text of a book and make its boxes."""
    return Draft(
        book=book,
        pieces=tuple(set_piece(speech, n, setting) for n, speech in enumerate(book.speeches)),
        notice=notice(book, setting),
        links=tuple(
            link_box(link, f"qr/book-{n}.svg", setting)
            for n, link in enumerate(printed_links(book))
        ),
    )


def make_up(draft: Draft, setting: Setting) -> Layout:
    """Choose the places of all boxes, and the depth of every opening."""
    return Layout(make_up_pieces(draft.pieces, setting))


def render(draft: Draft, setting: Setting, layout: Layout) -> tuple[str, Stock]:
    """Return the HTML of the book, with the resources and finished lines that it names."""
    book = draft.book
    stock = Stock(style_resources(setting) | artwork(draft, setting))
    numbers = folio_numbers(book)
    front, rows = cover(book, setting), colophon(book, setting)
    html = environment().get_template("book.html.j2").render(
        book=book,
        imprint=setting.imprint,
        title="".join(book.title),
        running=running_head("".join(book.title), setting),
        edition=setting.edition,
        label_lines=partial(label_lines, setting=setting),
        set=partial(html_of, setting=setting, stock=stock),
        cover=front,
        subtitle=title_page_subtitle(book, setting),
        title_page_is_full=is_full(front, book, setting),
        notice=draft.notice,
        contents=contents(book, setting),
        pieces=[
            printed(piece, number, setting, made)
            for piece, number, made in zip(draft.pieces, numbers, layout.pieces, strict=True)
        ],
        statistics=statistics(draft.pieces),
        statistics_title=STATISTICS_TITLE,
        colophon=rows,
        colophon_is_long=is_long(rows, book, setting),
        filler=layout.filler,
        book_links=draft.links,
    )  # fmt: skip
    return html, stock


def folio_numbers(book: Book) -> list[str]:
    """Return the number at the opening of each piece, "" for those that have none."""
    numbers: list[str] = []
    count = 0
    for speech in book.speeches:
        count += speech.kind == "speech"
        numbers.append(f"{count:02}" if speech.kind == "speech" else "")
    return numbers


def artwork(draft: Draft, setting: Setting) -> dict[str, bytes]:
    """Return the pictures and QR codes of a book by the names that the HTML gives them."""
    pictures = [part.picture for piece in draft.pieces for part in piece.figures if part.picture]
    codes = [*draft.links, *(box for piece in draft.pieces for box in codes_of(piece.boxes))]
    return {picture.name: picture.data for picture in pictures} | {
        box.name: setting.theme.paint(box.code.svg()).encode() for box in codes if box.code
    }


def render_order(book: Book, edition: Edition, pages: int, setting: Setting) -> tuple[str, Stock]:
    """Return the HTML of the order for a press edition of so many pages."""
    template = environment().get_template("order.html.j2")
    html = template.render(
        rows=order_rows(book, edition, pages, setting.imprint),
        steps=order_steps(book, edition, setting.imprint),
    )
    return html, Stock(style_resources(setting))


def render_points(
    book: Book, points: Sequence[Point], sheet: str, setting: Setting
) -> tuple[str, Stock]:
    """Return the HTML of the list to sign; ``sheet`` is the file that the names are written into."""
    template = environment().get_template("points.html.j2")
    html = template.render(
        title=f"《{''.join(book.title)}》",
        state=setting.imprint.state,
        points=points,
        allowed=book.allow,
        sheet=sheet,
    )
    return html, Stock(style_resources(setting))


def render_trial(setting: Setting, words: Mapping[str, str]) -> tuple[str, Stock]:
    """Return the HTML of the trial sheet; ``words`` are its paper and how the sheet is turned."""
    html = environment().get_template("trial.html.j2").render(words)
    return html, Stock(style_resources(setting))


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


def style_resources(setting: Setting) -> dict[str, bytes]:
    """Return the style sheet, whole, and the theme's drawings."""
    theme, edition = setting.theme, setting.edition
    bleed = edition.bleed_mm / edition.unit_mm
    css = "\n".join([
        font_face_css(setting.fonts, "booklet:///{role}.ttf"),
        sizes_css(setting),
        theme.css,
        setting.css,
    ])  # fmt: skip
    return {
        "book.css": css.encode(),
        "ornament.svg": front(theme, bleed).encode(),
        "emblem.svg": emblem(theme).encode(),
        "back.svg": back(theme, bleed).encode(),
        "mark.svg": theme.paint(setting.mark).encode(),
    }


def sizes_css(setting: Setting) -> str:
    """Return the ``:root`` rule with the sizes that the style sheet asks for."""
    asked = set(re.findall(r"var\(--([\w-]+)", setting.css))
    said = setting.imprint.foot
    foot = json.dumps(said, ensure_ascii=False) if said else "none"  # JSON's string is CSS's
    known = setting.edition.variables() | setting.dress.variables() | {"imprint-text": foot}
    rows = (f"--{name}:{value};" for name, value in known.items() if name in asked)
    return ":root{" + "".join(rows) + "}"
