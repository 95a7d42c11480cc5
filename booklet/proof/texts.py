"""Everything of a book that is printed as words, with its file and line."""

from collections.abc import Iterator

from booklet.model import Book, Speech, all_runs, paragraphs, text_of

Words = tuple[str, int, str]
"""(file, line, text)"""


def words_of_book(book: Book) -> Iterator[Words]:
    """Yield the words of booklet.yaml."""
    texts = [*book.title, book.subtitle, book.occasion, book.date, book.place, book.host]
    texts += [book.notice, *(str(getattr(book.colophon, key)) for key in book.colophon.__slots__)]
    yield from ((book.path, 1, text) for text in texts if text)
    for link in book.links:
        yield from ((book.path, link.line, text) for text in (link.label, link.note) if text)


def words_of_speech(speech: Speech) -> Iterator[Words]:
    """Yield the words of one speech, each once: a pull-quote's stand in its text."""
    for text in (*speech.title, speech.speaker, speech.designation, speech.about, *speech.signed):
        yield speech.path, speech.line, text
    yield from ((speech.path, line, text) for text, line in paragraphs(speech.blocks))
    for run, line in all_runs(speech.blocks):
        if run.note:
            yield speech.path, line, text_of(run.note)
    for quote in speech.quotes:
        if quote.by != speech.speaker:
            yield speech.path, quote.line, quote.by
    head = speech.stats_head
    yield from ((speech.path, head.line, text) for text in (head.title, head.period))
    yield from ((speech.path, stat.line, stat.label) for stat in speech.stats)
    for link in speech.links:
        yield from ((speech.path, link.line, text) for text in (link.label, link.note))


def all_words(book: Book) -> Iterator[Words]:
    """Yield all words of a book."""
    yield from words_of_book(book)
    for speech in book.speeches:
        yield from words_of_speech(speech)
