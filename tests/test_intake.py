"""Text from a newspaper page becomes pieces; what is changed is listed, nothing else changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.errors import BookletError, Finding
from booklet.intake import import_file
from booklet.intake.escape import escape_markdown
from booklet.intake.marks import repair
from booklet.intake.newspaper import read_paper
from booklet.manuscript import read_book
from booklet.manuscript.blocks import read_blocks
from booklet.model import Heading, Paragraph, paragraphs

PAPER = """
  守护一江清水 建设美丽家园

长河市生态环境局

保护母亲河,是全市人民的共同心愿。2025年,我们巡查河道3200公里,清理垃圾1.8万余吨;水质达标率

达到96.5%,比上年提高2.1个百分点。

一、治水先治岸

岸上干净了,水里才干净。

把母亲河交给下一代

长河市保护母亲河座谈会发言摘登

编者按

4月22日,全市保护母亲河座谈会在长河召开,市水利局、市生态环境局,以及长河师范学校附属小学和志愿者代表单位清流志愿服务队在会上作了发言。现摘登如下。

让每一滴水都有人管

长河市水利局

我们建立河长制,做到“河河有人管,段段有人护”。

小手拉大手

长河师范学校附属小学

孩子们说:“我们都是小河长。”他们把学到的知识讲给

家长听,一个孩子带动一个家庭。

十年守一河

清流志愿服务队

十年前,我们只有7个人。现在,队伍有412人。
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "来稿.txt"
    path.write_text(PAPER, "utf-8")
    return path


def test_a_page_is_told_apart_and_put_in_the_announced_order(source: Path, tmp_path: Path) -> None:
    import_file(source, tmp_path / "book")
    book = read_book(tmp_path / "book", ("red",), ("reading",))
    assert [(speech.kind, speech.title, speech.speaker) for speech in book.speeches] == [
        ("note", ("编者按",), ""),
        ("speech", ("让每一滴水都有人管",), "长河市水利局"),
        ("speech", ("守护一江清水", "建设美丽家园"), "长河市生态环境局"),
        ("speech", ("小手拉大手",), "长河师范学校附属小学"),
        ("speech", ("十年守一河",), "清流志愿服务队"),
    ]
    assert (book.title, book.subtitle) == (
        ("把母亲河交给下一代",),
        "长河市保护母亲河座谈会发言摘登",
    )
    assert (book.occasion, book.date, book.place) == ("全市保护母亲河座谈会", "4月22日", "长河")


def test_columns_are_joined_and_headings_kept(source: Path, tmp_path: Path) -> None:
    import_file(source, tmp_path / "book")
    speech = read_book(tmp_path / "book", ("red",), ("reading",)).speeches[2]
    assert [type(block) for block in speech.blocks] == [Paragraph, Heading, Paragraph]
    assert next(paragraphs(speech.blocks))[0].endswith(
        "水质达标率达到96.5%，比上年提高2.1个百分点。"
    )


def test_everything_changed_is_listed(source: Path, tmp_path: Path) -> None:
    codes = [finding.code for finding in import_file(source, tmp_path / "book").findings]
    assert sorted(codes) == ["分栏-01", "分栏-01", "日期-01", "标点-01", "次序-01"]


def test_nothing_is_written_over(source: Path, tmp_path: Path) -> None:
    import_file(source, tmp_path / "book")
    before = {path: path.read_bytes() for path in (tmp_path / "book").iterdir()}
    with pytest.raises(BookletError, match="没有改动"):
        import_file(source, tmp_path / "book")
    assert {path: path.read_bytes() for path in (tmp_path / "book").iterdir()} == before


def test_a_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes("雨天的事\n\n我們在那天的雨中，為國人不了有和一個大家。\n".encode("big5"))
    written = import_file(source, tmp_path / "book").written
    assert "我們在那天的雨中" in written[1].read_text("utf-8")


@pytest.mark.parametrize("label", ["编者按：", "【编者按】", "编者按"])
def test_a_note_is_known_by_its_label(label: str) -> None:
    text = (
        f"{label}4月22日，座谈会召开，大家发了言。"
        if label[-1] != "按"
        else f"{label}\n4月22日，座谈会召开，大家发了言。"
    )
    (note, speech) = read_paper(f"{text}\n\n守一条河\n\n清流志愿服务队\n\n我们守河。", "x").pieces
    assert (note.kind, note.paragraphs) == ("note", ("4月22日，座谈会召开，大家发了言。",))
    assert speech.speaker == "清流志愿服务队"


