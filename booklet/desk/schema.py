"""The forms: every field of a speech and of booklet.yaml, what it is called and what is written there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from booklet.bindery import papers
from booklet.edition import read_form
from booklet.genres import GENRES, WORDS
from booklet.genres import SPEECH as SPOKEN
from booklet.paths import MANIFEST, STYLES, edition_names

TEXT, LINES, FLAG, CHOICE, ROWS = "text", "lines", "flag", "choice", "rows"
GROUP, SEVERAL = "group", "several"
EMPTY = {
    ROWS: [],
    SEVERAL: [],
    GROUP: {},
    FLAG: False,
}  # what is shown where nothing is written; else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its key in the file, its name, what is written there, how.

    ``choices`` are (value, name); ``columns`` the fields of a row, or of a group. A group with nothing but its
    ``alone`` column is written as that. Only texts of the kind ``of`` have it, where one is named.
    """

    key: str
    name: str
    told: str
    kind: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    alone: str = ""
    of: str = ""


PEOPLE = "people"  # the kind of text that is a list of them
EDITIONS = tuple((name, read_form(STYLES / f"{name}.toml").title) for name in edition_names())
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
    Field("links", "二维码", "手机一扫就到的网址", ROWS, columns=LINK),
    Field("signed", "落款", "文末，一行一项", LINES),
    Field("file", "名单文件", "同一文件夹里的 .xlsx 或 .csv", of=PEOPLE),
    Field("sorted", "次序", "组内怎样排", CHOICE, (("", "照原样"), ("笔画", "姓氏笔画"), ("拼音", "拼音")), of=PEOPLE),
    Field("count", "人数", "与名单不符就不排", of=PEOPLE),
    Field("people", "名单", "不用文件时，一行一人", ROWS, of=PEOPLE,
          columns=(Field("name", "姓名", ""), Field("post", "职务", ""), Field("group", "组别", ""))),
)  # fmt: skip
BOOK = (
    Field("title", "书名", "要分两行就写两行", LINES),
    Field("subtitle", "副题", "印在书名下面，可以不写"),
    Field("occasion", "会议", "会议全称"),
    Field("date", "日期", "例如 2026年3月5日"),
    Field("place", "地点", "会议在哪里开"),
    Field("host", "主办单位", "一家一行", LINES),
    Field("anniversary", "周年", "封面上最大的字；三个数字对不上就不排", GROUP,
          columns=(Field("years", "多少周年", "例如 60"), Field("from", "从哪年", "例如 1963"), Field("to", "到哪年", "例如 2023"))),
    Field("theme", "封面", "图案和颜色；选了就在旁边看见", CHOICE, (("red", "红：纪念、表彰"), ("teal", "青：学校、医院、志愿服务"), ("ink", "墨：学术、追思"))),
    Field("cover", "封面照片", "同一文件夹里的 .jpg 或 .png，可以不写"),
    Field("emblem", "单位标志", ".svg 或 .png，可以不写"),
    Field("internal", "内部资料", "封面印“内部资料　免费交流”", FLAG),
    Field("notice", "编印说明", "印在扉页背面"),
    Field("colophon", "版本记录", "印在扉页背面，知道几项填几项", GROUP,
          columns=(Field("compiler", "编印单位", ""), Field("printer", "印刷单位", ""), Field("printed", "印刷日期", ""),
                   Field("copies", "印数", ""), Field("recipients", "发送对象", ""), Field("permit", "准印证号", ""),
                   Field("contact", "联系方式", ""))),
    Field("parts", "分编", "每编前有一页篇章页", ROWS,
          columns=(Field("title", "编名", ""), Field("from", "从哪一篇起", "文件名，不带 .md"), Field("note", "说明", ""))),
    Field("index", "人名索引", "书末加一份人名索引", FLAG),
    Field("links", "全书的链接", "前两个印在封底", ROWS, columns=LINK),
    Field("editions", "版本", "都不选就是前五种", SEVERAL, EDITIONS),
    Field("binding", "装订", "给印刷厂；都不填，订法由页数决定，纸用 100 克双胶纸", GROUP, alone="way",
          columns=(Field("way", "订法", "", CHOICE, (("", "由页数决定"), ("骑马订", "骑马订"), ("胶装", "胶装"))),
                   Field("paper", "内文纸", "", CHOICE, (("", "不指定"), *((name, name) for name in papers()))),
                   Field("leaf", "一张纸厚", "毫米，照印刷厂给的"), Field("spot", "专色红", "例如 PANTONE 485 C"), Field("foil", "烫印", "例如 烫金"))),
    Field("people", "核对用的人", "全书里差一个字的、职务不符的，都报错", ROWS,
          columns=(Field("name", "姓名", ""), Field("post", "职务", ""))),
    Field("terms", "核对用的名称", "单位名称、固定用语，一行一个", LINES),
    Field("keep", "不拆开的词", "行尾尽量不拆开的人名、术语，一行一个", LINES),
    Field("allow", "看过、不改的问题", "问题的编号和其中几个字；数字、引文不符的不能放过", ROWS,
          columns=(Field("rule", "编号", "例如 标点-01"), Field("text", "其中几个字", ""), Field("why", "为什么不改", ""))),
)  # fmt: skip


def fields_for(name: str, kind: Any = "") -> tuple[Field, ...]:
    """Return the form of a file of a ``kind``, () for one that has none."""
    if name == MANIFEST:
        return BOOK
    if not name.lower().endswith(".md"):
        return ()
    return tuple(field for field in SPEECH if field.of in ("", WORDS.get(str(kind), kind)))


def form(name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a file's form with what is written in it; a field that is more than its form can show has no value.

    Such a field (``stats`` with a chart, ``binding`` with a paper) is left to the text.
    """
    found = []
    for field in fields_for(name, values.get("kind")):
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
    if field.kind == GROUP:
        inner = {column.key: column for column in field.columns}
        whole = {field.alone: value} if field.alone and isinstance(value, str) else value
        return isinstance(whole, dict) and all(
            key in inner and shows(inner[key], one) for key, one in whole.items()
        )
    if field.kind == SEVERAL:
        return isinstance(value, list) and {*map(str, value)} <= {key for key, _ in field.choices}
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
        return EMPTY.get(field.kind, "")
    if field.kind == GROUP and isinstance(value, str):
        return {field.alone: value}
    if field.kind == LINES:
        return value if isinstance(value, str) else "\n".join(value)
    return value


def given(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form gave, as it is written into the file; keys that no form has are left out."""
    found: dict[str, Any] = {}
    for field in fields_for(name, values.get("kind")):
        if field.key not in values:
            continue
        value = values[field.key]
        if field.kind == LINES:
            rows = [row.strip() for row in str(value).splitlines() if row.strip()]
            found[field.key] = rows[0] if len(rows) == 1 else rows
        elif field.kind == ROWS:
            found[field.key] = [row for one in as_rows(value) if (row := row_of(field, one))]
        elif field.kind == GROUP:
            row = row_of(field, value) if isinstance(value, Mapping) else {}
            found[field.key] = row[field.alone] if list(row) == [field.alone] else row
        elif field.kind == SEVERAL:
            asked = {*map(str, value)} if isinstance(value, list) else set()
            found[field.key] = [key for key, _ in field.choices if key in asked]
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
