"""A folder of speeches to a Book. Every complaint names file, line and remedy, all in one run."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from booklet.errors import BookletError, Finding, errors_of
from booklet.figures import MOST_FIGURES
from booklet.manuscript.blocks import read_blocks
from booklet.manuscript.tables import Table, read_table, suggestion
from booklet.model import (
    Block,
    BlockQuote,
    Book,
    Colophon,
    ItemList,
    Link,
    Placed,
    Quote,
    Speech,
    Statistic,
)

MANIFEST = "booklet.yaml"
KINDS = ("speech", "note", "afterword", "timeline")
BOOK_KEYS = (
    "title",
    "subtitle",
    "occasion",
    "date",
    "place",
    "host",
    "theme",
    "order",
    "notice",
    "colophon",
    "links",
    "editions",
    "internal",
)
COLOPHON_KEYS = ("compiler", "printer", "printed", "copies", "recipients", "permit", "contact")
SPEECH_KEYS = ("kind", "title", "speaker", "designation", "quotes", "stats", "links")
QUOTE_KEYS, STAT_KEYS, LINK_KEYS = ("text", "by"), ("figure", "label"), ("url", "label", "note")
URL = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?(/[^\s]*)?$", re.ASCII | re.IGNORECASE)
MOST_BYTES = 5_000_000  # of one text file; a longer one is no speech


def read_book(folder: Path, themes: Sequence[str], editions: Sequence[str]) -> Book:
    """Read ``folder`` into a Book, or raise BookletError with every mistake found.

    ``themes`` and ``editions`` are the names that booklet.yaml may ask for.
    """
    findings: list[Finding] = []
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise BookletError(
            Finding(
                str(manifest), 0, "找不到这个文件", f"运行 make new INTO={folder} 建一份空白原稿"
            )
        )
    table = read_table(read_text(manifest, findings), BOOK_KEYS, str(manifest), 1, findings)
    title = table.lines("title", example="把雷锋精神代代传承下去")
    colophon = table.table("colophon", COLOPHON_KEYS)
    book = Book(
        path=str(manifest),
        title=title,
        subtitle=table.text("subtitle"),
        occasion=table.text("occasion"),
        date=table.text("date"),
        place=table.text("place"),
        host=table.text("host"),
        theme=choice(table, "theme", themes) or themes[0],
        notice=table.text("notice"),
        internal=table.flag("internal"),
        colophon=Colophon(**{key: colophon.text(key) for key in COLOPHON_KEYS}),
        editions=choices(table, "editions", editions) or tuple(editions),
        links=links(table),
        speeches=tuple(
            speech for path in ordered(table, folder) if (speech := read_speech(path, findings))
        ),
    )
    if not book.speeches and not errors_of(findings):
        findings.append(
            Finding(
                str(folder), 0, "文件夹里没有发言稿", "每篇发言存成一个 .md 文件，例如 01-张三.md"
            )
        )
    if errors_of(findings):
        raise BookletError(sorted(findings))
    return book


def ordered(table: Table, folder: Path) -> list[Path]:
    """Return the speech files in printing order: by ``order``, or else by file name."""
    there = sorted(path for path in folder.glob("*.md") if path.is_file())
    for path in there:
        if not path.resolve().is_relative_to(folder.resolve()):
            fix = "把原文件复制进本书文件夹"
            table.findings.append(Finding(str(path), 0, "这个链接指向本书文件夹之外", fix))
    there = [path for path in there if path.resolve().is_relative_to(folder.resolve())]
    names = table.lines("order", most=999)
    if not names:
        return there
    stems = {path.stem: path for path in there} | {path.name: path for path in there}
    chosen: list[Path] = []
    for name in names:
        if name not in stems:
            table.complain(
                table.fields["order"],
                f"order 里的“{name}”没有对应的文件",
                suggestion(name, [path.stem for path in there]),
            )
        elif stems[name] in chosen:
            table.complain(table.fields["order"], f"order 里“{name}”写了两次", "删去其中一个")
        else:
            chosen.append(stems[name])
    for path in there:
        if path not in chosen:
            table.complain(
                table.fields["order"],
                f"order 里没有“{path.stem}”",
                "加进 order，或把文件移出本书文件夹",
            )
    return chosen


def read_speech(path: Path, findings: list[Finding]) -> Speech | None:
    """Read one manuscript file; mistakes become findings, a hopeless file gives None."""
    text = read_text(path, findings)
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*\n?", text, re.DOTALL | re.MULTILINE)
    if not match:
        if text:
            findings.append(
                Finding(
                    str(path),
                    1,
                    "开头缺少 --- 之间的标题等信息",
                    "第一行写 ---，接着 title: 标题，再写一行 ---",
                )
            )
        return None
    table = read_table(match[1], SPEECH_KEYS, str(path), 2, findings)
    kind = choice(table, "kind", KINDS) or "speech"
    speaker = table.text("speaker", example="张三" if kind == "speech" else "")
    body = text[match.end() :]
    blocks = read_blocks(
        body, str(path), text[: match.end()].count("\n") + 1, path.parent, findings
    )
    if not blocks:
        findings.append(
            Finding(str(path), 0, "没有正文", "在第二个 --- 之后写正文，或删去这个文件")
        )
    speech = Speech(
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
        stats=tuple(
            Statistic(
                row.text("figure", example="41.6万余人次"),
                row.text("label", example="参加志愿服务"),
                row.line("figure"),
            )
            for row in table.tables("stats", STAT_KEYS)
        ),
        links=links(table),
        line=table.line("title"),
    )
    check_places(speech, findings)
    return speech


def check_places(speech: Speech, findings: list[Finding]) -> None:
    """Complain of ``:::`` lines that ask for a box which the front matter does not have."""
    counts = {
        "quote": len(speech.quotes),
        "link": len(speech.links),
        "stats": -(-len(speech.stats) // MOST_FIGURES),
    }
    seen: set[tuple[str, int]] = set()
    for line in nested_places(speech.blocks):
        findings.append(
            Finding(speech.path, line, "“:::”写在列表或引用里面", "移到列表或引用的外面，单独成行")
        )
    for block in speech.blocks:
        if not isinstance(block, Placed):
            continue
        name = block.kind if block.kind == "stats" else f"{block.kind} {block.number}"
        if not 1 <= block.number <= counts[block.kind]:
            findings.append(
                Finding(
                    speech.path,
                    block.line,
                    f"没有可放在“:::{name}”的内容",
                    f"在开头的 {block.kind.rstrip('s')}s 里补上，或删去这一行",
                )
            )
        if (block.kind, block.number) in seen:
            findings.append(Finding(speech.path, block.line, f"“:::{name}”写了两次", "删去一行"))
        seen.add((block.kind, block.number))


def nested_places(blocks: Sequence[Block], inside: bool = False) -> Iterator[int]:
    """Yield the lines of ``:::`` marks inside lists and quotations, where no box can stand."""
    for block in blocks:
        match block:
            case Placed() if inside:
                yield block.line
            case BlockQuote():
                yield from nested_places(block.blocks, True)
            case ItemList():
                for item in block.items:
                    yield from nested_places(item, True)


def links(table: Table) -> tuple[Link, ...]:
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


def choice(table: Table, key: str, known: Sequence[str]) -> str:
    """Return a field that must be one of the known words; absent means ""."""
    value = table.text(key)
    if value and value not in known:
        table.complain(table.fields[key], f"没有“{key}: {value}”", suggestion(value, known))
    return value if value in known else ""


def choices(table: Table, key: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return a field that lists known words."""
    values = table.lines(key)
    for value in values:
        if value not in known:
            table.complain(table.fields[key], f"没有“{key}: {value}”", suggestion(value, known))
    return tuple(value for value in values if value in known)


def read_text(path: Path, findings: list[Finding]) -> str:
    """Return a file's text with plain line ends; "" and a finding where it is not UTF-8 text."""
    if path.stat().st_size > MOST_BYTES:
        findings.append(Finding(str(path), 0, "文件太大，不像发言稿", "检查是不是放错了文件"))
        return ""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        findings.append(
            Finding(
                str(path),
                line,
                "文件不是 UTF-8 编码（可能是 GB18030 或 GBK）",
                "用编辑器另存为 UTF-8，或用 make import 导入",
            )
        )
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = re.search(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]", text
    )
    if control:
        findings.append(
            Finding(
                str(path),
                text.count("\n", 0, control.start()) + 1,
                f"有印不出来的字符 U+{ord(control[0]):04X}",
                "删去这个看不见的字符",
            )
        )
    return text
