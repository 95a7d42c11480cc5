"""Figures against one another: what a sentence says of a sum, a share or a growth, reckoned again.

Only sentences that leave no doubt what belongs to what are reckoned; all is told as reminders, as
a speaker may have meant otherwise.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from booklet.text.amounts import Amount, amounts

SENTENCE = re.compile(r"[^。！？；\n]+")
MARK = "\ue000"  # stands for one amount in the skeleton of a sentence
UP, DOWN = "增长|增加|增幅|提高|提升|上升|扩大|增|升|涨", "减少|下降|降低|降幅|缩短|缩减|压缩|减|降"
GROWTH = re.compile(
    rf"[由从自][^{MARK}]{{0,14}}(?P<old>{MARK})[^{MARK}，]{{0,6}}?"
    rf"(?:增|提|上|发展|扩|减|下|降|缩|升|壮)[^{MARK}，]{{0,4}}[到至为][^{MARK}，]{{0,8}}(?P<new>{MARK})"
    rf"[，,、（(]?[^{MARK}，]{{0,6}}?(?P<verb>{UP}|{DOWN})[^{MARK}，]{{0,4}}(?P<by>{MARK})"
)
SHARES = re.compile(rf"分别(?:占|为)[^{MARK}，]{{0,8}}(?P<list>{MARK}(?:[、，和及与]+{MARK})+)")
PART = re.compile(rf"占[^{MARK}，、]{{0,10}}(?P<one>{MARK})")
REST = re.compile(rf"(?:其余|其他|其它|剩余|剩下)[^{MARK}，]{{0,8}}占[^{MARK}，]{{0,8}}{MARK}")
SEXES = re.compile(rf"男[^{MARK}，、女]{{0,6}}{MARK}[，、和及与]*女[^{MARK}，、男]{{0,6}}{MARK}")
TOTAL = re.compile(
    rf"(?P<list>{MARK}(?:[^{MARK}]{{0,10}}[、，和及与][^{MARK}，]{{0,10}}{MARK})+)"
    rf"[，,、（(]?(?:共计|合计|总计|总共|一共|共)[^{MARK}，]{{0,4}}(?P<all>{MARK})"
)
AMONG = re.compile(rf"(?P<all>{MARK})[^{MARK}。]{{0,6}}[，,（(：:]其中[，,：:]?(?P<rest>.*)")
MOST_AMOUNTS = 60  # of a sentence; more is a table written as one, and slow to reckon
CHANGE = re.compile("[增减多少比升降]")  # before an amount that is no whole: 比去年增加 1 人
Told = tuple[int, str, str]
"""(offset in the text, code, message)"""


def check_sums(text: str) -> Iterator[Told]:
    """Yield what does not come out in a paragraph."""
    for sentence in sentences(text):
        for start, code, message in (
            *growths(sentence),
            *shares(sentence),
            *totals(sentence),
            *parts(sentence),
        ):
            yield sentence.start + start, code, message


class Sentence:
    """A sentence and its skeleton: each amount one mark, so that patterns see only the words."""

    def __init__(self, start: int, text: str, found: Sequence[Amount]) -> None:
        """Take a sentence, its offset in the paragraph, and its amounts, counted from its start."""
        self.start = start
        self.text = text
        self.found = found
        pieces, at = [], 0
        for amount in found:
            pieces += [text[at : amount.start], MARK]
            at = amount.end
        self.skeleton = "".join((*pieces, text[at:]))

    def at(self, offset: int) -> Amount:
        """Return the amount whose mark stands at an offset of the skeleton."""
        return self.found[self.skeleton.count(MARK, 0, offset)]

    def within(self, match: re.Match[str], group: str) -> list[Amount]:
        """Return the amounts within a group of a match of the skeleton."""
        start, end = match.span(group)
        return [self.at(n) for n in range(start, end) if self.skeleton[n] == MARK]

    def words(self, amount: Amount) -> str:
        """Return an amount as it is written."""
        return self.text[amount.start : amount.end]


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that have amounts."""
    found = amounts(text)
    starts = [one.start for one in found]
    for match in SENTENCE.finditer(text) if found else ():
        start, end = match.span()
        inside = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in found[bisect_left(starts, start) : bisect_left(starts, end)]
        ]
        if 0 < len(inside) <= MOST_AMOUNTS:
            yield Sentence(start, match[0], inside)


