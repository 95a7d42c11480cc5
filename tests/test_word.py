"""Word files without styles, with everything offices leave in them, and those that are refused."""

import base64
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from booklet import build as pipeline
from booklet.errors import BookletError
from booklet.intake.docx import package
from booklet.intake.docx.body import read_word
from booklet.intake.docx.numbering import han_number, written
from booklet.intake.pieces.piece import Told
from booklet.intake.pieces.split import read_pieces
from booklet.intake.readers.web import read_html, read_markdown, read_web
from booklet.intake.run import import_files
from booklet.intake.source import Entry, Source
from booklet.manuscript.book import read_book
from booklet.model import paragraphs
from tests.docx import HAN_LIST, STYLES, byline, docx, para, part, run, table, title

BODY = "我们守了十年河，从七个人守到四百一十二个人，河水一年比一年清。"


def source_of(*body: str, **parts: object) -> Source:
    return read_word(docx(*body, **parts), "x.docx")  # type: ignore[arg-type]


def told_of(*body: str, **parts: object) -> Told:
    return read_pieces(source_of(*body, **parts), alone=True)


def texts_of(told: Told) -> list[str]:
    return [para.text for piece in told.pieces for para in piece.paragraphs]


def said(entries: tuple[Entry, ...], code: str) -> list[tuple[str, str]]:
    return [(entry.before, entry.after) for entry in entries if entry.code == code]


# ---- Damage by damage ------------------------------------------------------------------------


def test_titles_and_bylines_are_known_by_their_looks() -> None:
    told = told_of(
        title("让每一滴水都有人管"), byline("长河市水利局"), para("　　" + BODY), para("一、先治岸", "黑体"), para(BODY),
        title("小手拉大手"), byline("王芳（长河小学教师）"), para(BODY),
    )  # fmt: skip
    assert [(one.title, one.speaker, one.designation) for one in told.pieces] == [
        (("让每一滴水都有人管",), "长河市水利局", ""), (("小手拉大手",), "王芳", "长河小学教师"),
    ]  # fmt: skip
    assert [one.kind for one in told.pieces[0].paragraphs] == ["text", "heading", "text"]
    assert told.pieces[0].paragraphs[0].text == BODY


def test_a_title_on_two_lines_and_a_masthead_over_it() -> None:
    told = told_of(
        para("把母亲河交给下一代", "方正小标宋简体", 26, centred=True),
        para("长河市保护母亲河座谈会发言摘登", "黑体", 16, centred=True),
        title("让每一滴水\n都有人管"), byline("长河市水利局"), para(BODY),
    )  # fmt: skip
    assert told.masthead == ("把母亲河交给下一代", "长河市保护母亲河座谈会发言摘登")
    assert told.pieces[0].title == ("让每一滴水", "都有人管")


def test_automatic_numbers_are_written_out_and_bullets_become_items() -> None:
    source = source_of(
        title("治水"), byline("长河市水利局"), para("治岸", "黑体", number="1"), para(BODY), para("治污", "黑体", number="1"),
        para(BODY), para("再从头", "黑体", number="3"), para("一项", number="2"),
        parts={"word/numbering.xml": HAN_LIST},
    )  # fmt: skip
    (piece,) = read_pieces(source, alone=True).pieces
    assert [(one.text, one.kind) for one in piece.paragraphs if one.text != BODY] == [
        ("一、治岸", "heading"), ("二、治污", "heading"), ("一、再从头", "heading"), ("一项", "item"),
    ]  # fmt: skip
    assert said(source.entries, "编号-01")[0] == ("治岸", "一、治岸")


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [(1, "chineseCounting", "一"), (10, "chineseCountingThousand", "十"), (23, "japaneseCounting", "二十三"),
     (3, "decimalEnclosedCircle", "③"), (4, "upperRoman", "IV"), (2, "lowerLetter", "b"), (5, "decimal", "5"),
     (7, "decimalZero", "07"), (3, "ideographTraditional", "丙"), (12, "decimalFullWidth", "１２")],
)  # fmt: skip
def test_numbers_are_written_as_word_shows_them(number: int, kind: str, text: str) -> None:
    assert written(number, kind) == text


