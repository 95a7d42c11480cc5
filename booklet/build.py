"""The pipeline on one screen: a folder of speeches to finished, proven files.

Files are written only here, to a temporary name and then renamed: a build that fails leaves the
last good file where it was.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from booklet import places
from booklet.coverage import coverage
from booklet.edition import Edition, read_edition
from booklet.errors import BookletError, Finding, errors_of
from booklet.finish import Labels, finisher
from booklet.fonts import Fonts, read_fonts, subset
from booklet.keeping import names_of
from booklet.manuscript import read_book
from booklet.measure import ruler
from booklet.model import Book
from booklet.preflight import preflight
from booklet.press import Proof, lay_out, write_pdf
from booklet.proofread import proofread
from booklet.render import Draft, Layout, Setting, make_up, render, set_book
from booklet.theme import read_theme, theme_names

SHEET = 4  # pages; a folded sheet has so many, so every edition's count is a multiple of it
MOST_PASSES = 4  # layouts until the count of pages is right
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file."""

    path: Path
    title: str
    pages: int


def examine(folder: Path) -> tuple[Book, Fonts, list[Finding]]:
    """Read and proofread a manuscript; mistakes that hide others are raised, the rest returned."""
    book = read_book(folder, theme_names(places.THEMES), places.EDITIONS)
    fonts = read_fonts(places.FONTS)
    edition = read_edition(places.STYLES / f"{places.EDITIONS[0]}.toml")
    return book, fonts, sorted([*book.remarks, *proofread(book, edition), *coverage(book, fonts)])


def build(folder: Path, out: Path, tell: Tell) -> tuple[list[Made], list[Finding]]:
    """Make every edition that the book asks for; return the files and the warnings.

    Raises BookletError where the manuscript, or the finished file, has an error in it.
    """
    tell("读稿、校对")
    book, fonts, findings = examine(folder)
    refuse(findings)
    finished: list[tuple[Edition, bytes, int]] = []
    for name in book.editions:
        edition = read_edition(places.STYLES / f"{name}.toml")
        css = (places.STYLES / "book.css").read_text("utf-8")
        theme = read_theme(places.THEMES, book.theme)
        setting = Setting(edition, theme, fonts, ruler(fonts), css, names_of(book))
        proof = typeset(book, setting, tell)
        tell(f"{edition.title}：写出")
        labels = Labels(body=proof.page_of["s0"], pages=proof.pages)
        pdf = write_pdf(proof, finisher(labels))
        tell(f"{edition.title}：核对成品")
        findings += preflight(pdf, book, edition, f"{edition.stem}.pdf")
        refuse(findings)
        finished.append((edition, pdf, proof.pages))
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for edition, pdf, pages in finished:
        path = out / f"{edition.stem}.pdf"
        publish(path, pdf)
        made.append(Made(path, edition.title, pages))
    return made, findings


def typeset(book: Book, setting: Setting, tell: Tell) -> Proof:
    """Set the book in lines, place its boxes, lay it out; again until the pages come to sheets."""
    name = setting.edition.title
    tell(f"{name}：排行")
    draft = set_book(book, setting)
    layout = make_up(draft, setting)
    for _ in range(MOST_PASSES):
        tell(f"{name}：拼页")
        proof = print_proof(draft, setting, layout)
        odd = -proof.pages % SHEET
        if not odd:
            return proof
        layout = replace(layout, filler=(layout.filler + odd) % SHEET)
    raise AssertionError("the count of pages does not settle")


def print_proof(draft: Draft, setting: Setting, layout: Layout) -> Proof:
    """Render and lay out once, with faces cut down to what this HTML contains."""
    html, stock = render(draft, setting, layout)
    characters = set(html) | set(stock.resources["book.css"].decode())
    for role, face in setting.fonts.items():
        stock.resources[f"{role}.ttf"] = subset(face, characters)
    return lay_out(html, stock.resources, stock.plans)


def refuse(findings: list[Finding]) -> None:
    """Stop where there are errors; the warnings come along."""
    if errors_of(findings):
        raise BookletError(sorted(findings))


def publish(path: Path, data: bytes) -> None:
    """Put a complete file in place of the last one, in a single step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
