"""One manuscript file to a text of the book: what its front matter says, and its blocks."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from booklet.errors import Finding
from booklet.genres import GENRES, SPEECH, WORDS, genre_of
from booklet.manuscript.blocks import picture_of, read_blocks
from booklet.manuscript.bounds import check_speech
from booklet.manuscript.fields import Fields, read_table, suggestion
from booklet.manuscript.files import read_text
from booklet.manuscript.labels import labelled
from booklet.manuscript.people import with_people
from booklet.model import (
    Block,
    BlockQuote,
    Figure,
    ItemList,
    Link,
    Placed,
    Quote,
    Speech,
    Statistic,
    StatsHead,
    Table,
)
from booklet.text.numbers import MOST_FIGURES

SPEECH_KEYS = ("kind", "title", "speaker", "designation", "portrait", "about", "quotes", "stats", "links",
               "signed", "file", "sorted", "count", "people")  # fmt: skip
QUOTE_KEYS, STAT_KEYS, LINK_KEYS = (
    ("text", "by"),
    ("figure", "label", "lead"),
    ("url", "label", "note"),
)
STATS_KEYS = ("title", "period", "chart", "items")
CHARTS = {
    "bars": "bars",
    "条": "bars",
    "share": "share",
    "占比": "share",
    "dots": "dots",
    "点": "dots",
}
URL = re.compile(  # host or address, then path, question or fragment: printable ASCII throughout
    r"https?://(?:[a-z0-9-]+\.)+(?:[a-z][a-z0-9-]+|\d{1,3})(?::\d{1,5})?(?:[/?#][!-~]*)?$",
    re.IGNORECASE,
)
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*\n?", re.DOTALL | re.MULTILINE)
LIST_KEYS = ("file", "sorted", "count", "people")  # that only a list of people has


def read_speech(path: Path, numbers: Iterator[int]) -> tuple[Speech | None, list[Finding]]:
    """Read one manuscript file, and what is wrong with it; a hopeless file gives None.

    ``numbers`` are those of its footnotes.
    """
    text, findings = read_text(path)
    match = FRONT_MATTER.match(text)
    if not match:
        unread = not text and findings
        return None, findings if unread else [*findings, no_front_matter(path, text)]
    table = read_table(match[1], SPEECH_KEYS, str(path), 2)
    start = text[: match.end()].count("\n") + 1
    genre = genre_of(kind_of(table))
    blocks, found = read_blocks(
        text[match.end() :], str(path), start, path.parent, numbers, genre.lines
    )
    speech = speech_of(table, path, labelled(blocks, genre.labelled))
    findings += [*table.findings, *found]
    if not blocks and not found and genre.text:
        fix = "在第二个 --- 之后写正文，或删去这个文件"
        findings.append(Finding(str(path), 0, "没有正文", fix))
    return speech, [*findings, *check_places(speech), *check_speech(speech)]


def no_front_matter(path: Path, text: str) -> Finding:
    """Return what is wrong with a file that has no front matter."""
    if text.startswith("---"):
        fix = "在 title、speaker 等几行之后，正文之前，再写一行 ---"
        return Finding(str(path), 1, "开头的 --- 没有结束", fix)
    if text.strip():
        fix = "第一行写 ---，接着 title: 标题，再写一行 ---"
        return Finding(str(path), 1, "开头缺少 --- 之间的标题等信息", fix)
    return Finding(str(path), 0, "这是一个空文件", "写上标题和正文，或删去它")


def speech_of(table: Fields, path: Path, blocks: tuple[Block, ...]) -> Speech:
    """Return a speech: what its front matter says, and its text."""
    kind = kind_of(table)
    speaker = table.text("speaker", example="张三" if genre_of(kind).spoken else "")
    stats, head = statistics_of(table)
    if kind == "people":
        blocks = with_people(blocks, table, path.parent)
    else:
        refuse_keys(table, LIST_KEYS, "名单（kind: people）")
    return Speech(
        path=str(path),
        kind=kind,
        title=table.lines("title", example="弘扬雷锋精神"),
        speaker=speaker,
        designation=table.text("designation"),
        blocks=blocks,
        quotes=tuple(
            Quote(
                row.text("text", example="与正文相同的一句话"),
                row.text("by") or speaker,
                row.line("text"),
            )
            for row in table.tables("quotes", QUOTE_KEYS)
        ),
        stats=stats,
        stats_head=head,
        links=links(table),
        line=table.line("title"),
        portrait=portrait_of(table, path.parent, speaker),
        about=table.text("about"),
        signed=table.lines("signed"),
        present=number_of(table, "count"),
    )


def statistics_of(table: Fields) -> tuple[tuple[Statistic, ...], StatsHead]:
    """Return the statistics of a speech, a list or a table with a title and ``items``."""
    head, rows = StatsHead(), table
    if named := table.is_table("stats"):
        rows = table.table("stats", STATS_KEYS)
        asked = rows.text("chart")
        if asked and asked not in CHARTS:
            fix = suggestion(asked, [*CHARTS])
            rows.complain(rows.fields["chart"], f"没有“chart: {asked}”", fix)
        title, period = rows.text("title"), rows.text("period")
        if period and not title:
            title, period = period, ""
        head = StatsHead(title, period, CHARTS.get(asked, ""), table.line("stats"))
    stats = tuple(
        Statistic(
            row.text("figure", example="41.6万余人次"),
            row.text("label", example="参加志愿服务"),
            row.line("figure"),
            row.flag("lead"),
        )
        for row in rows.tables("items" if named else "stats", STAT_KEYS)
    )
    return stats, head


def kind_of(table: Fields) -> str:
    """Return the kind that front matter names, by its key or in Chinese; a speech where it names none."""
    asked = table.text("kind")
    kind = WORDS.get(asked, asked)
    if not kind or kind in GENRES:
        return kind or SPEECH
    message = f"没有“kind: {asked}”"
    if not any(one.message == message for one in table.findings):
        table.complain(table.fields["kind"], message, suggestion(asked, [*GENRES, *WORDS]))
    return "text"  # of which nothing else is asked


def refuse_keys(table: Fields, keys: Sequence[str], whose: str) -> None:
    """Complain of keys that another kind of text has."""
    for key in keys:
        if key in table.fields:
            table.complain(table.fields[key], f"只有{whose}里可以写“{key}”", "删去，或改 kind")


def portrait_of(table: Fields, folder: Path, speaker: str) -> Figure | None:
    """Return the picture of a speaker, None where there is none or it cannot be used."""
    name = table.text("portrait")
    if not name:
        return None
    picture = picture_of(name, folder)
    if isinstance(picture, Path):
        return Figure(picture, speaker, "", table.line("portrait"))
    table.complain(table.fields["portrait"], *picture)
    return None


def number_of(table: Fields, key: str) -> int:
    """Return a field that must be a whole number; absent means 0."""
    said = table.text(key)
    if said and not (said.isascii() and said.isdecimal() and len(said) < 6):
        table.complain(
            table.fields[key], f"“{key}”应为数字，现在是“{said[:12]}”", f"写成 {key}: 34"
        )
        return 0
    return int(said or 0)


def check_places(speech: Speech) -> Iterator[Finding]:
    """Yield an error for each ``:::`` line that asks for a box which the front matter does not have."""
    counts = {
        "quote": len(speech.quotes),
        "link": len(speech.links),
        "stats": -(-len(speech.stats) // MOST_FIGURES),
    }
    seen: set[tuple[str, int]] = set()
    for line, what in nested(speech.blocks):
        fix = "移到列表或引用的外面，前后各空一行"
        yield Finding(speech.path, line, f"{what}写在列表或引用里面", fix)
    for block in speech.blocks:
        if not isinstance(block, Placed):
            continue
        name = block.kind if block.kind == "stats" else f"{block.kind} {block.number}"
        if not 1 <= block.number <= counts[block.kind]:
            fix = f"在开头的 {block.kind.rstrip('s')}s 里补上，或删去这一行"
            yield Finding(speech.path, block.line, f"没有可放在“:::{name}”的内容", fix)
        if (block.kind, block.number) in seen:
            yield Finding(speech.path, block.line, f"“:::{name}”写了两次", "删去一行")
        seen.add((block.kind, block.number))


def nested(blocks: Sequence[Block], inside: bool = False) -> Iterator[tuple[int, str]]:
    """Yield (line, what) of boxes and pictures inside lists and quotations, where none can stand."""
    for block in blocks:
        match block:
            case Placed() if inside:
                yield block.line, "“:::”"
            case Figure() if inside:
                yield block.line, "图片"
            case Table() if inside:
                yield block.line, "表格"
            case BlockQuote():
                yield from nested(block.blocks, True)
            case ItemList():
                for item in block.items:
                    yield from nested(item, True)


def links(table: Fields) -> tuple[Link, ...]:
    """Return the links of a book or a speech."""
    found = []
    for row in table.tables("links", LINK_KEYS):
        url = row.text("url", example="https://www.wenming.cn")
        if url and not URL.match(url):
            row.complain(
                row.fields["url"], f"网址“{url}”不完整", "以 https:// 开头，汉字和空格要编码"
            )
        label = row.text("label", example="延伸阅读")
        found.append(Link(url, label, row.text("note"), table.path, row.line("url")))
    return tuple(found)
