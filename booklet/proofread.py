"""Proofreading: a table of rules, each with a code, what it says, a good and a bad example.

A rule looks at one piece of prose and yields (offset, message, remedy). Truth comes first: a
figure or a quotation that is not in the speech word for word stops the build. The rest warns.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from booklet import pictures, qr
from booklet.clreq import PAIRS
from booklet.edition import Edition
from booklet.errors import Finding
from booklet.figures import find_figure, nearest_figure
from booklet.model import Book, Figure, Heading, Speech, paragraphs

LABEL_MOST, LINK_MOST = 30, 24  # characters that fit beside or under a figure, beside a QR code
Faults = Iterator[tuple[int, str, str]]
REQUIRED_INTERNAL = {  # 内部资料性出版物管理办法: what an internal publication must state
    "permit": "准印证号",
    "compiler": "编印单位",
    "recipients": "发送对象",
    "printer": "印刷单位",
    "printed": "印刷日期",
    "copies": "印数",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one piece of prose. ``good`` must pass it and ``bad`` must not."""

    code: str
    severity: Literal["error", "warning"]
    find: Callable[[str], Faults]
    good: str
    bad: str


# ---- Rules of prose --------------------------------------------------------------------------


def half_width(text: str) -> Faults:
    """A half-width mark between Han (GB/T 15834—2011, 5.1)."""
    wide = dict(zip(",;:?!()", "，；：？！（）", strict=True))
    for match in re.finditer(r"(?<=[\u3400-\u9fff”’》）])[,;:?!()]|[(](?=[\u3400-\u9fff])", text):
        yield match.start(), f"半角标点“{match[0]}”", f"改为“{wide[match[0]]}”"


def straight_quotes(text: str) -> Faults:
    """A straight quotation mark beside Han."""
    for match in re.finditer(r"[\"'](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff，。])[\"']", text):
        yield match.start(), f"直引号 {match[0]}", "改为“ ”或‘ ’"


def pairs(text: str) -> Faults:
    """Brackets and quotation marks come in pairs, rightly nested."""
    closers = {close: open_ for open_, close in PAIRS.items()}
    waiting: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in PAIRS:
            waiting.append((at, char))
        elif char in closers:
            if waiting and waiting[-1][1] == closers[char]:
                waiting.pop()
            elif char != "）" or not re.search(r"[\d一二三四五六七八九十a-z]$", text[:at]):
                yield (
                    at,
                    f"{char} 没有配对的 {closers[char]}",
                    f"补上 {closers[char]}，或删去 {char}",
                )
    for at, char in waiting:
        yield at, f"{char} 没有配对的 {PAIRS[char]}", f"补上 {PAIRS[char]}，或删去 {char}"


def spaces(text: str) -> Faults:
    """A blank between Han, or between Han and a digit."""
    for match in re.finditer(r"(?<=[\u3400-\u9fff，。；：]) +(?=[\u3400-\u9fff])", text):
        yield match.start(), "汉字之间有空格", "删去空格"
    for match in re.finditer(r"(?<=[\u3400-\u9fff]) +(?=\d)|(?<=\d) +(?=[\u3400-\u9fff])", text):
        yield match.start(), "汉字与数字之间有空格", "删去空格，排印时自会留出间隙"


def dots_and_dashes(text: str) -> Faults:
    """…… and —— are two characters wide (GB/T 15834—2011, 4.10 and 4.13)."""
    for match in re.finditer(r"\.{3,}|。{2,}|(?<!…)…(?!…)", text):
        yield match.start(), f"省略号写成“{match[0]}”", "改为“……”"
    for match in re.finditer(
        r"(?<=[\u3400-\u9fff，。”])(?:--+|—(?!—))(?<!——)(?=[\u3400-\u9fff“])", text
    ):
        yield match.start(), f"破折号写成“{match[0]}”", "改为“——”"


def doubled_marks(text: str) -> Faults:
    """The same stop typed twice."""
    for match in re.finditer(r"([，、；：。])\1+", text):
        if match[1] != "。":
            yield match.start(), f"标点重复“{match[0]}”", f"改为“{match[1]}”"


RULES = (
    Rule("标点-01", "warning", half_width, "你好，世界；3.5万", "你好,世界"),
    Rule("标点-02", "warning", straight_quotes, "他说：“好”", '他说："好"'),
    Rule("标点-03", "warning", pairs, "“‘靠’得住”和1）2）", "“靠得住"),
    Rule("标点-04", "warning", dots_and_dashes, "等等……——完", "等等...完"),
    Rule("标点-05", "warning", doubled_marks, "甲、乙，丙", "甲、、乙"),
    Rule("空格-01", "warning", spaces, "2022年QQ群", "共 41 人"),
)


# ---- The whole book --------------------------------------------------------------------------


