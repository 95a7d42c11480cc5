"""What offices have becomes a manuscript; what is changed is listed, nothing else changes."""

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from booklet.cli import main
from booklet.edition import Edition
from booklet.errors import BookletError, errors_of
from booklet.intake.folder.escape import escape_markdown
from booklet.intake.folder.kinds import kind_of, listed
from booklet.intake.folder.ledger import html_page, text_page
from booklet.intake.folder.write import difference, speech_file
from booklet.intake.pieces.byline import is_byline
from booklet.intake.pieces.furniture import without_furniture
from booklet.intake.pieces.piece import Para, Piece, Told
from booklet.intake.pieces.split import read_pieces, without_label
from booklet.intake.readers.plain import read_plain
from booklet.intake.run import Imported, grouped, import_files, read_files
from booklet.intake.source import EVERY, NONE, PLAIN, STRONG, Entry, Row
from booklet.intake.words.marks import repair
from booklet.intake.words.proposals import NO_LABEL, quotes_of, statistics_of
from booklet.intake.words.queries import doubts, name_unlike_byline, one_name_two_ways
from booklet.manuscript.blocks import read_blocks
from booklet.manuscript.book import read_book
from booklet.manuscript.headings import is_heading
from booklet.model import Attendance, Book, Heading, Paragraph, paragraphs
from booklet.proof.examine import examine
from booklet.proof.proofread import proofread
from tests.docx import byline, docx, para, title
from tests.layouts import HOSPITAL, LAYOUTS, ODD, REPORTED, TUNED, Odd, Trade, truth

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


def import_file(source: Path, into: Path) -> Imported:
    return import_files([source], into)


def book_of(folder: Path) -> Book:
    return read_book(folder, ("red",), ("reading",))


def told_of(text: str) -> Told:
    """Return the pieces of a text file."""
    return read_pieces(read_plain(text.encode(), "x"), alone=True)


def texts_of(piece: Piece) -> list[str]:
    return [para.text for para in piece.paragraphs]


def mended(text: str, accept: bool = False) -> tuple[str, list[Entry]]:
    """Return one row of text mended."""
    rows, entries = repair([Row(1, text)], "x", EVERY if accept else NONE)
    return rows[0].text, entries


def test_a_page_is_told_apart_and_put_in_the_announced_order(source: Path, tmp_path: Path) -> None:
    import_file(source, tmp_path / "book")
    book = book_of(tmp_path / "book")
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
    speech = book_of(tmp_path / "book").speeches[2]
    assert [type(block) for block in speech.blocks] == [Paragraph, Heading, Paragraph]
    assert next(paragraphs(speech.blocks))[0].endswith(
        "水质达标率达到96.5%，比上年提高2.1个百分点。"
    )


def test_everything_changed_is_listed(source: Path, tmp_path: Path) -> None:
    entries = import_file(source, tmp_path / "book").entries
    codes = [entry.code for entry in entries if entry.kind == "done"]
    assert (codes.count("分栏-01"), codes.count("次序-01")) == (2, 1)
    half = len(re.findall("[,;:]", PAPER))  # none of them between digits
    assert codes.count("标点-01") == half
    assert "日期-01" in [entry.code for entry in entries if entry.kind == "asked"]
    for name in ("导入清单.txt", "导入清单.html"):
        page = (tmp_path / "book" / name).read_text("utf-8")
        assert f"共 {half} 处" in page
        assert "签字" in page


