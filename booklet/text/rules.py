"""The one rule book of prose: each rule finds its faults in a text, and mends those it can.

An import applies ``mend``, a check reports ``find``; so what one mends the other would have told, and
a text that has been mended is left alone. A rule looks at one paragraph, title or label, and takes
no Han character or digit away but those whose name says so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from booklet.text.clreq import PAIRS
from booklet.text.wordlists import read_words

HAN = r"\u3400-\u9fff\U00020000-\U0003ffff〇"
CHINESE = HAN + r"，。；：？！、（）《》“”‘’…—·％"
NUMERALS = "一二三四五六七八九十"
FOREIGN = "".join(read_words("booklet.text", "foreign.txt"))  # characters that spell foreign names
WIDE = str.maketrans(",;:?!()", "，；：？！（）")
UNFINISHED = "占位-01"
PAIRED_WITHIN = 60  # characters between the two halves of a pair


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at ``text[start:end]``; ``new`` is what should stand there, None where no one can tell."""

    start: int
    end: int
    message: str
    fix: str
    new: str | None = None


Find = Callable[[str], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``good`` passes it, ``bad`` does not; ``better`` is the bad one mended.

    ``severity`` is what a check makes of a fault, "" for nothing. ``intake`` is what an import does:
    mends it (done), proposes to (proposed), asks (asked), or leaves it to the check ("").
    """

    code: str
    what: str
    severity: Literal["error", "warning", ""]
    intake: Literal["done", "proposed", "asked", ""]
    find: Find
    good: str
    bad: str
    better: str = ""
    once: bool = False  # told once a speech, with how often

    def mend(self, text: str) -> str:
        """Return the text with every fault mended that can be."""
        for fault in reversed(list(self.find(text))):
            if fault.new is not None:
                text = text[: fault.start] + fault.new + text[fault.end :]
        return text


def each(pattern: str, told: str, new: Callable[[re.Match[str]], str] | str) -> Find:
    """Return what finds a pattern; ``told`` says what is wrong with it, ``new`` what it becomes."""
    compiled = re.compile(pattern)

    def find(text: str) -> Iterator[Fault]:
        for match in compiled.finditer(text):
            mended = new if isinstance(new, str) else new(match)
            fix = f"改为“{mended}”" if mended else "删去"
            yield Fault(*match.span(), told.format(match[0]), fix, mended)

    return find


# ---- Rules that are more than a pattern ------------------------------------------------------


def straight_quotes(text: str) -> Iterator[Fault]:
    """Straight quotation marks that come in pairs in a Chinese text without others."""
    for straight, pair in (('"', "“”"), ("'", "‘’")):
        places = quote_places(text, straight)
        if len(places) % 2 == 0 and not any(mark in text for mark in pair):
            for number, at in enumerate(places):
                new = pair[number % 2]
                yield Fault(at, at + 1, f"直引号 {straight}", f"改为“{new}”", new)


def odd_quotes(text: str) -> Iterator[Fault]:
    """Straight quotation marks of which nobody can tell which open and which close."""
    for straight, pair in (('"', "“”"), ("'", "‘’")):
        places = quote_places(text, straight)
        if places and (len(places) % 2 or any(mark in text for mark in pair)):
            fix = "改为“ ”或‘ ’，成对地写"
            yield Fault(places[0], places[0] + 1, f"直引号 {straight} 不成对", fix)


RANGE_SIGN = re.compile(
    rf"(?<!\d)(\d+(?:\.\d+)?)(?<!\d{{4}})([-~～])(\d+(?:\.\d+)?)(?=[%％万亿]?[{HAN}])"
)
SLOGAN = re.compile(rf"[“《]([{HAN}、，]{{3,}}(?:[ \u3000][{HAN}、，]{{3,}})+)[”》]")
HAN_BLANK = re.compile(rf"(?<=[{HAN}，。；：]) +(?=[{HAN}])")


def number_ranges(text: str) -> Iterator[Fault]:
    """The sign of a range of numbers; 22-2 is a house number, as nothing reaches from 22 to 2."""
    for match in RANGE_SIGN.finditer(text):
        if float(match[1]) < float(match[3]):
            yield Fault(*match.span(2), f"数字之间的连接号写成“{match[2]}”", "改为“—”", "—")


def han_blanks(text: str) -> Iterator[Fault]:
    """Blanks between Han, but not those that part the lines of a quoted slogan or title."""
    kept = [match.span(1) for match in SLOGAN.finditer(text)]
    for match in HAN_BLANK.finditer(text):
        if not any(start < match.start() < end for start, end in kept):
            yield Fault(*match.span(), "汉字之间有空格", "删去空格")


def quote_places(text: str, straight: str) -> list[int]:
    """Return where straight quotes stand in a Chinese text; an apostrophe within Latin is none."""
    found = []
    for at, char in enumerate(text):
        sides = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        if char == straight and not (straight == "'" and sides and sides.isascii()):
            found.append(at)
    return found if re.search(f"[{HAN}]", text) else []


def pairs(text: str) -> Iterator[Fault]:
    """Brackets and quotation marks come in pairs, rightly nested; 1） and a） need no half before."""
    closers = {close: open_ for open_, close in PAIRS.items()}
    waiting: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in PAIRS:
            waiting.append((at, char))
        elif char in closers:
            if waiting and waiting[-1][1] == closers[char]:
                waiting.pop()
            elif char != "）" or not re.search(rf"[\d{NUMERALS}a-z]$", text[:at]):
                open_ = closers[char]
                yield Fault(
                    at, at + 1, f"{char} 没有配对的 {open_}", f"补上 {open_}，或删去 {char}"
                )
    for at, char in waiting:
        close = PAIRS[char]
        yield Fault(at, at + 1, f"{char} 没有配对的 {close}", f"补上 {close}，或删去 {char}")


def lost_marks(text: str) -> Iterator[Fault]:
    """Markdown that was not understood and would be printed as it stands."""
    for match in re.finditer(r"[!！][\[［【].*?[\]］】][(（]", text):
        fix = "写成 ![说明](文件名.jpg)，半角括号，文件名里没有空格"
        yield Fault(*match.span(), "图片没有认出来", fix)
    for match in re.finditer(r"\[\^[^\]]*\]", text):
        fix = f"在文末加一段 {match[0]}: 注文"
        yield Fault(*match.span(), f"脚注 {match[0]} 没有注文", fix)


def foreign_marks(text: str) -> Iterator[Fault]:
    """HTML and code, which are printed as text."""
    for match in re.finditer(r"</?[a-zA-Z][^<>]*>|```|~~~", text):
        yield Fault(*match.span(), f"“{match[0][:12]}”会照原样印出来", "不需要就删去")
    for match in re.finditer(r"^(?:[:：]{3}|\[[^\]]+\]:)", text):
        fix = "用半角写法，单独成行，或删去"
        yield Fault(*match.span(), f"“{match[0][:12]}”会照原样印出来", fix)


def told_only(pattern: str, message: str, fix: str) -> Find:
    """Return what finds a pattern that only a reader can mend."""
    compiled = re.compile(pattern)

    def find(text: str) -> Iterator[Fault]:
        for match in compiled.finditer(text):
            yield Fault(*match.span(), message.format(match[0]), fix)

    return find


# ---- The table -------------------------------------------------------------------------------

DOUBLED = "(?<![的地是了])(?:的的(?!确)|是是(?!非)|(?<!不)了了|在在|也也|就就|我我|你你|他他|这这|从从|但但|而而|以以|和和|与与|们们|把把|被被|将将(?!就))(?![的地是了])"

# In the order of mending: what is certain, then straight quotes, so that a blank knows which way they
# open; then what is likely. Sources: GB/T 15834—2011 (marks), GB/T 15835—2011 (figures).
RULES = (
    Rule("隐形-01", "看不见的字符", "warning", "done",
         each("[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\u00ad]", "看不见的字符", ""),
         "看不见", "看\u200b不见", "看不见"),
    # A half-width mark is Chinese when it touches Chinese on one side.
    Rule("标点-01", "半角标点", "warning", "done",
         each(rf"(?<=[{CHINESE}])[,;:?!()]+|(?<![,;:?!()])[,;:?!()]+(?=[{CHINESE}])", "半角标点“{}”", lambda m: m[0].translate(WIDE)),
         "你好，世界；3.5万，8:30，a,b", "你好,世界", "你好，世界"),
    Rule("标点-02", "括号只有一半是全角", "warning", "done",
         each(rf"\((?=[^()（）\n]{{1,{PAIRED_WITHIN}}}）)|(?<=（)([^()（）\n]{{1,{PAIRED_WITHIN}}})\)", "括号“{}”只有一半是全角",
              lambda m: f"{m[1]}）" if m[1] else "（"),
         "（a）和(b)", "共（a)人", "共（a）人"),
    Rule("标点-03", "省略号", "warning", "done",
         each(rf"(?<=[{CHINESE}])(?<!…)(?:\.{{3,}}|…)(?!…)|(?<![.…])(?:\.{{3,}}|…)(?=[{CHINESE}])(?!…)|。{{3,}}", "省略号写成“{}”", "……"),
         "等等……完，wait...", "等等...完", "等等……完"),
    Rule("标点-04", "破折号", "warning", "done",
         each(rf"(?<=[{CHINESE}])-{{2,}}|(?<!-)-{{2,}}(?=[{CHINESE}])", "破折号写成“{}”", "——"),
         "他来了——真的，a--b", "他来了--真的", "他来了——真的"),
    # Not after a heading's number (一.加强), nor in a name that is written with the wrong dot (卡尔.马克思).
    Rule("标点-08", "半角句点", "warning", "done",
         each(rf"(?<=[{HAN}”》）%％])(?<![{NUMERALS}])\.(?=[”’》）\"']*$)|"
              rf"(?<=[{HAN}])(?<![{NUMERALS}])(?:(?<![{FOREIGN}]{{2}})\.|\.(?![{FOREIGN}]{{2}}))(?=[{HAN}“《])", "半角句点“{}”", "。"),
         "一.加强学习。卡尔.马克思说。3.5万", "我们去了.他也去了.", "我们去了。他也去了。"),
    Rule("空格-01", "汉字与数字、字母之间的空格", "warning", "done",
         each(rf"(?<=[{HAN}])[ \xa0]+(?=[\dA-Za-z])|(?<=[\dA-Za-z%％])[ \xa0]+(?=[{HAN}])", "汉字与数字、字母之间有空格", ""),
         "2022年QQ群", "共 41 人", "共41人"),
    Rule("空格-03", "撑开的字", "warning", "done",
         each(rf"^[{HAN}](?:[ \u3000]{{1,2}}[{HAN}]){{2,}}$", "字被空格撑开：“{}”", lambda m: "".join(m[0].split())),
         "上联　下联", "发 言 稿", "发言稿"),
    Rule("形近-01", "“别人”写成“别入”", "warning", "done",
         each("(?<![特级区性类识分差各国个鉴送告离辨有])别入(?![选库手围门职学伍党微场口住院股境伙睡])", "形近字“{}”", "别人"),
         "他特别入选", "让别入幸福", "让别人幸福"),
    Rule("形近-02", "“已经”写成“己经”", "warning", "done",
         each("(?<![自知异克一])己经(?![历过营济常由])", "形近字“{}”", "已经"),
         "都来自己经过的事", "我们己经到了", "我们已经到了"),
    Rule("形近-03", "“千方百计”写成“干方百计”", "warning", "done",
         each("干方百计", "形近字“{}”", "千方百计"), "千方百计", "干方百计", "千方百计"),
    Rule("引号-02", "直引号", "warning", "done", straight_quotes, "他说：“好”，it's", '他说："好"', "他说：“好”"),
    Rule("空格-02", "标点旁边的空格", "warning", "done",
         each(rf"(?<=[，。；：、！？）》”])[ \xa0]+(?=[{HAN}\d“《（])|(?<=[{HAN}\d])[ \xa0]+(?=[，。；：、！？）》”])"
              r"|(?<=[“‘《（])[ \xa0\u3000]+|(?<![ \xa0\u3000])[ \xa0\u3000]+(?=[”’》）])", "标点旁边有空格", ""),
         "我们，都来。", "我们 ，都来 。", "我们，都来。"),
    Rule("重字-01", "一个字打了两遍", "warning", "proposed",
         each(DOUBLED, "“{}”像是打了两遍", lambda m: m[0][0]), "的的确确，不了了之", "他的的书", "他的书"),
    Rule("标点-05", "标点打了两遍", "warning", "proposed",
         each(r"([，、；：])\1+|(?<!。)。。(?!。)", "标点重复“{}”", lambda m: m[0][0]), "甲、乙，丙……", "甲、、乙", "甲、乙"),
    Rule("标点-06", "数字之间的连接号", "warning", "proposed",
         number_ranges, "10—20人，2023-2024年，22-2社区", "10-20人", "10—20人"),
    Rule("标点-09", "外国人名中的间隔号", "warning", "proposed",
         each(rf"(?<=[{FOREIGN}]{{2}})\.(?=[{FOREIGN}]{{2}})", "间隔号写成“{}”", "·"), "卡尔·马克思", "卡尔.马克思", "卡尔·马克思"),
    Rule("标点-15", "序次语后用逗号", "warning", "proposed",
         each(r"(?:(?<=^)|(?<=[。；：]))(?:第[一二三四五六七八九十]{1,2}|首先|其次|再次|最后)、", "“{}”后面用逗号", lambda m: m[0][:-1] + "，"),
         "第一，治水；第二，治岸。首先，谢谢大家。", "第一、治水。其次、治岸。", "第一，治水。其次，治岸。"),
    Rule("标点-17", "（一）后面不加标点", "warning", "proposed",
         each(rf"^（[{NUMERALS}]{{1,3}}）[、，.．]", "“{}”后面不加标点", lambda m: m[0][:-1]), "（一）治水", "（一）、治水", "（一）治水"),
    Rule("标点-07", "全角百分号", "warning", "proposed",
         each(r"(?<=\d)％", "全角“{}”", "%"), "达85%", "达85％", "达85%"),
    # What only a reader can mend.
    Rule("引号-01", "直引号不成对", "warning", "asked", odd_quotes, "他说“好”", '他说"好'),
    Rule("引号-03", "引号、括号、书名号不成对", "warning", "asked", pairs, "“‘靠’得住”和1）2）", "“靠得住"),
    Rule("标点-10", "一个“—”", "warning", "",
         told_only(rf"(?<=[{HAN}，。”])—(?!—)(?<!——)(?=[{HAN}“])", "汉字之间只有一个“{}”", "是破折号就改为“——”；是连接号（长春—吉林）就不用改"),
         "他来了——真的", "他来了—真的"),
    Rule("空格-04", "汉字之间的空格", "warning", "asked",
         han_blanks, "汉字　排版，“走进新时代 共筑中国梦”", "汉字 排版"),
    Rule("标点-12", "并列的引号、书名号之间的顿号", "warning", "",
         told_only(r"[”》]、(?=[“《])", "并列的引号、书名号之间通常不用顿号“{}”", "删去顿号；中间有别的话就不用改"),
         "读《论语》《孟子》，学“两山”“三北”。", "读《论语》、《孟子》。"),
    Rule("标点-14", "问号、叹号叠用", "warning", "",
         told_only(r"[！？]{4,}", "问号、叹号叠用“{}”", "最多叠用三个"), "真的吗？！好！！！", "好！！！！"),
    Rule("标点-16", "数字编号后用下脚点", "warning", "",
         told_only(rf"^\d{{1,2}}、(?=[{HAN}])", "数字编号“{}”", "改为“1.”这样的写法"), "1. 治水；3、4两月", "1、治水"),
    Rule("数字-11", "概数用了两次", "warning", "asked",
         told_only(rf"(?<![最附邻远临靠亲节预签合邀相条公履违])(?:超过|逾|近|约|将近|接近|大约|不足|不到|至少|多达)\d[\d,.]*"
                   rf"(?:[万亿千百十]?(?:余|多)|[万亿千百]?[{HAN}]{{0,3}}(?:左右|上下|以上))[万亿]?[{HAN}]{{0,2}}", "概数用了两次“{}”", "近、超过、约与余、多、左右只用一个"),
         "累计超过4万人次，服务20万余小时。", "服务超过4万余人次。"),
    Rule("数字-12", "“2”与“两”", "warning", "asked",
         told_only(r"(?<![\d.．—～~第前A-Za-z-])2(?=[张个名位次项支件家条所座条份篇本辆台间套场批])(?!个?月)", "单个的“{}”加量词", "通常写“两”"),
         "2024年2月，第2个，来了12个人，2万余人次。", "建了2张图。"),
    Rule("数字-21", "概数之间的顿号", "warning", "",
         told_only(r"(?<![一二三四五六七八九十百第])[一二三四五六七八九]、[一二三四五六七八九](?=[十百千万个名人天](?!级))", "概数“{}”之间不用顿号", "改为“三四十人”这样的写法"),
         "三四十人，三、四年级，一、二班", "来了三、四十人"),
    Rule("数字-22", "年份没有写全", "warning", "",
         told_only(r"(?<!\d)\d{2}年(?=\d{1,2}月)", "年份“{}”没有写全", "写四位数字"), "1998年3月，历时10年", "98年3月"),
    Rule("日期-04", "相对日期", "warning", "",
         told_only(r"去年|今年|(?<!从)前年|明年|近日|日前|上个月|本月(?!底)|截至目前|到目前为止", "相对日期“{}”：读者翻开书时已不是那时", "写明年份；不必改就写进 booklet.yaml 的 allow"),
         "2023年，从前年岁还小。", "去年3月", once=True),
    Rule("记号-01", "没有认出来的 Markdown", "error", "", lost_marks, "感叹！（一）见[注]", "![会场](会 场.jpg)"),
    Rule(UNFINISHED, "没有写完的地方", "error", "",
         told_only(r"（请写[^）]*）|请写说明|某某|[XxＸ×]{2,}(?=[{HAN}]|$)|_{2,}|＿{2,}|TODO|待补|待定稿|此处插入|（待填）".replace("{HAN}", HAN),
                   "像是没有写完：“{}”", "写上；原文如此，就写进 booklet.yaml 的 allow"),
         "某位同志说XX，2×3米", "（请写发言人）在某某单位"),
    Rule("记号-02", "会照原样印出来的记号", "warning", "", foreign_marks, "5<6，a>b", "甲<br>乙"),
)  # fmt: skip