def test_numbers_in_han() -> None:
    assert [han_number(n) for n in (0, 9, 10, 11, 20, 99)] == [
        "〇",
        "九",
        "十",
        "十一",
        "二十",
        "九十九",
    ]


def test_tracked_insertions_stay_and_deletions_go_and_both_are_listed() -> None:
    inner = (
        run("全年巡查", "仿宋_GB2312", 16) + f"<w:ins>{run('3200', '仿宋_GB2312', 16)}</w:ins>"
        "<w:del><w:r><w:delText>2300</w:delText></w:r></w:del>" + run("公里。", "仿宋_GB2312", 16)
    )
    source = source_of(title("治水"), byline("长河市水利局"), para(inner=inner))
    assert texts_of(read_pieces(source, alone=True)) == ["全年巡查3200公里。"]
    assert said(source.entries, "修订-01") == [("", "3200")]
    assert said(source.entries, "修订-02") == [("2300", "")]


def test_comments_become_questions_even_those_that_belong_nowhere() -> None:
    inner = '<w:r><w:commentReference w:id="7"/></w:r>'
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="老王">{para(words)}</w:comment>'
        for n, words in (("7", "数字再核"), ("8", "落在外面"))
    )
    source = source_of(
        title("治水"), byline("长河市水利局"), para(BODY, inner=inner),
        parts={"word/comments.xml": part("comments", comments)},
    )  # fmt: skip
    asked = [entry.what for entry in source.entries if entry.kind == "asked"]
    assert asked == ["老王批注：数字再核", "老王批注（没有位置）：落在外面"]


def test_footnotes_tables_pictures_and_captions_come_along(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "PNG")
    note = '<w:footnote w:id="2">' + para("据长河市水利局统计。") + "</w:footnote>"
    picture = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        title("治水"), byline("长河市水利局"), para(BODY, inner=call), table(("项目", "数量"), ("巡|查", "12次")),
        para(inner=picture), para("图为志愿者在清理河道。", centred=True), para(BODY),
        parts={"word/footnotes.xml": part("footnotes", note), "word/media/image1.png": out.getvalue()},
        targets={"rId9": "media/image1.png"},
    )  # fmt: skip
    (tmp_path / "x.docx").write_bytes(data)
    import_files([tmp_path / "x.docx"], tmp_path / "book")
    text = next((tmp_path / "book").glob("*.md")).read_text("utf-8")
    assert "[^1]" in text
    assert "[^1]: 据长河市水利局统计。" in text
    assert "| 项目 | 数量 |\n|---|---|\n| 巡\\|查 | 12次 |" in text
    assert "![图为志愿者在清理河道。](图片01.png)" in text
    assert (tmp_path / "book/图片01.png").read_bytes() == out.getvalue()
    made, findings = pipeline.build(
        tmp_path / "book", tmp_path / "out", lambda _step: None, "reading"
    )
    assert (len(made), [finding.severity for finding in findings]) == (1, [])


def test_text_boxes_and_frames_are_read_once_and_hidden_text_is_told() -> None:
    box = f"<w:txbxContent>{para('寄语：水清则心静。')}</w:txbxContent>"
    inner = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不给人看</w:t></w:r>"
    )
    source = source_of(
        title("治水"), byline("长河市水利局"), para(BODY, inner=inner), table((BODY,))
    )
    assert texts_of(read_pieces(source, alone=True)) == [BODY, "寄语：水清则心静。", BODY]
    assert said(source.entries, "文本框-01") == [("寄语：水清则心静。", "")]
    assert said(source.entries, "隐形-02") == [("不给人看", "")]


def test_fields_show_their_result_and_not_their_code() -> None:
    inner = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5月</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:hyperlink><w:r><w:t>见网页。</w:t></w:r></w:hyperlink>'
    )
    assert texts_of(told_of(title("治水"), byline("长河市水利局"), para(inner=inner))) == [
        "5月见网页。"
    ]