def proofread(book: Book, edition: Edition) -> list[Finding]:
    """Return all findings about a book, in the order of its files and lines."""
    findings: list[Finding] = []
    for speech in book.speeches:
        findings += check_figures(speech)
        findings += check_quotes(speech)
        findings += check_lengths(speech)
        findings += check_prose(speech)
        findings += check_headings(speech)
        for block in speech.blocks:
            if isinstance(block, Figure):
                findings += pictures.check(block, edition, speech.path)
        for link in speech.links:
            findings += qr.check(link, edition.qr_mm, edition.qr_most_mm)
    for link in book.links:
        findings += qr.check(link, edition.qr_mm, edition.qr_most_mm)
    if book.internal:
        lacking = [
            name for key, name in REQUIRED_INTERNAL.items() if not getattr(book.colophon, key)
        ]
        if lacking:
            message = f"内部资料应当标明：{'、'.join(lacking)}"
            fix = "在 colophon 里补上；确实没有的，向批准印刷的单位询问"
            findings.append(Finding(book.path, 0, message, fix, "warning", "版权-01"))
    return sorted(findings)


def check_figures(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each statistic that the speech does not state, whole and exact."""
    prose = list(paragraphs(speech.blocks))
    for stat in speech.stats:
        if any(find_figure(stat.figure, text) >= 0 for text, _ in prose):
            continue
        near = max(
            ((nearest_figure(stat.figure, text), line) for text, line in prose),
            key=lambda found: SequenceMatcher(None, stat.figure, found[0][0]).ratio(),
            default=(("", -1), 0),
        )
        (found, _), line = near
        fix = (
            f"正文第 {line} 行最接近的是“{found}”，核对后二者改一"
            if found
            else "正文里没有任何数字"
        )
        message = f"正文里没有“{stat.figure}”（{stat.label}）"
        yield Finding(speech.path, stat.line, message, fix, "error", "数字-01")


def check_quotes(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each pull-quote that is not in the speech character for character."""
    prose = list(paragraphs(speech.blocks))
    for quote in speech.quotes:
        if any(quote.text in text for text, _ in prose):
            continue
        found, line = nearest_sentence(quote.text, prose)
        message = f"正文里没有这句话：“{quote.text}”"
        fix = f"正文第 {line} 行最接近的是“{found}”" if found else "从正文里原样复制一句"
        yield Finding(speech.path, quote.line, message, fix, "error", "引文-01")


def nearest_sentence(wanted: str, prose: list[tuple[str, int]]) -> tuple[str, int]:
    """Return the passage of the prose most like ``wanted``, and its line."""
    best: tuple[float, str, int] = (0.3, "", 0)  # less alike than this is no help
    for text, line in prose:
        for sentence in re.findall(r"[^。！？]+[。！？]?”?", text):
            matcher = SequenceMatcher(None, wanted, sentence, autojunk=False)
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            same = sum(block.size for block in blocks)
            if blocks and same / len(wanted) > best[0]:
                passage = sentence[blocks[0].b : blocks[-1].b + blocks[-1].size]
                best = (same / len(wanted), passage, line)
    return best[1], best[2]


def check_lengths(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each label or note that has no room where it is printed."""
    limits = [(stat.label, LABEL_MOST, stat.line, "label") for stat in speech.stats]
    for link in speech.links:
        limits += [
            (link.label, LINK_MOST, link.line, "label"),
            (link.note, LINK_MOST, link.line, "note"),
        ]
    for text, most, line, key in limits:
        if len(text) > most:
            message = f"{key} 有 {len(text)} 个字，排不下：“{text[:12]}……”"
            yield Finding(speech.path, line, message, f"缩短到 {most} 个字以内", "error", "篇幅-01")


def check_prose(speech: Speech) -> Iterator[Finding]:
    """Yield what the rules of prose find in titles, paragraphs and labels."""
    prose = [*paragraphs(speech.blocks), *((part, speech.line) for part in speech.title)]
    prose += [(stat.label, stat.line) for stat in speech.stats]
    for text, line in prose:
        for rule in RULES:
            for at, message, fix in rule.find(text):
                around = text[max(at - 6, 0) : at + 7]
                yield Finding(
                    speech.path, line, f"{message}：…{around}…", fix, rule.severity, rule.code
                )


def check_headings(speech: Speech) -> Iterator[Finding]:
    """Yield a warning for a heading that is more than one level below the one before it."""
    last = 0
    for block in speech.blocks:
        if isinstance(block, Heading):
            if last and block.level > last + 1:
                message = f"标题从第 {last} 级跳到第 {block.level} 级"
                yield Finding(speech.path, block.line, message, "补上中间一级，或改用上一级",
                              "warning", "标题-01")  # fmt: skip
            last = block.level
