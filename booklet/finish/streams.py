"""What a page draws."""

import pikepdf
from pikepdf import Array


def streams_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the content streams of a page in their order: it may have one, several, or none."""
    contents = page.obj.get("/Contents", Array())
    return list(contents) if isinstance(contents, Array) else [contents]
