"""The office's own pictures: a photograph on the cover, an emblem from a picture or a drawing."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from booklet import build as pipeline
from booklet import paths
from booklet.edition import PT_PER_MM
from booklet.errors import BookletError
from booklet.manuscript.book import read_book
from booklet.preflight.pictures import pictures_on
from tests.conftest import MANIFEST, Write

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">
<rect width="100" height="60" fill="#00AA00"/></svg>"""
HOSTILE = {
    "a file": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    "an address": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="http://x.example/a.png" width="9" height="9"/></svg>',
    "no drawing": "正文",
    "nothing": "",
    "half": '<svg xmlns="http://www.w3.org/2000/svg"><rect',
    "an entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
}


def picture(colour: str, size: tuple[int, int] = (1800, 1300), kind: str = "PNG") -> bytes:
    image = Image.new("RGB", size, colour)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def transparent() -> bytes:
    """A green disc on nothing."""
    image = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((40, 40, 860, 860), fill=(0, 170, 0, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def greens(image: Image.Image) -> int:
    data = image.convert("RGB").tobytes()
    return sum(
        g > 120 and r < 90 and b < 90
        for r, g, b in zip(data[::3], data[1::3], data[2::3], strict=True)
    )


@pytest.mark.parametrize("theme", ["red", "teal", "ink"])
def test_an_emblem_stands_on_cover_title_page_and_back(
    write: Write, tmp_path: Path, theme: str
) -> None:
    text = (
        MANIFEST + f"theme: {theme}\nhost: 春风社区\nemblem: e.svg\neditions: [reading, imposed]\n"
    )
    made, findings = pipeline.build(
        write({"booklet.yaml": text, "e.svg": SVG}), tmp_path / "out", lambda _: None
    )
    assert findings == []
    reading = made[0].pdf
    document = pdfium.PdfDocument(reading)
    found = [n for n, page in enumerate(document) if list(pictures_on(page))]
    assert found == [0, 2, len(document) - 1]
    assert all(greens(document[n].render(scale=1).to_pil()) > 300 for n in found)
    document.close()
    with pikepdf.open(BytesIO(reading)) as file:
        words = [
            str(one.Alt)
            for one in file.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert words.count("春风社区标志") == 3


@pytest.mark.parametrize("data", [transparent(), picture("#00AA00", (900, 400), "JPEG")])
def test_an_emblem_may_be_a_picture(write: Write, tmp_path: Path, data: bytes) -> None:
    text = MANIFEST + "emblem: e.png\neditions: [reading]\n"
    made, _ = pipeline.build(
        write({"booklet.yaml": text, "e.png": data}), tmp_path / "out", lambda _: None
    )
    document = pdfium.PdfDocument(made[0].pdf)
    assert greens(document[2].render(scale=1).to_pil()) > 300
    document.close()


@pytest.mark.parametrize("what", HOSTILE)
def test_a_drawing_that_reaches_outside_or_is_none_is_told(
    write: Write, tmp_path: Path, what: str
) -> None:
    text = MANIFEST + "emblem: e.svg\neditions: [reading]\n"
    folder = write({"booklet.yaml": text, "e.svg": HOSTILE[what]})
    with pytest.raises(BookletError) as raised:
        pipeline.build(folder, tmp_path / "out", lambda _: None)
    (found,) = raised.value.findings
    assert found.path.endswith("booklet.yaml")
    assert found.message == "标志画不出来：e.svg"
    assert "passwd" not in str(raised.value)
    assert not list((tmp_path / "out").glob("*.pdf"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("emblem: ../e.svg", "不在本书文件夹里"),
        ("emblem: e.gif2", "找不到图片"),
        ("cover: e.svg", "不能用“.svg”格式的图片"),
        ("cover: no.png", "找不到图片“no.png”"),
    ],
)
def test_a_picture_that_cannot_be_used_is_told(write: Write, said: str, told: str) -> None:
    folder = write({"booklet.yaml": MANIFEST + said + "\n", "e.svg": SVG})
    with pytest.raises(BookletError) as raised:
        read_book(folder, ("red",), ("reading",))
    assert any(told in found.message for found in raised.value.findings)


FULL = "internal: true\nanniversary: {years: 60, from: 1963, to: 2023}\nemblem: e.svg\nhost: [甲单位, 乙单位, 丙单位]\n"


@pytest.mark.parametrize(
    ("theme", "more", "editions"),
    [("red", "", "imposed"), ("teal", FULL, "press, phone"), ("ink", FULL, "reading, imposed")],
)
def test_a_photograph_is_the_upper_half_of_the_cover(
    write: Write, tmp_path: Path, theme: str, more: str, editions: str
) -> None:
    text = (
        MANIFEST
        + f"theme: {theme}\ndate: 2023年3月5日\ncover: c.png\n{more}editions: [{editions}]\n"
    )
    files = {"booklet.yaml": text, "c.png": picture("#00AA00"), "e.svg": SVG}
    made, _ = pipeline.build(write(files), tmp_path / "out", lambda _: None)
    for output in made:
        if output.path.stem not in ("booklet", "booklet-phone", "booklet-press"):
            continue
        document = pdfium.PdfDocument(output.pdf)
        image = document[0].render(scale=1).to_pil()
        document.close()
        upper = image.crop((0, 0, image.width, round(image.width * 95 / 148)))
        assert greens(upper) > 0.9 * upper.width * upper.height
        lower = image.crop((0, round(image.width * 125 / 148), image.width, image.height))
        assert greens(lower) == 0
    for output in made:
        if output.path.stem != "booklet-imposed":
            continue
        document = pdfium.PdfDocument(output.pdf)
        sheet = document[0].render(scale=1.5, grayscale=True).to_pil()
        document.close()
        edge = round(6 * PT_PER_MM * 1.5)
        for box in ((0, 0, sheet.width, edge), (sheet.width - edge, 0, sheet.width, sheet.height)):
            assert min(sheet.crop(box).tobytes()) > 250


def test_the_number_of_a_text_changes_with_its_cover(write: Write) -> None:
    from booklet.imprint import state_of

    def state(**files: bytes) -> str:
        named = {name.replace("_", "."): data for name, data in files.items()}
        text = MANIFEST + "".join(
            f"{key}: {name}\n"
            for key, name in (("cover", "c.png"), ("emblem", "e.png"))
            if name in named
        )
        return state_of(
            read_book(write({"booklet.yaml": text, **named}), ("red",), paths.edition_names())
        )

    plain = state()
    red, blue = state(c_png=picture("red")), state(c_png=picture("blue"))
    assert len({plain, red, blue, state(c_png=picture("blue"), e_png=picture("red"))}) == 4
