"""Repairs of typed text, in two tables: what is certain is done, what is likely is proposed.

Each rule has a code, a name, a pattern and what it becomes. None of them takes a Han character or a
digit away but those that say so, and those are proposed only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from booklet.intake.source import Entry, Row

WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff〇"
CHINESE = HAN + r"，。；：？！、（）《》“”‘’…—·％"
FOREIGN = (  # characters that spell foreign names
    "阿埃艾安奥巴白班贝比彼毕别波伯博布查茨达戴丹德登邓迪丁杜敦多恩尔法菲费丰佛弗福盖冈戈格根古哈海汉豪赫亨胡华怀霍基吉加贾杰金卡凯坎康柯科克肯"
    "孔库拉莱兰朗劳勒雷里理利莉林琳龙卢鲁路伦罗洛马玛麦迈曼梅门蒙米密明莫默姆木穆那纳娜乃奈南内尼妮努诺欧帕潘庞佩彭皮平普齐奇恰乔切丘热仁日茹瑞若萨塞桑"
    "不力买孜吐江丽提瑟森沙莎山舍什施史斯思丝苏索所塔泰坦汤特提廷图托瓦万威韦维温文翁沃乌武希锡西夏香肖谢辛欣休许雅亚延扬耶叶伊依易英尤于约泽扎詹张珍朱兹佐"
)
NUMERALS = "一二三四五六七八九十"
LIKELY = 60  # characters between the two halves of a pair
HAN_CHAR = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of repair: ``mend`` gets the match and returns what it becomes."""

    code: str
    what: str
    pattern: re.Pattern[str]
    mend: Callable[[re.Match[str]], str]


def to(text: str) -> Callable[[re.Match[str]], str]:
    """Return a repair that always gives the same text."""
    return lambda _match: text


CERTAIN = (
    Rule("隐形-01", "删去看不见的字符", re.compile("[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\u00ad]"), to("")),
    # A half-width mark is Chinese when it touches Chinese on one side.
    Rule("标点-01", "半角标点改为全角", re.compile(rf"(?<=[{CHINESE}])[,;:?!()]|[,;:?!()](?=[{CHINESE}])"),
         lambda match: WIDE[match[0]]),
    Rule("标点-02", "括号的另一半改为全角", re.compile(rf"\(([^()（）\n]{{1,{LIKELY}}})）|（([^()（）\n]{{1,{LIKELY}}})\)"),
         lambda match: f"（{match[1] or match[2]}）"),
    Rule("标点-03", "三个点改为省略号", re.compile(rf"(?<=[{CHINESE}])(?:\.{{3,}}|。{{3,}}|(?<!…)…(?!…))|\.{{3,}}(?=[{CHINESE}])"), to("……")),
    Rule("标点-04", "两个减号改为破折号", re.compile(rf"(?<=[{CHINESE}])-{{2,}}|-{{2,}}(?=[{CHINESE}])"), to("——")),
    # Not after a heading's number (一.加强), nor in a name that is written with the wrong dot (卡尔.马克思).
    Rule("标点-08", "半角句点改为句号", re.compile(
        rf"(?<=[{HAN}”》）%％])(?<![{NUMERALS}])\.(?=[”’》）\"']*$)|"
        rf"(?<=[{HAN}])(?<![{NUMERALS}])(?:(?<![{FOREIGN}]{{2}})\.|\.(?![{FOREIGN}]{{2}}))(?=[{HAN}“《])"), to("。")),
    Rule("空格-01", "删去汉字与数字、字母之间的空格", re.compile(
        rf"(?<=[{HAN}])[ \xa0]+(?=[\dA-Za-z])|(?<=[\dA-Za-z%％])[ \xa0]+(?=[{HAN}])"), to("")),
    Rule("空格-03", "合上撑开的字", re.compile(rf"^[{HAN}](?:[ \u3000]{{1,2}}[{HAN}]){{2,}}$"),
         lambda match: "".join(match[0].split())),
    Rule("形近-01", "形近字", re.compile(r"(?<![特级区性类识分差各国个鉴送告离辨有])别入(?![选库手围门职学伍党微场口住院股境伙睡])"),
         to("别人")),
    Rule("形近-01", "形近字", re.compile(r"(?<![自知异克一])己经(?![历过营济常由])"), to("已经")),
    Rule("形近-01", "形近字", re.compile("干方百计"), to("千方百计")),
)  # fmt: skip

