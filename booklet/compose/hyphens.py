"""Where an English word may be divided at a line's end, by the patterns of its language.

Only words that are written out: no capitals inside, no compounds, no names of files, no addresses, no
pinyin. Liang's patterns (pyphen, en_US) leave two letters before, three behind.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import pyphen

HYPHEN = "-"  # what is printed there; PDF readers take it out again when the text is copied
LEAST = 6  # letters; a shorter word is not worth an eye's jump
WORD = re.compile(r"(?<![A-Za-z])[A-Z]?[a-z]+(?![A-Za-z])")
# Names in pinyin have syllables of their own: 北京 is no English Bei-jing, Zhong-guan-cun no Zhon-gguan.
PINYIN = re.compile(r"(?:(?:[bpmfdtnlgkhjqxryw]|[zcs]h?)?[aeiou]{1,3}(?:ng|n|r)?)+")
NEAR_WORD = re.compile(r"[A-Za-z\u2019'.,:;!?]+")  # nothing else stands in the same Latin piece


def hyphenation(piece: str) -> Iterator[int]:
    """Yield the offsets at which a Latin piece, marks at its ends included, may be hyphenated."""
    if NEAR_WORD.fullmatch(piece) and not re.search(r"[A-Za-z][.:][A-Za-z]", piece):
        for word in WORD.finditer(piece):
            small = word[0].lower()
            if len(small) >= LEAST and not PINYIN.fullmatch(small):
                yield from (word.start() + at for at in inside(small))


@lru_cache(maxsize=8192)
def inside(word: str) -> tuple[int, ...]:
    """Return the offsets at which a word in small letters may be divided."""
    return tuple(_patterns().positions(word))


@lru_cache(maxsize=1)
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=2, right=3)
