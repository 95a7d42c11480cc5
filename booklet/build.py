"""The pipeline on one screen: a folder of speeches to finished, proven files.

Files are written only here, to a temporary name and then renamed: a build that fails leaves the
last good file where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from booklet import disk, paths
from booklet.artwork.inks import check_profile
from booklet.artwork.theme import pictured, read_theme, theme_names
from booklet.bindery import COVER_PAGES, bound, most_ink
from booklet.compose.keeping import names_of
from booklet.dress import read_dress
from booklet.edition import Binding, Edition, read_edition, read_form
from booklet.emblem import emblem_of
from booklet.errors import BookletError, Finding, errors_of
from booklet.faces.fonts import Fonts, read_fonts
from booklet.faces.ruler import ruler
from booklet.finish.impose import TURNS, check_thickness, impose, paper
from booklet.finish.impose import remark as remark_of
from booklet.finish.labels import label
from booklet.finish.seal import seal
from booklet.finish.spots import Plate, foil_plate, spot_plate
from booklet.finish.swap import with_grounds
from booklet.finish.wrap import inner_pages, wrap, wrap_boxes
from booklet.finish.x4 import make_x4
from booklet.imprint import NO_IMPRINT, Imprint, state_of
from booklet.model import Book
from booklet.preflight.folds import check_folded
from booklet.preflight.inks import check_x4
from booklet.preflight.prove import preflight
from booklet.presswork import print_book, print_grounds, print_sheet, print_spine
from booklet.proof.examine import examine
from booklet.render.formes import order_forme, points_forme, trial_forme
from booklet.render.nameindex import names_to_index
from booklet.render.setting import Setting
from booklet.shop import NOTHING, Shop
from booklet.signoff import refuse_unsigned, updated, write_points
from booklet.standing import Standing
from booklet.workers import Tell, side_by_side

# The list to sign, the order: A4 with the type of the reading edition.
OFFICE_PAGE: dict[str, Any] = {"trim_mm": (210, 297), "measure_em": 46, "lines": 40, "bound": False}


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file; ``remark`` says how many pages or sheets it has."""

    path: Path
    title: str
    pages: int
    remark: str
    pdf: bytes
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class Printed:
    """An edition's finished pages, and the warnings about them."""

    edition: Edition
    imprint: Imprint
    pdf: bytes
    pages: int
    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]


