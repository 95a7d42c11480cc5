"""A finished file of which every page, and its text, is read once, whoever asks."""

from functools import cache
from typing import Any

import pypdfium2 as pdfium


class Leaves(pdfium.PdfDocument):  # type: ignore[misc]
    """A document that hands out the same page objects again, and they the same texts.

    Text is as it was when it was first asked for, though objects be taken off the page later.
    """

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self._leaves: dict[int, pdfium.PdfPage] = {}

    def get_page(self, index: int) -> Any:
        """Return a page, counted from 0 or from the end."""
        index %= len(self)
        if index not in self._leaves:
            page = self._leaves[index] = super().get_page(index)
            page.get_textpage = cache(page.get_textpage)
        return self._leaves[index]

    def close(self) -> None:
        """Let go of the pages and of the file."""
        for page in self._leaves.values():
            del page.get_textpage
        self._leaves.clear()
        super().close()