# After straight quotes are paired, so that it knows which way they open.
BLANKS = Rule(
    "空格-02",
    "删去标点旁边的空格",
    re.compile(
        rf"(?<=[，。；：、！？）》”])[ \xa0]+(?=[{HAN}\d“《（])|(?<=[{HAN}\d])[ \xa0]+(?=[，。；：、！？）》”])"
        r"|(?<=[“‘《（])[ \xa0\u3000]+|[ \xa0\u3000]+(?=[”’》）])"
    ),
    to(""),
)

DOUBLED = re.compile(
    r"(?<![的地是了])(?:的的(?!确)|是是(?!非)|(?<!不)了了|在在|和和|与与|们们|把把|被被|将将(?!就))(?![的地是了])"
)
LIKELY_RULES = (
    Rule("重字-01", "一个字打了两遍", DOUBLED, lambda match: match[0][0]),
    Rule("标点-05", "标点打了两遍", re.compile(r"([，、；：])\1+|(?<!。)。。(?!。)"), lambda match: match[0][0]),
    Rule("标点-06", "数字之间的连接号", re.compile(rf"(?<=\d)[-~～](?=\d+(?:\.\d+)?[%％万亿]?[{HAN}])(?<!\d{{4}}[-~～])"), to("—")),
    Rule("标点-09", "外国人名中的间隔号", re.compile(rf"(?<=[{FOREIGN}]{{2}})\.(?=[{FOREIGN}]{{2}})"), to("·")),
    Rule("标点-07", "全角百分号", re.compile(r"(?<=\d)％"), to("%")),
)  # fmt: skip


def repair(rows: Sequence[Row], name: str, accept: bool) -> tuple[list[Row], list[Entry]]:
    """Return the rows mended, and what was done and is proposed; with ``accept`` proposals are done."""
    mended, entries = [], []
    for row in rows:
        text = row.text
        for rule in CERTAIN:
            text, found = applied(rule, text, row, name, "done")
            entries += found
        text, found = straight_quotes(text, row, name)
        entries += found
        text, found = applied(BLANKS, text, row, name, "done")
        entries += found
        for rule in LIKELY_RULES:
            changed, found = applied(rule, text, row, name, "done" if accept else "proposed")
            entries += found
            text = changed if accept else text
        mended.append(replace(row, text=text))
    return mended, entries


def applied(rule: Rule, text: str, row: Row, name: str, kind: str) -> tuple[str, list[Entry]]:
    """Return a text with one rule applied, and an entry for each place."""
    entries = []
    for match in rule.pattern.finditer(text):
        new = rule.mend(match)
        before, after = around(text, match.start(), match.end(), new)
        entries.append(Entry(kind, rule.code, name, row.line, rule.what, before, after))
    return rule.pattern.sub(rule.mend, text), entries


def around(text: str, start: int, end: int, new: str) -> tuple[str, str]:
    """Return a place with its neighbours, as it was and as it becomes."""
    left, right = text[max(start - 6, 0) : start], text[end : end + 6]
    return left + text[start:end] + right, left + new + right


def straight_quotes(text: str, row: Row, name: str) -> tuple[str, list[Entry]]:
    """Return a text with its straight quotes paired, where they come in pairs and it is Chinese."""
    entries = []
    for straight, pair in (('"', "“”"), ("'", "‘’")):
        places = list(quote_places(text, straight))
        if not places or not HAN_CHAR.search(text):
            continue
        if len(places) % 2 or any(mark in text for mark in pair):
            what = f"引号（{straight}）不成对，没有改动"
            entries.append(Entry("asked", "引号-01", name, row.line, what, text[:40]))
            continue
        before = text
        for number, at in enumerate(places):
            text = text[:at] + pair[number % 2] + text[at + 1 :]
        shown = (
            before[max(places[0] - 6, 0) : places[1] + 7],
            text[max(places[0] - 6, 0) : places[1] + 7],
        )
        what = f"直引号配成弯引号，{len(places) // 2} 对"
        entries.append(Entry("done", "引号-02", name, row.line, what, *shown))
    return text, entries


def quote_places(text: str, straight: str) -> Iterator[int]:
    """Yield where straight quotes stand; an apostrophe within Latin is none."""
    for match in re.finditer(straight, text):
        sides = (
            text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
        )
        if straight == "'" and sides and sides.isascii():
            continue
        yield match.start()
