"""Plain text to rows."""

from booklet.intake.readers.decode import decode
from booklet.intake.source import Row, Source, honest


def read_plain(raw: bytes, name: str) -> Source:
    """Return the lines of a text file; blank ones are left out."""
    text, entries = decode(raw, name)
    rows = tuple(
        Row(number, row.replace("\f", ""), page=row.startswith("\f"))
        for number, row in enumerate(honest(text).split("\n"), 1)
        if row.strip()
    )
    return Source(name, rows, entries=entries)
