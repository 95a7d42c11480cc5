"""The parts around the speeches: cover, contents, 数字, colophon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from booklet.compose.phrases import balance
from booklet.genres import PART, genre_of
from booklet.model import Book, Run
from booklet.render.nameindex import TITLE as INDEX_TITLE
from booklet.render.piece import anchors_of
from booklet.render.setting import Setting
from booklet.render.statistics import Cell, figure_cells
from booklet.render.text import Text, cast_small, typed
from booklet.render.upright import Column, upright_cells

# Lengths in mm on the cover of A5.
UPRIGHT_MM, LEVEL_MM = (15.5, 126.0), (16.0, 112.0)  # a title's largest type, the room it has
CLEAR_MM = 84.0  # height of a title of many columns, which must stay above the drawing
COLUMNS_MM, COLUMN_STEP = 78.0, 1.5  # width for an upright title; distance of columns in their size
MOST_IN_COLUMN = 7  # characters of a title that its editor has not divided
LEVEL_CLEAR_MM = 52.0  # height of a level title, which must stay above the drawing
UNDER_PICTURE_MM, PERMIT_MM = 43.0, 9.0  # … or under a photograph; less where 内部资料 stands there
LEVEL_LEAST_MM = 9.0  # type size under which a level title is broken anew
SUBTITLE_EM, TITLE_PAGE_SUBTITLE_EM = 12.0, 24.0  # longest line of it on the cover, inside
SUBTITLE_LEVEL_MM, SUBTITLE_SIZE_MM = 100.0, 4.6  # width of a level one; its type, spaced
MOST_FOOT_LINES = 2  # of host, date and place together; of more the type is smaller
HOST_EM = 24.0  # width of the cover's foot in its type size, letter-spacing taken off
SPINE_LEAST_MM = 3.5  # of a spine with words; a fold is off by up to 1 mm
SPINE_PLAY_MM, SPINE_EDGE_MM = 1.8, 16.0  # beside the words, above and below them
SPINE_LARGEST_MM, SPINE_HOST_MM = 4.6, 3.0
ENTRY_EM = 6.0  # of a line of the contents: its number before, leaders and folio after
TITLE_PAGE_LINES = 0.115 + 0.192 + 0.15  # of a page: above the title, ornament, blank (book.css)
STATISTICS_TITLE = "数字"
MOST_UNIT_PT, UNIT_PAD_PT = (
    56.0,
    12.0,
)  # house pt of a unit on the 数字 pages, of the blanks around it
TITLE_SPACED = 1.07  # of the width of the title page's title: its characters stand apart (book.css)
NAME_REM = 6.8  # of the names in the colophon (book.css)
VERSO_APART = 3  # lines between notice and colophon
HEAD_LINES = 4  # of the colophon above its rows: title, subtitle, blank, rule
COLOPHON = (
    ("compiler", "编印单位"),
    ("printer", "印刷单位"),
    ("printed", "印刷日期"),
    ("copies", "印　　数"),
    ("recipients", "发送对象"),
    ("permit", "准印证号"),
    ("contact", "联系方式"),
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover's lines and type sizes; the theme chooses between upright and level.

    ``steps`` is how many characters deep the upright title is, the second column's indent included.
    """

    columns: tuple[Column, ...]
    steps: int
    lines: tuple[str, ...]
    upright_mm: float
    level_mm: float
    subtitle: tuple[str, ...]
    subtitle_lines: tuple[str, ...]
    subtitle_columns: tuple[Column, ...]
    host: tuple[str, ...]
    occasion: str
    when: str
    dense: bool


@dataclass(frozen=True, slots=True)
class Spine:
    """What stands on a spine, upright; lengths in mm."""

    width_mm: float
    size_mm: float
    small_mm: float
    title: Column
    host: Column


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the contents."""

    number: str
    lines: tuple[str, ...]
    speaker: str
    speaker_face: str
    anchor: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page; ``spacing`` is airy where there is room, else close."""

    entries: tuple[Entry, ...]
    spacing: str


@dataclass(frozen=True, slots=True)
class ListedFigures:
    """The statistics of one speech on the 数字 pages, each with the anchor where it is said."""

    speaker: str
    rows: tuple[tuple[Cell, str], ...]


