"""Presswork: a book to the pages of one edition, forme by forme, joined.

Speeches that are as they were are taken from the type that was kept standing; the others are set and
laid out, in as many processes as may run.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from booklet.finish.join import Joined
from booklet.finish.labels import Labels
from booklet.genres import PART, PLATES, genre_of
from booklet.model import Book
from booklet.press.sealed import BLANK, Pull
from booklet.render.formes import (
    ELSEWHERE,
    Forme,
    contents_forme,
    end_forme,
    front_forme,
    leaf_forme,
    names_forme,
    piece_forme,
    spine_forme,
    stamp_forme,
    statistics_forme,
)
from booklet.render.layout import make_up_piece
from booklet.render.setting import Setting
from booklet.shop import Shop
from booklet.workers import Tell, side_by_side

UNSTAMPED = frozenset(
    {BLANK, "empty", "endpaper", "back"}
)  # pages without words, and the back cover
GROUNDS = frozenset({"cover", "divider"})  # pages whose stamp has a colour of its own
NO_FOLIOS = Labels(0, 0)  # of what is no book
FEW = 24  # pages for which another process is not worth its start


@dataclass(frozen=True, slots=True)
class Presswork:
    """The pages of an edition as one file, their number, and where the runs of folios begin.

    ``kinds`` are what each page is (the names of ``@page``).
    """

    pdf: bytes
    pages: int
    labels: Labels
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unbound:
    """What the formes of a book printed, in their order, not yet one file.

    ``stamp`` is printed over all of them; ``within`` are those that stand in a part of the book; ``texts``
    tell which of the book's texts each is, None for what stands around them.
    """

    pulls: tuple[Pull, ...]
    stamp: Forme | None
    labels: Labels
    within: frozenset[int] = frozenset()
    texts: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A speech that is to be printed: its number, its forme, and the digest to keep that by."""

    number: int
    forme: Forme
    key: str


def print_book(book: Book, shop: Shop, at_once: int = 1) -> Presswork:
    """Print the pages of an edition; speeches are laid out in at most ``at_once`` processes."""
    return bind_up(shop, print_unbound(book, shop, at_once))


def print_unbound(book: Book, shop: Shop, at_once: int = 1) -> Unbound:
    """Print the formes of an edition, but do not join them: for who looks at one of their pages alone."""
    setting, tagged = shop.setting, shop.tagged
    opening, stamp = front_forme(book, setting), stamp_forme(setting)
    shop.expect([opening, stamp, *matter(book, setting)])
    lead = leading_plates(book)
    pieces, first = print_pieces(book, shop, at_once, lead)
    folios = {
        name: start + page
        for pull, start in zip(pieces, first, strict=False)
        for name, page in pull.page_of.items()
    }
    folio = folios["statistics"] = first[-1]
    body = list(pieces)
    if forme := statistics_forme(book, setting, folios, folio):
        body.append(shop.pull(forme, tagged))
        folio += len(body[-1].kinds)
    folios["names"] = folio
    if forme := names_forme(book, setting, folios, folio):
        body.append(shop.pull(forme, tagged))
        folio += len(body[-1].kinds)
    front = [shop.pull(opening, tagged)]
    for number in range(lead):
        plates, _ = leaf_forme(book, number, setting, pages_of(front) + 1, front=True)
        front.append(shop.pull(plates, tagged))
    front.append(shop.pull(contents_forme(book, setting, folios, pages_of(front)), tagged))
    before = pages_of(front)
    end = shop.pull(end_forme(book, setting, folio, before + folio - 1), tagged)
    labels = Labels(front[0].page_of["title-page"], before)
    within = frozenset(len(front) + n for n in in_parts(book, lead))
    pulls = (*front, *body, end)
    texts = (None, *range(lead), None, *range(lead, len(book.speeches)))
    texts += (None,) * (len(pulls) - len(texts))
    return Unbound(pulls, stamp, labels, within, texts)


def in_parts(book: Book, lead: int) -> Iterator[int]:
    """Yield which texts from ``lead`` on, counted from 0, stand in a part of the book."""
    inside = False
    for n, speech in enumerate(book.speeches[lead:]):
        if inside and speech.kind != PART:
            yield n
        inside = inside or speech.kind == PART


def leading_plates(book: Book) -> int:
    """Return how many texts stand before the contents: the pages of pictures that begin a book."""
    others = (n for n, speech in enumerate(book.speeches) if speech.kind != PLATES)
    return next(others, 0)


def pages_of(pulls: Sequence[Pull]) -> int:
    """Return how many pages some formes printed."""
    return sum(len(pull.kinds) for pull in pulls)


def print_grounds(book: Book, shop: Shop) -> Presswork:
    """Print the pages of a book that stand on grounds, and those that come with them."""
    setting = shop.setting
    formes = [front_forme(book, setting)]
    formes += [
        leaf_forme(book, number, setting, 1)[0]
        for number, speech in enumerate(book.speeches)
        if speech.kind == PART
    ]
    formes.append(end_forme(book, setting, 1, 0))
    stamp = stamp_forme(setting)
    shop.expect([*formes, stamp])
    pulls = [shop.pull(forme, shop.tagged) for forme in formes]
    return bind_up(shop, Unbound(tuple(pulls), stamp, NO_FOLIOS))


