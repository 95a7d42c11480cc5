"""Which state of the text a file is printed from: its number, and whether it is a 校样 or the 定稿.

The number is a digest of all that a reader reads, so it changes with every character and stays when
a file is moved, a comment is written or a rule is silenced.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from booklet import disk
from booklet.model import Book

DIGITS = 12  # of the number; enough that no two states of one book share it
# Fields that no reader sees: where something was read, and what only the proofreader asks for.
UNSEEN = frozenset(
    {
        "line",
        "remarks",
        "allow",
        "people",
        "terms",
        "formulations",
        "editions",
        "present",
        "binding",
    }
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a finished file says of itself; without a ``state`` it says nothing (trial sheets)."""

    state: str = ""
    final: bool = False

    @property
    def named(self) -> str:
        """Return state and number, as it is told."""
        return f"{'定稿' if self.final else '校样'} {self.state}" if self.state else ""

    @property
    def foot(self) -> str:
        """Return what stands at the foot of each page of a 校样, "" for others."""
        return "" if self.final else self.named

    @property
    def entry(self) -> str:
        """Return the entry in the colophon."""
        return f"{self.state}（{'定稿' if self.final else '校样'}）" if self.state else ""


NO_IMPRINT = Imprint()  # of what is no book: trial sheets, tests of a page


def state_of(book: Book) -> str:
    """Return the number of a book's text: lower-case hexadecimal, DIGITS long."""
    digest = hashlib.sha256()
    for part in parts(book):
        digest.update(part)
        digest.update(b"\0")
    return digest.hexdigest()[:DIGITS]


def parts(value: object) -> Iterator[bytes]:
    """Yield all that a reader sees of a part of the model, in the order of its fields.

    A path stands for the content of a picture; the paths of manuscripts, which are text, stand for
    nothing.
    """
    if is_dataclass(value):
        yield type(value).__name__.encode()
        for field in fields(value):
            if field.name not in UNSEEN and not (field.name == "path" and field.type is str):
                yield from parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield str(len(value)).encode()
        for one in value:
            yield from parts(one)
    elif isinstance(value, Path):
        yield hashlib.sha256(disk.read(value)).digest() if value.is_file() else b""
    else:
        yield str(value).encode("utf-8", "surrogatepass")