def test_nothing_that_was_edited_is_written_over(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book"
    import_file(source, book)
    before = {path: path.read_bytes() for path in book.iterdir() if path.is_file()}
    assert import_file(source, book).kept == ()
    assert {path: path.read_bytes() for path in book.iterdir() if path.is_file()} == before
    edited = book / "01-长河市水利局.md"
    edited.write_text(edited.read_text("utf-8").replace("河长制", "河长制度"), "utf-8")
    assert main(["import", str(source), str(book)]) == 1
    told = capsys.readouterr().err
    assert "没有动它" in told
    assert "河长制度" in told
    assert "河长制度" in edited.read_text("utf-8")


def test_a_difference_shows_where_two_long_lines_part() -> None:
    same = "字" * 90
    told = difference(f"甲\n{same}河长制度{same}".encode(), f"甲\n{same}河长制{same}".encode())
    old, new = told.split("\n")[1:3]
    assert old != new
    assert "河长制度" in old
    assert "河长制字" in new


def test_a_folder_that_no_import_wrote_is_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book/x.md").write_text("我的", "utf-8")
    with pytest.raises(BookletError, match="没有改动"):
        import_file(source, tmp_path / "book")
    assert [path.name for path in (tmp_path / "book").iterdir()] == ["x.md"]


def test_a_file_that_is_not_made_again_goes_with_the_import(source: Path, tmp_path: Path) -> None:
    import_file(source, tmp_path / "book")
    source.write_text(PAPER.replace("清流志愿服务队", "碧水志愿服务队"), "utf-8")
    import_file(source, tmp_path / "book")
    assert len(book_of(tmp_path / "book").speeches) == 5
    assert (tmp_path / "book/来稿/来稿.txt").read_bytes() == source.read_bytes()


def test_a_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes("雨天的事\n\n我們在那天的雨中，為國人不了有和一個大家。\n".encode("big5"))
    written = import_file(source, tmp_path / "book").written
    assert any("我們在那天的雨中" in p.read_text("utf-8") for p in written if p.suffix == ".md")


@pytest.mark.parametrize("label", ["编者按：", "【编者按】", "编者按"])
def test_a_note_is_known_by_its_label(label: str) -> None:
    text = (
        f"{label}4月22日，座谈会召开，大家发了言。"
        if label[-1] != "按"
        else f"{label}\n4月22日，座谈会召开，大家发了言。"
    )
    (note, speech) = told_of(f"{text}\n\n守一条河\n\n清流志愿服务队\n\n我们守河。").pieces
    assert (note.kind, texts_of(note)) == ("note", ["4月22日，座谈会召开，大家发了言。"])
    assert speech.speaker == "清流志愿服务队"


def test_an_address_stands_alone() -> None:
    paper = told_of("雨天的事\n\n同志们：\n\n那天下雨。")
    assert texts_of(paper.pieces[0]) == ["同志们：", "那天下雨。"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_are_read(source: Path, tmp_path: Path, encoding: str) -> None:
    source.write_bytes(PAPER.encode(encoding))
    import_file(source, tmp_path / "book")
    assert len(book_of(tmp_path / "book").speeches) == 5


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.doc", b"", "另存为"),
        ("a.wps", b"", "WPS"),
        ("a.pdf", b"%PDF", "Word 原稿"),
        ("a.jpg", b"", "图片转文字"),
        ("a.xlsx", b"", "复制到 Word"),
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
    told = told_of("雨天的事\n\n那天下雨。\n\n我们去了。")
    assert [(p.title, texts_of(p)) for p in told.pieces] == [
        (("雨天的事",), ["那天下雨。", "我们去了。"])
    ]
    assert told.entries[0].code == "分篇-01"


@pytest.mark.parametrize(
    ("byline", "speaker", "designation"),
    [
        ("王芳（青山镇党委副书记）", "王芳", "青山镇党委副书记"),
        ("县教育局局长　张建国", "张建国", "县教育局局长"),
        ("第八批全国示范点长河公司服务小组", "长河公司服务小组", "第八批全国示范点"),
        ("清流志愿服务队", "清流志愿服务队", ""),
        ("张　明　市第一医院护士长", "张明", "市第一医院护士长"),
        ("李小红\n\n市蓝天救援队队长", "李小红", "市蓝天救援队队长"),
        ("市蓝天救援队队长\n\n李小红", "李小红", "市蓝天救援队队长"),
        ("发言人：王芳", "王芳", ""),
    ],
)
def test_a_byline_is_divided_into_speaker_and_designation(
    byline: str, speaker: str, designation: str
) -> None:
    (piece,) = told_of(f"守一条河\n\n{byline}\n\n我们守了十年河。").pieces
    assert (piece.title, piece.speaker, piece.designation) == (("守一条河",), speaker, designation)
    assert texts_of(piece) == ["我们守了十年河。"]


LABELS = {
    "in brackets": ("王芳（镇党委副书记）：", "扎西顿珠(镇卫生院医生)：", "赵敏（镇中心小学教师）:", "古丽·艾合买提（村民代表）："),
    "numbered": ("1. 王芳　镇党委副书记：", "2. 李建国　村党支部书记：", "3．赵敏　中心小学教师：", "4、孙晓梅 镇卫生院医生："),
    "post first": ("镇党委副书记　王芳：", "村党支部书记　李建国：", "中心小学教师　赵　敏：", "镇卫生院医生　孙晓梅："),
}  # fmt: skip
SAID = (
    "志愿服务要从身边的小事做起。",
    "要紧的是有人上门。",
    "周末课堂办了八十期。",
    "义诊每月两次。",
)


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("joint", ["", "\n\n"])
def test_speeches_begin_with_labels_of_one_shape(labels: tuple[str, ...], joint: str) -> None:
    told = told_of(
        "青山镇座谈会发言摘录\n\n12月5日，青山镇召开座谈会，现将发言摘登如下。\n\n"
        + "\n\n".join(
            f"{label}{joint}{said}\n\n我说完了。" for label, said in zip(labels, SAID, strict=True)
        )
    )
    note, *speeches = told.pieces
    assert told.masthead == ("青山镇座谈会发言摘录",)
    assert (note.kind, texts_of(note)) == (
        "note",
        ["12月5日，青山镇召开座谈会，现将发言摘登如下。"],
    )
    assert [texts_of(piece) for piece in speeches] == [[said, "我说完了。"] for said in SAID]
    for piece, label in zip(speeches, labels, strict=True):
        assert piece.speaker in label.replace("　", "")
        assert piece.designation in label
        assert len(piece.designation) > 3
        assert piece.title == (f"{piece.speaker}的发言",)
    assert [entry.code for entry in grouped(told.entries)].count("分篇-04") == 1


@pytest.mark.parametrize(
    "text",
    [
        # Questions and answers: the same names come again.
        "座谈会实录\n\n王芳（主持人）：请讲。\n\n李明（村民）：好。\n\n王芳（主持人）：还有吗？\n\n李明（村民）：没有了。",
        # Two of a shape may be anything.
        "记住他们\n\n王芳（镇党委副书记）：很好。\n\n李明（村民）：是啊。\n\n我们都这样说。",
        # Definitions are no posts.
        "名词\n\n河长　负责人：见上。\n\n湖长　负责人：见下。\n\n林长　管理者：见书。",
    ],
)
def test_other_rows_with_colons_are_no_labels(text: str) -> None:
    assert len(told_of(text).pieces) == 1


@pytest.mark.parametrize(
    ("name", "speaker", "post"),
    [
        ("王芳.txt", "王芳", ""),
        ("03-王芳发言稿.txt", "王芳", ""),
        ("（2）赵敏座谈会发言材料（定稿）.txt", "赵敏", ""),
        ("王芳（镇党委副书记）.txt", "王芳", "镇党委副书记"),
        ("镇党委副书记-王芳-发言.txt", "王芳", "镇党委副书记"),
        ("欧阳振华同志的发言.txt", "欧阳振华", ""),
        ("发言材料.txt", "（请写发言人）", ""),
        ("座谈会发言汇总.txt", "（请写发言人）", ""),
        ("高质量发展.txt", "（请写发言人）", ""),
    ],
)
def test_a_file_named_after_its_speaker_tells_who_speaks(
    name: str, speaker: str, post: str
) -> None:
    text = "志愿服务要从身边的小事做起，一件一件做好，做到群众的心里去。\n\n我们做了十年。\n"
    (piece,) = read_pieces(read_plain(text.encode(), name), True).pieces
    assert (piece.speaker, piece.designation) == (speaker, post)
    known = speaker != "（请写发言人）"
    assert piece.title == ((f"{speaker}的发言",) if known else ("（请写标题）",))
    assert texts_of(piece)[-1] == "我们做了十年。"


def test_a_byline_is_never_the_rest_of_a_paragraph() -> None:
    long = "守一条河，护一座城，把志愿服务的旗帜插到每一个村组、每一条河道、每一个群众最需要的地方去，再接再厉"
    told = told_of(f"{long}\n\n清流志愿服务队\n\n我们守了十年河。")
    assert [text for piece in told.pieces for text in texts_of(piece)][:1] == [long]
    assert "清流志愿服务队" in [
        text for piece in told.pieces for text in (*texts_of(piece), piece.speaker)
    ]


def test_no_speech_gives_its_title_to_a_book_of_several(tmp_path: Path) -> None:
    for name in ("王芳", "李建国"):
        text = "志愿服务要从身边的小事做起，一件一件做好。\n\n我们做了十年。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    import_files([tmp_path], tmp_path / "book")
    manifest = (tmp_path / "book" / "booklet.yaml").read_text("utf-8")
    assert 'title: "发言汇编"' in manifest
    assert "书名-01" in (tmp_path / "book" / "导入清单.txt").read_text("utf-8")


def test_a_bold_label_leaves_the_words_as_they_are() -> None:
    row = Row(1, f"{STRONG}王芳（书记）：{PLAIN}要做{STRONG}实事{PLAIN}。")
    assert without_label(row, 7).text == f"要做{STRONG}实事{PLAIN}。"
    row = Row(1, f"{STRONG}王芳（书记）：要做{PLAIN}实事。")
    assert without_label(row, 7).text == f"{STRONG}要做{PLAIN}实事。"
    assert without_label(Row(1, "王芳（书记）：要做实事。"), 7).text == "要做实事。"


def test_a_byline_may_stand_above_the_title_and_a_date_under_it() -> None:
    (piece,) = told_of(
        "清流志愿服务队\n\n守一条河，护一座城\n\n（2024年5月12日）\n\n我们守了十年河。"
    ).pieces
    assert (piece.title, piece.speaker, piece.dates) == (
        ("守一条河，护一座城",), "清流志愿服务队", ("（2024年5月12日）",)
    )  # fmt: skip


def test_a_line_like_a_title_is_never_joined_to_prose() -> None:
    told = told_of("雨天的事\n\n那天下雨。\n\n教师代表\n\n我们去了。")
    assert texts_of(told.pieces[0]) == ["那天下雨。", "教师代表", "我们去了。"]
    assert [entry.code for entry in told.entries] == ["分篇-01", "分篇-02"]


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
        ("他特别入选", "他特别入选"),
        ("这些,都来自己经过的事", "这些，都来自己经过的事"),
        ("共 120 人,用 3 天", "共120人，用3天"),
        ("“服务旅游者 敬业全社会”", "“服务旅游者 敬业全社会”"),
        ('他说"好"。', "他说“好”。"),
        ("it's OK", "it's OK"),
        ("他想了想...又说", "他想了想……又说"),
        ("他来了--真的来了", "他来了——真的来了"),
        ("http://a.cn/x--y...z", "http://a.cn/x--y...z"),
        ("a@b.cn,谢谢", "a@b.cn，谢谢"),
        ("比分3:2", "比分3:2"),
        ("我们 ，都来 。", "我们，都来。"),
    ],
)
def test_marks_become_full_width_where_the_text_is_chinese(typed: str, printed: str) -> None:
    assert mended(typed)[0] == printed


