"""The desk's work: whatever changes in the book's folder is read, made up, shown, then proven; one thing at a time.

All of it runs in one thread of its own. What it has to say goes to every page that listens, as events.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from watchfiles import watch

from booklet import disk, paths
from booklet.desk import memory
from booklet.desk.places import Letters, Spot, line_at, spot_of
from booklet.desk.proofs import Proof, Proofs
from booklet.errors import BookletError, Finding, errors_of, findings_of
from booklet.faces.fonts import Fonts, read_fonts
from booklet.model import Book
from booklet.proof.examine import look_over, read
from booklet.standing import Standing

SETTLED_S = 0.02  # without a change, after which files are taken to be written
UNSEEN = "\0"  # what no folder looks like
LOOK_S = 0.15  # left to those who look, to fetch changed pages before the proof takes the processor
POLL_S = 1.0  # between two looks at the folder, where the system tells nothing
DEBOUNCE_MS, STEP_MS = 20, 5  # within which changes are told together
BUSY, SHOWN, READY, WRONG = "busy", "shown", "ready", "wrong"


Placed = tuple[Finding, Spot | None]
"""what is wrong, and where on the pages it stands"""


@dataclass(frozen=True, slots=True)
class TextOf:
    """One of the book's texts as the list of them shows it: its file, what it is called, whose it is."""

    file: str
    title: str
    speaker: str
    kind: str


@dataclass(frozen=True, slots=True)
class State:
    """What the desk shows: how far the work is, the pages there are, what is wrong.

    ``stage`` is BUSY while it works, SHOWN when pages are there but not proven, READY, or WRONG where a
    mistake keeps pages from being made: those of before stay. ``spots`` are where on the pages the
    findings stand, None for one that stands on none.
    """

    version: int = 0
    stage: str = BUSY
    words: str = ""
    proof: Proof | None = None
    findings: tuple[Finding, ...] = ()
    spots: tuple[Spot | None, ...] = ()
    silenced: int = 0
    texts: tuple[TextOf, ...] = ()


