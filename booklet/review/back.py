"""An author's corrections as differences to accept: what he changed of what was sent to him.

A difference is done only where the passage still is as it was sent; else the editor is told, and nothing is
written over. Tracked changes count as accepted, as everywhere in an import.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from booklet.intake.folder.escape import escape_inline, escape_markdown
from booklet.manuscript.headings import is_heading
from booklet.review.sent import Passage

LIKE = 0.3  # of two passages that are one, changed
REACH = 120  # characters of markup that may stand between two of a passage
HEADS = ("title", "speaker", "designation")  # stand in the front matter, which is changed by hand
NEAR = 8  # characters shown on either side of a change
LEAD = re.compile(r"^(?:\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+)+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that an author changed, added ("" before) or took away ("" after).

    ``at`` is its index among the passages that were sent; of an added one, of the passage above it.
    """

    at: int
    before: str
    after: str

    @property
    def told(self) -> str:
        """What was done, in a word."""
        return "改" if self.before and self.after else "增加" if self.after else "删去"


def marked(before: str, after: str) -> str:
    """Return the changed words of a passage with a few around them: …联合吉林两〔地→市〕的志愿组织…."""
    parts = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag != "equal":
            left, right = before[max(i1 - NEAR, 0) : i1], before[i2 : i2 + NEAR]
            parts.append(f"{left}〔{before[i1:i2]}→{after[j1:j2]}〕{right}")
    return "　…　".join(parts)


def differences(sent: Sequence[str], back: Sequence[str]) -> list[Difference]:
    """Return what an author changed, in the order of the text; only blanks and marks of lists are nothing."""
    old, new = [plain(text) for text in sent], [plain(text) for text in back]
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            continue
        found += paired(sent[i1:i2], back[j1:j2], i1)
    return found


def plain(text: str) -> str:
    """Return a passage as it is compared."""
    return re.sub(r"[\s\u3000]+", "", text)


def paired(old: Sequence[str], new: Sequence[str], first: int) -> list[Difference]:
    """Return passages that stand in place of others as differences, the like ones as one changed."""
    found: list[Difference] = []
    rest = list(new)
    for n, text in enumerate(old):
        ratios = [difflib.SequenceMatcher(None, text, other, False).ratio() for other in rest]
        best = max(range(len(rest)), key=lambda at: (ratios[at], -at), default=-1)
        if best < 0 or ratios[best] < LIKE:
            found.append(Difference(first + n, text, ""))
            continue
        found += [Difference(first + n - 1, "", other) for other in rest[:best]]
        if plain(text) != plain(rest[best]):
            found.append(Difference(first + n, text, rest[best]))
        rest = rest[best + 1 :]
    found += [Difference(first + len(old) - 1, "", other) for other in rest]
    return found


# ---- Doing it --------------------------------------------------------------------------------


def applied(
    source: str, passages: Sequence[Passage], sent: Sequence[str], one: Difference
) -> str | None:
    """Return a manuscript with one difference done; None where it cannot be done safely.

    ``passages`` are those of the manuscript as it is now.
    """
    place = only(one.before, passages) if one.before else None
    above = only(sent[one.at], passages) if not one.before and one.at >= 0 else None
    below = only(sent[one.at + 1], passages) if not above and one.at + 1 < len(sent) else None
    anchor = place or above or below
    if anchor is None:
        return None
    rows = source.split("\n")
    start = anchor.line - 1
    end = start + 1
    while end < len(rows) and rows[end].strip():
        end += 1
    block = "\n".join(rows[start:end])
    if place is None:
        at, added = (
            (end, ["", markdown(one.after)]) if above else (start, [markdown(one.after), ""])
        )
        new = [*rows[:at], *added, *rows[at:]]
    elif not one.after:
        if place.kind in ("quote", "item"):
            return None
        new = [*rows[:start], *rows[end + (end < len(rows)) :]]
    else:
        edited = edit(block, place.text, one.after)
        if edited is None:
            return None
        new = [*rows[:start], edited, *rows[end:]]
    return "\n".join(new)


def only(text: str, passages: Sequence[Passage]) -> Passage | None:
    """Return the one passage of the text that says this, None for none or several."""
    found = [one for one in passages if plain(one.text) == plain(text)]
    return found[0] if len(found) == 1 and found[0].kind not in HEADS else None


def markdown(text: str) -> str:
    """Return a new passage as Markdown."""
    return text if is_heading(text) else escape_markdown(text)


def edit(block: str, old: str, new: str) -> str | None:
    """Return the Markdown of a passage with its words changed, its dress and notes kept; None if it fails."""
    lead = LEAD.match(block)
    at = lead.end() if lead else 0
    begins, ends = [], []  # of each character, a backslash before it counted among it
    for char in old:
        found = block.find(char if char != " " or " " in block[at : at + REACH] else "\n", at)
        if found < 0 or found - at > REACH:
            return None
        found += (
            char == "\\" == block[found + 1 : found + 2]
        )  # the second is the one that is printed
        begins.append(found - (found > at and block[found - 1] == "\\"))
        at = found + 1
        ends.append(at)
    begins.append(ends[-1] if ends else len(block))
    out, done = [block[: begins[0]]], begins[0]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        start = begins[i1]
        end = ends[i2 - 1] if i2 > i1 else start
        out.append(block[done:start])
        out.append(block[start:end] if tag == "equal" else escape_inline(new[j1:j2]))
        done = end
    out.append(block[done:])
    return "".join(out)
