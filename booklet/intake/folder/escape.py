"""Plain text to Markdown that reads as the same text again."""

import re

SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")
LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|:::|---+|===+|>)")
NUMBER_START = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def escape_inline(text: str) -> str:
    """Return words that stand amid a line, protected from being taken for Markdown."""
    return SPECIAL.sub(r"\\\1", text)


def escape_markdown(text: str) -> str:
    """Return one paragraph with every character protected that Markdown would take for its own."""
    text = escape_inline(text)
    text = LINE_START.sub(r"\1\\\2", text)
    return NUMBER_START.sub(r"\1\\\2", text)
