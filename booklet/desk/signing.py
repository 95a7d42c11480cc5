"""What must be looked at before a book is final, as rows to sign: 签字.txt, read and written as ``make sign`` does."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from booklet.errors import BookletError, Finding
from booklet.manuscript.files import SIGNATURES
from booklet.signoff import updated, write_points

NAME = re.compile(r"[\w\u3400-\u9fff·. ]{1,20}")


def points_told(folder: Path, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return the rows to sign of a book with these findings."""
    return [asdict(point) for point in rows(folder, findings)]


def sign(folder: Path, findings: Sequence[Finding], keys: Sequence[str], name: str) -> None:
    """Write a name into rows of 签字.txt; none takes a signature back."""
    name = " ".join(name.split())
    if name and not NAME.fullmatch(name):
        raise BookletError(Finding(SIGNATURES, 0, "名字里只能有字", "写看过的人的姓名"))
    wanted = set(keys)
    signed = [
        replace(row, signer=name) if row.key in wanted else row for row in rows(folder, findings)
    ]
    write_points(folder, signed)


def rows(folder: Path, findings: Sequence[Finding]) -> Any:
    """Return the rows of a book's 签字.txt as they should be now."""
    return updated(folder, [one for one in findings if one.severity == "warning"])
