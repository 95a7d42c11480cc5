"""What WeasyPrint does not write: page labels, how viewers open and print the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(frozen=True, slots=True)
class Labels:
    """Where each run of page numbers begins, as indexes of pages from 0.

    ``title`` is the title page, ``body`` the first page of the text (folio 1), ``pages`` the number
    of all pages; what comes before the text counts i, ii … from the title page, the covers bear
    their names.
    """

    title: int
    body: int
    pages: int

    def numbers(self) -> pydyf.Array:
        """Return the page label tree (ISO 32000-1, 12.4.2)."""
        named = [(0, "封面"), (self.pages - 1, "封底")]
        named += [(1, "封二")] if self.title > 1 else []
        entries: dict[int, pydyf.Dictionary] = {
            self.title: pydyf.Dictionary({"S": "/r"}),
            self.body: pydyf.Dictionary({"S": "/D"}),
        }
        for index, name in named:
            entries[index] = pydyf.Dictionary({"P": pydyf.String(name)})
        return pydyf.Array([part for index in sorted(entries) for part in (index, entries[index])])


def finisher(labels: Labels, bound: bool) -> Callable[[Any, Any], None]:
    """Return the function that completes a file for screens; ``bound`` ones open in spreads."""

    def finish(_document: Any, pdf: Any) -> None:
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels.numbers()})
        # In spreads the cover stands alone.
        pdf.catalog["PageLayout"] = "/TwoPageRight" if bound else "/SinglePage"
        pdf.catalog["PageMode"] = "/UseOutlines"
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
            {"DisplayDocTitle": "true", "PrintScaling": "/None", "Direction": "/L2R"}
        )

    return finish
