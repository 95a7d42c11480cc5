"""Statistics and pull-quotes that an editor may take: each verbatim from its speech, none decided.

Figures that are no statistics are left out: dates, spans of time, anniversaries, parts of names,
what is told of one person, and what has been said before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from booklet.intake.pieces.piece import NO_TEXT, Piece
from booklet.intake.source import MARKUP
from booklet.text.numbers import NUMBER, expressions

HAN = "[\u4e00-\u9fff]"
DATE = re.compile(
    r"(?:\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{1,2}[:：]\d{2}|\d{1,2}时|\d{1,2}点)"
)
NOT_COUNTING = re.compile(r"第|前|[A-Za-z]|\d+[:：/／×比]")  # ranks, names, times, ratios
SPAN = re.compile(
    r"(?:最近|近|过去|短短|仅用|只用|用了|只用了|历时|一连|连续|入职|从事|坚守|从教|从警|工龄|每|整整|第)$"
)
SPAN_AFTER = re.compile(r"[前后来间内里]|以来|之前|之后|之内|之间|多年前")
TIMES = ("年", "天", "周", "分钟", "小时", "个小时", "个月", "岁")
ONE_PERSON = re.compile(
    r"(?:一位|一名|一个(?:孩子|老人|游客|病人|学生)|有一次|有一天|那天|那年|那次|记得|他|她)"
)
AFTER = re.compile(r"[^，。；：、！？（）《》…—\s\d]{0,18}")
BEFORE = re.compile(r"[^，。；：！？（）《》…—\s]*$")
VERBS = re.compile(
    r"(?:累计|共计|总计|共|已|已经|达到|达|有|了|为|至|超|约|近|收到|开展|组建|建立|建成|完成|实现|拥有|超过|突破|高达|可达|长达|是|到)+$"
)
LINKING = re.compile(
    r"^(?:其中|到目前|截至目前|目前|先后|同时|另外|仅|去年|今年|今春|这些年|这几年|近年来|多年来|(?:\d{4}年)?以来|如今|现在"
    r"|我们|我|咱们|他们|大家|一共|还|又)+(?=.{2})"
)
DONE = re.compile(
    "(?<=.{2})[写修卖分数设挖种办建做发收拍送捐投补改装栽养跑上买印借演]$"
)  # verbs of one character
NOTHING = frozenset(
    {"我们", "其中", "每户", "每人", "他们", "大家", "这里", "那里", "下沉", "一共"}
)  # say no thing
NO_NOUN = re.compile("[和与及或多左以于是编被让使把占拦]")
LEAST_QUOTE, MOST_QUOTE = 10, 26
MOST_QUOTES, MOST_STATISTICS = 3, 9  # of a speech
NO_LABEL = "请写说明"
WEIGHTY = (
    (re.compile(r"不是.*而是|越来越|(?<!也)就是|永远|从.+到|哪里.*哪里|宁可|只有.*才"), 2.0),
    (re.compile(r"^[^，]{2,12}是[^，]{5,}"), 1.5),
    (re.compile(r"(.).{1,7}[，、；].{0,3}\1.{1,7}$"), 1.5),  # parallel clauses
    (re.compile("初心|心|爱|光|火|家|人民|群众|责任|担当|生命|青春|精神|平凡|幸福"), 0.8),
)  # fmt: skip
NO_QUOTE = re.compile(
    r"[一二三四五六七八九十]+[、是融]|（|首先|其次|因此|同时|但|而且|并|通过|为了?|以|让|使|这是|这项|其中|从而|进而|特别|尤其|就是|也|还|和|与|在.*下$|如今|我们(?:发起|坚持|要|将)"
)
FORMAL = re.compile(
    r"(?:我们将|下一步|认真贯彻|深入学习|充分|进一步|不断|以.*为.*[，]|会议|发言|如下|谢谢|同志们|大家好|项目|机制|方案|制定|开展|工作)"
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A statistic to choose: ``figure`` as said, ``label`` the words beside it, ``sentence`` all of it."""

    figure: str
    label: str
    line: int
    sentence: str = ""


