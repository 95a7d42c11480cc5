"""Rules of the Chinese page as assertions on finished lines: each tells how often it was asked and broken.

A rule looks at lines of any engine. Sources: CLREQ (W3C, anchors of its sections), GB/T 15834—2011,
house (our own limits); numbers are those of the house list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bench.lines import SetLine
from bench.measure import GAP, han_gaps, is_latin, mixed_pairs, off_edge, places
from booklet.edition import Edition
from booklet.preflight.lines import Glyph
from booklet.text.clreq import CLOSERS, OPENING, PAUSES, STOPS, is_han

LINE_RULES = "CLREQ #prohibition_rules_for_line_start_end"
MARKS = "CLREQ #line_composition_rules_for_punctuation_marks"
MIXED = "CLREQ #mixed_text_composition_in_horizontal_writing_mode"
GB = "GB/T 15834—2011"
HOUSE = "自定"
TOLERANCE = 0.03  # em
OPENED = 0.3  # em that two marks of a line that is spaced may take more


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was set: the lines, the paragraphs, the edition's sizes."""

    lines: Sequence[SetLine]
    texts: Sequence[str]
    edition: Edition

    def ends(self) -> Iterator[tuple[SetLine, SetLine]]:
        """Yield each line that does not end its paragraph with the next one."""
        for line, following in pairwise(self.lines):
            if line.paragraph == following.paragraph:
                yield line, following

    def pairs(self) -> Iterator[tuple[Glyph, Glyph]]:
        """Yield neighbours within lines, but where a blank was typed."""
        for line in self.lines:
            for left, right in pairwise(line.glyphs):
                if not right.spaced:
                    yield left, right


Verdicts = Iterator[tuple[bool, str]]
"""(kept, the words around), once for each place that the rule concerns."""
Check = Callable[[Sheet], Verdicts]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the row of the house list, its source, what it asks, and how that is seen."""

    row: str
    source: str
    asks: str
    check: Check
    prose: bool = False  # asked of running prose only


def around(line: SetLine) -> str:
    """Return the words on either side of a line's end."""
    return f"{line.whole[max(line.end - 6, 0) : line.end]}｜{line.whole[line.end : line.end + 6]}"


# ---- Ends of lines ---------------------------------------------------------------------------


def not_first(chars: str) -> Check:
    """Return the check that none of these begins a line."""

    def check(sheet: Sheet) -> Verdicts:
        for line, following in sheet.ends():
            if following.text[0] in chars or line.text[-1] in chars:
                yield following.text[0] not in chars, around(line)

    return check


def not_last(chars: str) -> Check:
    """Return the check that none of these ends a line."""

    def check(sheet: Sheet) -> Verdicts:
        for line, following in sheet.ends():
            if line.text[-1] in chars or following.text[0] in chars:
                yield line.text[-1] not in chars, around(line)

    return check


def whole(pattern: str) -> Check:
    """Return the check that no line ends inside what a pattern finds."""
    found = re.compile(pattern)

    def check(sheet: Sheet) -> Verdicts:
        ends = {(line.paragraph, line.end): line for line, _ in sheet.ends()}
        for number, line in {line.paragraph: line for line in sheet.lines}.items():
            for match in found.finditer(line.whole):
                cut = next((ends[number, at] for at in range(match.start() + 1, match.end())
                            if (number, at) in ends), None)  # fmt: skip
                yield cut is None, around(cut) if cut else ""

    return check


def kept(index: int) -> Check:
    """Return the check that no number with its unit (1) or short title (2) is parted."""

    def check(sheet: Sheet) -> Verdicts:
        ends = {(line.paragraph, line.end): line for line, _ in sheet.ends()}
        for number, text in enumerate(sheet.texts):
            inside = sorted(places(text)[index])
            for _, run in groupby(enumerate(inside), key=lambda pair: pair[1] - pair[0]):
                cut = next((ends[number, at] for _, at in run if (number, at) in ends), None)
                yield cut is None, around(cut) if cut else ""

    return check


