"""The page of limits is the table; each limit is told one above it, and not at it."""

import os

import pytest

from booklet import paths
from booklet.limits import LIMITS

PAGE = paths.ROOT / "docs" / "limits.md"


def page_of_limits() -> str:
    """Return docs/limits.md."""
    rows = [
        "# Limits",
        "",
        "Made from `booklet/limits.py`; `make golden` writes it. Below a limit time grows with the size; above it the",
        "editor is told before a page is made. `python -m bench.limits` measures seconds and memory at each.",
        "",
        "| limit | of what | most | what to do about more |",
        "|---|---|---|---|",
    ]
    rows += [
        f"| `{name}` | {one.what} | {one.most:,} {one.unit} | {one.fix} |"
        for name, one in LIMITS.items()
    ]
    return "\n".join(rows) + "\n"


def test_the_page_of_limits_is_the_table() -> None:
    page = page_of_limits()
    if os.environ.get("GOLDEN"):
        PAGE.write_text(page, "utf-8")
    assert page == PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_told_above_it_and_not_at_it(name: str) -> None:
    limit = LIMITS[name]
    assert limit.exceeded(limit.most) == ""
    assert str(limit.most) in limit.exceeded(limit.most + 1)
    assert limit.fix
