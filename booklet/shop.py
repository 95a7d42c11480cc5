"""The shop of one edition: what is ready for it, and what it printed before."""

from collections.abc import Iterable
from functools import cache

from booklet.faces.fonts import of_gb2312, subset
from booklet.imprint import parts
from booklet.model import Book, Speech
from booklet.press.sealed import Press, Pull, engine
from booklet.render.formes import Forme, drawings, numbers, style_sheet
from booklet.render.piece import Piece, set_piece
from booklet.render.setting import Setting
from booklet.standing import Standing

NOTHING = Standing()
PLAIN = "".join(map(chr, range(0x20, 0x7F)))  # characters that are always in the case


@cache
def common() -> frozenset[str]:
    """Return the characters of every day: the first level of GB 2312."""
    return of_gb2312(16, 55)


class Shop:
    """What is ready for one edition: press, faces, and what was set and printed last.

    Who prints again in one process gives the same shop again: only what has changed is done anew.
    ``standing`` keeps what was printed for other processes.
    """

    def __init__(self, setting: Setting, standing: Standing = NOTHING) -> None:
        self.setting = setting
        self.standing = standing
        self.css, self.drawings = style_sheet(setting), drawings(setting)
        self.tagged = not setting.edition.for_press
        self.characters = frozenset(PLAIN + self.css)
        self._press: Press | None = None
        self._pieces: dict[int, Piece] = {}

    def piece(self, speech: Speech, number: int) -> Piece:
        """Return a speech cast off, its boxes made."""
        piece = self._pieces.get(number)
        if piece is None or piece.speech != speech:
            piece = self._pieces[number] = set_piece(speech, number, self.setting)
        return piece

    def expect(self, formes: Iterable[Forme | None]) -> None:
        """Say which formes will be laid out, so that the case holds their characters from the start.

        None is one that a book does not have.
        """
        wanted = {char for forme in formes if forme for char in set(forme.html)}
        if not wanted <= self.characters:
            again = (
                self._press is not None
            )  # somebody edits: the next word may bring any of the common ones
            self.characters |= wanted | (common() if again else frozenset())
            self._press = None

    def make_ready(self) -> None:
        """Make the press ready for whatever word is written next, while there is nothing else to do."""
        if not common() <= self.characters:
            self.characters |= common()
            self._press = None
        _ = self.press

    @property
    def press(self) -> Press:
        """The press, with every character in its case that is expected."""
        if self._press is None:
            fonts = self.setting.fonts
            faces = {r: subset(face, self.characters, numbers=True) for r, face in fonts.items()}
            self._press = Press(self.css, faces, self.drawings)
        return self._press

    def pull(self, forme: Forme, tagged: bool, key: str = "") -> Pull:
        """Return what a forme prints, now or before; ``key`` names it, else all that is in it."""
        key = key or self.key_of_forme(forme, tagged)
        if pull := self.standing.find(key):
            return pull
        self.expect([forme])
        pull = self.press.pull(
            forme.html, forme.stock.resources, forme.stock.plans,
            tagged=tagged, spare=forme.spare, before=forme.before, sheet=forme.sheet,
        )  # fmt: skip
        self.standing.keep(key, pull)
        return pull

    def key_of_forme(self, forme: Forme, tagged: bool) -> str:
        """Return the digest of a forme, as this shop prints it."""
        pages = (forme.spare, forme.before % forme.sheet, forme.sheet, tagged)
        inputs = [engine(), self.css, forme.html, repr(forme.stock.plans), repr(pages)]
        return self.standing.key(map(str.encode, inputs), self.drawings | forme.stock.resources)

    def key_of_speech(self, book: Book, number: int, folio: int) -> str:
        """Return the digest of a speech, of all that its pages depend on, without setting it."""
        setting, title = self.setting, "".join(book.title)
        inputs = [
            engine(), self.css, f"{setting.edition.name} {setting.edition.most_ink:g}", setting.theme.name, repr(setting.kept), repr(setting.indexed), title,
            f"{number} {numbers(book)[number]} {folio}",
        ]  # fmt: skip
        read = parts(book.speeches[number])
        return self.standing.key((*map(str.encode, inputs), *read), self.drawings)
