"""Names, posts and wording: compared with ``people`` and ``terms`` of booklet.yaml, and with each other.

What differs by a character from a listed name is an error. Names that nobody has listed (those of
speakers) are only compared within the book, where either form may be the right one: a warning.
"""

import re
from collections.abc import Iterable, Iterator

from booklet.errors import Finding
from booklet.model import Book, Person
from booklet.proof.texts import Words, all_words
from booklet.text.names import is_person, masked, near_persons, near_terms
from booklet.text.wordlists import read_words

BLANKS = re.compile(r"[ \u3000]")
MODIFIER = "常务副|副|代|原|前"
TITLE = re.compile(  # a post as it stands before a name, with what modifies it
    rf"(?:{MODIFIER})?(?:{'|'.join(sorted(read_words('booklet.text', 'offices.txt'), key=len, reverse=True))})$"
)
MODIFIED = re.compile(rf"(?:{MODIFIER})$")
AROUND = 6  # characters shown on either side
LEAST_BODY = 6  # characters; a shorter name of a speaker is compared with nothing


def check_names(book: Book) -> Iterator[Finding]:
    """Yield what is wrong with names and posts, in everything that is printed."""
    listed = {BLANKS.sub("", person.name) for person in book.people}
    sure = listed | set(book.terms)
    spoken = {name for name in speakers(book) - sure if not is_near(name, listed, book.terms)}
    persons = {name for name in spoken if is_person(name)}
    bodies = {name for name in spoken - persons if len(name) >= LEAST_BODY}
    known = sure | persons | bodies
    for words in all_words(book):
        seen = masked(words[2], known)
        for name in sorted(listed):
            yield from (near(words, hit, name, "名称-11") for hit in near_persons(name, seen))
        for term in sorted(book.terms):
            yield from (near(words, hit, term, "名称-12") for hit in near_terms(term, seen))
        for name in sorted(persons):
            yield from (two_ways(words, hit, name) for hit in near_persons(name, seen))
        for name in sorted(bodies):
            yield from (two_ways(words, hit, name) for hit in near_terms(name, seen))
        for person in book.people:
            yield from wrong_posts(words, person)
    yield from unlike_each_other(book, persons)
    for speech in book.speeches:
        for person in book.people:
            if BLANKS.sub("", speech.speaker) == BLANKS.sub("", person.name):
                yield from wrong_byline(speech.path, speech.line, speech.designation, person)


def speakers(book: Book) -> set[str]:
    """Return who speaks, and who is quoted."""
    names = [speech.speaker for speech in book.speeches]
    names += [quote.by for speech in book.speeches for quote in speech.quotes]
    return {BLANKS.sub("", name) for name in names if name}


def is_near(name: str, listed: Iterable[str], terms: Iterable[str]) -> bool:
    """Tell whether a name is a listed one with a mistake in it."""
    return any(hit for one in listed for hit in near_persons(one, name)) or any(
        hit for term in terms for hit in near_terms(term, name)
    )


def near(words: Words, hit: tuple[int, str], name: str, code: str) -> Finding:
    """Return an error that names both forms."""
    path, line, text = words
    fix = f"改为“{name}”；确是另一个名称，就加进 booklet.yaml 的 people 或 terms（或者名单.txt）"
    message = f"“{hit[1]}”与名单里的“{name}”只差一点：{shown(text, *hit)}"
    return Finding(path, line, message, fix, "error", code)


def two_ways(words: Words, hit: tuple[int, str], name: str) -> Finding:
    """Return a warning about a name that is written otherwise where it is a speaker's."""
    path, line, text = words
    fix = "核对后统一；两个都对，就加进 booklet.yaml 的 people 或 terms（或者名单.txt）"
    message = f"这里写“{hit[1]}”，署名里写“{name}”：{shown(text, *hit)}"
    return Finding(path, line, message, fix, "warning", "名称-14")


def shown(text: str, at: int, words: str) -> str:
    """Return a place with a few characters on either side."""
    return f"…{text[max(at - AROUND, 0) : at + len(words) + AROUND]}…"


def unlike_each_other(book: Book, persons: set[str]) -> Iterator[Finding]:
    """Yield a warning for two speakers whose names differ by one character that is alike."""
    for name in sorted(persons):
        for other in sorted(persons):
            if name < other and len(name) == len(other) > 2 and list(near_persons(name, other)):
                message = f"两位发言人的姓名只差一点：“{name}”和“{other}”"
                fix = "核对；是两个人，就都加进 booklet.yaml 的 people"
                yield Finding(book.path, 0, message, fix, "warning", "名称-14")


def wrong_posts(words: Words, person: Person) -> Iterator[Finding]:
    """Yield an error for each post before, or in brackets behind, a name that is none of the listed."""
    path, line, text = words
    name = BLANKS.sub("", person.name)
    for match in re.finditer(re.escape(name), text) if person.posts else ():
        before = TITLE.search(text[max(match.start() - 12, 0) : match.start()])
        behind = re.compile(r"（([^（）]{2,30})）").match(text, match.end())
        given = [before[0]] if before else []
        given += [behind[1]] if behind and TITLE.search(behind[1]) else []
        for post in given:
            if not is_right(post, person):
                yield post_finding(path, line, post, person, shown(text, match.start(), name))


def wrong_byline(path: str, line: int, designation: str, person: Person) -> Iterator[Finding]:
    """Yield an error for a speaker's post that is none of the listed."""
    if (
        designation
        and person.posts
        and TITLE.search(designation)
        and not is_right(designation, person)
    ):
        yield post_finding(path, line, designation, person, "署名")


def is_right(post: str, person: Person) -> bool:
    """Tell whether a post, or the end of one, is among those listed, dates in brackets left out."""
    listed = [re.sub("（.*?）", "", one) for one in person.posts]
    return any(
        whole.endswith(part) and not MODIFIED.search(whole[: -len(part)])
        for one in listed
        for whole, part in ((one, post), (post, one))
    )


def post_finding(path: str, line: int, post: str, person: Person, where: str) -> Finding:
    """Return an error that names the post given and those listed."""
    message = f"{person.name}的职务写作“{post}”，名单里是“{'、'.join(person.posts)}”：{where}"
    fix = "核对后改正；当时确是这个职务，就在 people 里这个人的 post 后面加上"
    return Finding(path, line, message, fix, "error", "名称-13")
