"""A paragraph as finished lines of HTML: the composer's lines, the runs' dress cut at their ends."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from booklet.compose import compose
from booklet.measure import face_of
from booklet.model import Paragraph, Run
from booklet.render.inline import cut_at_marks, inline_run
from booklet.render.setting import Setting
from booklet.render.stock import Stock


def finished(
    block: Paragraph,
    marks: Sequence[tuple[int, int, str]],
    body: str,
    setting: Setting,
    stock: Stock,
    measure_em: float,
    indent: float,
) -> Markup | None:
    """Return the lines of a paragraph, or None for one that the renderer must break itself.

    That is one with a footnote call or a typed line break. ``body`` is the role of plain text;
    ``marks`` count from the end of the run-in heading. ``measure_em`` and ``indent`` are in em of
    the text's own type size.
    """
    runs = (*block.lead, *block.runs)
    if any(run.note or "\n" in run.text for run in runs):
        return None
    text = "".join(run.text for run in runs)
    lead = sum(len(run.text) for run in block.lead)
    roles = [
        lead_role(block.lead_level) if at < len(block.lead) else role_of(run, body)
        for at, run in enumerate(runs)
        for _ in run.text
    ]
    lines = compose(text, roles, measure_em, setting.ruler, indent)
    cuts = [(start + lead, end + lead, name) for start, end, name in marks]
    cuts += [(line.start, line.end, "") for line in lines]
    faces = [face_of(char, role, setting.fonts) for char, role in zip(text, roles, strict=True)]
    cuts += [(n, n, "") for n in range(1, len(text)) if faces[n] != faces[n - 1]]
    out = []
    at, rest = 0, list(lines)
    for run, anchor in cut_at_marks(runs, cuts):
        if at == rest[0].end:
            rest.pop(0)
            out.append(Markup("<br>"))
        end = at + len(run.text)
        run = replace(run, text=stock.slip(rest[0], at, end, setting.ruler) + run.text)
        own = faces[at] if faces[at] != roles[at] else ""
        if at < lead:
            html = Markup('<strong class="lead level{}">{}</strong>').format(
                block.lead_level, inline_run(replace(run, strong=False))
            )
        else:
            html = inline_run(run)
        if own:  # never left to the renderer: a face that it finds itself shifts the baseline
            html = Markup('<span class="{}">{}</span>').format(setting.fonts[own].family, html)
        if anchor:
            html = Markup('<span id="{}">{}</span>').format(anchor, html)
        elif at > rest[0].start:  # a box of its own: a slip must stand at the head of its text
            html = Markup("<span>{}</span>").format(html)
        out.append(html)
        at = end
    return Markup("").join(out)


def role_of(run: Run, body: str) -> str:
    """Return the role that sets a run, as book.css dresses strong and em."""
    return "hei-700" if run.strong else "kai-400" if run.emphasis else body


def lead_role(level: int) -> str:
    """Return the role that sets a run-in heading, as book.css dresses it."""
    return "kai-400" if level == 2 else "hei-700"
