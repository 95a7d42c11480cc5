"""Boxes of figures: columns by their content, a lead figure, charts as long as what they count."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import build as pipeline
from booklet import paths
from booklet.edition import read_edition
from booklet.manuscript.book import read_book
from booklet.model import Speech, Statistic, StatsHead
from booklet.proof.proofread import proofread
from booklet.render.setting import Setting
from booklet.render.statistics import StatsBox, figure_pt, room_pt, stats_boxes
from tests.conftest import MANIFEST, Write


def speech_of(figures: list[tuple[str, str]], chart: str = "", lead: int = -1) -> Speech:
    stats = tuple(
        Statistic(figure, label, 1, n == lead) for n, (figure, label) in enumerate(figures)
    )
    head = StatsHead("", "", chart, 1)
    return Speech("x.md", "speech", ("题",), "张三", "", (), stats=stats, stats_head=head)


def boxes(reading: Setting, figures: list[tuple[str, str]], **more: object) -> list[StatsBox]:
    return stats_boxes(speech_of(figures, **more), reading)  # type: ignore[arg-type]


figures = st.lists(
    st.tuples(
        st.builds(
            lambda number, unit: f"{number}{unit}",
            st.integers(1, 99_999_999),
            st.sampled_from(["人", "万余人次", "%", "个", "万余人次（小时）", "余名", "平方米"]),
        ),
        st.text("走访居民参加服务学雷锋示范点", min_size=2, max_size=14),
    ),
    min_size=1,
    max_size=16,
)


@given(found=figures)
def test_columns_hold_their_figures_and_leave_room_for_the_rule(
    reading: Setting, found: list[tuple[str, str]]
) -> None:
    made = boxes(reading, found)
    assert [stat.figure for box in made for stat in box.stats] == [figure for figure, _ in found]
    for box in made:
        assert box.lines <= reading.edition.lines
        for row in box.rows:
            assert sum(row.widths_pt) <= room_pt(reading) + 0.01
            for shown, width in zip(row.cells, row.widths_pt, strict=True):
                if len(row.cells) > 1 and not shown.below:
                    assert figure_pt(shown.cell, reading) <= width + 0.01
        assert (
            len({row.widths_pt for row in box.rows if len(row.cells) > 1}) <= 2
        )  # and a shorter last row


def test_a_long_unit_stands_below_before_a_column_is_given_up(reading: Setting) -> None:
    (box,) = boxes(
        reading,
        [("120万余人次（折合小时）", "投入"), ("35562支", "志愿服务队伍"), ("85002场", "活动")],
    )
    (row,) = box.rows
    assert len(row.cells) == 3
    assert [shown.below for shown in row.cells] == [True, False, False]


def test_four_are_two_and_two(reading: Setting) -> None:
    (box,) = boxes(reading, [(f"{n}个", "示范点") for n in (1, 2, 3, 4)])
    assert [len(row.cells) for row in box.rows] == [2, 2]


def test_the_lead_figure_comes_first_and_alone(reading: Setting) -> None:
    (box,) = boxes(reading, [("1个", "甲"), ("2个", "乙"), ("3个", "丙")], lead=1)
    assert [[shown.cell.number for shown in row.cells] for row in box.rows] == [["2"], ["1", "3"]]
    assert [row.lead for row in box.rows] == [True, False]


def test_percent_belongs_to_its_number(reading: Setting) -> None:
    (box,) = boxes(reading, [("98.7%", "满意"), ("零下40℃", "气温"), ("12%", "增长")])
    assert [(one.cell.number, one.cell.after, one.cell.signed) for one in box.rows[0].cells] == [
        ("98.7", "%", True), ("40", "℃", True), ("12", "%", True),
    ]  # fmt: skip


# ---- Charts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chart", "given_", "shares"),
    [
        ("bars", ["200人", "100人", "50人"], [1.0, 0.5, 0.25]),
        ("bars", ["1.5万人", "3000人"], [1.0, 0.2]),
        ("share", ["61.3%", "38.7%"], [0.613, 0.387]),
    ],
)
def test_bars_are_as_long_as_their_figures(
    reading: Setting, chart: str, given_: list[str], shares: list[float]
) -> None:
    (box,) = boxes(reading, [(one, f"项{n}") for n, one in enumerate(given_)], chart=chart)
    assert [bar.share for bar in box.bars] == pytest.approx(shares)


def test_a_dot_for_each(reading: Setting) -> None:
    (box,) = boxes(reading, [("12面", "锦旗"), ("3封", "表扬信")], chart="dots")
    assert [bar.dots for bar in box.bars] == [12, 3]
    assert max(bar.dots for bar in box.bars) * box.dot_pt <= room_pt(reading)


CHARTED = """---
title: 数字
speaker: 张三
stats:
  title: 一年之数
  period: 2023年
  chart: {chart}
  items:
{items}
---

{text}
"""


def charted(write: Write, chart: str, found: list[str]) -> Path:
    items = "\n".join(f"    - {{figure: {one}, label: 项{n}}}" for n, one in enumerate(found))
    text = CHARTED.format(chart=chart, items=items, text="，".join(found) + "。")
    return write({"booklet.yaml": MANIFEST + "editions: [reading]\n", "01-speech.md": text})


@pytest.mark.parametrize(
    ("chart", "found", "told"),
    [
        ("条", ["200人", "100人"], 0),
        ("条", ["200人", "100个"], 1),  # unlike units
        ("条", ["200人", "三五成群"], 1),
        ("占比", ["61%", "39%"], 0),
        ("占比", ["61人", "39人"], 1),
        ("占比", ["161%", "39%"], 1),
        ("点", ["12面", "3面"], 0),
        ("点", ["12000面", "3面"], 1),
        ("点", ["1.5面", "3面"], 1),
    ],
)
def test_what_cannot_be_drawn_is_told(
    write: Write, chart: str, found: list[str], told: int
) -> None:
    edition = read_edition(paths.STYLES / "reading.toml")
    book = read_book(charted(write, chart, found), ("red",), ("reading",))
    assert sum(one.code == "数字-04" for one in proofread(book, edition)) == told


def test_a_chart_is_drawn_to_scale_and_read_aloud(write: Write, tmp_path: Path) -> None:
    folder = charted(write, "条", ["200人", "100人", "50人"])
    made, _ = pipeline.build(folder, tmp_path / "out", lambda _step: None)
    document = pdfium.PdfDocument(made[0].pdf)
    page = next(p for p in document if "一年之数" in p.get_textpage().get_text_range())
    text = page.get_textpage().get_text_range()
    assert all(one in text for one in ("200人", "100人", "50人", "项0", "项1", "项2", "2023年"))
    image = page.render(scale=4).to_pil().convert("RGB")
    document.close()
    red = [
        sum(
            r > 120 and g < 60 and b < 60
            for r, g, b in row_of(image.crop((0, y, image.width, y + 1)).tobytes())
        )
        for y in range(image.height)
    ]
    runs: list[int] = []
    for before, now in zip([0, *red], red, strict=False):
        if now > 60 and before <= 60:
            runs.append(now)
        elif now > 60:
            runs[-1] = max(runs[-1], now)
    bars = [run for run in runs if run < image.width * 0.6][:3]
    assert bars[1] / bars[0] == pytest.approx(0.5, abs=0.12)  # red figures beside them count, too
    assert bars[2] / bars[0] == pytest.approx(0.25, abs=0.12)
    with pikepdf.open(BytesIO(made[0].pdf)) as file:
        assert not [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]


def row_of(data: bytes) -> list[tuple[int, int, int]]:
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]
