"""Type kept standing: what formes printed, kept on disk by a digest of all that it came from.

Safe to delete, bounded in size; an entry that is damaged is as good as none.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError
from booklet.press.sealed import Pull

MOST_BYTES = 300_000_000  # that are kept; those that were used last
SUFFIX = ".forme"


class Standing:
    """The kept formes of one state of program, styles and faces; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, program: str = "") -> None:
        self.folder = folder
        self.program = program

    def key(self, inputs: Iterable[bytes], resources: Mapping[str, bytes]) -> str:
        """Return the digest of a forme: of its inputs in order, and of files by name."""
        digest = hashlib.sha256(self.program.encode())
        named = (part for name in sorted(resources) for part in (name.encode(), resources[name]))
        for part in (*inputs, *named):
            digest.update(b"%d\n" % len(part))
            digest.update(part)
        return digest.hexdigest()

    def find(self, key: str) -> Pull | None:
        """Return what a forme printed, None where it is not kept."""
        if self.folder is None:
            return None
        path = self.folder / (key + SUFFIX)
        try:
            head, _, pdf = disk.read(path, self.folder).partition(b"\n")
            said = json.loads(head)
            if said["digest"] != hashlib.sha256(pdf).hexdigest():
                return None
            os.utime(path)
            return Pull(pdf, tuple((kind, side) for kind, side in said["kinds"]), said["page_of"])
        except (BookletError, OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, pull: Pull) -> None:
        """Keep what a forme printed."""
        if self.folder is None:
            return
        said = {
            "digest": hashlib.sha256(pull.pdf).hexdigest(),
            "kinds": pull.kinds,
            "page_of": dict(pull.page_of),
        }
        data = json.dumps(said, ensure_ascii=False).encode() + b"\n" + pull.pdf
        with contextlib.suppress(BookletError):  # what cannot be kept is set again
            disk.write(self.folder / (key + SUFFIX), data, self.folder.parent, lasting=False)

    def sweep(self, most: int = MOST_BYTES) -> None:
        """Take away what was not used for longest, until no more than ``most`` bytes are kept."""
        if self.folder is None or not self.folder.is_dir():
            return
        kept = 0
        rows = [(path.stat(), path) for path in self.folder.glob("*" + SUFFIX)]
        for stat, path in sorted(rows, key=lambda row: row[0].st_mtime_ns, reverse=True):
            kept += stat.st_size
            if kept > most:
                disk.remove(path, self.folder)
