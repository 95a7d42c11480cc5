"""Certain repairs of typed text, each counted: half-width marks, invisible characters, look-alikes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff〇"
CHINESE = HAN + r"，。；：？！、（）《》“”‘’…—·％"
# A half-width mark is Chinese when it touches Chinese on one side and no Latin or digits on both.
HALF = re.compile(rf"(?<=[{CHINESE}])[,;:?!()]|[,;:?!()](?=[{CHINESE}])")
HALF_PAIR = re.compile(r"\(([^()（）\n]{1,60})）|（([^()（）\n]{1,60})\)")  # one of two made wide
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
LOOK_ALIKE = {"别入": "别人"}  # 入 for 人: the left one is no word


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of repair: where it first happened (line from 1) and what was done how often."""

    line: int
    what: str
    code: str


def repair(text: str) -> tuple[str, list[Change]]:
    """Return the text mended, and what was changed. Digits and Latin are never touched."""
    changes = []
    steps = (
        ("隐形-01", "删去看不见的字符", INVISIBLE, lambda match: ""),
        ("标点-01", "半角标点改为全角", HALF, lambda match: WIDE[match[0]]),
        ("标点-02", "括号的另一半改为全角", HALF_PAIR, lambda match: f"（{match[1] or match[2]}）"),
    )
    for code, what, pattern, mend in steps:
        found = list(pattern.finditer(text))
        if found:
            line = text.count("\n", 0, found[0].start()) + 1
            changes.append(Change(line, f"{what}，共 {len(found)} 处", code))
            text = pattern.sub(mend, text)
    changes += look_alikes(text)
    for wrong, right in LOOK_ALIKE.items():
        text = text.replace(wrong, right)
    return text, changes


def look_alikes(text: str) -> Iterator[Change]:
    """Yield a change for each look-alike character, with its neighbours."""
    for wrong, right in LOOK_ALIKE.items():
        for match in re.finditer(wrong, text):
            line = text.count("\n", 0, match.start()) + 1
            around = text[max(match.start() - 6, 0) : match.end() + 4].replace("\n", " ")
            yield Change(line, f"形近字“{wrong}”改为“{right}”：…{around}…", "形近-01")
