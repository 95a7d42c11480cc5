"""What the desk says to the pages that listen: states and findings as plain values, one after the other."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from booklet.desk.work import State, Work, name_in
from booklet.errors import Finding

A5_MM = (148.0, 210.0)


def told(state: State, folder: Path) -> dict[str, Any]:
    """Return a state as the pages get it."""
    proof = state.proof
    return {
        "version": state.version,
        "stage": state.stage,
        "words": state.words,
        "edition": proof.edition if proof else "",
        "bound": proof.bound if proof else True,
        "trim": proof.trim_mm if proof else A5_MM,
        "leaves": [asdict(leaf) for leaf in proof.leaves] if proof else [],
        "findings": [
            finding_told(one, folder) | {"spot": asdict(spot) if spot else None}
            for one, spot in zip(state.findings, state.spots, strict=True)
        ],
        "silenced": state.silenced,
        "texts": [asdict(one) for one in state.texts],
    }


def finding_told(one: Finding, folder: Path) -> dict[str, Any]:
    """Return a finding as the pages get it: the file by its name in the book's folder."""
    return {
        "file": name_in(folder, one.path) or one.path, "line": one.line, "message": one.message, "fix": one.fix,
        "severity": one.severity, "code": one.code,
    }  # fmt: skip


async def states(work: Work, folder: Path) -> AsyncGenerator[dict[str, Any], None]:
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
