"""Counts against the lists that follow them: 三家单位：甲、乙 names two."""

import re
from collections.abc import Iterator

from booklet.proof.sums import Told
from booklet.text.amounts import Amount, amounts, value_of

COUNTED = re.compile(
    r"个?(?:家|位|名|人|项|个|种|类|点|条|大|座|所|省|市|县|区|村|镇|地|支|件|本|部|台|幅|站|步|环节|方面)"
)
OPENING = re.compile(r"[\u4e00-\u9fff]{0,8}(?P<sign>[：:（(]|——)")
LIST = {
    "：": r"[^。：:\n]+",
    ":": r"[^。：:\n]+",
    "——": r"[^。：:\n—]+",
    "（": "[^）]+",
    "(": r"[^)]+",
}
INNER = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)")
VAGUE = re.compile(r"等|……|之一|以及其他")
STEPS = re.compile(
    r"(?:第?([一二三四五六七八九十])(?:是|要|靠|抓|看)|第([一二三四五六七八九十])[，、])"
)
BEFORE = re.compile(
    r"(?P<count>[三四五六七八九十])(?P<unit>家|个|位|人|项|种|类|地|省|市|县|村|镇)(?![\u4e00-\u9fff]*分之)"
)
CLAUSE = re.compile(r"[，。；：！？（）\n]")
ITEM = re.compile(r"[\u4e00-\u9fff《》“”]{1,12}")
ANNOUNCED = re.compile(
    r"(?<![第\d十])(?P<number>[两二三四五六七八九十]|\d{1,2})个?(?:方面|点|项|条|件|大|步|层|句话|种|招)"
)
REACH = 160  # characters that a list before its count may take
MOST = 20  # longer lists are not given in a sentence


def check_lists(text: str) -> Iterator[Told]:
    """Yield each count of a paragraph that its list does not bear out."""
    for amount in amounts(text):
        if not amount.loose and 2 <= amount.value <= MOST and COUNTED.fullmatch(amount.unit):
            yield from check_list(text, amount)
    yield from check_before(text)
    yield from check_steps(text)


def check_list(text: str, amount: Amount) -> Iterator[Told]:
    """Yield where the list behind an amount has another number of entries."""
    opening = OPENING.match(text, amount.end)
    if not opening or text[: amount.start].endswith(("其中", "前", "后", "另")):
        return
    whole = re.compile(LIST[opening["sign"]]).match(text, opening.end())
    if not whole or VAGUE.search(whole[0]) or STEPS.search(whole[0]):
        return
    bare = INNER.sub("書", whole[0])
    if opening["sign"] in "（(" and "、" not in bare:
        return
    used = [signs for signs in ("、", "，", "；", "、，") if all(sign in bare for sign in signs)]
    fits = {n for signs in used for n in entries(bare, signs)}
    if fits and int(amount.value) not in fits and amount.value == int(amount.value):
        told = text[amount.start : opening.start("sign")]
        yield amount.start, "算术-04", f"“{told}”后面列出的是 {min(fits)} 个：{whole[0][:20]}"


def entries(text: str, signs: str) -> range:
    """Return how many entries a list may have: 和 joins two of them, or belongs to one."""
    certain = sum(text.count(sign) for sign in signs) + 1
    return range(certain, certain + len(re.findall("以及|[和及与]", text)) + 1)


def check_before(text: str) -> Iterator[Told]:
    """Yield where a list is summed up by another count: 甲、乙、丙、丁三地."""
    for match in BEFORE.finditer(text):
        near = text[max(match.start() - REACH, 0) : match.start()]
        words = CLAUSE.split(near)[-1]
        items = words.split("、")
        if len(items) < 2 or not all(ITEM.fullmatch(item) for item in items[1:]) or not items[0]:
            continue
        if words.count("“") != words.count("”") or VAGUE.search(words):
            continue  # “五位一体” counts nothing that stands before it
        fits = entries(words, "、")
        if count_of(match["count"]) not in fits:
            message = f"“{match[0]}”前面列出的是 {fits[0]} 个：{words[-20:]}"
            yield match.start(), "算术-04", message


def check_steps(text: str) -> Iterator[Told]:
    """Yield where 四点…一是…二是…三是 announces more or fewer than follow."""
    steps = [(m.start(), count_of(m[1] or m[2])) for m in STEPS.finditer(text)]
    if len(steps) < 2 or [value for _, value in steps] != list(range(1, len(steps) + 1)):
        return
    before = [*ANNOUNCED.finditer(text, 0, steps[0][0])]
    if not before or steps[0][0] - before[-1].end() > MOST:
        return
    words, number = before[-1][0], before[-1]["number"]
    if count_of(number) != len(steps):
        last = text[steps[-1][0]]
        message = f"前面说“{words}”，后面从“一”数到“{last}”，是 {len(steps)} 个"
        yield before[-1].start(), "算术-04", message


def count_of(numeral: str) -> int:
    """Return the value of a small numeral, 0 for what is none."""
    read = value_of(numeral)
    return int(read[0]) if read else 0