@given(st.text("雷锋精神0123456789,.;:!?()abc “”，。\n", max_size=80))
def test_a_repair_loses_no_character_and_no_digit(text: str) -> None:
    keep = re.compile(r"[\u4e00-\u9fff\da-z]")
    assert keep.findall(mended(text)[0]) == keep.findall(text)


@given(st.text("雷锋1.、）)#*_~`|->+[]<&!\\:一二，。 =", min_size=1, max_size=40))
def test_imported_text_reads_back_as_itself(text: str) -> None:
    line = text.strip()
    found, findings = read_blocks(escape_markdown(line), "x.md", 1, Path("/nowhere"), count(1))
    assert "".join(part for part, _ in paragraphs(found)).split() == line.split()
    assert findings == []


def test_nothing_before_the_first_headline_is_lost() -> None:
    text = "开头的话\n\n张三说了很多。\n\n守一条河\n\n清流志愿服务队\n\n我们守了十年河。"
    words = "".join("".join((*p.title, p.speaker, *texts_of(p))) for p in told_of(text).pieces)
    assert all(line in words for line in text.split())


def test_digits_are_never_joined() -> None:
    assert texts_of(told_of("题目\n\n志愿者共有120\n56个服务站。").pieces[0])[-1] == "56个服务站。"


# ---- What is proposed, and what is asked ------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("他的的书", "他的书"),
        ("的的确确", "的的确确"),
        ("不了了之", "不了了之"),
        ("好，，好", "好，好"),
        ("10-20人", "10—20人"),
        ("2023-2024年", "2023-2024年"),
        ("达85％", "达85%"),
    ],
)
def test_what_is_likely_is_proposed_and_done_when_accepted(typed: str, likely: str) -> None:
    same, entries = mended(typed)
    assert same == typed
    assert {entry.kind for entry in entries} == ({"proposed"} if likely != typed else set())
    assert mended(typed, accept=True)[0] == likely


