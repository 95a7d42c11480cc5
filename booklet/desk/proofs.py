"""Pages to look at: an edition made warm, kept in memory, drawn as pictures of any size.

What is shown bears no 校样: that changes with every letter, and would make every page another one. The
pages are those that a build makes, from the same type; they are proven by the same functions.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TypeVar

import pypdfium2 as pdfium

from booklet.build import prove, setting_for
from booklet.desk.places import Letters, letters_of
from booklet.edition import read_edition
from booklet.errors import Finding
from booklet.faces.fonts import Fonts
from booklet.finish.labels import label
from booklet.finish.pictures import quick_png
from booklet.finish.x4 import make_x4
from booklet.imprint import NO_IMPRINT
from booklet.model import Book
from booklet.paths import STYLES
from booklet.press.sealed import Pull
from booklet.presswork import NO_FOLIOS, Unbound, bind_up, print_unbound
from booklet.proof.examine import Examined
from booklet.render.setting import Setting
from booklet.shop import Shop
from booklet.standing import Standing
from booklet.workers import Tell, apart

MOST_DRAWN = 24_000_000  # bytes of pictures of pages that are kept
MOST_OPEN = 12  # files of pages that were printed together
MOST_PROOFS = 3  # states of an edition that are kept
MOST_READ = 400_000  # letters of pages that are kept
LEAST_WIDTH, MOST_WIDTH = 80, 3200  # pixels of one
PDFIUM = Lock()  # it does one thing at a time, and is not forked in the middle of one
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=PDFIUM.acquire, after_in_parent=PDFIUM.release, after_in_child=PDFIUM.release
    )
Key = TypeVar("Key", bound=Hashable)
Done = TypeVar("Done", bound=Sized)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to look at: its key, which changes when it looks otherwise; its folio; which text it is of."""

    key: str
    folio: str
    text: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An edition as it is now: its leaves, whether two lie beside one another, the size of one in mm."""

    edition: str
    leaves: tuple[Leaf, ...]
    bound: bool
    trim_mm: tuple[float, float]
    unbound: Unbound = field(repr=False)
    pulls: Mapping[str, Pull] = field(repr=False)  # by what tells those that look otherwise


class Proofs:
    """The editions that are being looked at, and the pictures of their pages.

    A page is drawn from the few that were printed with it: to join the whole book takes as long as to print
    one speech, and is left to the proof.
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.shops: dict[str, Shop] = {}
        self.made: dict[str, list[Proof]] = {}  # those of before too: a page may still be asked for
        self.files: OrderedDict[tuple[str, str], pdfium.PdfDocument] = OrderedDict()
        self.drawn: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self.read: OrderedDict[tuple[str, str], Letters] = OrderedDict()

    def make(self, book: Book, fonts: Fonts, name: str) -> Proof:
        """Print an edition of a book, what has changed of it anew, and return it; nothing is proven yet."""
        with PDFIUM:  # an emblem is read with it
            setting = setting_for(book, name, fonts, NO_IMPRINT)
        unbound = print_unbound(book, self.shop(name, setting))
        edition = setting.edition
        digests = [hashlib.sha256(pull.pdf).hexdigest()[:16] for pull in unbound.pulls]
        pulls = dict(zip(digests, unbound.pulls, strict=True))
        leaves = leaves_of(unbound, digests)
        proof = Proof(name, leaves, edition.bound, edition.trim_mm, unbound, pulls)
        self.made[name] = [proof, *self.made.get(name, [])][:MOST_PROOFS]
        return proof

    def shop(self, name: str, setting: Setting) -> Shop:
        """Return the shop of an edition, the one there is while it would be the same."""
        shop = self.shops.get(name)
        if shop is None or like(shop.setting) != like(setting):
            shop = self.shops[name] = Shop(setting, self.standing)
        return shop

    def make_ready(self, name: str) -> None:
        """Make the press of an edition ready for the next word."""
        if name in self.shops:
            self.shops[name].make_ready()

    def prove(self, examined: Examined, proof: Proof) -> list[Finding]:
        """Return what is wrong with the pages of an edition, read back; meanwhile pages can be drawn."""
        edition = read_edition(STYLES / f"{proof.edition}.toml")
        shop = self.shops[proof.edition]

        def job(_: Tell) -> list[Finding]:
            made = bind_up(shop, proof.unbound)
            if edition.for_press:
                pdf = make_x4(made.pdf, edition)
            else:
                pdf = label(made.pdf, made.labels, edition.bound)
            return prove(pdf, examined.book, edition, examined.fonts, NO_IMPRINT)

        return apart(job, lambda _: None)

    def draw(self, name: str, key: str, width: int) -> bytes | None:
        """Return a page as a PNG of about so many pixels' width, None for one that there is no more."""
        width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
        with PDFIUM:
            return kept(
                self.drawn,
                MOST_DRAWN,
                (name, key, width),
                lambda: self.on(name, key, partial(picture_of, width=width)),
            )

    def letters(self, name: str, key: str) -> Letters | None:
        """Return the letters of a page, None for one that there is no more."""
        with PDFIUM:
            return kept(self.read, MOST_READ, (name, key), lambda: self.on(name, key, letters_of))

    def on(self, name: str, key: str, do: Callable[[pdfium.PdfPage], Done]) -> Done | None:
        """Return what a function makes of a page, None for one that there is no more."""
        digest, _, number = key.rpartition("-")
        file = self.file(name, digest) if number.isdecimal() else None
        if file is None or int(number) >= len(file):
            return None
        page = file[int(number)]
        try:
            return do(page)
        finally:
            page.close()

    def file(self, name: str, digest: str) -> pdfium.PdfDocument | None:
        """Return the pages that were printed together, as a file of their own; None for those that are no more."""
        if found := self.files.get((name, digest)):
            self.files.move_to_end((name, digest))
            return found
        proofs = self.made.get(name, [])
        pull = next((one.pulls[digest] for one in proofs if digest in one.pulls), None)
        if pull is None:
            return None
        alone = bind_up(self.shops[name], Unbound((pull,), None, NO_FOLIOS))
        file = self.files[name, digest] = pdfium.PdfDocument(alone.pdf)
        while len(self.files) > MOST_OPEN:
            self.files.popitem(last=False)[1].close()
        return file


