"""Plain text to rows; footnotes typed as in Markdown, [^1] and [^1]: …, become footnotes."""

import re

from booklet.intake.readers.decode import decode
from booklet.intake.source import Entry, Row, Source, call, honest

CALLED = re.compile(r"\[\^([^\]\s]{1,20})\]")
NOTE = re.compile(r"\s*\[\^([^\]\s]{1,20})\][:：]\s*(.+)")


def read_plain(raw: bytes, name: str) -> Source:
    """Return the lines of a text file; blank ones are left out."""
    text, entries = decode(raw, name)
    lines = [(number, row) for number, row in enumerate(honest(text).split("\n"), 1) if row.strip()]
    said = {found[1]: found[2] for _, row in lines if (found := NOTE.match(row))}
    called = [key for _, row in lines if not NOTE.match(row) for key in CALLED.findall(row)]
    keys = [key for key in dict.fromkeys(called) if key in said and called.count(key) == 1]
    numbers = {key: number for number, key in enumerate(keys, 1)}
    rows, told = [], list(entries)
    for number, row in lines:
        if (found := NOTE.match(row)) and found[1] in numbers:
            continue
        new = CALLED.sub(
            lambda one: call(numbers[one[1]]) if one[1] in numbers else f"〔{one[1]}〕", row
        )
        if "〔" in new and new.count("〔") > row.count("〔"):
            what = "脚注的记号没有注文，改成括号"
            told.append(Entry("asked", "脚注-02", name, number, what, row.strip()[:40]))
        rows.append(Row(number, new.replace("\f", ""), page=row.startswith("\f")))
    notes = {number: said[key] for key, number in numbers.items()}
    return Source(name, tuple(rows), notes, entries=tuple(told))
