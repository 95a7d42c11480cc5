"""The files of a book as the desk shows and writes them: whole, by name from a list, never by a path.

A file that was changed on disk meanwhile is not written over: both texts are handed back. What was
written can be taken back, change by change, as long as the desk runs.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from booklet import disk
from booklet.desk.schema import form, given
from booklet.errors import BookletError, Finding
from booklet.limits import LIMITS
from booklet.manuscript.book import read_order
from booklet.manuscript.edit import divided, fields_of, with_fields
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

    def form(self, name: str) -> dict[str, Any]:
        """Return a file's form: its digest, and the fields with what is written in them."""
        there = self.read(name)
        values = fields_of(there.text, name != MANIFEST)
        return {"name": name, "digest": there.digest, "fields": form(name, values)}

    def write_form(self, name: str, values: Mapping[str, Any], digest: str) -> Text:
        """Write fields of a file, all else as it was typed."""
        there = self.read(name)
        front = name != MANIFEST
        now = {field["key"]: field["value"] for field in form(name, fields_of(there.text, front))}
        before = given(name, now)
        changes = {key: to for key, to in given(name, values).items() if to != before.get(key)}
        return self.write(name, with_fields(there.text, changes, front), digest)

    def pick(self, name: str, kind: str, words: str, label: str, digest: str) -> Text:
        """Add a sentence of a speech to its quotes, or a figure to its statistics: only what is said there."""
        there = self.read(name)
        body = divided(there.text, True)[2]
        words = words.strip()
        if not words or words not in body:
            fix = "在正文里从头到尾选中它，不要跨段"
            raise BookletError(Finding(name, 0, f"正文里没有“{words[:20]}”", fix))
        key = {"quote": "quotes", "figure": "stats"}.get(kind, "")
        rows = fields_of(there.text, True).get(key, [])
        if not key or not isinstance(rows, list):
            fix = "在文字里加：数字框有标题或小图时，加在 items 里"
            raise BookletError(Finding(name, 0, "表单不能改这一项", fix))
        row = {"text": words} if kind == "quote" else {"figure": words, "label": label.strip()}
        return self.write(name, with_fields(there.text, {key: [*rows, row]}, True), digest)

    def put_in_order(self, names: Sequence[str]) -> Text:
        """Write the order of the speeches: all of them, each once."""
        speeches = [name for name in self.names() if name.lower().endswith(".md")]
        if sorted(names) != sorted(speeches):
            raise BookletError(
                Finding(MANIFEST, 0, "次序里的文件和书里的不一样", "刷新页面再排一次")
            )
        there = self.read(MANIFEST)
        stems = [Path(name).stem for name in names]
        return self.write(MANIFEST, with_fields(there.text, {"order": stems}, False), there.digest)

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
