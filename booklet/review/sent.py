"""What was sent to an author: the speech as paragraphs, and a memory of it beside the manuscript.

An author's file is compared with what was sent to him, not with what the speech is now: so what was edited
meanwhile is nobody's correction.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError
from booklet.model import (
    Block,
    BlockQuote,
    Heading,
    ItemList,
    Paragraph,
    Runs,
    Speech,
    text_of,
)

MEMORY = ".review.json"
MOST_MEMORY = 20_000_000  # bytes
MOST_KEPT = 6  # states of a speech that are remembered
MARK = "booklet-review"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a speech as its author reads it; ``line`` is where it begins in the manuscript.

    ``kind`` is title, speaker, designation, heading, text, quote or item; ``runs`` are its words in their
    dress, without lead that is counted among them.
    """

    kind: str
    line: int
    runs: Runs

    @property
    def text(self) -> str:
        """Its words, on one line."""
        return " ".join(text_of(self.runs).split("\n")).strip()


def passages(speech: Speech) -> list[Passage]:
    """Return a speech as passages, what stands above its text first; tables and pictures are not sent."""
    from booklet.model import Run

    head = [
        ("title", "　".join(speech.title)),
        ("speaker", speech.speaker),
        ("designation", speech.designation),
    ]
    found = [Passage(kind, speech.line, (Run(text),)) for kind, text in head if text]
    return found + list(inner(speech.blocks, "text"))


def inner(blocks: Sequence[Block], kind: str) -> list[Passage]:
    """Return the passages of some blocks."""
    found: list[Passage] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(Passage("heading", block.line, block.runs))
            case Paragraph():
                found.append(Passage(kind, block.line, (*block.lead, *block.runs)))
            case BlockQuote():
                found += inner(block.blocks, "quote")
            case ItemList():
                for item in block.items:
                    found += inner(item, "item")
    return [one for one in found if one.text]


def digest(texts: Sequence[str]) -> str:
    """Return what tells one state of a speech from another."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def keywords(name: str, state: str) -> str:
    """Return what the properties of a Word file say of it: of which manuscript it is, in which state."""
    return f"{MARK} {state} {name}"


def read_keywords(text: str) -> tuple[str, str] | None:
    """Return (manuscript, state) of a Word file that was sent, None for any other."""
    parts = text.split(" ", 2)
    return (parts[2], parts[1]) if len(parts) == 3 and parts[0] == MARK else None


Memory = dict[str, dict[str, list[str]]]
"""Texts that were sent, by manuscript and state."""


def remembered(folder: Path) -> Memory:
    """Return what was sent of a folder's speeches; what cannot be read is forgotten."""
    try:
        table = json.loads(disk.read(folder / MEMORY, folder, MOST_MEMORY))
        return {
            str(name): {
                str(state): [str(text) for text in texts] for state, texts in states.items()
            }
            for name, states in table.items()
        }
    except (BookletError, OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def remember(folder: Path, sent: Mapping[str, Sequence[str]]) -> None:
    """Write down what is sent now."""
    memory = remembered(folder)
    for name, texts in sent.items():
        states = {**memory.get(name, {}), digest(texts): list(texts)}
        memory[name] = dict(list(states.items())[-MOST_KEPT:])
    disk.write(folder / MEMORY, json.dumps(memory, ensure_ascii=False).encode(), folder)
