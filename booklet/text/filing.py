"""Orders of names in a list: by strokes, as lists of delegates have them, or by pinyin."""

import os
from functools import cache

from booklet.text.wordlists import read_rows, read_words

LAST = 1 << 20  # after every character that the table has
READINGS = {  # of surnames that are not read as the character most often is
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "朴": "piao", "区": "ou", "任": "ren",
    "华": "hua", "查": "zha", "盖": "ge", "翟": "zhai", "覃": "qin", "乐": "yue", "宁": "ning",
    "冼": "xian", "洗": "xian", "缪": "miao", "折": "she", "黑": "he", "员": "yun", "祭": "zhai", "秘": "bi",
    "种": "chong", "重": "chong", "召": "shao", "繁": "po", "薄": "bo", "葛": "ge", "那": "na", "尉迟": "yuchi",
    "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai",
}  # fmt: skip


@cache
def strokes() -> dict[str, tuple[int, int]]:
    """Return for each character its strokes, and its place among those of as many."""
    found: dict[str, tuple[int, int]] = {}
    for row in read_rows("booklet.text", "strokes.txt"):
        number, _, characters = row.partition(" ")
        found |= {char: (int(number), at) for at, char in enumerate(characters)}
    return found


def by_strokes(name: str) -> tuple[tuple[int, int], ...]:
    """Return the key that files a name by the strokes of its characters, one after another.

    Of characters with as many, the one whose first stroke comes first in 横竖撇点折 (GB 13000.1
    字符集汉字字序); what 通用规范汉字表 lacks comes last.
    """
    return tuple(strokes().get(char, (LAST, ord(char))) for char in name)


def by_pinyin(name: str) -> tuple[str, ...]:
    """Return the key that files a name by the reading of its characters, surnames read as surnames."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin  # late: its tables take longer to load than a check

    double = name[:2] if name[:2] in read_words("booklet.text", "double-surnames.txt") else ""
    surname = double or name[:1]
    first = READINGS.get(surname) or "".join(lazy_pinyin(surname))
    tones = lazy_pinyin(name[len(surname) :], style=Style.TONE3)
    return (first, surname, *tones)


def filed(names: list[str], order: str) -> list[int]:
    """Return the places of names in an order, the first one first: "strokes", "pinyin", or any other as given."""
    key = {"strokes": by_strokes, "pinyin": by_pinyin}.get(order)
    places = range(len(names))
    return sorted(places, key=lambda at: key(names[at])) if key else list(places)
