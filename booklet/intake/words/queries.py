"""What a reader must decide about a speech: a table of rules that ask and change nothing.

Each looks at the whole prose of a piece, a line a paragraph; ``good`` is text that it must leave
alone, ``bad`` text that it must ask about.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from booklet.intake.pieces.byline import LISTS
from booklet.intake.pieces.piece import Piece
from booklet.intake.words.slips import (
    headings_left_out,
    impossible_dates,
    stop_left_out,
    words_twice,
    years_that_differ,
)
from booklet.text.names import is_person, masked, near_persons
from booklet.text.rules import RULES as RULES_OF_PROSE
from booklet.text.rules import Fault, Find, Rule
from booklet.text.wordlists import read_pairs, read_words
from booklet.text.words import word_edges

HAN = "[\u4e00-\u9fff]"
NUMERALS = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


# ---- Figures ---------------------------------------------------------------------------------

ANNOUNCED = re.compile(
    r"[“‘]?([两二三四五六七八九十])(项|个方面|个坚持|点|条|大)(建设|措施|举措|工程|任务|行动|做法|经验|体会|工作|建议|重点)?[”’]?"
)


def asks(pattern: re.Pattern[str], asked: str) -> Find:
    """Return what asks one thing of every match of a pattern."""

    def find(text: str) -> Iterator[Fault]:
        for match in pattern.finditer(text):
            yield Fault(*match.span(), asked, "")

    return find


def announced_count(text: str) -> Iterator[Fault]:
    marks = [re.match(r"[一二三四五六七八九十]+(?=、)", row) for row in text.split("\n")]
    headings = [mark[0] for mark in marks if mark]
    lists = list(re.findall(r"([一二三四五六七八九])是", text))
    for match in ANNOUNCED.finditer(text):
        wanted = NUMERALS[match[1]]
        quoted = match[0][0] in "“‘"
        if (not match[3] and not quoted) or wanted < 2:
            continue
        given = len(headings) or max((" 一二三四五六七八九".index(one) for one in lists), default=0)
        if given and given < wanted and match[2] in "项条点个方面":
            asked = f"说是{match[1]}{match[2]}，下文只有 {given} 个小标题：是不是少了一部分？"
            yield Fault(*match.span(), asked, "")


# ---- Words -----------------------------------------------------------------------------------

OF = re.compile(
    rf"(?<![总反随加久称言较])之(?!所以|一|间|后|前|中|外|内|上|下|时|际|处|类|多|大|高|久|急|情|旅|家|乡|都|光|声|力|路|星|手|战|师|友|宝|本|源|道)({HAN}{{1,4}})的"
)
VERY = re.compile(r"(?:更|最|很|太|十分|非常|更加)([深紧牢高远重大久暖厚细满久])\1")
REPRESENTED = re.compile(r"(?<![^，。；：！？\n])([^，。；：！？\n]*)为代表")
ENUMERATED = re.compile(
    rf"(?:^|[。；：，\n“])一(?!是|个|些|样|方|名|位)({HAN}{{2}}).{{0,2000}}?[。；，\n]二\1",
    re.DOTALL,
)
BOTH_PLACES = re.compile(rf"({HAN}{{2,4}})两(?:地|省|市|县|区|国|校)")
DID = re.compile(rf"(?:做了|成为了|当了)(?!的)({HAN}{{2,8}}?(?:精神|思想|理念|主义))(?=[，。；！])")
PROVIDED = re.compile(r"(?:担负|承担|履行)([^，。；“”、]{2,8})[“]([两三四五六])([\u4e00-\u9fff])")
COLLOCATIONS = read_pairs(LISTS, "collocations.toml")
VARIANTS = read_pairs(LISTS, "variants.toml")
NOT_VARIANTS = re.compile("|".join(read_words(LISTS, "no-variants.txt")))
RENAMED = read_pairs(LISTS, "renamed.toml")


def doubled_of(text: str) -> Iterator[Fault]:
    for match in OF.finditer(text):
        after = re.compile(rf"{HAN}{{0,6}}").match(text, match.end())
        end = after.end() if after else match.end()
        yield Fault(match.start(), end, "“之”与“的”重复，像是句子改了一半", "")


def represented_without_by(text: str) -> Iterator[Fault]:
    for match in REPRESENTED.finditer(text):
        if "以" not in match[1] and match[1]:
            start = max(match.start(), match.end(1) - 14)
            yield Fault(start, match.end(), "“以……为代表”少了“以”", "")


def bare_enumeration(text: str) -> Iterator[Fault]:
    for match in ENUMERATED.finditer(text):
        asked = f"“一{match[1]}”“二{match[1]}”是不是“一是”“二是”？"
        yield Fault(match.start(1) - 1, match.end(1), asked, "")


def one_place_for_two(text: str) -> Iterator[Fault]:
    for match in BOTH_PLACES.finditer(text):
        clause = re.split(r"[，。；：！？\n]", text[: match.start() + len(match[1])])[-1]
        words = sorted(word_edges(clause))
        last = clause[words[-2] :] if len(words) > 1 else clause
        if (
            len(last) >= 2
            and not re.search(r"[、和与及同跨]", clause[-8:])
            and last not in ("这", "我们")
        ):
            yield Fault(match.end(1) - len(last), match.end(), "“两地”前面只有一个地名", "")


def count_of_named(text: str) -> Iterator[Fault]:
    for match in PROVIDED.finditer(text):
        if match[1].count(match[3]) not in (0, NUMERALS[match[2]]):
            count = match[1].count(match[3])
            asked = f"“{match[2]}{match[3]}”前面只列出 {count} 个“{match[3]}”"
            yield Fault(match.start(1), match.end(), asked, "")


def ill_matched(text: str) -> Iterator[Fault]:
    for wrong, right in COLLOCATIONS.items():
        for match in re.finditer(wrong, text):
            yield Fault(*match.span(), f"搭配：是不是“{right}”？", "")


def variant_forms(text: str) -> Iterator[Fault]:
    for wrong, right in VARIANTS.items():
        for match in re.finditer(wrong, text):
            around = text[max(match.start() - 2, 0) : match.end() + 2]
            if not NOT_VARIANTS.search(around):
                yield Fault(*match.span(), f"通常写“{right}”", "")


def renamed(text: str) -> Iterator[Fault]:
    for old, new in RENAMED.items():
        if (at := text.find(old)) >= 0:
            yield Fault(at, at + len(old), f"名称请核对：{new}", "")


def same_words_twice(text: str) -> Iterator[Fault]:
    """Two phrases of four side by side that say one thing: 热爱岗位、敬业爱岗."""
    for match in re.finditer(
        rf"(?<!{HAN})({HAN}{{4}})、({HAN}{{4}})(?!{HAN})|({HAN}{{4}})、({HAN}{{4}})(?=[。，；])",
        text,
    ):
        one, other = (match[1], match[2]) if match[1] else (match[3], match[4])
        shared = [char for char in set(one) & set(other) if one.index(char) != other.index(char)]
        if len(shared) >= 2 and sorted(one) != sorted(other):
            yield Fault(*match.span(), "两个词组意思重复", "")


# ---- Marks and names -------------------------------------------------------------------------

TITLED = re.compile(
    r"“([^“”《》]{2,30}(?:规划纲要|规划|纲要|条例|办法|实施意见|意见|决定|通知|方案|规定|细则|宣言|公约|白皮书))”"
)
SAID = re.compile(r"“([^“”]*[，；][^“”]*)”")
RELATIVE = re.compile(
    r"(?:去年|今年|(?<!从)前年|近日|日前|近期|最近\d*年?|上个月|本月|目前|同年|到目前|截至目前|(?<!\d)\d+年前|明年)"
)


def name_unlike_byline(text: str, speaker: str) -> Iterator[tuple[str, str]]:
    """Yield (name in the text, name in the byline) where the speaker's own is written otherwise."""
    for term in dict.fromkeys(re.findall(r"“([^“”，。、]{5,20})”", text)):
        for at in range(max(len(speaker) - 4, 0)):
            tail = speaker[at:]
            if len(tail) >= 5 and tail[:2] == term[:2] and tail[-4:] == term[-4:] and tail != term:
                yield term, tail
                break


