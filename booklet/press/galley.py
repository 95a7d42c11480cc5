"""Hand finished lines to WeasyPrint: glyph widths that the composer chose, instead of natural ones.

The only module that reaches into WeasyPrint (70.0): its text layout, in four places, the boxes of a
page and what is not printed in its margins, and the faces that it would write into every file. A text that begins with a character of a private plane is a finished line, or
several with line feeds between them, each with its own; the character names the line's plan and is
taken off before Pango sees it, so it never reaches the page or the text layer. Everything else is set
as WeasyPrint sets it. No element is needed for a line, which is what keeps long books quick: a span a
line costs a third more. A contract test fails when an upgrade changes what is used here.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint import __version__
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import inline as inline_layout
from weasyprint.layout import page as page_layout
from weasyprint.pdf.fonts import Font
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout

from booklet.compose.slip import FIRST_MARK, Plan, plan_of

PINNED = "70.0"
BLANK = "blank"
FLAVOUR = 4  # bytes that say of which kind a font file is
MARK_BYTES = 4  # of a character of a private plane in UTF-8
UNITS = 1024  # Pango units in a pixel


@contextmanager
def finished_lines(plans: Sequence[Plan], roles: Mapping[bytes, str]) -> Iterator[None]:
    """Let WeasyPrint set marked texts by these plans, while laying out and while drawing.

    ``roles`` gives the role of each face by the digest of its file: that is written where the file
    belongs, for formes that are joined share their faces (see ``finish.join``).
    """
    if __version__ != PINNED:
        raise RuntimeError(
            f"WeasyPrint {__version__}: booklet/press/galley.py is made for {PINNED}"
        )
    set_text, get_first_line = Layout.set_text, Layout.get_first_line
    metrics = line_break.first_line_metrics

    def set_marked_text(self: Any, text: str, justify: bool = False) -> None:
        number = plan_of(text)
        end = text.find("\n")
        if end >= 0:
            text = text[: end + 2]  # what WeasyPrint keeps of it; the rest may be long
        first = text.partition("\n")[0]
        if number is not None:
            text, first = text[1:], first[1:]
            self.plan = by_offset(first, plans[number])
        if any(map(is_mark, first)):
            raise RuntimeError("a slip stands amid a line: it would be printed")
        set_text(self, text, justify)

    def get_finished_line(self: Any) -> Any:
        line, index = get_first_line(self)
        plan = getattr(self, "plan", None)
        if plan and line != ffi.NULL:
            self.finished_width = apply(line, plan, self.style["font_size"])
        return line, index

    def finished_metrics(line: Any, text: str, layout: Any, *rest: Any, **more: Any) -> Any:
        marked = plan_of(text) is not None
        found = metrics(line, text[1:] if marked else text, layout, *rest, **more)
        width = getattr(layout, "finished_width", None)  # Pango remembers the natural one
        if width is not None:
            found = (*found[:3], width, *found[4:])
        if marked:  # WeasyPrint goes on with the text as it was, its mark included
            _, length, resume, *others = found
            found = (layout, length + MARK_BYTES, resume and resume + MARK_BYTES, *others)
        return found

    split = inline_layout.split_first_line

    def split_finished(text: str, style: Any, context: Any, *rest: Any, **more: Any) -> Any:
        """Shape a finished line once, and not first with what follows it to see where it ends."""
        first, feed, _ = text.partition("\n")
        if style["white_space"] != "pre" or len(first) < 2:
            return split(text, style, context, *rest, **more)
        layout = line_break.create_layout(first, style, context, *rest[:2])
        line, _ = layout.get_first_line()
        found = finished_metrics(line, first, layout, None, False, style)
        return (*found[:2], found[1] + 1 if feed else None, *found[3:])

    def name_role(self: Any, _to_unicode: Any, _hinting: bool) -> None:
        role = roles[hashlib.sha256(self.file_content).digest()]
        self.file_content = self.file_content[:FLAVOUR] + role.encode()

    resolve = page_layout.resolve_percentages

    def resolve_seen(box: Any, containing_block: Any) -> None:
        if getattr(box, "is_generated", True):  # most of the sixteen margin boxes of a page are not
            resolve(box, containing_block)

    page_layout.resolve_percentages = resolve_seen
    Layout.set_text, Layout.get_first_line = set_marked_text, get_finished_line
    line_break.first_line_metrics = finished_metrics
    inline_layout.split_first_line = split_finished
    subset, Font.subset = Font.subset, name_role
    try:
        yield
    finally:
        Font.subset = subset
        page_layout.resolve_percentages = resolve
        Layout.set_text, Layout.get_first_line = set_text, get_first_line
        line_break.first_line_metrics = metrics
        inline_layout.split_first_line = split


def is_mark(char: str) -> bool:
    """Tell whether a character is the mark of a slip."""
    return ord(char) >= FIRST_MARK


def without(pages: Sequence[Any], dropped: Collection[int]) -> list[Any]:
    """Return pages of a document without some, counted from 0."""
    return [page for number, page in enumerate(pages) if number not in dropped]


def kinds_of(pages: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """Return which rules of the style sheet each page follows, BLANK where it was left empty; its side.

    A page that has nothing but a footnote counts as blank with the renderer, not with us.
    """
    boxes = [page._page_box for page in pages]
    return tuple(
        (BLANK if is_blank(box) else str(box.page_type.name or ""), str(box.page_type.side))
        for box in boxes
    )


def is_blank(page: Any) -> bool:
    """Tell whether a page was left empty."""
    return bool(page.page_type.blank) and not any(
        isinstance(box, TextBox) for box in page.descendants()
    )


def page_of_ids(pages: Sequence[Any]) -> dict[str, int]:
    """Return the page, from 0, on which each element with an id begins."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():
            name = box.element.get("id") if box.element is not None else None
            if name is not None and not box.element_tag.endswith(("::before", "::after")):
                found.setdefault(name, number)
    return found


def by_offset(text: str, plan: Plan) -> dict[int, tuple[float, float, float]]:
    """Return (natural, width, shift) by the UTF-8 offset of each character, as Pango counts."""
    offsets, at = [], 0
    for char in text:
        offsets.append(at)
        at += len(char.encode())
    return {offsets[index]: (natural, width, shift) for index, natural, width, shift in plan}


def apply(line: Any, plan: dict[int, tuple[float, float, float]], size_px: float) -> float:
    """Write the plan into the glyphs of a Pango line and return the line's width in pixels.

    Doing it twice changes nothing.

    WeasyPrint writes adjustments as whole thousandths of an em, cut off, not rounded: so widths
    are chosen as whole thousandths whose sum stays right, and lie a little to the safe side.
    """
    unit = size_px * UNITS / 1000  # Pango units in a thousandth of an em
    owed = total = 0.0
    run = line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        for n in range(string.num_glyphs):
            geometry = string.glyphs[n].geometry
            first = item.offset + string.log_clusters[n]
            past = item.offset + (
                string.log_clusters[n + 1] if n + 1 < string.num_glyphs else item.length
            )
            slips = [plan[at] for at in range(first, max(past, first + 1)) if at in plan]
            if not slips:
                total += geometry.width
                continue
            natural, width, shift = map(sum, zip(*slips, strict=True))  # a ligature has several
            wanted = width * 1000 + owed
            whole = round(wanted)
            owed = wanted - whole
            side = 0.3 if whole > natural * 1000 else -0.3
            geometry.width = round((whole + side) * unit)
            geometry.x_offset = round(shift * size_px * 1000)
            total += whole * unit
        run = run.next
    return total / UNITS
