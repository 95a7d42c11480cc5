"""The contract with WeasyPrint 70.0, and the finished page measured from its glyphs."""

import inspect
import shutil
from importlib.metadata import version
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from weasyprint.layout.page import make_margin_boxes

from booklet import build as pipeline
from booklet import paths
from booklet.cli import main
from booklet.compose.slip import mark, plan_of
from booklet.edition import Edition
from booklet.faces.fonts import read_fonts, subset
from booklet.finish.join import Joined
from booklet.preflight.lines import (
    Glyph,
    Report,
    Row,
    check_break,
    check_file,
    check_row,
    check_turn,
)
from booklet.press import galley
from booklet.press.sealed import Press
from booklet.render.stock import Stock
from tests.conftest import SPEECH, Write


def test_weasyprint_is_the_one_the_galley_is_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert version("weasyprint") == galley.PINNED
    monkeypatch.setattr(galley, "__version__", "71.0")
    with pytest.raises(RuntimeError, match="made for"), galley.finished_lines([], {}):
        pass


def test_a_margin_box_says_that_it_is_not_printed_before_it_is_measured() -> None:
    source = inspect.getsource(make_margin_boxes)
    assert source.index("box.is_generated =") < source.index("resolve_percentages(box")
    assert source.count("resolve_percentages(") == 1


def test_a_mark_names_its_plan_and_is_not_in_any_text() -> None:
    assert plan_of(mark(7) + "汉字") == 7
    assert plan_of("汉字") is None
    assert plan_of("") is None
    with pytest.raises(OverflowError):
        mark(0x20000)


def test_a_plan_changes_the_width_of_a_line_and_leaves_others_alone() -> None:
    css = (
        "p{font:20px/1 song;white-space:pre}"
        "@font-face{font-family:song;src:url(booklet:///song-400.ttf)}"
    )
    fonts = read_fonts(paths.FONTS)
    press = Press(css, {"song-400": subset(fonts["song-400"], "AB", numbers=True)}, {})
    html = f"<html lang=zh-CN><title>x</title><p>{mark(0)}AB</p><p>AB</p>"
    pull = press.pull(html, plans=[((0, 0.7, 1.7, 0.0),)])
    file = pdfium.PdfDocument(Joined(pull.pdf, "booklet:").whole(fonts))
    page = file[0].get_textpage()
    words = page.get_text_bounded()
    left = [page.get_charbox(at)[0] for at, char in enumerate(words) if char in "AB"]
    file.close()
    assert "".join(words.split()) == "ABAB"  # the mark is neither on the page nor in its text
    set_pt, natural_pt = left[1] - left[0], left[3] - left[2]
    assert set_pt == pytest.approx(1.7 * 15, abs=1)
    assert natural_pt < set_pt - 10


# ---- The finished page, from its glyphs --------------------------------------------------------


def measured(folder: Path, out: Path) -> Report:
    """Build a folder and measure its pages."""
    pdf = pipeline.build(folder, out, lambda _step: None, "reading")[0][0].path
    return check_file(pdf, paths.STYLES / "reading.toml")[0]


def test_the_sample_passes_every_rule_of_the_line(tmp_path: Path) -> None:
    report = measured(paths.ROOT / "speeches", tmp_path)
    assert report.faults == []
    assert report.lines > 150
    assert report.worst["行尾偏差"] <= 0.02
    assert report.worst["汉字间距"] <= 0.05
    assert report.worst["汉字与数字的间隙"] <= 0.35
    assert report.worst["基线偏差（磅）"] <= 0.1