def picture_of(page: pdfium.PdfPage, width: int) -> bytes:
    """Return a page, trimmed, as a PNG of so many pixels' width."""
    left, foot, right, head = page.get_trimbox()
    west, south, east, north = page.get_mediabox()  # its corner need not be where both are 0
    crop = (left - west, foot - south, east - right, north - head)
    return quick_png(page.render(scale=width / (right - left), crop=crop).to_pil())


def leaves_of(unbound: Unbound, digests: Sequence[str]) -> tuple[Leaf, ...]:
    """Return the leaves of printed pages; ``digests`` tell those of each forme that look otherwise."""
    rows = [
        (f"{digest}-{number}", text, kind)
        for pull, text, digest in zip(unbound.pulls, unbound.texts, digests, strict=True)
        for number, (kind, _) in enumerate(pull.kinds)
    ]
    folios = unbound.labels.words(len(rows))
    return tuple(
        Leaf(key, folio, text, kind) for (key, text, kind), folio in zip(rows, folios, strict=True)
    )


def kept(
    store: OrderedDict[Key, Done], most: int, key: Key, make: Callable[[], Done | None]
) -> Done | None:
    """Return what a store has under a key, else make it; those asked for last are kept, ``most`` of them in all."""
    if (found := store.get(key)) is not None:
        store.move_to_end(key)
        return found
    made = make()
    if made is not None:
        store[key] = made
        while sum(map(len, store.values())) > most:
            store.popitem(last=False)
    return made


def like(setting: Setting) -> tuple[object, ...]:
    """Return all of a setting that pages depend on, but for faces and rulers, which a session keeps."""
    return (
        setting.edition, setting.theme, setting.css, setting.kept, setting.indexed, setting.emblem,
    )  # fmt: skip