def test_an_address_stands_alone() -> None:
    paper = read_paper("雨天的事\n\n同志们：\n\n那天下雨。", "x")
    assert paper.pieces[0].paragraphs == ("同志们：", "那天下雨。")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(source: Path, tmp_path: Path, encoding: str) -> None:
    source.write_bytes(PAPER.encode(encoding))
    import_file(source, tmp_path / "book")
    assert len(read_book(tmp_path / "book", ("red",), ("reading",)).speeches) == 5


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"PK", "另存为"),
        ("a.pdf", b"%PDF", "复制文字"),
        ("a.txt", b"\x00\x01\xff", "UTF-8"),
        ("a.txt", b"", "选错"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BookletError, match=told):
        import_file(tmp_path / name, tmp_path / "book")
    assert not (tmp_path / "book").exists()


def test_a_text_without_bylines_is_one_speech() -> None:
    paper = read_paper("雨天的事\n\n那天下雨。\n\n我们去了。", "x")
    assert [(p.title, p.paragraphs) for p in paper.pieces] == [
        (("雨天的事",), ("那天下雨。", "我们去了。"))
    ]
    assert paper.findings[0].code == "分篇-01"


@pytest.mark.parametrize(
    ("byline", "speaker", "designation"),
    [
        ("王芳（青山镇党委副书记）", "王芳", "青山镇党委副书记"),
        ("县教育局局长　张建国", "张建国", "县教育局局长"),
        ("第八批全国示范点长河公司服务小组", "长河公司服务小组", "第八批全国示范点"),
        ("清流志愿服务队", "清流志愿服务队", ""),
    ],
)
def test_a_byline_is_divided_into_speaker_and_designation(
    byline: str, speaker: str, designation: str
) -> None:
    (piece,) = read_paper(f"守一条河\n\n{byline}\n\n我们守了十年河。", "x").pieces
    assert (piece.title, piece.speaker, piece.designation) == (("守一条河",), speaker, designation)
    assert piece.paragraphs == ("我们守了十年河。",)


def test_a_line_like_a_title_is_never_joined_to_prose() -> None:
    paper = read_paper("雨天的事\n\n那天下雨。\n\n教师代表\n\n我们去了。", "x")
    assert paper.pieces[0].paragraphs == ("那天下雨。", "教师代表", "我们去了。")
    assert [finding.code for finding in paper.findings] == ["分篇-01", "分篇-02"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("你好,世界;对:错?好!", "你好，世界；对：错？好！"),
        ("共3,500人,占4.5%", "共3,500人，占4.5%"),
        ("见https://a.cn/b?c=1,谢谢", "见https://a.cn/b?c=1，谢谢"),
        ("8:30到10:00", "8:30到10:00"),
        ("word, word", "word, word"),
        ("今年(2026年)是", "今年（2026年）是"),
        ("为了让别入幸福", "为了让别人幸福"),
        ("看\u200b不见", "看不见"),
    ],
)
def test_marks_become_full_width_where_the_text_is_chinese(typed: str, printed: str) -> None:
    assert repair(typed)[0] == printed


@given(st.text("雷锋精神0123456789,.;:!?()abc “”，。\n", max_size=80))
def test_a_repair_loses_no_character_and_no_digit(text: str) -> None:
    mended, _ = repair(text)
    keep = re.compile(r"[\u4e00-\u9fff\da-z.]")
    assert keep.findall(mended) == keep.findall(text)
    assert len(mended) == len(text)


@given(st.text("雷锋1.、）)#*_~`|->+[]<&!\\:一二，。 =", min_size=1, max_size=40))
def test_imported_text_reads_back_as_itself(text: str) -> None:
    line = text.strip()
    findings: list[Finding] = []
    found = read_blocks(escape_markdown(line), "x.md", 1, Path("/nowhere"), findings)
    assert "".join(part for part, _ in paragraphs(found)).split() == line.split()
    assert findings == []


def test_nothing_before_the_first_headline_is_lost() -> None:
    text = "开头的话\n\n张三说了很多。\n\n守一条河\n\n清流志愿服务队\n\n我们守了十年河。"
    words = "".join(
        "".join((*p.title, p.speaker, *p.paragraphs)) for p in read_paper(text, "x").pieces
    )
    assert all(line in words for line in text.split())


def test_digits_are_never_joined() -> None:
    assert (
        read_paper("题目\n\n志愿者共有120\n56个服务站。", "x").pieces[0].paragraphs[-1]
        == "56个服务站。"
    )
