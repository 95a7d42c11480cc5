"""Elements of WordprocessingML (ECMA-376, part 1): their namespaces, and what stands in them."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WORDS = (f"{W}t", f"{W}delText", f"{M}t", f"{A}t")  # elements whose text somebody has written
WRAPPERS = frozenset(  # elements that stand around others and are nothing themselves
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "bookmarkStart")
)
READ = "read"  # attribute that marks an element as read: what has none at the end is told


def taken(node: Any) -> str:
    """Return the text of an element, which counts as read from now on."""
    node.set(READ, "1")
    return str(node.text or "")


def inside(element: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag that belong to this one, not to others of their kind inside it."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, tag)


def is_on(element: Any) -> bool:
    """Tell whether a switch is there and on."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def value_of(element: Any, name: str) -> str | None:
    """Return the value of a child element, or None."""
    child = element.find(f"{W}{name}")
    found = child.get(f"{W}val") if child is not None else None
    return str(found) if found is not None else None


def nodes(root: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag in a part, nothing where there is no such part."""
    if root is not None:
        yield from root.iter(tag)


def plain_text(element: Any) -> str:
    """Return the text of an element, its paragraphs joined, deletions left out."""
    texts: dict[Any, list[str]] = {}
    for node in element.iter(f"{W}t", f"{M}t"):
        paragraph = next(node.iterancestors(f"{W}p"), element)
        texts.setdefault(paragraph, []).append(taken(node))
    whole = ("".join(parts).strip() for parts in texts.values())
    return " ".join(text for text in whole if text)
