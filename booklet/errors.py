"""What the proofreader says to the editor: findings, and the error that carries them.

Three kinds of trouble. A *finding* is data and interrupts nothing. A *mistake of the editor* is
a ``BookletError``, which carries findings. Any other exception is our bug and keeps its traceback.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MOST_SAID = 400  # characters of a fault of ours that is told


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to put right, in the order where, what, what to do.

    ``line`` counts from 1; 0 means the file as a whole. An ``error`` stops a build, a
    ``warning`` does not.
    """

    path: str
    line: int
    message: str
    fix: str = ""
    severity: Literal["error", "warning"] = "error"
    code: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        code = f"[{self.code}] " if self.code else ""
        return f"{where}{code}{self.message}" + (f"\n  改法：{self.fix}" if self.fix else "")


def our_fault(name: str, message: str, line: int = 0) -> Finding:
    """Return an error that nobody who writes can mend: of a finished file, or of a page."""
    return Finding(name, line, message, "这是程序的错误，请把原稿和这条信息发给维护者")


class BookletError(Exception):
    """Mistakes that the editor can mend: printed one by one, no traceback, exit status 1."""

    def __init__(self, findings: Finding | Sequence[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


def findings_of(error: Exception) -> tuple[Finding, ...]:
    """Return what an exception says: the editor's mistakes, or that it is our fault."""
    if isinstance(error, BookletError):
        return error.findings
    return (our_fault("", repr(error)[:MOST_SAID]),)


def errors_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop a build."""
    return tuple(finding for finding in findings if finding.severity == "error")
