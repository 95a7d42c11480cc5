"""What a part of a Word file refers to: other parts by id, and by what they are (ECMA-376, part 2)."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Relationships:
    """The parts that one part refers to, by id and by kind; ``folder`` is that of the part."""

    targets: Mapping[str, str]
    kinds: Mapping[str, str]
    folder: str
    there: frozenset[str]

    def of_kind(self, kind: str) -> str:
        """Return the part of a kind, such as styles; "" where there is none.

        One that nothing refers to is taken where it usually stands: readers are lenient here.
        """
        usual = posixpath.join(self.folder, f"{kind}.xml")
        return self.kinds.get(kind, usual if usual in self.there else "")


def relationships(root: Any, folder: str, there: frozenset[str]) -> Relationships:
    """Return the relationships of a part; what lies outside the file is left out."""
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for item in root if root is not None else ():
        name, target = item.get("Id"), item.get("Target")
        if not target or item.get("TargetMode") == "External":
            continue
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        targets[name or ""] = path
        kinds.setdefault((item.get("Type") or "").rpartition("/")[2], path)
    return Relationships(targets, kinds, folder, there)
