"""Front matter and booklet.yaml changed field by field, all else as it was typed: order, comments, quotes.

What is written is read again: text that would not say what was meant is not handed out.
"""

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from booklet.errors import BookletError, Finding
from booklet.manuscript.speech import FRONT_MATTER

Value = str | bool | Sequence[str] | Sequence[Mapping[str, Any]] | None
"""A text, a flag, texts one a line, rows of columns; None or "" takes the field out."""

WIDTH = 10_000  # no line is broken
SHORT = 60  # characters of texts that stand in one line
MARKS = re.compile(
    r"[][{}#:?,&*!|>%@`\"'\\~]|^-"
)  # which mean something in YAML: text with them is quoted
PLAIN = re.compile(r"\d{1,9}")  # a number, as it is typed


def fields_of(text: str, front: bool) -> dict[str, Any]:
    """Return the fields of a file as plain values; ``front``: of the front matter of a speech."""
    return {str(k): plain(v) for k, v in read_fields(divided(text, front)[1], front).items()}


def with_fields(text: str, changes: Mapping[str, Value], front: bool) -> str:
    """Return a file's text with some fields changed; others, and what is not YAML, stay as they are."""
    before, middle, after = divided(text, front)
    table = read_fields(middle, front)
    for key, value in changes.items():
        if value is None or value in ("", [], {}) or value is False:
            table.pop(key, None)
        elif isinstance(value, Mapping):
            table[key] = group_of(value, table.get(key))
        else:
            table[key] = typed(value, table.get(key))
    out = StringIO()
    writer().dump(table, out)
    made = before + out.getvalue() + after
    kept = {key: value for key, value in fields_of(made, front).items() if key in changes}
    wanted = {
        key: plain(row_of(value) if isinstance(value, Mapping) else typed(value))
        for key, value in changes.items()
        if value not in (None, "", [], {}, False)
    }
    if kept != wanted:
        raise refusal("这样写不成", "换一种写法，或在文字里改")
    return made


def divided(text: str, front: bool) -> tuple[str, str, str]:
    """Return what stands before the YAML of a file, the YAML, and what stands behind it."""
    if not front:
        return "", text, ""
    match = FRONT_MATTER.match(text)
    if not match:
        raise refusal("开头缺少 --- 之间的标题等信息", "在文字里改好开头，再用表单")
    return text[: match.start(1)], match[1], text[match.end(1) :]


def read_fields(text: str, front: bool) -> CommentedMap:
    """Return YAML as it was typed; what cannot be read is told."""
    try:
        table = writer().load(text)
    except YAMLError:
        where = "开头两行 --- 之间" if front else "这个文件"
        raise refusal(f"{where}的写法有错，表单读不出来", "在文字里改好，再用表单") from None
    if table is None:
        return CommentedMap()
    if not isinstance(table, CommentedMap):
        raise refusal("这里应当是一行一项，“项: 内容”", "在文字里改好，再用表单")
    return table


def writer() -> YAML:
    """Return what reads and writes YAML without changing more than it must."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def typed(value: Value, before: Any = None) -> Any:
    """Return a value as it stands in a manuscript: rows in braces, few lines in brackets.

    Rows that ``before`` has stay as they were typed.
    """
    if isinstance(value, str):
        if PLAIN.fullmatch(value) and str(int(value)) == value:
            return int(value)
        return DoubleQuotedScalarString(value) if MARKS.search(value) else value
    if isinstance(value, bool) or value is None:
        return value
    there = list(before) if isinstance(before, CommentedSeq) else []
    found = CommentedSeq()
    for one in value:
        same = next((old for old in there if plain(old) == plain(one)), None)
        found.append(
            same if same is not None else row_of(one) if isinstance(one, Mapping) else typed(one)
        )
    if all(isinstance(one, str) for one in value) and sum(map(len, map(str, value))) < SHORT:
        found.fa.set_flow_style()
    return found


def group_of(value: Mapping[str, Any], before: Any) -> CommentedMap:
    """Return a group of fields: what ``before`` has stays as it was typed, a new one stands in braces."""
    new = row_of(value)
    if not isinstance(before, CommentedMap):
        return new
    for key in [key for key in before if key not in new]:
        del before[key]
    for key, one in new.items():
        if plain(before.get(key)) != plain(one):
            before[key] = one
    return before


def row_of(value: Mapping[str, Any]) -> CommentedMap:
    """Return a row: in braces where it has several columns."""
    row = CommentedMap(
        {key: typed(one) for key, one in value.items() if one not in ("", None, False)}
    )
    if len(row) > 1:
        row.fa.set_flow_style()
    return row


def plain(value: Any) -> Any:
    """Return a value without what ruamel remembers of how it was typed."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return str(value)


def refusal(message: str, fix: str) -> BookletError:
    """Return the error of a file that a form cannot change."""
    return BookletError(Finding("", 0, message, fix))