def piece_of(text: str, speaker: str = "清流志愿服务队") -> Piece:
    paras = tuple(Para(n, row) for n, row in enumerate(text.split("\n"), 1))
    return Piece("speech", ("守一条河",), speaker, "", paras, 1)


def test_a_name_unlike_the_byline_is_asked() -> None:
    found = list(name_unlike_byline("“清流青年志愿服务队”成立了。", "清流志愿服务队"))
    assert found == [("清流青年志愿服务队", "清流志愿服务队")]
    assert list(name_unlike_byline("“清流志愿服务队”成立了。", "清流志愿服务队")) == []


def test_what_is_asked_shows_words_of_the_text_on_one_line() -> None:
    piece = piece_of("治水。\n复兴之伟大的力量。\n好。“不成对")
    found = {code: (words, line) for code, _, words, line in doubts(piece, frozenset())}
    assert found["语病-01"] == ("复兴之伟大的力量。", 2)
    assert found["引号-03"][1] == 3
    assert all(words in piece.text and "\n" not in words for words, _ in found.values())


def test_a_coinage_is_not_doubted() -> None:
    piece = piece_of("我们做了雷锋精神，大家惟有学习。")
    codes = [code for code, _, _, _ in doubts(piece, frozenset())]
    assert codes == ["语病-06", "用词-01"]
    assert [code for code, _, _, _ in doubts(piece, frozenset(["惟有学习"]))] == ["语病-06"]


def test_one_name_written_two_ways_is_asked() -> None:
    one, other = piece_of("获“长河好人治水先锋”称号。"), piece_of("获“长河好人·治水先锋”称号。")
    assert [found[:2] for found in one_name_two_ways([one, other])] == [
        ("长河好人治水先锋", "长河好人·治水先锋")
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("走访居民1286户，解决问题343个。", ["1286户", "343个"]),
        ("服务3.5万余人次，近20万小时。", ["3.5万余人次", "近20万小时"]),
        ("2024年5月12日，成立5周年，10年间，去年3月。", []),
        ("最近5年，用了10分钟，第3批，“四个100”。", []),
        ("一位老人摔倒了，我们4名队员扶起他。", []),
        ("达到96.5%，比上年提高2.1个百分点。", ["96.5%", "2.1个百分点"]),
        ("海拔2500米，零下40摄氏度。", ["2500米", "零下40摄氏度"]),
        ("招募300名，后来这300名都留下了。", ["300名"]),
        ("8:30开会，电话0431，共3,500人。", ["3,500人"]),
        ("“健康中国2030规划纲要”", []),
    ],
)
def test_statistics_are_told_from_dates_spans_and_names(text: str, figures: list[str]) -> None:
    piece = piece_of(text)
    assert [one.figure for one in statistics_of(piece)] == figures
    for one in statistics_of(piece):
        assert one.figure in text
        assert one.label in text or one.label == NO_LABEL


@given(st.text("共有3.5万余1286户人次，。年月第“”到近超20%个", max_size=60))
@settings(max_examples=300)
def test_what_is_proposed_is_verbatim(text: str) -> None:
    piece = piece_of(text)
    assert all(one.figure in text for one in statistics_of(piece))
    assert all(quote in text for quote in quotes_of(piece))


def test_choices_taken_as_they_are_make_a_book(
    source: Path, tmp_path: Path, edition: Edition
) -> None:
    import_file(source, tmp_path / "book")
    for path in (tmp_path / "book").glob("*.md"):
        text = path.read_text("utf-8")
        rows = [
            row[2:] if re.match(r"# (?:quotes:|stats:|  - )", row) else row
            for row in text.split("\n")
        ]
        path.write_text("\n".join(rows), "utf-8")
    book = book_of(tmp_path / "book")
    assert [stat.figure for stat in book.speeches[2].stats] == [
        "1.8万余吨",  # the most telling first
        "3200公里",
        "96.5%",
        "2.1个百分点",
    ]
    assert errors_of(proofread(book, edition)) == ()


