"""Finished lines of HTML: the composer's lines, the runs' dress cut at their ends.

Everything that is read as text goes through here: paragraphs, headings, captions, cells, footnotes,
quotations. Titles and pull-quotes, which are broken at phrases, come with their lines typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from markupsafe import Markup

from booklet.clreq import is_han
from booklet.compose import INDENT, Line, cast_off, compose, price_of_change
from booklet.glyphs import CALL
from booklet.keeping import prices
from booklet.measure import face_of
from booklet.model import Run, Runs
from booklet.render.inline import cut_at_marks, inline_run
from booklet.render.setting import Setting
from booklet.render.stock import Stock

CALL_PT, NOTE_PT = 7.0, 8.5  # type sizes of a footnote's number and text, as in book.css
APART = Markup("<span>{}</span>")  # a slip stands at the head of its text, so not amid another
Marks = Sequence[tuple[int, int, str]]
"""(start, end, anchor) of passages that others refer to, as offsets in the text without its calls."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text is set: the role of its plain text, its measure and indent in em, its size in pt."""

    body: str
    measure_em: float
    indent: float = INDENT
    size_pt: float = 10.5

    def inset(self, em: float, body: str = "", indent: float | None = None) -> "Frame":
        """Return the frame of a list or quotation that stands in by ``em``."""
        own = self.indent if indent is None else indent
        return replace(self, body=body or self.body, measure_em=self.measure_em - em, indent=own)


@dataclass(frozen=True, slots=True)
class Finished:
    """Lines of HTML, and how many there are."""

    html: Markup
    count: int


def finished(
    runs: Runs,
    frame: Frame,
    setting: Setting,
    stock: Stock,
    marks: Marks = (),
    lead: Runs = (),
    lead_level: int = 1,
    change: int = 0,
) -> Finished:
    """Return the lines of some runs after a run-in heading; a typed line break ends a line.

    ``change`` runs them so many lines longer, where they can be.
    """
    every = [replace(run, text=CALL) if run.note else run for run in (*lead, *runs)]
    text = "".join(run.text for run in every)
    head = sum(len(run.text) for run in every[: len(lead)])
    roles = roles_of(every, len(lead), lead_level, frame.body)
    numbers = {at: stock.next_note() for at, char in enumerate(text) if char == CALL}
    calls = {
        at: setting.ruler(str(number), "song-400") * setting.edition.pt(CALL_PT) / frame.size_pt
        for at, number in numbers.items()
    }
    lines = typed_lines(text, roles, frame, setting, calls, change)
    faces = [face_of(char, role, setting.fonts) for char, role in zip(text, roles, strict=True)]
    own = [at for at, char in enumerate(text) if char != CALL and at >= head]
    cuts = [(own[start], own[end - 1] + 1, name) for start, end, name in marks]
    cuts += [(n, n, "") for n in range(1, len(text)) if faces[n] != faces[n - 1]]
    cuts.append((head, head, ""))
    out: list[Markup] = []
    at, on = 0, 0  # the offset, and the line it is on
    for run, anchor in cut_at_marks(every, cuts):
        end = at + len(run.text)
        wrap = head_of_lead(lead_level) if at < head else Markup("{}")
        if run.text and faces[at] != roles[at]:  # else the renderer finds one, off the baseline
            wrap = Markup(wrap).format(span_of("class", setting.fonts[faces[at]].family))
        for number, piece in pieces(lines, at, end, apart=run.emphasis or bool(run.note)):
            if number > on:
                out.append(Markup("\n"))
            on = number + len(piece) - 1
            if run.note:
                out.append(footnote(run, numbers[at], setting, stock))
                continue
            html = dressed(run, piece, text, setting, stock)
            html = wrap.format(span_of("id", anchor).format(html) if anchor else html)
            touching = out and not out[-1].endswith((">", "\n")) and not html.startswith("<")
            out.append(APART.format(html) if touching else html)
            anchor = ""
        at = end
    return Finished(Markup("").join(out), len(lines))


