"""Slips of the pen in a speech that somebody must look at: dates that cannot be, years that do not add up,
words typed twice, numbers of headings left out, a missing stop.

Rules like those of ``queries``: each looks at the whole prose of a piece, a line a paragraph.
"""

import calendar
import re
from collections.abc import Iterator

from booklet.text.amounts import value_of
from booklet.text.rules import Fault

HAN = "[\u4e00-\u9fff]"
NUMERAL = r"\d{1,3}|[一二两三四五六七八九十百]{1,4}"
DATE = re.compile(r"(?<![\d.])(?:(\d{1,6})年)?(\d{1,3})月(?:份|(\d{1,3})[日号])?")
YEAR = re.compile(r"(?<![\d.])(\d{5,6})年(?![级以])")
SPAN = re.compile(
    rf"(?:从|自)?(?P<first>(?:1[89]|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:起|开始|以来)?(?:，)?(?:到|至|—|－|-)"
    rf"(?P<last>(?:1[89]|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[^。；\n]{{0,8}}?(?P<years>{NUMERAL})(?:个)?(?:多)?年"
)
SINCE = re.compile(
    rf"(?P<first>(?:1[89]|20)\d\d)年[^。；\n]{{0,14}}?(?:成立|创立|创建|建立|建校|建院|建厂|建馆|入职|参加工作)[^。；\n]{{0,14}}?(?P<last>(?:1[89]|20)\d\d)年[^。；\n]{{0,6}}?(?P<years>{NUMERAL})(?:周)?年"
)
TWICE = re.compile(rf"({HAN}{{2,4}})\1(?!{HAN}?[们])")
# 研究研究, 一个一个, 高高兴兴 are words.
MAY_REPEAT = re.compile(
    "^(?:一.|研究|讨论|商量|学习|考虑|锻炼|体验|休息|收拾|打听|整理|交流|了解|感受|观察|检查|总结|合计|琢磨|比较|思考|介绍|活动|哈哈|呵呵|谢谢|慢慢|轻轻|常常|渐渐|天天|人人|来来|好好|多多|非常|加油|永远|不断|许多|很多|千万|多少)"
)
HEADING = re.compile(
    r"^(?:（([一二三四五六七八九十]{1,3})）|([一二三四五六七八九十]{1,3})、|(\d{1,2})[.．、](?!\d))"
)
STOPS = "。！？…；：”’）》】—，、"
SHORT = 16  # characters; a shorter line may have no stop


def impossible_dates(text: str) -> Iterator[Fault]:
    """2月30日, 13月, 20233年."""
    for match in DATE.finditer(text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if text[match.end() :].startswith(("个", "间", "内")) or (
            not day and month > 12 and not year
        ):
            continue
        if not 1 <= month <= 12:
            yield Fault(*match.span(), f"没有 {month} 月", "")
        elif match[3] and not 1 <= day <= days_of(year, month):
            yield Fault(*match.span(), f"{month} 月没有 {day} 日", "")
    for match in YEAR.finditer(text):
        yield Fault(*match.span(), f"没有 {match[1]} 年", "")


def days_of(year: int, month: int) -> int:
    """Return how many days a month has; February 29 where the year is not said."""
    return calendar.monthrange(year if 1 <= year <= 9999 else 2000, month)[1]


def years_that_differ(text: str) -> Iterator[Fault]:
    """从1998年到2008年，十五年来."""
    for pattern in (SPAN, SINCE):
        for match in pattern.finditer(text):
            said = value_of(match["years"].replace("两", "二"))
            span = int(match["last"]) - int(match["first"])
            if said and span > 0 and int(said[0]) not in (span, span + 1, span - 1):
                asked = f"{match['first']} 年到 {match['last']} 年是 {span} 年，不是 {match['years']} 年"
                yield Fault(*match.span(), asked, "")


def words_twice(text: str) -> Iterator[Fault]:
    """我们我们."""
    for match in TWICE.finditer(text):
        if not MAY_REPEAT.match(match[1]) and len(set(match[1])) > 1:
            yield Fault(*match.span(), f"“{match[1]}”打了两遍？", "")


def headings_left_out(text: str) -> Iterator[Fault]:
    """一、 …… 三、."""
    last = [0, 0, 0]
    at = 0
    for row in text.split("\n"):
        if match := HEADING.match(row):
            level = next(n for n, part in enumerate(match.groups()) if part)
            found = value_of(match[level + 1])
            number = int(found[0]) if found else 0
            if number > last[level] + 1 and last[level]:
                asked = f"小标题从第 {last[level]} 个跳到第 {number} 个"
                yield Fault(at, at + len(match[0]), asked, "")
            last[level] = number
        at += len(row) + 1


def stop_left_out(text: str) -> Iterator[Fault]:
    """A long paragraph that ends without a stop, among others that do not."""
    rows = text.split("\n")
    long = [row for row in rows if len(row) > SHORT]
    bare = [row for row in long if row[-1] not in STOPS and re.match(HAN, row[-1])]
    if not bare or len(bare) * 4 > len(long):
        return
    at = 0
    for row in rows:
        if row in bare:
            end = at + len(row)
            yield Fault(end - 8, end, "段末没有标点", "")
        at += len(row) + 1
