"""Runs to HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from booklet.model import Run, Runs


def inline(runs: Runs, marks: Sequence[tuple[int, int, str]] = ()) -> Markup:
    """Return runs as HTML; each mark (start, end, anchor) becomes a span that is not broken."""
    out = []
    for part, anchor in cut_at_marks(runs, marks):
        html = inline_run(part)
        out.append(
            Markup('<span class="keep" id="{}">{}</span>').format(anchor, html) if anchor else html
        )
    return Markup("").join(out)


def cut_at_marks(runs: Runs, marks: Sequence[tuple[int, int, str]]) -> Iterator[tuple[Run, str]]:
    """Yield runs cut where marks begin and end, with the anchor of the mark they lie in.

    An anchor is given once: a mark that spans two runs keeps its name on the first.
    """
    used: set[str] = set()
    at = 0
    for run in runs:
        cuts = {0, len(run.text)}
        for start, end, _ in marks:
            cuts |= {edge - at for edge in (start, end) if 0 < edge - at < len(run.text)}
        edges = sorted(cuts)
        for left, right in zip(edges, edges[1:] or [len(run.text)], strict=False):
            found = next((name for start, end, name in marks
                          if start <= at + left and at + right <= end
                          and name not in used), "")  # fmt: skip
            used.add(found)
            yield replace(run, text=run.text[left:right]), found
        at += len(run.text)


def inline_run(run: Run) -> Markup:
    """Return one run as HTML."""
    if run.note:
        return Markup('<span class="footnote">{}</span>').format(inline(run.note))
    html = Markup("<br>").join(map(escape, run.text.split("\n")))
    if run.emphasis:
        html = Markup("<em>{}</em>").format(html)
    if run.strong:
        html = Markup("<strong>{}</strong>").format(html)
    if run.href.startswith(("http://", "https://", "mailto:")):
        html = Markup('<a href="{}">{}</a>').format(run.href, html)
    return html
