"""Names that are nearly right: a character off, a look-alike, two characters in the wrong order.

A person's name is short, so what is merely like it counts only where the other character looks or
sounds like the right one, or where a post or a verb tells that a person is meant. The name of a body
is long: anything one character away from it counts.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from booklet.text.clreq import is_han
from booklet.text.wordlists import read_words
from booklet.text.words import word_edges

SURNAMES = "".join(read_words("booklet.text", "surnames.txt"))
DOUBLE = read_words("booklet.text", "double-surnames.txt")
MASK = "\0"  # where a known name stands
OTHER = f"[^{MASK}]"
PERSON_AFTER = re.compile(
    "同志|先生|女士|老师|书记|主任|医生|护士|教授|队长|院长|校长|局长|主席|会长|说|表示|介绍|认为|谈到|回忆|作了|发言|带领|等"
)
PERSON_BEFORE = re.compile(
    "(?:书记|主任|长|主席|代表|队员|教师|老师|医生|护士|工程师|教授|同志|志愿者|发言人)$"
)
ENDS = frozenset("说来去到在是等和与的了")  # a name often ends before one of these
LEAST_TERM = 4  # characters; in a shorter one a character off is another word
LEAST_LOSS = 6  # … in which a character may be missing or too many


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Tell whether two characters look or sound alike."""
    return other in look_alikes().get(one, "") or bool(sounds(one) & sounds(other))


@lru_cache(maxsize=1)
def look_alikes() -> dict[str, str]:
    """Return for each character those that are easily taken for it."""
    found: dict[str, str] = {}
    for group in read_words("booklet.text", "lookalikes.txt"):
        for char in group:
            found[char] = found.get(char, "") + group
    return found


@lru_cache(maxsize=4096)
def sounds(char: str) -> frozenset[str]:
    """Return how a character is read, without its tone."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 0.25 s and 45 MiB, for words only
    from pypinyin import Style, pinyin  # late: its tables take longer to load than a check

    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def is_person(name: str) -> bool:
    """Tell whether a name is a person's, by its length and surname."""
    return (2 <= len(name) <= 3 and name[0] in SURNAMES) or (
        3 <= len(name) <= 4 and name.startswith(DOUBLE)
    )


def is_two(name: str) -> bool:
    """Tell whether a name is of two characters, and so printed as wide as one of three."""
    return len(name) == 2 and all(map(is_han, name))


def masked(text: str, known: Iterable[str]) -> str:
    """Return a text in which known names cannot be seen."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, MASK * len(name))
    return text


def near_persons(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of what is nearly a person's name in a masked text."""
    for match in person_pattern(name).finditer(text):
        words = match[1]
        if words != name and is_near_person(name, words, text, match.start()):
            yield match.start(), words


@lru_cache(maxsize=1024)
def person_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name with one character changed, or its given name turned round."""
    ways = [re.escape(name[:n]) + OTHER + re.escape(name[n + 1 :]) for n in range(len(name))]
    if len(name) > 2:
        ways.append(re.escape(name[0] + name[:0:-1]))
    return re.compile(f"(?=({'|'.join(ways)}))")


def is_near_person(name: str, words: str, text: str, at: int) -> bool:
    """Tell whether words are meant to be a name."""
    end = at + len(words)
    changed = [n for n, (one, other) in enumerate(zip(name, words, strict=True)) if one != other]
    if len(changed) > 1:
        return True  # turned round
    right, wrong = name[changed[0]], words[changed[0]]
    edges = word_edges(text.replace(MASK, "。"))
    whole = at in edges and (end in edges or text[end : end + 1] in ENDS)
    if len(name) == 2:
        return whole and changed == [1] and alike(right, wrong)
    person = PERSON_AFTER.match(text, end) or PERSON_BEFORE.search(text[:at])
    return alike(right, wrong) or bool(person and whole)


def near_terms(term: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of what is nearly the name of a body, or a term, in a masked text."""
    if len(term) >= LEAST_TERM:
        for match in term_pattern(term).finditer(text):
            words, at = match[1], match.start()
            if words != term and (ends_alike(term, words) or stands_alone(words, text, at)):
                yield at, words


def ends_alike(term: str, words: str) -> bool:
    """Tell whether words begin and end as a term does: else they may be part of something longer."""
    return words[0] == term[0] and words[-1] == term[-1]


def stands_alone(words: str, text: str, at: int) -> bool:
    """Tell whether words begin and end where words of the text do."""
    edges = word_edges(text.replace(MASK, "。"))
    return at in edges and at + len(words) in edges


@lru_cache(maxsize=1024)
def term_pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term with one character changed, turned round, missing or too many."""
    part: Callable[[int, int], str] = lambda a, b: re.escape(term[a:b])  # noqa: E731
    size = len(term)
    ways = [part(0, n) + OTHER + part(n + 1, size) for n in range(size)]
    ways += [
        part(0, n) + re.escape(term[n + 1] + term[n]) + part(n + 2, size) for n in range(size - 1)
    ]
    if size >= LEAST_LOSS:
        ways += [part(0, n) + OTHER + part(n, size) for n in range(1, size)]
        ways += [part(0, n) + part(n + 1, size) for n in range(1, size - 1)]
    return re.compile(f"(?=({'|'.join(ways)}))")
