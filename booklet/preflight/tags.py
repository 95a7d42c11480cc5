"""The tags of a file for screens: what machines can check of PDF/UA-1, by another library (pdfua).

The library builds what is below an element once for each element above it; here it is built once, which
a book of many tables is glad of. ``tests/test_press.py`` compares the two.
"""

from collections.abc import Iterator
from typing import Any

from pdfua import Severity, validate
from pdfua.document import PdfDocument

from booklet import disk
from booklet.errors import Finding, our_fault


def check_tags(pdf: bytes, name: str) -> list[Finding]:
    """Return what keeps a file from being PDF/UA-1, as far as it can be told without a reader."""
    with disk.room() as folder:
        path = folder / "x.pdf"
        disk.write(path, pdf, folder, lasting=False)
        report = validate(str(path))
    serious = [found for found in report.findings if found.severity >= Severity.WARNING]
    told = (f"{found.rule_id} {found.location.describe()}：{found.message}" for found in serious)
    return [our_fault(name, f"标签不合 PDF/UA-1：{message}") for message in dict.fromkeys(told)]


def walk(self: PdfDocument, node: Any, depth: int, page: int | None) -> Iterator[Any]:
    """Yield an element and all below it, each before those below it."""
    element = self._build(node, depth, page)
    if element is not None:
        yield from flat(element)


def flat(element: Any) -> Iterator[Any]:
    """Yield an element that is built, and all below it."""
    yield element
    for child in element.children:
        yield from flat(child)


before = PdfDocument._walk
PdfDocument._walk = walk  # type: ignore[method-assign]