def test_lines_that_nobody_finished_are_found_out(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stock, "slip", lambda *_: "")  # all glyphs as wide as the face has them
    text = SPEECH + "\n他说：“好。”（大家笑了）于是2026年3月5日，队员们（共12人）又去了一趟。" * 9
    found = {
        what.split("（")[0][:4]
        for _, what, _ in measured(write({"01-speech.md": text}), tmp_path).faults
    }
    assert {"行尾不齐", "标点没有", "汉字与数"} <= found


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ("共有三百人参加活动。其中", "，有人", "行首有"),
        ("共有三百人参加活动（", "其中有人", "行尾有"),
        ("共有三百人参加活动—", "—有人", "行尾有"),
        ("共有三百人参加活动12", "万人次", "分在两行“12万人次”"),
        ("会上，王小", "明同志发言，", "分在两行“王小明”"),
        ("大家读《雷锋", "日记》，", "分在两行“《雷锋日记》”"),
        ("共有三百人参加活", "动。", "末行只有"),
    ],
)
def test_a_bad_line_end_is_told(above: str, below: str, told: str) -> None:
    rows = [
        Row(0, tuple(Glyph(char, 0, 0, 0) for char in text), 0, ends, False)
        for text, ends in ((above, False), (below, True))
    ]
    report = Report()
    check_break(rows[0], rows[1], report, ["王小明"])
    assert any(what.startswith(told) for _, what, _ in report.faults)


def test_widows_and_orphans_are_told() -> None:
    def row(page: int, starts: bool, ends: bool) -> Row:
        return Row(page, (Glyph("字", 0, 0, 0),), 0, ends, starts)

    report = Report()
    check_turn([row(0, True, False)], [row(1, False, True), row(1, True, True)], report)
    assert [what for _, what, _ in report.faults] == ["段首孤行留在页末", "段末孤行落在页首"]


def test_the_command_measures_what_was_built(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = str(write())
    assert main(["check", "--pages", folder]) == 1
    assert "先运行 make" in capsys.readouterr().err
    assert main(["build", folder, "--edition", "reading"]) == 0
    assert main(["check", "--pages", folder]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_stranded_heading_is_told(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: 甲\nspeaker: 乙\n---\n\n甲乙丙。\n\n一、标题\n\n正文正文。\n"
    styles = tmp_path / "styles"
    shutil.copytree(paths.STYLES, styles)
    css = (styles / "book.css").read_text("utf-8") + "h3{break-after:page!important}"
    (styles / "book.css").write_text(css, "utf-8")
    monkeypatch.setattr(paths, "STYLES", styles)
    folder = write({"01-speech.md": text})
    pdf = pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")[0][0].path
    report = check_file(pdf, paths.STYLES / "reading.toml")[0]
    assert [what for _, what, _ in report.faults] == ["标题落在页末"]


def row_at(text: str, steps: list[float], edition: Edition, past: float = 0.0) -> Row:
    """A row of body type: each character as far from the one before as ``steps`` says, in em.

    ``past`` is how far beyond the measure its last character ends, in em.
    """
    em, left = edition.type_pt, 60.0
    last = left + edition.measure_pt + past * em - em
    places = [last - sum(steps[n:]) * em for n in range(len(text))]
    glyphs = [
        Glyph(char, x, 100.0, x + em * (1.0 if char > "\u2e80" else 0.5))
        for char, x in zip(text, places, strict=True)
    ]
    first = Glyph("首", left, 100.0, left + em)  # too far from the others to be their neighbour
    return Row(0, (first, *glyphs), left, False, False)


@pytest.mark.parametrize(
    ("text", "steps", "past", "told"),
    [
        ("汉字排", [1.0, 1.0], 0.0, ""),
        ("汉字排", [1.0, 1.0], 0.019, ""),
        ("汉字排", [1.0, 1.0], 0.025, "行尾不齐"),
        ("汉字排", [1.0, 1.0], -0.025, "行尾不齐"),
        ("汉字排", [1.05, 1.0], 0.0, ""),
        ("汉字排", [1.06, 1.0], 0.0, "字距拉开"),
        ("汉1排", [1.25, 0.75], 0.0, ""),
        ("汉1排", [1.11, 0.75], 0.0, "汉字与数字间隙"),
        ("汉1排", [1.37, 0.75], 0.0, "汉字与数字间隙"),
        ("汉，“排", [1.0, 0.5, 1.0], 0.0, ""),
        ("汉，“排", [1.0, 0.6, 1.0], 0.0, "标点没有挤压"),
    ],
)
def test_what_is_measured_has_its_limits(
    text: str, steps: list[float], past: float, told: str, edition: Edition
) -> None:
    report = Report()
    check_row(row_at(text, steps, edition, past), edition, report)
    assert [what[: len(told)] for _, what, _ in report.faults] == [told] * bool(told)
