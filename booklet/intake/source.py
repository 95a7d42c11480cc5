"""What every reader makes of its file: rows of text with what their looks say, notes, pictures.

A row is a line of a text file, a paragraph of a Word file or of a web page. Four characters of the
private use area stand in its text until it is written as Markdown: around the number of a footnote's
call, and at the beginning and end of bold text.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

CALL, STRONG, PLAIN, CALLED = "\ue000", "\ue001", "\ue002", "\ue003"
CALL_OF = re.compile(f"{CALL}(\\d+){CALLED}")
FORGED = re.compile(f"[{CALL}{STRONG}{PLAIN}{CALLED}]")
MARKUP = re.compile(f"{CALL}\\d+{CALLED}|[{CALL}{STRONG}{PLAIN}{CALLED}]")
LOST = "〓"  # stands for a character of a file that would be taken for one of these


def honest(text: str) -> str:
    """Return a text of a file without characters that would be taken for our marks."""
    return FORGED.sub(LOST, text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``line`` counts from 1. Sizes are in pt, 0 where the file does not say.

    ``level`` is that of a heading style, 1 the highest, 0 none; ``face`` what the type looks like:
    title (小标宋), hei, kai, or "". ``block`` is ready Markdown in place of text; an ``item`` is that
    of a list with bullets. ``right`` stands at the right edge, ``indented`` begins with blanks.
    """

    line: int
    text: str
    size: float = 0.0
    centred: bool = False
    level: int = 0
    face: str = ""
    bold: bool = False
    page: bool = False
    block: str = ""
    item: bool = False
    right: bool = False
    indented: bool = False

    @property
    def plain(self) -> str:
        """Return the text without calls and bold."""
        return MARKUP.sub("", self.text)

    def called(self) -> tuple[int, ...]:
        """Return the numbers of the footnotes that the text calls."""
        return tuple(int(number) for number in CALL_OF.findall(self.text))


def call(number: int) -> str:
    """Return the call of a footnote."""
    return f"{CALL}{number}{CALLED}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an import did, proposes or asks.

    ``kind`` is done, proposed or asked; ``before`` and ``after`` are what stood and stands there.
    """

    kind: str
    code: str
    place: str
    line: int
    what: str
    before: str = ""
    after: str = ""
    fix: str = ""
    count: int = 0  # of a proposal, how many of its rule stand before it in its row

    @property
    def key(self) -> str:
        """What tells a proposal from every other of the same files."""
        said = "\0".join(map(str, (self.code, self.place, self.line, self.before, self.count)))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which proposals are done: every one, or those with these keys."""

    every: bool = False
    keys: frozenset[str] = frozenset()

    def has(self, entry: Entry) -> bool:
        """Tell whether a proposal is done."""
        return self.every or entry.key in self.keys


NONE, EVERY = Accepted(), Accepted(every=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    name: str
    rows: tuple[Row, ...]
    notes: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


def number_of(value: object, usual: int, least: int = 0, most: int = 9999) -> int:
    """Return a number of a file within bounds; ``usual`` for what is none."""
    text = str(value if value is not None else "").strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", text):
        return usual
    return min(max(int(text), least), most)
