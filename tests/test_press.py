"""From a folder to a proven file: sealed off, complete, and never over a good one with a bad one."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pdfua.document import PdfDocument
from PIL import Image, ImageChops

from booklet import build as pipeline
from booklet import disk, paths
from booklet.artwork.theme import theme_names
from booklet.cli import main
from booklet.edition import Edition, read_edition
from booklet.errors import BookletError
from booklet.makeup.pages import fill_pages, with_boxes
from booklet.manuscript.book import read_book
from booklet.model import paragraphs
from booklet.preflight import tags
from booklet.preflight.lines import check_file
from booklet.preflight.prove import preflight
from booklet.preflight.reading import page_texts, squeeze
from booklet.preflight.words import check_boxes, decode
from booklet.press.sealed import Press, PressError
from booklet.presswork import print_pieces
from booklet.proof.examine import examine
from booklet.render.layout import make_up
from booklet.render.piece import set_piece
from booklet.render.setting import Setting
from booklet.shop import Shop
from tests.conftest import OFFICE, SPEECH, Write

pytestmark = pytest.mark.usefixtures("kept")

FAMILIES = frozenset({"song", "hei", "kai"})
SAMPLE = paths.ROOT / "speeches"


@pytest.fixture(scope="module")
def sample(printed_sample: Path) -> Path:
    """The sample's reading edition."""
    return printed_sample / "booklet.pdf"


@pytest.fixture(scope="module")
def pdf(sample: Path) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(sample)
    yield document
    document.close()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---- The sample ------------------------------------------------------------------------------


def test_the_sample_comes_to_whole_sheets(pdf: pdfium.PdfDocument) -> None:
    assert len(pdf) % 4 == 0
    assert 24 <= len(pdf) <= 40


def test_every_word_of_the_sample_is_on_its_pages(pdf: pdfium.PdfDocument) -> None:
    edition = read_edition(paths.STYLES / "reading.toml")
    whole = "".join(page_texts(pdf, edition))
    book = read_book(SAMPLE, theme_names(paths.THEMES), paths.edition_names())
    at = 0
    for speech in book.speeches:
        for text, _ in paragraphs(speech.blocks):
            at = whole.index(squeeze(text), at)
    assert len(book.speeches) == 7


def test_every_code_of_the_sample_decodes(pdf: pdfium.PdfDocument) -> None:
    book = read_book(SAMPLE, theme_names(paths.THEMES), paths.edition_names())
    wanted = {link.url for speech in book.speeches for link in speech.links}
    wanted |= {link.url for link in book.links}
    read = {text for page in pdf for text in decode(page, 300)}
    assert read == wanted


def test_covers_and_folios_are_labelled(pdf: pdfium.PdfDocument) -> None:
    labels = [pdf.get_page_label(n) for n in range(len(pdf))]
    assert labels[:5] == ["封面", "封二", "i", "ii", "iii"]
    body = labels.index("1")
    assert body % 2 == 0  # the text begins on a right-hand page
    assert labels[body:-1] == [str(n) for n in range(1, len(pdf) - body)]
    assert labels[-1] == "封底"


def test_the_folios_on_the_pages_are_those_of_the_labels(pdf: pdfium.PdfDocument) -> None:
    for number, page in enumerate(pdf):
        label = pdf.get_page_label(number)
        foot = page.get_textpage().get_text_bounded(0, 0, page.get_width(), 52).strip()
        if re.fullmatch(r"\d+|[ivx]+", foot):
            assert foot == label


def test_the_file_says_what_it_is(sample: Path, pdf: pdfium.PdfDocument) -> None:
    assert pdf.get_metadata_dict()["Title"] == "把雷锋精神代代传承下去"
    with pikepdf.open(sample) as file:
        root = file.Root
        assert (str(root.PageLayout), str(root.PageMode), str(root.Lang)) == (
            "/TwoPageRight",
            "/UseOutlines",
            "zh-CN",
        )
        assert root.ViewerPreferences.PrintScaling == "/None"
        assert root.MarkInfo.Marked
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    titles = [item.get_title() for item in pdf.get_toc()]
    assert "发挥机关党建引领作用　让雷锋精神在新时代充满生机活力" in titles
    assert "一、危难时候冲在前" in titles


