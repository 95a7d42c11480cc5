"""Texts cast off: where each line of a text will end, before anything is written.

Everything that is read as text goes through here once: paragraphs, headings, captions, cells,
footnotes, quotations. Titles and pull-quotes, which are broken at phrases, come with their lines
typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from booklet.compose.glyphs import CALL
from booklet.compose.keeping import prices
from booklet.compose.paragraph import (
    INDENT,
    Cast,
    Line,
    cast_off,
    compose,
    price_of_change,
    typed_line,
)
from booklet.dress import Dress
from booklet.model import Run, Runs
from booklet.render.setting import Setting

Marks = Sequence[tuple[int, int, str]]
"""(start, end, anchor) of passages that others refer to, as offsets in the text without its calls."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text is set: the role of its plain text, its measure and indent in em, its size in pt.

    ``ragged`` text is flush on the left only.
    """

    body: str
    measure_em: float
    indent: float = INDENT
    size_pt: float = 10.5
    ragged: bool = False

    def inset(self, em: float, body: str = "", indent: float | None = None) -> "Frame":
        """Return the frame of a list or quotation that stands in by ``em``."""
        own = self.indent if indent is None else indent
        return replace(self, body=body or self.body, measure_em=self.measure_em - em, indent=own)


@dataclass(frozen=True, slots=True)
class Text:
    """A text cast off: a cast for each line that was typed.

    ``runs`` have one character for a footnote's call, ``roles`` are of each character; the first
    ``lead`` characters are a run-in heading. ``notes`` gives the footnotes by offset.
    """

    runs: Runs
    roles: tuple[str, ...]
    casts: tuple[Cast, ...]
    lead: int = 0
    lead_level: int = 1
    marks: Marks = ()
    notes: Mapping[int, "Text"] = field(default_factory=dict)

    @property
    def string(self) -> str:
        """The characters of the text, those of calls and typed line ends among them."""
        return "".join(run.text for run in self.runs)

    @property
    def count(self) -> int:
        """The lines it takes where it is not run longer."""
        return sum(len(cast.ends) for cast in self.casts)

    def price(self, change: int) -> float:
        """Return the demerits of running it ``change`` lines longer; inf where it cannot be."""
        if len(self.casts) != 1 or self.notes:
            return inf
        return price_of_change(self.casts[0], change)

    def lines(self, change: int = 0) -> list[Line]:
        """Return its finished lines, run ``change`` lines longer where it can be."""
        found: list[Line] = []
        start = 0
        for cast in self.casts:
            found += [
                replace(line, start=line.start + start, end=line.end + start)
                for line in compose(cast, change)
            ]
            start += len(cast.glyphs) + 1  # the typed line end
        return found


def cast_text(
    runs: Runs,
    frame: Frame,
    setting: Setting,
    marks: Marks = (),
    lead: Runs = (),
    lead_level: int = 1,
) -> Text:
    """Cast off some runs after a run-in heading; a typed line end ends a line."""
    every = tuple(replace(run, text=CALL) if run.note else run for run in (*lead, *runs))
    text = "".join(run.text for run in every)
    head = sum(len(run.text) for run in lead)
    roles = roles_of(every, head, lead_level, frame.body, setting.dress)
    noted = [run for run in every if run.note]
    calls = dict(zip((at for at, c in enumerate(text) if c == CALL), noted, strict=True))
    widths = {at: width_of_call(run.number, frame, setting) for at, run in calls.items()}
    return Text(
        runs=every,
        roles=roles,
        casts=tuple(casts_of(text, roles, frame, widths, setting)),
        lead=head,
        lead_level=lead_level,
        marks=marks,
        notes={at: cast_note(run, setting) for at, run in calls.items()},
    )


def casts_of(
    text: str, roles: Sequence[str], frame: Frame, calls: Mapping[int, float], setting: Setting
) -> list[Cast]:
    """Cast off each typed line of a text; only the first is indented."""
    casts: list[Cast] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        within = {at - start: width for at, width in calls.items() if start <= at < end}
        indent = 0.0 if start else frame.indent
        casts.append(
            cast_off(part, roles[start:end], frame.measure_em, setting.ruler, indent,
                     prices(part, setting.kept, frame.measure_em), within, frame.ragged)
        )  # fmt: skip
        start = end + 1
    return casts


def cast_note(run: Run, setting: Setting) -> Text:
    """Cast off a footnote, its number before it."""
    kind = setting.dress["footnote"]
    frame = Frame(kind.role, setting.room_em("footnote"), 0.0, kind.size_pt)
    return cast_text((Run(f"{run.number}\u3000"), *run.note), frame, setting)


def typed(lines: Sequence[str], role: str, setting: Setting) -> Text:
    """Return lines that are broken already (titles, pull-quotes), with their marks and gaps."""
    return Text(
        runs=(Run("\n".join(lines)),),
        roles=(role,) * (sum(map(len, lines)) + max(len(lines) - 1, 0)),
        casts=tuple(typed_line(line, role, setting.ruler) for line in lines),
    )


def cast_small(runs: Runs, kind: str, setting: Setting) -> Text:
    """Cast off a text of one kind without indent, in whole em of it across the type area."""
    found = setting.dress[kind]
    return cast_text(
        runs, Frame(found.role, setting.room_em(kind) // 1, 0.0, found.size_pt), setting
    )


def width_of_call(number: int, frame: Frame, setting: Setting) -> float:
    """Return how wide a footnote's number is, in em of the text it stands in."""
    return setting.width_pt(str(number), "call") / frame.size_pt


def roles_of(runs: Runs, lead: int, lead_level: int, body: str, dress: Dress) -> tuple[str, ...]:
    """Return the role of each character; the first ``lead`` ones are a run-in heading."""
    usual = [dress["strong"].role if run.strong else body for run in runs for _ in run.text]
    return (*[dress.lead(lead_level).role] * lead, *usual[lead:])