def statistics_of(piece: Piece) -> list[Proposed]:
    """Return the statistics that a piece offers, in the order of its text."""
    found: list[Proposed] = []
    seen: set[str] = set()
    for para in piece.paragraphs:
        if para.kind in (*NO_TEXT, "heading"):
            continue
        text = MARKUP.sub("", para.text)
        for start, figure in figures(text):
            if figure in seen or not is_statistic(text, start, figure):
                continue
            seen.add(figure)
            label, whole = label_of(text, start, figure), sentence_at(text, start)
            found.append(Proposed(figure, label, para.line, whole))
    return found


def best_statistics(piece: Piece, most: int = MOST_STATISTICS) -> list[Proposed]:
    """Return the statistics that tell most, the most telling first; none that says nothing by itself."""
    named = [one for one in statistics_of(piece) if one.label != NO_LABEL]
    return sorted(named, key=telling, reverse=True)[:most]


def telling(one: Proposed) -> float:
    """Return how much a statistic tells: by its size, and by what its sentence says of it."""
    found = NUMBER.search(one.figure)
    size = value_of(found[0]) if found else 0.0
    for unit, times in (("亿", 1e8), ("万", 1e4), ("千", 1e3)):
        size *= times if unit in one.figure else 1
    before = one.sentence.partition(one.figure)[0]
    score = log10(max(size, 1.0))
    score += 1.5 * bool(
        re.search(r"累计|共|总|全[省市县区校院厂年]|覆盖|突破|服务|受益", before[-14:])
    )
    score += 1.5 * bool(re.search("[%％]", one.figure))
    score -= 1.5 * bool(re.search("[年月日天时分岁]$", one.figure))
    return score


