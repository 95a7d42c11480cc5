"""Proof that the faces can set the book: each character is asked of the role that will set it."""

from collections.abc import Iterator

from booklet.errors import Finding
from booklet.fonts import Fonts, missing
from booklet.model import BlockQuote, Book, Figure, Heading, Paragraph, Speech, all_runs, text_of


def coverage(book: Book, fonts: Fonts) -> list[Finding]:
    """Return an error for each place with a character that neither role nor fallback can set."""
    findings = []
    for path, line, role, text in texts(book):
        for char in missing(text, role, fonts):
            at = text.index(char)
            message = (
                f"字体（{role}）里没有“{char}”U+{ord(char):04X}：…{text[max(at - 4, 0) : at + 5]}…"
            )
            fix = "核对这个字；确实要用，就在 fonts/fonts.toml 里换一种收有它的字体"
            findings.append(Finding(path, line, message, fix, "error", "缺字-01"))
    return sorted(set(findings))


def texts(book: Book) -> Iterator[tuple[str, int, str, str]]:
    """Yield (file, line, role, text) of everything that is printed."""
    for text in (*book.title,):
        yield book.path, 1, "song-900", text
    for text in (book.subtitle, book.date, book.place, book.host):
        yield book.path, 1, "hei-400", text
    for text in (book.occasion, book.notice):
        yield book.path, 1, "kai-400", text
    for key in book.colophon.__slots__:
        yield book.path, 1, "song-400", str(getattr(book.colophon, key))
    for link in book.links:
        yield book.path, link.line, "hei-700", link.label
        yield book.path, link.line, "kai-400", link.note
    for speech in book.speeches:
        yield from texts_of_speech(speech)


def texts_of_speech(speech: Speech) -> Iterator[tuple[str, int, str, str]]:
    """Yield (file, line, role, text) of one speech."""
    path = speech.path
    for text in speech.title:
        yield path, speech.line, "song-700", text
    for text in (speech.speaker, speech.designation):
        yield path, speech.line, "kai-400", text
    body = "kai-400" if speech.kind == "note" else "song-400"
    for run, line in all_runs(speech.blocks):
        yield path, line, "hei-700" if run.strong else "kai-400" if run.emphasis else body, run.text
    for block in speech.blocks:
        match block:
            case Heading():
                yield path, block.line, "hei-700", text_of(block.runs)
            case Paragraph():
                yield path, block.line, "hei-700", text_of(block.lead)
            case Figure():
                yield path, block.line, "kai-400", block.caption + block.credit
            case BlockQuote():
                for run, line in all_runs(block.blocks):
                    yield path, line, "kai-400", run.text
    for quote in speech.quotes:
        yield path, quote.line, "kai-400", quote.text + quote.by
    for stat in speech.stats:
        yield path, stat.line, "hei-400", stat.figure + stat.label
    for link in speech.links:
        yield path, link.line, "hei-700", link.label
        yield path, link.line, "kai-400", link.note
