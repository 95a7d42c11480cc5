"""A table's cells as Markdown."""

from collections.abc import Sequence

from booklet.intake.folder.escape import escape_markdown


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as a Markdown table, its first row the head; short rows are filled up."""
    width = max(len(row) for row in rows)
    full = [[escape_markdown(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
