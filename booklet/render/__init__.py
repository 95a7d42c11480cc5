"""Book + Edition to HTML: what stands on which page is decided here, how it looks in ``styles/``.

In three steps: ``set_book`` sets every text in lines; ``make_up``, which then knows all heights,
chooses the places of the boxes; ``render`` makes the HTML of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.edition import Edition
from booklet.fonts import font_face_css
from booklet.model import Book
from booklet.phrases import balance
from booklet.render.boxes import link_box
from booklet.render.order import order_rows, order_steps
from booklet.render.pages import make_up_piece
from booklet.render.parts import STATISTICS_TITLE, colophon, contents, cover, notice, statistics
from booklet.render.piece import Piece, printed, running_head, set_piece
from booklet.render.setting import Layout, Setting
from booklet.render.stock import Stock
from booklet.theme import back, emblem, front

__all__ = [
    "Draft",
    "Layout",
    "Setting",
    "make_up",
    "render",
    "render_order",
    "render_trial",
    "set_book",
]


SUBTITLE_PT, SUBTITLE_EM = 11.5, 24  # on the title page: type size as in book.css, longest line


@dataclass(frozen=True, slots=True)
class Draft:
    """A book whose texts are set in lines; ``stock`` holds what they need at the press."""

    book: Book
    pieces: tuple[Piece, ...]
    stock: Stock


def set_book(book: Book, setting: Setting) -> Draft:
    """Set every text of a book in lines."""
    stock = Stock()
    pieces = tuple(set_piece(speech, n, setting, stock) for n, speech in enumerate(book.speeches))
    return Draft(book, pieces, stock)


def make_up(draft: Draft, setting: Setting) -> Layout:
    """Choose the places of all boxes, and the depth of every opening."""
    return Layout(tuple(make_up_piece(piece, setting) for piece in draft.pieces))


def render(draft: Draft, setting: Setting, layout: Layout) -> tuple[str, Stock]:
    """Return the HTML of the book, with the resources and finished lines that it names."""
    book, stock = draft.book, draft.stock.copy()
    pieces = []
    number = 0
    for piece in draft.pieces:
        number += piece.speech.kind == "speech"
        made = layout.pieces[piece.index] if layout.pieces else None
        label = f"{number:02}" if piece.speech.kind == "speech" else ""
        pieces.append(printed(piece, label, setting, made, stock))
    subtitle_em = min(SUBTITLE_EM, setting.edition.house_measure_pt / SUBTITLE_PT)
    html = environment().get_template("book.html.j2").render(
        book=book,
        title="".join(book.title),
        running=running_head("".join(book.title), setting),
        edition=setting.edition,
        cover=cover(book, setting),
        title_page={"subtitle": balance(book.subtitle, subtitle_em, setting.width("hei-400"))},
        notice=notice(book, setting, stock),
        contents=contents(book, setting),
        pieces=pieces,
        statistics=statistics(book),
        statistics_title=STATISTICS_TITLE,
        colophon=colophon(book, setting),
        filler=layout.filler,
        book_links=[link_box(link, f"qr/book-{n}.svg", setting, stock)
                    for n, link in enumerate(book.links[:2])],
    )  # fmt: skip
    stock.resources.update(style_resources(setting))
    return html, stock


def render_order(book: Book, edition: Edition, pages: int, setting: Setting) -> tuple[str, Stock]:
    """Return the HTML of the order for a press edition of so many pages."""
    stock = Stock(style_resources(setting))
    html = (
        environment()
        .get_template("order.html.j2")
        .render(rows=order_rows(book, edition, pages), steps=order_steps(book, edition))
    )
    return html, stock


def render_trial(setting: Setting, words: Mapping[str, str]) -> tuple[str, Stock]:
    """Return the HTML of the trial sheet; ``words`` are its paper and how the sheet is turned."""
    stock = Stock(style_resources(setting))
    return environment().get_template("trial.html.j2").render(words), stock


def environment() -> Environment:
    """Return the template engine: everything is escaped, an unknown name is an error."""
    env = Environment(
        loader=PackageLoader("booklet"),
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
        edition.css(),
        theme.css,
        setting.css,
    ])  # fmt: skip
    return {
        "book.css": css.encode(),
        "ornament.svg": front(theme, bleed).encode(),
        "emblem.svg": emblem(theme).encode(),
        "back.svg": back(theme, bleed).encode(),
        "mark.svg": theme.paint(MARK).encode(),
    }


MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 16"><path fill="var(--rule)" d="'
    "M8.6 1.2C4 3.2 1 6.800 1 10.900 1 13.6 2.7 15.3 4.9 15.3 7 15.3 8.5 13.8 8.5 11.9 8.5 10 7.2 "
    "8.7 5.4 8.7 5 8.7 4.7 8.800 4.5 8.900 4.8 6.5 6.5 4 9.3 2.3Z"
    "M18.6 1.2C14 3.2 11 6.8 11 10.9 11 13.6 12.7 15.3 14.9 15.3 17 15.3 18.5 13.8 18.5 11.9 18.5 "
    '10 17.2 8.7 15.4 8.7 15 8.7 14.7 8.8 14.5 8.9 14.8 6.5 16.5 4 19.3 2.3Z"/></svg>'
)
