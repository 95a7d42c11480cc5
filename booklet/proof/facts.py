"""One fact, one value: the same thing said with two figures in one book."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from booklet.errors import Finding
from booklet.model import Book, paragraphs
from booklet.proof.lists import check_lists
from booklet.proof.sums import check_sums, sentences
from booklet.text.amounts import Amount

CLAUSE = re.compile(r"[，、：；。！？（）“”\n]")
VERB = re.compile(
    r"(?:已经|已有|已达|已|共有|共计|累计|总计|总数|共|合计|达到了?|达|突破了?|超过了?|有了?|为|是|约|近|就有|就|了)+$"
)
LEADING = re.compile(r"^(?:目前|如今|现在|截至目前|到目前|据统计|统计显示|其中)+")
WHOLE = re.compile("全国|我国|中国|全球|全世界|世界|全省")
RATE = re.compile(
    "每|人均|户均|平均|新增|同比|环比|增加|增长|减少|下降|[到至从由自]$|另外|另有|还有|再|又"
)
YEAR = re.compile(
    r"\d{4}年?|去年|今年|前年|当年|当时|那年|年底|年初|季度|上半年|下半年|最初|原来|过去"
)
LEAST = 5  # characters that name a fact


class Fact(NamedTuple):
    """What a clause says of something: whose words, where, and how much."""

    path: str
    line: int
    words: str
    amount: Amount


def check_reckoning(book: Book) -> Iterator[Finding]:
    """Yield a reminder for each figure that another one, or its list, contradicts."""
    for speech in book.speeches:
        for text, line in paragraphs(speech.blocks):
            for _, code, message in (*check_sums(text), *check_lists(text)):
                fix = "核对原始材料，改正其中一处；没有错就不用改"
                yield Finding(speech.path, line, message, fix, "warning", code)
    yield from check_facts(book)


def check_facts(book: Book) -> Iterator[Finding]:
    """Yield a reminder for each second value of one fact."""
    known: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = {}
    for speech in book.speeches:
        for text, line in paragraphs(speech.blocks):
            for key, amount, words in facts(text):
                known.setdefault(key, []).append(Fact(speech.path, line, words, amount))
    wide = (*book.terms, *book.title)
    for (name, _, _), found in known.items():
        common = WHOLE.search(name) or any(term in name for term in wide if len(term) >= LEAST)
        told: set[str] = set()
        for first, second in combinations(found, 2):
            if first.path != second.path and not common:
                continue  # every village has its own 300 volunteers
            one, two = first.amount, second.amount
            if one.near(two.value, two.place) or two.near(one.value, one.place):
                continue
            if second.words in told:
                continue
            told.add(second.words)
            message = (
                f"“{name}”这里是{second.words}，{first.path} 第 {first.line} 行是{first.words}"
            )
            fix = "核对原始材料，改成一致；时间、范围不同，就写明是哪一年、哪里的"
            yield Finding(second.path, second.line, message, fix, "warning", "算术-05")


def facts(text: str) -> Iterator[tuple[tuple[str, str, tuple[str, ...]], Amount, str]]:
    """Yield what each clause says: (name, unit, years of the sentence), the amount and its words."""
    for sentence in sentences(text):
        words, before = sentence.text, 0
        years = tuple(YEAR.findall(words))
        for amount in sentence.found:
            start = max((m.end() for m in CLAUSE.finditer(words, 0, amount.start)), default=0)
            name = VERB.sub("", LEADING.sub("", words[start : amount.start]))
            alone, before = start >= before, amount.end
            if len(name) < LEAST or not amount.unit or RATE.search(name) or not alone:
                continue
            yield (name, amount.unit, years), amount, sentence.words(amount)
