"""Finished lines of HTML: the composer's lines, the runs' dress cut at their ends."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from booklet.compose.glyphs import CALL
from booklet.compose.hyphens import HYPHEN
from booklet.compose.paragraph import Line
from booklet.faces.ruler import face_of
from booklet.model import Run
from booklet.render.inline import cut_at_marks, inline_run
from booklet.render.setting import Setting
from booklet.render.stock import Stock
from booklet.render.text import Text
from booklet.text.clreq import is_han

APART = Markup("<span>{}</span>")  # a slip stands at the head of its text, so not amid another
LINES_IN_BOX = 60  # the renderer copies what is left of a text for each of its lines


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a text in one dress and one face, and the anchor that others refer to them by."""

    run: Run
    start: int
    face: str
    role: str
    lead: bool
    anchor: str

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.run.text)


def html_of(text: Text, setting: Setting, stock: Stock, change: int = 0) -> Markup:
    """Return the lines of a text, run ``change`` lines longer where it can be."""
    lines, string = text.lines(change), text.string
    out: list[Markup] = []
    on = 0  # the line at hand
    for stretch in stretches(text, setting):
        anchor = stretch.anchor
        apart = stretch.run.emphasis or bool(stretch.run.note)
        for number, parts in on_lines(lines, stretch, apart):
            if number > on:
                out.append(Markup("\n"))
            on = number + len(parts) - 1
            if stretch.run.note:
                note = text.notes[stretch.start]
                out.append(footnote(note, stretch.run.number, setting, stock))
                continue
            html = dressed(stretch, parts, string, setting, stock)
            html = span_of("id", anchor).format(html) if anchor else html
            html = wrapping(stretch, text.lead_level, setting).format(html)
            touching = out and not out[-1].endswith((">", "\n")) and not html.startswith("<")
            full = len(parts) >= LINES_IN_BOX and not html.startswith("<")
            out.append(APART.format(html) if touching or full else html)
            anchor = ""
    return Markup("").join(out)


def stretches(text: Text, setting: Setting) -> Iterator[Stretch]:
    """Yield a text cut wherever its dress, its face or a mark on it begins or ends."""
    string = text.string
    faces = [face_of(c, role, setting.fonts) for c, role in zip(string, text.roles, strict=True)]
    own = [at for at, char in enumerate(string) if char != CALL and at >= text.lead]
    cuts = [(own[start], own[end - 1] + 1, name) for start, end, name in text.marks]
    cuts += [(n, n, "") for n in range(1, len(string)) if faces[n] != faces[n - 1]]
    cuts.append((text.lead, text.lead, ""))
    at = 0
    for run, anchor in cut_at_marks(text.runs, cuts):
        if run.text:
            yield Stretch(run, at, faces[at], text.roles[at], at < text.lead, anchor)
        at += len(run.text)


def on_lines(
    lines: Sequence[Line], stretch: Stretch, apart: bool
) -> Iterator[tuple[int, list[tuple[Line, int, int]]]]:
    """Yield what of a stretch stands on which line: (number of the first, its parts).

    All in one, a few dozen lines each, or each line ``apart``.
    """
    parts = []
    for number in range(bisect_right(lines, stretch.start, key=lambda one: one.end), len(lines)):
        line = lines[number]
        if line.start >= stretch.end:
            break
        part = (line, max(stretch.start, line.start), min(stretch.end, line.end))
        parts.append((number, part))
    if apart:
        yield from ((number, [part]) for number, part in parts)
    else:
        for at in range(0, len(parts), LINES_IN_BOX):
            group = parts[at : at + LINES_IN_BOX]
            yield group[0][0], [part for _, part in group]


def dressed(
    stretch: Stretch,
    parts: Sequence[tuple[Line, int, int]],
    string: str,
    setting: Setting,
    stock: Stock,
) -> Markup:
    """Return the parts of a run that stand on one line after another, each with its slip."""
    rows = [
        stock.slip(line, start, end, setting.ruler)
        + string[start:end]
        + HYPHEN * (line.hyphen and end == line.end)
        for line, start, end in parts
    ]
    html = inline_run(replace(stretch.run, text="\n".join(rows)))
    line, start, end = parts[0]
    glyphs = line.glyphs[start - line.start : end - line.start]
    if stretch.run.emphasis and any(is_han(glyph.char) for glyph in glyphs):
        width, name = stock.dots(glyphs, setting.theme)
        style = f"background-image:url(booklet:///{name});background-size:{width:.3f}em 0.16em"
        html = Markup('<em style="{}">{}</em>').format(style, html)
    return html


def wrapping(stretch: Stretch, lead_level: int, setting: Setting) -> Markup:
    """Return the elements around a stretch: of its run-in heading, of a face that is not its role's."""
    wrap = Markup("{}")
    if stretch.lead:
        wrap = Markup('<strong class="lead level{}">').format(lead_level) + Markup("{}</strong>")
    if stretch.face != stretch.role:  # else the renderer finds one, off the baseline
        wrap = Markup(wrap).format(span_of("class", setting.fonts[stretch.face].family))
    return wrap


def footnote(note: Text, number: int, setting: Setting, stock: Stock) -> Markup:
    """Return a footnote: the number of its call, and its lines, which begin with that number."""
    lines = html_of(note, setting, stock)
    return Markup('<span class="footnote" data-number="{}">{}</span>').format(number, lines)


def span_of(attribute: str, value: str) -> Markup:
    """Return a span with one attribute, around ``{}``."""
    return Markup('<span {}="{}">').format(attribute, value) + Markup("{}</span>")