def words_whole(sheet: Sheet) -> Verdicts:
    """No line ends inside a Chinese word."""
    for line, _ in sheet.ends():
        words, numbers, titles = places(sheet.texts[line.paragraph])
        yield line.hyphen or line.end in words | numbers | titles, around(line)


def quotes_break(sheet: Sheet) -> Verdicts:
    """A line may end behind ” and before “ where no other mark forbids it."""
    for line, following in sheet.ends():
        if line.text[-1] in "”’" or following.text[0] in "“‘":
            yield True, around(line)


# ---- Widths ----------------------------------------------------------------------------------


def pair_width(first: frozenset[str], second: frozenset[str], width: float) -> Check:
    """Return the check that two marks before a Han take ``width`` em together, or less."""

    def check(sheet: Sheet) -> Verdicts:
        for line in sheet.lines:
            for left, right, after in zip(
                line.glyphs, line.glyphs[1:], line.glyphs[2:], strict=False
            ):
                pair = left.char in first and right.char in second and is_han(after.char)
                if pair and not (right.spaced or after.spaced):
                    taken = after.x - left.x
                    yield taken <= width + OPENED, f"{left.char}{right.char} {taken:.2f}"

    return check


def squeezed(first: frozenset[str], second: frozenset[str]) -> Check:
    """Return the check that half an em goes from between two marks: the ink of both stands near."""

    def check(sheet: Sheet) -> Verdicts:
        for left, right in sheet.pairs():
            if left.char in first and right.char in second:
                step = right.x - left.x
                yield step <= 0.5 + TOLERANCE + 0.03, f"{left.char}{right.char} {step:.2f}"

    return check


def full_pair(sheet: Sheet) -> Verdicts:
    """！？ and ？！ take an em each."""
    for left, right in sheet.pairs():
        if left.char + right.char in ("！？", "？！"):
            step = right.x - left.x
            yield abs(step - 1.0) <= 0.06, f"{left.char}{right.char} {step:.2f}"


def dashes(char: str) -> Check:
    """Return the check that —— or …… takes two em."""

    def check(sheet: Sheet) -> Verdicts:
        for line in sheet.lines:
            for at in range(len(line.glyphs) - 2):
                one, two, after = line.glyphs[at : at + 3]
                if one.char == two.char == char and after.char != char and is_han(after.char):
                    first = line.glyphs[at - 1] if at else None
                    if first and first.char != char:
                        start = first.right if is_han(first.char) else one.x
                        width = after.x - start
                        yield abs(width - 2.0) <= 0.12, f"{char * 2} {width:.2f}"

    return check


def first_mark(sheet: Sheet) -> Verdicts:
    """An opening mark at a line's start takes half an em: its ink stands at the edge."""
    for line in sheet.lines:
        first = line.glyphs[0]
        if first.char in OPENING and line.start:
            yield first.x <= -0.4, line.text[:4]


def indented_mark(sheet: Sheet) -> Verdicts:
    """… at a paragraph's start too, behind the indent."""
    for line in sheet.lines:
        first = line.glyphs[0]
        if first.char in OPENING and not line.start:
            yield abs(first.x - 1.5) <= 0.1, line.text[:4]


def last_mark(sheet: Sheet) -> Verdicts:
    """A mark at a line's end takes half an em."""
    for line, _ in sheet.ends():
        last = line.glyphs[-1]
        if last.char in CLOSERS | STOPS | PAUSES:
            yield abs(last.x + 0.5 - line.measure) <= TOLERANCE, line.text[-4:]


def full_quotes(sheet: Sheet) -> Verdicts:
    """Quotation marks of Chinese text are those of the Han face: half an em of blank beside the ink."""
    for line in sheet.lines:
        for left, right in pairwise(line.glyphs):
            if left.char in "”’" and is_han(right.char) and not right.spaced:
                yield right.x - left.x >= 0.45, f"{left.char}{right.char}"


