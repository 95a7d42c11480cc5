"""Files dropped on the desk: kept in a room of their own, imported as the command line does, told in three lists.

The division into pieces is shown as a table, and comes back as one; it is written as the sketch that the
import follows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.intake.folder.sketch import KINDS as PIECES
from booklet.intake.folder.sketch import NAME as SKETCH
from booklet.intake.folder.sketch import Line, lines_told, read_sketch, sketch_page
from booklet.intake.folder.write import edited
from booklet.intake.run import READ, Imported, import_files, read_files
from booklet.intake.source import NONE, Accepted
from booklet.paths import ORIGINALS

MOST_FILES = 200
MOST_NAME = 80  # characters
MOST_ROW = 9_999_999
UNSAFE = re.compile(r"[^\w\u3400-\u9fff.（）()《》“”、，—-]+")
LISTS = ("done", "proposed", "asked")
NOTHING: dict[str, Any] = {
    "files": [], "lists": {}, "pieces": [], "sources": {}, "written": [], "kept": [],
}  # fmt: skip


@dataclass(slots=True)
class Importing:
    """The files that were dropped, what was accepted, and what came of them."""

    folder: Path
    room: TemporaryDirectory[str] = field(default_factory=disk.lasting_room)
    files: list[Path] = field(default_factory=list)
    accepted: Accepted = NONE
    result: Imported | None = None

    def close(self) -> None:
        """Let go of the files."""
        self.room.cleanup()

    def drop(self, files: Sequence[tuple[str, IO[bytes]]]) -> None:
        """Add files to those that are there; one of the same name takes the other's place.

        Their names are only names. Those that were imported before this desk was opened are there too.
        """
        if not files or len(files) > MOST_FILES:
            raise BookletError(
                Finding("", 0, "没有收到文件，或太多", f"一次放 1 到 {MOST_FILES} 个")
            )
        root = Path(self.room.name)
        before = {path.name: path for path in self.files or originals(self.folder)}
        added: dict[str, Path] = {}
        for count, (name, data) in enumerate(files):
            free = free_name(name, set(added))
            path = (
                root / f"{len(list(root.iterdir())) + count}" / free
            )  # an older one may be in use
            disk.make_folder(path.parent, root)
            disk.pour(path, data, root)
            added[free] = path
        self.files = list((before | added).values())
        self.draw_in([path for name, path in added.items() if name not in before])

    def draw_in(self, new: Sequence[Path]) -> None:
        """Add new files to a division that the editor has corrected, divided as an import would."""
        sketch = edited(self.folder, SKETCH)
        if sketch is None or not new:
            return
        lines = read_sketch(sketch, self.folder / SKETCH)
        self.write_sketch([*lines, *lines_told(read_files(new, NONE)[0].pieces)])

    def write_sketch(self, lines: Sequence[Line]) -> None:
        """Write a division of the files."""
        disk.write(self.folder / SKETCH, sketch_page(lines).encode("utf-8"), self.folder)

    def forget(self, name: str) -> None:
        """Take a file away from those that are imported, and from a division that the editor has corrected."""
        self.files = [path for path in self.files or originals(self.folder) if path.name != name]
        sketch = edited(self.folder, SKETCH)
        if sketch is not None:
            lines = read_sketch(sketch, self.folder / SKETCH)
            self.write_sketch([line for line in lines if line.file != name])

    def accept(self, given: Any) -> None:
        """Take some of the proposals, by their keys, or all that are shown (True)."""
        shown = self.result.entries if self.result else ()
        wanted = [one.key for one in shown if one.kind == "proposed"] if given is True else given
        keys = frozenset(map(str, wanted)) if isinstance(wanted, list) else frozenset()
        self.accepted = Accepted(keys=self.accepted.keys | keys)

    def divide(self, pieces: Any) -> None:
        """Write how the files are to be divided, as the table says."""
        rows = pieces if isinstance(pieces, list) else []
        lines = [line for row in rows if isinstance(row, Mapping) and (line := line_of(row))]
        if lines:
            self.write_sketch(lines)

    def run(self) -> Imported:
        """Import what was dropped."""
        if not self.files:
            raise BookletError(Finding("", 0, "还没有放文件", "先把来稿拖进来"))
        self.result = import_files(self.files, self.folder, self.accepted)
        return self.result

    def told(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        if self.result is None:
            return NOTHING
        done = self.result
        return {
            "files": [path.name for path in self.files],
            "lists": {
                kind: [asdict(one) | {"key": one.key} for one in done.entries if one.kind == kind]
                for kind in LISTS
            },
            "pieces": [asdict(line) | {"title": " ".join(line.title)} for line in done.lines],
            "sources": {
                name: [[row.line, row.plain or row.block] for row in source.rows]
                for name, source in done.sources.items()
            },
            "written": [path.name for path in done.written],
            "kept": [one.message for one in done.kept],
        }


def originals(folder: Path) -> list[Path]:
    """Return the files that a book was imported from, as they are kept beside it."""
    kept = folder / ORIGINALS
    if not kept.is_dir() or kept.is_symlink():
        return []
    inner = (path for path in kept.iterdir() if path.is_file() and not path.is_symlink())
    return sorted(path for path in inner if path.suffix.lower() in READ)


def line_of(row: Mapping[str, Any]) -> Line | None:
    """Return a row of the table as a line of the sketch, None for one that is none."""
    kind, first, last = row.get("kind"), row.get("first"), row.get("last")
    if kind not in PIECES.values() or not isinstance(first, int) or not isinstance(last, int):
        return None
    if not 0 < first <= last <= MOST_ROW:
        return None
    file, title, speaker, post, opening = (
        str(row.get(key, "")) for key in ("file", "title", "speaker", "post", "opening")
    )
    return Line(0, str(kind), file, first, last, tuple(title.split()), speaker, post, opening)


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
