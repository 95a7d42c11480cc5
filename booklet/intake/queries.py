"""What a reader must decide: a table of rules, each with a good and a bad example.

A rule is a function from a piece (and the other pieces) to the places where it doubts; ``good`` is
text that it must leave alone, ``bad`` text that it must ask about. None of them changes anything.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from booklet.clreq import PAIRS
from booklet.intake.pieces import Piece
from booklet.words import word_edges

Doubt = tuple[str, str]  # (the words in doubt, what is asked)
HAN = "[\u4e00-\u9fff]"
NUMERALS = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``find`` yields what is in doubt in a text, of which ``speaker`` is the byline."""

    code: str
    what: str
    find: Callable[[str, str], Iterator[Doubt]]
    good: str
    bad: str


# ---- Figures ---------------------------------------------------------------------------------

BEFORE = "超过|逾|近|约|将近|接近|大约|不足|不到|至少|多达"
APPROXIMATED = re.compile(
    rf"(?<![最附邻远临靠亲节预签合邀相条公履违])(?:{BEFORE})\d[\d,.]*(?:[万亿千百十]?(?:余|多)|[万亿千百]?{HAN}{{0,3}}(?:左右|上下|以上))[万亿]?{HAN}{{0,2}}"
)
TWO = re.compile(
    r"(?<![\d.．—～~-])2(?=[张个名位次项支件家条所座条份篇本辆台间套场批])(?!个?月).{1,8}"
)
ANNOUNCED = re.compile(
    r"[“‘]?([两二三四五六七八九十])(项|个方面|个坚持|点|条|大)(建设|措施|举措|工程|任务|行动|做法|经验|体会|工作|建议|重点)?[”’]?"
)