def mixed_gap(sheet: Sheet) -> Verdicts:
    """Between Han and Latin stands an eighth to a third of an em."""
    for line in sheet.lines:
        for left, right in mixed_pairs(line):
            gap = right.x - left.right
            yield GAP[0] <= gap <= GAP[1], f"{left.char}{right.char} {gap:.2f}"


def no_gap_at_edges(sheet: Sheet) -> Verdicts:
    """No gap stands at a line's edge beside Latin."""
    for line, following in sheet.ends():
        if is_latin(line.text[-1]) and not line.hyphen:
            yield abs(off_edge(line)) <= 0.02, line.text[-5:]
        if is_latin(following.text[0]):
            yield abs(following.glyphs[0].x) <= 0.12, following.text[:5]


def no_gap_beside_marks(sheet: Sheet) -> Verdicts:
    """No gap stands between Latin and a full-width mark."""
    for left, right in sheet.pairs():
        if is_latin(left.char) and right.char in PAUSES | STOPS | CLOSERS:
            yield right.x - left.right <= 0.1, f"{left.char}{right.char}"


def flush_right(sheet: Sheet) -> Verdicts:
    """Every line but the last is flush on the right."""
    for line, _ in sheet.ends():
        yield abs(off_edge(line)) <= 0.02, line.text[-6:]


def flush_left(sheet: Sheet) -> Verdicts:
    """Every line begins at the edge; the ink of Latin letters a little within."""
    for line in sheet.lines:
        first = line.glyphs[0]
        if is_han(first.char):
            yield abs(first.x - (0.0 if line.start else 2.0)) <= 0.02, line.text[:6]


def expansion(most: float) -> Check:
    """Return the check that Han gaps of a line open no more than this."""

    def check(sheet: Sheet) -> Verdicts:
        for line, _ in sheet.ends():
            yield max(han_gaps(line), default=0.0) <= most, line.text[:8]

    return check


def no_tracking(sheet: Sheet) -> Verdicts:
    """Han are never set nearer than an em."""
    for line in sheet.lines:
        gaps = han_gaps(line)
        if gaps:
            yield min(gaps) >= -0.005, line.text[:8]


def alike(sheet: Sheet) -> Verdicts:
    """All Han gaps of a line open alike."""
    for line, _ in sheet.ends():
        gaps = han_gaps(line)
        if len(gaps) > 1:
            yield max(gaps) - min(gaps) <= 0.012, line.text[:8]


def solid_last(sheet: Sheet) -> Verdicts:
    """A last line is set solid."""
    for line in sheet.lines:
        if line.last and line.start:
            yield max(han_gaps(line), default=0.0) <= 0.005, line.text[:8]


def no_runt(letters: int) -> Check:
    """Return the check that a last line has more than so many letters."""

    def check(sheet: Sheet) -> Verdicts:
        for line in sheet.lines:
            if line.last and line.start:
                yield len(re.sub(r"[\W_]", "", line.text)) > letters, line.text

    return check


def whole_measure(sheet: Sheet) -> Verdicts:
    """The measure is a whole number of em."""
    yield float(sheet.edition.measure_em).is_integer(), str(sheet.edition.measure_em)


def indent(sheet: Sheet) -> Verdicts:
    """A paragraph is indented by two em."""
    for line in sheet.lines:
        if not line.start and is_han(line.text[0]):
            yield abs(line.glyphs[0].x - 2.0) <= 0.02, line.text[:4]


def pitch(sheet: Sheet) -> Verdicts:
    """Lines stand one step of the grid apart, also between paragraphs."""
    step = sheet.edition.line_pt / sheet.edition.type_pt
    for line, following in pairwise(sheet.lines):
        if line.page == following.page:
            yield abs(following.top - line.top - step) <= 0.02, following.text[:6]


def one_grid(sheet: Sheet) -> Verdicts:
    """Baselines of all pages stand on one grid."""
    step = sheet.edition.line_pt / sheet.edition.type_pt
    first = sheet.lines[0].top
    for line in sheet.lines:
        off = (line.top - first) % step
        yield min(off, step - off) <= 0.02, line.text[:6]