# ---- Furniture, folders, lists ---------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    ["点击上方蓝字关注我们", "责任编辑：王明", "（责编 李红）", "来源：长河日报", "阅读原文", "— END —", "第3版", "12",
     "- 5 -", "第 3 页 共 12 页", "2024年5月12日 星期日 第3版 要闻", "长按识别二维码关注", "本报记者 王明", "（下转第二版）",
     "原创 清流 清流志愿 2024-05-12 18:00 发表于吉林"],
)  # fmt: skip
def test_furniture_is_taken_out_and_listed(row: str) -> None:
    kept, entries = without_furniture([Row(1, row), Row(2, "我们守了十年河。")], "x")
    assert [one.text for one in kept] == ["我们守了十年河。"]
    assert [entry.before for entry in entries] == [row]


@pytest.mark.parametrize(
    "row",
    [
        "编辑部的故事很长，我们说说。",
        "来源于生活。",
        "第3版地图已经画好，请大家看。",
        "我们点击了关注。",
        "2024年5月12日",
        "电话：0431-1234567",
        "邮箱：a@b.cn",
        "地址：人民大街1号",
    ],
)
def test_text_is_no_furniture(row: str) -> None:
    assert len(without_furniture([Row(1, row)], "x")[0]) == 1


@pytest.mark.parametrize(
    ("row", "yes"),
    [("王芳", True), ("欧阳　明", True), ("雨天的事", False), ("长河市水利局", True), ("教师代表", False),
     ("守一条河，护一城人", False), ("“两山”理念研究会办公室", False), ("市一院护士长王芳", True)],
)  # fmt: skip
def test_names_and_bodies_are_bylines(row: str, yes: bool) -> None:
    assert is_byline(row) == yes


def test_a_folder_of_files_becomes_one_book(tmp_path: Path) -> None:
    folder = tmp_path / "稿"
    folder.mkdir()
    (folder / "1.txt").write_text("守一条河\n\n清流志愿服务队\n\n我们守了十年河。", "utf-8")
    (folder / "2.md").write_text(
        "# 让水说话\n\n王芳\n\n## 水\n\n水**很**清[^1]。\n\n- 一项\n- 两项\n\n[^1]: 注。", "utf-8"
    )
    (folder / "3.html").write_text(
        "<h1>河边的课</h1><p>长河小学</p><p>孩子们说:&quot;好&quot;。</p>", "utf-8"
    )
    (folder / "4.pdf").write_bytes(b"%PDF")
    result = import_files([folder], tmp_path / "book")
    book = book_of(tmp_path / "book")
    assert [(one.title, one.speaker) for one in book.speeches] == [
        (("守一条河",), "清流志愿服务队"), (("让水说话",), "王芳"), (("河边的课",), "长河小学"),
    ]  # fmt: skip
    assert "文件-02" in [entry.code for entry in result.entries]
    text = (tmp_path / "book/01-王芳.md").read_text("utf-8")
    assert "水**很**清[^1]。" in text
    assert "[^1]: 注。" in text
    assert "- 一项\n- 两项" in text
    assert "孩子们说：“好”。" in (tmp_path / "book/02-长河小学.md").read_text("utf-8")


def test_several_files_are_given_as_make_gives_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(f"守一条河{name[0]}\n\n清流志愿服务队\n\n我们守了十年河。", "utf-8")
    assert main(["import", "a.txt b.txt", "book"]) == 0
    assert len(book_of(tmp_path / "book").speeches) == 2


def test_the_lists_show_what_where_and_both_states() -> None:
    entries = [
        Entry("done", "形近-01", "a.txt", 3, "形近字", "让别入幸福", "让别人幸福"),
        Entry("asked", "数字-11", "a.txt", 5, "概数<两次>", "超过4万余人次"),
    ]
    for page in (text_page("甲", entries), html_page("甲", entries)):
        for words in ("a.txt 第3行", "让别入幸福", "让别人幸福", "超过4万余人次", "疑问清单"):
            assert words in page
    assert "<两次>" not in html_page("甲", entries)


LINES = st.lists(
    st.text(
        "雷锋王芳志愿队2024年5月12日，。：“”（）一、1.编者按责任编辑：来源- \u3000#*|[]ab\ue000\ue001",
        max_size=24,
    ),
    max_size=14,
)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_no_character_and_no_digit_is_lost_that_is_not_listed(rows: list[str]) -> None:
    """Every Han character and digit of a text is in a piece, or in an entry of the list."""
    source = read_plain("\n".join(rows).encode(), "x")
    kept, entries = without_furniture(source.rows, "x")
    mended_rows, more = repair(kept, "x", NONE)
    told = read_pieces(type(source)("x", tuple(mended_rows)), alone=True)
    said = "".join(
        "".join((*told.masthead, *(part for piece in told.pieces for part in
                 (*piece.title, piece.designation, piece.speaker, *texts_of(piece), *piece.dates))))
    )  # fmt: skip
    said += "".join(
        entry.before for entry in (*entries, *more, *told.entries) if entry.kind == "done"
    )
    for char in set(re.findall(r"[\u4e00-\u9fff\d]", "".join(rows))):
        assert said.count(char) >= "".join(rows).count(char), char


