"""Elements of WordprocessingML (ECMA-376, part 1): their namespaces, and what stands in them."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


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
    paragraphs = list(element.iter(f"{W}p")) or [element]
    texts = ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in paragraphs]
    return " ".join(text.strip() for text in texts if text.strip())
