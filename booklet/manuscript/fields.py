"""YAML text to tables of fields that know their lines and complain in Chinese.

Only YAML's node tree is used: nothing is constructed, every scalar stays the text that the editor
typed (41.60 is not a number here), and every node has its line. Complaints are collected, so that
one run names every mistake.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.composer import ComposerError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from booklet.errors import Finding
from booklet.limits import LIMITS
from booklet.text.clreq import UNPRINTABLE

TRUE, FALSE = ("true", "yes", "on", "是"), ("false", "no", "off", "否", "")
BLANKS = re.compile(r"[ \t\r\n]+")  # not U+3000, which an editor types on purpose
# What an input method types where YAML wants ASCII: 键：值, {键: 值，键: 值}, ｛键: 值｝
WIDE_MARKS = re.compile(r"^\s*(?:- *)?(?:[{｛] *)?[a-z]+ *(：)|[,，{] *[a-z]+ *(：)|(，) *[a-z]+ *[:：]"
                        r"|^\s*(?:[a-z]+: *|- *)([｛［])")  # fmt: skip
MOST_KNOWN = 128  # texts whose nodes are kept
MOST_DEPTH = 200  # brackets that are open at a time
KIND = {ScalarNode: "一段文字", SequenceNode: "一个列表", MappingNode: "一组“键: 值”"}


class Fields:
    """One mapping of a YAML file. Reading a field of the wrong shape adds a finding.

    ``findings`` gathers them for all tables of a file; ``known`` are the keys that may occur here.
    """

    def __init__(
        self,
        node: MappingNode | None,
        known: Sequence[str],
        path: str,
        start: int,
        findings: list[Finding],
    ) -> None:
        self.path, self.start, self.findings = path, start, findings
        self.unread = False  # the YAML is broken: what seems missing may be there
        self.first = start + (node.start_mark.line if node else 0)
        self.fields: dict[str, Node] = {}
        if node and (message := LIMITS["keys"].exceeded(len(node.value))):
            self.complain(node, message, LIMITS["keys"].fix)
            return
        for key_node, value in node.value if node else ():
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            if key in self.fields:
                self.complain(key_node, f"“{key}”写了两次", "删去其中一行")
            elif key not in known:
                self.complain(key_node, f"不认识“{key}”", suggestion(key, known))
            self.fields[key] = value

    def complain(self, node: Node | None, message: str, fix: str) -> None:
        """Add an error at this node, or at the table's first line."""
        line = self.start + node.start_mark.line if node else self.first
        self.findings.append(Finding(self.path, line, message, fix))

    def line(self, key: str) -> int:
        """Return the line of a field's value, or the table's first line."""
        node = self.fields.get(key)
        return self.start + node.start_mark.line if node else self.first

    def text(self, key: str, *, example: str = "") -> str:
        """Return a field that must be one text; with an ``example`` it must be there, too."""
        lines = self.lines(key, most=1, example=example)
        return lines[0] if lines else ""

    def lines(self, key: str, *, most: int = 9, example: str = "") -> tuple[str, ...]:
        """Return a field of one text, or of a list of up to ``most`` texts."""
        node = self.fields.get(key)
        items: Sequence[Node] = node.value if isinstance(node, SequenceNode) else (node,)  # type: ignore[assignment]
        if isinstance(node, SequenceNode) and most == 1:
            self.complain(node, f"“{key}”应为一段文字，现在是一个列表", f"写成 {key}: 文字")
            return ()
        if isinstance(node, MappingNode):
            self.complain(node, f"“{key}”应为一段文字，现在是一组“键: 值”", f"写成 {key}: “文字”")
            return ()
        texts = []
        for item in items:
            if isinstance(item, ScalarNode):
                if control := UNPRINTABLE.search(item.value):
                    message = f"“{key}”里有印不出来的字符 U+{ord(control[0]):04X}"
                    self.complain(item, message, "删去这个字符，或反斜杠和它后面的代码")
                if text := BLANKS.sub(" ", item.value).strip(" \u3000"):
                    texts.append(text)
            elif item is not None:
                self.complain(item, f"“{key}”的每一项应为一段文字", "去掉多余的括号、冒号或缩进")
        if not texts and example and not self.unread:
            self.complain(node, f"缺少“{key}”", f"加一行 {key}: {example}")
        return tuple(texts)

    def flag(self, key: str) -> bool:
        """Return a yes-or-no field; absent means no."""
        value = self.text(key).lower()
        if value not in TRUE + FALSE:
            self.complain(
                self.fields[key], f"“{key}”应为 true 或 false，现在是“{value}”", f"写成 {key}: true"
            )
        return value in TRUE

    def is_table(self, key: str) -> bool:
        """Tell whether a field is a table, where it may be one or a list."""
        return isinstance(self.fields.get(key), MappingNode)

    def table(self, key: str, known: Sequence[str]) -> "Fields":
        """Return a field that is itself a table; absent means empty."""
        node = self.fields.get(key)
        if node is not None and not isinstance(node, MappingNode) and not empty(node):
            self.complain(node, f"“{key}”应为一组“键: 值”", f"{key}: 之后另起一行，缩进两格")
        mapping = node if isinstance(node, MappingNode) else None
        table = Fields(mapping, known, self.path, self.start, self.findings)
        table.first = self.line(key)
        return table

    def tables(self, key: str, known: Sequence[str]) -> Iterator["Fields"]:
        """Yield the tables of a field that is a list of tables; absent means none."""
        node = self.fields.get(key)
        if node is None or empty(node):
            return
        if not isinstance(node, SequenceNode):
            self.complain(node, f"“{key}”应为一个列表", f"{key}: 之后每项一行，以“- ”开头")
            return
        for item in node.value:
            if isinstance(item, MappingNode):
                yield Fields(item, known, self.path, self.start, self.findings)
            else:
                self.complain(
                    item,
                    f"“{key}”的每一项应写成“键: 值”",
                    f"例如 - {{{', '.join(f'{k}: …' for k in known[:2])}}}",
                )