def cover(book: Book, setting: Setting) -> Cover:
    """Return the cover of a book."""
    edition, dress = setting.edition, setting.dress
    upright, level = setting.width("cover-upright"), setting.width("cover-level")
    whole = "".join(book.title)
    columns = book.title if len(book.title) > 1 else balance(whole, MOST_IN_COLUMN, upright)
    stacked = tuple(upright_cells(column, "cover-upright", setting) for column in columns)
    steps = max(
        len(column) + (n > 0) for n, column in enumerate(stacked)
    )  # others begin a step lower
    lines = columns
    if max(map(level, lines)) * LEVEL_LEAST_MM > LEVEL_MM[1]:
        lines = balance(whole, LEVEL_MM[1] / LEVEL_LEAST_MM, level)
    height = UPRIGHT_MM[1] if len(columns) < 3 else CLEAR_MM
    clear = UNDER_PICTURE_MM - PERMIT_MM * book.internal if book.picture else LEVEL_CLEAR_MM
    subtitle = balance(
        book.subtitle or book.occasion, SUBTITLE_EM, setting.width("cover-subtitle-level")
    )
    level_em = SUBTITLE_LEVEL_MM * edition.unit_mm / edition.small_unit_mm / SUBTITLE_SIZE_MM
    host_em = HOST_EM * edition.unit_mm / edition.small_unit_mm
    host = host_lines(book.host, host_em, setting.width("cover-host"))
    when = "　".join(filter(None, (book.date, book.place)))
    return Cover(
        columns=stacked,
        steps=steps,
        lines=lines,
        upright_mm=round(
            min(
                UPRIGHT_MM[0],
                height / (steps * dress["cover-upright"].step),
                COLUMNS_MM / len(columns) / COLUMN_STEP,
            ),
            2,
        ),
        level_mm=round(
            min(
                LEVEL_MM[0],
                LEVEL_MM[1] / max(map(level, lines)),
                clear / len(lines) / dress["cover-level"].step,
            ),
            2,
        ),
        subtitle=subtitle,
        subtitle_lines=subtitle
        if len(subtitle) < 3
        else balance(
            book.subtitle or book.occasion, level_em, setting.width("cover-subtitle-level")
        ),
        subtitle_columns=tuple(
            upright_cells(column, "cover-subtitle-upright", setting) for column in subtitle
        ),
        host=host,
        occasion=book.occasion if book.occasion not in book.subtitle else "",
        when=when,
        dense=len(host) + int(setting.width("cover-host")(when) // host_em) > MOST_FOOT_LINES,
    )


def spine_of(book: Book, spine_mm: float, setting: Setting) -> Spine | None:
    """Return the words of a spine, None where it is narrower than words on it can be held in place."""
    if spine_mm < SPINE_LEAST_MM:
        return None
    title = upright_cells("".join(book.title), "spine-title", setting)
    room = setting.edition.trim_mm[1] - 2 * SPINE_EDGE_MM
    steps = len(title) * setting.dress["spine-title"].step
    size = min(SPINE_LARGEST_MM, spine_mm - SPINE_PLAY_MM, room * 0.62 / steps)
    small = min(size, SPINE_HOST_MM)
    host = upright_cells(book.host.split("、")[0], "spine-host", setting)
    fits = len(host) * small * setting.dress["spine-host"].step <= room * 0.34
    return Spine(spine_mm, round(size, 2), round(small, 2), title, host if fits else ())


def host_lines(host: str, room_em: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Return the organisers one a line; a name is broken only where it is longer than a line."""
    return tuple(line for name in host.split("、") for line in balance(name, room_em, width))


def title_page_title(book: Book, setting: Setting) -> tuple[str, ...]:
    """Return the title inside the book, a part a line, broken at phrases where it is longer than that."""
    room = setting.room_em("book-title") / TITLE_SPACED
    width = setting.width("book-title")
    return tuple(line for part in book.title for line in balance(part, room, width))


def title_page_hosts(book: Book) -> list[str]:
    """Return the organisers as the title page has them, one under another."""
    return book.host.split("、") if book.host else []


def title_page_when(when: str, setting: Setting) -> Text:
    """Return date and place as the title page has them."""
    kind = "title-foot"
    lines = balance(when, setting.edition.measure_em, setting.width(kind))
    return typed(lines, setting.dress[kind].role, setting)


def title_page_subtitle(book: Book, setting: Setting) -> tuple[str, ...]:
    """Return the lines of the subtitle inside the book."""
    most = min(TITLE_PAGE_SUBTITLE_EM, setting.room_em("subtitle"))
    return balance(book.subtitle, most, setting.width("subtitle"))


def notice(book: Book, setting: Setting) -> Text | None:
    """Cast off the editorial notice, small and without indent."""
    return cast_small((Run(book.notice),), "notice", setting) if book.notice else None


def contents(book: Book, setting: Setting) -> Contents:
    """Return the entries of the contents page, and whether there is room to space them."""
    entries = []
    numbered = 0
    room = setting.edition.measure_em - ENTRY_EM
    width = setting.width("entry")
    for index, speech in enumerate(book.speeches):
        whole = "　".join(speech.title)
        lines = tuple(line for part in speech.title for line in balance(part, room, width))
        genre = genre_of(speech.kind)
        if not genre.named:
            continue
        numbered += genre.numbered
        number = f"{numbered:02}" if genre.numbered else ""
        fitting = (whole,) if width(whole) <= room else lines
        face = setting.face_class(speech.speaker, "entry-by")
        anchor = f"s{index}"
        entries.append(Entry(number, fitting, speech.speaker, face, anchor, speech.kind == PART))
    if any(speech.stats for speech in book.speeches):
        entries.append(Entry("", (STATISTICS_TITLE,), "", "", "statistics"))
    if book.index:
        entries.append(Entry("", (INDEX_TITLE,), "", "", "names"))
    height = sum(len(e.lines) + bool(e.speaker) + 1 for e in entries) - 1
    roomy = height <= setting.edition.lines - 3
    return Contents(tuple(entries), "airy" if roomy else "close")


def statistics(book: Book) -> tuple[ListedFigures, ...]:
    """Return every statistic of the book by speech."""
    return tuple(
        ListedFigures(
            speech.speaker or "　".join(speech.title),
            tuple(zip(figure_cells(speech.stats), anchors_of(speech, index), strict=True)),
        )
        for index, speech in enumerate(book.speeches)
        if speech.stats
    )


def listed_columns(groups: Sequence[ListedFigures], setting: Setting) -> tuple[float, float]:
    """Return the widths in pt of the columns of numbers and units on the 数字 pages: the same for all speeches.

    A unit longer than the most stands on the line of its number, its label on the next.
    """
    cells = [cell for group in groups for cell, _ in group.rows]
    number = max(
        setting.width_pt(cell.before, "listed-figure")
        + setting.width_pt(cell.number, "listed-number")
        for cell in cells
    )
    most = setting.edition.pt(MOST_UNIT_PT)
    units = [unit_pt(cell, setting) for cell in cells]
    return number + 1, max((unit for unit in units if unit <= most), default=0.0)


def unit_pt(cell: Cell, setting: Setting) -> float:
    """Return how much room a unit takes on the 数字 pages, the blanks around it too."""
    return setting.width_pt(cell.after, "listed-figure") + setting.edition.pt(UNIT_PAD_PT)


def colophon(book: Book, setting: Setting) -> list[tuple[str, str]]:
    """Return the rows of the colophon: what booklet.yaml says, then the faces and licences."""
    rows = [
        ("会　　议", book.occasion),
        ("时间地点", "　".join(filter(None, (book.date, book.place)))),
    ]
    rows += [(name, str(getattr(book.colophon, key))) for key, name in COLOPHON]
    rows.append(("文本编号", setting.imprint.entry))
    width, height = setting.edition.trim_mm
    rows.append(("成品尺寸", f"{width:g} × {height:g} 毫米"))
    faces: dict[str, list[str]] = {}
    for face in setting.fonts.values():
        names = faces.setdefault(face.licence, [])
        if face.name not in names:
            names.append(face.name)
    rows.append(("字　　体", "；".join(f"{'、'.join(names)}（{x}）" for x, names in faces.items())))
    return [(name, value) for name, value in rows if value]


def is_long(rows: Sequence[tuple[str, str]], book: Book, setting: Setting) -> bool:
    """Tell whether the colophon of these rows may take more than a page; then it flows on, and nothing is cut off."""
    return colophon_lines(rows, book, setting) > setting.edition.lines


def fits_verso(
    said: Text | None, rows: Sequence[tuple[str, str]], book: Book, setting: Setting
) -> bool:
    """Tell whether notice and colophon stand together on the back of the title page."""
    apart = VERSO_APART if setting.edition.bound else 1
    above = said.count + apart if said else 0
    return above + colophon_lines(rows, book, setting) <= setting.edition.lines


def colophon_lines(rows: Sequence[tuple[str, str]], book: Book, setting: Setting) -> int:
    """Return how many lines of the grid the colophon takes at most."""
    kind = setting.dress["colophon"]
    room_em = (setting.edition.measure_pt - setting.edition.pt(NAME_REM * 10)) / kind.size_pt
    width = setting.width("colophon")
    lines = sum(int(width(value) // (room_em - 1)) + 1 for _, value in rows)
    return lines + HEAD_LINES + int(width(book.subtitle) // (room_em - 1))


def is_full(front: Cover, book: Book, setting: Setting) -> bool:
    """Tell whether the title page, broken as the cover is, has no room for the ornament: its words come first."""
    edition, dress = setting.edition, setting.dress
    longest = max(front.lines, key=len)
    broken = -(-setting.width_pt(longest, "book-title") // edition.measure_pt)
    title = len(front.lines) * broken * dress["book-title"].line_pt
    words = sum(
        -(-setting.width_pt(text, "subtitle") // edition.measure_pt)
        for text in (book.subtitle, book.occasion, book.date + book.place, *book.host.split("、"))
    )
    lines = title / edition.line_pt + words + TITLE_PAGE_LINES * edition.lines
    return lines > edition.lines
