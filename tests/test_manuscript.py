"""A manuscript becomes a Book, or a list of all its mistakes."""

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.errors import BookletError, Finding
from booklet.manuscript.blocks import read_blocks
from booklet.manuscript.book import read_book
from booklet.model import (
    Block,
    BlockQuote,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Placed,
    Table,
    all_runs,
    paragraphs,
    text_of,
)
from tests.conftest import SPEECH, Write

THEMES, EDITIONS = ("red", "teal"), ("reading",)


def blocks(text: str) -> tuple[Block, ...]:
    return read_blocks(text, "x.md", 1, Path("/nowhere"), count(1))[0]


def remarks(text: str) -> list[Finding]:
    return read_blocks(text, "x.md", 1, Path("/nowhere"), count(1))[1]


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(BookletError) as caught:
        read_book(folder, THEMES, EDITIONS)
    return [str(finding).replace(f"{folder}/", "") for finding in caught.value.findings]


def test_a_whole_manuscript_is_read(write: Write) -> None:
    book = read_book(write(), THEMES, EDITIONS)
    speech = book.speeches[0]
    assert (book.title, book.theme, speech.title) == (("春风集",), "red", ("把好事做到家",))
    assert [stat.figure for stat in speech.stats] == ["1286户", "3.5万余人次"]
    assert speech.quotes[0].by == "春风社区志愿队"
    assert [type(block).__name__ for block in speech.blocks] == [
        "Paragraph", "Heading", "Paragraph", "Heading", "Paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "where", "what", "remedy"),
    [
        ({"booklet.yaml": "titel: 春风集\n"}, "booklet.yaml:1", "不认识“titel”", "是不是“title”"),
        ({"booklet.yaml": "subtitle: 无\n"}, "booklet.yaml:1", "缺少“title”", "加一行 title"),
        ({"booklet.yaml": "title: 甲\nplace:\n\t长春\n"}, "booklet.yaml:3", "Tab", "两个空格"),
        ({"booklet.yaml": "title: 甲\nplace: [长春, 吉林]\n"}, "booklet.yaml:2", "是一个列表", "place: 文字"),
        ({"booklet.yaml": "title: 甲\nplace: {长: 春}\n"}, "booklet.yaml:2", "一组“键: 值”", "写成"),
        ({"booklet.yaml": "title: 甲\ninternal: 也许\n"}, "booklet.yaml:2", "true 或 false", "internal: true"),
        ({"booklet.yaml": "title: 甲\ntheme: rde\n"}, "booklet.yaml:2", "没有“theme: rde”", "是不是“red”"),
        ({"booklet.yaml": "title: 甲\ntitle: 乙\n"}, "booklet.yaml:2", "写了两次", "删去"),
        ({"booklet.yaml": "title: 甲: 乙\n"}, "booklet.yaml:1", "两个“: ”", "英文引号"),
        ({"booklet.yaml": "title: 甲\norder: [01-speech, 01-speech]\n"}, "booklet.yaml:2", "写了两次", "删去其中一个"),
        ({"booklet.yaml": "title: 甲\norder: [01-spech]\n"}, "booklet.yaml:2", "没有对应的文件", "是不是“01-speech”"),
        ({"booklet.yaml": "title: 甲\nlinks:\n  - {url: wenming, label: 甲}\n"}, "booklet.yaml:3", "不完整", "https://"),
        ({"01-speech.md": SPEECH.encode("gb18030")}, "01-speech.md:2", "不是 UTF-8", "另存为 UTF-8"),
        ({"01-speech.md": "---\ntitle: 甲\nspeaker: 乙\n---\n"}, "01-speech.md", "没有正文", "写正文"),
        ({"01-speech.md": "只有正文。"}, "01-speech.md:1", "开头缺少 ---", "第一行写 ---"),
        ({"01-speech.md": SPEECH + "\n![桥](qiao.jpg)\n"}, "01-speech.md:23", "找不到图片", "检查文件名"),
        ({"01-speech.md": SPEECH + "\n![桥](../../etc/x.jpg)\n"}, "01-speech.md:23", "不在本书文件夹", "放进本书"),
        ({"01-speech.md": SPEECH + "\n:::quote 4\n"}, "01-speech.md:23", "没有可放在", "quotes 里补上"),
        ({"01-speech.md": SPEECH + "\n:::stat\n"}, "01-speech.md:23", "不认识“:::stat”", "是不是“stats”"),
        ({"01-speech.md": SPEECH + "\n- 甲\n  :::stats\n"}, "01-speech.md:24", "写在列表或引用里面", "移到"),
        ({"01-speech.md": SPEECH.replace("speaker:", "speeker:")}, "01-speech.md:3", "不认识“speeker”", "speaker"),
        ({"01-speech.md": SPEECH + "\x07"}, "01-speech.md:22", "U+0007", "删去"),
        ({"booklet.yaml": "title: 甲 #2 乙\n"}, "booklet.yaml:1", "当作注释", "英文引号"),
        ({"booklet.yaml": "title：甲\n"}, "booklet.yaml:1", "中文的“：”", "英文的“:”"),
        ({"booklet.yaml": "title: 甲\nlinks:\n  - {url: a，label: 乙}\n"}, "booklet.yaml:3", "中文的“，”", "英文的“,”"),
        ({"booklet.yaml": "title: 甲\nplace: " + "[" * 3000}, "booklet.yaml:1", "括号套得太深", "成对"),
        ({"booklet.yaml": "title: 甲\nplace: 长\x85春\n"}, "booklet.yaml:2", "U+0085", "删去"),
        ({"booklet.yaml": "title: 甲\nlinks:\n  - {url: https://a.cn/汉, label: 乙}\n"}, "booklet.yaml:3", "不完整", "编码"),
        ({"01-speech.md": "---\ntitle: 甲\n\n正文。\n"}, "01-speech.md:1", "--- 没有结束", "再写一行 ---"),
        ({"01-speech.md": ""}, "01-speech.md", "空文件", "删去它"),
        ({"01-speech.md": SPEECH.encode("utf-16")}, "01-speech.md:1", "是 UTF-16", "另存为 UTF-8"),
        ({"01-speech.md": SPEECH + "\n|甲|乙|\n|-|-|\n|1|2|3|\n"}, "01-speech.md:25", "有 3 格，表头只有 2 格", "补齐"),
        ({"01-speech.md": SPEECH + "\n[^1]: 没有用到。\n"}, "01-speech.md:23", "没有用到脚注 [^1]", "写 [^1]"),
        ({"01-speech.md": SPEECH + "\n甲[^1]。\n\n[^1]: 一。\n\n    二。\n"}, "01-speech.md:25", "只能有一段", "并成一段"),
        ({"01-speech.md": SPEECH + "\n甲[^1]。\n\n[^1]: - 一\n"}, "01-speech.md:25", "只能有一段", "不用列表"),
        ({"01-speech.md": SPEECH + "\n甲[^1]。\n\n[^1]: 一[^2]。\n\n[^2]: 二。\n"}, "01-speech.md", "脚注里面又有脚注", "同一条"),
        ({"01-speech.md": SPEECH + "\n" + "> " * 9 + "深\n"}, "01-speech.md:23", "套得太深", "减少层次"),
        ({"01-speech.md": SPEECH + "\n:::stats extra\n"}, "01-speech.md:23", "应是序号", "写成"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_remedy(
    write: Write, files: dict[str, str], where: str, what: str, remedy: str
) -> None:
    said = mistakes(write(files))
    assert any(
        line.startswith(where) and what in line and remedy in line.partition("改法")[2]
        for line in said
    ), said


def test_all_mistakes_are_told_in_one_run(write: Write) -> None:
    said = mistakes(write({"booklet.yaml": "titel: 甲\n", "01-speech.md": "无", "02.md": "无"}))
    assert {line.partition(":")[0] for line in said} == {"booklet.yaml", "01-speech.md", "02.md"}


def test_no_speech_outside_the_folder_is_read(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(SPEECH, "utf-8")
    folder = write()
    (folder / "02.md").symlink_to(tmp_path / "secret.md")
    assert any("之外" in line for line in mistakes(folder))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、先敲门", [Heading]),
        ("# 先敲门", [Heading]),
        ("（二）再办事", [Heading]),
        ("一、先敲门。然后再去办事，事情就好办。", [Paragraph]),
        ("> 古人说\n> 行胜于言", [BlockQuote]),
        ("- 甲\n- 乙", [ItemList]),
        ("|甲|乙|\n|-|-|\n|1|2|", [Table]),
        ("甲\n:::stats\n乙", [Paragraph, Placed, Paragraph]),
        ("    缩进的段落", [Paragraph]),
        ("一、提高认识\n我们要学习。", [Heading, Paragraph]),
        ("我们要学习。\n　　我们要工作。", [Paragraph, Paragraph]),
        ("一、学什么？", [Heading]),
        ("一、践行“四个意识”", [Heading]),
        ("一、他说：“好。”", [Paragraph]),
        ("2023. 3月5日，开会。", [Paragraph]),
        ("5. 12汶川地震时", [Paragraph]),
        ("0. 甲\n1. 乙", [Heading, Heading]),
        ("1. 提高认识\n\n正文。\n\n2. 狠抓落实", [Heading, Paragraph, Heading]),
        ("1) 甲\n2) 乙", [Paragraph, Paragraph]),
        ("[甲]: http://a.cn", [Paragraph]),
    ],
)
def test_markdown_becomes_blocks(text: str, expected: list[type]) -> None:
    assert [type(block) for block in blocks(text)] == expected


@pytest.mark.parametrize(
    ("text", "level"), [("一、甲", 1), ("（一）甲", 2), ("1.甲", 3), ("（1）甲", 4), ("## 甲", 2)]
)
def test_headings_keep_their_level_and_their_marker(text: str, level: int) -> None:
    (heading,) = blocks(text)
    assert isinstance(heading, Heading)
    assert (heading.level, text_of(heading.runs)) == (level, text.lstrip("# "))


def test_a_run_in_heading_is_cut_off_at_its_stop() -> None:
    (block,) = blocks("二、最直接的是敬业。干一行就要**爱一行**。")
    assert isinstance(block, Paragraph)
    assert text_of(block.lead) == "二、最直接的是敬业。"
    assert [(run.text, run.strong) for run in block.runs] == [
        ("干一行就要", False), ("爱一行", True), ("。", False),
    ]  # fmt: skip


def test_emphasis_ends_after_a_chinese_stop_without_a_blank() -> None:
    (block,) = blocks("**课程是主渠道。**各地*都*在做。")
    assert isinstance(block, Paragraph)
    assert [run.strong for run in block.runs] == [True, False, False, False]
    assert [run.emphasis for run in block.runs] == [False, False, True, False]


def test_raw_html_and_code_stay_text() -> None:
    text = "甲<b onclick=x>乙</b>`丙`<script>丁</script>"
    assert text_of(blocks(text)[0].runs) == text  # type: ignore[union-attr]


def test_lines_of_one_paragraph_join_without_a_blank() -> None:
    assert next(paragraphs(blocks("雷锋\n精神 good\nday")))[0] == "雷锋精神 good day"


@pytest.mark.parametrize(
    "text",
    [
        "2023. 3月5日，开会。",
        "5. 12汶川",
        "3. 甲\n5. 乙",
        "0. 甲\n1. 乙",
        "[甲]: http://a.cn",
        "1) 甲\n2) 乙",
        "1. - 甲",
        "5*6*7",
    ],
)
def test_what_markdown_would_change_stays_as_typed(text: str) -> None:
    words = "".join(part for part, _ in paragraphs(blocks(text)))
    assert words.replace(" ", "") == re.sub(r"[\n ]|- ", "", text)


def test_lines_without_a_blank_line_between_are_told() -> None:
    found = remarks("我们要学习。\n我们要工作。")
    assert [(f.code, f.severity) for f in found] == [("段落-01", "warning")]
    assert remarks("我们要学习，\n也要工作。") == []  # wrapped by the editor's program


def test_a_link_without_an_address_is_told() -> None:
    found = remarks("见[附件一](附件一)。")
    assert [(f.code, f.line) for f in found] == [("链接-01", 1)]


def test_texts_that_are_not_printed_are_told(write: Write) -> None:
    folder = write({"02.txt": "甲", "._03.md": b"\xff", "~$04.md": b"\xff", "05.MD": SPEECH})
    (folder / "more").mkdir()
    (folder / "more/06.md").write_text(SPEECH, "utf-8")
    book = read_book(folder, THEMES, EDITIONS)
    assert len(book.speeches) == 2  # .MD is a speech
    assert [Path(remark.path).name for remark in book.remarks] == ["02.txt", "06.md"]


def test_a_broken_manifest_is_not_said_to_lack_its_title(write: Write) -> None:
    assert len(mistakes(write({"booklet.yaml": "title: [甲\n"}))) == 1


def test_a_manifest_with_another_ending_is_named(write: Write) -> None:
    folder = write()
    (folder / "booklet.yaml").rename(folder / "booklet.yml")
    assert "booklet.yml" in mistakes(folder)[0]


def test_a_typed_blank_in_a_name_is_kept(write: Write) -> None:
    text = SPEECH.replace("speaker: 春风社区志愿队", "speaker: 张　三")
    book = read_book(write({"01-speech.md": text}), THEMES, EDITIONS)
    assert book.speeches[0].speaker == "张　三"


@pytest.mark.parametrize("mark", ["- ", "> "])
def test_a_picture_in_a_list_is_told(write: Write, mark: str) -> None:
    folder = write({"01-speech.md": f"{SPEECH}\n{mark}![会场](a.png)\n", "a.png": b"x"})
    assert any("图片写在列表或引用里面" in line for line in mistakes(folder))


def test_a_footnote_goes_with_its_call() -> None:
    (block,) = blocks("正文[^1]完。\n\n[^1]: 注文。")
    assert isinstance(block, Paragraph)
    assert [text_of(run.note) for run in block.runs if run.note] == ["注文。"]


def test_footnotes_are_numbered_through_the_book(write: Write) -> None:
    text = SPEECH + "\n甲[^1]。\n\n> 乙[^a]，**丙**[^1]。\n\n[^1]: 注一。\n[^a]: 注二。\n"
    book = read_book(write({"01-speech.md": text, "02-b.md": text}), THEMES, EDITIONS)
    found = [
        run.number for speech in book.speeches for run, _ in all_runs(speech.blocks) if run.note
    ]
    assert found == [1, 2, 3, 4, 5, 6]


def test_a_picture_has_caption_and_credit(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (figure,) = read_blocks('![会场](a.png "王明摄")', "x.md", 1, tmp_path, count(1))[0]
    assert isinstance(figure, Figure)
    assert (figure.caption, figure.credit) == ("会场", "王明摄")


@settings(max_examples=150, deadline=None)
@given(st.text("雷锋精神，。“”《》一二、（1）.#*_~|-> \n[]:!<&", max_size=60))
def test_no_han_character_is_ever_lost(text: str) -> None:
    found = blocks(text)
    if any("[" in line or "]" in line for line in text):
        return  # links and footnotes may hide their target
    words = "".join(part for part, _ in paragraphs(found))
    assert re.findall("[雷锋精神]", words) == re.findall("[雷锋精神]", text)


def test_speeches_without_a_booklet_yaml_are_told_how_to_get_one(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text(SPEECH, "utf-8")
    with pytest.raises(BookletError, match=r"新建 booklet\.yaml"):
        read_book(tmp_path, THEMES, EDITIONS)
    (tmp_path / "01.md").unlink()
    with pytest.raises(BookletError, match="make new"):
        read_book(tmp_path, THEMES, EDITIONS)


def test_a_picture_named_in_other_capitals_is_found_again(write: Write) -> None:
    files = {"Hall.JPG": b"x", "hall2.jpg": b"x"}
    found = mistakes(write({"01-speech.md": SPEECH + "\n![会场](hall.jpg)\n", **files}))
    assert any("“Hall.JPG”" in line for line in found)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{years: 60, from: 1963, to: 2024}", "从 1963 年到 2024 年是 61 年，不是 60 年"),
        ("{years: 六十}", "应为数字"),
        ("{from: 1963, to: 2023}", "纪年没有写全"),
        ("{years: 60, from: 1963}", "纪年没有写全"),
        ("60", "应为一组"),
    ],
)
def test_years_that_do_not_add_up_are_an_error(write: Write, said: str, told: str) -> None:
    folder = write({"booklet.yaml": f"title: 甲\nanniversary: {said}\n"})
    with pytest.raises(BookletError) as caught:
        read_book(folder, ("red",), ("reading",))
    assert any(told in finding.message for finding in caught.value.findings)


def test_an_anniversary_is_read(write: Write) -> None:
    folder = write({"booklet.yaml": "title: 甲\nanniversary: {years: 60, from: 1963, to: 2023}\n"})
    kept = read_book(folder, ("red",), ("reading",)).anniversary
    assert (kept.years, kept.span) == (60, "1963—2023")
