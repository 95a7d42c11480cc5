"""Is there anything to do? A fingerprint of all that a build reads, kept beside what it wrote.

Standard library only and quick: this is what runs when nothing has changed.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError
from booklet.paths import BUILD, FONTS, ORIGINALS, PACKAGE, STYLES, root_of

MEMORY, LAST = ".inputs.json", ".last.json"
MOST_FILES = 20_000  # of a manuscript's folder
MOST_MEMORY = 5_000_000  # bytes of a state file
# What state files of any content may raise when they are read.
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(slots=True)
class Memory:
    """What stands beside finished files: of which folder, from what, and what each file was then.

    ``runs`` gives for each run ("" for all editions) its inputs and the names it made; ``files``
    gives for each file its stamp and the state of the manuscript that it was made from.
    """

    folder: str = ""
    runs: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)


def recall(out: Path) -> Memory:
    """Return what is remembered in a folder of finished files; what cannot be read is forgotten."""
    try:
        table = json.loads(disk.read(out / MEMORY, out, MOST_MEMORY))
        runs = {str(k): (str(v[0]), [str(n) for n in v[1]]) for k, v in table["runs"].items()}
        files = {Path(k).name: (str(v[0]), str(v[1])) for k, v in table["files"].items()}
        return Memory(str(table["folder"]), runs, files)
    except (BookletError, *UNREADABLE):
        return Memory()


def is_fresh(folder: Path, out: Path, edition: str = "") -> bool:
    """Tell whether the files in ``out`` were made from exactly this, and are all still there."""
    memory = recall(out)
    inputs, names = memory.runs.get(edition, ("", []))
    there = all(name in memory.files and is_ours(out / name, memory) for name in names)
    return bool(names) and there and inputs == fingerprint(folder, edition)


def is_ours(path: Path, memory: Memory) -> bool:
    """Tell whether a file is still the one that was made."""
    return path.is_file() and stamp(path) == memory.files[path.name][0]


def remember(
    folder: Path, out: Path, before: tuple[str, str], outputs: Sequence[Path], edition: str = ""
) -> list[str]:
    """Write down what ``outputs`` were made from.

    ``before`` is the fingerprint, taken before the build began, for who edits while it runs has newer
    files than those that were printed; and the state of the text that was printed.

    Files of an earlier state of the manuscript are taken away, so that all that lie together are of
    one state; returns their names. A file that somebody has changed stays.
    """
    memory, (inputs, state) = recall(out), before
    if memory.folder != str(folder.resolve()):
        memory = Memory(str(folder.resolve()))
    made = {path.name for path in outputs}
    stale = [
        name
        for name, (_, then) in memory.files.items()
        if name not in made and then != state and is_ours(out / name, memory)
    ]
    for name in stale:
        disk.remove(out / name, root_of(out))
    memory.files = {n: f for n, f in memory.files.items() if n not in stale and n not in made}
    memory.files |= {path.name: (stamp(path), state) for path in outputs}
    memory.runs[edition] = (inputs, sorted(made))
    disk.write(out / MEMORY, json.dumps(asdict(memory)).encode(), root_of(out))
    last = {"folder": str(folder.resolve()), "out": str(out)}
    disk.write(BUILD / LAST, json.dumps(last).encode(), BUILD)
    return stale


def last_built() -> tuple[Path, Path] | None:
    """Return (folder, where its files are) of the book that was built last, None where none was."""
    try:
        table = json.loads(disk.read(BUILD / LAST, BUILD, MOST_MEMORY))
        folder, out = Path(table["folder"]), Path(table["out"])
    except (BookletError, *UNREADABLE):
        return None
    safe = out.is_relative_to(BUILD) and ".." not in out.parts
    return (folder, out) if folder.is_dir() and safe else None


def fingerprint(folder: Path, edition: str = "") -> str:
    """Return a digest of the manuscript, styles, templates, program and fonts.

    ``edition`` is the only one that was asked for, "" for all that the book wants.
    """
    digest = hashlib.sha256(os.fsencode(folder.resolve()) + f"\n{edition}\n{program()}".encode())
    with disk.in_words(folder):
        for path in seen_in(folder):
            take_in(digest, path, folder)
    return digest.hexdigest()


def program() -> str:
    """Return a digest of all that a build reads beside the manuscript."""
    digest = hashlib.sha256()
    for base in (STYLES, PACKAGE):
        for path in seen_in(base):
            take_in(digest, path, base)
    take_in(digest, FONTS, FONTS.parent)
    for path in faces():  # 75 MB that only an installation changes
        digest.update(os.fsencode(path) + stamp(path).encode())
    return digest.hexdigest()


def take_in(digest: "hashlib._Hash", path: Path, root: Path) -> None:
    """Let a digest depend on a file, unless that leads out of ``root``: then it is not read."""
    digest.update(b"\n" + os.fsencode(path) + b"\n")
    if not disk.leads_outside(path, root):
        digest.update(hashlib.sha256(disk.read(path)).digest())


def seen_in(base: Path) -> Iterator[Path]:
    """Yield the files of a folder that a build may read, in order."""
    for path in sorted(within(base)):
        seen = "__pycache__" not in path.parts and path.name[0] != "."
        if seen and path.is_file() and ORIGINALS not in path.relative_to(base).parts[:1]:
            yield path


def within(base: Path) -> Iterator[Path]:
    """Yield all that lies in a folder; one that can be no manuscript is told before it is read through."""
    for count, path in enumerate(base.rglob("*")):
        if count > MOST_FILES:
            fix = "给本书单独建一个文件夹，只放文稿和图片"
            raise disk.refusal(base, f"文件夹里有 {MOST_FILES} 个以上的文件", fix)
        yield path


def faces() -> Iterator[Path]:
    """Yield the files of all faces, in a fixed order."""
    yield from sorted(p for p in FONTS.parent.iterdir() if p.suffix.lower() in (".ttf", ".otf"))
    modules = FONTS.parent / "node_modules"
    yield from (p for p in sorted(modules.glob("*/*/*/*")) if p.suffix in (".ttf", ".woff"))


def stamp(path: Path) -> str:
    """Return size and date of a file."""
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
