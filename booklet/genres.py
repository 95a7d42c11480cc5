"""The kinds of text that a booklet has, and what is different about each: the one table of them.

A manuscript names its kind in front matter by the key or by one of the Chinese ``words``: ``kind: 贺信``.
"""

from dataclasses import dataclass

SPEECH, PART, PLATES, INSCRIPTION = "speech", "part", "plates", "inscription"
SINK, SHALLOW = 10, 6  # lines that openings take where there is room: with a number, without


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of text.

    ``numbered`` ones count 01, 02 …; ``leaf`` ones are whole pages, not text that flows; ``named`` ones
    have an entry in the contents; ``spoken`` ones need a speaker. ``labelled`` ones give the words before
    a colon, or a year, at the head of a paragraph a column of their own. Each typed line of its manuscript
    is a paragraph where ``lines`` is "apart", a line where it is "kept". Without ``text`` its file needs no
    words of its own.
    """

    words: tuple[str, ...]
    numbered: bool = False
    leaf: bool = False
    named: bool = True
    spoken: bool = False
    labelled: str = ""
    lines: str = ""
    text: bool = True

    @property
    def sink(self) -> int:
        """The lines that the opening takes where there is room."""
        return SINK if self.numbered else SHALLOW


GENRES = {
    SPEECH: Genre(("发言",), numbered=True, spoken=True),
    "text": Genre(("序", "序言", "前言", "致辞", "主持词", "总结讲话", "讲话", "报道", "文章")),
    "letter": Genre(("贺信", "贺电", "信")),
    "note": Genre(("编者按",)),
    "agenda": Genre(("议程", "会议议程")),
    "people": Genre(("名单", "参会人员名单", "出席名单"), text=False),
    "board": Genre(("编委会", "编委会名单"), labelled="colon", lines="apart"),
    INSCRIPTION: Genre(("题词",), leaf=True, lines="kept"),
    "verse": Genre(("诗词", "诗", "词"), lines="kept"),
    PLATES: Genre(("图版", "照片", "合影"), leaf=True, named=False),
    "timeline": Genre(("大事记",), labelled="year", lines="apart"),
    "appendix": Genre(("附录",)),
    "afterword": Genre(("后记",)),
}
DIVIDER = Genre(("篇章页",), leaf=True, text=False)  # made of ``parts:``, never a file's
WORDS = {word: kind for kind, genre in GENRES.items() for word in genre.words}


def title_type(kind: str, speaker: str) -> str:
    """Return the kind of type that a title is set in: somebody's words, or matter of the book's own."""
    return "title" if speaker or genre_of(kind).numbered else "matter-title"


def genre_of(kind: str) -> Genre:
    """Return what is different about a kind of text."""
    return DIVIDER if kind == PART else GENRES[kind]
