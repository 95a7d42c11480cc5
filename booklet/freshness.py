"""Is there anything to do? A fingerprint of all that a build reads, kept beside what it wrote.

Standard library only and quick: this is what runs when nothing has changed.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from booklet.paths import FONTS, PACKAGE, STYLES

MEMORY = ".inputs.json"
LARGE = 2_000_000  # bytes; larger files (faces) are known by size and date, not by content


def is_fresh(folder: Path, out: Path, edition: str = "") -> bool:
    """Tell whether the files in ``out`` were made from exactly this, and are all still there."""
    try:
        memory = json.loads((out / MEMORY).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    written = memory.get("outputs", {})
    there = all(
        (out / name).is_file() and stamp(out / name) == seen for name, seen in written.items()
    )
    return bool(written) and there and memory.get("inputs") == fingerprint(folder, edition)


def remember(folder: Path, out: Path, inputs: str, outputs: list[Path]) -> None:
    """Write down what ``outputs`` were made from; ``inputs`` was taken before the build began."""
    known = {path.name: stamp(path) for path in outputs}
    (out / MEMORY).write_text(json.dumps({"inputs": inputs, "outputs": known}), "utf-8")


def fingerprint(folder: Path, edition: str = "") -> str:
    """Return a digest of the manuscript, styles, templates, program and fonts.

    ``edition`` is the only one that was asked for, "" for all that the book wants.
    """
    digest = hashlib.sha256(f"{folder.resolve()}\n{edition}".encode())
    for path in inputs(folder):
        digest.update(f"\n{path}\n".encode())
        if path.stat().st_size > LARGE:
            digest.update(stamp(path).encode())
        else:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def inputs(folder: Path) -> Iterator[Path]:
    """Yield every file that a build may read, in a fixed order."""
    for base in (folder, STYLES, PACKAGE):
        for path in sorted(base.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.name[0] != ".":
                yield path
    yield FONTS
    yield from sorted(p for p in FONTS.parent.iterdir() if p.suffix.lower() in (".ttf", ".otf"))
    modules = FONTS.parent / "node_modules"
    yield from (p for p in sorted(modules.glob("*/*/*/*")) if p.suffix in (".ttf", ".woff"))


def stamp(path: Path) -> str:
    """Return size and date of a file."""
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
