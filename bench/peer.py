"""The book as the benches set it beside others: its formes, and all of it as one document of free text."""

import re
from collections import defaultdict

from booklet.faces.fonts import subset
from booklet.model import Book
from booklet.press.sealed import Press
from booklet.render.formes import (
    Forme,
    contents_forme,
    drawings,
    end_forme,
    front_forme,
    piece_forme,
    statistics_forme,
    style_sheet,
)
from booklet.render.layout import make_up
from booklet.render.piece import set_piece
from booklet.render.setting import Setting

MARKS = re.compile("[\U000f0000-\U0010ffff]")
SET = re.compile(r'(<p[^>]*) class="set">(.*?)</p>', re.DOTALL)
BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)


def free(html: str) -> str:
    """Return HTML with its paragraphs as free text: no typed line ends, no slips."""
    html = SET.sub(lambda p: f"{p[1]}>{p[2].replace('<br>', '')}</p>", html)
    return MARKS.sub("", html)


def formes_of(book: Book, setting: Setting) -> list[Forme]:
    """Return the formes of a book in order, the entries of its contents without their folios."""
    pieces = [set_piece(speech, n, setting) for n, speech in enumerate(book.speeches)]
    nowhere: dict[str, int] = defaultdict(int)
    folio = 1
    formes = [front_forme(book, setting), contents_forme(book, setting, nowhere, 3)]
    for piece, made in zip(pieces, make_up(pieces, setting), strict=True):
        formes.append(piece_forme(book, piece, setting, made, folio))
        folio += made.pages
    if statistics := statistics_forme(book, setting, nowhere, folio):
        formes.append(statistics)
    return [*formes, end_forme(book, setting, folio, 0)]


def press_for(formes: list[Forme], setting: Setting) -> Press:
    """Return the press of an edition with the characters of some formes in its case."""
    return Press(style_sheet(setting), faces_for(formes, setting, True), drawings(setting))


def faces_for(formes: list[Forme], setting: Setting, numbers: bool) -> dict[str, bytes]:
    """Return the faces cut down to some formes, by role; with ``numbers`` as the press wants them."""
    characters = set("".join(forme.html for forme in formes)) | set(style_sheet(setting))
    return {role: subset(face, characters, numbers) for role, face in setting.fonts.items()}


def document(book: Book, setting: Setting) -> dict[str, bytes]:
    """Return a book as one document of free text, the page numbers of its contents found by the renderer.

    Files by name; ``book.html`` names the others.
    """
    formes = formes_of(book, setting)
    bodies = "\n".join(found[1] for forme in formes if (found := BODY.search(forme.html)))
    head = "<html lang=zh-CN><head><meta charset=utf-8><title>x</title><link rel=stylesheet href=book.css>"
    html = f"<!DOCTYPE html>{head}</head><body>{free(bodies)}</body></html>"
    html = re.sub(r'href="booklet:([^"/]+)" data-folio="0"', r'href="#\1"', html)
    css = style_sheet(setting).replace("attr(data-folio)", "target-counter(attr(href), page)")
    css += "section.piece:first-of-type{counter-reset:page 1}"
    files = {f"{role}.ttf": data for role, data in faces_for(formes, setting, False).items()}
    for forme in formes:
        files |= forme.stock.resources
    texts = {"book.html": html, "book.css": css}
    files |= {name: text.replace("booklet:///", "").encode() for name, text in texts.items()}
    return files | drawings(setting)
