"""A saved web page, or Markdown by way of HTML, to rows. Nothing is fetched."""

import base64
import binascii
import re
from pathlib import Path
from typing import Any

from lxml import html

from booklet import disk
from booklet.artwork.received import printable
from booklet.errors import BookletError
from booklet.intake.pieces.captions import MISSING, NOT_SAVED
from booklet.intake.readers.decode import decode
from booklet.intake.readers.table import table_rows
from booklet.intake.source import PLAIN, STRONG, Entry, Row, Source, call, honest, number_of
from booklet.manuscript.markdown import parser

SKIPPED = {"script", "style", "noscript", "head", "template", "svg", "button", "nav", "iframe"}
BLOCKS = {
    "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote",
    "figure", "figcaption", "header", "footer", "main", "center", "body", "dl", "dt", "dd", "pre",
}  # fmt: skip
SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt)", re.IGNORECASE)
CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What is nothing but markup; of the others words are told where they are left out.
UNSEEN = frozenset({"script", "style", "head", "template"})
PLAINED = re.compile(r"[|\\*]|:?-{3,}:?")  # signs of Markdown that rows of tables have
NESTED = re.compile(
    r"<(/?)(?:div|span|section|article|font|center|main|b|strong|i|em|u|a|blockquote|table|tbody|tr|td|ul|ol|li)\b[^>]*>",
    re.IGNORECASE,
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no words
NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|side|sidebar|aside|foot|footer|crumbs?|breadcrumb|share|related|recommend|copyright|toolbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST_NAVIGATION = 1_500  # characters of a box that is not looked into for its links
MOSTLY = 0.7  # of the words of a box are links: it leads elsewhere
DEEPEST = 120  # boxes in one another
MOST_PICTURE = 60_000_000  # bytes


def read_web(raw: bytes, name: str, folder: Path) -> Source:
    """Return the rows of a web page; its pictures are those in its own folder or in the page itself."""
    text, entries = decode(raw, name)  # by its bytes: what a page says of them may be untrue
    return read_html(text, name, folder, entries)


def read_markdown(raw: bytes, name: str, folder: Path) -> Source:
    """Return the rows of a Markdown file; front matter gives title and speaker."""
    text, _ = decode(raw, name)
    head = ""
    if match := re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE):
        text = text[match.end() :]
        for key, tag in (("title", "h1"), ("designation", "p"), ("speaker", "p")):
            if found := re.search(rf"^{key}:[ ]*(.+)$", match[1], re.MULTILINE):
                value = " ".join(re.split(r"[\[\],，]\s*", found[1])).strip(" \"'")
                head += f"<{tag}>{value}</{tag}>"
    return read_html(head + parser().render(text), name, folder)


def read_html(text: str, name: str, folder: Path, entries: tuple[Entry, ...] = ()) -> Source:
    """Return the rows of HTML."""
    clean = shallow(re.sub(r"^\s*<\?xml[^>]*\?>", "", honest(text)))
    try:
        tree = html.document_fromstring(clean or "<p></p>")
    except (ValueError, html.etree.ParserError):
        tree = html.document_fromstring("<p></p>")
    for element in tree.iter():
        if isinstance(element.tag, str) and element.text:
            element.text = honest(CONTROL.sub("", element.text))
        if element.tail:
            element.tail = honest(CONTROL.sub("", element.tail))
    reader = _Reader(name, folder, list(entries))
    main = tree.xpath('//*[@id="js_content"]')
    for title in tree.xpath('//*[@id="activity-name"]') if main else []:
        reader.block(title, Row(0, "", level=1))
    bodies = list(tree.iter("body")) or [tree]
    for body in main or bodies:
        reader.block(body, Row(0, ""))
        reader.flush(Row(0, ""))
    for body in bodies:
        reader.unread(body)
    return Source(name, tuple(reader.rows), reader.notes, reader.pictures, tuple(reader.entries))


