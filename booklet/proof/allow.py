"""What the editor lets stand: findings that ``allow`` in booklet.yaml silences, each with a reason.

Only warnings, and words that look unfinished, can be silenced: never a figure or a quotation that the
speech does not say. What is silenced is counted; what silences nothing is told.
"""

from collections.abc import Sequence

from booklet.codes import CODES
from booklet.errors import Finding
from booklet.model import Allowance, Book
from booklet.text.rules import RULES, UNFINISHED

KNOWN = frozenset(CODES) | {rule.code for rule in RULES}


def allowed(book: Book, findings: Sequence[Finding]) -> tuple[list[Finding], int]:
    """Return the findings that are left, with those about ``allow`` itself; and how many were silenced."""
    left = [f for f in findings if not any(covers(one, f) for one in book.allow)]
    told = [
        problem
        for one in book.allow
        if (problem := problem_of(one, book.path, findings)) is not None
    ]
    return sorted([*left, *told]), len(findings) - len(left)


def covers(one: Allowance, finding: Finding) -> bool:
    """Tell whether an allowance is about this finding, and may silence it."""
    about = one.rule == finding.code and bool(one.text) and one.text in finding.message
    return about and (finding.severity == "warning" or finding.code == UNFINISHED)


def problem_of(one: Allowance, path: str, findings: Sequence[Finding]) -> Finding | None:
    """Return what is wrong with an allowance: nobody knows its rule, or it silences nothing."""
    if one.rule not in KNOWN:
        message = f"allow 里的“{one.rule}”不是规则的编号"
        fix = "照 make check 列出的方括号里的编号写"
        return Finding(path, one.line, message, fix, "error", "例外-01")
    if not any(covers(one, finding) for finding in findings):
        message = f"allow 里的“{one.rule}：{one.text}”没有用到"
        fix = "删去这一条；数字和引文与正文不符的，不能放过"
        return Finding(path, one.line, message, fix, "warning", "例外-02")
    return None
