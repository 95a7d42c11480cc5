"""What the program says: results to stdout, talk to stderr; the only module that prints."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from booklet.errors import Finding


def show(text: str) -> None:
    """Print a result."""
    print(text, flush=True)  # noqa: T201


def say(text: str) -> None:
    """Talk on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def report_findings(findings: Sequence[Finding], stream: TextIO, ending: str = "") -> None:
    """Print findings in the order of files and lines, and how many there were."""
    for finding in findings:
        mark = "" if finding.severity == "error" else "（提醒）"
        print(f"{finding}{mark}" if not finding.fix else str(finding), file=stream)
    errors = sum(finding.severity == "error" for finding in findings)
    if findings:
        rest = len(findings) - errors
        counts = [f"{errors} 处错误"] * bool(errors) + [f"{rest} 处提醒"] * bool(rest)
        say(f"共 {'、'.join(counts)}{ending}。")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the step at work on a terminal; stay quiet in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("准备") as status:
        yield lambda step: status.update(step + "……")
