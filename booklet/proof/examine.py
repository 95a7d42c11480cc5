"""A manuscript read and proofread: all that is known before a page is made."""

from dataclasses import dataclass
from pathlib import Path

from booklet import paths
from booklet.artwork.theme import theme_names
from booklet.dress import read_dress
from booklet.edition import read_edition
from booklet.errors import Finding
from booklet.faces.fonts import Fonts, read_fonts
from booklet.manuscript.book import read_book
from booklet.model import Book
from booklet.proof.allow import allowed
from booklet.proof.coverage import coverage
from booklet.proof.proofread import proofread


@dataclass(frozen=True, slots=True)
class Examined:
    """A manuscript read and proofread; ``silenced`` counts what its ``allow`` lets stand."""

    book: Book
    fonts: Fonts
    findings: tuple[Finding, ...]
    silenced: int


def examine(folder: Path) -> Examined:
    """Read and proofread a manuscript; mistakes that hide others are raised, the rest returned."""
    return look_over(read(folder), read_fonts(paths.FONTS))


def read(folder: Path) -> Book:
    """Read a manuscript; mistakes that hide others are raised."""
    return read_book(folder, theme_names(paths.THEMES), paths.edition_names(), paths.USUAL_EDITIONS)


def look_over(book: Book, fonts: Fonts) -> Examined:
    """Proofread a book that was read."""
    edition = read_edition(paths.STYLES / "reading.toml")
    dress = read_dress(paths.TYPE, edition)
    findings = [*book.remarks, *proofread(book, edition), *coverage(book, fonts, dress)]
    left, silenced = allowed(book, findings)
    return Examined(book, fonts, tuple(left), silenced)
