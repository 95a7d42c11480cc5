"""Where the project's own files stand: styles, fonts, the folder of finished files."""

import re
from pathlib import Path

from booklet.errors import BookletError, Finding

PACKAGE = Path(__file__).resolve().parent
# Installed by pip, styles and fonts stand inside the package; in a checkout, beside it.
ROOT = PACKAGE if (PACKAGE / "styles").is_dir() else PACKAGE.parent
STYLES = ROOT / "styles"
TYPE = STYLES / "type.toml"
THEMES = STYLES / "themes"
PAPERS = STYLES / "papers.toml"
PROFILES = STYLES / "profiles"
FONTS = ROOT / "fonts" / "fonts.toml"
BUILD = Path("build")
MANIFEST = "booklet.yaml"  # of a manuscript's folder: what the book says of itself
ORIGINALS = "来稿"  # folder of the files that were imported, as they came
SAMPLE = Path("speeches")  # the book of plain make
USUAL_EDITIONS = (
    "reading",
    "press",
    "imposed",
    "large",
    "phone",
)  # what plain make makes, in this order


def finished(pdf: Path) -> Path:
    """Return the path of a finished file; one that has not been made is told."""
    if not pdf.is_file():
        raise BookletError(Finding(str(pdf), 0, "还没有成品", "先运行 make"))
    return pdf


def out_of(folder: Path) -> Path:
    """Return where a book's files are made: ``build`` for ``speeches``, else ``build/<its name>``.

    A book never writes over the files of another one.
    """
    if folder.resolve() == SAMPLE.resolve():
        return BUILD
    return BUILD / (re.sub(r"[^\w.-]", "_", folder.resolve().name).strip(".") or "book")


def root_of(folder: Path) -> Path:
    """Return the folder that nothing written into ``folder`` may leave: ``build``, or itself."""
    return BUILD if folder.is_relative_to(BUILD) else folder


def edition_names() -> tuple[str, ...]:
    """Return the names of all editions that booklet.yaml may ask for, the usual ones first."""
    names = sorted(path.stem for path in STYLES.glob("*.toml") if path not in (TYPE, PAPERS))
    return (*USUAL_EDITIONS, *(name for name in names if name not in USUAL_EDITIONS))
