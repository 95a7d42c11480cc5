"""Fed with anything that looks a little like it: never another exception than ours, nothing lost.

``make test`` tries a fixed number of examples, ``make fuzz`` as many as ``FUZZ`` says.
"""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from booklet import build as pipeline
from booklet.errors import BookletError
from booklet.intake.docx.body import read_word
from booklet.intake.docx.elements import WORDS
from booklet.intake.pieces.split import read_pieces
from booklet.intake.readers.web import read_web
from booklet.intake.run import import_files
from booklet.intake.source import Source
from booklet.proof.examine import examine
from tests.conftest import MANIFEST, SPEECH
from tests.docx import docx

LONG = int(os.environ.get("FUZZ", "0"))
few = settings(
    max_examples=LONG or 60, deadline=None, derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip
builds = settings(few, max_examples=max(LONG // 50, 3))

HAN = st.text(
    "社区不大楼道不少志愿队走访了居民，。、；：“”‘’（）《》——……！？一二三（1）.·～", max_size=30
)
ODD = st.text(st.characters(), max_size=12)
MARKDOWN = st.sampled_from([
    "*", "**", "_", "`", "#", "> ", "- ", "1. ", "[^1]", "[^1]: ", "![甲](a.jpg)", "[甲](https://a.cn)", "|甲|乙|\n|-|-|\n|丙|丁|",
    "---", ":::stats", ":::quote 1", "\n", "\n\n", "\\", "&#x4e00;", "&amp;", "<b>", "一、", "（一）", "\u3000", "\t", "1286户", "3.5万余人次",
    "https://a.cn/x?y=1#z", "\u200b", "\u0301", "2023年3月3日", "85%至90%", "🙂", "A", " ", "&#xE000;",
])  # fmt: skip
YAML = st.sampled_from([
    "title: 甲", "speaker: 乙", "kind: note", "stats:", "  - {figure: 1286户, label: 丙}", "quotes:", "  - text: 社区不大", "links:",
    "  - {url: 'https://a.cn', label: 丁}", "x: [", "}", "- ", ": ", "&a", "*a", "|", ">", "'", '"', "\n", "#", "!!int 3", "? ", "\ud800",
])  # fmt: skip


def mixed(*parts: st.SearchStrategy[str], most: int = 25) -> st.SearchStrategy[str]:
    """Texts of such parts after one another."""
    return st.lists(st.one_of(*parts), max_size=most).map("".join)


BODIES = mixed(MARKDOWN, HAN, ODD)
FRONTS = st.lists(st.one_of(YAML, HAN), max_size=8).map("\n".join)


def folder_of(base: Path, body: str, front: str, manifest: str) -> Path:
    """Write a manuscript of one speech."""
    folder = base / "book"
    folder.mkdir(exist_ok=True)
    texts = {"booklet.yaml": manifest, "01.md": f"---\n{front}\n---\n\n{body}\n"}
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder


@few
@given(body=BODIES, front=FRONTS, manifest=FRONTS)
def test_a_manuscript_of_anything_is_read_or_refused(
    tmp_path: Path, body: str, front: str, manifest: str
) -> None:
    sound = SPEECH.split("---")[1].strip()
    for head, book in ((front, MANIFEST), (sound, MANIFEST), (sound, manifest)):
        try:
            examine(folder_of(tmp_path, body, head, book))
        except BookletError as error:
            told = error
        else:
            continue
        assert all(finding.message for finding in told.findings)


@builds
@given(body=BODIES)
def test_a_manuscript_of_anything_is_printed_or_refused(tmp_path: Path, body: str) -> None:
    front = "title: 春风\nspeaker: 张三"
    folder = folder_of(tmp_path, SPEECH.split("---")[2] + "\n\n" + body, front, MANIFEST)
    try:
        pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
    except BookletError as error:
        said = str(error)
        assert "程序的错误" not in said, said


# ---- Word files ------------------------------------------------------------------------------

TEXT = HAN.map(lambda text: f'<w:t xml:space="preserve">{text}</w:t>')
LEAF = st.one_of(TEXT, st.sampled_from([
    "<w:br/>", '<w:br w:type="page"/>', "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>', "<w:instrText>XE</w:instrText>", '<w:footnoteReference w:id="1"/>', "<w:noBreakHyphen/>",
    '<w:sym w:char="F0"/>', "<w:drawing/>", '<w:drawing><a:blip r:embed="r1"/></w:drawing>', "<w:ruby><w:rubyBase><w:r><w:t>河</w:t></w:r></w:rubyBase></w:ruby>",
    "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>", "<a:t>图</a:t>",
]))  # fmt: skip
RUN = st.lists(LEAF, max_size=4).map(lambda parts: f"<w:r>{''.join(parts)}</w:r>")
AROUND = st.sampled_from(["w:ins", "w:del", "w:sdt", "w:sdtContent", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:foo", "mc:AlternateContent", "mc:Choice", "mc:Fallback"])  # fmt: skip
INNER = st.recursive(
    RUN,
    lambda deeper: st.tuples(AROUND, st.lists(deeper, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=8,
)
PROPERTY = st.sampled_from([
    "", '<w:jc w:val="center"/>', '<w:pStyle w:val="1"/>', '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>', '<w:outlineLvl w:val="²"/>',
])  # fmt: skip
PARAGRAPH = st.tuples(PROPERTY, st.lists(INNER, max_size=4)).map(
    lambda pair: f"<w:p><w:pPr>{pair[0]}</w:pPr>{''.join(pair[1])}</w:p>"
)


def tables(deeper: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tables of such cells."""
    cell = st.lists(deeper, min_size=1, max_size=2).map(
        lambda parts: f"<w:tc>{''.join(parts)}</w:tc>"
    )
    row = st.lists(cell, max_size=3).map(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>")
    return st.lists(row, max_size=3).map(lambda rows: f"<w:tbl>{''.join(rows)}</w:tbl>")


BLOCK = st.recursive(PARAGRAPH, tables, max_leaves=6)


def kept(source: Source) -> str:
    """All that an import keeps or tells of a file, without blanks."""
    rows = [row.text + row.block for row in source.rows]
    told = [entry.before + entry.after for entry in source.entries]
    whole = "".join((*rows, *source.notes.values(), *told))
    return "".join(whole.replace("\\", "").split())


@few
@given(blocks=st.lists(BLOCK, max_size=5))
def test_a_word_file_of_anything_loses_no_character(blocks: list[str]) -> None:
    data = docx(*blocks)
    source = read_word(data, "x.docx")
    have = kept(source)
    tree = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    for node in tree.iter(*WORDS):
        for char in "".join((node.text or "").split()):
            assert char in have, (node.text, have)
    import_read(source)


def import_read(source: Source) -> None:
    """Let the rest of an import see the rows."""
    read_pieces(source, alone=True)


# ---- Web pages -------------------------------------------------------------------------------

TAGS = ["p", "div", "span", "b", "table", "tr", "td", "ul", "ol", "li", "h1", "h2", "nav", "script", "br", "img", "a", "sup", "section", "body", "title", "svg", "style"]  # fmt: skip
TAG = st.tuples(st.sampled_from(["<", "</"]), st.sampled_from(TAGS), st.sampled_from(["", " class=footnotes", " style='display:none'", " start=x", " src=a.png", " id=js_content"])).map(lambda t: f"{t[0]}{t[1]}{t[2]}>")  # fmt: skip


@few
@given(
    page=mixed(TAG, TAG, HAN, ODD, most=40), charset=st.sampled_from(["utf-8", "gb18030", "utf-16"])
)
def test_a_page_of_anything_is_read(tmp_path: Path, page: str, charset: str) -> None:
    try:
        source = read_web(page.encode(charset, "replace"), "x.html", tmp_path)
    except BookletError:
        return
    import_read(source)


@builds
@given(
    text=mixed(HAN, ODD, st.just("\n"), st.just("\n\n")),
    name=st.sampled_from([".txt", ".md", ".html"]),
)
def test_any_text_is_imported_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    base = tmp_path_factory.mktemp("fuzz")
    (base / f"x{name}").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        import_files([base / f"x{name}"], base / "into")
        examine(base / "into")
    except BookletError as error:
        told = error
    else:
        return
    assert all(finding.message for finding in told.findings)