def read_table(text: str, known: Sequence[str], path: str, start: int) -> Fields:
    """Parse YAML whose first line is line ``start`` of its file; mistakes become its findings."""
    findings: list[Finding] = []
    nothing = Fields(None, known, path, start, findings)
    tab = next(
        (n for n, row in enumerate(text.split("\n")) if row[: indent(row)].count("\t")), None
    )
    if tab is not None:
        findings.append(
            Finding(path, start + tab, "行首有制表符（Tab），YAML 不允许", "把 Tab 换成两个空格")
        )
        return nothing
    nothing.unread = True
    for number, row in enumerate(text.split("\n"), start):
        if found := WIDE_MARKS.search(row):
            mark = next(filter(None, found.groups()))
            narrow = dict(zip("：，｛［", ":,{[", strict=True))[mark]
            fix = f"改成英文的“{narrow}”，冒号和逗号后面空一格"
            findings.append(Finding(path, number, f"这里用了中文的“{mark}”，YAML 不认", fix))
            return nothing
    try:
        node = composed(text)
    except MarkedYAMLError as error:
        mark_ = error.problem_mark or error.context_mark
        findings.append(Finding(path, start + (mark_.line if mark_ else 0), *explain(error)))
        return nothing
    except (YAMLError, ValueError):  # a control character, told before; or a directive
        fix = "删去文字里看不见的控制字符，以 % 或 @ 开头的值放进英文引号"
        findings.append(Finding(path, start, "有不能识别的字符", fix))
        return nothing
    except RecursionError:
        findings.append(Finding(path, start, "括号套得太深", "检查 [ ] 和 { } 有没有成对"))
        return nothing
    nothing.unread = False
    check_comments(node, text.split("\n"), nothing)
    if node is None or isinstance(node, MappingNode):
        return Fields(node, known, path, start, findings)
    nothing.complain(node, f"这里应是一组“键: 值”，现在是{KIND[type(node)]}", "例如 title: 标题")
    return nothing


@lru_cache(maxsize=MOST_KNOWN)
def composed(text: str) -> Node | None:
    """Return the nodes of a YAML text, to be read alone; those read last are known, as most files stay the same."""
    refuse_depth(text)
    refuse_aliases(text)
    node: Node | None = YAML(typ="rt", pure=True).compose(text)
    return node


def refuse_depth(text: str) -> None:
    """Raise for brackets in brackets in brackets: YAML takes seconds to find that it cannot read them."""
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > MOST_DEPTH:
            raise RecursionError


def refuse_aliases(text: str) -> None:
    """Raise for & and * of YAML, which no manuscript needs: a few lines of them hold a billion items."""
    if "&" not in text and "*" not in text:
        return
    for event in YAML(typ="rt", pure=True).parse(text):
        if getattr(event, "anchor", None) is not None:
            raise ComposerError(None, None, "anchor", event.start_mark)


def check_comments(node: Node | None, source: Sequence[str], table: Fields) -> None:
    """Complain of values that ` #` cuts off: 甲 #2 乙 would be printed as 甲."""
    if isinstance(node, ScalarNode):
        end = node.end_mark
        rest = source[end.line][end.column :] if end.line < len(source) else ""
        if not node.style and re.match(r"\s*#[^\s#]", rest) and node.value:
            table.complain(node, f"“{rest.strip()}”被当作注释，不会印出来",
                           "要印就把整个值放进英文引号；是注释就在 # 后面空一格")  # fmt: skip
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for part in pair:
                check_comments(part, source, table)
    elif isinstance(node, SequenceNode):
        for part in node.value:
            check_comments(part, source, table)


def indent(row: str) -> int:
    """Return how many blanks a line begins with."""
    return len(row) - len(row.lstrip())


def empty(node: Node) -> bool:
    """Tell whether the editor wrote the key and left the value out."""
    return isinstance(node, ScalarNode) and not node.value.strip()


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return a remedy that names the known word nearest to ``word``."""
    same = [one for one in known if one.casefold() == word.casefold()]  # but for capitals
    near = same or difflib.get_close_matches(word, known, 1, 0.5)
    return f"是不是“{near[0]}”？" if near else f"可以用的有：{'、'.join(known)}"


def explain(error: MarkedYAMLError) -> tuple[str, str]:
    """Put YAML's own complaint into words that an editor can act on: (message, remedy)."""
    problem = f"{error.problem or ''} {error.context or ''}"
    if "mapping values are not allowed" in problem:
        return "一行里有两个“: ”", '把值放进英文引号，例如 title: "甲: 乙"'
    if "quoted scalar" in problem:
        return "英文引号没有成对", "在值的末尾补上引号，或改用中文引号“”"
    if "alias" in problem or "anchor" in problem:
        return "值以 * 或 & 开头", "把值放进英文引号"
    if "flow" in problem or "expected ',' or" in problem:
        return "方括号或花括号没有成对，或缺少逗号", "检查 [ ] 和 { }，各项之间用英文逗号"
    if "could not find expected ':'" in problem:
        return "这一行缺少冒号", "写成 键: 值（英文冒号，后面空一格）"
    return "看不懂这里的 YAML", "检查缩进、英文冒号和括号；有特殊符号的值放进英文引号"
