"""Repairs of typed text by the rule book: what is certain is done, what is likely is proposed."""

from collections.abc import Sequence
from dataclasses import replace

from booklet.intake.source import Entry, Row
from booklet.text.rules import RULES, Fault, Rule

AROUND = 6  # characters shown on either side of a repair
MOST_ROUNDS = 9  # one repair may bring another about


def repair(rows: Sequence[Row], name: str, accept: bool) -> tuple[list[Row], list[Entry]]:
    """Return the rows mended, and what was done and is proposed; with ``accept`` proposals are done."""
    mended, entries = [], []
    for row in rows:
        text, found = repaired(row, name, accept)
        entries += found
        mended.append(replace(row, text=text))
    return mended, entries


def repaired(row: Row, name: str, accept: bool) -> tuple[str, list[Entry]]:
    """Return the text of one row mended until no rule finds more in it, with its entries."""
    text, entries = row.text, []
    doing = [
        rule for rule in RULES if rule.intake == "done" or (accept and rule.intake == "proposed")
    ]
    for _ in range(MOST_ROUNDS):
        before = text
        for rule in doing:
            entries += listed(rule, "done", text, row, name)
            text = rule.mend(text)
        if text == before:
            break
    for rule in RULES:
        if rule.intake == "proposed" and not accept:
            entries += listed(rule, "proposed", text, row, name)
    return text, entries


def listed(rule: Rule, kind: str, text: str, row: Row, name: str) -> list[Entry]:
    """Return an entry for each fault of one rule that it can mend."""
    return [
        Entry(kind, rule.code, name, row.line, fault.message, *around(text, fault))
        for fault in rule.find(text)
        if fault.new is not None
    ]


def around(text: str, fault: Fault) -> tuple[str, str]:
    """Return a place with its neighbours, as it was and as it becomes."""
    left = text[max(fault.start - AROUND, 0) : fault.start]
    right = text[fault.end : fault.end + AROUND]
    return left + text[fault.start : fault.end] + right, f"{left}{fault.new or ''}{right}"
