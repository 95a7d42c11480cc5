"""Pictures that are pages of their own: in rows by their shapes, across two pages, and all of them printed."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from booklet import build as pipeline
from booklet import paths
from booklet.artwork import inks
from booklet.artwork.plates import across_size
from booklet.edition import PT_PER_MM, Edition, read_edition
from booklet.errors import BookletError, Finding
from booklet.makeup.plates import GAP, MOST, PlatePage, plate_pages
from booklet.manuscript.book import read_book
from booklet.preflight.pictures import check_pictures
from booklet.proof.proofread import proofread
from booklet.render.leaves import PlateLeaf, plate_leaves
from booklet.render.setting import Setting
from tests.conftest import MANIFEST, SPEECH, Write

WIDTH, HEIGHT = 300.0, 460.0
shape = st.floats(0.3, 3.5)


def picture(size: tuple[int, int], split: bool = False) -> bytes:
    """A photograph of these pixels; ``split``: its left half red, its right half blue."""
    image = Image.new("RGB", size, "#88AACC")
    if split:
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="#CC0000")
        draw.rectangle((size[0] // 2, 0, *size), fill="#0000CC")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def plates(rows: str) -> str:
    return f"---\nkind: 图版\ntitle: 照片\n---\n\n{rows}\n"


# ---- In rows ---------------------------------------------------------------------------------


@given(st.lists(shape, max_size=24), st.floats(0, 60))
def test_every_picture_stands_once_in_order_and_nothing_overlaps(
    shapes: Sequence[float], words: float
) -> None:
    pages = plate_pages(shapes, WIDTH, HEIGHT, lambda _at, _width: words)
    assert [at for page in pages for at in page.pictures] == list(range(len(shapes)))
    for page in pages:
        assert 1 <= len(page.pictures) <= MOST
        depth = sum(row.height + words for row in page.rows) + GAP * WIDTH * (len(page.rows) - 1)
        assert depth <= HEIGHT + 0.01 or words * len(page.rows) > HEIGHT * 0.5
        for row in page.rows:
            assert sum(row.widths) + GAP * WIDTH * (len(row.widths) - 1) <= WIDTH + 0.01
            for at, width in zip(row.pictures, row.widths, strict=True):
                assert width == pytest.approx(row.height * shapes[at])  # its shape is kept


def rows_of(pages: Sequence[PlatePage]) -> list[list[tuple[int, ...]]]:
    return [[row.pictures for row in page.rows] for page in pages]


@pytest.mark.parametrize(
    ("shapes", "rows"),
    [
        ([1.5], [[(0,)]]),
        ([1.5, 1.5], [[(0,), (1,)]]),  # two lying ones, one under another
        ([0.7, 0.7], [[(0,)], [(1,)]]),  # two standing ones are larger on a page each
        ([1.5, 0.7, 0.7], [[(0,), (1, 2)]]),
        ([], []),
    ],
)
def test_shapes_make_the_page(shapes: list[float], rows: list[list[tuple[int, ...]]]) -> None:
    assert rows_of(plate_pages(shapes, WIDTH, HEIGHT, lambda _at, _width: 18.0)) == rows


def test_pictures_of_many_shapes_are_no_stamps() -> None:
    shapes = [1.5, 0.7, 1.3, 1.8, 0.66, 1.0, 1.5, 1.4, 0.8, 1.5] * 4
    pages = plate_pages(shapes, WIDTH, HEIGHT, lambda _at, _width: 18.0)
    widths = [width for page in pages for row in page.rows for width in row.widths]
    assert min(widths) > 0.25 * WIDTH
    assert len(pages) <= 24


# ---- Across two pages ------------------------------------------------------------------------


GROUP = "前排左起：甲一　乙二\n\n后排左起：丙三　丁四"


def leaves(folder: Path, setting: Setting, folio: int) -> list[PlateLeaf]:
    book = read_book(folder, ("red",), ("reading",))
    return plate_leaves(book.speeches[0], 0, folio, setting)


@pytest.mark.parametrize("folio", [1, 2])
@pytest.mark.parametrize("alone", [True, False])
def test_a_group_begins_on_a_left_hand_page(
    write: Write, reading: Setting, folio: int, alone: bool
) -> None:
    rows = f"![合影](g.png)\n\n{GROUP}" + ("" if alone else "\n\n![门](d.png)")
    files = {
        "01-speech.md": plates(rows),
        "g.png": picture((1800, 1200)),
        "d.png": picture((900, 600)),
    }
    found = leaves(write(files), reading, folio)
    sides = [one.side for one in found]
    at = sides.index("left")
    assert sides[at + 1] == "right"
    assert (folio + at) % 2 == 0
    if folio == 1:  # a page goes before it: of what follows where there is any, else an empty one
        assert at == 1
        assert bool(found[0].rows) is not alone
    assert found[at].names == ("前排左起：甲一　乙二", "后排左起：丙三　丁四")
    assert sum(bool(one.rows) for one in found) == (not alone)


def test_a_panorama_goes_across_and_a_telephone_shows_it_whole(
    write: Write, reading: Setting
) -> None:
    files = {"01-speech.md": plates("![景](g.png)"), "g.png": picture((2400, 1000))}
    folder = write(files)
    assert [one.side for one in leaves(folder, reading, 2)] == ["left", "right"]
    phone = pipeline.setting_of("phone", "red", reading.fonts, ())
    assert [one.side for one in leaves(folder, phone, 2)] == [""]


def test_both_halves_are_of_one_picture(write: Write, tmp_path: Path) -> None:
    files = {
        "booklet.yaml": MANIFEST + "editions: [press, reading]\n",
        "00.md": plates(f"![合影](g.png)\n\n{GROUP}"),
        "g.png": picture((4400, 2000), split=True),
    }
    made, _ = pipeline.build(write(files), tmp_path / "out", lambda _step: None)
    for output in made[:1] + made[-1:]:
        document = pdfium.PdfDocument(output.pdf)
        images = [page.render(scale=1).to_pil() for page in document]
        document.close()
        inner = range(3, len(images) - 2)  # within covers and endpapers, which are red
        reds = [n for n in inner if mostly(images[n], 0)]
        blues = [n for n in inner if mostly(images[n], 2)]
        assert len(reds) == len(blues) == 1
        assert reds[0] + 1 == blues[0]
        assert reds[0] % 2 == 1  # counted from 0: a left-hand page
    with pikepdf.open(BytesIO(made[0].pdf)) as file:  # beyond the trim, too, on the outer side
        assert file.pages[reds[0]].TrimBox != file.pages[reds[0]].MediaBox
    document = pdfium.PdfDocument(made[0].pdf)
    left = document[reds[0]].render(scale=2).to_pil()
    right = document[blues[0]].render(scale=2).to_pil()
    document.close()
    middle = round(left.height * 0.3)
    assert left.getpixel((1, middle))[0] > 150 > left.getpixel((1, middle))[2]
    assert right.getpixel((right.width - 2, middle))[2] > 100


def mostly(image: Image.Image, band: int) -> bool:
    """Tell whether a page shows much of one colour: its middle part is red, or blue."""
    small = image.convert("RGB").resize((30, 42))
    pixels = [small.getpixel((x, y)) for x in range(30) for y in range(42)]
    strong = [p for p in pixels if isinstance(p, tuple) and p[band] > 100 and p[2 - band] < 90]
    return len(strong) > len(pixels) * 0.3


def test_a_wide_picture_reaches_the_edges_a_tall_one_does_not(edition: Edition) -> None:
    width, height = (side * PT_PER_MM for side in edition.trim_mm)
    assert across_size(2.2, 50.0, edition)[0] == pytest.approx(2 * width)
    tall = across_size(1.0, 50.0, edition)
    assert tall[0] < 2 * width
    assert tall[1] < height


# ---- Told ------------------------------------------------------------------------------------


def told(folder: Path) -> list[Finding]:
    edition = read_edition(paths.STYLES / "reading.toml")
    return proofread(read_book(folder, ("red",), ("reading",)), edition)


@pytest.mark.parametrize(
    ("caption", "names", "codes"),
    [
        ("4人合影", GROUP, []),
        ("四位代表合影", GROUP, []),
        ("5人合影", GROUP, ["名单-04"]),
        ("合影", "前排左起：甲一　乙二　丙三", ["图片-03"]),
        ("合影", "甲一、乙二、丙三、丁四", []),
        ("合影", "甲一　乙二　丙三　丁四等", []),
    ],
)
def test_names_under_a_picture_are_counted(
    write: Write, caption: str, names: str, codes: list[str]
) -> None:
    files = {
        "01-speech.md": plates(f"![{caption}](g.png)\n\n{names}"),
        "g.png": picture((3600, 2400)),
    }
    assert [one.code for one in told(write(files)) if one.code[:2] in ("名单", "图片")] == codes


def test_a_picture_too_coarse_for_where_it_stands_is_told(write: Write) -> None:
    group = plates(f"![合影](g.png)\n\n{GROUP}")
    coarse = {
        "01-speech.md": group,
        "g.png": picture((1080, 720)),
    }  # enough for a page, not for two
    (found,) = [one for one in told(write(coarse)) if one.code == "图片-01"]
    assert re.search(r"印成 (19|2\d)\d 毫米宽", found.message)
    alone = {"01-speech.md": plates("![门](g.png)"), "g.png": picture((1080, 720))}
    assert not [one for one in told(write(alone)) if one.code == "图片-01"]


@pytest.mark.parametrize(
    ("data", "told_"),
    [(picture((60, 80)), "图片-01"), (b"no picture", "打不开"), (picture((600, 800)), "")],
)
def test_a_portrait_is_looked_at_as_well(write: Write, data: bytes, told_: str) -> None:
    text = SPEECH.replace("quotes:", "portrait: p.png\nquotes:")
    found = told(write({"01-speech.md": text, "p.png": data}))
    assert [told_ in (one.code + one.message) for one in found] == [True] * bool(told_)


def test_a_portrait_outside_the_folder_is_refused(write: Write) -> None:
    text = SPEECH.replace("quotes:", "portrait: ../p.png\nquotes:")
    with pytest.raises(BookletError):
        read_book(write({"01-speech.md": text}), ("red",), ("reading",))


# ---- Proven ----------------------------------------------------------------------------------


def test_a_picture_that_is_missing_or_twice_in_the_file_is_found(
    write: Write, tmp_path: Path
) -> None:
    files = {
        "booklet.yaml": MANIFEST + "editions: [reading]\n",
        "00.md": plates("![门](a.png)\n\n![窗](b.png)"),
        "01-speech.md": SPEECH.replace("quotes:", "portrait: b.png\nquotes:"),
        "a.png": picture((1200, 800)),
        "b.png": picture((800, 1200)),
    }
    folder = write(files)
    made, _ = pipeline.build(folder, tmp_path / "out", lambda _step: None)
    book = read_book(folder, ("red",), ("reading",))
    edition = read_edition(paths.STYLES / "reading.toml")
    document = pdfium.PdfDocument(made[0].pdf)
    assert check_pictures(document, book, edition, "x.pdf") == []
    at = next(
        n for n, page in enumerate(document) if list(page.get_objects(filter=[3], max_depth=8))
    )
    document.del_page(at)
    (found,) = check_pictures(document, book, edition, "x.pdf")
    assert "张图片" in found.message
    document.close()


# ---- Ink -------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [260.0, 300.0])
def test_a_picture_has_no_more_ink_than_paper_takes(most: float) -> None:
    bands = [Image.effect_noise((200, 200), 90) for _ in range(4)]
    image = Image.merge("CMYK", bands)
    limited = inks.limited(image, most)
    sums = [
        sum(limited.getpixel((x, y))) / 2.55  # type: ignore[arg-type]
        for x in range(0, 200, 7) for y in range(0, 200, 7)
    ]  # fmt: skip
    assert max(sums) <= most + 0.5
    assert limited.getchannel("K").tobytes() == image.getchannel("K").tobytes()
    light = Image.new("CMYK", (4, 4), (40, 80, 90, 10))
    assert inks.limited(light, most).tobytes() == light.tobytes()
