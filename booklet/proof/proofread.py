"""Proofreading of a whole book: truth, room, and the rule book over every piece of prose.

Truth comes first: a figure or a quotation that is not in the speech word for word stops the build,
as does a text that has no room where it is printed. The rest warns.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from booklet.artwork import photographs, plates, qr
from booklet.edition import Edition
from booklet.errors import Finding
from booklet.genres import PLATES
from booklet.model import (
    Book,
    Figure,
    Heading,
    Link,
    Speech,
    Statistic,
    Table,
    all_runs,
    paragraphs,
    text_of,
)
from booklet.proof.attendance import check_attendance
from booklet.proof.facts import check_reckoning
from booklet.proof.internal import check_internal
from booklet.proof.names import check_names
from booklet.proof.texts import Words, words_of_book, words_of_speech
from booklet.proof.wording import check_wording
from booklet.text.amounts import amounts
from booklet.text.numbers import ANY_NUMBER, find_figure, nearest_figure
from booklet.text.rules import RULES

# Characters that fit where they are printed.
FIGURE_MOST, LABEL_MOST = 16, 30
LINK_MOST, LINK_NOTE_MOST = 22, 24  # of a name, of a note beside a QR code
TITLE_MOST = 60
NAME_MOST, NAMES_MOST, QUOTE_MOST, BY_MOST = 56, 64, 120, 24
BOOK_TITLE_MOST, SUBTITLE_MOST, HOST_MOST, WHEN_MOST, NOTICE_MOST = 40, 48, 44, 20, 600
CELL_MOST = 200
COLOPHON_MOST, PERMIT_MOST = 150, 30  # of one entry; of that which stands on the cover as well
MOST_DOTS = 60  # of a figure that is drawn as dots
QUOTES_MOST = 3  # of one speech
QUOTE_FORMS = str.maketrans("“”‘’「」『』", "\"\"''\"\"''")


def proofread(book: Book, edition: Edition) -> list[Finding]:
    """Return all findings about a book, in the order of its files and lines."""
    findings = [
        *check_cover(book),
        *by_rules(list(words_of_book(book))),
        *check_names(book),
        *check_wording(book),
        *check_reckoning(book),
        *check_internal(book),
        *check_attendance(book),
    ]
    for speech in book.speeches:
        findings += check_figures(speech)
        findings += check_chart(speech)
        findings += check_quotes(speech)
        findings += check_lengths(speech)
        findings += by_rules(list(words_of_speech(speech)))
        findings += check_headings(speech)
        findings += check_photographs(speech, edition)
        for link in speech.links:
            findings += qr.check(link, edition.qr_mm, edition.qr_most_mm)
    for link in book.links:
        findings += qr.check(link, edition.qr_mm, edition.qr_most_mm)
    return sorted(findings)


def check_photographs(speech: Speech, edition: Edition) -> Iterator[Finding]:
    """Yield what is wrong with the pictures of a text, as large as they are printed."""
    if speech.portrait:
        yield from photographs.check(
            speech.portrait, edition, speech.path, plates.portrait_size(edition)
        )
    if speech.kind != PLATES:
        for block in speech.blocks:
            if isinstance(block, Figure):
                yield from photographs.check(block, edition, speech.path)
        return
    for one in plates.shown_pictures(speech):
        covers = plates.covers(one, speech, edition)
        yield from photographs.check(one.figure, edition, speech.path, covers)


def check_figures(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each statistic that the speech does not state, whole and exact."""
    prose = list(paragraphs(speech.blocks))
    seen: set[tuple[str, str]] = set()
    used = Counter(stat.figure for stat in speech.stats)
    first = {stat.figure: stat.label for stat in reversed(speech.stats)}
    for stat in speech.stats:
        if (stat.figure, stat.label) in seen:
            message = f"“{stat.figure}”（{stat.label}）写了两次"
            yield Finding(speech.path, stat.line, message, "删去其中一项", "error", "数字-02")
        seen.add((stat.figure, stat.label))
        if not ANY_NUMBER.search(stat.figure):
            message = f"figure 里没有数字：“{stat.figure}”"
            yield Finding(speech.path, stat.line, message, "figure 写数字和单位，说明写在 label",
                          "error", "数字-03")  # fmt: skip
        elif not any(find_figure(stat.figure, text) >= 0 for text, _ in prose):
            message = f"正文里没有“{stat.figure}”（{stat.label}）"
            fix = figure_remedy(stat.figure, speech, prose)
            yield Finding(speech.path, stat.line, message, fix, "error", "数字-01")
        elif stat.label != first[stat.figure] and used[stat.figure] > said_times(stat, prose):
            message = f"“{stat.figure}”这里是“{stat.label}”，前面是“{first[stat.figure]}”，正文里没有那么多处"
            fix = "核对是不是抄错了一行：两个说明里只有一个对"
            yield Finding(speech.path, stat.line, message, fix, "warning", "数字-02")


