"""Each kind of text has its face and size in one table, and the printed page shows them."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image

from booklet import build as pipeline
from booklet import paths
from booklet.dress import read_dress
from booklet.edition import Edition, read_edition
from tests.conftest import SPEECH
from tests.gauge import face_and_size, glyphs_of

PLAIN = re.compile(r"\.(?:kai|song|hei|by\.song|speaker\.song)\b[^{]*\{")  # classes of faces


def test_the_style_sheet_has_no_type_size_or_face_of_its_own() -> None:
    css = re.sub(r"/\*.*?\*/", "", (paths.STYLES / "book.css").read_text("utf-8"), flags=re.DOTALL)
    own = [
        f"{selector.strip()} {found[0]}"
        for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", css)
        for found in re.finditer(r"(?<![\w-])font(?:-size|-family|-weight)?\s*:\s*([^;]*)", body)
        if "var(--" not in found[1] and found[1] not in ("inherit", "400")
    ]
    assert [row for row in own if not re.search(r"\.(?:kai|song|hei) font-family|1pt$", row)
            and not re.search(r"\.song font-family: song$", row)] == []  # fmt: skip


def test_the_style_sheet_asks_for_nothing_that_is_not_there(edition: Edition) -> None:
    css = (paths.STYLES / "book.css").read_text("utf-8")
    known = {**edition.variables(), **read_dress(paths.TYPE, edition).variables()}
    known |= {"imprint-text": ""}  # of render.book
    known |= dict.fromkeys(
        re.findall(r"--([\w-]+):", (paths.THEMES / "red.css").read_text("utf-8"))
    )
    html = "".join(
        path.read_text("utf-8") for path in (paths.ROOT / "booklet/render/templates").iterdir()
    )
    known |= dict.fromkeys(re.findall(r"--([\w-]+):", html))
    assert set(re.findall(r"var\(--([\w-]+)", css)) - known.keys() == set()


def test_an_unknown_key_in_the_table_is_our_bug(tmp_path: Path, edition: Edition) -> None:
    (tmp_path / "type.toml").write_text('[body]\nroll = "song-400"\n', "utf-8")
    with pytest.raises(TypeError, match="roll"):
        read_dress(tmp_path / "type.toml", edition)


@pytest.mark.parametrize(("name", "caption_pt"), [("reading", 9.0), ("large", 9 * 16 / 10.5)])
def test_sizes_are_in_proportion_to_the_text(name: str, caption_pt: float) -> None:
    edition = read_edition(paths.STYLES / f"{name}.toml")
    dress = read_dress(paths.TYPE, edition)
    assert dress["caption"].size_pt == pytest.approx(caption_pt)
    assert dress["body"].size_pt == edition.type_pt
    assert dress["title"].line_pt == edition.title_line_pt
    assert dress["caption"].line_pt == edition.line_pt


EVERY = SPEECH.replace("  - {figure: 1286户, label: 走访居民}\n", "").replace(
    "text: 门一敲开，话就好说了", "text: 门一敲开，话就好说了\n    by: 队员老李"
).replace("label: 参加服务", "label: 来帮忙的").replace("label: 中国文明网}", "label: 中国文明网, note: 志愿栏目}").replace(
    "speaker:", "designation: 全国先进集体\nspeaker:") + """
（一）小标题

1. 第三级标题

（二）带头登记。楼长**先**签字[^1]。

> 整段引来的话。

| 项目 | 次数 |
|---|---|
| 换灯泡 | 三回 |

![河边](river.png)

[^1]: 登记簿存在居委会。
"""  # fmt: skip

# What a reader finds with a type gauge: faces and sizes in pt on the page of A5. Typed here by hand,
# so that a wrong value in styles/type.toml is noticed.
PRINTED = {
    "社区不大，楼道": {("song", 10.5)},
    "一、先敲门": {("hei-Bold", 11.5)},
    "（一）小标题": {("kai", 11.5)},
    "（二）带头登记": {("kai", 10.5)},
    "签字": {("song", 10.5)},
    "第三级标题": {("hei-Bold", 11.5)},
    "整段引来的话": {("kai", 10.5)},
    "登记簿存在居": {("song", 8.5)},
    "项目": {("hei-Bold", 9.0)},
    "三回": {("song", 9.0)},
    "河边": {("kai", 9.0)},
    "把好事做到家": {("song-Bold", 20.0), ("song-Bold", 10.5), ("kai", 8.5)},
    "全国先进集体": {("hei", 9.5)},
    "门一敲开，话": {("song", 10.5), ("kai", 15.0)},
    "队员老李": {("kai", 9.5)},
    "3.5": {("song", 10.5), ("song-Heavy", 22.0), ("song-Heavy", 12.5)},
    "万余人次": {("song", 10.5), ("hei", 9.0), ("hei", 8.5)},
    "来帮忙的": {("hei", 9.5), ("song", 9.5)},
    "中国文明网": {("hei-Bold", 9.5)},
    "志愿栏目": {("kai", 9.0)},
    "www.wenming": {("hei", 7.5)},
    "文字由各单位": {("kai", 9.5)},
    "社区座谈会": {("hei", 11.5), ("song", 9.0)},
    "二〇二四年": {("kai", 10.5), ("song", 9.0)},
    "成品尺寸": {("hei", 9.0)},
}


@pytest.fixture(scope="module")
def page_of_every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book in which every kind of text occurs, printed."""
    folder = tmp_path_factory.mktemp("every")
    (folder / "booklet.yaml").write_text(
        "title: 春风集\nsubtitle: 社区座谈会\ndate: 二〇二四年\nnotice: 文字由各单位提供。\n",
        "utf-8",
    )
    (folder / "01.md").write_text(EVERY, "utf-8")
    Image.new("RGB", (900, 600)).save(folder / "river.png")
    return pipeline.build(folder, folder, lambda _step: None, "reading")[0][0].path


def test_what_is_printed_has_the_face_and_size_of_the_house(page_of_every_kind: Path) -> None:
    document = pdfium.PdfDocument(page_of_every_kind)
    found: dict[str, set[tuple[str, float]]] = {}
    for page in document:
        text = page.get_textpage()
        whole = "".join(chr(raw.FPDFText_GetUnicode(text, n)) for n in range(text.count_chars()))
        for words in PRINTED:
            for match in re.finditer(re.escape(words), whole):
                found.setdefault(words, set()).add(face_and_size(text, match.start()))
    document.close()
    assert found == PRINTED


def test_the_call_of_a_footnote_is_small(page_of_every_kind: Path) -> None:
    document = pdfium.PdfDocument(page_of_every_kind)
    sizes = {size for page in document for _, _, _, size, char in glyphs_of(page) if char == "1"}
    document.close()
    assert 7.0 in sizes