def rule(code: str, what: str, find: Find, good: str, bad: str) -> Rule:
    """Return a rule that an import asks by."""
    return Rule(code, what, "", "asked", find, good, bad)


RULES = (
    rule("数目-01", "说的数目与下文不符", announced_count, "落实“两项措施”。\n一、治水\n好。\n二、治岸\n好。",
         "落实“三项措施”。\n一、治水\n好。\n二、治岸\n好。"),
    rule("语病-01", "“之”“的”重复", doubled_of, "复兴之路，精神之光，父母之间的事。", "复兴之伟大的力量。"),
    rule("语病-02", "程度副词与叠字", asks(VERY, "叠字前不用程度副词，删去一个"), "深深融入，更深地扎根。", "更深深融入血脉。"),
    rule("语病-03", "少了“以”", represented_without_by, "以大庆精神为代表的精神。", "弘扬大庆精神为代表的精神。"),
    rule("语病-04", "列举少了“是”", bare_enumeration, "一是抓好学习。二是抓好落实。", "一抓好学习。二抓好落实。"),
    rule("语病-05", "“两地”", one_place_for_two, "长春、吉林两地联合义诊。", "吉林两地联合义诊。"),
    rule("语病-06", "缺了字", asks(DID, "好像缺了字：做了“……精神”的什么？"), "做了很多工作，体现了雷锋精神。", "我们做了雷锋精神，很高兴。"),
    rule("语病-07", "所列与数目不符", count_of_named, "担负生产力战斗力“两力同出”任务。", "担负生产战斗力“两力同出”任务。"),
    rule("语病-08", "搭配", ill_matched, "播撒在大地上，加快步伐。", "把精神广播在大地上。"),
    rule("语病-09", "词组重复", same_words_twice, "先公后私、先人后己。", "热爱岗位、敬业爱岗。"),
    rule("用词-01", "异形词、别字", variant_forms, "唯有他，其他人来自已建成的村。", "惟有他记得。"),
    rule("名称-01", "已改的名称", renamed, "天津外国语大学", "天津外国语学院"),
    rule("书名-02", "文件名用了引号", asks(TITLED, "文件名通常用书名号《》"), "《乡村振兴规划》说得好，“扫楼行动”。", "以“乡村振兴规划”为引领。"),
    rule("日期-05", "日期", impossible_dates, "2024年2月29日，3个月，12月31日。", "2月30日，我们到了。"),
    rule("日期-06", "年数", years_that_differ, "从1998年到2008年，十年来。", "从1998年到2008年，十五年来。"),
    rule("重字-02", "词打了两遍", words_twice, "一个一个地研究研究，高高兴兴。", "我们我们一起去。"),
    rule("标题-03", "小标题漏了一个", headings_left_out, "一、治水\n好。\n二、治岸", "一、治水\n好。\n三、治岸"),
    rule("标点-20", "段末", stop_left_out, "我们守了十年河，从来没有离开过这里一步。",
         "我们守了十年河，从来没有离开过这里一步。\n他们也来了，来了就没有再走，一直到今天。\n大家都说好，都说这条河比从前干净得多了。\n"
         "水清了，鱼回来了，鸟也回来了，人也回来了。\n这就是我们这些年来做的全部事情了啊朋友"),
    rule("引文-11", "引语", asks(SAID, "引语请对照出处逐字核对"), "开展“扫楼行动”。", "他说“干一行，爱一行”。"),
)  # fmt: skip
COINAGES = frozenset(read_words(LISTS, "coinages.txt"))
Doubt = tuple[str, str, str, int]
"""(code, what is asked, the words in doubt, line)"""