# ---- Whatever layout the office sends --------------------------------------------------------


@pytest.mark.parametrize("trade", {**TUNED, **REPORTED}.values(), ids=[*TUNED, *REPORTED])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_as_it_is_meant(tmp_path: Path, layout: str, trade: Trade) -> None:
    for name, data in LAYOUTS[layout](trade).items():
        (tmp_path / name).write_bytes(data)
    told = read_files(sorted(tmp_path.iterdir()), NONE)[0]
    pieces = [piece for piece in told.pieces if piece.kind == "speech"]
    wanted = truth(trade, layout)
    assert [("".join(piece.title), piece.speaker, piece.designation) for piece in pieces] == [
        (one.title, one.speaker, one.post) for one in wanted
    ]
    assert [texts_of(piece) for piece in pieces] == [list(one.paragraphs) for one in wanted]
    for piece in pieces:
        headings = [para.text for para in piece.paragraphs if para.kind == "heading"]
        assert all(map(is_heading, headings))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_layouts_are_read_as_they_are_meant(tmp_path: Path, odd: Odd) -> None:
    name, text, wanted = odd
    (tmp_path / name).write_text(text, "utf-8")
    told = read_files([tmp_path / name], NONE)[0]
    pieces = [piece for piece in told.pieces if piece.kind == "speech"]
    found = [("".join(piece.title), piece.speaker, piece.designation) for piece in pieces]
    assert found == list(wanted)
    import_files([tmp_path / name], tmp_path / "book")
    assert errors_of(examine(tmp_path / "book").findings) == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_imported_builds_without_an_edit(tmp_path: Path, layout: str) -> None:
    (tmp_path / "in").mkdir()
    for name, data in LAYOUTS[layout](HOSPITAL).items():
        (tmp_path / "in" / name).write_bytes(data)
    import_files([tmp_path / "in"], tmp_path / "book")
    assert errors_of(examine(tmp_path / "book").findings) == ()


SKETCHED = "把河守好\n\n王芳（镇党委副书记）\n\n第一段。\n\n第二段。\n\n把路修好\n\n赵敏（镇中心小学教师）\n\n第三段。\n\n第四段。\n"


def sketched(tmp_path: Path, old: str, new: str) -> Imported:
    """Import a text, change its sketch, import it again."""
    (tmp_path / "来稿.txt").write_text(SKETCHED, "utf-8")
    import_file(tmp_path / "来稿.txt", tmp_path / "book")
    sketch = tmp_path / "book" / "分篇.txt"
    text = sketch.read_text("utf-8")
    assert old in text
    sketch.write_text(text.replace(old, new), "utf-8")
    return import_file(tmp_path / "来稿.txt", tmp_path / "book")


def test_a_sketch_that_was_corrected_is_obeyed_and_stays(tmp_path: Path) -> None:
    for _ in range(2):  # a third import does the same
        sketched(tmp_path, "5-7 | 把河守好 | 王芳", "5-5 | 把河 守好 | 王　芳")
        (tmp_path / "book/分篇.txt").touch()
        first, second = book_of(tmp_path / "book").speeches
        assert (first.title, first.speaker) == (("把河", "守好"), "王　芳")
        assert [text for text, _ in paragraphs(first.blocks)] == ["第一段。"]
        assert [text for text, _ in paragraphs(second.blocks)] == ["第三段。", "第四段。"]
        sketch = (tmp_path / "book/分篇.txt").read_text("utf-8")
        (tmp_path / "book/分篇.txt").write_text(
            sketch.replace("5-5 | 把河 守好 | 王　芳", "5-7 | 把河守好 | 王芳"), "utf-8"
        )


def test_what_a_sketch_leaves_out_is_listed(tmp_path: Path) -> None:
    result = sketched(tmp_path, "5-7", "5-5")
    (left,) = [entry for entry in result.entries if entry.code == "分篇-05"]
    assert left.before == "7 第二段。"
    assert not [entry for entry in result.entries if entry.code == "分篇-04"]


def test_a_sketch_can_change_the_order_and_part_a_speech(tmp_path: Path) -> None:
    line = "篇 | 来稿.txt | 5-7 | 把河守好 | 王芳 | 镇党委副书记 | 第一段。第二段。\n"
    result = sketched(tmp_path, line, "")
    assert [speech.speaker for speech in book_of(tmp_path / "book").speeches] == ["赵敏"]
    sketch = tmp_path / "book/分篇.txt"
    more = "篇｜来稿.txt｜7｜后来｜王芳\n篇 | 来稿.txt | 5～5 | 起先 | 王芳 |\n"
    sketch.write_text(sketch.read_text("utf-8") + more, "utf-8")
    import_file(tmp_path / "来稿.txt", tmp_path / "book")
    titles = ["".join(speech.title) for speech in book_of(tmp_path / "book").speeches]
    assert titles == ["把路修好", "后来", "起先"]
    assert result.written


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("5-x | 把河守好", "看不懂这一行"),
        ("50-70 | 把河守好", "里没有文字"),
        ("5-7 | 把河守好 | 王芳 | 书记\n歌 | 来稿.txt | 1-2 |", "没有“歌”这一种"),
        ("5-7 | 把河守好 | 王芳 | 书记\n篇 | 别的.txt | 1-2 |", "没有“别的.txt”这份来稿"),
    ],
)
def test_a_sketch_that_cannot_be_obeyed_is_told_where(tmp_path: Path, new: str, told: str) -> None:
    with pytest.raises(BookletError) as caught:
        sketched(tmp_path, "5-7 | 把河守好", new)
    (finding,) = caught.value.findings
    assert told in finding.message
    assert finding.path.endswith("分篇.txt")
    assert finding.line in (5, 6)


