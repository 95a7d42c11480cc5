"""Figures in running text: where a statistic stands, whether it stands there whole, what is near.

A wrong figure in print is the worst that can happen, so a statistic counts as said only where the
text has it from its first digit to its last magnitude: 690名 is not in 5690名, nor 5068 in 5068万.
"""

import re
from difflib import SequenceMatcher

MOST_FIGURES = 12  # of one statistics box; more stand in a second one
HAN_DIGITS = "〇零一二两三四五六七八九十百千万亿"
NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
ANY_NUMBER = re.compile(rf"[\d{HAN_DIGITS}半双几数]")
# Before a number: a sign or an approximator that belongs to it. 最近、节约 … end in one by chance.
SIGN = (
    r"零下|负|[-−]|(?<![最附邻远临靠亲])近|将近|接近|(?<![节预签合邀相条公履违])约|超过?|逾|不足|不到|不低于"
    r"|大约|至少|最多|近乎"
)
CUT_BEFORE = re.compile(
    rf"(?:\d[.．,，]?|{SIGN}|\d[%％万亿千百]?(?:[—–~～-]+|[至到]))$"
)  # what may not precede a figure that begins with a digit
HAN_BEFORE = re.compile(rf"(?<![统唯之同单专合])[{HAN_DIGITS}]$|(?:{SIGN})$")
CUT_AFTER = re.compile(rf"[\d.．]*\d|[余多%％‰{HAN_DIGITS}]")  # what may not follow a figure
UNITS = (  # a figure must not end inside one of these
    "人次", "户次", "架次", "班次", "批次", "场次", "台次", "公里", "公斤", "公顷", "公分", "小时", "平方米",
    "平方公里", "立方米", "毫米", "厘米", "千米", "千克", "毫升", "摄氏度", "百分点", "个百分点", "周年", "周岁",
    "年级", "分钟", "万元", "亿元", "美元", "元人民币", "人份", "人年", "吨公里",
)  # fmt: skip
PARTS = re.compile(r"^(\D*)(" + NUMBER.pattern + r")(.*)$")


def find_figure(figure: str, text: str) -> int:
    """Return the offset at which ``figure`` stands whole in ``text``, or -1."""
    at = text.find(figure) if figure else -1
    before = (
        CUT_BEFORE if figure[:1].isdigit() else HAN_BEFORE if figure[:1] in HAN_DIGITS else None
    )
    while at >= 0:
        end = at + len(figure)
        open_ended = ANY_NUMBER.match(figure[-1]) or figure[-1] in "余多"
        cut = bool(open_ended and CUT_AFTER.match(text, end))
        cut = cut or inside_unit(figure, text[end : end + 4])
        if not cut and not (before and before.search(text[:at])):
            return at
        at = text.find(figure, at + 1)
    return -1


def inside_unit(figure: str, after: str) -> bool:
    """Tell whether a figure ends in the middle of its unit: 1200人 before 次, 20公 before 里."""
    return any(
        figure.endswith(unit[:cut]) and after.startswith(unit[cut:])
        for unit in UNITS
        for cut in range(1, len(unit))
    )


def nearest_figure(figure: str, text: str) -> tuple[str, int]:
    """Return the expression in ``text`` most like ``figure``, and its offset; ("", -1) if none."""
    before, number, after = split_figure(figure)
    best: tuple[float, str, int] = (0.0, "", -1)
    for match in NUMBER.finditer(text):
        head = text[: match.start()]
        sign = re.search(rf"(?:{SIGN}|\d+[%％万亿千百]?(?:[—–~～-]+|[至到]))?$", head)
        prefix = sign[0] if sign and sign[0] else before if head.endswith(before) else ""
        start = match.start() - len(prefix)
        tail = re.match(r"[万亿千百十余多]*", text[match.end() :])
        unit = re.match(r"[^\s，。；：、！？“”‘’（）《》\d]*", text[match.end() :])
        reach = max(len(tail[0]) if tail else 0, min(len(after), len(unit[0]) if unit else 0))
        end = match.end() + reach
        while inside_unit(text[start:end], text[end : end + 4]):
            end += 1
        found = text[start:end]
        likeness = SequenceMatcher(None, figure, found).ratio()
        likeness += 0.5 * SequenceMatcher(None, number, match[0]).ratio()
        if likeness > best[0]:
            best = (likeness, found, start)
    return best[1], best[2]


def split_figure(figure: str) -> tuple[str, str, str]:
    """Divide a figure into what precedes its number, the number, and magnitude with unit.

    ``split_figure("近20万余小时") == ("近", "20", "万余小时")``; without digits all is number.
    """
    match = PARTS.match(figure)
    return (match[1], match[2], match[3]) if match else ("", figure, "")
