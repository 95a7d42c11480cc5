"""Runs cut where lines and marks ask, and one piece of a run as HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from booklet.model import Run, Runs


def cut_at_marks(
    runs: Sequence[Run], marks: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[Run, str]]:
    """Yield runs cut where marks begin and end, with the anchor of the mark they lie in.

    An anchor is given once: a mark that spans two runs keeps its name on the first.
    """
    used: set[str] = set()
    places = sorted({edge for start, end, _ in marks for edge in (start, end)})
    named = [mark for mark in marks if mark[2]]
    at = 0
    for run in runs:
        inside = places[bisect_right(places, at) : bisect_left(places, at + len(run.text))]
        edges = [0, *(edge - at for edge in inside), *([len(run.text)] if run.text else [])]
        for left, right in zip(edges, edges[1:] or [len(run.text)], strict=False):
            found = next((name for start, end, name in named
                          if start <= at + left and at + right <= end
                          and name not in used), "")  # fmt: skip
            used.add(found)
            yield replace(run, text=run.text[left:right]), found
        at += len(run.text)


def inline_run(run: Run) -> Markup:
    """Return a piece of one line as HTML; emphasis is drawn by whoever knows its widths."""
    html = escape(run.text)
    if run.href.startswith(("http://", "https://", "mailto:")):
        html = Markup('<a href="{}">{}</a>').format(run.href, html)
    if run.strong:  # around the link: a box inside a link becomes a link that no tag knows
        html = Markup("<strong>{}</strong>").format(html)
    return html


def broken_at(runs: Runs, lengths: Sequence[int]) -> Runs:
    """Return runs with a line break after each of these lengths of text; blanks there fall away."""
    out: list[Run] = []
    rest, left = list(lengths), (lengths[0] if lengths else 0)
    for run in runs:
        text = ""
        for char in run.text:
            if not left and len(rest) > 1:
                rest.pop(0)
                left = rest[0]
                text += "\n"
                if char in " \u3000":
                    continue
            text += char
            left -= 1
        out.append(replace(run, text=text))
    return tuple(out)