def test_signs_that_no_face_has_become_plain_ones_or_go(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "守一条河\n\n王芳（镇党委副书记）\n\n☐没有做🙂，✔做了\ue617。\n\n👍\n", "utf-8"
    )
    result = import_file(tmp_path / "x.txt", tmp_path / "book")
    (speech,) = book_of(tmp_path / "book").speeches
    assert [text for text, _ in paragraphs(speech.blocks)] == ["□没有做，√做了。"]
    signs = [entry for entry in result.entries if entry.code == "符号-02"]
    assert [entry.before for entry in signs] == ["☐没有做🙂，✔", "👍"]
    assert errors_of(examine(tmp_path / "book").findings) == ()


def test_footnotes_typed_in_a_text_become_footnotes(tmp_path: Path) -> None:
    text = "守一条河\n\n王芳（镇党委副书记）\n\n河长三百里[^1]，宽三里[^9]。\n\n[^1]: 见县志。\n"
    (tmp_path / "x.txt").write_text(text, "utf-8")
    result = import_file(tmp_path / "x.txt", tmp_path / "book")
    written = (tmp_path / "book/00-王芳.md").read_text("utf-8")
    assert "三百里[^1]，宽三里〔9〕。" in written
    assert "[^1]: 见县志。" in written
    assert [entry.code for entry in result.entries if entry.code == "脚注-02"] == ["脚注-02"]


def test_a_table_with_long_cells_becomes_paragraphs(tmp_path: Path) -> None:
    text = f"# 守一条河\n\n王芳（镇党委副书记）\n\n|甲|乙|\n|---|---|\n|{'长' * 260}|二|\n"
    (tmp_path / "x.md").write_text(text, "utf-8")
    result = import_file(tmp_path / "x.md", tmp_path / "book")
    (speech,) = book_of(tmp_path / "book").speeches
    assert [text for text, _ in paragraphs(speech.blocks)] == ["甲", "乙", "长" * 260, "二"]
    assert "表格-02" in [entry.code for entry in result.entries]


def office(folder: Path) -> Path:
    """A folder of all that an office has of a meeting."""
    folder.mkdir()
    files = {
        "1会议议程.docx": docx(
            title("建校六十周年座谈会议程"), para("一、校长致辞"), para("二、何静发言")
        ),
        "2主持词.docx": docx(
            title("建校六十周年座谈会主持词"), para("各位老师：今天我们欢聚一堂。")
        ),
        **{
            f"{n}{one.speaker}发言.docx": docx(
                title(one.title), byline(f"{one.post}  {one.speaker}"), *map(para, one.paragraphs)
            )
            for n, one in enumerate(TUNED["school"].speeches, 3)
        },
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    book = Workbook()
    sheet = book.active
    sheet.title = "参会人员名单"
    for row in (("序号", "姓名", "单位"), (1, "何静", "青石桥中学"), (2.0, "司徒远", "科学院")):
        sheet.append(row)
    book.save(folder / "9名单.xlsx")
    (folder / "合影.jpg").write_bytes(b"")
    return folder


def test_a_folder_of_all_that_a_meeting_had_is_told_by_kind(tmp_path: Path) -> None:
    result = import_files([office(tmp_path / "in")], tmp_path / "book")
    book = book_of(tmp_path / "book")
    assert [(one.kind, "".join(one.title), one.speaker) for one in book.speeches] == [
        ("agenda", "建校六十周年座谈会议程", ""),
        ("text", "建校六十周年座谈会主持词", ""),
        *(("speech", one.title, one.speaker) for one in TUNED["school"].speeches),
        ("people", "参会人员名单", ""),
    ]
    (came,) = book.speeches[-1].blocks
    assert isinstance(came, Attendance)
    assert [(who.name, who.post) for who in came.people] == [
        ("何静", "青石桥中学"), ("司徒远", "科学院"),
    ]  # fmt: skip
    assert (book.title, book.occasion) == (("建校六十周年座谈会发言汇编",), "建校六十周年座谈会")
    (pictures,) = [entry for entry in result.entries if entry.code == "文件-03"]
    assert pictures.before == "合影.jpg"
    told = [entry.what for entry in result.entries if entry.code == "分篇-06"]
    assert [what[2:4] for what in told] == ["会议", "主持", "名单"]


@pytest.mark.parametrize(
    ("title", "lines", "kind"),
    [
        ("编者按", ["会开了一天。"], "note"),
        ("座谈会日程安排", ["8:30 开会"], "agenda"),
        ("样本大学致样本中学的贺信", ["祝贺。"], "letter"),
        ("六十年大事记", ["1963年　建校。"], "timeline"),
        ("附件1：捐赠办法", ["第一条"], "appendix"),
        ("题词", ["山高水长", "弦歌不辍"], "inscription"),
        ("编委会", ["主任：张三"], "board"),
        ("编后记", ["谢谢。"], "afterword"),
        ("出席人员名单", ["王 明　校长", "李小平　教师", "张三"], "people"),
        ("出席人员名单", ["名单以报到为准，请各单位核对以后报办公室，谢谢。"], "text"),
        ("出席人员名单（按姓氏笔画排列）", ["王明", "李小平"], "people"),
        ("总结讲话", ["讲几点意见。"], "text"),
        ("关于名单的说明", ["说明。"], "text"),
    ],
)
def test_matter_is_written_as_what_its_title_says(title: str, lines: list[str], kind: str) -> None:
    paras = tuple(Para(n, line) for n, line in enumerate(lines, 1))
    piece = Piece("note", (title,), "", "", paras, 1, "x", (), (1, len(lines)))
    assert kind_of(piece) == kind
    assert f"kind: {kind}\n" in speech_file(piece, {})


def test_lines_of_an_inscription_stay_together(tmp_path: Path) -> None:
    paras = tuple(Para(n, line) for n, line in enumerate(["山高水长", "弦歌不辍"], 1))
    piece = Piece("note", ("题词",), "", "", paras, 1, "x", (), (1, 2))
    (tmp_path / "booklet.yaml").write_text("title: 集\n", "utf-8")
    (tmp_path / "01.md").write_text(speech_file(piece, {}), "utf-8")
    assert [text for text, _ in paragraphs(book_of(tmp_path).speeches[0].blocks)] == [
        "山高水长\n弦歌不辍"
    ]


def test_groups_of_a_list_are_its_headings() -> None:
    rows = [("校方", "heading"), ("王 明　校长", "text"), ("来宾：", "heading"), ("李四", "text")]
    paras = tuple(Para(n, text, kind) for n, (text, kind) in enumerate(rows))
    piece = Piece("note", ("名单",), "", "", paras, 1, "x", (), (1, 4))
    assert [(one.name, one.post, one.group) for one in listed(piece)] == [
        ("王明", "校长", "校方"), ("李四", "", "来宾"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 99])
def test_a_damaged_workbook_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "名单.xlsx").write_bytes(data)
    with pytest.raises(BookletError, match="打不开"):
        import_files([tmp_path / "名单.xlsx"], tmp_path / "book")


