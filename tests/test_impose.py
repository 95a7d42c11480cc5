"""Sheets that fold into the booklet: for every count of pages, and proven on real files."""

from dataclasses import replace
from io import BytesIO
from typing import Literal

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import build as pipeline
from booklet import paths
from booklet.cli import main
from booklet.edition import Binding, read_form
from booklet.finish.impose import (
    check_thickness,
    impose,
    remark,
    sections,
    sides,
)
from booklet.preflight.folds import check_folded, leaves
from booklet.preflight.words import decode
from tests.conftest import OFFICE, SPEECH, Write

A5 = (148.0, 210.0)


@pytest.fixture
def binding() -> Binding:
    """The office's binding."""
    form = read_form(paths.STYLES / "imposed.toml")
    assert isinstance(form, Binding)
    return form


def numbered(pages: int) -> bytes:
    """Return a file of A5 pages, each with its number as eight bands, black for 1."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            pdf.add_blank_page(page_size=(419.528, 595.276))
            bands = "".join(
                f"30 {30 + 66 * bit} 360 66 re " for bit in range(8) if number >> bit & 1
            )
            pdf.pages[-1].Contents = pdf.make_stream(f"0 g {bands}f".encode())
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


@given(st.integers(1, 200), st.integers(1, 20))
def test_every_page_is_there_once_and_sections_fold_in_order(pages: int, most: int) -> None:
    parts = sections(pages, most)
    order = [page for part in parts for page in part]
    assert [page for page in order if page is not None] == list(range(pages))
    assert all(len(part) % 4 == 0 and len(part) // 4 <= most for part in parts)
    if pages > 1:
        assert order[-1] == pages - 1  # the back cover, behind the blanks
    printed = sides(pages, most)
    folded = []
    for leaf in leaves([len(part) // 4 for part in parts]):
        side = printed[leaf.page]
        assert side.depth == leaf.depth
        assert side.back == bool(leaf.page % 2)
        folded.append(side.left if leaf.left else side.right)
    assert folded == order


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("pages", [4, 28, 64, 196])
def test_the_folded_file_is_the_original(
    binding: Binding, pages: int, flip: Literal["short", "long"]
) -> None:
    turned = replace(binding, flip=flip)
    original = numbered(pages)
    imposed = impose(original, turned, A5)
    assert check_folded(imposed, original, turned, A5) == []
    assert impose(original, turned, A5) == imposed


def test_a_sheet_turned_the_wrong_way_or_a_page_exchanged_is_found_out(binding: Binding) -> None:
    original = numbered(8)
    wrong = impose(original, replace(binding, flip="long"), A5)
    assert check_folded(wrong, original, binding, A5)
    with pikepdf.open(BytesIO(original)) as pdf:
        pdf.pages.append(pdf.pages[2])
        del pdf.pages[2]
        out = BytesIO()
        pdf.save(out)
    assert check_folded(impose(out.getvalue(), binding, A5), original, binding, A5)
    assert (
        "应有" in check_folded(impose(numbered(12), binding, A5), original, binding, A5)[0].message
    )


def test_inner_sheets_are_moved_towards_the_fold(binding: Binding) -> None:
    thick = replace(binding, paper_mm=1.0)
    with pikepdf.open(BytesIO(impose(numbered(12), thick, A5))) as pdf:
        streams = [pikepdf.parse_content_stream(page) for page in pdf.pages]
    moves = [[part.operands for part in stream if str(part.operator) == "cm"] for stream in streams]
    places_of = [float(move[0][4]) for move in moves[::2]]
    assert places_of[1] - places_of[0] == pytest.approx(72 / 25.4, abs=0.001)


def test_marks_stand_outside_the_trim_where_there_is_room(binding: Binding) -> None:
    def strokes(sheet: tuple[float, float]) -> int:
        data = impose(numbered(4), replace(binding, sheet_mm=sheet), A5)
        with pikepdf.open(BytesIO(data)) as pdf:
            return pdf.pages[0].Contents.read_bytes().count(b" l")

    assert strokes((297.0, 210.0)) == 0
    assert strokes((320.0, 230.0)) == 10


def test_the_count_is_announced_and_a_thick_booklet_divided(binding: Binding) -> None:
    assert remark(28, binding) == "28 页 = 7 张 A4，双面打印，短边翻转"
    assert check_thickness(60, binding) == []
    (found,) = check_thickness(64, binding)
    assert (found.severity, "8、8 张" in found.message) == ("warning", True)


def test_the_office_gets_its_file_beside_the_reading_edition(
    write: Write, tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(str(tmp_path))
    folder = str(write(OFFICE))
    assert main(["build", folder]) == 0
    assert "12 页 = 3 张 A4" in capsys.readouterr().out
    document = pdfium.PdfDocument("build/book/booklet-imposed.pdf")
    codes = {text for page in document for text in decode(page, 300)}
    document.close()
    assert codes == {"https://www.wenming.cn"}
    with pikepdf.open("build/book/booklet-imposed.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert all("/Annots" not in page for page in pdf.pages)
    assert main(["build", folder, "--edition", "imposed-long"]) == 0
    assert "长边翻转" in capsys.readouterr().out
    assert main(["build", folder, "--edition", "no"]) == 1
    assert "imposed" in capsys.readouterr().err


def test_an_edition_asked_for_in_the_manifest_is_the_only_one(
    write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write(
        {"booklet.yaml": "title: 甲\neditions: [imposed-long]\n", "01-speech.md": SPEECH}
    )
    made, _ = pipeline.build(folder, tmp_path_factory.mktemp("out"), lambda _step: None)
    assert [file.path.name for file in made] == ["booklet-imposed-long.pdf"]


def test_the_trial_sheet_is_one_sheet(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path_factory.mktemp("trial"))
    assert main(["build", "--trial"]) == 0
    assert "1 张 A4" in capsys.readouterr().out
    document = pdfium.PdfDocument("build/booklet-trial.pdf")
    assert len(document) == 2
    assert "短边翻转" in "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert main(["build", "--trial", "--edition", "reading"]) == 1