def approximated_twice(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in APPROXIMATED.finditer(text):
        yield match[0], "近、超过、约与余、多、左右只用一个"


def two_by_word(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in TWO.finditer(text):
        yield match[0], "单个的“2”加量词，通常写“两”"


def announced_count(text: str, _speaker: str) -> Iterator[Doubt]:
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
            yield (
                match[0],
                f"说是{match[1]}{match[2]}，下文只有 {given} 个小标题：是不是少了一部分？",
            )


# ---- Words -----------------------------------------------------------------------------------

OF = re.compile(
    rf"(?<![总反随加久称言较])之(?!所以|一|间|后|前|中|外|内|上|下|时|际|处|类|多|大|高|久|急|情|旅|家|乡|都|光|声|力|路|星|手|战|师|友|宝|本|源|道)({HAN}{{1,4}})的"
)
VERY = re.compile(r"(?:更|最|很|太|十分|非常|更加)([深紧牢高远重大久暖厚细满久])\1")
REPRESENTED = re.compile(r"([^，。；：！？\n]*)为代表")
ENUMERATED = re.compile(
    rf"(?:^|[。；：，\n“])一(?!是|个|些|样|方|名|位)({HAN}{{2}}).{{0,2000}}?[。；，\n]二\1",
    re.DOTALL,
)
BOTH_PLACES = re.compile(rf"({HAN}{{2,4}})两(?:地|省|市|县|区|国|校)")
DID = re.compile(rf"(?:做了|成为了|当了)(?!的)({HAN}{{2,8}}?(?:精神|思想|理念|主义))(?=[，。；！])")
PROVIDED = re.compile(r"(?:担负|承担|履行)([^，。；“”、]{2,8})[“]([两三四五六])([\u4e00-\u9fff])")
COLLOCATIONS = {
    "广播在": "播撒在、传播在", "提高步伐": "加快步伐", "增强力度": "加大力度", "凯旋归来": "凯旋",
    "悬殊很大": "悬殊", "涉及到": "涉及", "亲眼目睹": "目睹", "国际间": "国际", "截止目前": "截至目前",
    "截止到目前": "截至目前", "目前为止": "到目前为止",
}  # fmt: skip
VARIANTS = {  # 第一批异形词整理表, and other forms of which one is recommended
    "惟有": "唯有", "惟一": "唯一", "其它": "其他", "想像": "想象", "好象": "好像", "帐目": "账目", "帐号": "账号",
    "份量": "分量", "身分": "身份", "成份": "成分", "订货单": "订货单", "仓惶": "仓皇", "倒楣": "倒霉",
    "耽心": "担心", "过份": "过分", "本份": "本分", "内含": "内涵", "必须品": "必需品", "按装": "安装",
    "再接再励": "再接再厉", "迫不急待": "迫不及待", "一愁莫展": "一筹莫展", "鼎立相助": "鼎力相助",
    "走头无路": "走投无路", "谈笑风声": "谈笑风生", "渡假": "度假", "穿流不息": "川流不息", "自已": "自己",
    "末来": "未来", "即使如此": "即使如此", "做客": "做客", "座落": "坐落", "精减": "精简", "辩证施治": "辨证施治",
}  # fmt: skip
VARIANTS = {wrong: right for wrong, right in VARIANTS.items() if wrong != right}
NOT_VARIANTS = re.compile(
    r"(?:来自已|各自已|独自已|亲自已|周末来|年末来|期末来|月末来|本身分|全身分|自身分|终身分|一份量|每份量|内含有)"
)
RENAMED = {  # schools and bodies that bear another name today, with the year
    "吉林外国语学院": "吉林外国语大学（2018年定名，此前是吉林华桥外国语学院）",
    "大连外国语学院": "大连外国语大学（2013年更名）",
    "四川外语学院": "四川外国语大学（2013年更名）",
    "天津外国语学院": "天津外国语大学（2010年更名）",
    "西安外国语学院": "西安外国语大学（2006年更名）",
    "沈阳药学院": "沈阳药科大学（1994年更名）",
    "卫生计生委": "卫生健康委（2018年改组）",
    "国家卫计委": "国家卫生健康委（2018年改组）",
    "国家工商总局": "国家市场监督管理总局（2018年改组）",
    "国土资源部": "自然资源部（2018年改组）",
    "环境保护部": "生态环境部（2018年改组）",
}  # fmt: skip


def doubled_of(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in OF.finditer(text):
        after = re.match(rf"{HAN}{{0,6}}", text[match.end() :])
        yield match[0] + (after[0] if after else ""), "“之”与“的”重复，像是句子改了一半"


def very_doubled(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in VERY.finditer(text):
        yield match[0], "叠字前不用程度副词，删去一个"


def represented_without_by(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in REPRESENTED.finditer(text):
        if "以" not in match[1] and match[1]:
            yield match[1][-14:] + "为代表", "“以……为代表”少了“以”"


def bare_enumeration(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in ENUMERATED.finditer(text):
        yield "一" + match[1], f"“一{match[1]}”“二{match[1]}”是不是“一是”“二是”？"


def one_place_for_two(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in BOTH_PLACES.finditer(text):
        clause = re.split(r"[，。；：！？\n]", text[: match.start() + len(match[1])])[-1]
        words = sorted(word_edges(clause))
        last = clause[words[-2] :] if len(words) > 1 else clause
        if (
            len(last) >= 2
            and not re.search(r"[、和与及同跨]", clause[-8:])
            and last not in ("这", "我们")
        ):
            shown = text[match.start() + len(match[1]) : match.end() + 4].split("\n")[0]
            yield last + shown, "“两地”前面只有一个地名"


def lacks_object(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in DID.finditer(text):
        yield match[0], "好像缺了字：做了“……精神”的什么？"


def count_of_named(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in PROVIDED.finditer(text):
        if match[1].count(match[3]) not in (0, NUMERALS[match[2]]):
            shown = match[0][2:]
            yield (
                shown,
                f"“{match[2]}{match[3]}”前面只列出 {match[1].count(match[3])} 个“{match[3]}”",
            )


def ill_matched(text: str, _speaker: str) -> Iterator[Doubt]:
    for wrong, right in COLLOCATIONS.items():
        for match in re.finditer(wrong, text):
            yield (
                text[max(match.start() - 6, 0) : match.end() + 4].replace("\n", ""),
                f"搭配：是不是“{right}”？",
            )


def variant_forms(text: str, _speaker: str) -> Iterator[Doubt]:
    for wrong, right in VARIANTS.items():
        for match in re.finditer(wrong, text):
            around = text[max(match.start() - 2, 0) : match.end() + 2]
            if not NOT_VARIANTS.search(around):
                yield text[match.start() : match.end() + 4].split("\n")[0], f"通常写“{right}”"


def renamed(text: str, _speaker: str) -> Iterator[Doubt]:
    for old, new in RENAMED.items():
        if old in text:
            yield old, f"名称请核对：{new}"


def same_words_twice(text: str, _speaker: str) -> Iterator[Doubt]:
    """Two phrases of four side by side that say one thing: 热爱岗位、敬业爱岗."""
    for match in re.finditer(
        rf"(?<!{HAN})({HAN}{{4}})、({HAN}{{4}})(?!{HAN})|({HAN}{{4}})、({HAN}{{4}})(?=[。，；])",
        text,
    ):
        one, other = (match[1], match[2]) if match[1] else (match[3], match[4])
        shared = [char for char in set(one) & set(other) if one.index(char) != other.index(char)]
        if len(shared) >= 2 and sorted(one) != sorted(other):
            yield f"{one}、{other}", "两个词组意思重复"


# ---- Marks and names -------------------------------------------------------------------------

TITLED = re.compile(
    r"“([^“”《》]{2,30}(?:规划纲要|规划|纲要|条例|办法|实施意见|意见|决定|通知|方案|规定|细则|宣言|公约|白皮书))”"
)
SAID = re.compile(r"“([^“”]*[，；][^“”]*)”")
RELATIVE = re.compile(
    r"(?:去年|今年|(?<!从)前年|近日|日前|近期|最近\d*年?|上个月|本月|目前|同年|到目前|截至目前|\d+年前|明年)"
)


def document_in_quotes(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in TITLED.finditer(text):
        yield match[0], "文件名通常用书名号《》"


def quotation_to_check(text: str, _speaker: str) -> Iterator[Doubt]:
    for match in SAID.finditer(text):
        yield match[1], "引语请对照出处逐字核对"


def unbalanced(text: str, _speaker: str) -> Iterator[Doubt]:
    for row in text.split("\n"):
        waiting: list[str] = []
        for char in row:
            if char in PAIRS:
                waiting.append(PAIRS[char])
            elif char in PAIRS.values() and (not waiting or waiting.pop() != char):
                waiting = ["?"]
                break
        if waiting:
            at = max((row.rfind(mark) for mark in "“”‘’（）《》"), default=0)
            yield row[max(at - 8, 0) : at + 8], "引号、括号或书名号不成对"


def name_unlike_byline(text: str, speaker: str) -> Iterator[Doubt]:
    """The speaker's own name, written otherwise in his text."""
    for term in dict.fromkeys(re.findall(r"“([^“”，。、]{5,20})”", text)):
        for at in range(max(len(speaker) - 4, 0)):
            tail = speaker[at:]
            if len(tail) >= 5 and tail[:2] == term[:2] and tail[-4:] == term[-4:] and tail != term:
                yield term, f"署名里写作“{tail}”，请统一"
                break


RULES = (
    Rule("数字-11", "概数用了两次", approximated_twice, "累计超过4万人次，服务20万余小时。", "服务超过4万余人次。"),
    Rule("数字-12", "“2”与“两”", two_by_word, "2024年2月，来了12个人，2万余人次。", "建了2张图。"),
    Rule("数目-01", "说的数目与下文不符", announced_count, "落实“两项措施”。\n一、治水\n好。\n二、治岸\n好。",
         "落实“三项措施”。\n一、治水\n好。\n二、治岸\n好。"),
    Rule("语病-01", "“之”“的”重复", doubled_of, "复兴之路，精神之光，父母之间的事。", "复兴之伟大的力量。"),
    Rule("语病-02", "程度副词与叠字", very_doubled, "深深融入，更深地扎根。", "更深深融入血脉。"),
    Rule("语病-03", "少了“以”", represented_without_by, "以大庆精神为代表的精神。", "弘扬大庆精神为代表的精神。"),
    Rule("语病-04", "列举少了“是”", bare_enumeration, "一是抓好学习。二是抓好落实。", "一抓好学习。二抓好落实。"),
    Rule("语病-05", "“两地”", one_place_for_two, "长春、吉林两地联合义诊。", "吉林两地联合义诊。"),
    Rule("语病-06", "缺了字", lacks_object, "做了很多工作，体现了雷锋精神。", "我们做了雷锋精神，很高兴。"),
    Rule("语病-07", "所列与数目不符", count_of_named, "担负生产力战斗力“两力同出”任务。", "担负生产战斗力“两力同出”任务。"),
    Rule("语病-08", "搭配", ill_matched, "播撒在大地上，加快步伐。", "把精神广播在大地上。"),
    Rule("语病-09", "词组重复", same_words_twice, "先公后私、先人后己。", "热爱岗位、敬业爱岗。"),
    Rule("用词-01", "异形词、别字", variant_forms, "唯有他，其他人来自已建成的村。", "惟有他记得。"),
    Rule("名称-01", "已改的名称", renamed, "天津外国语大学", "天津外国语学院"),
    Rule("名称-02", "与署名不同", name_unlike_byline, "“清流志愿服务队”成立了。", "“清流青年志愿服务队”成立了。"),
    Rule("书名-02", "文件名用了引号", document_in_quotes, "《乡村振兴规划》说得好，“扫楼行动”。", "以“乡村振兴规划”为引领。"),
    Rule("引文-11", "引语", quotation_to_check, "开展“扫楼行动”。", "他说“干一行，爱一行”。"),
    Rule("引号-03", "不成对", unbalanced, "他说：“好。”", "他说：“好。"),
)  # fmt: skip
COINAGES = frozenset(  # deliberate: no doubt is raised about what is in these words
    [
        "一猝尔救",
        "靠‘普’医生",
        "战“疫”",
        "青言青语",
        "童言童语",
        "吉青先行",
        "双百共建",
        "双报到",
        "我为群众办实事",
        "微心愿",
        "急难愁盼",
        "一信三倡议",
        "战疫情我先行",
        "三地三摇篮",
        "两学三训五讲一赛",
        "一主六双",
        "五位一体",
        "国之大者",
        "四个100",
        "江城",
        "村屯",
        "扫楼行动",
        "清仓行动",
    ]
)


def doubts(piece: Piece, coinages: frozenset[str]) -> Iterator[tuple[Rule, Doubt, int]]:
    """Yield (rule, doubt, line) for each doubt about a piece."""
    text = piece.text
    for rule in RULES:
        for words, asked in dict.fromkeys(rule.find(text, piece.speaker)):
            if any(word in words or words in word for word in coinages if len(word) > 2):
                continue
            line = next(
                (para.line for para in piece.paragraphs if words[:12] in para.text), piece.line
            )
            yield rule, (words, asked), line


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
