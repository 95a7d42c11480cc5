"""A book's files made, and remembered: what ``make`` and the desk do alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet import freshness
from booklet.build import Output, build
from booklet.errors import Finding
from booklet.shop import NOTHING
from booklet.standing import Standing
from booklet.workers import Tell, cores


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: files, warnings, the names of older files that were taken away."""

    outputs: Sequence[Output]
    findings: Sequence[Finding]
    stale: Sequence[str]


def make(
    folder: Path,
    out: Path,
    tell: Tell,
    edition: str = "",
    final: bool = False,
    standing: Standing = NOTHING,
) -> Made:
    """Build a folder's editions, or one of them, and write down what they were made from.

    Raises BookletError as ``build`` does.
    """
    before = freshness.fingerprint(folder, edition)
    outputs, findings = build(
        folder, out, tell, edition, final=final, at_once=cores(), standing=standing
    )
    return Made(outputs, findings, remember(folder, before, outputs, edition))


def remember(folder: Path, before: str, outputs: Sequence[Output], edition: str = "") -> list[str]:
    """Write down what files were made from; ``before`` is the fingerprint taken when that began.

    Return the names of older files that were taken away.
    """
    where, state = outputs[0].path.parent, outputs[0].imprint.state
    made = [output.path for output in outputs]
    return freshness.remember(folder, where, (before, state), made, edition)
