"""What a Word file says outside its text: margins, diagrams, and whatever nobody has read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from booklet.intake.docx.elements import MC, READ, WORDS, A, C, W, nodes, plain_text, taken
from booklet.intake.docx.package import Package

MARGIN = re.compile(r"(?:^|/)(?:header|footer)\d*\.xml$")


def words_of_diagram(root: Any) -> str:
    """Return the words of a chart or a SmartArt drawing, which stand in a part of their own."""
    said = (node.text or "" for node in nodes(root, "*") if node.tag in (f"{A}t", f"{C}v"))
    return " ".join(text.strip() for text in said if text.strip())


def words_of_margins(package: Package, parts: Iterable[str]) -> Iterator[str]:
    """Yield what stands in headers and footers, once each; numbers of pages are no words."""
    told = set[str]()
    for part in sorted(parts):
        root = package.xml(part) if MARGIN.search(part) else None
        words = plain_text(root) if root is not None else ""
        if words and words not in told and not words.isdecimal():
            told.add(words)
            yield words


def unread(body: Any) -> Iterator[str]:
    """Yield all words of a document that nobody has read, by paragraph: nothing is lost in silence."""
    for paragraph in [*body.iter(f"{W}p"), body]:
        words = "".join(taken(node) for node in paragraph.iter(*WORDS) if is_unread(node))
        if words.strip():
            yield words


def is_unread(node: Any) -> bool:
    """Tell whether nobody has read an element; a fallback says again what its choice has said."""
    return READ not in node.attrib and not any(
        (node.text or "") in "".join(choice.itertext(*WORDS))
        for fallback in node.iterancestors(f"{MC}Fallback")
        for choice in fallback.itersiblings(f"{MC}Choice", preceding=True)
    )
