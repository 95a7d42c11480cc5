"""Markdown to blocks: the words of the manuscript, and nothing that could change a page by stealth.

CommonMark by markdown-it-py, with tables and footnotes. Raw HTML and code stay the text they are.
Chinese headings are recognised as typed (一、 （一） 1. （1）), alone on a line or run in; ``#`` works
too. ``:::stats``, ``:::quote n`` and ``:::link n`` stand on lines of their own.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from booklet.errors import Finding
from booklet.manuscript.tables import suggestion
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

HEADING_LENGTH = 40  # characters; a longer line that begins with 一、 is a paragraph
MARKERS = (  # by level, GB/T 9704—2012, 7.3.3: 一、（一）1.（1）
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"\d{1,2}[.．](?!\d)"),
    re.compile(r"（\d{1,2}）"),
)
PLACED = re.compile(r":::\s*(\w*)\s*(\S*)\s*$")
PLACED_KINDS = ("stats", "quote", "link")
SPACES = " \t\u3000\u00a0"
HAN_GAP = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")  # a line end that is no space


def read_blocks(
    text: str, path: str, start: int, folder: Path, findings: list[Finding]
) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text whose first line is line ``start`` of its file.

    ``folder`` is the book's: a picture outside it, or a missing one, becomes a finding.
    """
    tree = SyntaxTreeNode(parser().parse(text))
    notes = {node.meta["id"]: node for node in tree.walk() if node.type == "footnote"}
    return _Reader(path, start, folder, notes, findings).blocks(tree.children)


def parser() -> MarkdownIt:
    """Return the Markdown parser of the house."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    md.disable(["code", "fence", "html_block", "html_inline", "lheading"])
    md.disable("footnote_inline")
    md.inline.ruler.at("emphasis", _emphasis)
    md.block.ruler.before(
        "paragraph", "placed", _placed_line, {"alt": ["paragraph", "blockquote", "list"]}
    )
    return md


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take ``*`` and ``**`` as emphasis beside Chinese punctuation too (a markdown-it rule).

    CommonMark finds no end of emphasis between 。 and a Han character without a blank, because it
    was written for languages with blanks. Here a neighbour that is not ASCII counts as a letter.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + scanned.length :][:1] or " "
    wide = marker == "*" and not (before.isascii() and after.isascii())
    times = before.isdigit() and after.isdigit()  # 5*6 is a product
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=not times and (not after.isspace() if wide else scanned.can_open),
                close=not times and (not before.isspace() if wide else scanned.can_close),
            )
        )
    state.pos += scanned.length
    return True


def _placed_line(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Take a line that begins with ``:::`` as a block of its own (a markdown-it rule)."""
    source = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    if not source.startswith(":::"):
        return False
    if not silent:
        state.line = line + 1
        token: Token = state.push("placed", "", 0)
        token.map, token.content = [line, line + 1], source
    return True


