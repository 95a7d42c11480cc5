"""Texts that are whole pages, not lines that flow: dividers of parts, inscriptions, pages of pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from booklet.artwork import photographs
from booklet.artwork.plates import Shown, across_size, goes_across, shown_pictures
from booklet.compose.phrases import balance
from booklet.edition import PT_PER_MM
from booklet.makeup.plates import PlatePage, plate_pages
from booklet.model import Heading, Paragraph, Speech, text_of
from booklet.render.setting import Setting
from booklet.render.upright import Column, upright_cells

COLUMN_STEP, CELL_STEP = 1.75, 1.2  # of an inscription's columns, its characters; in their size
LARGEST_PT, LEAST_PT = 30.0, 13.0  # house pt of an inscription; smaller ones are set level
IN_COLUMN = 12  # characters of an inscription that its editor has not divided
INSCRIPTION_AROUND = 4  # lines of its page that title and blanks take
FITTINGS = 3  # of a picture across two pages to its words, and of them to it
CREDIT_GAP = 4.0  # house pt between a picture and its words
PAGE_HEAD = 2  # lines of the grid that the title of pages of pictures takes


@dataclass(frozen=True, slots=True)
class Divider:
    """The page that begins a part of the book: its title in lines; whether it stands alone on its leaf."""

    lines: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inscribed:
    """An inscription: its columns from the right, or its level lines; sizes in pt."""

    columns: tuple[Column, ...]
    lines: tuple[str, ...]
    size_pt: float
    upright: bool
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture on a page of its own or with others: name, bytes, size in pt, and its words."""

    name: str
    data: bytes
    width_pt: float
    height_pt: float
    caption: tuple[str, ...]
    credit: str
    alt: str


@dataclass(frozen=True, slots=True)
class PlateRow:
    """Pictures beside one another, and the depth of the words under them, in pt."""

    plates: tuple[Plate, ...]


@dataclass(frozen=True, slots=True)
class PlateLeaf:
    """A page of pictures; ``side`` is left or right for half of a picture across two, else "".

    A page that has none, because what follows begins on a left-hand one, has the ``title`` of them all.
    """

    rows: tuple[PlateRow, ...] = ()
    side: str = ""
    half: Plate | None = None
    names: tuple[str, ...] = ()
    beyond_pt: float = 0.0  # that the half goes on over the trim
    title: tuple[str, ...] = ()
    words_at_pt: float = 0.0  # where the words under a half begin, from the left
    words_pt: float = 0.0  # and how wide they are


def divider_of(speech: Speech, setting: Setting) -> Divider:
    """Return the divider of a part."""
    room = setting.room_em("divider-title") - 2
    width = setting.width("divider-title")
    note_room, note_width = setting.room_em("divider-note"), setting.width("divider-note")
    return Divider(
        tuple(line for one in speech.title for line in balance(one, room, width)),
        balance(speech.designation, note_room, note_width) if speech.designation else (),
    )


def inscribed(speech: Speech, setting: Setting) -> Inscribed:
    """Return an inscription as large as its page allows: upright, or level where it is long."""
    edition, width = setting.edition, setting.width("inscription")
    typed = [
        line
        for block in speech.blocks
        if isinstance(block, (Paragraph, Heading))
        for line in text_of(block.runs).split("\n")
        if line
    ]
    texts = typed if len(typed) > 1 else list(balance(typed[0], IN_COLUMN, width)) if typed else []
    columns = tuple(upright_cells(text, "inscription", setting) for text in texts)
    deepest = max(map(len, columns), default=1)
    under = bool(speech.speaker) + len(speech.signed)
    if speech.designation:
        under += -int(
            -setting.width("designation")(speech.designation) // setting.room_em("designation")
        )
    room_pt = (edition.lines - INSCRIPTION_AROUND - under) * edition.line_pt
    size = min(
        edition.pt(LARGEST_PT),
        room_pt / (deepest * CELL_STEP),
        edition.measure_pt / (len(columns) * COLUMN_STEP or 1),
    )
    if size >= edition.pt(LEAST_PT):
        return Inscribed(
            columns, (), round(size, 2), True,
            round(size * (COLUMN_STEP * (len(columns) - 1) + 1), 2), round(size * CELL_STEP * deepest, 2),
        )  # fmt: skip
    kind = setting.dress["quotation"]
    room = edition.measure_pt / kind.size_pt
    lines = tuple(
        line for text in typed for line in balance(text, room, setting.width("quotation"))
    )
    return Inscribed((), lines, kind.size_pt, False, edition.measure_pt, len(lines) * kind.line_pt)


# ---- Pages of pictures -----------------------------------------------------------------------


