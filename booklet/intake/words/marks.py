"""Repairs of typed text by the rule book: what is certain is done, what is likely is proposed."""

from collections.abc import Sequence
from dataclasses import replace

from booklet.intake.source import Accepted, Entry, Row
from booklet.text.rules import RULES, Fault, Rule

AROUND = 6  # characters shown on either side of a repair
MOST_ROUNDS = 9  # one repair may bring another about


def repair(rows: Sequence[Row], name: str, accepted: Accepted) -> tuple[list[Row], list[Entry]]:
    """Return the rows mended, and what was done and is proposed; proposals that are ``accepted`` are done."""
    mended, entries = [], []
    for row in rows:
        text, found = repaired(row, name, accepted)
        entries += found
        mended.append(replace(row, text=text))
    return mended, entries


def repaired(row: Row, name: str, accepted: Accepted) -> tuple[str, list[Entry]]:
    """Return the text of one row mended until no rule finds more in it, with its entries.

    What is certain comes first, so that a proposal is the same one whichever others are accepted.
    """
    text, entries = certain(row.text, row, name)
    offered = proposals(text, row, name)
    entries += [entry for entry, _ in offered if not accepted.has(entry)]
    for _ in range(MOST_ROUNDS):
        chosen = [(entry, fault) for entry, fault in offered if accepted.has(entry)]
        if not chosen:
            break
        entries += [replace(entry, kind="done") for entry, _ in chosen]
        text, more = certain(done(text, [fault for _, fault in chosen]), row, name)
        entries += more
        offered = (
            proposals(text, row, name) if accepted.every else []
        )  # one may bring another about
    return text, entries


def certain(text: str, row: Row, name: str) -> tuple[str, list[Entry]]:
    """Return a text with all that is certain mended, and the entries of it."""
    entries = []
    for _ in range(MOST_ROUNDS):
        before = text
        for rule in RULES:
            if rule.intake == "done":
                entries += [entry for entry, _ in listed(rule, "done", text, row, name)]
                text = rule.mend(text)
        if text == before:
            break
    return text, entries


def proposals(text: str, row: Row, name: str) -> list[tuple[Entry, Fault]]:
    """Return what is likely to be mended in a text."""
    likely = (rule for rule in RULES if rule.intake == "proposed")
    return [one for rule in likely for one in listed(rule, "proposed", text, row, name)]


def done(text: str, faults: Sequence[Fault]) -> str:
    """Return a text with some faults mended; where two stand in the same place, the one that ends last."""
    left = len(text)
    for fault in sorted(faults, key=lambda one: (one.end, one.start), reverse=True):
        if fault.end <= left:
            text = text[: fault.start] + (fault.new or "") + text[fault.end :]
            left = fault.start
    return text


def listed(rule: Rule, kind: str, text: str, row: Row, name: str) -> list[tuple[Entry, Fault]]:
    """Return an entry for each fault of one rule that it can mend, with the fault."""
    faults = [fault for fault in rule.find(text) if fault.new is not None]
    return [
        (
            Entry(
                kind, rule.code, name, row.line, fault.message, *around(text, fault), count=count
            ),
            fault,
        )
        for count, fault in enumerate(faults)
    ]


def around(text: str, fault: Fault) -> tuple[str, str]:
    """Return a place with its neighbours, as it was and as it becomes."""
    left = text[max(fault.start - AROUND, 0) : fault.start]
    right = text[fault.end : fault.end + AROUND]
    return left + text[fault.start : fault.end] + right, f"{left}{fault.new or ''}{right}"
