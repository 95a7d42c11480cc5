"""The book as data: Book > Speech > Block > Run. Content only, never layout.

Every value that came from a file knows its line there (from 1), so that whoever finds fault with
it later can say where. Tuples throughout: a Book never changes once it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.errors import Finding
from booklet.text.formulations import Formulation


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one dress. ``\\n`` is a line break that the author asked for.

    A run with a ``note`` is a footnote call: its text is empty, the note's runs are the footnote,
    and ``number`` counts the notes through the book.
    """

    text: str
    emphasis: bool = False  # 着重号
    strong: bool = False  # 黑体
    href: str = ""
    note: tuple["Run", ...] = ()
    number: int = 0


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a speech; level 1 is 一、, 2 （一）, 3 1., 4 （1）."""

    level: int
    runs: Runs
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` is its run-in heading (level as in Heading), or empty.

    ``label`` is what stands in a column of its own before it: a year, an office with its colon.
    """

    runs: Runs
    line: int
    lead: Runs = ()
    lead_level: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A passage quoted at length, set in 楷."""

    blocks: tuple["Block", ...]
    line: int


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; each item is a tuple of blocks. ``start`` is the first number, 0 for bullets."""

    items: tuple[tuple["Block", ...], ...]
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: one row of headers, then rows of cells."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and credit. ``path`` is absolute and inside the book's folder."""

    path: Path
    caption: str
    credit: str
    line: int


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who came, as a list of those present names them."""

    name: str
    post: str
    line: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """Those present of one group, in the order of printing; in a row of them, so many to a row."""

    people: tuple[Attendee, ...]
    line: int
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A ``:::stats``, ``:::quote n`` or ``:::link n`` line: the editor's own place for a box."""

    kind: str  # "stats", "quote" or "link"
    number: int  # counts from 1
    line: int


@dataclass(frozen=True, slots=True)
class Break:
    """A pause between two parts of a speech (``---``)."""

    line: int


Block = Heading | Paragraph | BlockQuote | ItemList | Table | Figure | Attendance | Placed | Break


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure as it stands in the speech, and what it counts; a ``lead`` one stands before the others."""

    figure: str
    label: str
    line: int
    lead: bool = False


@dataclass(frozen=True, slots=True)
class StatsHead:
    """What stands over the statistics of a speech: title and period; ``chart`` is bars, share, dots or ""."""

    title: str = ""
    period: str = ""
    chart: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in the speech; ``by`` is whom to name under it."""

    text: str
    by: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the web, printed as a QR code."""

    url: str
    label: str
    note: str
    path: str  # the file that names it
    line: int


@dataclass(frozen=True, slots=True)
class Speech:
    """One piece of the book. ``title`` has one item a line; ``path`` is for messages.

    ``kind`` is a key of ``booklet.genres``. ``about`` tells of the speaker, ``portrait`` shows them;
    ``signed`` are the lines under the text, whose and when; ``present`` is how many a list should name.
    """

    path: str
    kind: str
    title: tuple[str, ...]
    speaker: str
    designation: str
    blocks: tuple[Block, ...]
    quotes: tuple[Quote, ...] = ()
    stats: tuple[Statistic, ...] = ()
    stats_head: StatsHead = StatsHead()
    links: tuple[Link, ...] = ()
    line: int = 1
    portrait: Figure | None = None
    about: str = ""
    signed: tuple[str, ...] = ()
    present: int = 0


@dataclass(frozen=True, slots=True)
class Anniversary:
    """What a meeting commemorates: so many years, from one to another; 0 where that is not said."""

    years: int = 0
    first: int = 0
    last: int = 0

    @property
    def span(self) -> str:
        """Both years, as the cover has them; "" where they are not said."""
        return f"{self.first}—{self.last}" if self.first else ""


@dataclass(frozen=True, slots=True)
class Binding:
    """How the print shop is to bind: saddle, perfect, or "" by thickness; on which paper, of which caliper.

    0.0 stands for the paper's usual one.
    """

    way: str = ""
    paper: str = ""
    leaf_mm: float = 0.0
    spot: str = ""  # the name of an ink in place of the theme's own red
    foil: str = ""  # of a foil on the cover


@dataclass(frozen=True, slots=True)
class Colophon:
    """Who made the booklet; an empty field is not printed."""

    compiler: str = ""  # 编印单位
    printer: str = ""  # 印刷单位
    printed: str = ""  # 印刷日期
    copies: str = ""  # 印数
    recipients: str = ""  # 发送对象
    permit: str = ""  # 准印证号
    contact: str = ""  # 联系方式


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in the book, with every post that he is rightly given."""

    name: str
    posts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """A finding that the editor has looked at and lets stand: of one rule, about ``text``."""

    rule: str
    text: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Book:
    """A whole booklet; ``speeches`` are in the order of printing."""

    path: str  # of booklet.yaml, for messages
    title: tuple[str, ...]
    subtitle: str
    occasion: str
    date: str
    place: str
    host: str
    theme: str
    notice: str
    internal: bool
    colophon: Colophon
    editions: tuple[str, ...]
    links: tuple[Link, ...]
    speeches: tuple[Speech, ...]
    anniversary: Anniversary = Anniversary()
    binding: Binding = Binding()
    index: bool = False  # of the names
    picture: Figure | None = None  # on the front cover
    emblem: Figure | None = None  # of whoever publishes it
    keep: tuple[str, ...] = ()  # names and terms that no line should part
    people: tuple[Person, ...] = ()
    terms: tuple[str, ...] = ()  # names of bodies and terms, as they are rightly written
    formulations: tuple[Formulation, ...] = ()  # of 提法.toml beside booklet.yaml
    allow: tuple[Allowance, ...] = ()
    remarks: tuple[Finding, ...] = ()  # warnings of whoever read it


def printed_links(book: Book) -> tuple[Link, ...]:
    """Return the links of the whole book that have room on its back cover."""
    return book.links[:2]


def text_of(runs: Runs) -> str:
    """Return the words of some runs, footnotes left out."""
    return "".join(run.text for run in runs)


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of everything that is read as prose, in reading order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block.caption + block.credit, block.line
        else:
            yield from ((text_of(runs), line) for runs, line in lines_of_runs((block,)))


def all_runs(blocks: tuple[Block, ...]) -> Iterator[tuple[Run, int]]:
    """Yield (run, line) of every run, those of headings and footnotes too."""
    for runs, line in lines_of_runs(blocks):
        for run in runs:
            yield run, line
            yield from ((part, line) for part in run.note)


def lines_of_runs(blocks: tuple[Block, ...]) -> Iterator[tuple[Runs, int]]:
    """Yield (runs, line) of each paragraph, heading and cell."""
    for block in blocks:
        match block:
            case Heading():
                yield block.runs, block.line
            case Paragraph():
                label = (Run(block.label),) if block.label else ()
                yield (*label, *block.lead, *block.runs), block.line
            case BlockQuote():
                yield from lines_of_runs(block.blocks)
            case ItemList():
                for item in block.items:
                    yield from lines_of_runs(item)
            case Table():
                for row in (block.header, *block.rows):
                    yield from ((cell, block.line) for cell in row)
            case Attendance():
                for one in block.people:
                    yield from (((Run(text),), one.line) for text in (one.name, one.post) if text)
            case Figure() | Placed() | Break():
                pass
