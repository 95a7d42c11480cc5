"""The pipeline on one screen: a folder of speeches to finished, proven files.

Files are written only here, to a temporary name and then renamed: a build that fails leaves the
last good file where it was.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from booklet import places
from booklet.coverage import coverage
from booklet.dress import read_dress
from booklet.edition import Edition, read_edition
from booklet.errors import BookletError, Finding, errors_of
from booklet.finish import Labels, finisher
from booklet.foldback import check_folded
from booklet.fonts import Fonts, read_fonts, subset
from booklet.impose import TURNS, Binding, check_thickness, impose, paper, read_binding
from booklet.impose import remark as remark_of
from booklet.inks import check_profile
from booklet.keeping import names_of
from booklet.manuscript import read_book
from booklet.measure import ruler
from booklet.model import Book
from booklet.pdfx import check_x4, make_x4
from booklet.preflight import preflight
from booklet.press import Proof, lay_out, write_inks, write_pdf
from booklet.proofread import proofread
from booklet.render import (
    Draft,
    Layout,
    Setting,
    make_up,
    render,
    render_order,
    render_trial,
    set_book,
)
from booklet.render.stock import Stock
from booklet.theme import read_theme, theme_names
from booklet.whole import replace_file

SHEET = (
    4  # pages; a folded sheet has so many, so the count of every bound edition is a multiple of it
)
MOST_PASSES = 4  # layouts until the count of pages is right
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file; ``remark`` says how many pages or sheets it has."""

    path: Path
    title: str
    pages: int
    remark: str


@dataclass(frozen=True, slots=True)
class Printed:
    """An edition's finished pages."""

    edition: Edition
    pdf: bytes
    pages: int


def examine(folder: Path) -> tuple[Book, Fonts, list[Finding]]:
    """Read and proofread a manuscript; mistakes that hide others are raised, the rest returned."""
    themes = theme_names(places.THEMES)
    book = read_book(folder, themes, places.edition_names(), places.USUAL_EDITIONS)
    fonts = read_fonts(places.FONTS)
    edition = read_edition(places.STYLES / "reading.toml")
    dress = read_dress(places.TYPE, edition)
    findings = [*book.remarks, *proofread(book, edition), *coverage(book, fonts, dress)]
    return book, fonts, sorted(findings)


def build(folder: Path, out: Path, tell: Tell, only: str = "") -> tuple[list[Made], list[Finding]]:
    """Make every edition that the book asks for, or ``only`` one; return files and warnings.

    Raises BookletError where the manuscript, or a finished file, has an error in it.
    """
    tell("读稿、校对")
    book, fonts, findings = examine(folder)
    refuse(findings)
    printed: dict[str, Printed] = {}
    files: list[tuple[str, str, int, str, bytes]] = []
    for name in (only,) if only else book.editions:
        binding = binding_of(name)
        source = binding.of if binding else name
        if source not in printed:
            printed[source] = print_edition(book, fonts, source, findings, tell)
        made = printed[source]
        if binding is None:
            remark = f"{made.pages} 页"
            files.append((made.edition.stem, made.edition.title, made.pages, remark, made.pdf))
            if made.edition.for_press:
                sheet = print_order(book, made, fonts)
                files.append((f"{made.edition.stem}-order", "付印单", 1, "1 页", sheet))
            continue
        tell(f"{binding.title}：拼版、折回核对")
        imposed = impose(made.pdf, binding, made.edition.trim_mm)
        findings += check_folded(imposed, made.pdf, binding, made.edition.trim_mm)
        findings += check_thickness(made.pages, binding)
        refuse(findings)
        files.append(
            (binding.stem, binding.title, made.pages, remark_of(made.pages, binding), imposed)
        )
    out.mkdir(parents=True, exist_ok=True)
    finished = []
    for stem, title, pages, remark, pdf in files:
        replace_file(out / f"{stem}.pdf", pdf)
        finished.append(Made(out / f"{stem}.pdf", title, pages, remark))
    return finished, findings


