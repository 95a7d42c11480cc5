"""Numerals in running text: where a statistic stands, whether it stands there whole, what is near.

A wrong figure in print is the worst that can happen, so a statistic counts as said only where it
cuts no expression of the text: 690名 is not in 5690名, 3名 not in 第3名, 6千多人 not in 8万6千多人,
85% not in 85%至90%. One grammar tells what belongs together; who finds figures, proposes them or
offers the nearest one asks it.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

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
UNITS = ["个百分点", "百分点", "立方公里", "平方公里", "立方米", "平方米", "平方千米", "摄氏度", "吨公里", "元人民币", "公里", "公斤", "公顷", "公分", "公升", "毫米", "厘米", "分米", "千米", "千克", "毫克", "毫升", "千瓦时", "千瓦", "兆瓦", "人次", "户次", "架次", "班次", "批次", "场次", "台次", "车次", "艘次", "件次", "周年", "周岁", "年级", "年度", "小时", "分钟", "秒钟", "课时", "学时", "季度", "人份", "人年", "美元", "欧元", "港元", "日元", "万元", "亿元", "人", "名", "位", "个", "户", "次", "年", "月", "日", "天", "周", "秒", "时", "分", "家", "支", "项", "场", "条", "吨", "亩", "件", "批", "张", "米", "里", "元", "角", "岁", "届", "篇", "期", "封", "面", "枚", "所", "处", "座", "台", "辆", "架", "艘", "本", "册", "份", "套", "间", "层", "栋", "幢", "桌", "桶", "瓶", "箱", "袋", "盒", "斤", "两", "克", "升", "度", "级", "班", "组", "队", "村", "乡", "镇", "县", "只", "匹", "头", "口", "株", "棵", "棒", "段", "首", "幅", "尊", "道", "种", "类", "样", "倍", "成", "折", "对", "双", "例", "起", "趟", "盏", "根", "块", "部", "站", "页", "号", "路", "楼", "组", "宗", "枚", "片", "校", "国", "省", "市", "车", "节", "门"]  # fmt: skip
UNIT = (
    r"个[多余半]?(?:月|小时|星期)|"
    + "|".join(sorted((unit for unit in UNITS if unit != "分"), key=len, reverse=True))
    + "|分(?!之)|[%％‰℃°]"
)
RANGE = r"(?:[—–~～-]{1,2}|至|到)"
ENDING = (  # behind the unit, and still part of what is said
    r"有余|左右|上下|以上|以下|以内|出头|开外|不等|(?:多|余)(?![次种方样元媒功])"
)


def _grammar() -> re.Pattern[str]:
    """Return the pattern of one whole expression, from sign or ordinal to unit and approximator."""
    digit = r"[〇零一二两三四五六七八九]"
    number = NUMBER.pattern
    inner = (
        rf"(?:[余多几数来]?[十百千万亿](?:零?(?:{number}|{digit}+))?)"  # 8万6千, 20余万, 10万零500
    )
    arabic = rf"(?:{number}){inner}*"
    chinese = rf"[{HAN_DIGITS}](?:[余多几数]?[{HAN_DIGITS}])*(?:点(?:{digit}+|半))?"
    whole = rf"(?:{arabic}|(?<![统唯之同单专合归划]){chinese})"
    numeral = rf"{whole}分之(?:{arabic}|{chinese})|{whole}"
    tail = rf"[余多几来]?(?:{UNIT}|[A-Za-zμ]+[²³\d]?)?"
    one = rf"(?:{numeral}){tail}"
    date = (
        r"\d{2,4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
        r"|\d{1,2}[点时]\d{1,2}分?"
    )
    joined = rf"(?:{number})(?:[:：/／×比](?:{number}))+"  # 8:30, 3/4, 24×7, 3比1
    simple = rf"(?:{date}|{joined}|{one})"
    return re.compile(
        rf"(?P<sign>(?:(?:{SIGN}|{ORDINAL}))*)(?P<first>[A-Za-z]+-?(?=\d))?(?P<body>{simple})(?:{ENDING})?"
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
    """Return the offset at which ``figure`` stands whole in ``text``, or -1."""
    at = text.find(figure) if figure else -1
    while at >= 0:
        edges = (at, at + len(figure))
        if not any(start < edge < end for start, end in expressions(text) for edge in edges):
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
