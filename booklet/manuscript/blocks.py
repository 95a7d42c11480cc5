"""Markdown to blocks: the words of the manuscript, and nothing that could change a page by stealth.

Chinese headings are recognised as typed (一、 （一） 1. （1）), alone on a line or run in; ``#`` works
too. What Markdown would take for its own and change (numbers it counts anew, text it drops) stays as
typed or is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode

from booklet import disk
from booklet.errors import Finding
from booklet.limits import LIMITS
from booklet.manuscript.fields import suggestion
from booklet.manuscript.headings import is_heading, titled
from booklet.manuscript.inline import LINE_END, merged, rows, trimmed
from booklet.manuscript.markdown import DEEPEST, parse
from booklet.model import (
    Block,
    BlockQuote,
    Break,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Placed,
    Run,
    Runs,
    Table,
    text_of,
)
from booklet.text.clreq import UNPRINTABLE

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
PLACED = re.compile(r":::\s*(\w*)\s*(\S*)\s*$")
PLACED_KINDS = ("stats", "quote", "link")
SHOWN_LINKS = ("http://", "https://", "mailto:")
WRAPPED = 25  # characters; a line as long may be a heading, or prose that an editor has wrapped
SENTENCE_END = re.compile(r"[。！？…；：][”’）]?$")
NOTE_HEAD = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)


def read_blocks(
    text: str, path: str, start: int, folder: Path, numbers: Iterator[int], lines: str = ""
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Return the blocks of a Markdown text, and what is wrong with it.

    Its first line is line ``start`` of its file.

    ``folder`` is the book's: a picture outside it, or a missing one, becomes a finding. ``numbers``
    gives each footnote called in it the next number of the book. ``lines`` is what typed lines are
    (``genres.Genre``).
    """
    tokens, environment = parse(text)
    reader = _Reader(text, path, start, folder, numbers, lines)
    deep = next((token for token in tokens if token.level > DEEPEST), None)
    if deep is not None:
        line = start + (deep.map[0] if deep.map else 0)
        reader.complain(line, "列表或引用套得太深，超过四层", "减少层次，每层缩进两格")
        return (), reader.findings
    nesting = LIMITS["nesting"]
    for token in tokens:
        for inner in token.children or ():
            if message := nesting.exceeded(inner.level):
                reader.complain(start + (token.map[0] if token.map else 0), message, nesting.fix)
                return (), reader.findings
    tree = SyntaxTreeNode(tokens)
    reader.notes = {node.meta["id"]: node for node in tree.walk() if node.type == "footnote"}
    reader.check_notes(environment.get("footnotes", {}).get("refs", {}))
    return reader.blocks(tree.children), reader.findings


def picture_of(name: str, folder: Path, more: Sequence[str] = ()) -> Path | tuple[str, str]:
    """Return a picture's file in the book's folder, or what is wrong with it and what to do.

    ``more`` are the endings that it may have beside those of photographs.
    """
    path = folder / name.replace("\0", "")
    if "://" in name or disk.leads_outside(path, folder):
        return f"图片“{name}”不在本书文件夹里", "把图片放进本书文件夹，只写文件名"
    with disk.in_words(path):
        path, there = path.resolve(), path.is_file()
    if not there:
        near = [one.name for one in sorted(path.parent.glob("*")) if one.suffix.lower() in PICTURES]
        fix = suggestion(path.name, near) if near else "检查文件名和大小写"
        return f"找不到图片“{name}”", fix
    if path.suffix.lower() not in (*PICTURES, *more):
        return f"不能用“{path.suffix}”格式的图片", "另存为 .jpg 或 .png"
    return path


