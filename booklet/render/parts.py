"""The parts around the speeches: cover, contents, 数字, colophon."""

import re
from typing import Any

from markupsafe import Markup

from booklet.model import Book, Run
from booklet.phrases import balance
from booklet.render.boxes import figure_cells
from booklet.render.lines import Frame, finished
from booklet.render.piece import said_anchors
from booklet.render.setting import Setting
from booklet.render.stock import Stock

CLEAR_MM = 84.0  # height of a title of many columns, which must stay above the drawing
UPRIGHT_PITCH = 1.2  # of an upright title, in its type size, as in book.css
NOTICE_PT = 9.5  # type size of the editorial notice, as in book.css
STATISTICS_TITLE = "数字"
UPRIGHT_MM, LEVEL_MM = (15.5, 126.0), (16.0, 112.0)  # cover: largest type, room for the title
LEVEL_PITCH = 1.36  # of a level title, in its type size, as in book.css
LEVEL_CLEAR_MM = 52.0  # height of a level title, which must stay above the drawing
LEVEL_LEAST_MM = 9.0  # type size under which a level title is broken anew
HOST_EM = 24.0  # width of the cover's foot in its type size, letter-spacing taken off
UPRIGHT_FORMS = dict(
    zip("，、。：；！？《》（）—…“”‘’", "︐︑︒︓︔︕︖︽︾︵︶︱︙﹃﹄﹁﹂", strict=True)
)
ENTRY_EM = 6.0  # of a line of the contents: its number before, leaders and folio after
COLOPHON = (
    ("compiler", "编印单位"),
    ("printer", "印刷单位"),
    ("printed", "印刷日期"),
    ("copies", "印　　数"),
    ("recipients", "发送对象"),
    ("permit", "准印证号"),
    ("contact", "联系方式"),
)


def cover(book: Book, setting: Setting) -> dict[str, Any]:
    """Return the cover's lines and type sizes; the theme chooses between upright and level."""
    ruler, edition = setting.ruler, setting.edition

    def lines(text: str, most: float, role: str) -> tuple[str, ...]:
        return balance(text, most, lambda t: ruler(t, role))

    whole = "".join(book.title)
    columns = book.title if len(book.title) > 1 else lines(whole, 7, "song-900")
    stacked = [upright_cells(column, "song-900", setting) for column in columns]
    steps = max(map(len, stacked)) + (
        1 if len(columns) > 1 else 0
    )  # the second begins a step lower
    level = columns
    if max(ruler(line, "song-900") for line in level) * LEVEL_LEAST_MM > LEVEL_MM[1]:
        level = lines(whole, LEVEL_MM[1] / LEVEL_LEAST_MM, "song-900")
    widest = max(ruler(line, "song-900") for line in level)
    subtitle = lines(book.subtitle or book.occasion, 12, "hei-400")
    return {
        "columns": stacked,
        "lines": level,
        "upright_mm": round(
            min(
                UPRIGHT_MM[0],
                (UPRIGHT_MM[1] if len(columns) < 3 else CLEAR_MM) / (steps * UPRIGHT_PITCH),
                78 / len(columns) / 1.5,
            ),
            2,
        ),
        "level_mm": round(
            min(LEVEL_MM[0], LEVEL_MM[1] / widest, LEVEL_CLEAR_MM / len(level) / LEVEL_PITCH), 2
        ),
        "subtitle": subtitle,
        "subtitle_columns": [upright_cells(column, "hei-400", setting) for column in subtitle],
        "host": lines(book.host, HOST_EM * edition.unit_mm / edition.small_unit_mm, "hei-400"),
        "occasion": book.occasion if book.occasion not in book.subtitle else "",
        "when": "　".join(filter(None, (book.date, book.place))),
    }


def upright_cells(text: str, role: str, setting: Setting) -> list[str]:
    """Return what stands under one another in a column: two digits side by side, marks turned."""
    known = setting.fonts[role].characters
    cells = re.findall(r"(?<!\d)\d{1,2}(?!\d)|.", text)
    turned = {mark: form for mark, form in UPRIGHT_FORMS.items() if form in known}
    return [turned.get(cell, cell) for cell in cells]


def notice(book: Book, setting: Setting, stock: Stock) -> Markup | None:
    """Return the finished lines of the editorial notice, small and without indent."""
    if not book.notice:
        return None
    size_pt = setting.edition.pt(NOTICE_PT)
    frame = Frame("kai-400", setting.edition.measure_pt / size_pt // 1, 0.0, size_pt)
    return finished((Run(book.notice),), frame, setting, stock).html


def contents(book: Book, setting: Setting) -> dict[str, Any]:
    """Return the entries of the contents page, and whether there is room to space them."""
    entries = []
    numbered = 0
    room = setting.edition.measure_em - ENTRY_EM
    width = setting.width("song-700")
    for index, speech in enumerate(book.speeches):
        whole = "　".join(speech.title)
        lines = tuple(line for part in speech.title for line in balance(part, room, width))
        numbered += speech.kind == "speech"
        entries.append({
            "number": f"{numbered:02}" if speech.kind == "speech" else "",
            "lines": (whole,) if width(whole) <= room else lines,
            "speaker": speech.speaker,
            "speaker_role": setting.dress(speech.speaker, "kai-400"),
            "anchor": f"s{index}",
        })  # fmt: skip
    if any(speech.stats for speech in book.speeches):
        entries.append(
            {"number": "", "lines": (STATISTICS_TITLE,), "speaker": "", "anchor": "statistics"}
        )
    height = sum(len(e["lines"]) + bool(e["speaker"]) + 1 for e in entries) - 1
    roomy = height <= setting.edition.lines - 3
    return {"entries": entries, "spacing": "airy" if roomy else "close"}


def statistics(book: Book) -> list[dict[str, Any]]:
    """Return every statistic of the book by speech, each with the anchor where it is said."""
    groups = []
    for index, speech in enumerate(book.speeches):
        cells = zip(figure_cells(speech.stats), said_anchors(speech, index), strict=True)
        rows = [{**cell, "anchor": anchor} for cell, anchor in cells]
        if rows:
            groups.append({"speaker": speech.speaker or "　".join(speech.title), "rows": rows})
    return groups


def colophon(book: Book, setting: Setting) -> list[tuple[str, str]]:
    """Return the rows of the colophon: what booklet.yaml says, then the faces and licences."""
    rows = [
        ("会　　议", book.occasion),
        ("时间地点", "　".join(filter(None, (book.date, book.place)))),
    ]
    rows += [(name, str(getattr(book.colophon, key))) for key, name in COLOPHON]
    width, height = setting.edition.trim_mm
    rows.append(("成品尺寸", f"{width:g} × {height:g} 毫米"))
    faces: dict[str, list[str]] = {}
    for face in setting.fonts.values():
        names = faces.setdefault(face.licence, [])
        if face.name not in names:
            names.append(face.name)
    rows.append(("字　　体", "；".join(f"{'、'.join(names)}（{x}）" for x, names in faces.items())))
    return [(name, value) for name, value in rows if value]
