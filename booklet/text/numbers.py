"""Numerals in running text: where a statistic stands, whether it stands there whole, what is near.

A wrong figure in print is the worst that can happen, so a statistic counts as said only where it
cuts no expression of the text: 690名 is not in 5690名, 3名 not in 第3名, 6千多人 not in 8万6千多人,
85% not in 85%至90%. One grammar tells what belongs together; who finds figures, proposes them or
offers the nearest one asks it.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from booklet.text.wordlists import read_words

MOST_FIGURES = 12  # of one statistics box; more stand in a second one
HAN_DIGITS = "〇零一二两三四五六七八九十百千万亿"
ANY_NUMBER = re.compile(rf"[\d{HAN_DIGITS}半双几数]")
NUMBER = re.compile(
    r"\d{1,3}(?:[,，\u00a0\u2009\u202f ]\d{3})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)*"
)
# Before a number: a sign or an approximator that belongs to it. 最近、节约 … end in one by chance.
SIGN = (
    r"零下|负|[-−+±]|[￥¥$€£]|(?<![最附邻远临靠亲])近|将近|接近|(?<![节预签合邀相条公履违])约|超过?|逾|不足|不到"
    r"|不低于|不少于|不超过|大约|大概|至少|至多|最多|近乎|(?<![通经路跳透错渡])过(?=[百千万亿])"
    r"|(?<![早晚线网路车身地以])上(?=[百千万亿])|(?<![无少多人总次倍户基参岁])[数几](?=[十百千万亿])"
)
ORDINAL = r"第|(?<![提此以之目日先当年月天])前(?=[\d一二三四五六七八九十]+[名位强])"


def _units() -> str:
    """Return the pattern of a unit, the longest first where one begins like another."""
    entries = [word.partition("!") for word in read_words("booklet.text", "units.txt")]
    found = [
        f"{unit}(?![{others}])" if others else unit
        for unit, _, others in sorted(entries, key=lambda entry: len(entry[0]), reverse=True)
    ]
    return r"个[多余半]?(?:月|小时|星期)|" + "|".join(found) + "|[%％‰℃°]"


UNIT = _units()
RANGE = r"(?:[—–~～-]{1,2}|至|到)"
ENDING = (  # behind the unit, and still part of what is said
    r"有余|左右|上下|以上|以下|以内|出头|开外|不等|(?:多|余)(?![次种方样元媒功])"
)


def _grammar() -> re.Pattern[str]:
    """Return the pattern of one whole expression, from sign or ordinal to unit and approximator."""
    digit = r"[〇零一二两三四五六七八九]"
    number = NUMBER.pattern
    power = "(?:[十百万亿]|千(?![米克瓦卡伏]))"
    inner = rf"(?:[余多几数来]?{power}(?:零?(?:{number}|{digit}+))?)"  # 8万6千, 20余万, 10万零500
    arabic = rf"(?:{number}){inner}*"
    chinese = rf"[{HAN_DIGITS}](?:[余多几数]?[{HAN_DIGITS}])*(?:点(?:{digit}+|半))?"
    whole = rf"(?:{arabic}|(?<![统唯之同单专合归划]){chinese})"
    numeral = rf"{whole}分之(?:{arabic}|{chinese})|{whole}"
    tail = rf"[余多几来]?(?:{UNIT}|[A-Za-zμ]+[²³\d]?)?"
    one = rf"(?:{numeral}){tail}"
    date = (
        r"\d{2,4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
        r"|\d{1,2}[点时]\d{1,2}分?|\d+小时\d+分钟?(?:\d+秒)?|\d+分\d+秒|\d{1,2}年\d+个月|\d+元\d+角"
    )
    joined = rf"(?:{number})(?:[:：/／×比](?:{number}))+"  # 8:30, 3/4, 24×7, 3比1
    simple = rf"(?:{date}|{joined}|{one})"
    return re.compile(
        rf"(?P<sign>(?:(?:{SIGN}|{ORDINAL})){{0,4}})(?P<first>(?<![A-Za-z])[A-Za-z]{{1,20}}-?(?=\d))?(?P<body>{simple})(?:{ENDING})?"
    )


EXPRESSION = _grammar()
LAST_UNIT = re.compile(rf"(?:{UNIT})$")
GROWTH = re.compile(r"[从由自](?:原来的|当初的|最初的)?$")  # 从3人到98人 tells of two figures
BETWEEN = re.compile(rf"{RANGE}")


@lru_cache(maxsize=4096)
def expressions(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each whole expression of number in ``text``, in order.

    Sign, ordinal, approximators, magnitudes and unit are in it; 85%至90% and 3月5日 are one.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while match := EXPRESSION.search(text, at):
        start, end = match.span()
        while joint := BETWEEN.match(text, end):
            other = EXPRESSION.match(text, joint.end())
            if other is None or not is_range(text, (start, end), joint[0], other.span()):
                break
            end = other.end()
        found.append((start, end))
        at = max(end, at + 1)
    return tuple(found)


def is_range(text: str, left: tuple[int, int], joint: str, right: tuple[int, int]) -> bool:
    """Tell whether two expressions are the ends of one range: one unit for both, or the same twice."""
    if GROWTH.search(text[: left[0]]) and "不等" not in text[right[0] : right[1]]:
        return False
    unit = LAST_UNIT.search(text, left[0], left[1])
    if unit is None:
        return True
    other = LAST_UNIT.search(re.sub(rf"(?:{ENDING})$", "", text[right[0] : right[1]]))
    return joint != "——" and other is not None and other[0] == unit[0]


def find_figure(figure: str, text: str) -> int:
    """Return the offset at which ``figure`` stands whole in ``text``, or -1.

    It cuts no numeral of the text, and is read there as it is read alone: 近20人 is not in 最近20人.
    """
    alone = expressions(figure)
    at = text.find(figure) if figure else -1
    while at >= 0:
        end = at + len(figure)
        near = [span for span in expressions(text) if span[0] < end and at < span[1]]
        if near == [(start + at, stop + at) for start, stop in alone]:
            return at
        at = text.find(figure, at + 1)
    return -1


def nearest_figure(figure: str, text: str) -> tuple[str, int]:
    """Return the expression in ``text`` most like ``figure``, and its offset; ("", -1) if none."""
    number = split_figure(figure)[1]
    best: tuple[float, str, int] = (0.0, "", -1)
    for start, end in expressions(text):
        found = text[start:end]
        if not NUMBER.search(found):
            continue
        likeness = SequenceMatcher(None, figure, found).ratio()
        likeness += 0.5 * SequenceMatcher(None, number, split_figure(found)[1]).ratio()
        if likeness > best[0]:
            best = (likeness, found, start)
    return best[1], best[2]


PARTS = re.compile(rf"^(\D*?)({NUMBER.pattern})(.*)$")


def split_figure(figure: str) -> tuple[str, str, str]:
    """Divide a figure into what precedes its number, the number, and magnitude with unit.

    ``split_figure("近20万余小时") == ("近", "20", "万余小时")``; without digits all is number.
    """
    match = PARTS.match(figure)
    return (match[1], match[2], match[3]) if match else ("", figure, "")