class _Reader:
    """Turns syntax nodes into blocks; holds what every node needs to complain."""

    def __init__(
        self,
        path: str,
        start: int,
        folder: Path,
        notes: dict[int, SyntaxTreeNode],
        findings: list[Finding],
    ) -> None:
        self.path, self.start, self.folder = path, start, folder
        self.notes, self.findings = notes, findings

    def complain(self, line: int, message: str, fix: str) -> None:
        self.findings.append(Finding(self.path, line, message, fix))

    def line(self, node: SyntaxTreeNode) -> int:
        return self.start + (node.map[0] if node.map else 0)

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        found = (self.block(node) for node in nodes)
        return tuple(block for block in found if block is not None)

    def block(self, node: SyntaxTreeNode) -> Block | None:
        line = self.line(node)
        match node.type:
            case "heading":
                return Heading(min(int(node.tag[1]), 4), self.inline(node), line)
            case "paragraph":
                return self.paragraph(node)
            case "blockquote":
                return BlockQuote(self.blocks(node.children), line)
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
                return ItemList(tuple(self.blocks(i.children) for i in node.children), start, line)
            case "table":
                rows = [
                    [self.inline(cell) for cell in row.children]
                    for part in node.children
                    for row in part.children
                ]
                return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])), line)
            case "placed":
                return self.placed(node)
            case "hr":
                return Break(line)
            case "footnote_block":
                return None
            case kind:
                raise AssertionError(f"no block for {kind}")

    def placed(self, node: SyntaxTreeNode) -> Placed | None:
        line = self.line(node)
        match = PLACED.match(node.content)
        kind, number = match.groups() if match else (node.content, "")
        if kind not in PLACED_KINDS:
            self.complain(line, f"不认识“:::{kind}”", suggestion(kind, PLACED_KINDS))
            return None
        if number and not number.isdecimal():
            self.complain(line, f"“:::{kind}”后面应是序号，现在是“{number}”", f"写成 :::{kind} 1")
            return None
        return Placed(kind, int(number or 1), line)

    def paragraph(self, node: SyntaxTreeNode) -> Block | None:
        line = self.line(node)
        inline = node.children[0]
        children = inline.children
        if len(children) == 1 and children[0].type == "image":
            return self.figure(children[0], line)
        runs = trimmed(self.inline(node))
        if not runs:
            return None
        return titled(runs, line)

    def figure(self, image: SyntaxTreeNode, line: int) -> Figure | None:
        caption = image.content
        source = unquote(str(image.attrs.get("src", "")))  # markdown-it has encoded it
        path = (self.folder / source).resolve()
        if not path.is_relative_to(self.folder.resolve()) or "://" in source:
            self.complain(
                line, f"图片“{source}”不在本书文件夹里", "把图片放进本书文件夹，只写文件名"
            )
            return None
        if not path.is_file():
            near = [p.name for p in sorted(path.parent.glob("*")) if p.suffix in PICTURES]
            self.complain(
                line,
                f"找不到图片“{source}”",
                suggestion(path.name, near) if near else "检查文件名和大小写",
            )
            return None
        if path.suffix.lower() not in PICTURES:
            self.complain(line, f"不能用“{path.suffix}”格式的图片", "另存为 .jpg 或 .png")
            return None
        return Figure(path, caption, str(image.attrs.get("title", "")), line)

    def inline(self, node: SyntaxTreeNode) -> Runs:
        return merged([run for child in node.children for run in self.runs(child, Run(""))])

    def runs(self, node: SyntaxTreeNode, dress: Run) -> list[Run]:
        """Return the runs of an inline node, dressed as ``dress`` says."""

        def dressed(text: str) -> Run:
            return Run(text, dress.emphasis, dress.strong, dress.href)

        match node.type:
            case "inline":
                text = dress
            case "text" | "code_inline" | "html_inline":
                mark = node.markup if node.type == "code_inline" else ""
                return [dressed(f"{mark}{node.content}{mark}")]
            case "softbreak":
                return [dressed("\r")]  # becomes a blank or nothing once its neighbours are known
            case "hardbreak":
                return [dressed("\n")]
            case "em":
                text = Run("", True, dress.strong, dress.href)
            case "strong":
                text = Run("", dress.emphasis, True, dress.href)
            case "link":
                text = Run("", dress.emphasis, dress.strong, str(node.attrs.get("href", "")))
            case "footnote_ref":
                note = self.notes.get(node.meta["id"])
                if note is None:
                    return []
                runs = merged(
                    [
                        run
                        for part in note.children
                        if part.type == "paragraph"
                        for inline in part.children
                        for run in self.runs(inline, Run(""))
                    ]
                )
                return [Run("", note=runs)]
            case "footnote_anchor":
                return []
            case "image":
                line = self.line(next((n for n in ancestors(node) if n.map), node))
                self.complain(line, "图片写在文字中间", "让图片独占一段，前后各空一行")
                return []
            case kind:
                raise AssertionError(f"no run for {kind}")
        return [run for child in node.children for run in self.runs(child, text)]


PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")


def ancestors(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Return the nodes around this one, nearest first."""
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def merged(runs: list[Run]) -> Runs:
    """Join neighbours in the same dress and settle line ends: none between Han, else a blank."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        same = last and not last.note and not run.note
        if (
            last
            and same
            and (last.emphasis, last.strong, last.href) == (run.emphasis, run.strong, run.href)
        ):
            joined[-1] = Run(last.text + run.text, run.emphasis, run.strong, run.href)
        else:
            joined.append(run)
    whole = "".join(run.text for run in joined)
    at, settled = 0, []
    for run in joined:
        text = []
        for offset, char in enumerate(run.text, at):
            if char == "\r":
                pair = whole[max(offset - 1, 0) : offset] + "\n" + whole[offset + 1 : offset + 2]
                char = "" if HAN_GAP.search(pair) else " "
            text.append(char)
        at += len(run.text)
        settled.append(Run("".join(text), run.emphasis, run.strong, run.href, run.note))
    return tuple(run for run in settled if run.text or run.note)


def trimmed(runs: Runs) -> Runs:
    """Take the typed indent (　　) off the paragraph's first run."""
    if not runs:
        return ()
    first = runs[0]
    text = first.text.lstrip(SPACES)
    head = (Run(text, first.emphasis, first.strong, first.href, first.note),)
    return (head if text or first.note else ()) + runs[1:]


def titled(runs: Runs, line: int) -> Heading | Paragraph:
    """Tell a heading as typed, a paragraph with a run-in heading, and a plain paragraph apart."""
    text = text_of(runs)
    level = next((n for n, mark in enumerate(MARKERS, 1) if mark.match(text)), 0)
    if not level:
        return Paragraph(runs, line)
    if len(text) <= HEADING_LENGTH and not re.search(r"[。！？；：…”]$", text):
        return Heading(level, runs, line)
    stop = re.search(r"[。！？]", text)
    if stop and stop.end() < len(text) and stop.end() <= HEADING_LENGTH:
        lead, rest = cut(runs, stop.end())
        return Paragraph(rest, line, lead, level)
    return Paragraph(runs, line)


def cut(runs: Runs, at: int) -> tuple[Runs, Runs]:
    """Divide runs at a character offset."""
    before, after, offset = [], [], 0
    for run in runs:
        head, tail = run.text[: max(at - offset, 0)], run.text[max(at - offset, 0) :]
        offset += len(run.text)
        if head or (run.note and offset <= at):
            before.append(Run(head, run.emphasis, run.strong, run.href, run.note))
        if tail or (run.note and offset > at):
            after.append(Run(tail, run.emphasis, run.strong, run.href, run.note))
    return tuple(before), tuple(after)
