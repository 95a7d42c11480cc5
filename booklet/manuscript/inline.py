"""Runs of a paragraph as it is read: joined, cut, freed of typed indents and line ends."""

import re
from collections.abc import Sequence
from dataclasses import replace

from booklet.model import Run, Runs

SPACES = " \t\u3000\u00a0"
LINE_END = "\r"  # a line end in the manuscript: nothing between Han, else a blank
HAN_GAP = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")  # a line end that is no space


def merged(runs: list[Run]) -> Runs:
    """Join neighbours in the same dress and settle line ends: none between Han, else a blank."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        same = last and not last.note and not run.note
        if (
            last
            and same
            and (last.emphasis, last.strong, last.href) == (run.emphasis, run.strong, run.href)
        ):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    whole = "".join(run.text for run in joined)
    at, settled = 0, []
    for run in joined:
        text = []
        for offset, char in enumerate(run.text, at):
            if char == LINE_END:
                pair = whole[max(offset - 1, 0) : offset] + "\n" + whole[offset + 1 : offset + 2]
                char = "" if HAN_GAP.search(pair) else " "
            text.append(char)
        at += len(run.text)
        settled.append(replace(run, text="".join(text)))
    return tuple(run for run in settled if run.text or run.note)


def trimmed(runs: Runs) -> Runs:
    """Take the typed indent (　　) off the paragraph's first run."""
    if not runs:
        return ()
    first = runs[0]
    text = first.text.lstrip(SPACES)
    head = (replace(first, text=text),)
    return (head if text or first.note else ()) + runs[1:]


def cut(runs: Runs, at: int) -> tuple[Runs, Runs]:
    """Divide runs at a character offset."""
    before, after, offset = [], [], 0
    for run in runs:
        head, tail = run.text[: max(at - offset, 0)], run.text[max(at - offset, 0) :]
        offset += len(run.text)
        if head or (run.note and offset <= at):
            before.append(replace(run, text=head))
        if tail or (run.note and offset > at):
            after.append(replace(run, text=tail))
    return tuple(before), tuple(after)


def rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of each line as typed in the manuscript, its ``LINE_END`` taken off."""
    found: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split(LINE_END)
        found[-1].append(replace(run, text=first))
        found += [[replace(run, text=part, note=())] for part in rest]
    return found