def one_baseline(sheet: Sheet) -> Verdicts:
    """Latin stands on the baseline of the Han."""
    for line in sheet.lines:
        levels = {round(glyph.y, 1) for glyph in line.glyphs}
        yield max(levels) - min(levels) <= 0.1, line.text[:6]


def nothing_lost(sheet: Sheet) -> Verdicts:
    """The text layer gives every character, in order."""
    for number, text in enumerate(sheet.texts):
        read = "".join(line.text for line in sheet.lines if line.paragraph == number)
        yield read == re.sub(r"\s", "", text), text[:8]


def pages_of(sheet: Sheet) -> list[list[SetLine]]:
    """Return the lines of each page."""
    return [list(lines) for _, lines in groupby(sheet.lines, key=lambda line: line.page)]


def no_widow(sheet: Sheet) -> Verdicts:
    """No page begins with the last line of a paragraph."""
    for page in pages_of(sheet)[1:]:
        if page[0].start:
            yield not page[0].last, page[0].text[:6]


def no_orphan(sheet: Sheet) -> Verdicts:
    """No page ends with the first line of a paragraph."""
    for page in pages_of(sheet)[:-1]:
        if not page[-1].last:
            yield page[-1].start > 0, page[-1].text[:6]


def level_pages(sheet: Sheet) -> Verdicts:
    """Facing pages end on one line."""
    feet = {page[0].page: max(line.top for line in page) for page in pages_of(sheet)}
    for page, foot in feet.items():
        if page % 2 and page + 2 in feet:
            yield abs(foot - feet[page + 1]) <= 0.2, str(page)


def squeeze_first(sheet: Sheet) -> Verdicts:
    """Marks give before Han gaps open: no line is spaced while a mark of it is squeezed."""
    for line, _ in sheet.ends():
        tight = any(
            left.char in PAUSES and is_han(right.char) and right.x - left.x < 0.95
            for left, right in pairwise(line.glyphs)
        )
        if tight:
            yield max(han_gaps(line), default=0.0) <= 0.012, line.text[:8]


