"""What WeasyPrint does not write: page labels, how viewers open and print the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(frozen=True, slots=True)
class Labels:
    """Where each run of page numbers begins, as indexes of pages from 0.

    ``body`` is the first page of the text (folio 1), ``pages`` the number of all pages; what comes
    before the text counts i, ii … from the title page, the covers bear their names.
    """

    body: int
    pages: int

    def numbers(self) -> pydyf.Array:
        """Return the page label tree (ISO 32000-1, 12.4.2)."""
        named = [(0, "封面"), (1, "封二"), (self.pages - 1, "封底")]
        entries: dict[int, pydyf.Dictionary] = {
            2: pydyf.Dictionary({"S": "/r"}),
            self.body: pydyf.Dictionary({"S": "/D"}),
        }
        for index, name in named:
            entries[index] = pydyf.Dictionary({"P": pydyf.String(name)})
        return pydyf.Array([part for index in sorted(entries) for part in (index, entries[index])])


def finisher(labels: Labels) -> Callable[[Any, Any], None]:
    """Return the function that completes the reading edition's file."""

    def finish(_document: Any, pdf: Any) -> None:
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels.numbers()})
        pdf.catalog["PageLayout"] = "/TwoPageRight"  # the cover stands alone, then spreads
        pdf.catalog["PageMode"] = "/UseOutlines"
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
            {"DisplayDocTitle": "true", "PrintScaling": "/None", "Direction": "/L2R"}
        )

    return finish
