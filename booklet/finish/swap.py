"""Some pages of a file in place of those of another: what stands on grounds, in other inks."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf

GROUNDED = frozenset({"cover", "endpaper", "divider", "back"})  # kinds of pages with a ground


def with_grounds(
    pdf: bytes, kinds: Sequence[str], other: bytes, other_kinds: Sequence[str]
) -> bytes:
    """Return a file whose pages on grounds are those of another, one after another; nothing else is kept of it.

    ``kinds`` are what the pages of each are. Links and tags of the pages that come in are left behind.
    """
    places = [n for n, kind in enumerate(kinds) if kind in GROUNDED]
    comes = [n for n, kind in enumerate(other_kinds) if kind in GROUNDED]
    with pikepdf.open(BytesIO(pdf)) as file, pikepdf.open(BytesIO(other)) as source:
        for at, number in zip(places, comes, strict=True):
            file.pages[at] = source.pages[number]
            for key in ("/Annots", "/StructParents", "/Tabs"):
                if key in file.pages[at]:
                    del file.pages[at][key]
        out = BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()