class _Reader:
    """Walks through a page and gathers rows; ``text`` is the row that is being filled."""

    def __init__(self, name: str, folder: Path, entries: list[Entry]) -> None:
        self.name, self.folder = name, folder
        self.rows: list[Row] = []
        self.notes: dict[int, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.entries = entries
        self.text: list[tuple[str, Row]] = []

    def block(self, element: Any, look: Row) -> None:
        """Read an element, in the looks that it inherits."""
        tag = element.tag if isinstance(element.tag, str) else ""
        style = element.get("style") or ""
        if (
            tag in SKIPPED
            or not tag
            or (HIDDEN.search(style) and element.get("id") != "js_content")
            or is_navigation(element, tag)
        ):
            return
        if element.get("class") == "footnotes":
            self.footnotes(element)
            return
        look = looks(element, tag, style, look)
        if tag == "table":
            self.flush(look)
            self.table(element, look)
            return
        if tag == "img":
            self.flush(look)
            self.picture(element)
            return
        if tag == "br":
            self.flush(look)
            return
        if tag == "sup" and element.get("class") == "footnote-ref":
            number = re.sub(r"\D", "", element.text_content())
            self.text.append((call(int(number or 0)), look))
            return
        opens = tag in BLOCKS
        if opens:
            self.flush(look)
        if tag == "li" and element.getparent() is not None and element.getparent().tag == "ol":
            start = number_of(element.getparent().get("start"), 1)
            at = start + sum(1 for _ in element.itersiblings("li", preceding=True))
            self.text.append((f"{at}.", look))
        strong = tag in ("b", "strong") and not look.level
        self.add(STRONG if strong else "", look)
        self.add(element.text or "", look)
        for child in element:
            self.block(child, look)
            self.add(child.tail or "", look)
        self.add(PLAIN if strong else "", look)
        if opens:
            self.flush(look)

    def add(self, text: str, look: Row) -> None:
        """Add to the row."""
        if text:
            self.text.append((re.sub(r"[ \t\r\n\xa0]+", " ", text), look))

    def flush(self, look: Row) -> None:
        """End the row."""
        whole = "".join(text for text, _ in self.text).strip(" \u3000")
        bare = whole.replace(STRONG, "").replace(PLAIN, "").strip(" \u3000")
        if bare:
            looks_of = max(self.text, key=lambda part: len(part[0]))[1]
            bold = looks_of.bold or bool(re.fullmatch(f"{STRONG}[^{PLAIN}]*{PLAIN}", whole))
            self.rows.append(Row(
                len(self.rows) + 1, bare if bold else whole, looks_of.size, looks_of.centred,
                looks_of.level, "", bold, item=looks_of.item,
            ))  # fmt: skip
        self.text = []

    def table(self, element: Any, look: Row) -> None:
        """Read a table; one that only frames its text is no table."""
        rows = [[" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
                for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]  # fmt: skip
        if max((len(row) for row in rows), default=0) < 2:
            cells = element.iter("td", "th")
            for cell in [one for one in cells if next(one.iterancestors("table")) is element]:
                for child in [cell]:
                    self.add(child.text or "", look)
                    for inner in child:
                        self.block(inner, look)
                        self.add(inner.tail or "", look)
                    self.flush(look)
            return
        made, told = table_rows(rows, len(self.rows) + 1, self.name)
        self.rows += made
        self.entries += told

    def picture(self, element: Any) -> None:
        """Read a picture that is at hand; one on the network is asked for."""
        sources = [element.get(name) or "" for name in ("data-src", "data-original", "src")]
        found = (inline_data(source) or self.beside(source) for source in sources if source)
        ready = next((one for one in (printable(data) for data in found if data) if one), None)
        line = len(self.rows) + 1
        if ready is None:
            named = next((one for one in sources if one and not one.startswith("data:")), "")
            if not named:
                return  # holds the place of nothing
            self.entries.append(Entry(
                "asked", NOT_SAVED, self.name, line, f"网页里的图片没有随文件存下来：{named[:60]}",
                fix="在网页上把图片另存到这个文件夹，在文稿里写 ![说明](文件名)",
            ))  # fmt: skip
            self.rows.append(Row(line, "", block=MISSING))
            return
        data, suffix = ready
        name = f"图片{len(self.pictures) + 1:02}{suffix}"
        self.pictures[name] = data
        self.rows.append(Row(line, "", block=f"![]({name})"))

    def beside(self, source: str) -> bytes | None:
        """Return a picture in the page's own folder."""
        if not source or ":" in source.split("/")[0] or source.startswith("//"):
            return None
        path = (self.folder / source.split("?")[0]).resolve()
        if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            return None
        try:
            return disk.read(path, self.folder, MOST_PICTURE)
        except BookletError:
            return None

    def unread(self, body: Any) -> None:
        """Tell the words of a page that are in no row: what was skipped is listed, whole."""
        have = "".join(
            "".join(PLAINED.sub("", text).split())
            for text in (*(row.text + row.block for row in self.rows), *self.notes.values())
        )
        at, lost = 0, []
        for element in body.iter():
            if not isinstance(element.tag, str) or element.tag in UNSEEN:
                words = [element.tail or ""]
            else:
                words = [element.text or "", element.tail or ""]
            for text in words:
                bare = "".join(PLAINED.sub("", text).split())
                if not bare:
                    continue
                found = have.find(bare, at)
                if found < 0:
                    found = have.find(bare)
                if found < 0:
                    lost.append(" ".join(text.split()))
                else:
                    at = found if found > at else at
        if lost:
            what = "网页里没有导入的文字（导航、按钮、隐藏的部分等）"
            self.entries.append(Entry("done", "版面-13", self.name, 0, what, "　".join(lost)))

    def footnotes(self, element: Any) -> None:
        """Read the notes that Markdown's HTML puts at the end."""
        for number, item in enumerate(element.iter("li"), 1):
            self.notes[number] = item.text_content().replace("↩︎", "").replace("↩", "").strip()


def shallow(text: str) -> str:
    """Return HTML without the boxes that stand deeper than DEEPEST in one another.

    A parser stops reading in such a place, and all that follows is lost.
    """
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth -= 1
            return match[0] if depth < DEEPEST else ""
        depth += 1
        return match[0] if depth <= DEEPEST else ""

    return NESTED.sub(kept, text) if len(NESTED.findall(text)) > DEEPEST else text


def is_navigation(element: Any, tag: str) -> bool:
    """Tell whether a box leads to other pages, and is no text of this one: mostly links, or named so."""
    if tag not in BLOCKS or tag == "body":
        return False
    said = "".join(element.text_content().split())
    if not said or len(said) > MOST_NAVIGATION:
        return False
    links = ["".join(link.text_content().split()) for link in element.iter("a") if link.get("href")]
    if len(links) > 1 and sum(map(len, links)) >= MOSTLY * len(said):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    aside = tag in ("footer", "aside") or bool(NAVIGATION.search(named))
    return aside and not re.search("[。！？]", said)


def looks(element: Any, tag: str, style: str, look: Row) -> Row:
    """Return what an element's looks make of those it inherits."""
    size = SIZE.search(style)
    points = float(size[1]) * (0.75 if size[2].lower() == "px" else 1.0) if size else look.size
    level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else look.level
    centred = look.centred or tag == "center" or bool(CENTRED.search(style))
    bold = look.bold or bool(BOLD.search(style))
    return Row(0, "", points, centred, level, "", bold, item=look.item or (tag == "li" and
               element.getparent() is not None and element.getparent().tag == "ul"))  # fmt: skip


def inline_data(source: str) -> bytes | None:
    """Return the picture in a ``data:`` address."""
    match = re.match(r"data:image/[\w.+-]+;base64,(.*)", source, re.DOTALL)
    if not match or len(match[1]) > 1.4 * MOST_PICTURE:
        return None
    try:
        return base64.b64decode(match[1], validate=False)
    except (binascii.Error, ValueError):
        return None