def print_spine(book: Book, spine_mm: float, setting: Setting) -> bytes:
    """Print the words on the spine of a glued book, b"" where it is too narrow for any."""
    forme = spine_forme(book, spine_mm, setting)
    if forme is None:
        return b""
    shop = Shop(setting)
    shop.expect([forme])
    return bind_up(shop, Unbound((shop.pull(forme, tagged=False),), None, NO_FOLIOS)).pdf


def print_sheet(forme: Forme, setting: Setting) -> Presswork:
    """Print pages that are no book: an order, a list to sign, a trial sheet."""
    shop, stamp = Shop(setting), stamp_forme(setting)
    shop.expect([forme, stamp])
    return bind_up(shop, Unbound((shop.pull(forme, tagged=True),), stamp, NO_FOLIOS))


def print_speech(book: Book, number: int, shop: Shop) -> Presswork:
    """Print the pages of one speech as they are in the book: what an editor looks at while writing."""
    lead = leading_plates(book)
    if number < lead:
        forme, _ = leaf_forme(book, number, shop.setting, 1, front=True)
        pull = shop.pull(forme, shop.tagged)
    else:
        pull = print_pieces(book, shop, 1, lead)[0][number - lead]
    return bind_up(shop, Unbound((pull,), stamp_forme(shop.setting), NO_FOLIOS))


def matter(book: Book, setting: Setting) -> tuple[Forme | None, ...]:
    """Return the formes around the speeches that print folios, before these are known."""
    nowhere: Mapping[str, int] = defaultdict(int)
    return (
        contents_forme(book, setting, nowhere, 0),
        statistics_forme(book, setting, nowhere, 1),
        names_forme(book, setting, nowhere, 1),
        end_forme(book, setting, 1, 0),
    )


def print_pieces(
    book: Book, shop: Shop, at_once: int, lead: int = 0
) -> tuple[list[Pull], list[int]]:
    """Return what each speech from ``lead`` on prints, the folio each begins with, one more for what follows.

    Make-up knows how many pages each takes, but for those with footnotes: where a count was wrong, the
    speeches behind it get the folios that they have.
    """
    printed: dict[str, Pull] = {}
    counted: dict[int, int] = {}
    while True:
        pulls, first, jobs = [], [1], []
        for number in range(lead, len(book.speeches)):
            key = shop.key_of_speech(book, number, first[-1])
            if pull := printed.get(key) or shop.standing.find(key):
                pulls.append(pull)
                first.append(first[-1] + len(pull.kinds))
                continue
            forme, pages = compose(book, number, first[-1], shop)
            jobs.append(Job(number, forme, key))
            first.append(first[-1] + counted.get(number, pages))
        if not jobs:
            return pulls, first
        for job, pull in zip(jobs, print_jobs(jobs, shop, at_once, first[-1]), strict=True):
            printed[job.key] = pull
            counted[job.number] = len(pull.kinds)


def compose(book: Book, number: int, folio: int, shop: Shop) -> tuple[Forme, int]:
    """Set one speech, from this folio on, and make it up; return its forme, and how many pages it takes."""
    if genre_of(book.speeches[number].kind).leaf:
        return leaf_forme(book, number, shop.setting, folio)
    piece = shop.piece(book.speeches[number], number)
    made = make_up_piece(piece, shop.setting, folio)
    return piece_forme(book, piece, shop.setting, made, folio), made.pages


def print_jobs(jobs: Sequence[Job], shop: Shop, at_once: int, pages: int) -> list[Pull]:
    """Return what each job prints; they are divided among as many processes as are worth it."""
    shop.expect(job.forme for job in jobs)
    shares = max(1, min(at_once, len(jobs), pages // FEW))
    tasks = [partial(print_some, shop, jobs[n::shares]) for n in range(shares)]
    printed: list[Pull | None] = [None] * len(jobs)
    for n, pulls in enumerate(side_by_side(tasks, lambda _words: None, shares)):
        printed[n::shares] = pulls
    return [pull for pull in printed if pull]


def print_some(shop: Shop, jobs: Sequence[Job], _tell: Tell) -> list[Pull]:
    """Return what some jobs print."""
    return [shop.pull(job.forme, shop.tagged, job.key) for job in jobs]


def bind_up(shop: Shop, unbound: Unbound) -> Presswork:
    """Join what the formes printed, and stamp it."""
    first, *others = unbound.pulls
    joined = Joined(first.pdf, ELSEWHERE)
    for number, pull in enumerate(others, 1):
        joined.add(pull.pdf, number in unbound.within)
    kinds = [kind for pull in unbound.pulls for kind in pull.kinds]
    if unbound.stamp is not None:
        mark = shop.pull(unbound.stamp, tagged=False)
        places = {
            number: mark.page_of[f"stamp-{kind if kind in GROUNDS else side}"]
            for number, (kind, side) in enumerate(kinds)
            if kind not in UNSTAMPED
        }
        joined.stamp(mark.pdf, places)
    names = tuple(kind for kind, _ in kinds)
    return Presswork(joined.whole(shop.setting.fonts), len(kinds), unbound.labels, names)