def check_chart(speech: Speech) -> Iterator[Finding]:
    """Yield an error for figures that cannot be drawn beside one another: of unlike units, or no amounts."""
    head = speech.stats_head
    if not head.chart:
        return
    found = [amounts(stat.figure) for stat in speech.stats]
    fix = "单位相同的几项才画在一起；别的写进另一篇，或删去 chart"
    for stat, those in zip(speech.stats, found, strict=True):
        if len(those) != 1:
            message = f"“{stat.figure}”画不成图：不是一个单独的数"
            yield Finding(speech.path, stat.line, message, fix, "error", "数字-04")
    units = {those[0].unit for those in found if len(those) == 1}
    if len(units) > 1:
        message = f"图里的数字单位不同：{'、'.join(sorted(units))}"
        yield Finding(speech.path, head.line, message, fix, "error", "数字-04")
    values = [those[0].value for those in found if len(those) == 1]
    if head.chart == "share" and (units - {"%"} or max(values, default=0) > 100):
        message = "chart: 占比 只用于不超过 100% 的百分数"
        yield Finding(speech.path, head.line, message, "改为 chart: 条", "error", "数字-04")
    if head.chart == "dots" and any(value != int(value) or value > MOST_DOTS for value in values):
        message = f"chart: 点 只用于不超过 {MOST_DOTS} 的整数"
        yield Finding(speech.path, head.line, message, "改为 chart: 条", "error", "数字-04")


def said_times(stat: Statistic, prose: Sequence[tuple[str, int]]) -> int:
    """Return how often a speech says a figure."""
    return sum(text.count(stat.figure) for text, _ in prose)


def figure_remedy(figure: str, speech: Speech, prose: Sequence[tuple[str, int]]) -> str:
    """Return where the speech says nearly this figure, or says it where it does not count."""
    for run, line in all_runs(speech.blocks):
        if run.note and find_figure(figure, text_of(run.note)) >= 0:
            return f"第 {line} 行的脚注里有；数字框只收正文里的数字"
    for text, line in prose:
        if plain(figure) in plain(text) and figure not in text:
            return f"正文第 {line} 行有，只是全角半角不同，或夹着看不见的字符：从正文里复制过来"
    (found, _), line = max(
        ((nearest_figure(figure, text), line) for text, line in prose),
        key=lambda near: SequenceMatcher(None, figure, near[0][0]).ratio(),
        default=(("", -1), 0),
    )
    if not found:
        return "正文里没有任何数字"
    return f"正文第 {line} 行最接近的是“{found}”，核对后二者改一"


def plain(text: str) -> str:
    """Return a text as the eye takes it: widths of forms, quotes and invisible characters alike."""
    folded = unicodedata.normalize("NFKC", text).translate(QUOTE_FORMS)
    return "".join(char for char in folded if char.isprintable() and not char.isspace())