def plate_leaves(speech: Speech, index: int, folio: int, setting: Setting) -> list[PlateLeaf]:
    """Return the pages of a text's pictures, the first of them with this folio.

    A picture of a group of people, or a panorama, goes across two pages where two lie beside one another;
    it begins on a left-hand page: those before it take one page more or less for that, or else one of
    those behind it goes before it.
    """
    pictures = shown_pictures(speech)
    shapes = [photographs.shape_of(one.figure, speech.path) for one in pictures]
    runs: list[list[int]] = [[]]
    for at, one in enumerate(pictures):
        if goes_across(one, speech, setting.edition):
            runs += [[at], []]
        else:
            runs[-1].append(at)
    leaves: list[PlateLeaf] = []
    for number, run in enumerate(runs):
        if number % 2:
            waiting = runs[number + 1]
            if (folio + len(leaves)) % 2 and waiting:  # a page of what follows goes before it
                made = singles(waiting, pictures, shapes, speech, index, setting)
                leaves.append(made[0])
                taken = sum(len(row.plates) for row in made[0].rows)
                runs[number + 1] = waiting[taken:]
            if (folio + len(leaves)) % 2:
                leaves.append(PlateLeaf(title=speech.title))
            leaves += spread(run[0], pictures[run[0]], shapes[run[0]], speech, index, setting)
        elif run:
            odd = bool((folio + len(leaves)) % 2) if number + 1 < len(runs) else None
            leaves += singles(run, pictures, shapes, speech, index, setting, odd)
    return leaves


def singles(
    run: Sequence[int],
    pictures: Sequence[Shown],
    shapes: Sequence[float],
    speech: Speech,
    index: int,
    setting: Setting,
    odd: bool | None = None,
) -> list[PlateLeaf]:
    """Return the pages of pictures that stand in rows, an odd number of them if need be."""
    edition = setting.edition
    line_pt = setting.dress["plate-caption"].line_pt
    gap = edition.pt(CREDIT_GAP)

    def words(at: int, width_pt: float) -> float:
        one = pictures[run[at]]
        texts = [one.figure.caption, *one.names]
        lines = len(lines_of(texts, width_pt, setting)) + bool(one.figure.credit)
        return gap + lines * line_pt if lines else 0.0

    pages = plate_pages(
        [shapes[at] for at in run],
        edition.measure_pt,
        edition.lines * edition.line_pt,
        words,
        odd,
    )
    return [leaf(page, run, pictures, speech, index, setting) for page in pages]


def leaf(
    page: PlatePage,
    run: Sequence[int],
    pictures: Sequence[Shown],
    speech: Speech,
    index: int,
    setting: Setting,
) -> PlateLeaf:
    """Return a page with its pictures made."""
    rows = []
    for row in page.rows:
        plates = []
        for at, width in zip(row.pictures, row.widths, strict=True):
            number, one = run[at], pictures[run[at]]
            size = (round(width, 2), round(row.height, 2))
            data = photographs.cut_to(one.figure, size, setting.edition, speech.path)
            name = f"figures/s{index}-p{number}.jpg"
            caption = lines_of([one.figure.caption, *one.names], width, setting)
            plates.append(Plate(name, data, *size, caption, one.figure.credit, alt_of(one)))
        rows.append(PlateRow(tuple(plates)))
    return PlateLeaf(tuple(rows))


def lines_of(texts: Sequence[str], width_pt: float, setting: Setting) -> tuple[str, ...]:
    """Return the words under a picture in lines of this width, each text on lines of its own."""
    room = width_pt / setting.dress["plate-caption"].size_pt
    width = setting.width("plate-caption")
    return tuple(line for text in texts if text for line in balance(text, room, width))


def alt_of(one: Shown) -> str:
    """Return what a reader hears who does not see a picture."""
    return one.figure.caption or "图片"


def spread(
    number: int, one: Shown, shape: float, speech: Speech, index: int, setting: Setting
) -> list[PlateLeaf]:
    """Return the two pages that a picture goes across, its words under its left half.

    One that reaches the edges goes on over the trim.
    """
    edition = setting.edition
    trim_pt, fore_edge = edition.trim_mm[0] * PT_PER_MM, edition.fore_edge_mm * PT_PER_MM
    edge = fore_edge
    for _ in range(FITTINGS):  # a smaller picture has narrower words, and these are deeper
        room = max(edition.measure_pt - (edge - fore_edge), edition.measure_pt / 2)
        caption = lines_of([one.figure.caption], room, setting)
        names = lines_of(one.names, room, setting)
        lines = len(caption) + bool(one.figure.credit) + len(names)
        words = lines * setting.dress["plate-caption"].line_pt + 2 * edition.pt(CREDIT_GAP)
        across, height = across_size(shape, words, edition)
        edge = min(max(fore_edge, trim_pt - across / 2), fore_edge + edition.measure_pt / 2)
    to_edge = across >= 2 * trim_pt - 0.01
    beyond = edition.bleed_mm * PT_PER_MM if to_edge else 0.0
    half = (round(across / 2 + beyond, 2), round(height, 2))
    leaves = []
    for side, within in (("left", (0.0, 0.5)), ("right", (0.5, 1.0))):
        data = photographs.cut_to(one.figure, half, edition, speech.path, within)
        name = f"figures/s{index}-p{number}-{side}.jpg"
        if side == "left":
            plate = Plate(name, data, *half, caption, one.figure.credit, alt_of(one))
            leaves.append(
                PlateLeaf(
                    side=side,
                    half=plate,
                    names=names,
                    beyond_pt=round(beyond, 2),
                    words_at_pt=round(edge, 2),
                    words_pt=round(room, 2),
                )
            )
        else:
            plate = Plate(name, data, *half, (), "", f"{alt_of(one)}（右半）")
            leaves.append(PlateLeaf(side=side, half=plate, beyond_pt=round(beyond, 2)))
    return leaves