class _Reader:
    """Turns syntax nodes into blocks; holds what every node needs to complain."""

    def __init__(
        self,
        text: str,
        path: str,
        start: int,
        folder: Path,
        numbers: Iterator[int],
        lines: str = "",
    ) -> None:
        self.lines = lines
        self.text, self.path, self.start, self.folder = text, path, start, folder
        self.numbers = numbers
        self.findings: list[Finding] = []
        self.notes: dict[int, SyntaxTreeNode] = {}
        self.in_note = False

    def complain(self, line: int, message: str, fix: str) -> None:
        self.findings.append(Finding(self.path, line, message, fix))

    def remark(self, line: int, message: str, fix: str, code: str) -> None:
        self.findings.append(Finding(self.path, line, message, fix, "warning", code))

    def line(self, node: SyntaxTreeNode) -> int:
        return self.start + (node.map[0] if node.map else 0)

    # ---- Blocks ------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(block for node in nodes for block in self.block(node))

    def block(self, node: SyntaxTreeNode) -> Sequence[Block]:
        line = self.line(node)
        match node.type:
            case "heading":
                return [Heading(min(int(node.tag[1]), 4), merged(self.inline(node)), line)]
            case "paragraph":
                return self.paragraph(node)
            case "blockquote":
                return [BlockQuote(self.blocks(node.children), line)]
            case "bullet_list":
                return [ItemList(tuple(self.blocks(i.children) for i in node.children), 0, line)]
            case "ordered_list":
                return self.ordered(node)
            case "table":
                return [self.table(node)]
            case "placed":
                placed = self.placed(node)
                return [placed] if placed else []
            case "hr":
                return [Break(line)]
            case "footnote_block":
                return []
            case kind:
                raise AssertionError(f"no block for {kind}")

    def ordered(self, node: SyntaxTreeNode) -> Sequence[Block]:
        """Return a list where its numbers count on, as typed; else paragraphs that keep them.

        Markdown counts anew whatever was typed, and takes ``2023. 3月5日`` for item 2023.
        """
        numbers = [int(item.info) for item in node.children]
        counted = list(range(numbers[0], numbers[0] + len(numbers)))
        listed = numbers == counted or numbers == [1] * len(numbers)
        if listed and len(numbers) > 1 and 0 < numbers[0] < 100 and node.markup == ".":
            items = tuple(self.blocks(item.children) for item in node.children)
            return [ItemList(items, numbers[0], self.line(node))]
        found: list[Block] = []
        for item in node.children:
            inner = list(item.children)
            head = Run(f"{item.info}{item.markup} ")
            if inner and inner[0].type == "paragraph":
                found += self.paragraph(inner.pop(0), head)
            else:
                found.append(Paragraph((Run(head.text.strip()),), self.line(item)))
            found += self.blocks(inner)
        return found

    def table(self, node: SyntaxTreeNode) -> Table:
        found = [
            [merged(self.inline(cell)) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        first = node.map[0] if node.map else 0
        source = self.text.split("\n")
        for at in range(first + 2, first + 1 + len(found)):  # after header and row of dashes
            cells = escapedSplit(re.sub(r"^[\s>]*\|?|(?<!\\)\|\s*$", "", source[at]))
            if len(cells) > len(found[0]):
                message = f"这一行有 {len(cells)} 格，表头只有 {len(found[0])} 格"
                self.complain(self.start + at, message, "补齐表头，或去掉多余的“|”")
        return Table(tuple(found[0]), tuple(map(tuple, found[1:])), self.line(node))

    def placed(self, node: SyntaxTreeNode) -> Placed | None:
        line = self.line(node)
        match = PLACED.match(node.content)
        kind, number = match.groups() if match else (node.content.lstrip(": "), "")
        if kind not in PLACED_KINDS:
            self.complain(line, f"不认识“:::{kind}”", suggestion(kind, PLACED_KINDS))
            return None
        if number and not (number.isascii() and number.isdecimal() and len(number) < 4):
            self.complain(line, f"“:::{kind}”后面应是序号，现在是“{number}”", f"写成 :::{kind} 1")
            return None
        return Placed(kind, int(number or 1), line)

    # ---- Paragraphs --------------------------------------------------------------------------

    def paragraph(self, node: SyntaxTreeNode, head: Run | None = None) -> Sequence[Block]:
        """Return what stands in one Markdown paragraph: a picture, or paragraphs and headings."""
        line = self.line(node)
        children = node.children[0].children
        if len(children) == 1 and children[0].type == "image" and not head:
            figure = self.figure(children[0], line)
            return [figure] if figure else []
        runs = [*([head] if head else []), *self.inline(node)]
        found = []
        for group, offset in self.grouped(runs, line):
            if whole := trimmed(merged(group)):
                found.append(titled(whole, line + offset))
        return found

    def grouped(self, runs: Sequence[Run], line: int) -> list[tuple[list[Run], int]]:
        """Divide a paragraph's typed lines where a heading or an indent begins a new one.

        Yields (runs, line offset). An editor who leaves no blank line means paragraphs by it more
        often than not; where that is not sure, they stay together and it is told.
        """
        groups: list[tuple[list[Run], int]] = []
        texts: list[list[str]] = []
        offset = 0
        for row in rows(runs):
            text = text_of(tuple(row))
            alone = is_heading(text.strip()) or (
                bool(texts) and is_heading(texts[-1][0].strip()) and len(texts[-1][0]) < WRAPPED
            )
            if not groups or alone or text.startswith("\u3000") or self.lines == "apart":
                groups.append(([], offset))
                texts.append([])
            else:
                groups[-1][0].append(Run(LINE_END))
            groups[-1][0].extend(row)
            texts[-1].append(text)
            offset += 1 + text.count("\n")
        for (_, at), group in zip(groups, texts, strict=True):
            headed = len(group) > 1 and is_heading(group[0].strip())
            if headed or (len(group) > 1 and all(map(SENTENCE_END.search, group))):
                message = f"这 {len(group)} 行之间没有空行，排成了一段：{group[0][:12]}…"
                self.remark(line + at, message, "是几段，就在中间各加一个空行", "段落-01")
        return groups

    def figure(self, image: SyntaxTreeNode, line: int) -> Figure | None:
        caption = text_of(merged(self.inline(image)))
        source = unquote(str(image.attrs.get("src", "")))  # markdown-it has encoded it
        path = picture_of(source, self.folder)
        if not isinstance(path, Path):
            self.complain(line, *path)
            return None
        credit = str(image.attrs.get("title", ""))
        if control := UNPRINTABLE.search(credit):
            message = f"图片的署名里有印不出来的字符 U+{ord(control[0]):04X}"
            self.complain(line, message, "删去这个字符，或 &#…; 这样的代码")
        return Figure(path, caption, credit, line)

    # ---- Footnotes ---------------------------------------------------------------------------

    def check_notes(self, known: dict[str, int]) -> None:
        """Complain of footnotes that would not be printed, or not as they were typed."""
        lines = {}
        for match in NOTE_HEAD.finditer(self.text):
            line = self.start + self.text.count("\n", 0, match.start())
            if match[1] in lines:
                self.complain(line, f"脚注 [^{match[1]}] 写了两次", "给其中一条换一个号码")
            lines[match[1]] = line
        for label, number in known.items():
            name, line = label[1:], lines.get(label[1:], self.start)
            if number < 0:
                fix = f"在正文里要加注的地方写 [^{name}]，或删去这条脚注"
                self.complain(line, f"正文里没有用到脚注 [^{name}]", fix)
        for node in self.notes.values():
            parts = [part for part in node.children if part.type != "footnote_anchor"]
            if len(parts) != 1 or parts[0].type != "paragraph":
                line = lines.get(node.meta.get("label", ""), self.line(node))
                self.complain(line, "一条脚注只能有一段文字", "并成一段，不用列表、表格和引用")

    def note(self, node: SyntaxTreeNode) -> Runs:
        """Return the text of the footnote that a call names."""
        note = self.notes[node.meta["id"]]
        if self.in_note:
            self.complain(self.line(note), "脚注里面又有脚注", "把它写进同一条脚注")
            return ()
        self.in_note = True
        parts = [part for part in note.children if part.type == "paragraph"]
        runs = merged([run for part in parts for run in self.inline(part)])
        self.in_note = False
        return runs

    # ---- Runs --------------------------------------------------------------------------------

    def inline(self, node: SyntaxTreeNode) -> list[Run]:
        return [run for child in node.children for run in self.runs(child, Run(""))]

    def runs(self, node: SyntaxTreeNode, dress: Run) -> list[Run]:
        """Return the runs of an inline node, dressed as ``dress`` says."""

        def dressed(text: str) -> Run:
            return replace(dress, text=text)

        match node.type:
            case "inline":
                inner = dress
            case "text" | "code_inline" | "html_inline":
                if control := UNPRINTABLE.search(node.content):
                    message = f"有印不出来的字符 U+{ord(control[0]):04X}"
                    self.complain(
                        self.line_around(node), message, "删去这个字符，或 &#…; 这样的代码"
                    )
                mark = node.markup if node.type == "code_inline" else ""
                return [dressed(f"{mark}{node.content}{mark}")]
            case "softbreak":
                # settled once its neighbours are known, but in verse
                return [dressed("\n" if self.lines == "kept" else LINE_END)]
            case "hardbreak":
                return [dressed("\n")]
            case "em":
                inner = replace(dress, emphasis=True)
            case "strong":
                inner = replace(dress, strong=True)
            case "link":
                href = str(node.attrs.get("href", ""))
                if not href.startswith(SHOWN_LINKS):
                    message = f"链接的地址“{unquote(href)}”不能用，只印出了文字"
                    fix = "写成 https:// 开头的网址，或去掉方括号和圆括号"
                    self.remark(self.line_around(node), message, fix, "链接-01")
                inner = replace(dress, href=href)
            case "footnote_ref":
                note = self.note(node)
                return [Run("", note=note, number=next(self.numbers))] if note else []
            case "footnote_anchor":
                return []
            case "image":
                self.complain(
                    self.line_around(node), "图片写在文字中间", "让图片独占一段，前后各空一行"
                )
                return []
            case kind:
                raise AssertionError(f"no run for {kind}")
        return [run for child in node.children for run in self.runs(child, inner)]

    def line_around(self, node: SyntaxTreeNode) -> int:
        """Return the line of the nearest block around an inline node."""
        while not node.map and node.parent is not None and node.parent.type != "root":
            node = node.parent
        return self.line(node)