def test_the_make_up_table_counts_pages_as_the_renderer_does(
    reading: Setting, edition: Edition
) -> None:
    from booklet.render import layout as pages

    setting = reading
    book = read_book(SAMPLE, ("red",), ("reading",))
    pieces = [set_piece(speech, n, setting) for n, speech in enumerate(book.speeches)]
    layout = make_up(pieces, setting)
    _, starts = print_pieces(book, Shop(setting), 1)
    for index, piece in enumerate(pieces):
        items, boxes = pages.flow(piece)
        made = layout[index]
        assert made.pages == starts[index + 1] - starts[index]
        places_made = [made.places[key] for key, _ in boxes]
        flow = with_boxes(items, [box for _, box in boxes], places_made)
        counted = len(fill_pages(flow, edition.lines, made.opening))
        assert counted == starts[index + 1] - starts[index], piece.speech.title


# ---- Everything Markdown can do --------------------------------------------------------------


RICH = (
    SPEECH
    + """
# 各种内容

> 引一段话，排成楷体。
>
> 再引一段。

1. 第一项
2. 第二项

- 无序的一项

| 项目 | 数量 |
|------|------|
| 走访 | 12次 |

![会场](hall.png "王明摄")

带脚注的一句[^1]，**加粗**与*强调*，见[网站](https://www.gov.cn)。

---

:::link 1

最后一段。

[^1]: 脚注的文字。
"""
)


def photo(size: tuple[int, int], mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, "PNG")
    return out.getvalue()


def test_every_kind_of_block_is_set_and_found_again(write: Write, tmp_path: Path) -> None:
    folder = write({"01-speech.md": RICH, "hall.png": photo((1800, 1200))})
    made, findings = pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
    assert findings == []
    assert made[0].pages % 4 == 0


def test_a_figure_said_in_a_list_has_that_page_on_the_numbers_page(
    write: Write, tmp_path: Path
) -> None:
    long = "雷锋精神代代相传，" * 120
    text = SPEECH.replace("{figure: 1286户, label: 走访居民}", "{figure: 77次, label: 义诊}")
    folder = write({"01-speech.md": f"{text}\n{long}\n\n- 义诊77次\n"})
    made, _ = pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
    document = pdfium.PdfDocument(made[0].path)
    texts = [page.get_textpage().get_text_range() for page in document]
    said = next(n for n, page in enumerate(texts) if "义诊77次" in squeeze(page))
    numbers = next(page for page in texts if squeeze(page).startswith("数字"))
    row = re.search(r"77次义诊\.*(\d+)", squeeze(numbers))
    assert row
    assert row[1].startswith(document.get_page_label(said))  # the next row follows at once
    document.close()


def test_forty_figures_and_five_links_find_room(write: Write, tmp_path: Path) -> None:
    stats = "".join(f"  - {{figure: {1000 + n}人, label: 第{n}队}}\n" for n in range(40))
    links = "".join(
        f'  - {{url: "https://www.gov.cn/{n}", label: 第{n}个链接}}\n' for n in range(5)
    )
    said = "\n\n".join(
        "，".join(f"{n + 1000}人" for n in range(k, k + 10)) for k in range(0, 40, 10)
    )
    text = f"---\ntitle: 甲\nspeaker: 乙\nstats:\n{stats}links:\n{links}---\n\n{said}\n"
    made, findings = pipeline.build(
        write({"01-speech.md": text}), tmp_path / "out", lambda _step: None, "reading"
    )  # preflight counts every figure three times: text, box, 数字
    assert (findings, made[0].pages % 4) == ([], 0)


@pytest.mark.parametrize(
    ("data", "told"), [(b"not a picture", "打不开"), (photo((300, 200), "L"), "dpi")]
)
def test_a_bad_picture_is_told(write: Write, data: bytes, told: str) -> None:
    folder = write({"01-speech.md": RICH, "hall.png": data})
    assert any(told in finding.message for finding in examine(folder).findings)


