"""English in a Chinese booklet: hyphens that the composer adds are on the page, and not in the text."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from booklet import build as pipeline
from booklet import paths
from booklet.artwork.theme import theme_names
from booklet.edition import read_edition
from booklet.manuscript.book import read_book
from booklet.preflight.reading import KEPT, page_text, page_texts, rejoined, squeeze
from booklet.preflight.words import check_words
from tests.conftest import Write

ENGLISH = """---
title: 交流材料
speaker: 林医生
---

"""
SENTENCES = (
    "The volunteers accompany elderly residents to appointments and translate complicated documents, "
    "patiently and anonymously.",
    "Re-creation of a well-known neighbourhood is everybody’s responsibility; recreation is not.",
    "“Nothing extraordinary,” the coordinator explained, “merely conscientious housekeeping.”",
    "Registration is available at https://example.org/volunteers/hand-book/second-edition/index.html throughout.",
)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book of English paragraphs that run over pages, with footnotes; its folder and its files."""
    folder = tmp_path_factory.mktemp("english")
    paragraphs = []
    for number in range(36):
        turned = [SENTENCES[(number + at) % 4] for at in range(3)]
        call = f"[^{number}]" if number % 5 == 0 else ""
        paragraphs.append("A" * (number % 9 + 1) + " " + " ".join(turned) + call)
    notes = [f"[^{n}]: Supplementary documentation, volume {n}." for n in range(0, 36, 5)]
    (folder / "booklet.yaml").write_text("title: 交流集\neditions: [reading, phone]\n", "utf-8")
    (folder / "01.md").write_text(ENGLISH + "\n\n".join(paragraphs + notes) + "\n", "utf-8")
    out = tmp_path_factory.mktemp("set")
    pipeline.build(folder, out, lambda _step: None)
    return folder, out


@pytest.mark.parametrize("name", ["reading", "phone"])
def test_hyphens_are_printed_and_not_read(english: tuple[Path, Path], name: str) -> None:
    folder, out = english
    edition = read_edition(paths.STYLES / f"{name}.toml")
    book = read_book(folder, theme_names(paths.THEMES), paths.edition_names())
    document = pdfium.PdfDocument(out / f"{edition.stem}.pdf")
    raw = "".join(page_text(page, edition) for page in document)
    assert raw.count("\x02") > 20  # PDFium's reading of a hyphen at a line's end
    texts = page_texts(document, edition, book)
    document.close()
    assert check_words(texts, book, name) == []
    whole = "".join(texts)
    assert KEPT not in whole
    wanted = squeeze(SENTENCES[1])
    assert whole.count(wanted) >= 20


def test_a_wrong_word_beside_a_hyphen_is_found(write: Write) -> None:
    folder = write({"01-speech.md": ENGLISH + SENTENCES[0] + "\n"})
    book = read_book(folder, theme_names(paths.THEMES), paths.edition_names())
    source = squeeze(SENTENCES[0])
    right, wrong = (
        source.replace("complicated", word) for word in (f"compli{KEPT}cated", f"compli{KEPT}gated")
    )
    assert check_words([rejoined(right, "", source)], book, "x") == []
    assert check_words([rejoined(wrong, "", source)], book, "x") != []


@pytest.mark.parametrize(
    ("page", "following", "read"),
    [
        (f"withexam{KEPT}pleshere", "", "withexampleshere"),
        (f"ahand{KEPT}madebook", "", "ahand-madebook"),  # the manuscript's own
        (f"withexam{KEPT}", "pleshere", "withexam"),  # the word goes on on the next page
        (f"withexam{KEPT}1note", "pleshere", "withexam1note"),
        (f"8{KEPT}5", "", "8-5"),
        (f"run,git{KEPT}foohere", "", "run,git-foohere"),  # git foo is there as well
        (f"try,git{KEPT}foothere", "", "try,gitfoothere"),
        (f"withexam{KEPT}plus", "", "withexam-plus"),
    ],
)
def test_which_hyphens_belong_to_the_text(page: str, following: str, read: str) -> None:
    source = "withexampleshere,ahand-madebookrun,git-fooheretry,gitfoothere"
    assert rejoined(page, following, source) == read