def sentence_at(text: str, at: int) -> str:
    """Return the sentence that stands at an offset."""
    start = max(text.rfind(stop, 0, at) for stop in "。！？；") + 1
    ends = [found for stop in "。！？；" if (found := text.find(stop, at)) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()


def figures(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, expression) of each figure in digits that counts or measures something."""
    for start, end in expressions(text):
        figure = text[start:end]
        if re.search(r"\d", figure) and not NOT_COUNTING.match(figure):
            yield start, figure


def is_statistic(text: str, start: int, figure: str) -> bool:
    """Tell whether a figure says how much of something there is."""
    end = start + len(figure)
    number = NUMBER.search(figure)
    assert number is not None
    digit = start + number.start()
    before, after = text[:digit], text[end:]
    date = DATE.match(text, digit)
    unit = figure[number.end() :]
    if date and (
        (date[0][-1] in "月日时点" and not unit.startswith(("个月", "日常")))
        or re.fullmatch(r"\d{4}年.*", date[0])
    ):
        return False
    if after.startswith(("周年", "年级", "后", "号", "版")) or unit.endswith(
        ("周年", "届", "期", "号", "年级")
    ):
        return False
    if before.endswith(("第", "“", "《", "近年", "No.")) or re.search(r"第[\d、]*$", before):
        return False
    if not unit or unit in ("万", "亿", "点", "里", "级") or re.match(r"[A-Za-z]", after):
        return False
    if quoted_name(text, digit, end):
        return False
    if any(unit.endswith(one) for one in TIMES):
        large = "万" in unit or value_of(number[0]) >= 1000
        if unit.endswith(("年", "周", "岁")) or (SPAN.search(before.rstrip("近约")) and not large):
            return False
        if SPAN_AFTER.match(after) and not large:
            return False
        if (
            unit.endswith(("分钟", "小时"))
            and not large
            and not re.search(r"累计|共|长达", before[-8:])
        ):
            return False
    value = value_of(number[0])
    exact = not re.search(r"[万亿余多%％]", unit)
    sentence = re.split(r"[。！？]", before)[-1]
    previous = "".join(re.split(r"(?<=[。！？])", before)[-3:])
    return not (
        exact and value < 10 and (ONE_PERSON.search(previous) or re.search(r"我们$", sentence))
    )


def value_of(number: str) -> float:
    """Return the value of a number in digits, whatever divides its thousands; of 3.2.1 that of 3.2."""
    whole, point, rest = re.sub(r"[,，\s]", "", number).replace("．", ".").partition(".")
    return float(whole + point + rest.partition(".")[0])


def quoted_name(text: str, start: int, end: int) -> bool:
    """Tell whether a figure stands inside a name in quotes or book-title marks."""
    opened = max(text.rfind("“", 0, start), text.rfind("《", 0, start))
    closed = max(text.rfind("”", 0, start), text.rfind("》", 0, start))
    if opened <= closed:
        return False
    close = min((at for at in (text.find("”", end), text.find("》", end)) if at >= 0), default=-1)
    return 0 <= close - opened <= 20 and not re.search("[，。；]", text[opened:close])


def label_of(text: str, start: int, figure: str) -> str:
    """Return the words that say what a figure counts: those after it, or else those before."""
    after = AFTER.match(text, start + len(figure))
    words = after[0].lstrip("的") if after else ""
    words = (
        re.split(r"(?:到|被|获评|在|参与|参加|奔赴)(?=.{2})", words)[0]
        if len(words) > 14
        else words
    )
    if text[start + len(figure) + len(after[0]) :][:1].isdigit() if after else False:
        words = words.rstrip("和与及到")  # what goes on with another figure
    words = balanced(words)
    if 2 <= len(words) <= 14 and not NO_NOUN.match(words):
        return words
    before = BEFORE.search(text[:start])
    clause = VERBS.sub("", before[0] if before else "")
    clause = VERBS.sub("", re.split(r"[和]", clause)[-1])
    clause = balanced(LINKING.sub("", DONE.sub("", clause))[-14:])
    if len(clause) >= 2 and clause not in NOTHING:
        return clause
    return words[:14] if len(words) >= 2 else NO_LABEL


def balanced(words: str) -> str:
    """Return words without a quote whose other half is not among them."""
    if words.count("“") == words.count("”") and words.count("‘") == words.count("’"):
        return words
    return re.sub("[“”‘’]", "", words)


def quotes_of(piece: Piece) -> list[str]:
    """Return sentences that would stand well as pull-quotes, in the order of the text."""
    scored: dict[str, tuple[float, int]] = {}
    for para in piece.paragraphs:
        address = para.text.endswith("：")
        if para.kind != "text" or address or para.text != MARKUP.sub("", para.text):
            continue
        for text, bonus in candidates(para.text):
            whole = text.count("“") == text.count("”") and text.count("‘") == text.count("’")
            if not LEAST_QUOTE <= len(text) <= MOST_QUOTE or re.search(r"\d", text) or not whole:
                continue
            if NO_QUOTE.match(text) or FORMAL.search(text):
                continue
            weight = sum(weight for pattern, weight in WEIGHTY if pattern.search(text))
            if weight:
                scored.setdefault(text, (weight + bonus - abs(len(text) - 17) / 10, len(scored)))
    best = sorted(scored, key=lambda text: -scored[text][0])
    chosen: list[str] = []
    for text in best:
        if len(chosen) < MOST_QUOTES and not any(text in one or one in text for one in chosen):
            chosen.append(text)
    return sorted(chosen, key=lambda text: scored[text][1])


def candidates(text: str) -> Iterator[tuple[str, float]]:
    """Yield (words, bonus): whole sentences, their last clauses, and what is quoted in them."""
    for match in re.finditer(r"“([^“”]*，[^“”]*)”", text):
        yield match[1].rstrip("。！"), 1.0
    sentences = [match[0] for match in re.finditer(r"[^。！？；\n]+", text)]
    for n, sentence in enumerate(sentences):
        yield sentence.strip("”“ \u3000"), 1.0 * (n == len(sentences) - 1) + 0.5 * (n == 0)
        clauses = sentence.split("，")
        for size in (1, 2):
            for at in range(len(clauses) - size + 1):
                yield "，".join(clauses[at : at + size]), -1.0
