"""Prove a finished file: everything that is read back from it before it is published."""

from booklet.edition import Edition
from booklet.errors import Finding
from booklet.imprint import NO_IMPRINT, Imprint
from booklet.model import Book, printed_links
from booklet.preflight.folios import check_folios
from booklet.preflight.front import check_cover, check_fields, check_imprint
from booklet.preflight.leaves import Leaves
from booklet.preflight.pictures import check_pictures
from booklet.preflight.reading import page_texts
from booklet.preflight.sight import check_sight
from booklet.preflight.tags import check_tags
from booklet.preflight.words import (
    check_areas,
    check_codes,
    check_pages,
    check_touched,
    check_words,
)


def preflight(
    pdf: bytes,
    book: Book,
    edition: Edition,
    families: frozenset[str],
    name: str,
    imprint: Imprint = NO_IMPRINT,
) -> list[Finding]:
    """Return what is wrong with the finished file; errors must keep it from being published.

    ``families`` are the faces that may occur in it, ``imprint`` is what it must say of its state.
    """
    wanted = [*printed_links(book), *(link for speech in book.speeches for link in speech.links)]
    document = Leaves(pdf)
    try:
        texts = page_texts(document, edition, book)
        findings = check_pages(document, edition, name)
        findings += check_words(texts, book, name)
        findings += check_folios(document, texts, book, edition, name, imprint.foot)
        findings += check_imprint(document, edition, name, imprint)
        findings += check_cover(document, book, name) + check_fields(texts, book, name)
        if edition.codes:
            findings += check_codes(document, wanted)
        if not edition.for_press:
            findings += check_touched(document, wanted)
            findings += check_areas(document, wanted) if edition.codes else []
            findings += check_tags(pdf, name)
        findings += check_pictures(document, book, edition, name)
        findings += check_sight(document, edition, families, name)  # takes the words out: last
    finally:
        document.close()
    return findings