class Work:
    """Looks after one book's folder until it is stopped."""

    def __init__(self, folder: Path, standing: Standing, edition: str = "reading") -> None:
        self.folder, self.edition = folder, edition
        self.proofs = Proofs(standing)
        self.state = State()
        self.listeners: set[Callable[[State], None]] = set()
        self.wake = threading.Event()
        self.stopping = threading.Event()
        self.seen = UNSEEN
        self.thread = threading.Thread(target=self.run, name="desk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self.thread.start()
        threading.Thread(target=self.watch, name="watch", daemon=True).start()

    def stop(self) -> None:
        """End the work, after what is being done."""
        self.stopping.set()
        self.wake.set()
        self.thread.join(timeout=30)

    def look(self, edition: str = "") -> None:
        """Say that something may have changed, or that another edition is looked at."""
        if edition:
            self.edition, self.seen = edition, UNSEEN
        self.wake.set()

    def watch(self) -> None:
        """Look whenever the system tells of a change in the folder."""
        for _ in watch(
            self.folder,
            stop_event=self.stopping,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            recursive=True,
        ):
            self.look()

    def run(self) -> None:
        """Work whenever the folder has changed; tidy up when nobody has written for a while."""
        untidy = False
        while not self.stopping.is_set():
            now = look_of(self.folder)
            if now != self.seen:
                time.sleep(SETTLED_S)
                if look_of(self.folder) == now:
                    self.seen = now
                    self.do()
                    untidy = True
                continue
            if not self.wake.wait(POLL_S) and untidy:
                memory.give_back()
                untidy = False
            self.wake.clear()

    def do(self) -> None:
        """Read, make up and show the edition that is looked at; then proofread and prove it; say each step.

        What is wrong in the text does not keep its page from being seen: there it is easiest to find.
        """
        self.say(stage=BUSY, words="读稿、排版")
        try:
            book, fonts = read(self.folder), read_fonts(paths.FONTS)
            proof = self.shown(book, fonts)
            examined = look_over(book, fonts)
            known = self.placed(examined.findings)
            if proof is None or errors_of(examined.findings):
                self.tell(known, WRONG, silenced=examined.silenced)
                return
            self.tell(known, SHOWN, words="核对", silenced=examined.silenced)
            found = self.proofs.prove(examined, proof)
            self.tell((*known, *self.placed(found)), WRONG if errors_of(found) else READY)
            self.proofs.make_ready(self.edition)
        except Exception as error:  # the desk stays, and says what it was
            self.tell(self.placed(findings_of(error)), WRONG)

    def shown(self, book: Book, fonts: Fonts) -> Proof | None:
        """Make the pages and show them; None where a mistake in the text, which is told later, keeps them back."""
        try:
            proof = self.proofs.make(book, fonts, self.edition)
        except Exception:
            if errors_of(look_over(book, fonts).findings):
                return None
            raise
        self.say(stage=SHOWN, words="校对", proof=proof, texts=texts_of(book))
        if self.listeners:
            self.stopping.wait(LOOK_S)
        return proof

    def tell(self, placed: Sequence[Placed], stage: str, words: str = "", **more: Any) -> None:
        """Say what is wrong, and where it stands on the pages that are shown."""
        findings, spots = tuple(one for one, _ in placed), tuple(spot for _, spot in placed)
        self.say(stage=stage, words=words, findings=findings, spots=spots, **more)

    def placed(self, findings: Sequence[Finding]) -> list[Placed]:
        """Return findings with where on the pages they stand; each file is read once for all of them."""
        lines = cache(partial(lines_of_file, folder=self.folder))
        return [(finding, self.spot(finding, lines)) for finding in findings]

    def spot(self, finding: Finding, lines_of: Callable[[Path], list[str]]) -> Spot | None:
        """Return where on the pages a finding stands."""
        proof, name = self.state.proof, name_in(self.folder, finding.path)
        if proof is None or not name:
            return None
        texts = {n for n, text in enumerate(self.state.texts) if text.file == name}
        leaves = [n for n, leaf in enumerate(proof.leaves) if leaf.text in texts]
        of_book = not leaves  # what booklet.yaml says may stand on any page, or on none
        lines = lines_of(self.folder / name)
        line = lines[finding.line - 1] if 0 < finding.line <= len(lines) else ""
        every = range(len(proof.leaves))
        found = spot_of(
            finding, line, every if of_book else leaves, lambda n: self.letters(proof, n)
        )
        return None if found and of_book and not found.boxes else found

    def letters(self, proof: Proof, leaf: int) -> Letters:
        """Return the letters of a leaf, none of one that is no more."""
        return self.proofs.letters(proof.edition, proof.leaves[leaf].key) or Letters("", ())

    def line(self, leaf: int, x: float, y: float) -> tuple[str, int] | None:
        """Return the file and the line that stand at a point of a leaf, None for a point without a text."""
        proof, texts = self.state.proof, self.state.texts
        text = proof.leaves[leaf].text if proof and 0 <= leaf < len(proof.leaves) else None
        if proof is None or text is None or text >= len(texts):
            return None
        name = texts[text].file
        lines = lines_of_file(self.folder / name, self.folder)
        return name, line_at(self.letters(proof, leaf), x, y, lines)

    def say(self, **what: Any) -> None:
        """Show another state to all who listen."""
        now = {name: getattr(self.state, name) for name in State.__slots__} | what
        self.state = State(**(now | {"version": self.state.version + 1}))
        for listener in list(self.listeners):
            listener(self.state)


def texts_of(book: Book) -> tuple[TextOf, ...]:
    """Return the texts of a book in their order."""
    return tuple(
        TextOf(Path(one.path).name, "　".join(one.title), one.speaker, one.kind)
        for one in book.speeches
    )


def look_of(folder: Path) -> str:
    """Return what tells that a file of the folder was written, came or went."""
    rows = []
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file() and not path.name.startswith("."):
                stat = path.stat()
                rows.append(f"{path} {stat.st_mtime_ns} {stat.st_size}")
        except OSError:
            continue  # it went while we looked
    return "\n".join(rows)


def lines_of_file(path: Path, folder: Path) -> list[str]:
    """Return the lines of a file of the book, none of one that cannot be read."""
    try:
        return disk.read(path, folder).decode("utf-8", "replace").split("\n")
    except BookletError:
        return []


def name_in(folder: Path, path: str) -> str:
    """Return the name of a file in the book's folder, "" for one that is elsewhere."""
    return Path(path).name if Path(path).parent == folder else ""