def test_styles_are_used_where_there_are_any() -> None:
    told = told_of(
        para("让水说话", style="a1"), para("王芳"), para("水", style="1"), para(BODY), para("岸", style="1"), para(BODY),
        parts={"word/styles.xml": STYLES},
    )  # fmt: skip
    (piece,) = told.pieces
    assert (piece.title, piece.speaker) == (("让水说话",), "王芳")
    assert [one.text for one in piece.paragraphs if one.kind == "heading"] == ["水", "岸"]


def test_bold_words_stay_bold_and_bold_lines_become_headings(tmp_path: Path) -> None:
    inner = (
        run("河水", "仿宋_GB2312", 16)
        + run("很清", "仿宋_GB2312", 16, bold=True)
        + run("。", "仿宋_GB2312", 16)
    )
    data = docx(
        title("治水"),
        byline("长河市水利局"),
        para("先治岸", bold=True),
        para(inner=inner),
        para(BODY),
    )
    (tmp_path / "x.docx").write_bytes(data)
    import_files([tmp_path / "x.docx"], tmp_path / "book")
    text = next((tmp_path / "book").glob("*.md")).read_text("utf-8")
    assert "# 先治岸" in text
    assert "河水**很清**。" in text


def test_a_paragraph_that_a_column_cut_is_joined_in_word_too() -> None:
    told = told_of(
        title("治水"), byline("长河市水利局"), para("孩子们说，我们都是小河长，他们把学到的知识讲给"), para("家长听。"),
    )  # fmt: skip
    assert texts_of(told) == ["孩子们说，我们都是小河长，他们把学到的知识讲给家长听。"]


# ---- Refused ---------------------------------------------------------------------------------


def liar() -> bytes:
    """A picture that says it is small: its size in the archive's directory is not true."""
    data = bytearray(docx(para(BODY), parts={"word/styles.xml": b" " * 45_000_000}))
    return bytes(data)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
        (docx(para(BODY))[:-40], "不完整"),
        (b"PK\x03\x04", "不完整"),
        (b"", "不完整"),
        (docx(para(BODY), parts={"word/vbaProject.bin": b"x"}), "宏"),
        (docx(para(BODY), parts={"word/document.xml": "<w:document"}), "损坏"),
        (docx(para(BODY), parts={"word/document.xml": ENTITIES}), "不合规范"),
        (docx(para(BODY), parts={"word/document.xml": "<a/>"}), "没有正文"),
        (liar(), "太大"),
    ],
    ids=["encrypted", "truncated", "four bytes", "empty", "macros", "broken", "entities", "no body", "large part"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_should_not_be_opened_is_refused(
    tmp_path: Path, data: bytes, told: str
) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    with pytest.raises(BookletError, match=told) as caught:
        import_files([tmp_path / "x.docx"], tmp_path / "book")
    assert caught.value.findings[0].fix
    assert not (tmp_path / "book").exists()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000_000)
    (tmp_path / "x.docx").write_bytes(
        docx(para(BODY), parts={"word/media/1.png": b"\0" * 2_000_000})
    )
    with pytest.raises(BookletError, match="太大"):
        import_files([tmp_path / "x.docx"], tmp_path / "book")


