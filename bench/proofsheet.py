"""The page of proof: every rule with what the finished PDF says of it, here and by Typst.

``python -m bench.proofsheet`` sets the sample's speeches, this repository's Chinese README and every hard
construct at many offsets, and writes ``docs/typesetting.md``.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from bench.colour import paragraphs_of
from bench.constructs import FREE, PROSE, WHOLE
from bench.lines import lines_of
from bench.rules import RULES, Rule, Sheet
from bench.setters import edition_of, has_typst, ours, typst
from booklet import paths
from booklet.preflight.lines import PT_PER_PX

OFFSETS = range(0, 30, 2)
EDITION = "reading"
SHOWN = re.compile(r"\[|某|（请")  # what a paragraph shows of the manuscript's notation
SHEET = Path("docs/typesetting.md")
HEAD = """# 排版的证明

这张表由 `make proof-sheet` 写出，不用手改。同样的文字用本工具和 Typst 各排一遍（字体、字号、行长相同：
思源宋体 {size} 磅，一行 {measure} 字，{name}），再从排好的 PDF 里量每个字的位置；规则只看位置，不看是谁排的。
文字有两种：示例的发言和本工具的中文说明（{prose} 段），{constructs} 种难排的写法，各放在一行的 {offsets} 个位置上。

“查了”是这条规则碰到的次数，“不合”是其中没有做到的次数。全部做到的写“✓”，没有碰到的写“–”。拆词、字距、双页三条只问成篇的文字。{missing}
来历：CLREQ 是 W3C《中文排版需求》（# 后是它的章节），GB/T 15834—2011 是《标点符号用法》，“自定”是本工具自己的要求。

| 条 | 来历 | 要求 | 查了 | 本工具不合 | 举例 | {other} |
|---|---|---|---|---|---|---|
"""


def words() -> tuple[list[str], list[str]]:
    """Return the running prose, and the constructs at their offsets."""
    files = [*sorted((paths.ROOT / "speeches").glob("0*.md")), paths.ROOT / "README.zh.md"]
    prose = [
        text
        for path in files
        for text in paragraphs_of(path)
        if text[-1] in "。！？：”" and not SHOWN.search(text)
    ]
    hard = [f"{PROSE[:at]}{one}{PROSE}。" for one in (*WHOLE, *FREE) for at in OFFSETS]
    return prose, hard


def asked(rule: Rule, sheets: Sequence[Sheet]) -> tuple[int, list[str]]:
    """Return how often a rule was asked, and what broke it."""
    verdicts = [
        verdict for sheet in sheets[: 1 if rule.prose else None] for verdict in rule.check(sheet)
    ]
    return len(verdicts), [words for kept, words in verdicts if not kept]


def result(count: int, broken: Sequence[str]) -> str:
    """Return how often a rule was broken, ✓ for never, – where it was not asked."""
    return str(len(broken)) if broken else "✓" if count else "–"


def main() -> None:
    """Write the page of proof, and print how many rules each engine keeps."""
    prose, hard = words()
    edition = edition_of(EDITION)
    engines = [(ours, PT_PER_PX)] + ([(typst, 1.0)] if has_typst() else [])
    sheets = [
        [
            Sheet(lines_of(set_(texts, EDITION), texts, edition, unit_pt), texts, edition)
            for texts in (prose, hard)
        ]
        for set_, unit_pt in engines
    ]
    other = "Typst 查了、不合" if has_typst() else "Typst"
    missing = "" if has_typst() else "Typst 没有装，那一栏空着（`make setup-dev` 会装上）。"
    rows, met = [], [0] * len(engines)
    for rule in RULES:
        found = [asked(rule, made) for made in sheets]
        for at, (count, broken) in enumerate(found):
            met[at] += bool(count) and not broken
        (count, broken), *rest = found
        mark = result(count, broken)
        example = broken[0].replace("|", "\\|") if broken else ""
        theirs = "".join(f"{n}，{result(n, b)}" for n, b in rest)
        rows.append(
            f"| {rule.row} | {rule.source} | {rule.asks} | {count} | {mark} | {example} | {theirs} |"
        )
    head = HEAD.format(
        size=edition.type_pt, measure=edition.measure_em, name=edition.title, prose=len(prose),
        constructs=len(WHOLE) + len(FREE), offsets=len(OFFSETS), missing=missing, other=other,
    )  # fmt: skip
    whole = [f"{one} 条里全部做到 {n} 条" for one, n in zip(("本工具", "Typst"), met, strict=False)]
    foot = f"\n{len(RULES)} 条规则：{'，'.join(whole)}。\n".replace(" 条里", "")
    SHEET.write_text(head + "\n".join(rows) + "\n" + foot, "utf-8")
    print(foot.strip())


if __name__ == "__main__":
    main()