def print_edition(
    book: Book, fonts: Fonts, name: str, findings: list[Finding], tell: Tell
) -> Printed:
    """Typeset, write and prove one edition; what is found joins the findings, errors are raised."""
    setting = setting_of(name, book.theme, fonts, names_of(book))
    edition = setting.edition
    if edition.for_press:
        refuse(check_profile(edition.profile))
    proof = typeset(book, setting, tell)
    tell(f"{edition.title}：写出")
    name = f"{edition.stem}.pdf"
    if edition.for_press:
        pdf = write_inks(proof)
        pdf = make_x4(pdf, edition, hashlib.sha256(pdf).hexdigest())
        findings += check_x4(pdf, edition, name)
    else:
        labels = Labels(proof.page_of["title-page"], proof.page_of["s0"], proof.pages)
        pdf = write_pdf(proof, finisher(labels, edition.bound))
    tell(f"{edition.title}：核对成品")
    findings += preflight(pdf, book, edition, name)
    refuse(findings)
    return Printed(edition, pdf, proof.pages)


def print_order(book: Book, made: Printed, fonts: Fonts) -> bytes:
    """Print the page that goes to the print shop with a press edition."""
    setting = setting_of("reading", book.theme, fonts, ())
    proof = at_press(*render_order(book, made.edition, made.pages, setting), setting)
    return write_pdf(proof, lambda *_: None)


def build_trial(name: str, out: Path) -> Made:
    """Make the sheet that tells whether the printer turns the paper as an imposition expects."""
    binding = binding_of(name)
    if binding is None:
        fix = "试印的是拼版：--edition imposed"
        raise BookletError(Finding(name, 0, "这个版本不拼版", fix))
    fonts = read_fonts(places.FONTS)
    setting = setting_of(binding.of, theme_names(places.THEMES)[0], fonts, ())
    other = "long" if binding.flip == "short" else "short"
    words = {"paper": paper(binding), "turn": TURNS[binding.flip], "other": TURNS[other]}
    proof = at_press(*render_trial(setting, words), setting)
    pdf = impose(write_pdf(proof, lambda *_: None), binding, setting.edition.trim_mm)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "booklet-trial.pdf"
    replace_file(path, pdf)
    return Made(path, "试印", proof.pages, remark_of(proof.pages, binding))


def setting_of(name: str, theme: str, fonts: Fonts, kept: tuple[str, ...]) -> Setting:
    """Return what a rendering of an edition needs."""
    edition = read_edition(places.STYLES / f"{name}.toml")
    return Setting(
        edition=edition,
        dress=read_dress(places.TYPE, edition),
        theme=read_theme(places.THEMES, theme, edition.inks),
        fonts=fonts,
        ruler=ruler(fonts),
        css=(places.STYLES / "book.css").read_text("utf-8"),
        mark=(places.STYLES / "mark.svg").read_text("utf-8"),
        kept=kept,
    )


def binding_of(name: str) -> Binding | None:
    """Return how an edition is imposed, or None for one that is typeset."""
    path = places.STYLES / f"{name}.toml"
    return read_binding(path) if "\nof = " in path.read_text("utf-8") else None


def typeset(book: Book, setting: Setting, tell: Tell) -> Proof:
    """Set the book in lines, place its boxes, lay it out; again until the pages come to sheets."""
    name = setting.edition.title
    tell(f"{name}：排行")
    draft = set_book(book, setting)
    layout = make_up(draft, setting)
    for _ in range(MOST_PASSES):
        tell(f"{name}：拼页")
        proof = print_proof(draft, setting, layout)
        odd = -proof.pages % SHEET if setting.edition.bound else 0
        if not odd:
            return proof
        layout = replace(layout, filler=(layout.filler + odd) % SHEET)
    raise AssertionError("the count of pages does not settle")


def print_proof(draft: Draft, setting: Setting, layout: Layout) -> Proof:
    """Render and lay out once."""
    return at_press(*render(draft, setting, layout), setting)


def at_press(html: str, stock: Stock, setting: Setting) -> Proof:
    """Lay HTML out, with faces cut down to what it contains."""
    return lay_out(html, with_faces(html, stock.resources, setting), stock.plans)


def with_faces(html: str, resources: Mapping[str, bytes], setting: Setting) -> dict[str, bytes]:
    """Return resources with the faces among them, cut down to what the page contains."""
    characters = set(html) | set(resources["book.css"].decode())
    faces = {f"{role}.ttf": subset(face, characters) for role, face in setting.fonts.items()}
    return {**resources, **faces}


def refuse(findings: list[Finding]) -> None:
    """Stop where there are errors; the warnings come along."""
    if errors_of(findings):
        raise BookletError(sorted(findings))
