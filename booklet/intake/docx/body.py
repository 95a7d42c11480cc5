"""A Word file to rows: what stands on its pages, and by its looks what is a title or a heading.

Offices type into Word without styles, so fonts, sizes and alignment are kept with each paragraph.
Insertions that are tracked are taken as done, deletions as deleted, and both are listed; comments
become questions; automatic numbers are written out (ECMA-376, part 1).
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from booklet.artwork.received import printable
from booklet.intake.docx.elements import (
    DGM,
    MC,
    READ,
    WRAPPERS,
    A,
    C,
    M,
    R,
    V,
    W,
    inside,
    is_on,
    nodes,
    plain_text,
    taken,
    value_of,
)
from booklet.intake.docx.leftovers import unread, words_of_diagram, words_of_margins
from booklet.intake.docx.looks import Look, paragraph_look, run_look, styles_of
from booklet.intake.docx.numbering import Numbering
from booklet.intake.docx.package import MOST_PICTURE, Package
from booklet.intake.pieces.captions import MISSING, NOT_SAVED
from booklet.intake.readers.table import table_rows
from booklet.intake.source import (
    CALL,
    MARKUP,
    PLAIN,
    STRONG,
    Entry,
    Row,
    Source,
    call,
    honest,
    number_of,
)

USUAL_PT = 10.5
MOST_SPAN = 63  # columns of a Word table
INSIDE = {f"{W}hyperlink", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}fldSimple",
          f"{W}customXml", f"{W}dir", f"{W}bdo", f"{MC}AlternateContent", f"{MC}Choice"}  # fmt: skip


@dataclass(slots=True)
class _Text:
    """A row that is being filled: pieces of text, each with its look."""

    parts: list[tuple[str, Look]] = field(default_factory=list)
    page: bool = False


def read_word(raw: bytes, name: str) -> Source:
    """Return the rows of a Word file; raise BookletError for one that should not be opened."""
    package = Package(raw, name)
    reader = _Reader(package)
    body = package.xml(package.document).find(f"{W}body")
    if body is None:
        raise package.refusal("里没有正文", "在 Word 里“另存为”普通的 Word 文档（.docx），再导入")
    reader.blocks(body)
    reader.leftovers(body)
    return Source(name, tuple(reader.rows), reader.notes, reader.pictures, tuple(reader.entries))


class _Reader:
    """Walks through a document and gathers rows."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.rows: list[Row] = []
        self.entries: list[Entry] = []
        self.pictures: dict[str, bytes] = {}
        self.related = package.related(package.document)
        self.styles, self.default = styles_of(self.part("styles"))
        self.numbering = Numbering(self.part("numbering"), W)
        self.notes: dict[int, str] = {}
        self.note_texts = {
            (kind, item.get(f"{W}id")): plain_text(item)
            for kind in ("footnote", "endnote")
            for item in nodes(self.part(f"{kind}s"), f"{W}{kind}")
        }
        self.comments = {
            item.get(f"{W}id"): (item.get(f"{W}author") or "", plain_text(item))
            for item in nodes(self.part("comments"), f"{W}comment")
        }
        self.fields: list[
            bool
        ] = []  # open fields; whether the code of each, not printed, is at hand
        self.unprinted: list[tuple[str, Look]] = []  # text that stood in the code of a field
        self.boxes: list[Any] = []
        self.found: list[str] = []  # pictures in the paragraph at hand, as blocks

    def part(self, kind: str) -> Any:
        """Return the root of a part that belongs to the document, such as its styles, or None."""
        return self.package.xml(self.related.of_kind(kind))

    @property
    def line(self) -> int:
        """Number of the row that comes next."""
        return len(self.rows) + 1

    def tell(
        self, kind: str, code: str, what: str, before: str = "", after: str = "", fix: str = ""
    ) -> None:
        """Keep what was done or is asked."""
        self.entries.append(
            Entry(kind, code, self.package.name, self.line, what, before, after, fix)
        )

    def blocks(self, parent: Any) -> None:
        """Read paragraphs and tables."""
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag in WRAPPERS:
                self.blocks(child)
            elif child.tag == f"{M}oMathPara":
                self.rows.append(Row(self.line, self.formula(child)))

    # ---- Paragraphs ----

    def paragraph(self, element: Any) -> None:
        """Read a paragraph: a row for each of its lines, then its pictures and text boxes."""
        properties = element.find(f"{W}pPr")
        style = self.style_of(properties)
        look = paragraph_look(properties).over(style)
        texts = [_Text()]
        self.boxes, self.found = [], []
        self.runs(element, look, texts)
        self.end_of_paragraph(texts)
        boxes, pictures = self.boxes, self.found
        lead, bullet = self.numbering.next(*look.list) if look.list else ("", False)
        first = True
        for text in texts:
            row = self.row(text, look, bullet)
            if row is None:
                continue
            if lead and first:
                self.tell(
                    "done", "编号-01", "自动编号写成文字", row.plain[:20], lead + row.plain[:20]
                )
                row = replace(row, text=lead + row.text)
            self.rows.append(row)
            first = False
        self.rows += [Row(self.line, "", block=block) for block in pictures]
        for box in boxes:
            said = plain_text(box)
            if said:
                self.tell("asked", "文本框-01", "文本框里的文字接在这里，请看位置对不对", said)
                self.blocks(box)

    def row(self, text: _Text, look: Look, bullet: bool) -> Row | None:
        """Return a line of a paragraph as a row, or None for a blank one."""
        whole = "".join(part for part, _ in text.parts)
        if not MARKUP.sub("", whole).strip(" \t\u3000\xa0") and CALL not in whole:
            return None
        sizes: Counter[float] = Counter()
        faces: Counter[str] = Counter()
        heavy = weight = 0
        for part, run in text.parts:
            seen = len(part.strip())
            sizes[run.size or USUAL_PT] += seen
            faces[run.face or ""] += seen
            heavy += seen * bool(run.bold)
            weight += seen
        bold = weight > 0 and heavy > 0.9 * weight
        marked = "".join(
            f"{STRONG}{part}{PLAIN}" if run.bold and not bold and part.strip() else part
            for part, run in text.parts
        ).replace(PLAIN + STRONG, "")
        return Row(
            self.line, marked.strip(" \t\u3000\xa0"), sizes.most_common(1)[0][0], bool(look.centred),
            look.level or 0, faces.most_common(1)[0][0], bold, text.page, item=bullet,
            right=bool(look.right),
        )  # fmt: skip

    def style_of(self, properties: Any) -> Look:
        """Return the look of a paragraph's style."""
        name = value_of(properties, "pStyle") if properties is not None else None
        return self.styles.get(name or "", Look()).over(self.default)

    def runs(self, parent: Any, look: Look, texts: list[_Text]) -> None:
        """Read what stands in a paragraph, in its order."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self.run(child, look, texts)
            elif tag in (f"{W}ins", f"{W}moveTo"):
                before = plain_text(child)
                if before:
                    code, what = ("修订-01", "修订中插入的文字，已收入")
                    self.tell("done", code, what, "", before)
                self.runs(child, look, texts)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                gone = "".join(map(taken, child.iter(f"{W}delText", f"{W}t")))
                if gone:
                    self.tell("done", "修订-02", "修订中删去的文字，已删去", gone, "")
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                texts[-1].parts.append((self.formula(child), look))
            elif tag in INSIDE:
                self.runs(child, look, texts)
            elif tag == f"{W}commentRangeEnd":
                self.comment(child.get(f"{W}id"), texts)

    def comment(self, number: str | None, texts: list[_Text]) -> None:
        """Turn a comment into a question, once."""
        if number in self.comments:
            author, said = self.comments.pop(number)
            near = MARKUP.sub("", "".join(part for part, _ in texts[-1].parts))[-20:]
            who = f"{author}批注" if author else "批注"
            self.tell("asked", "批注-01", f"{who}：{said}", near)

    def run(self, element: Any, look: Look, texts: list[_Text]) -> None:
        """Read a run: text of one look, and what else stands in it."""
        properties = element.find(f"{W}rPr")
        own = run_look(properties).over(look)
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            gone = plain_text(element)
            if gone:
                self.tell("done", "隐形-02", "Word 里隐藏的文字，没有导入", gone, "")
            return
        for child in element:
            self.in_run(child, own, texts)

    def in_run(self, child: Any, look: Look, texts: list[_Text]) -> None:
        """Read one thing in a run."""
        tag = child.tag
        if tag == f"{W}fldChar":
            self.field(child, look, texts)
        elif tag == f"{W}br":
            if child.get(f"{W}type") in ("page", "column"):
                texts.append(_Text(page=child.get(f"{W}type") == "page"))
            else:
                texts.append(_Text())
        elif tag in (f"{W}t", f"{W}delText"):
            part = (honest(taken(child)), look)
            (self.unprinted if any(self.fields) else texts[-1].parts).append(part)
        elif tag == f"{W}ruby":
            self.ruby(child, look, texts)
        elif tag in (f"{W}tab", f"{W}ptab"):
            texts[-1].parts.append(("\t", look))
        elif tag == f"{W}noBreakHyphen":
            texts[-1].parts.append(("-", look))
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
            said = self.note_texts.pop((kind, child.get(f"{W}id")), "")
            if said:
                number = len(self.notes) + 1
                self.notes[number] = said
                texts[-1].parts.append((call(number), look))
        elif tag == f"{W}commentReference":
            self.comment(child.get(f"{W}id"), texts)
        elif tag == f"{W}sym":
            self.tell("asked", "符号-01", "这里有一个特殊符号（Symbol 字体），没有导入")
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self.drawing(child)
        elif tag == f"{MC}AlternateContent":
            for choice in child.iter(f"{MC}Choice"):
                for inner in choice:
                    self.in_run(inner, look, texts)
                break

    def field(self, element: Any, look: Look, texts: list[_Text]) -> None:
        """Follow a field: its code is not printed, its result is; of a list box, what is chosen."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(True)
            chosen = element.find(f"{W}ffData/{W}ddList")
            if chosen is not None:
                entries = [one.get(f"{W}val") or "" for one in chosen.iter(f"{W}listEntry")]
                at = number_of(value_of(chosen, "result"), 0)
                texts[-1].parts += [(entry, look) for entry in entries[at : at + 1]]
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()
            if self.unprinted and not any(self.fields):
                words = "".join(text for text, _ in self.unprinted)
                self.tell("asked", "域码-01", "这些字在 Word 的域代码里，不印，没有导入", words)
                self.unprinted = []

    def end_of_paragraph(self, texts: list[_Text]) -> None:
        """Close a field whose code does not end with its paragraph: it is broken, its text is text."""
        words = "".join(text for text, _ in self.unprinted)
        if words:
            self.tell("asked", "域码-01", "这里的域没有结束，里面的字接在这一段末尾", words)
        texts[-1].parts += self.unprinted
        self.unprinted = []
        if any(self.fields):
            self.fields = []

    def formula(self, element: Any) -> str:
        """Return the characters of a formula in a row, which is not how it is read: so it is asked."""
        words = "".join(map(taken, element.iter(f"{M}t", f"{W}t")))
        fix = "照原稿核对上下标、分数；排不了的公式，存成图片插入"
        self.tell("asked", "公式-01", "这里有一个公式，按文字接在这里", words, fix=fix)
        return words

    def ruby(self, element: Any, look: Look, texts: list[_Text]) -> None:
        """Read characters with their reading above: these are kept, that is told."""
        for base in element.iter(f"{W}rubyBase"):
            self.runs(base, look, texts)
        reading = "".join(
            map(taken, (t for rt in element.iter(f"{W}rt") for t in rt.iter(f"{W}t")))
        )
        if reading:
            self.tell("asked", "注音-01", "字上面的注音没有导入", reading)

    # ---- Pictures, text boxes, tables ----

    def drawing(self, element: Any) -> None:
        """Read the pictures and text boxes of a drawing."""
        boxes = list(element.iter(f"{W}txbxContent"))
        self.boxes += [
            box for box in boxes if not any(outer in boxes for outer in box.iterancestors())
        ]
        for chart in element.iter(f"{C}chart", f"{DGM}relIds"):
            part = self.related.targets.get(chart.get(f"{R}id") or chart.get(f"{R}dm") or "", "")
            if words := words_of_diagram(self.package.xml(part)):
                fix = "要印就另存为图片插入，或把这些字写进正文"
                self.tell("asked", "图示-01", "图表里的文字没有导入", words, fix=fix)
        words = " ".join(
            taken(node) for node in element.iter(f"{A}t") if READ not in node.attrib and node.text
        )
        if words:
            self.tell("asked", "图示-01", "图形里的文字没有导入", words)
        for blip in element.iter(f"{A}blip", f"{V}imagedata"):
            part = self.related.targets.get(blip.get(f"{R}embed") or blip.get(f"{R}id") or "", "")
            if part not in self.package.parts:
                self.tell(
                    "asked", NOT_SAVED, "这里的图片没有存在文件里", fix="请对方把图片单独发来"
                )
                self.found.append(MISSING)
                continue
            ready = printable(self.package.data(part, MOST_PICTURE))
            if ready is None:
                kind = PurePosixPath(part).suffix
                fix = "在 Word 里右键“另存为图片”（.png），在文稿里写 ![说明](文件名)"
                self.tell("asked", "图片-12", f"这里的图片（{kind}）不能排印", fix=fix)
                self.found.append(MISSING)
                continue
            name = f"图片{len(self.pictures) + 1:02}{ready[1]}"
            self.pictures[name] = ready[0]
            self.found.append(f"![]({name})")

    def table(self, element: Any) -> None:
        """Read a table; one of a single column only frames its text."""
        grid = [list(inside(row, f"{W}tc")) for row in inside(element, f"{W}tr")]
        if max((len(cells) for cells in grid), default=0) < 2:
            for cells in grid:
                for cell in cells:
                    self.blocks(cell)
            return
        if any(cell.find(f".//{W}tbl") is not None for cells in grid for cell in cells):
            self.tell("asked", "表格-01", "表格里面又有表格，里面的字按文字放在它的一格里")
        rows: list[list[str]] = []
        for cells in grid:
            row: list[str] = []
            for cell in cells:
                properties = cell.find(f"{W}tcPr")
                merged = properties.find(f"{W}vMerge") if properties is not None else None
                on = merged is not None and merged.get(f"{W}val") != "restart"
                row.append("" if on else " ".join(self.cell_texts(cell)))
                span = value_of(properties, "gridSpan") if properties is not None else None
                row += [""] * (number_of(span, 1, 1, MOST_SPAN) - 1)
            rows.append(row)
        width = max(
            len(row) - len(list(takewhile(lambda cell: not cell, reversed(row)))) for row in rows
        )
        if width:
            made, told = table_rows([row[:width] for row in rows], self.line, self.package.name)
            self.rows += made
            self.entries += told

    def cell_texts(self, cell: Any) -> list[str]:
        """Return the paragraphs of a cell; what is tracked or noted in it is kept as elsewhere."""
        found = []
        for paragraph in cell.iter(f"{W}p"):
            texts = [_Text()]
            self.runs(paragraph, Look(), texts)
            self.end_of_paragraph(texts)
            text = "".join(part for text in texts for part, _ in text.parts)
            found.append(MARKUP.sub("", text).strip(" \t\u3000"))
        return [text for text in found if text]

    def leftovers(self, body: Any) -> None:
        """Tell what belongs to no place: comments and notes that nothing refers to, margins, the unread."""
        for author, said in self.comments.values():
            self.tell("asked", "批注-01", f"{author}批注（没有位置）：{said}")
        for (_, number), said in self.note_texts.items():
            if said and number_of(number, 1, -1) > 0:
                self.tell("asked", "脚注-01", "这条脚注在正文里没有注码，没有导入", said)
        for words in words_of_margins(self.package, self.related.targets.values()):
            self.tell("done", "版面-12", "页眉页脚里的文字，没有导入", words)
        for words in unread(body):
            self.tell("asked", "漏文-01", "文件里还有这些字，不知道该放在哪里，没有导入", words)
