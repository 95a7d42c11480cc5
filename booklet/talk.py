"""What the program says: results to stdout, talk to stderr; the only module that prints."""

import contextlib
import errno
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from booklet.errors import Finding

# What a terminal would obey, or show in another order than it stands: escapes, controls, directions.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
MOST_SHOWN = 20  # findings; of more, the number is told


def clean(text: str) -> str:
    """Return a text that is safe to print: names and words come from outside."""
    return UNSEEN.sub(lambda char: f"<U+{ord(char[0]):04X}>", text)


def show(text: str) -> None:
    """Print a result; where nobody can receive it, that is an OSError."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed")
    print(clean(text), flush=True)  # noqa: T201


def say(text: str) -> None:
    """Talk on stderr; where that is closed or full there is nobody to talk to."""
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr is not None:
            print(clean(text), file=sys.stderr, flush=True)  # noqa: T201


def talks() -> bool:
    """Tell whether somebody reads along: stderr is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def report_findings(
    findings: Sequence[Finding], tell: Callable[[str], None], ending: str = ""
) -> None:
    """Tell findings in the order of files and lines, errors before reminders where there are many.

    ``tell`` is ``show`` or ``say``; then how many there were is said.
    """
    errors = sum(finding.severity == "error" for finding in findings)
    many = len(findings) > MOST_SHOWN
    listed = sorted(findings, key=lambda one: one.severity != "error") if many else findings
    for finding in listed[:MOST_SHOWN]:
        mark = "" if finding.severity == "error" else "（提醒）"
        path = finding.path.replace("\n", "<U+000A>")
        row = str(replace(finding, path=path))
        tell(f"{row}{mark}" if not finding.fix else row)
    if findings:
        rest = len(findings) - errors
        counts = [f"{errors} 处错误"] * bool(errors) + [f"{rest} 处提醒"] * bool(rest)
        more = f"，这里列出前 {MOST_SHOWN} 处" if many else ""
        say(f"共 {'、'.join(counts)}{more}{ending}。")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the step at work on a terminal; stay quiet in a pipe."""
    if not talks():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("准备") as status:
        yield lambda step: status.update(step + "……")
