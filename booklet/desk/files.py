"""The files of a book as the desk shows and writes them: whole, by name from a list, never by a path.

A file that was changed on disk meanwhile is not written over: both texts are handed back. What was
written can be taken back, change by change, as long as the desk runs.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.limits import LIMITS
from booklet.manuscript.book import read_order
from booklet.paths import MANIFEST

BESIDE = ("名单.txt", "提法.toml", "签字.txt", "白名单.txt")  # that an office may add
MOST_UNDO = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, and the digest that tells whether it is still the same."""

    name: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was written: the file, its text before ("" for none) and after."""

    name: str
    before: str
    after: str


class ChangedMeanwhileError(Exception):
    """The file on disk is no longer the one that was being edited; ``there`` is what it is now."""

    def __init__(self, there: Text) -> None:
        super().__init__(there.name)
        self.there = there


@dataclass(slots=True)
class Files:
    """The editable files of a book's folder, and what was changed in them."""

    folder: Path
    changes: list[Change] = field(default_factory=list)

    def names(self) -> list[str]:
        """Return the names of a book's files in their order: booklet.yaml, the speeches, what else there is."""
        speeches = [path.name for path in read_order(self.folder)]
        beside = [name for name in BESIDE if (self.folder / name).is_file()]
        return [MANIFEST, *speeches, *beside]

    def read(self, name: str) -> Text:
        """Return a file of the list; any other name is refused."""
        if name not in self.names():
            raise BookletError(Finding(name[:80], 0, "书里没有这个文件", "从左边的列表里选"))
        limit = LIMITS["text"]
        raw = disk.read(self.folder / name, self.folder, limit.most, limit.fix)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            fix = "用记事本打开，另存为 UTF-8"
            raise BookletError(Finding(name, 0, "这个文件不是 UTF-8", fix)) from None
        return Text(name, text, digest_of(raw))

    def write(self, name: str, text: str, digest: str) -> Text:
        """Write a file whole, if on disk it is still the one with this digest; return it as it is then."""
        there = self.read(name)
        if there.digest != digest:
            raise ChangedMeanwhileError(there)
        text = text.replace("\r\n", "\n")
        if text == there.text:
            return there
        disk.write(self.folder / name, text.encode("utf-8"), self.folder)
        self.changes = [*self.changes, Change(name, there.text, text)][-MOST_UNDO:]
        return self.read(name)

    def undo(self) -> Text | None:
        """Take the last change back, unless the file is another one since; return it, None for nothing to undo."""
        if not self.changes:
            return None
        last = self.changes[-1]
        there = self.read(last.name)
        if there.text != last.after:
            raise ChangedMeanwhileError(there)
        disk.write(self.folder / last.name, last.before.encode("utf-8"), self.folder)
        self.changes = self.changes[:-1]
        return self.read(last.name)


def digest_of(data: bytes) -> str:
    """Return what tells one text of a file from another."""
    return hashlib.sha256(data).hexdigest()[:16]
