"""Paragraphs that begin with a label: a year in a chronology, an office in the list of a board."""

import re
from dataclasses import replace

from booklet.manuscript.inline import cut
from booklet.model import Block, Paragraph, text_of

LABELS = {
    "year": re.compile(r"(?:约)?\d{4}(?:—\d{2,4})?年(?:代|初|底|春|夏|秋|冬)?"),
    "colon": re.compile(r"[\u3400-\u9fff \u3000]{1,12}[：:]"),
}
BETWEEN = {"year": re.compile(r"[ \u3000，,：:]+"), "colon": re.compile(r"[ \u3000]+")}
NAMES_APART = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")


def labelled(blocks: tuple[Block, ...], how: str) -> tuple[Block, ...]:
    """Return blocks whose paragraphs have their labels told apart; ``how`` is a key of LABELS, or ""."""
    if not how:
        return blocks
    return tuple(
        label_of(block, how) if isinstance(block, Paragraph) else block for block in blocks
    )


def label_of(block: Paragraph, how: str) -> Paragraph:
    """Return a paragraph with its label, if it begins with one.

    What divides it from the text goes: a blank, or a comma after a year.
    """
    match = LABELS[how].match(text_of(block.runs)) if not block.lead else None
    if not match:
        return block
    _, rest = cut(block.runs, match.end())
    if blank := BETWEEN[how].match(text_of(rest)):
        _, rest = cut(rest, blank.end())
    if how == "colon":  # names of a list, which blanks of any kind divide
        rest = tuple(replace(run, text=NAMES_APART.sub("\u3000", run.text)) for run in rest)
    return replace(block, label=match[0].replace(" ", "").replace("\u3000", ""), runs=rest)
