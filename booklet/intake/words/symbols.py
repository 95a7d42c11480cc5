"""Signs that no book face has: boxes to tick, arrows and faces of telephones, icons of web pages.

A sign with a plain one of the same meaning becomes that; others are taken out. Both are told, with the
words around them. Letters are never touched: a rare one is asked for when the manuscript is checked.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from booklet.faces.fonts import Fonts, missing
from booklet.intake.source import CALL, CALLED, MARKUP, PLAIN, STRONG, Entry, Row

OURS = frozenset((CALL, STRONG, PLAIN, CALLED))
ROLE = "song-400"
LIKE = {
    "☐": "□", "❏": "□", "❑": "□", "☑": "√", "✓": "√", "✔": "√", "✅": "√", "☒": "×", "✗": "×", "✘": "×", "❌": "×", "✖": "×",
    "➤": "▶", "►": "▶", "➢": "▶", "➔": "→", "➜": "→", "➡": "→", "⇨": "→", "⭐": "★", "🌟": "★", "❗": "！", "❓": "？", "⚫": "●", "⚪": "○",
    "🔴": "●", "🔹": "◆", "🔸": "◆", "💠": "◆", "📞": "电话：", "☎": "电话：", "📧": "邮箱：", "📍": "地点：", "⏰": "时间：", "📅": "日期：",
}  # fmt: skip
SYMBOLS = ("So", "Sk", "Co", "Cn", "Cs", "Mn", "Me")  # kinds of characters that are no letters
AROUND = 6  # characters shown on either side


def settable(rows: Sequence[Row], fonts: Fonts, name: str) -> tuple[list[Row], list[Entry]]:
    """Return the rows with signs that the faces can set, and an entry for each row that had others."""
    said = "".join(row.text + row.block for row in rows)
    lacking = {
        char
        for char in missing(said, ROLE, fonts)
        if char not in OURS and unicodedata.category(char) in SYMBOLS
    }
    if not lacking:
        return list(rows), []
    kept, entries = [], []
    for row in rows:
        found = [char for char in row.text + row.block if char in lacking]
        if not found:
            kept.append(row)
            continue
        text, block = (plain(part, lacking, fonts) for part in (row.text, row.block))
        at = next((n for n, char in enumerate(row.text) if char in lacking), 0)
        before = MARKUP.sub("", row.text[max(at - AROUND, 0) : at + AROUND + 1])
        what = f"换成或删去排不出的符号：{'、'.join(dict.fromkeys(found))}"
        entries.append(
            Entry("done", "符号-02", name, row.line, what, before, plain(before, lacking, fonts))
        )
        if text.strip() or block.strip():
            kept.append(replace(row, text=text, block=block))
    return kept, entries


def plain(text: str, lacking: set[str], fonts: Fonts) -> str:
    """Return a text with plain signs in place of those that are lacking, or none."""
    out = []
    for char in text:
        if char not in lacking:
            out.append(char)
            continue
        like = LIKE.get(char, "")
        out.append("" if missing(like, ROLE, fonts) else like)
    return "".join(out)
