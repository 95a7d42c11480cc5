"""Speeches that begin with who speaks, on one line with their words: 王芳（镇党委副书记）：志愿服务……

One such line may be anything; several of one shape, each with another name, are the speeches of a
meeting. So a name need not be a common one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from booklet.intake.pieces.byline import NAME, is_post, squeezed
from booklet.intake.source import PLAIN, STRONG, Row

LEAST = 3  # labels of one shape, each with another name
ANY_NAME = rf"{NAME}|[\u3400-\u9fff]{{2,6}}|[\u3400-\u9fff]{{1,6}}·[\u3400-\u9fff·]{{1,9}}"
NUMBERED = r"(?:\d{1,2}[.．、]\s*|[（(]\d{1,2}[）)]\s*|[①-⑳]\s*)?"
SHAPES = (
    re.compile(rf"{NUMBERED}(?P<name>{ANY_NAME})[（(](?P<post>[^（）()]{{2,40}})[）)]\s*[：:]"),
    re.compile(rf"{NUMBERED}(?P<name>{NAME})[\s　]+(?P<post>[^\s，。：:]{{2,38}})\s*[：:]"),
    re.compile(rf"{NUMBERED}(?P<post>[^\s，。：:]{{2,38}})[\s　]+(?P<name>{NAME})\s*[：:]"),
)
COLON = re.compile("[：:]")


@dataclass(frozen=True, slots=True)
class Turn:
    """Where somebody begins to speak: the index of the row, who, and the row without its label."""

    at: int
    name: str
    post: str
    words: Row


def turns_of(rows: Sequence[Row]) -> list[Turn]:
    """Return where each of the speakers begins; none where the labels are not those of a meeting."""
    for number, shape in enumerate(SHAPES):
        found = [
            Turn(at, squeezed(match["name"]), match["post"].strip(), without_label(row))
            for at, row in enumerate(rows)
            if not row.block and (match := shape.match(row.plain))
            and (number == 0 or is_post(match["post"]))
        ]  # fmt: skip
        if len(found) >= LEAST and len({turn.name for turn in found}) == len(found):
            return found
    return []


def without_label(row: Row) -> Row:
    """Return a row behind its first colon; what of it is bold stays so."""
    colon = COLON.search(row.text)
    end = colon.end() if colon else 0
    label, rest = row.text[:end], row.text[end:]
    if label.count(STRONG) > label.count(PLAIN):
        rest = rest[1:] if rest.startswith(PLAIN) else STRONG + rest
    return replace(row, text=rest.strip(" \t\u3000"))