def build(
    folder: Path,
    out: Path,
    tell: Tell,
    only: str = "",
    final: bool = False,
    at_once: int = 1,
    standing: Standing = NOTHING,
) -> tuple[list[Output], list[Finding]]:
    """Make every edition that the book asks for, or ``only`` one; return files and warnings.

    A ``final`` book goes into a folder of its own below ``out``, named by the number of its text; up to
    ``at_once`` processes work at a time; ``standing`` is the type that was kept. Raises BookletError where the manuscript, or a finished file,
    has an error in it; of a final book also where somebody must still look at something (UnsignedError).
    """

    def gate(found: Sequence[Finding]) -> None:
        refuse(found)
        if final:
            refuse_unsigned(folder, found)

    tell("读稿、校对")
    examined = examine(folder)
    book, fonts, findings = examined.book, examined.fonts, list(examined.findings)
    gate(findings)
    imprint = Imprint(state_of(book), final)
    out = out / f"final-{imprint.state}" if final else out
    forms = {
        name: read_form(paths.STYLES / f"{name}.toml")
        for name in ([only] if only else book.editions)
    }
    sources: dict[str, list[str]] = {}  # the editions to typeset, and what is made of each
    for name, form in forms.items():
        sources.setdefault(form.of if isinstance(form, Binding) else name, []).append(name)

    def job(
        source: str, names: Sequence[str], tell: Tell
    ) -> tuple[dict[str, list[Output]], list[Finding]]:
        most = max(1, at_once // len(sources))
        made = print_edition(book, fonts, source, imprint, tell, findings, standing, most)
        outputs, warnings = {}, list(made.findings)
        for name in names:
            outputs[name], found = outputs_of(book, made, forms[name], fonts, out, tell)
            refuse([*findings, *warnings, *found])
            warnings += found
        return outputs, warnings

    jobs = [partial(job, source, names) for source, names in sources.items()]
    by_name: dict[str, list[Output]] = {}
    warnings: list[Finding] = []
    for outputs, found in side_by_side(jobs, tell, at_once):
        by_name |= outputs
        warnings += found
    findings += warnings
    gate(findings)
    made = [output for name in forms for output in by_name[name]]
    publish(made)
    standing.sweep()
    return made, findings


def outputs_of(
    book: Book, made: Printed, form: Edition | Binding, fonts: Fonts, out: Path, tell: Tell
) -> tuple[list[Output], list[Finding]]:
    """Return the files of one form of finished pages, and what is wrong with them."""
    if not isinstance(form, Binding):
        return single_pages(book, made, fonts, out), []
    tell(f"{form.title}：拼版、折回核对")
    if form.grounds:
        made = on_grounds(book, made, form.grounds, fonts)
    sheets, findings = bind(made, form, out)
    return [sheets], findings


def single_pages(book: Book, made: Printed, fonts: Fonts, out: Path) -> list[Output]:
    """Return the file of an edition; with one for the print shop, the order that goes with it."""
    edition, stem, mark = made.edition, made.edition.stem, made.imprint
    remark = f"{made.pages} 页"
    pages = Output(out / f"{stem}.pdf", edition.title, made.pages, remark, made.pdf, mark)
    if not edition.for_press:
        return [pages]
    sheet = print_order(book, made, fonts)
    order = Output(out / f"{stem}-order.pdf", "付印单", 1, "1 页", sheet, mark)
    return [pages, *cover_and_inner(book, made, fonts, out), order]


def cover_and_inner(book: Book, made: Printed, fonts: Fonts, out: Path) -> list[Output]:
    """Return the cover as one sheet with its spine, and the pages between: two jobs at the print shop."""
    edition, mark = made.edition, made.imprint
    spine = bound(book, made.pages).spine_mm
    words = print_spine(book, spine, setting_of(edition.name, book.theme, fonts, (), mark))
    cover, inner = wrap(made.pdf, words, spine, edition), inner_pages(made.pdf, edition)
    names = [f"{edition.stem}-{part}.pdf" for part in ("cover", "inner")]
    refuse(check_x4(cover, edition, names[0], wrap_boxes(spine, edition)))
    refuse(check_x4(inner, edition, names[1]))
    said = f"书脊 {spine:g} 毫米" if spine else "展开"
    count = made.pages - COVER_PAGES
    return [
        Output(
            out / names[0], "印刷封面", 2, said, seal(cover, mark, f"{edition.name}-cover"), mark
        ),
        Output(
            out / names[1],
            "印刷内文",
            count,
            f"{count} 页",
            seal(inner, mark, f"{edition.name}-inner"),
            mark,
        ),
    ]


def dressed(setting: Setting, book: Book) -> Setting:
    """Return a setting with the office's own pictures for its covers."""
    if book.picture is not None:
        setting = replace(setting, theme=pictured(setting.theme))
    return replace(setting, emblem=emblem_of(book))


def on_grounds(book: Book, made: Printed, inks: str, fonts: Fonts) -> Printed:
    """Return finished pages whose covers, endpapers and dividers are in other inks."""
    setting = setting_of(made.edition.name, book.theme, fonts, (), made.imprint, inks)
    setting = dressed(setting, book)
    grounds = print_grounds(book, Shop(setting))
    return replace(made, pdf=with_grounds(made.pdf, made.kinds, grounds.pdf, grounds.kinds))


def bind(made: Printed, binding: Binding, out: Path) -> tuple[Output, list[Finding]]:
    """Return the sheets of an edition, folded back and compared, and what is wrong with them."""
    trim_mm, pages, mark = made.edition.trim_mm, made.pages, made.imprint
    imposed = seal(impose(made.pdf, binding, trim_mm), mark, binding.name)
    findings = check_folded(imposed, made.pdf, binding, trim_mm) + check_thickness(pages, binding)
    path, remark = out / f"{binding.stem}.pdf", remark_of(pages, binding)
    return Output(path, binding.title, pages, remark, imposed, mark), findings


def publish(outputs: Sequence[Output]) -> None:
    """Write finished files in place of the last ones, all of them or none."""
    folder = outputs[0].path.parent
    disk.write_all({output.path: output.pdf for output in outputs}, paths.root_of(folder))


def print_edition(
    book: Book,
    fonts: Fonts,
    name: str,
    imprint: Imprint,
    tell: Tell,
    known: Sequence[Finding] = (),
    standing: Standing = NOTHING,
    at_once: int = 1,
) -> Printed:
    """Typeset, write and prove one edition; an error is raised with the warnings ``known`` so far."""
    setting = setting_for(book, name, fonts, imprint)
    edition = setting.edition
    if edition.for_press:
        refuse([*known, *check_profile(edition.profile)])
    tell(f"{edition.title}：排行、拼页、印出")
    made = print_book(book, Shop(setting, standing), at_once)
    tell(f"{edition.title}：收尾")
    if edition.for_press:
        pdf = make_x4(made.pdf, edition, plates_of(book, setting))
    else:
        pdf = label(made.pdf, made.labels, edition.bound)
    pdf = seal(pdf, imprint, edition.name)
    tell(f"{edition.title}：核对成品")
    findings = prove(pdf, book, edition, fonts, imprint)
    refuse([*known, *findings])
    return Printed(edition, imprint, pdf, made.pages, made.kinds, tuple(findings))


def setting_for(book: Book, name: str, fonts: Fonts, imprint: Imprint) -> Setting:
    """Return what an edition of a book needs to be typeset."""
    setting = setting_of(name, book.theme, fonts, names_of(book), imprint)
    setting = dressed(replace(setting, indexed=names_to_index(book)), book)
    return with_ink_limit(setting, book) if setting.edition.for_press else setting


def plates_of(book: Book, setting: Setting) -> list[Plate]:
    """Return the plates of their own that a book asks for: a red of its own, foil on the cover."""
    asked, theme = book.binding, setting.theme.variables
    plates = [foil_plate(asked.foil, theme)] if asked.foil else []
    return plates + ([spot_plate(asked.spot, theme)] if asked.spot else [])


def with_ink_limit(setting: Setting, book: Book) -> Setting:
    """Return a press edition's setting with as much ink as the book's paper takes up."""
    edition = setting.edition
    limited = replace(edition, most_ink=most_ink(book, edition.most_ink))
    return replace(setting, edition=limited)


def prove(
    pdf: bytes, book: Book, edition: Edition, fonts: Fonts, imprint: Imprint
) -> list[Finding]:
    """Return what is wrong with the finished file of an edition, read back."""
    name = f"{edition.stem}.pdf"
    families = frozenset(face.family for face in fonts.values())
    findings = check_x4(pdf, edition, name) if edition.for_press else []
    return findings + preflight(pdf, book, edition, families, name, imprint)


def print_order(book: Book, made: Printed, fonts: Fonts) -> bytes:
    """Print the page that goes to the print shop with a press edition."""
    setting = setting_of("reading", book.theme, fonts, (), made.imprint)
    setting = replace(setting, edition=replace(setting.edition, **OFFICE_PAGE))
    order = order_forme(book, made.edition, made.pages, setting)
    sheet = print_sheet(order, setting)
    return seal(sheet.pdf, made.imprint, f"{made.edition.name}-order")


def build_points(folder: Path, out: Path, warnings: Sequence[Finding] = ()) -> tuple[Path, Output]:
    """Bring 签字.txt up to date and print it; return both. ``warnings`` are those of finished files."""
    examined = examine(folder)
    book, fonts = examined.book, examined.fonts
    refuse(examined.findings)
    found = {*warnings, *examined.findings}
    rows = updated(folder, sorted(one for one in found if one.severity == "warning"))
    sheet = write_points(folder, rows)
    setting = setting_of("reading", book.theme, fonts, (), Imprint(state_of(book)))
    edition = replace(setting.edition, **OFFICE_PAGE)
    setting = replace(setting, edition=edition)
    printed = print_sheet(points_forme(book, rows, sheet.name, setting), setting)
    pdf = seal(printed.pdf, setting.imprint, "points")
    remark = f"{len(rows)} 条，{sum(not row.signer for row in rows)} 条没有签字"
    made = Output(out / "points.pdf", "校对单", printed.pages, remark, pdf, setting.imprint)
    publish([made])
    return sheet, made


def build_trial(name: str, out: Path) -> Output:
    """Make the sheet that tells whether the printer turns the paper as an imposition expects."""
    binding = read_form(paths.STYLES / f"{name}.toml")
    if not isinstance(binding, Binding):
        fix = "试印的是拼版：--edition imposed"
        raise BookletError(Finding(name, 0, "这个版本不拼版", fix))
    fonts = read_fonts(paths.FONTS)
    setting = setting_of(binding.of, theme_names(paths.THEMES)[0], fonts, ())
    other = "long" if binding.flip == "short" else "short"
    words = {"paper": paper(binding), "turn": TURNS[binding.flip], "other": TURNS[other]}
    sheet = print_sheet(trial_forme(setting, words), setting)
    pdf = impose(sheet.pdf, binding, setting.edition.trim_mm)
    remark = remark_of(sheet.pages, binding)
    made = Output(out / "booklet-trial.pdf", "试印", sheet.pages, remark, pdf, NO_IMPRINT)
    publish([made])
    return made


def setting_of(
    name: str,
    theme: str,
    fonts: Fonts,
    kept: tuple[str, ...],
    imprint: Imprint = NO_IMPRINT,
    inks: str = "",
) -> Setting:
    """Return what a rendering of an edition needs, in its own ``inks`` or others of the theme."""
    edition = read_edition(paths.STYLES / f"{name}.toml")
    return Setting(
        edition=edition,
        dress=read_dress(paths.TYPE, edition),
        theme=read_theme(paths.THEMES, theme, inks or edition.inks),
        fonts=fonts,
        ruler=ruler(fonts),
        css=(paths.STYLES / "book.css").read_text("utf-8"),
        mark=(paths.STYLES / "mark.svg").read_text("utf-8"),
        kept=kept,
        imprint=imprint,
    )


def refuse(findings: Sequence[Finding]) -> None:
    """Stop where there are errors; the warnings come along."""
    if errors_of(findings):
        raise BookletError(sorted(findings))