def pieces(
    lines: Sequence[Line], start: int, end: int, apart: bool
) -> Iterator[tuple[int, list[tuple[Line, int, int]]]]:
    """Yield what of ``text[start:end]`` stands on which line: (number of the first, its parts).

    All in one, or each line ``apart``.
    """
    parts = [
        (number, (line, max(start, line.start), min(end, line.end)))
        for number, line in enumerate(lines)
        if line.start < end and start < line.end
    ]
    if apart:
        yield from ((number, [part]) for number, part in parts)
    elif parts:
        yield parts[0][0], [part for _, part in parts]


def typed_lines(
    text: str, roles: Sequence[str], frame: Frame, setting: Setting,
    calls: Mapping[int, float], change: int,
) -> list[Line]:  # fmt: skip
    """Return the composer's lines of a text, each typed line composed by itself."""
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        within = {at - start: width for at, width in calls.items() if start <= at < end}
        indent = 0.0 if start else frame.indent
        copy = cast_off(
            part, roles[start:end], frame.measure_em, setting.ruler, indent,
            prices(part, setting.kept), within,
        )  # fmt: skip
        found = compose(copy, change)
        lines += [Line(line.start + start, line.end + start, line.glyphs) for line in found]
        start = end + 1
    return lines


def price_of_longer(
    runs: Sequence[Run], lead: int, lead_level: int, change: int, frame: Frame, setting: Setting
) -> float:
    """Return the demerits of running a paragraph longer; ``lead`` counts its run-in heading's runs."""
    text = "".join(run.text for run in runs)
    if "\n" in text:
        return inf
    roles = roles_of(runs, lead, lead_level, frame.body)
    copy = cast_off(text, roles, frame.measure_em, setting.ruler, frame.indent,
                    prices(text, setting.kept))  # fmt: skip
    return price_of_change(copy, change)


def roles_of(runs: Sequence[Run], lead: int, lead_level: int, body: str) -> list[str]:
    """Return the role of each character; the first ``lead`` runs are a run-in heading."""
    return [
        lead_role(lead_level) if n < lead else role_of(run, body)
        for n, run in enumerate(runs)
        for _ in run.text
    ]


def dressed(
    run: Run, parts: Sequence[tuple[Line, int, int]], text: str, setting: Setting, stock: Stock
) -> Markup:
    """Return the parts of a run that stand on one line after another, each with its slip."""
    rows = [
        stock.slip(line, start, end, setting.ruler) + text[start:end] for line, start, end in parts
    ]
    html = inline_run(replace(run, text="\n".join(rows)))
    line, start, end = parts[0]
    glyphs = line.glyphs[start - line.start : end - line.start]
    if run.emphasis and any(is_han(glyph.char) for glyph in glyphs):
        width, name = stock.dots(glyphs, setting.theme)
        style = f"background-image:url(booklet:///{name});background-size:{width:.3f}em 0.16em"
        html = Markup('<em style="{}">{}</em>').format(style, html)
    return html


def footnote(run: Run, number: int, setting: Setting, stock: Stock) -> Markup:
    """Return a footnote's call, with the lines of the note after its number."""
    size_pt = setting.edition.pt(NOTE_PT)
    measure = setting.edition.measure_pt / size_pt
    note = (Run(f"{number}\u3000"), *run.note)
    inner = finished(note, Frame("song-400", measure, 0.0, size_pt), setting, stock)
    return Markup('<span class="footnote">{}</span>').format(inner.html)


def plain_lines(lines: Sequence[str], role: str, setting: Setting, stock: Stock) -> Markup:
    """Return lines that are broken already (titles, pull-quotes) with their marks and gaps set."""
    endless = max((len(line) for line in lines), default=0) + 2.0
    frame = Frame(role, endless, 0.0)
    return finished((Run("\n".join(lines)),), frame, setting, stock).html


def span_of(attribute: str, value: str) -> Markup:
    """Return a span with one attribute, around ``{}``."""
    return Markup('<span {}="{}">').format(attribute, value) + Markup("{}</span>")


def head_of_lead(level: int) -> Markup:
    """Return the element of a run-in heading, around ``{}``."""
    return Markup('<strong class="lead level{}">').format(level) + Markup("{}</strong>")


def role_of(run: Run, body: str) -> str:
    """Return the role that sets a run, as book.css dresses it."""
    return "hei-700" if run.strong else body


def lead_role(level: int) -> str:
    """Return the role that sets a run-in heading, as book.css dresses it."""
    return "kai-400" if level == 2 else "hei-700"