def growths(sentence: Sentence) -> Iterator[Told]:
    """从 20 人增加到 50 人，增长 150%: by how much, and in which direction."""
    for match in GROWTH.finditer(sentence.skeleton):
        old, new, by = (sentence.at(match.start(name)) for name in ("old", "new", "by"))
        if not old.value or (old.unit != new.unit and old.unit and new.unit):
            continue
        words = f"从{sentence.words(old)}到{sentence.words(new)}"
        change = new.value - old.value
        if change and (change > 0) != bool(re.fullmatch(UP, match["verb"])):
            yield by.start, "算术-01", f"{words}，不是“{match['verb']}”"
            continue
        steps = growth_values(old, new, by)
        coarse = old.loose or new.loose or by.loose or old.place or new.place
        near = Decimal(15) / 100 if coarse else Decimal(0)
        if steps and not any(
            by.near(value) or abs(value - by.value) <= near * value for value in steps
        ):
            right = "或".join(dict.fromkeys(plain(value) for value in steps))
            unit = "" if by.unit == "%" else by.unit
            yield (
                by.start,
                "算术-01",
                f"{words}，算得{right}{unit or '%'}，这里是{sentence.words(by)}",
            )


def growth_values(old: Amount, new: Amount, by: Amount) -> list[Decimal]:
    """Return what the growth from ``old`` to ``new`` may be called in the unit of ``by``."""
    change = abs(new.value - old.value)
    if by.unit in ("百分点", "个百分点"):
        return [change] if new.unit == "%" else []
    if by.unit == "%":
        return [change / old.value * 100, *([change] if new.unit == "%" else [])]
    if by.unit == "倍":
        return [change / old.value, new.value / old.value]
    return [change] if by.unit == new.unit else []


def shares(sentence: Sentence) -> Iterator[Told]:
    """分别占 60%、50%; 占 120%; 男 55%、女 50%: shares of one whole."""
    whole = sentence.skeleton
    for match in SHARES.finditer(whole):
        found = sentence.within(match, "list")
        if all(one.unit == "%" for one in found):
            yield from over(sentence, found, exact=False)
    found = [sentence.at(match.start("one")) for match in PART.finditer(whole)]
    found = [one for one in found if one.unit == "%"]
    if REST.search(whole) and len(found) > 1:
        yield from over(sentence, found, exact=True)
    for one in found:
        if one.value > 100:
            yield one.start, "算术-02", f"占比{sentence.words(one)}超过了 100%"
    for match in SEXES.finditer(whole):
        found = [sentence.at(n) for n in range(*match.span()) if whole[n] == MARK]
        if all(one.unit == "%" for one in found):
            yield from over(sentence, found, exact=True)


def over(sentence: Sentence, found: Sequence[Amount], exact: bool) -> Iterator[Told]:
    """Tell shares of one whole that come to more than 100 %, or with ``exact`` to less."""
    total = sum(one.value for one in found)
    room = sum(max(one.place, Decimal(1)) for one in found) / 2
    loose = any(one.loose for one in found)
    if total > 100 + room or (exact and not loose and total < 100 - room):
        words = "、".join(sentence.words(one) for one in found)
        yield found[0].start, "算术-02", f"几部分合起来是 {plain(Decimal(total))}%：{words}"


def totals(sentence: Sentence) -> Iterator[Told]:
    """甲村 3 人、乙村 4 人，共 8 人: the parts added up."""
    for match in TOTAL.finditer(sentence.skeleton):
        whole = sentence.at(match.start("all"))
        found = sentence.within(match, "list")
        if any(one.unit != whole.unit for one in found) or any(one.loose for one in found):
            continue
        if whole.loose or "其中" in match["list"]:
            continue
        room = sum((one.place for one in found), Decimal(0)) / 2
        sums = [sum((one.value for one in found[n:]), Decimal(0)) for n in range(len(found) - 1)]
        if not any(abs(total - whole.value) <= room + whole.place / 2 for total in sums):
            words = "＋".join(sentence.words(one) for one in found)
            message = f"{words}等于{plain(sums[0])}，这里是{sentence.words(whole)}"
            yield whole.start, "算术-03", message


def parts(sentence: Sentence) -> Iterator[Told]:
    """共 30 人，其中男 18 人、女 14 人: no part is more than the whole, halves make it up."""
    for match in AMONG.finditer(sentence.skeleton):
        whole = sentence.at(match.start("all"))
        found = [one for one in sentence.within(match, "rest") if one.unit == whole.unit]
        clause = re.split("[，、；]", match.string[: match.start()])[-1]
        if whole.loose or whole.unit in ("%", "倍", "") or CHANGE.search(clause):
            continue
        for one in found:
            if one.value > whole.value + whole.place / 2:
                message = f"其中的{sentence.words(one)}比总数{sentence.words(whole)}还多"
                yield one.start, "算术-03", message
        pair = SEXES.search(match["rest"])
        if pair and len(found) > 1 and not any(one.loose for one in found[:2]):
            total = found[0].value + found[1].value
            if abs(total - whole.value) > (whole.place + found[0].place + found[1].place) / 2:
                words = "＋".join(sentence.words(one) for one in found[:2])
                message = f"{words}等于{plain(total)}，总数是{sentence.words(whole)}"
                yield found[0].start, "算术-03", message


def plain(value: Decimal) -> str:
    """Return a value with at most one decimal and without empty zeros."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")