def doubts(piece: Piece, coinages: frozenset[str]) -> Iterator[Doubt]:
    """Yield each doubt about a piece; what is in ``coinages`` is deliberate."""
    text = piece.text
    for one in RULES:
        found = (words_of(fault, text) for fault in one.find(text))
        for words, asked in dict.fromkeys(found):
            yield from told(piece, one.code, f"{one.what}：{asked}", words, coinages)
    for one in RULES_OF_PROSE:
        if one.intake == "asked":
            for row in text.split("\n"):
                for fault in one.find(row):
                    words = row[max(fault.start - 8, 0) : fault.start + 8]
                    yield from told(piece, one.code, fault.message, words, coinages)
    for term, name in name_unlike_byline(text, piece.speaker):
        asked = f"与署名不同：署名里写作“{name}”，请统一"
        yield from told(piece, "名称-02", asked, term, coinages)


def words_of(fault: Fault, text: str) -> tuple[str, str]:
    """Return the words in doubt with a few around them on their line, and what is asked."""
    start = text.rfind("\n", 0, fault.start) + 1
    end = text.find("\n", fault.end)
    end = len(text) if end < 0 else end
    return text[max(fault.start - 4, start) : min(fault.end + 4, end)], fault.message


def told(
    piece: Piece, code: str, asked: str, words: str, coinages: frozenset[str]
) -> Iterator[Doubt]:
    """Yield a doubt with its line, unless it is about a deliberate wording."""
    if not any(word in words or words in word for word in coinages if len(word) > 2):
        lines = (para.line for para in piece.paragraphs if words[:12] in para.text)
        yield code, asked, words, next(lines, piece.line)


def relative_dates(piece: Piece) -> list[str]:
    """Return the words of a piece that mean another date when the booklet is read."""
    return list(dict.fromkeys(RELATIVE.findall(piece.text)))


def one_name_two_ways(pieces: Sequence[Piece]) -> Iterator[tuple[str, str, Piece]]:
    """Yield (a name, how it is written elsewhere, where the first stands): they differ in a · or a quote."""
    written: dict[str, dict[str, Piece]] = defaultdict(dict)
    for piece in pieces:
        for term in re.findall(r"[“《]([^“”《》，。]{4,24})[”》]", piece.text):
            written[re.sub(r"[·•・\s—－-]", "", term)].setdefault(term, piece)
    for forms in written.values():
        terms = list(forms)
        for term in terms[1:]:
            yield terms[0], term, forms[terms[0]]


def names_nearly(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int, str, str]]:
    """Yield (piece, line, words, name) where a text has nearly the name of somebody who speaks."""
    known = [piece.speaker for piece in pieces if is_person(piece.speaker)]
    for piece in pieces:
        for para in piece.paragraphs:
            text = masked(para.text, known)
            for name in known:
                for _, words in near_persons(name, text):
                    yield piece, para.line, words, name
