"""Whether contents and 数字 name the pages where things really stand: read from the finished file."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from booklet.edition import PT_PER_MM, Edition
from booklet.errors import Finding, our_fault
from booklet.genres import genre_of
from booklet.model import Book
from booklet.preflight.reading import page_text, squeeze

END = "¶"  # of a printed line
LEADER = rf"{END}?[.·…]*{END}?"
CONTENTS, STATISTICS, NAMES = "目录", "数字", "人名索引"


def check_folios(
    document: pdfium.PdfDocument,
    pages: Sequence[str],
    book: Book,
    edition: Edition,
    name: str,
    beside: str = "",
) -> list[Finding]:
    """Return a fault for each printed page number that is not true.

    ``pages`` are their texts; ``beside`` is what stands at the foot as well.
    """
    printed = [folio_of(page, edition, beside) for page in document]
    first = next((n for n, text in enumerate(pages) if text.startswith(CONTENTS)), 0)
    body, folios = counted(printed, first)
    rows = [rows_of(page, edition) for page in document]
    messages = [*check_contents(rows, "".join(rows[first:body]), body, folios, book)]
    messages += check_statistics(pages, rows, body, folios, book)
    messages += check_names(pages, rows, body, folios)
    return [our_fault(name, message) for message in messages]


def counted(printed: Sequence[str], first: int) -> tuple[int, list[str]]:
    """Return the first page of the text, and the folios of all its pages, those without one counted.

    Some pages bear none: they are counted from the nearest before them that does, or else after.
    """
    known = [(n, int(folio)) for n, folio in enumerate(printed) if folio and n >= first]
    if not known:
        return len(printed), list(printed)
    at, folio = known[0]
    body = max(at - folio + 1, first)
    folios = ["" if n < body else one for n, one in enumerate(printed)]
    for n in range(body, len(folios)):
        if not folios[n]:
            folios[n] = (
                str(int(folios[n - 1]) + 1) if n > body and folios[n - 1] else str(n - body + 1)
            )
    return body, folios


def folio_of(page: pdfium.PdfPage, edition: Edition, beside: str = "") -> str:
    """Return the number that is printed in a page's foot, or ""."""
    text = foot_text(page, edition).replace(squeeze(beside), "")
    return text if text.isdigit() else ""


def foot_text(page: pdfium.PdfPage, edition: Edition) -> str:
    """Return what stands in a page's foot, blanks taken out."""
    left, foot, right, _ = page.get_mediabox()
    bleed = edition.bleed_mm * PT_PER_MM
    below = foot + bleed + edition.foot_mm * PT_PER_MM - 3
    return squeeze(page.get_textpage().get_text_bounded(left, foot, right, below))


def rows_of(page: pdfium.PdfPage, edition: Edition) -> str:
    """Return the text between a page's head and foot, without blanks, its line ends marked."""
    text = page_text(page, edition)
    return END.join(squeeze(row) for row in text.splitlines()) + END


def printed_as(text: str) -> str:
    """Return a pattern of a text that may be printed in several lines."""
    return f"{END}?".join(map(re.escape, squeeze(text)))


def check_contents(
    rows: Sequence[str], contents: str, body: int, folios: Sequence[str], book: Book
) -> Iterator[str]:
    """Yield the entries of the contents that name another page than the one their speech begins on."""
    start = body
    for speech in book.speeches:
        if not genre_of(speech.kind).named:
            continue
        title = squeeze("".join(speech.title))
        entry = printed_as(title)
        found = re.search(rf"(?:^|{END})(?:\d+{END}?)?{entry}{LEADER}(\d+){END}", contents)
        begins = [n for n in range(start, len(rows)) if opens(rows[n], title)]
        if not found or not begins:
            yield f"目录里没有“{title[:16]}”，或没有页码"
            continue
        if folios[begins[0]] != found[1]:
            yield f"目录说“{title[:16]}”在第 {found[1]} 页，其实在第 {folios[begins[0]]} 页"
        contents = contents[found.end() - 1 :]  # in the order of the book: titles may be alike
        start = begins[0] + 1


def opens(page: str, title: str) -> bool:
    """Tell whether a speech begins on a page, by its rows: its title is all of the first ones.

    Nothing but its number stands before.
    """
    return re.match(rf"(?:\d+{END}?)?{printed_as(title)}{END}", page) is not None


def check_statistics(
    pages: Sequence[str], rows: Sequence[str], body: int, folios: Sequence[str], book: Book
) -> Iterator[str]:
    """Yield the rows of 数字 that name a page which does not say their figure."""
    first = next((n for n in range(body, len(pages)) if pages[n].startswith(STATISTICS)), None)
    if first is None:
        return
    text = "".join(rows[first:])
    by_folio = {folio: pages[n] for n, folio in enumerate(folios[:first]) if folio}
    for speech in book.speeches:
        for stat in speech.stats:
            figure = squeeze(stat.figure)
            numbers = re.findall(rf"{printed_as(stat.label)}{LEADER}(\d+){END}", text)
            if not any(said(figure, number, by_folio) for number in numbers):
                yield f"“数字”页上“{stat.figure} {stat.label}”的页码不对：{'、'.join(numbers) or '没有'}"


def check_names(
    pages: Sequence[str], rows: Sequence[str], body: int, folios: Sequence[str]
) -> Iterator[str]:
    """Yield the entries of the index of names that send to a page which does not have the name."""
    first = next((n for n in range(body, len(pages)) if pages[n].startswith(NAMES)), None)
    if first is None:
        return
    by_folio = {folio: pages[n] for n, folio in enumerate(folios[:first]) if folio}
    for name, listed in re.findall(
        rf"([\u3400-\u9fff·]{{2,}}){END}?((?:\d+、?)+)", "".join(rows[first:])
    ):
        for folio in listed.split("、"):
            if folio and not said(name, folio, by_folio):
                yield f"人名索引说“{name}”在第 {folio} 页，那里没有"


def said(figure: str, number: str, by_folio: dict[str, str]) -> bool:
    """Tell whether a page says a figure, or begins with the rest of it."""
    here = by_folio.get(number, "")
    after = by_folio.get(str(int(number) + 1), "")
    joined = here + after
    at = joined.find(figure)
    return 0 <= at < len(here)