@pytest.mark.parametrize("theme", theme_names(paths.THEMES))
def test_a_small_book_is_whole_in_every_theme(write: Write, tmp_path: Path, theme: str) -> None:
    folder = write({"booklet.yaml": f"title: 春风集\ntheme: {theme}\n"})
    made, findings = pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
    assert (findings, made[0].pages % 4) == ([], 0)


@pytest.mark.parametrize("name", ["da32", "16kai"])
def test_another_format_is_another_file_of_sizes(
    write: Write, tmp_path: Path, name: str, edition: Edition
) -> None:
    folder = write({"01-speech.md": RICH, "hall.png": photo((1800, 1200))})
    made, findings = pipeline.build(folder, tmp_path, lambda _step: None, name)
    assert (findings, [file.path.name for file in made]) == ([], [f"booklet-{name}.pdf"])
    report = check_file(made[0].path, paths.STYLES / f"{name}.toml")[0]
    assert report.worst["基线偏差（磅）"] <= 0.1
    assert report.worst["行尾偏差"] <= 0.02
    other = read_edition(paths.STYLES / f"{name}.toml")
    assert other.trim_mm != edition.trim_mm
    assert min(other.foot_mm, other.fore_edge_mm) > 15


def test_the_pages_become_pictures_for_chats(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["share"]) == 1
    assert "先运行 make" in capsys.readouterr().err
    assert main(["build", str(write(OFFICE))]) == 0
    (here / "build/book/share").mkdir()
    (here / "build/book/share/99.png").write_bytes(b"old")
    assert main(["share"]) == 0
    names = sorted(path.name for path in (here / "build/book/share").iterdir())
    assert names == [*(f"{n:02}.png" for n in range(2, 13)), "cover.png"]
    with Image.open(here / "build/book/share/cover.png") as cover:
        assert cover.width == 1080


def test_preflight_misses_a_word(write: Write, tmp_path: Path, edition: Edition) -> None:
    made, _ = pipeline.build(write(), tmp_path / "out", lambda _step: None, "reading")
    other = read_book(
        write({"01-speech.md": SPEECH.replace("事情都小", "事情不大")}), ("red",), ("reading",)
    )
    found = preflight(made[0].path.read_bytes(), other, edition, FAMILIES, "x.pdf", made[0].imprint)
    assert ["没有找到这一段" in finding.message for finding in found] == [True]


# ---- The sealed room -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://localhost/a.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="booklet:///../../etc/x.css">',
        "<style>@import url(file:///etc/x.css);</style>",
        "<style>p{background:url(https://localhost/x.png)}</style><p>甲</p>",
        '<object data="file:///etc/hostname"></object>',
        '<embed src="http://localhost/a.svg">',
        '<a rel="attachment" href="file:///etc/hostname">甲</a>',
        '<svg width="9" height="9"><image href="file:///etc/hostname" width="9" height="9"/></svg>',
    ],
)
def test_nothing_outside_the_shelf_is_loaded(html: str) -> None:
    with pytest.raises(PressError):
        Press("", {}, {}).pull(f"<html lang=zh-CN><title>x</title>{html}")


def test_a_warning_of_the_renderer_is_an_error() -> None:
    with pytest.raises(PressError, match="text-emphasis"):
        Press("", {}, {}).pull(
            "<html lang=zh-CN><title>x</title><style>p{text-emphasis:dot}</style><p>甲"
        )


# ---- The command line ------------------------------------------------------------------------