# ---- Slips that an import asks about ---------------------------------------------------------

WHOLE = """守一条河

王建华（清河镇党委副书记）

各位同志：

我们从2003年开始治河，到今天整整走过了二十个年头，全镇上下齐心协力，河水一年比一年清。

一、先治岸

岸上的垃圾清了3200吨，沿河的企业搬走了四家，居民的习惯也慢慢改了过来。

二、再治水

水里的淤泥挖了11公里，引来了活水，种下了芦苇，鱼和鸟都回来了。

三、后治心

最难的是人心。我们办了六十场讲座，王建华同志带头讲，大家才明白河是自己的。

谢谢大家！
"""
SLIPS = {
    "日期-06": (
        "我们从2003年开始治河，到今天整整走过了二十个年头",
        "从2003年到2018年，整整二十年，我们都在治河",
    ),
    "名称-04": ("王建华同志带头讲", "王健华同志带头讲"),
    "重字-02": ("居民的习惯也", "居民的居民的习惯也"),
    "日期-05": ("我们从2003年开始治河", "2003年2月30日我们开始治河"),
    "数目-01": ("各位同志：", "各位同志：\n\n下面我从“四个方面”汇报。"),
    "标题-03": ("三、后治心", "四、后治心"),
    "标点-20": ("鱼和鸟都回来了。", "鱼和鸟都回来了"),
    "空格-04": ("沿河的企业", "沿河的企 业"),
    "标点-05": ("挖了11公里，", "挖了11公里，，"),
    "重字-01": ("也慢慢改了", "也也慢慢改了"),
    "引号-03": ("河是自己的。", "“河是自己的。"),
}


@pytest.mark.parametrize("code", SLIPS)
def test_a_planted_slip_is_asked_about_and_nothing_else(tmp_path: Path, code: str) -> None:
    old, new = SLIPS[code]
    assert WHOLE.count(old) == 1
    (tmp_path / "来稿.txt").write_text(WHOLE.replace(old, new), "utf-8")
    entries = import_file(tmp_path / "来稿.txt", tmp_path / "book").entries
    assert [entry.code for entry in entries if entry.kind != "done"] == [code]


def test_a_sound_text_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "来稿.txt").write_text(WHOLE, "utf-8")
    entries = import_file(tmp_path / "来稿.txt", tmp_path / "book").entries
    assert [entry for entry in entries if entry.kind != "done"] == []


def test_where_two_readings_are_near_one_question_shows_both() -> None:
    text = "守一条河\n\n王芳（镇党委书记）\n\n我们守了十年。\n\n水清了\n\n我们去了那里。\n\n鸟回来了\n\n大家都来了。"
    told = told_of(text)
    assert len(told.pieces) == 1
    (asked,) = told.entries
    assert asked.code == "分篇-07"
    assert "第7行“水清了”（现在算上一篇的文字）；第11行“鸟回来了”" in asked.before
    assert "分篇.txt" in asked.fix