def check_quotes(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each pull-quote that is not in the speech character for character."""
    prose = list(paragraphs(speech.blocks))
    if len(speech.quotes) > QUOTES_MOST:
        message = f"这一篇有 {len(speech.quotes)} 句引文，太多了会打断阅读"
        fix = f"留下最有力的一至{'一二三'[QUOTES_MOST - 1]}句"
        yield Finding(speech.path, speech.quotes[0].line, message, fix, "warning", "引文-02")
    seen: set[str] = set()
    for quote in speech.quotes:
        if quote.text in seen:
            message = f"这句引文写了两次：“{quote.text[:12]}……”"
            yield Finding(speech.path, quote.line, message, "删去其中一句", "error", "引文-03")
        seen.add(quote.text)
        if any(quote.text in text for text, _ in prose):
            continue
        message = f"正文里没有这句话：“{quote.text}”"
        found, line = nearest_sentence(quote.text, prose)
        same = [line for text, line in prose if plain(quote.text) in plain(text)]
        if same:
            fix = (
                f"正文第 {same[0]} 行有，只是引号或全角半角不同，或夹着空格、换行：从正文里复制过来"
            )
        elif found:
            fix = f"正文第 {line} 行最接近的是“{found}”"
        else:
            fix = "从正文里原样复制一句"
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
    """Yield an error for each text that has no room where it is printed."""
    limits = [("title", part, TITLE_MOST, speech.line) for part in speech.title]
    if len(speech.title) > 1:
        limits += [("title", "".join(speech.title), TITLE_MOST, speech.line)]
    limits += [("speaker", speech.speaker, NAME_MOST, speech.line)]
    limits += [("designation", speech.designation, NAME_MOST, speech.line)]
    names = speech.designation + speech.speaker
    limits += [("designation 和 speaker 一共", names, NAMES_MOST, speech.line)]
    for stat in speech.stats:
        limits += [("figure", stat.figure, FIGURE_MOST, stat.line)]
        limits += [("label", stat.label, LABEL_MOST, stat.line)]
    for quote in speech.quotes:
        limits += [("text", quote.text, QUOTE_MOST, quote.line)]
        limits += [("by", quote.by if quote.by != speech.speaker else "", BY_MOST, quote.line)]
    for block in speech.blocks:
        if isinstance(block, Table):
            cells = (cell for row in (block.header, *block.rows) for cell in row)
            limits += [("表格的一格", text_of(cell), CELL_MOST, block.line) for cell in cells]
    yield from too_long(speech.path, limits + link_limits(speech.links))


def check_cover(book: Book) -> Iterator[Finding]:
    """Yield an error for each text of booklet.yaml that has no room on covers and title page."""
    limits = [("title", "".join(book.title), BOOK_TITLE_MOST, 1)]
    limits += [("subtitle", book.subtitle, SUBTITLE_MOST, 1)]
    limits += [("host", book.host, HOST_MOST, 1), ("occasion", book.occasion, SUBTITLE_MOST, 1)]
    limits += [("date", book.date, WHEN_MOST, 1), ("place", book.place, WHEN_MOST, 1)]
    limits += [("notice", book.notice, NOTICE_MOST, 1)]
    limits += [
        (
            f"colophon.{key}",
            getattr(book.colophon, key),
            PERMIT_MOST if key == "permit" else COLOPHON_MOST,
            1,
        )
        for key in book.colophon.__slots__
    ]
    yield from too_long(book.path, limits + link_limits(book.links))


Limit = tuple[str, str, int, int]
"""(key, text, most characters, line)"""


def link_limits(links: Sequence[Link]) -> list[Limit]:
    """Return the limits of the words beside QR codes."""
    return [
        (key, text, most, link.line)
        for link in links
        for key, text, most in (
            ("label", link.label, LINK_MOST),
            ("note", link.note, LINK_NOTE_MOST),
        )
    ]


def too_long(path: str, limits: Sequence[Limit]) -> Iterator[Finding]:
    """Yield an error for each text above its limit."""
    for key, text, most, line in limits:
        if len(text) > most:
            message = f"{key} 有 {len(text)} 个字，排不下：“{text[:12]}……”"
            yield Finding(path, line, message, f"缩短到 {most} 个字以内", "error", "篇幅-01")


def by_rules(words: Sequence[Words]) -> Iterator[Finding]:
    """Yield what the rule book finds in the words of one file."""
    for rule in RULES:
        if not rule.severity:
            continue
        found = [(fault, *one) for one in words for fault in rule.find(one[2])]
        for fault, path, line, text in found[:1] if rule.once else found:
            around = text[max(fault.start - 6, 0) : fault.start + 7]
            times = f"（这一篇共 {len(found)} 处）" if rule.once and len(found) > 1 else ""
            message = f"{fault.message}{times}：…{around}…"
            yield Finding(path, line, message, fault.fix, rule.severity, rule.code)


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