BROKEN = {
    "a changed digit": SPEECH.replace("figure: 1286户", "figure: 1287户"),
    "a changed quotation": SPEECH.replace("text: 门一敲开", "text: 门一推开"),
    "an unknown key": SPEECH.replace("designation", "x").replace("speaker:", "speeker:"),
    "a missing picture": SPEECH + "\n![桥](qiao.jpg)\n",
    "an empty speech": "---\ntitle: 甲\nspeaker: 乙\n---\n",
    "another encoding": SPEECH.encode("gb18030"),
    "a list for a text": SPEECH.replace("speaker: 春风社区志愿队", "speaker: [甲, 乙]"),
    "an unsettable character": SPEECH.replace("社区不大", "社区\U0002a6d6不大"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_manuscript_leaves_the_last_good_file(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str], broken: str | bytes
) -> None:
    (here / "build/book").mkdir(parents=True)
    (here / "build/book/booklet.pdf").write_bytes(b"the last good one")
    folder = write({"01-speech.md": broken})
    assert main(["build", str(folder)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert re.search(r"01-speech\.md:(\d+:)? ", told.err)
    assert "改法：" in told.err
    assert "Traceback" not in told.err
    assert [path.name for path in (here / "build/book").iterdir()] == ["booklet.pdf"]
    assert (here / "build/book/booklet.pdf").read_bytes() == b"the last good one"


def test_a_build_says_what_it_made_and_a_second_one_that_nothing_changed(
    write: Write, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(OFFICE)
    assert main(["build", str(folder)]) == 0
    first = capsys.readouterr()
    assert first.out.startswith("build/book/booklet.pdf  阅读版")
    assert first.err == ""  # quiet in a pipe
    assert main(["build", str(folder)]) == 0
    assert "没有变化" in capsys.readouterr().out
    write(OFFICE | {"01-speech.md": SPEECH.replace("社区不大", "社区很小")})
    assert main(["build", str(folder)]) == 0
    assert "阅读版" in capsys.readouterr().out
    (here / "build/book/booklet.pdf").write_bytes(b"")
    assert main(["build", str(folder)]) == 0
    assert (here / "build/book/booklet.pdf").stat().st_size > 10_000


def test_check_lists_findings_on_stdout(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write())]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["check", str(write({"01-speech.md": SPEECH.replace("不大，", "不大,")}))]) == 0
    assert "[标点-01] 半角标点" in capsys.readouterr().out  # a reminder: make must not say Error
    wrong = SPEECH.replace("figure: 1286户", "figure: 1285户")
    assert main(["check", str(write({"01-speech.md": wrong}))]) == 1


def test_a_new_manuscript_builds_once_it_is_filled_in(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "meeting"]) == 0
    assert main(["build", "meeting", "--edition", "reading"]) == 1
    assert capsys.readouterr().err.count("[占位-01]") == 4
    for path in Path("meeting").iterdir():
        text = re.sub("（请写[^）]*）", "春风", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
    assert main(["check", "meeting"]) == 0
    assert main(["build", "meeting", "--edition", "reading"]) == 0
    assert main(["new", "meeting"]) == 1
    assert "没有改动" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["bulid"], [], ["import", "x"]])
def test_a_command_mistyped_is_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "命令写得不对" in capsys.readouterr().err


def test_a_variable_left_out_of_make_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "", ""]) == 2
    assert "make import FROM=" in capsys.readouterr().err


