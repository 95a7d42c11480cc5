"""Lines of this program beside Typst's, from the PDFs: ``python -m bench.compare texts…``.

A table for each text; its paragraphs are set in every edition, by both in one run.
"""

import sys
from collections import Counter
from pathlib import Path

from bench.colour import paragraphs_of
from bench.lines import lines_of
from bench.measure import measured
from bench.setters import edition_of, has_typst, ours, typst
from booklet.preflight.lines import PT_PER_PX

EDITIONS = ("reading", "press", "da32", "16kai", "large", "phone")
HEAD = (
    "| 版本 | | 行 | >0.03 | >0.055 | 最宽 | 拆词/百行 | 拆数 | 拆书名 | 汉英间距出格 | 行尾不齐 | 孤字 | 双页齐平 |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def row(edition: str, engine: str, got: Counter[str]) -> str:
    """Return the row of one engine in one edition."""
    whole, gaps = got["lines"] or 1, got["gaps"] or 1
    return (
        f"| {edition} | {engine} | {got['lines']} | {got['visible'] / whole:.1%} | {got['too loose'] / whole:.1%} "
        f"| {got['worst'] / 1000:.3f} | {100 * got['words'] / whole:.1f} | {got['numbers']} | {got['titles']} "
        f"| {got['gaps out'] / gaps:.1%} | {got['off']} | {got['runts']} | {got['level']}/{got['facing']} |"
    )


def main(names: list[str]) -> None:
    """Print a table for each text."""
    engines = {"本工具": (ours, PT_PER_PX)} | ({"Typst": (typst, 1.0)} if has_typst() else {})
    for name in names or ["README.zh.md"]:
        texts = paragraphs_of(Path(name))
        print(f"\n{Path(name).stem}（{sum(map(len, texts))} 字）\n\n{HEAD}")
        for edition in EDITIONS:
            for engine, (set_, unit_pt) in engines.items():
                lines = lines_of(set_(texts, edition), texts, edition_of(edition), unit_pt)
                print(row(edition, engine, measured(lines, texts, edition_of(edition))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
