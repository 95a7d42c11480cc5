"""Word's automatic numbers, which are not in the text: 一、 （一） 1. as the reader sees them.

From numbering.xml (ECMA-376, part 1, 17.9): a paragraph names a list and a level; the level says how
it counts and what stands around the number.
"""

import re
from typing import Any

from booklet.intake.source import number_of

HAN = "〇一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
         (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Any, w: str) -> None:
        self.w = w
        self.levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{w}abstractNum"):
            levels = {
                number_of(level.get(f"{w}ilvl"), 0): (
                    number_of(self.value(level, "start"), 1),
                    self.value(level, "numFmt") or "decimal",
                    self.value(level, "lvlText") or "",
                )
                for level in abstract.iter(f"{w}lvl")
            }
            self.levels[abstract.get(f"{w}abstractNumId")] = levels
        for number in root.iter(f"{w}num"):
            name = number.get(f"{w}numId")
            self.lists[name] = self.value(number, "abstractNumId") or ""
            for override in number.iter(f"{w}lvlOverride"):
                start = self.value(override, "startOverride")
                if start:
                    self.starts[name, number_of(override.get(f"{w}ilvl"), 0)] = number_of(start, 1)

    def value(self, element: Any, name: str) -> str | None:
        """Return the value of a child element."""
        child = element.find(f"{self.w}{name}")
        found = child.get(f"{self.w}val") if child is not None else None
        return str(found) if found is not None else None

    def next(self, name: str, level: int) -> tuple[str, bool]:
        """Count on in a list and return (what stands before the paragraph, whether it is a bullet)."""
        abstract = self.lists.get(name, "")
        levels = self.levels.get(abstract, {})
        if name == "0" or level not in levels:
            return "", False
        counts = self.counts.setdefault(abstract, {})  # lists of one kind count on together …
        own = self.starts.pop((name, level), None)  # … but for one that begins anew
        start, kind, text = levels[level]
        counts[level] = min(own if own is not None else counts.get(level, start - 1) + 1, 9999)
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        if kind == "bullet":
            return "", True
        if kind == "none":
            return "", False

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            first, counted, _ = levels.get(at, (1, "decimal", ""))
            return written(counts.get(at, first), counted)

        return re.sub(r"%(\d)", number, text), False


def written(number: int, kind: str) -> str:
    """Return a number as a kind of list writes it; kinds that are not known, in digits."""
    if kind in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand"):  # fmt: skip
        return han_number(number)
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if kind == "ideographTraditional" and 1 <= number <= 10:
        return HEAVENLY[number - 1]
    if kind in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind in ("upperRoman", "lowerRoman"):
        text = ""
        for value, letters in ROMAN:
            text += letters * (number // value)
            number %= value
        return text if kind == "upperRoman" else text.lower()
    if kind == "decimalFullWidth":
        return "".join(chr(ord(char) + 0xFEE0) for char in str(number))
    return f"{number:02}" if kind == "decimalZero" else str(number)


def han_number(number: int) -> str:
    """Return a number from 0 to 99 in Han: 二十三; larger ones digit by digit."""
    if number < 10:
        return HAN[number]
    tens, ones = divmod(number, 10)
    if tens >= 10:
        return "".join(HAN[int(digit)] for digit in str(number))
    return (HAN[tens] if tens > 1 else "") + "十" + (HAN[ones] if ones else "")