CLOSE, OPEN, POINTS = CLOSERS, OPENING, STOPS | PAUSES
RULES = (
    Rule("1", LINE_RULES, "句号、逗号、顿号、分号、冒号、问号、叹号不在行首", not_first("。，、；：？！")),
    Rule("1", LINE_RULES, "后引号、后括号、后书名号不在行首", not_first("”’）》〉」』】〕")),
    Rule("2", GB, "间隔号不在行首", not_first("·")),
    Rule("2", GB, "连接号（～、–）不在行首", not_first("～–")),
    Rule("2", GB, "分隔号不在行首", whole(r"(?<=[A-Z\d])/(?=[A-Z\d])")),
    Rule("3", LINE_RULES, "前引号、前括号、前书名号不在行末", not_last("“‘（《〈「『【〔")),
    Rule("4", f"{GB}；{HOUSE}", "破折号不在行首", not_first("—")),
    Rule("4", f"{GB}；{HOUSE}", "省略号不在行首", not_first("…")),
    Rule("4", GB, "破折号不拆成两行", whole("——")),
    Rule("4", GB, "省略号不拆成两行", whole("……")),
    Rule("4", GB, "破折号占两字", dashes("—")),
    Rule("4", GB, "省略号占两字", dashes("…")),
    Rule("5", LINE_RULES, "数字不拆", whole(r"\d+(?:\.\d+)?")),
    Rule("5", LINE_RULES, "有千分号的数字不拆", whole(r"\d{1,3}(?:,\d{3})+")),
    Rule("5", HOUSE, "百分号跟着数字", whole(r"\d[%％‰]")),
    Rule("5", HOUSE, "度、温度符号跟着数字", whole(r"\d[℃°]")),
    Rule("5", HOUSE, "货币符号跟着数字", whole(r"[¥￥$€]\d")),
    Rule("5", HOUSE, "正负号跟着数字", whole(r"[+±－−]\d")),
    Rule("5", HOUSE, "上标、下标、化学式不拆", whole(r"km²|H₂O|Ca\(OH\)2")),
    Rule("5", HOUSE, "时刻、比分不拆", whole(r"\d+:\d+")),
    Rule("5", LINE_RULES, "西文短词不拆（五个字母以内）", whole(r"(?<![A-Za-z.@/-])[A-Za-z]{2,5}(?![A-Za-z.@/-])")),
    Rule("6", HOUSE, "数字和单位、量词不拆", kept(1)),
    Rule("6", HOUSE, "短书名不拆", kept(2)),
    Rule("6", HOUSE, "词不拆在两行", words_whole, True),
    Rule("7", HOUSE, "引号旁边可以换行", quotes_break),
    Rule("8", MARKS, "后括号、后引号连后括号、后引号：挤去半字", squeezed(CLOSE, CLOSE)),
    Rule("8", MARKS, "后括号、后引号连点号：挤去半字", squeezed(CLOSE, POINTS)),
    Rule("8", MARKS, "点号连后括号、后引号：挤去半字", squeezed(POINTS, CLOSE)),
    Rule("8", MARKS, "前括号、前引号连前括号、前引号：挤去半字", squeezed(OPEN, OPEN)),
    Rule("8", MARKS, "后括号、后引号连前括号、前引号：挤去半字以上", pair_width(CLOSE, OPEN, 1.5)),
    Rule("8", MARKS, "点号连前括号、前引号：挤去半字以上", pair_width(POINTS, OPEN, 1.5)),
    Rule("8", MARKS, "问号叹号连用：各占一字", full_pair),
    Rule("9", MARKS, "行首的前引号、前括号占半字", first_mark),
    Rule("9", MARKS, "段首的前引号、前括号也占半字，全书一律", indented_mark),
    Rule("10", GB, "行末的点号、后引号占半字", last_mark),
    Rule("11", HOUSE, "中文引号用中文字体的全角字形", full_quotes),
    Rule("12", MIXED, "汉字与西文、数字相隔八分之一到三分之一字", mixed_gap),
    Rule("12", MIXED, "行首行末的西文旁没有空隙", no_gap_at_edges),
    Rule("12", MIXED, "西文与全角标点之间没有空隙", no_gap_beside_marks),
    Rule("13", HOUSE, "行首齐（差不到 0.02 字）", flush_left),
    Rule("13", HOUSE, "行末齐（差不到 0.02 字）", flush_right),
    Rule("14", MARKS, "先挤标点，再拉字距：挤了标点的行不拉开", squeeze_first),
    Rule("15", HOUSE, "拉开时一行的汉字间距一样", alike),
    Rule("16", HOUSE, "汉字间距拉开不到 0.03 字", expansion(0.03), True),
    Rule("16", HOUSE, "汉字间距拉开不到 0.055 字", expansion(0.055), True),
    Rule("16", HOUSE, "汉字不挤紧", no_tracking),
    Rule("17", HOUSE, "末行不拉开", solid_last),
    Rule("17", HOUSE, "末行不止一个字", no_runt(1)),
    Rule("17", HOUSE, "末行不止两个字", no_runt(2)),
    Rule("18", "CLREQ #considerations_in_designing_type_area", "一行的长度是整数个字", whole_measure),
    Rule("18", "CLREQ #considerations_in_designing_type_area", "段首空两字", indent),
    Rule("18", "CLREQ #considerations_in_designing_type_area", "段间不加空", pitch),
    Rule("页", "CLREQ #considerations_in_designing_type_area", "各页的行都在一套格子上", one_grid),
    Rule("页", HOUSE, "西文与汉字同在一条基线上", one_baseline),
    Rule("页", HOUSE, "段末一行不落在页首", no_widow),
    Rule("页", HOUSE, "段首一行不留在页末", no_orphan),
    Rule("页", HOUSE, "两面相对，末行齐平", level_pages, True),
    Rule("字", HOUSE, "文字层一字不少，次序不变", nothing_lost),
)  # fmt: skip