@given(st.integers(0, 3000), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_never_crashes(at: int, flip: int) -> None:
    data = bytearray(
        docx(
            title("治水"),
            byline("长河市水利局"),
            para(BODY),
            parts={"word/numbering.xml": HAN_LIST},
        )
    )
    data[at % len(data)] ^= flip
    with suppress(BookletError):
        read_word(bytes(data), "x.docx")


# ---- Web pages -------------------------------------------------------------------------------

WECHAT = """<html><head><title>x</title></head><body><h1 id="activity-name"> 河边的人 </h1>
<div id="js_content" style="visibility: hidden;"><section><p>点击上方<span>蓝字</span>关注我们</p></section>
<section><p style="text-align: center;"><span style="font-size: 24px;"><strong>守一条河</strong></span></p>
<p style="text-align:center;font-size:17px">清流志愿服务队</p>
<section><span style="font-size:17px">我们守了&nbsp;10&nbsp;年河,从7个人守到412个人\u200b。</span></section>
<p style="font-size:17px">队员说:"水清了."<br>大家都笑了...</p><script>alert(1)</script><p style="display:none">看不见</p>
<p><img data-src="https://mmbiz.example/1.png"></p><p>责编:李红</p></section></div></body></html>"""


def test_a_wechat_page_loses_its_furniture_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(WECHAT, "utf-8")
    result = import_files([tmp_path / "x.html"], tmp_path / "book")
    (speech,) = read_book(tmp_path / "book", ("red",), ("reading",)).speeches
    assert (speech.title, speech.speaker) == (("守一条河",), "清流志愿服务队")
    assert [text for text, _ in paragraphs(speech.blocks)] == [
        "我们守了10年河，从7个人守到412个人。", "队员说：“水清了。”", "大家都笑了……",
    ]  # fmt: skip
    taken = [entry.before for entry in result.entries if entry.code == "版面-11"]
    assert taken == ["点击上方蓝字关注我们", "责编:李红"]
    assert said(result.entries, "版面-13") == [("看不见", "")]
    assert "图片-11" in [entry.code for entry in result.entries]


def test_a_page_reads_pictures_in_it_and_beside_it_but_no_others(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    (tmp_path / "in").mkdir()
    (tmp_path / "out.png").write_bytes(out.getvalue())
    (tmp_path / "in/a.png").write_bytes(out.getvalue())
    inline = base64.b64encode(out.getvalue()).decode()
    page = "".join(f'<img src="{src}">' for src in ("a.png", f"data:image/png;base64,{inline}", "../out.png",
                                                    "file:///etc/passwd", "http://a.cn/b.png"))  # fmt: skip
    source = read_web(page.encode(), "x.html", tmp_path / "in")
    assert list(source.pictures) == ["图片01.png", "图片02.png"]
    assert len([entry for entry in source.entries if entry.code == "图片-11"]) == 3


@given(st.text("<>/pbdivsectonh1\"='守河 &;!-", max_size=80))
@settings(max_examples=200)
def test_any_page_is_read(text: str) -> None:
    rows = read_html(text, "x", Path("/nowhere")).rows
    assert all(row.plain or row.block for row in rows)


# ---- One text, four kinds of file ------------------------------------------------------------

TEXT = (
    ("title", "守一条河，护一座城"), ("byline", "清流志愿服务队"), ("text", "十年前,我们只有7个人。现在,队伍有412人。"),
    ("heading", "一、先治岸"), ("text", "岸上干净了,水里才干净;大家都说:“好!”"), ("text", "全年巡查 3200 公里,清理垃圾1.8万余吨。"),
    ("heading", "二、再治水"), ("text", BODY),
)  # fmt: skip


def as_docx() -> bytes:
    make: dict[str, Callable[[str], str]] = {
        "title": title,
        "byline": byline,
        "text": para,
        "heading": lambda text: para(text, "黑体"),
    }
    return docx(*(make[kind](text) for kind, text in TEXT))


def as_html() -> bytes:
    tags = {"title": "h1", "byline": "p", "text": "p", "heading": "h2"}
    return "".join(f"<{tags[kind]}>{text}</{tags[kind]}>" for kind, text in TEXT).encode()


def as_markdown() -> bytes:
    marks = {"title": "# ", "byline": "", "text": "", "heading": "## "}
    return "\n\n".join(marks[kind] + text for kind, text in TEXT).encode()


def test_one_text_has_the_same_words_in_every_kind_of_file(tmp_path: Path) -> None:
    files = {"a.txt": "\n\n".join(text for _, text in TEXT).encode("gb18030"), "a.docx": as_docx(),
             "a.html": as_html(), "a.md": as_markdown()}  # fmt: skip
    found: list[tuple[tuple[str, ...], str, list[str]]] = []
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        into = tmp_path / name.replace(".", "-")
        import_files([tmp_path / name], into)
        (speech,) = read_book(into, ("red",), ("reading",)).speeches
        found.append(
            (speech.title, speech.speaker, [text for text, _ in paragraphs(speech.blocks)])
        )
    assert found[1:] == found[:1] * 3
    assert found[0][2][3] == "全年巡查3200公里，清理垃圾1.8万余吨。"


PROSE = st.text("雷锋志愿队河2024年5月，。：“”（）一、1.编辑 #*_|[]<>&ab", min_size=1, max_size=24)


@given(st.lists(PROSE, min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_character_of_a_word_file_or_markdown_is_lost(rows: list[str]) -> None:
    keep = re.compile(r"[\u4e00-\u9fff\d]")
    wanted = keep.findall("".join(rows))
    escaped = [row.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for row in rows]
    word = read_word(docx(*map(para, escaped)), "x.docx")
    assert keep.findall("".join(row.plain for row in word.rows)) == wanted
    page = read_web(
        "".join(f"<p>{row}</p>" for row in escaped).encode(), "x.html", Path("/nowhere")
    )
    assert keep.findall("".join(row.plain for row in page.rows)) == wanted


def test_markdown_with_front_matter_keeps_title_and_speaker() -> None:
    raw = "---\ntitle: [守一条河, 护一座城]\nspeaker: 王芳\n---\n\n我们守了十年河。\n".encode()
    (piece,) = read_pieces(read_markdown(raw, "x.md", Path("/nowhere")), alone=True).pieces
    assert (piece.title, piece.speaker) == (("守一条河", "护一座城"), "王芳")


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def moved(raw: bytes, names: dict[str, str]) -> bytes:
    """A Word file whose parts bear other names, which only its relationships tell."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(names.get(name, name), old.read(name))
    return out.getvalue()


def test_the_main_part_and_its_styles_are_found_by_relationship() -> None:
    relations = (
        f'<Relationship Id="a" Type="{OFFICE}/styles" Target="../looks/own.xml"/>'
        f'<Relationship Id="b" Type="{OFFICE}/footnotes" Target="/notes/n.xml"/>'
    )
    raw = docx(
        para("守一条河", style="a1"), para("清流志愿服务队", centred=True),
        para(BODY, inner='<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={
            "_rels/.rels": RELATIONS.format(
                f'<Relationship Id="x" Type="{OFFICE}/officeDocument" Target="/word/document2.xml"/>'
            ),
            "word/_rels/document2.xml.rels": RELATIONS.format(relations),
            "looks/own.xml": STYLES,
            "notes/n.xml": part("footnotes", f'<w:footnote w:id="2">{para("见台账。")}</w:footnote>'),
        },
    )  # fmt: skip
    source = read_word(moved(raw, {"word/document.xml": "word/document2.xml"}), "x.docx")
    assert [row.plain for row in source.rows] == ["守一条河", "清流志愿服务队", BODY]
    assert source.rows[0].level == 1
    assert list(source.notes.values()) == ["见台账。"]


def test_a_strict_document_is_read_like_another() -> None:
    raw = docx(title("守一条河"), byline("清流志愿服务队"), para(BODY))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for strict, usual in package.STRICT:
                data = data.replace(usual, strict)
            new.writestr(name, data)
    assert b"purl.oclc.org" in zipfile.ZipFile(BytesIO(out.getvalue())).read("word/document.xml")
    assert read_word(out.getvalue(), "x.docx").rows == read_word(raw, "x.docx").rows


def test_a_relationship_cannot_lead_out_of_the_file() -> None:
    relations = f'<Relationship Id="a" Type="{OFFICE}/styles" Target="../../../etc/passwd"/>'
    raw = docx(para(BODY), parts={"word/_rels/document.xml.rels": RELATIONS.format(relations)})
    assert [row.plain for row in read_word(raw, "x.docx").rows] == [BODY]