def test_our_own_bug_keeps_its_traceback(
    write: Write, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("booklet.making.build", broken)
    assert main(["build", str(write())]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing_behind(
    write: Write, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = disk.put

    def interrupted(path: Path, data: bytes, *_: object) -> None:
        put(path, data)
        if "booklet-" in path.name:
            raise KeyboardInterrupt

    monkeypatch.setattr(disk, "put", interrupted)
    assert main(["build", str(write())]) == 130
    assert list((here / "build/book").iterdir()) == []


def test_a_file_appears_whole_or_not_at_all(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = here / "a.pdf"
    disk.write(target, b"one", here)
    monkeypatch.setattr(Path, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        disk.write(target, b"two", here)
    assert target.read_bytes() == b"one"
    assert [path.name for path in here.iterdir()] == ["a.pdf"]


def test_missing_folders_and_sources_are_told(here: Path) -> None:
    assert main(["build", "nowhere"]) == 1
    assert main(["import", "nowhere.txt", "into"]) == 1
    (here / "empty").mkdir()
    with pytest.raises(BookletError, match="make new"):
        read_book(here / "empty", ("red",), ("reading",))


@pytest.mark.parametrize("links", [1, 2, 3])
def test_the_words_beside_codes_are_seen(write: Write, tmp_path: Path, links: int) -> None:
    """By pixels: words under a code's white plate are in the file, and in no reader's eye."""
    labels = ["社区主页", "报名入口", "服务地图"][:links]
    rows = "".join(f'  - {{url: "https://a{n}.cn", label: {x}}}\n' for n, x in enumerate(labels))
    old = '  - {url: "https://www.wenming.cn", label: 中国文明网}\n'
    made, _ = pipeline.build(
        write({"01-speech.md": SPEECH.replace(old, rows)}), tmp_path, lambda _step: None, "reading"
    )
    seen = [share for label in labels for share in ink_of(made[0].path.read_bytes(), label)]
    assert len(seen) == 4 * links
    assert min(seen) > 0.1


def ink_of(pdf: bytes, words: str) -> Iterator[float]:
    """Yield for each character of some words what share of its box turns white without the text."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        if not (found := text.search(words).get_next()):
            continue
        boxes = [text.get_charbox(at) for at in range(found[0], found[0] + found[1])]
        whole = page.render(scale=3, grayscale=True).to_pil()
        for part in list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT])):
            page.remove_obj(part)
        bare = page.render(scale=3, grayscale=True).to_pil()
        change = ImageChops.difference(whole, bare)
        for box in boxes:
            left, bottom, right, top = (round(3 * x) for x in box)
            counts = change.crop(
                (left, whole.height - top, right, whole.height - bottom)
            ).histogram()
            yield sum(counts[128:]) / sum(counts)
    document.close()


@pytest.mark.parametrize(
    ("missing", "told"),
    [("", []), ("门一敲开，话就好说了", ["门一敲开，话就好说了"]), ("1286户", ["1286户"])],
)
def test_a_quote_stands_twice_and_a_figure_three_times(
    write: Write, missing: str, told: list[str]
) -> None:
    """In the text, large; in the text, in its box, on the 数字 page."""
    (speech,) = read_book(write(), ("red",), ("reading",)).speeches
    text = "".join(part for part, _ in paragraphs(speech.blocks))
    boxes = [quote.text for quote in speech.quotes] + 2 * [stat.figure for stat in speech.stats]
    if missing:
        boxes.remove(missing)
    found = check_boxes(speech, squeeze(text + "".join(boxes)), "x.pdf")
    assert [finding.message.partition("：")[2] for finding in found] == told


def test_the_tags_are_walked_as_the_library_walks_them(sample: Path) -> None:
    with PdfDocument.open(str(sample)) as file:
        root = file.struct_root
        assert root is not None
        ours = file.struct_elements
        theirs = [one for kid in file._kids(root) for one in tags.before(file, kid, 0, None)]
        assert len(ours) == len(theirs) > 300
        for one, other in zip(ours, theirs, strict=True):
            assert one.obj.objgen == other.obj.objgen
            assert (one.role, one.page, one.has_scope) == (other.role, other.page, other.has_scope)


def test_black_is_printed_over_what_lies_under_it_and_white_is_not(printed_sample: Path) -> None:
    with pikepdf.open(printed_sample / "booklet-press.pdf") as file:
        told = 0
        for page in file.pages:
            contents = page.obj.Contents
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            for stream in streams:
                for colour, state in re.findall(
                    rb"^([\d. ]+) scn\n/(\w+) gs$", stream.read_bytes(), re.MULTILINE
                ):
                    black = re.fullmatch(rb"0 0 0 [\d.]+", colour) and colour != b"0 0 0 0"
                    assert state == (b"BookletOver" if black else b"BookletPlain"), colour
                    told += 1
            over = page.obj.Resources.ExtGState["/BookletOver"]
            assert (bool(over.OP), bool(over.op), int(over.OPM)) == (True, True, 1)
        assert told > 100
