"""The forms: every field of a speech and of booklet.yaml, what it is called and what is written there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from booklet.bindery import PERFECT, SADDLE
from booklet.genres import GENRES, WORDS
from booklet.genres import SPEECH as SPOKEN
from booklet.paths import MANIFEST

TEXT, LINES, FLAG, CHOICE, ROWS = "text", "lines", "flag", "choice", "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its key in the file, its name, what is written there, how.

    ``choices`` are (value, name); ``columns`` the fields of a row.
    """

    key: str
    name: str
    told: str
    kind: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()


KINDS = (("", "发言"), *((key, genre.words[0]) for key, genre in GENRES.items() if key != SPOKEN))
LINK = (
    Field("url", "网址", "80 个字符以内最好扫"),
    Field("label", "名称", "印在二维码旁边"),
    Field("note", "说明", "一句话，可以不写"),
)
SPEECH = (
    Field("title", "标题", "要分两行就写两行", LINES),
    Field("kind", "种类", "不选就是发言", CHOICE, KINDS),
    Field("speaker", "发言人", "姓名或单位"),
    Field("designation", "职务", "印在姓名下面"),
    Field("portrait", "照片", "同一文件夹里的 .jpg 或 .png"),
    Field("about", "生平", "一两句，印在署名下面"),
    Field("quotes", "引文", "与正文一字不差；在文字里选中一句，按“设为引文”", ROWS,
          columns=(Field("text", "句子", "正文里的一句"), Field("by", "谁说的", "不写就是发言人"))),
    Field("stats", "数字", "与正文一字不差；在文字里选中数字和单位，按“设为数字”", ROWS,
          columns=(Field("figure", "数字", "连“余”“超”和单位"), Field("label", "说明", "数的是什么"),
                   Field("lead", "最大", "排得最大，在最前", FLAG))),
    Field("links", "二维码", "", ROWS, columns=LINK),
    Field("signed", "落款", "文末，一行一项", LINES),
)  # fmt: skip
BOOK = (
    Field("title", "书名", "要分两行就写两行", LINES),
    Field("subtitle", "副题", ""),
    Field("occasion", "会议", "会议全称"),
    Field("date", "日期", "例如 2026年3月5日"),
    Field("place", "地点", ""),
    Field("host", "主办单位", "一家一行", LINES),
    Field("theme", "封面", "", CHOICE, (("red", "红：纪念、表彰"), ("teal", "青：学校、医院、志愿服务"), ("ink", "墨：学术、追思"))),
    Field("cover", "封面照片", "同一文件夹里的 .jpg 或 .png，可以不写"),
    Field("emblem", "单位标志", ".svg 或 .png，可以不写"),
    Field("notice", "编印说明", "印在扉页背面"),
    Field("internal", "内部资料", "封面印“内部资料　免费交流”", FLAG),
    Field("index", "人名索引", "书末加一份人名索引", FLAG),
    Field("links", "全书的链接", "前两个印在封底", ROWS, columns=LINK),
    Field("parts", "分编", "每编前有一页篇章页", ROWS,
          columns=(Field("title", "编名", ""), Field("from", "从哪一篇起", "文件名，不带 .md"), Field("note", "说明", ""))),
    Field("binding", "装订", "不选就由页数决定", CHOICE, (("", "由页数决定"), (SADDLE, "骑马订"), (PERFECT, "胶装"))),
)  # fmt: skip


def fields_for(name: str) -> tuple[Field, ...]:
    """Return the form of a file, () for one that has none."""
    if name == MANIFEST:
        return BOOK
    return SPEECH if name.lower().endswith(".md") else ()


def form(name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a file's form with what is written in it; a field that is more than its form can show has no value.

    Such a field (``stats`` with a chart, ``binding`` with a paper) is left to the text.
    """
    found = []
    for field in fields_for(name):
        value = values.get(field.key)
        if field.choices is KINDS and isinstance(value, str):  # by its key or in Chinese
            value = {SPOKEN: ""}.get(WORDS.get(value, value), WORDS.get(value, value))
        found.append(asdict(field) | {"value": shown(field, value), "open": shows(field, value)})
    return found


def shows(field: Field, value: Any) -> bool:
    """Tell whether a form can show a value whole."""
    if value is None:
        return True
    if field.kind == ROWS:
        known = {column.key for column in field.columns}
        return isinstance(value, list) and all(
            isinstance(row, dict) and set(row) <= known and not any(isinstance(v, (list, dict)) for v in row.values())
            for row in value
        )  # fmt: skip
    if field.kind == LINES:
        return isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
        )
    if field.kind == FLAG:
        return isinstance(value, bool)
    if field.kind == CHOICE:
        return isinstance(value, str) and value in {key for key, _ in field.choices}
    return isinstance(value, str)


def shown(field: Field, value: Any) -> Any:
    """Return a value as its form shows it."""
    if value is None or not shows(field, value):
        return {ROWS: [], LINES: "", FLAG: False}.get(field.kind, "")
    if field.kind == LINES:
        return value if isinstance(value, str) else "\n".join(value)
    return value


def given(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form gave, as it is written into the file; keys that no form has are left out."""
    found: dict[str, Any] = {}
    for field in fields_for(name):
        if field.key not in values:
            continue
        value = values[field.key]
        if field.kind == LINES:
            rows = [row.strip() for row in str(value).splitlines() if row.strip()]
            found[field.key] = rows[0] if len(rows) == 1 else rows
        elif field.kind == ROWS:
            found[field.key] = [row for one in as_rows(value) if (row := row_of(field, one))]
        elif field.kind == FLAG:
            found[field.key] = value is True
        else:
            found[field.key] = " ".join(str(value).split())
    return found


def as_rows(value: Any) -> list[Mapping[str, Any]]:
    """Return rows that a browser sent; what are none is left out."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def row_of(field: Field, given_: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with what it may have, blank where nothing is in it."""
    row: dict[str, Any] = {}
    for column in field.columns:
        value = given_.get(column.key)
        if column.kind == FLAG:
            row |= {column.key: True} if value is True else {}
        elif value is not None and (text := " ".join(str(value).split())):
            row[column.key] = text
    return row
