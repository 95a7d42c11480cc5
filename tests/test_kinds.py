"""Kinds of text and lists of people: what a manuscript says of them becomes the book, or is told."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from booklet import paths
from booklet.errors import BookletError, Finding
from booklet.genres import GENRES, PART, WORDS, genre_of, title_type
from booklet.manuscript.book import read_book
from booklet.model import Attendance, Attendee, Book, Heading, Paragraph, text_of
from booklet.proof.attendance import check_attendance
from booklet.text.filing import by_strokes, filed
from tests.conftest import MANIFEST, SPEECH, Write

HEAD = "---\nkind: {kind}\ntitle: {title}\n---\n\n{text}\n"


def read(folder: Path) -> Book:
    return read_book(folder, ("red",), ("reading",))


def one(write: Write, text: str, **files: str | bytes) -> Book:
    named = {name.replace("_", "."): data for name, data in files.items()}
    return read(write({"booklet.yaml": MANIFEST, "01.md": text, **named}, base=False))


def refused(folder: Path) -> list[Finding]:
    with pytest.raises(BookletError) as raised:
        read(folder)
    return list(raised.value.findings)


def people(book: Book) -> list[Attendee]:
    blocks = [block for speech in book.speeches for block in speech.blocks]
    return [who for block in blocks if isinstance(block, Attendance) for who in block.people]


# ---- Kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", [*GENRES, *WORDS])
def test_a_kind_is_named_by_its_key_or_in_chinese(write: Write, word: str) -> None:
    genre = GENRES[WORDS.get(word, word)]
    head = "speaker: 张三\n" if genre.spoken else ""
    head += "people: [{name: 张三}]\n" if not genre.text else ""
    text = f"---\nkind: {word}\ntitle: 题目\n{head}---\n\n{'' if not genre.text else '正文。'}\n"
    (speech,) = one(write, text).speeches
    assert genre_of(speech.kind) == genre


def test_no_two_kinds_share_a_word() -> None:
    words = [word for genre in GENRES.values() for word in genre.words]
    assert len(words) == len(set(words))
    assert not set(words) & set(GENRES)


def test_an_unknown_kind_is_told_with_the_nearest_one(write: Write) -> None:
    text = HEAD.format(kind="大事纪", title="六十年", text="正文。")
    (found,) = refused(write({"01-speech.md": text}))
    assert (found.line, found.message) == (2, "没有“kind: 大事纪”")
    assert "大事记" in found.fix


def test_a_speech_alone_needs_a_speaker(write: Write) -> None:
    for kind, genre in GENRES.items():
        if not genre.text:
            continue
        folder = write({"01-speech.md": HEAD.format(kind=kind, title="题目", text="正文。")})
        if genre.spoken:
            assert any("speaker" in found.message for found in refused(folder))
        else:
            assert read(folder).speeches[0].speaker == ""


@pytest.mark.parametrize(
    "key", ["file: 名单.csv", "count: 3", "sorted: 笔画", "people: [{name: 张三}]"]
)
def test_only_a_list_has_the_keys_of_a_list(write: Write, key: str) -> None:
    text = SPEECH.replace("title:", f"{key}\ntitle:", 1)
    (found,) = refused(write({"01-speech.md": text}))
    assert found.message == f"只有名单（kind: people）里可以写“{key.partition(':')[0]}”"


def test_what_the_book_adds_is_set_otherwise_than_what_somebody_says() -> None:
    assert title_type("speech", "张三") == title_type("text", "张三") == "title"
    assert title_type("text", "") == title_type("timeline", "") == "matter-title"


# ---- Chronologies, boards, verse -------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("1963年 9月1日，开学。", "1963年", "9月1日，开学。"),
        ("1963年9月1日，开学。", "1963年", "9月1日，开学。"),
        ("1963年，开学。", "1963年", "开学。"),
        ("1966—1976年　停课。", "1966—1976年", "停课。"),
        ("1980年代：扩建。", "1980年代", "扩建。"),
        ("约1950年 建祠。", "约1950年", "建祠。"),
        ("这一年没有年份。", "", "这一年没有年份。"),
        ("到1963年为止。", "", "到1963年为止。"),
    ],
)
def test_a_chronology_has_its_years_apart(write: Write, line: str, label: str, rest: str) -> None:
    (speech,) = one(write, HEAD.format(kind="大事记", title="六十年", text=line)).speeches
    (block,) = speech.blocks
    assert isinstance(block, Paragraph)
    assert (block.label, text_of(block.runs)) == (label, rest)


def test_each_typed_line_of_a_chronology_is_an_entry(write: Write) -> None:
    text = HEAD.format(
        kind="大事记", title="六十年", text="1963年 甲。\n1970年 乙。\n\n1978年 丙。"
    )
    (speech,) = one(write, text).speeches
    assert [b.label for b in speech.blocks if isinstance(b, Paragraph)] == [
        "1963年",
        "1970年",
        "1978年",
    ]


def test_a_board_has_its_offices_apart_and_its_names_whole(write: Write) -> None:
    text = HEAD.format(kind="编委会", title="编委会", text="主　任：张三\n委员： 李 四  王秀兰")
    (speech,) = one(write, text).speeches
    found = [(b.label, text_of(b.runs)) for b in speech.blocks if isinstance(b, Paragraph)]
    assert found == [("主任：", "张三"), ("委员：", "李　四　王秀兰")]


def test_verse_keeps_its_lines_and_its_stanzas(write: Write) -> None:
    text = HEAD.format(kind="诗", title="钟声", text="老槐树下\n一口钟\n\n轻轻地\n催")
    (speech,) = one(write, text).speeches
    assert [text_of(b.runs) for b in speech.blocks if isinstance(b, Paragraph)] == [
        "老槐树下\n一口钟",
        "轻轻地\n催",
    ]


# ---- Parts -----------------------------------------------------------------------------------


PARTS = (
    "parts:\n  - {title: 会议, from: 01-speech, note: 一次会}\n  - {title: 附编, from: 02-speech}\n"
)


def test_parts_stand_before_the_texts_they_begin_with(write: Write) -> None:
    book = read(write({"booklet.yaml": MANIFEST + PARTS, "02-speech.md": SPEECH}))
    assert [(one.kind, one.title[0]) for one in book.speeches] == [
        (PART, "会议"), ("speech", "把好事做到家"), (PART, "附编"), ("speech", "把好事做到家"),
    ]  # fmt: skip
    assert [one.designation for one in book.speeches if one.kind == PART] == ["一次会", ""]


def test_a_part_that_begins_nowhere_is_told(write: Write) -> None:
    text = MANIFEST + "parts:\n  - {title: 会议, from: 01-speach}\n"
    (found,) = refused(write({"booklet.yaml": text}))
    assert found.message == "parts 里的“01-speach”没有对应的文件"
    assert "01-speech" in found.fix
    assert found.line == 4


# ---- Lists of people -------------------------------------------------------------------------


LIST = "---\nkind: 名单\ntitle: 名单\n{keys}---\n\n{text}\n"
Rows = Sequence[tuple[str, ...]]
ROWS: Rows = [
    ("姓名", "单位", "组别"),
    ("王 明", "甲校", "校方"),
    ("李小平", "乙校", ""),
    ("张三", "丙校", "来宾"),
]


def csv_of(rows: Rows, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def xlsx_of(sheets: dict[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


FROM_ROWS = [("王明", "甲校"), ("李小平", "乙校"), ("张三", "丙校")]
SOURCES = {
    "utf-8": ("file: 名单.csv\n", "", csv_of(ROWS)),
    "bom": ("file: 名单.csv\n", "", csv_of(ROWS, "utf-8-sig")),
    "gb18030": ("file: 名单.csv\n", "", csv_of(ROWS, "gb18030")),
    "xlsx": ("file: 名单.xlsx\n", "", xlsx_of({"一": ROWS})),
    "yaml": (
        "people:\n  - {name: 王 明, post: 甲校, group: 校方}\n  - {name: 李小平, post: 乙校, group: 校方}\n"
        "  - {name: 张三, post: 丙校, group: 来宾}\n", "", b"",
    ),
    "table": ("", "\n".join(["|" + "|".join(ROWS[0]) + "|", "|---|---|---|",
                             *("|" + "|".join(row) + "|" for row in ROWS[1:])]), b""),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_a_list_comes_from_wherever_it_is(write: Write, source: str) -> None:
    keys, text, data = SOURCES[source]
    name = "名单.xlsx" if "xlsx" in keys else "名单.csv"
    files = {"booklet.yaml": MANIFEST, "01.md": LIST.format(keys=keys, text=text), name: data}
    (speech,) = read(write(files, base=False)).speeches
    heads = [text_of(b.runs) for b in speech.blocks if isinstance(b, Heading)]
    assert heads == ["校方", "来宾"]
    assert [
        (w.name, w.post) for b in speech.blocks if isinstance(b, Attendance) for w in b.people
    ] == FROM_ROWS


def test_sheets_of_a_workbook_are_groups(write: Write) -> None:
    rows: Rows = [("姓名", "职务"), ("张三", "校长")]
    data = xlsx_of({"校方": rows, "来宾": [("姓名",), ("李四",)], "空": []})
    book = one(write, LIST.format(keys="file: a.xlsx\n", text=""), a_xlsx=data)
    assert [text_of(b.runs) for b in book.speeches[0].blocks if isinstance(b, Heading)] == [
        "校方",
        "来宾",
    ]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["王明", "丁一", "曾国", "张三", "欧阳海", "重山"]),
        ("sorted: 照原样\n", ["王明", "丁一", "曾国", "张三", "欧阳海", "重山"]),
        ("sorted: 笔画\n", ["丁一", "王明", "张三", "欧阳海", "重山", "曾国"]),
        ("sorted: pinyin\n", ["重山", "丁一", "欧阳海", "王明", "曾国", "张三"]),
    ],
)
def test_a_list_is_filed_as_it_asks(write: Write, order: str, names: list[str]) -> None:
    given = ["王明", "丁一", "曾国", "张三", "欧阳海", "重山"]
    rows = "people: [" + ", ".join(f"{{name: {name}}}" for name in given) + "]\n"
    assert [
        who.name for who in people(one(write, LIST.format(keys=order + rows, text="")))
    ] == names


def test_strokes_then_the_kind_of_the_first_stroke() -> None:
    names = ["于是", "土山", "干部", "丁一", "王二", "毛三", "文四", "尹五"]
    assert [names[at] for at in filed(names, "strokes")] == [
        "丁一",
        "干部",
        "于是",
        "土山",
        "王二",
        "毛三",
        "文四",
        "尹五",
    ]
    assert by_strokes("一")[0][0] == 1
    assert by_strokes("龘") > by_strokes("齉")  # not among the 8105: behind them all


def test_the_table_of_strokes_is_that_of_the_standard() -> None:
    rows = (paths.ROOT / "booklet/text/strokes.txt").read_text("utf-8").splitlines()
    characters = "".join(row.partition(" ")[2] for row in rows if row and not row.startswith("#"))
    assert len(characters) == len(set(characters)) == 8105  # 通用规范汉字表
    for char, strokes in {
        "一": 1,
        "人": 2,
        "凸": 5,
        "凹": 5,
        "鼎": 12,
        "马": 3,
        "王": 4,
        "赵": 9,
        "魏": 17,
    }.items():
        assert by_strokes(char)[0][0] == strokes, char


@pytest.mark.parametrize(
    ("keys", "files", "told"),
    [
        ("", {}, "名单里没有人"),
        ("file: 没有.csv\n", {}, "找不到名单“没有.csv”"),
        ("file: a.txt\n", {"a.txt": b"x"}, "找不到名单“a.txt”"),
        ("file: ../a.csv\n", {}, "“../a.csv”不在本书文件夹里"),
        ("file: a.xlsx\n", {"a.xlsx": b"not a workbook"}, "a.xlsx"),
        ("file: a.csv\n", {"a.csv": b"a,b\nc,d"}, "名单“a.csv”里没有“姓名”一栏"),
        ("people: [{name: 张三}]\ncount: 三\n", {}, "“count”应为数字，现在是“三”"),
        ("people: [{name: 张三}]\nsorted: 年龄\n", {}, "没有“sorted: 年龄”"),
        ("people: [{post: 校长}]\n", {}, "name"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(
    write: Write, keys: str, files: dict[str, bytes], told: str
) -> None:
    folder = write({"01-speech.md": LIST.format(keys=keys, text=""), **files})
    assert any(told in found.message for found in refused(folder))


# ---- Counted ---------------------------------------------------------------------------------


SAID = "---\ntitle: 开会\nspeaker: 张三\n---\n\n{}\n"


def counted(write: Write, text: str, keys: str = "", names: int = 3) -> list[str]:
    rows = "people: [" + ", ".join(f"{{name: 王{'甲乙丙丁'[n]}}}" for n in range(names)) + "]\n"
    files = {
        "booklet.yaml": MANIFEST,
        "01.md": SAID.format(text),
        "02.md": LIST.format(keys=keys + rows, text=""),
    }
    return [found.code for found in check_attendance(read(write(files, base=False)))]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("今天到会的有4人。", ["名单-03"]),
        ("今天到会的有四人。", ["名单-03"]),
        ("今天到会的有3人。", []),
        ("出席座谈会的代表共5名。", ["名单-03"]),
        ("4名代表出席座谈会。", ["名单-03"]),
        ("今天到会的有30余人。", []),  # a round number is no count
        ("全校有4人参加志愿服务工作。", []),
        ("我们村有4人。", []),
    ],
)
def test_who_came_is_held_against_the_list(write: Write, text: str, codes: list[str]) -> None:
    assert counted(write, text) == codes


def test_a_list_has_as_many_as_it_says(write: Write) -> None:
    assert counted(write, "正文。", "count: 3\n") == []
    assert counted(write, "正文。", "count: 4\n") == ["名单-01"]


def test_a_name_twice_in_a_list_is_told(write: Write) -> None:
    keys = "people: [{name: 张三, post: 甲}, {name: 张三, post: 甲}, {name: 李四}, {name: 李四, post: 乙}]\n"
    book = one(write, LIST.format(keys=keys, text=""))
    assert [found.code for found in check_attendance(book)] == ["名单-02"]


# ---- The second sample -----------------------------------------------------------------------


def test_the_second_sample_has_every_kind() -> None:
    book = read_book(paths.ROOT / "speeches-school", ("red", "teal", "ink"), ("reading",))
    assert {speech.kind for speech in book.speeches} == {PART, *GENRES} - {"note"}
    assert any(speech.portrait for speech in book.speeches)
    assert book.index
