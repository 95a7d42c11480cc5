"""A table's cells as Markdown, or as paragraphs where they hold more than a cell can."""

from collections.abc import Sequence

from booklet.intake.folder.escape import escape_markdown
from booklet.intake.source import Entry, Row

CELL_MOST = 200  # characters that a printed cell can hold (``proof.proofread``)


def table_rows(
    rows: Sequence[Sequence[str]], line: int, name: str
) -> tuple[list[Row], list[Entry]]:
    """Return a table as a row, or as one for each cell where one holds too much for a column."""
    if max(len(cell) for row in rows for cell in row) <= CELL_MOST:
        return [Row(line, "", block=markdown_table(rows))], []
    what = "表格里有的格子文字太长，排不下，改排成段落"
    told = Entry("done", "表格-02", name, line, what, "　".join(rows[0])[:40])
    return [Row(line, cell) for row in rows for cell in row if cell.strip()], [told]


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as a Markdown table, its first row the head; short rows are filled up."""
    width = max(len(row) for row in rows)
    full = [[escape_markdown(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
