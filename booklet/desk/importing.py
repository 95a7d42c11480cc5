"""Files dropped on the desk: kept in a room of their own, imported as the command line does, told in three lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.intake.run import Imported, import_files

MOST_FILES = 200
MOST_NAME = 80  # characters
UNSAFE = re.compile(r"[^\w\u3400-\u9fff.（）()《》“”、，—-]+")
KINDS = {"done": "已改", "proposed": "建议", "asked": "请定"}


@dataclass(slots=True)
class Importing:
    """The files that were dropped, and what came of them."""

    folder: Path
    room: TemporaryDirectory[str] = field(default_factory=disk.lasting_room)
    files: list[Path] = field(default_factory=list)
    result: Imported | None = None

    def drop(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Put files into the room in place of those that are there; their names are only names."""
        if not files or len(files) > MOST_FILES:
            raise BookletError(
                Finding("", 0, "没有收到文件，或太多", f"一次放 1 到 {MOST_FILES} 个")
            )
        self.room.cleanup()
        self.room = disk.lasting_room()
        root = Path(self.room.name)
        self.files = []
        for name, data in files:
            path = root / free_name(name, {one.name for one in self.files})
            disk.write(path, data, root, lasting=False)
            self.files.append(path)

    def run(self, accept: bool) -> Imported:
        """Import what was dropped; with ``accept`` what is likely is done as well."""
        if not self.files:
            raise BookletError(Finding("", 0, "还没有放文件", "先把来稿拖进来"))
        self.result = import_files(self.files, self.folder, accept)
        return self.result

    def told(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        if self.result is None:
            return {
                "files": [path.name for path in self.files],
                "entries": {},
                "written": [],
                "kept": [],
            }
        entries: Mapping[str, list[dict[str, Any]]] = {
            kind: [asdict(one) for one in self.result.entries if one.kind == kind] for kind in KINDS
        }
        return {
            "files": [path.name for path in self.files],
            "entries": entries,
            "written": [path.name for path in self.result.written],
            "kept": [one.message for one in self.result.kept],
        }


def free_name(given: str, taken: set[str]) -> str:
    """Return a name that a file can have: the last part of what was given, without what a name may not have."""
    last = re.split(r"[\\/]", given)[-1]
    clean = UNSAFE.sub("_", last).strip("._ ")
    stem, dot, suffix = clean.rpartition(".")
    stem, suffix = (stem, suffix[:8]) if dot else (clean, "")
    stem = stem[:MOST_NAME] or "来稿"
    name, count = f"{stem}{dot}{suffix}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{dot}{suffix}"
    return name
