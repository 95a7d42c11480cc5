"""The rule book: examples hold, what is mended stays mended, a code means one thing."""

import ast
import os
import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import paths
from booklet.codes import CODES
from booklet.intake.source import EVERY, NONE, Row
from booklet.intake.words.marks import repair
from booklet.intake.words.queries import RULES as DOUBTS
from booklet.text.rules import RULES, Rule

PAGE = paths.ROOT / "docs" / "rules.md"
CODE = re.compile(r"[\u4e00-\u9fff]{2,3}-\d\d")
INTAKE = {"done": "改好，列出", "proposed": "建议", "asked": "提问", "": "—"}
SEVERITY = {"error": "不改不排印", "warning": "提醒", "": "—"}


@pytest.mark.parametrize("rule", [*RULES, *DOUBTS], ids=lambda rule: rule.code)
def test_each_rule_passes_its_good_example_and_finds_its_bad_one(rule: Rule) -> None:
    assert list(rule.find(rule.good)) == []
    faults = list(rule.find(rule.bad))
    assert faults
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(rule.bad)
        assert fault.message


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.intake in ("done", "proposed")],
                         ids=lambda rule: rule.code)  # fmt: skip
def test_each_mend_turns_the_bad_example_into_the_better_one(rule: Rule) -> None:
    assert rule.mend(rule.bad) == rule.better
    assert list(rule.find(rule.better)) == []
    assert rule.mend(rule.good) == rule.good


TEXTS = st.text(
    "雷锋精神别入己经的的卡尔马克思0123456789,.;:!?()\"'abc “”‘’（）《》，。、…—-~ \u3000\u200b％\n",
    max_size=60,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@given(text=TEXTS)
def test_what_a_rule_has_mended_it_leaves_alone(rule: Rule, text: str) -> None:
    mended = rule.mend(text)
    assert rule.mend(mended) == mended


@given(text=TEXTS, accept=st.booleans())
@settings(max_examples=400)
def test_what_the_import_has_mended_it_leaves_alone(text: str, accept: bool) -> None:
    (once,) = repair([Row(1, text)], "x", EVERY if accept else NONE)[0]
    (twice,), entries = repair([once], "x", EVERY if accept else NONE)
    assert twice == once
    assert [entry for entry in entries if entry.kind == "done"] == []


def test_every_code_means_one_thing() -> None:
    tables = Counter([rule.code for rule in (*RULES, *DOUBTS)]) + Counter(list(CODES))
    assert [code for code, times in tables.items() if times > 1] == []
    told = defaultdict(set)
    for path in sorted((paths.ROOT / "booklet").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value) and path.stem != "codes":
                told[value].add(path.stem)
    assert told.keys() == tables.keys()
    assert {code: modules for code, modules in told.items() if len(modules) > 1} == {}


def test_the_page_of_rules_is_the_table() -> None:
    page = page_of_rules()
    if os.environ.get("GOLDEN"):
        PAGE.write_text(page, "utf-8")
    assert page == PAGE.read_text("utf-8")


def page_of_rules() -> str:
    """Return docs/rules.md."""
    rows = [
        "# Rules and codes",
        "",
        "Made by `make golden` from `booklet/text/rules.py`, `booklet/intake/words/queries.py` and",
        "`booklet/codes.py`; a test compares it. A rule of prose is one function: `make check` reports",
        "what it finds, `make import` mends it, proposes to, or asks.",
        "",
        "## Rules of prose",
        "",
        "| code | what | check | import | good | bad | mended |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [row_of(rule) for rule in RULES]
    rows += [
        "",
        "## What an import asks about a whole speech",
        "",
        "| code | what | good | bad |",
        "|---|---|---|---|",
    ]
    rows += [
        f"| {rule.code} | {rule.what} | {shown(rule.good)} | {shown(rule.bad)} |" for rule in DOUBTS
    ]
    rows += ["", "## Other codes", "", "| code | what |", "|---|---|"]
    rows += [f"| {code} | {what} |" for code, what in CODES.items()]
    return "\n".join(rows) + "\n"


def row_of(rule: Rule) -> str:
    """Return the row of a rule of prose."""
    cells = (rule.code, rule.what, SEVERITY[rule.severity], INTAKE[rule.intake],
             shown(rule.good), shown(rule.bad), shown(rule.better))  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def shown(example: str) -> str:
    """Return an example as Markdown code, what cannot be seen spelt out."""
    text = example.replace("\u200b", "␣U+200B␣").replace("\n", "⏎").replace("|", "\\|")
    return f"`{text}`" if text else "—"
