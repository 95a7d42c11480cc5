"""Which kind of text a piece that is no speech is, by its title; who a list of people names.

Titles are taken more strictly here than in ``pieces.matter``, which only asks whether somebody speaks: a kind
changes how lines are read and set, and 六十年历程 may be prose.
"""

import re
from dataclasses import dataclass

from booklet.genres import GENRES
from booklet.intake.pieces.byline import NOTE_LABELS
from booklet.intake.pieces.piece import Piece

TITLED = (  # what a title ends with, or begins with, and the kind it tells; the first that fits
    ("people", re.compile(r"名单(?:[（(].*)?$|名册$|^(?:参会|出席|与会)(?:人员|代表|嘉宾)$")),
    ("board", re.compile(r"^编(?:辑)?委(?:员)?会$")),
    ("agenda", re.compile(r"议程(?:表)?(?:[（(].*)?$|日程(?:安排|表)?$")),
    ("letter", re.compile(r"(?:贺信|贺电|慰问信|感谢信|倡议书)$|^(?:贺信|贺电|致).{0,20}$")),
    ("timeline", re.compile(r"大事记$|年表$")),
    ("appendix", re.compile(r"^(?:附录|附件|附：)")),
    ("inscription", re.compile(r"^题[词字]$")),
    ("verse", re.compile(r"^诗[词歌]?$")),
    ("afterword", re.compile(r"^(?:编)?后记$|^编后$")),
)
NAMED_COLUMN = re.compile(r"^\|.*姓\s*名.*\|")  # the head of a table of people
PERSON = re.compile(  # 王 明　校长
    r"([\u3400-\u9fff][ \u3000][\u3400-\u9fff](?=[ \u3000]|$)|[\u3400-\u9fff·]{2,6})(?:[ \u3000]+(\S.*))?"
)
LONGEST_POST = 40  # characters; a longer one is a sentence


@dataclass(frozen=True, slots=True)
class Listed:
    """One of those whom a list names."""

    name: str
    post: str
    group: str


def kind_of(piece: Piece) -> str:
    """Return the kind that a piece is written as: a key of ``GENRES``."""
    if piece.kind != "note":
        return piece.kind
    title = "".join("".join(piece.title).split())
    if title in NOTE_LABELS:
        return "note"
    kind = next((kind for kind, told in TITLED if told.search(title)), "text")
    if kind == "people" and not (has_table(piece) or listed(piece)):
        return "text"
    if kind in ("inscription", "verse") and any(one.kind != "text" for one in piece.paragraphs):
        return "text"
    assert kind in GENRES
    return kind


def has_table(piece: Piece) -> bool:
    """Tell whether a piece has a table of people, which its list is read from."""
    return any(one.kind == "block" and NAMED_COLUMN.match(one.text) for one in piece.paragraphs)


def listed(piece: Piece) -> tuple[Listed, ...]:
    """Return those whom the lines of a piece name, one each, under headings; none where a line names nobody."""
    found, group = [], ""
    for para in piece.paragraphs:
        if para.kind == "heading":
            group = para.text.strip("：: \u3000")
            continue
        match = PERSON.fullmatch(para.text.strip())
        if para.kind not in ("text", "item") or not match or len(match[2] or "") > LONGEST_POST:
            return ()
        found.append(Listed("".join(match[1].split()), (match[2] or "").strip(), group))
    return tuple(found)
