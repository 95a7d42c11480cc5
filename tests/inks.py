"""What a press cannot hold in register: small type and thin rules made of screens, found in a file's own operators."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf

LEAST_TYPE_PT = 10.0
LEAST_RULE_PT = 0.5
CLOSE = 0.05  # pt by which a size is rounded
Matrix = tuple[float, float, float, float]
Inks = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """What the operators of a stream have set so far; ``scale`` is pt to a unit of the page."""

    matrix: Matrix = (1.0, 0.0, 0.0, 1.0)
    text: Matrix = (1.0, 0.0, 0.0, 1.0)
    fill: Inks = (0.0, 0.0, 0.0, 1.0)
    stroke: Inks = (0.0, 0.0, 0.0, 1.0)
    width: float = 1.0
    size: float = 0.0

    @property
    def scale(self) -> float:
        return float(area(self.matrix) ** 0.5)


def area(m: Matrix) -> float:
    return float(abs(m[0] * m[3] - m[1] * m[2]))


def times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
    )  # fmt: skip


def marks(
    stream: pikepdf.Object, resources: pikepdf.Object, pen: Pen
) -> Iterator[tuple[str, float, Inks]]:
    """Yield ("type", size in pt, inks) of each text, ("rule", width in pt, inks) of each line and strip."""
    stack: list[Pen] = []
    strips: list[float] = []
    for instruction in pikepdf.parse_content_stream(stream):
        word = str(instruction.operator)
        given = instruction.operands
        match word:
            case "q":
                stack.append(pen)
            case "Q":
                pen = stack.pop()
            case "cm":
                a, b, c, d = (float(one) for one in list(given)[:4])
                pen = replace(pen, matrix=times((a, b, c, d), pen.matrix))
            case "BT":
                pen = replace(pen, text=(1.0, 0.0, 0.0, 1.0))
            case "Tm":
                a, b, c, d = (float(one) for one in list(given)[:4])
                pen = replace(pen, text=(a, b, c, d))
            case "Tf":
                pen = replace(pen, size=float(given[1]))
            case "w":
                pen = replace(pen, width=float(given[0]))
            case "k" | "g" | "sc" | "scn":
                pen = replace(pen, fill=inks_of(list(given)) or pen.fill)
            case "K" | "G" | "SC" | "SCN":
                pen = replace(pen, stroke=inks_of(list(given)) or pen.stroke)
            case "Tj" | "TJ":
                yield "type", abs(pen.size) * area(times(pen.text, pen.matrix)) ** 0.5, pen.fill
            case "re":
                strips.append(min(abs(float(given[2])), abs(float(given[3]))) * pen.scale)
            case "f" | "f*":
                yield from (("rule", strip, pen.fill) for strip in strips if strip)
                strips = []
            case "S" | "s":
                yield "rule", pen.width * pen.scale, pen.stroke
                strips = []
            case "n":
                strips = []
            case "Do":
                form = resources.XObject[str(given[0])]
                if form.Subtype == "/Form":
                    own = form.get("/Matrix")
                    moved = pen
                    if own is not None:
                        a, b, c, d = (float(one) for one in list(own)[:4])
                        moved = replace(pen, matrix=times((a, b, c, d), pen.matrix))
                    yield from marks(form, form.get("/Resources", resources), moved)


def inks_of(given: list[pikepdf.Object]) -> Inks:
    """Return the four inks that a colour operator names, () for a pattern."""
    try:
        values = tuple(float(one) for one in given)
    except (TypeError, ValueError):
        return ()
    return (0.0, 0.0, 0.0, 1.0 - values[0]) if len(values) == 1 else values


def marks_of(file: pikepdf.Pdf) -> Iterator[tuple[int, str, float, Inks]]:
    for number, page in enumerate(file.pages, 1):
        for kind, size, inks in marks(page.obj, page.resources, Pen()):
            yield number, kind, size, inks


def small_screened_type(file: pikepdf.Pdf) -> Iterator[tuple[int, float, Inks]]:
    """Yield (page, size, inks) of type under 10 pt that is not in full inks: its edges are dots."""
    for page, kind, size, inks in marks_of(file):
        if kind == "type" and size < LEAST_TYPE_PT - CLOSE and any(0 < one < 1 for one in inks):
            yield page, round(size, 2), inks


def thin_screened_rules(file: pikepdf.Pdf) -> Iterator[tuple[int, float, Inks]]:
    """Yield (page, width, inks) of rules under half a point that more than one ink makes."""
    for page, kind, width, inks in marks_of(file):
        if (
            kind == "rule"
            and width < LEAST_RULE_PT - CLOSE / 10
            and sum(one > 0 for one in inks) > 1
        ):
            yield page, round(width, 3), inks
