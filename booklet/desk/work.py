"""The desk's work: whatever changes in the book's folder is read, made up, shown, then proven; one thing at a time.

All of it runs in one thread of its own. What it has to say goes to every page that listens, as events.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from watchfiles import watch

from booklet import paths
from booklet.desk.proofs import Proof, Proofs
from booklet.errors import BookletError, Finding, errors_of, our_fault
from booklet.faces.fonts import Fonts, read_fonts
from booklet.model import Book
from booklet.proof.examine import look_over, read
from booklet.standing import Standing

SETTLED_S = 0.03  # without a change, after which files are taken to be written
UNSEEN = "\0"  # what no folder looks like
POLL_S = 1.0  # between two looks at the folder, where the system tells nothing
DEBOUNCE_MS, STEP_MS = 30, 15  # within which changes are told together
BUSY, SHOWN, READY, WRONG = "busy", "shown", "ready", "wrong"


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
    mistake keeps pages from being made: those of before stay.
    """

    version: int = 0
    stage: str = BUSY
    words: str = ""
    proof: Proof | None = None
    findings: tuple[Finding, ...] = ()
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
        """Work whenever the folder has changed."""
        while not self.stopping.is_set():
            now = look_of(self.folder)
            if now != self.seen:
                time.sleep(SETTLED_S)
                if look_of(self.folder) == now:
                    self.seen = now
                    self.do()
                continue
            self.wake.wait(POLL_S)
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
            known = {"findings": examined.findings, "silenced": examined.silenced}
            if proof is None or errors_of(examined.findings):
                self.say(stage=WRONG, words="", **known)
                return
            self.say(stage=SHOWN, words="核对", **known)
            found = self.proofs.prove(examined, proof)
            every = (*examined.findings, *found)
            self.say(stage=WRONG if errors_of(found) else READY, words="", findings=every)
        except BookletError as error:
            self.say(stage=WRONG, words="", findings=error.findings)
        except Exception as error:  # the one place: the desk stays, and says that it is our fault
            self.say(stage=WRONG, words="", findings=(our_fault("", repr(error)[:400]),))

    def shown(self, book: Book, fonts: Fonts) -> Proof | None:
        """Make the pages and show them; None where a mistake in the text, which is told later, keeps them back."""
        try:
            proof = self.proofs.make(book, fonts, self.edition)
        except Exception:
            if errors_of(look_over(book, fonts).findings):
                return None
            raise
        self.say(stage=SHOWN, words="校对", proof=proof, texts=texts_of(book))
        return proof

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


def told(state: State, folder: Path) -> dict[str, Any]:
    """Return a state as the pages get it."""
    proof = state.proof
    return {
        "version": state.version,
        "stage": state.stage,
        "words": state.words,
        "edition": proof.edition if proof else "",
        "bound": proof.bound if proof else True,
        "shape": proof.shape if proof else 148 / 210,
        "leaves": [asdict(leaf) for leaf in proof.leaves] if proof else [],
        "findings": [finding_told(one, folder) for one in state.findings],
        "silenced": state.silenced,
        "texts": [asdict(one) for one in state.texts],
    }


def finding_told(one: Finding, folder: Path) -> dict[str, Any]:
    """Return a finding as the pages get it: the file by its name in the book's folder."""
    path = Path(one.path)
    name = path.name if path.parent == folder else one.path
    return {
        "file": name, "line": one.line, "message": one.message, "fix": one.fix,
        "severity": one.severity, "code": one.code,
    }  # fmt: skip


async def states(work: Work, folder: Path) -> Any:
    """Yield the state as it is, and every one that follows."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[State]()

    def heard(state: State) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, state)

    work.listeners.add(heard)
    try:
        yield told(work.state, folder)
        while True:
            state = await queue.get()
            while not queue.empty():  # who is slow gets the last one
                state = queue.get_nowait()
            yield told(state, folder)
    finally:
        work.listeners.discard(heard)
