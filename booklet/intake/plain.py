"""Plain text to rows."""

from booklet.intake.decode import decode
from booklet.intake.source import MARKUP, Entry, Row, Source


def read_plain(raw: bytes, name: str) -> Source:
    """Return the lines of a text file; blank ones are left out."""
    text, encoding = decode(raw, name)
    entries = []
    if encoding:
        entries.append(Entry("done", "编码-01", name, 0, f"原文是 {encoding} 编码，已转成 UTF-8"))
    rows = tuple(
        Row(number, row.replace("\f", ""), page=row.startswith("\f"))
        for number, row in enumerate(MARKUP.sub("", text).split("\n"), 1)
        if row.strip()
    )
    return Source(name, rows, entries=tuple(entries))
