"""The five files of plain make: the same words in all, each fit for its reader."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from booklet import build as pipeline
from booklet import paths
from booklet.artwork import inks
from booklet.artwork.theme import read_theme, theme_names
from booklet.edition import PT_PER_MM, Edition, read_edition
from booklet.errors import BookletError
from booklet.preflight.inks import check_x4
from booklet.preflight.reading import page_texts
from booklet.preflight.words import decode, touched
from booklet.text.clreq import is_han
from tests.conftest import OFFICE, SPEECH, Write

SAMPLE = paths.ROOT / "speeches"
TYPESET = {
    "reading": "booklet",
    "press": "booklet-press",
    "large": "booklet-large",
    "phone": "booklet-phone",
}
ADDRESSES = {
    "http://www.jl.gov.cn", "https://www.gqt.org.cn", "http://www.moe.gov.cn", "http://www.81.cn",
    "https://www.wenming.cn", "https://chinavolunteer.mca.gov.cn",
}  # fmt: skip


def edition_of(name: str) -> Edition:
    return read_edition(paths.STYLES / f"{name}.toml")


@pytest.fixture(scope="module")
def press(printed_sample: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(printed_sample / "booklet-press.pdf") as file:
        yield file


def test_plain_make_makes_every_edition_and_the_order(printed_sample: Path) -> None:
    assert {path.name for path in printed_sample.iterdir()} == {
        "booklet.pdf", "booklet-press.pdf", "booklet-press-cover.pdf", "booklet-press-inner.pdf",
        "booklet-press-order.pdf", "booklet-imposed.pdf",
        "booklet-large.pdf", "booklet-phone.pdf",
    }  # fmt: skip
    assert (printed_sample / "booklet-phone.pdf").stat().st_size < 1_000_000


@pytest.mark.parametrize("name", ["imposed"])  # and with it the reading edition
def test_two_builds_are_the_same_to_the_byte(
    printed_sample: Path, tmp_path: Path, name: str
) -> None:
    made, _ = pipeline.build(SAMPLE, tmp_path, lambda _step: None, name)
    for output in made:
        assert output.pdf == (printed_sample / output.path.name).read_bytes(), output.path.name


def words(path: Path, edition: Edition) -> Counter[str]:
    """Count the Han characters and figures between the covers, notes pages left out."""
    document = pdfium.PdfDocument(path)
    texts = page_texts(document, edition)[1:-1]
    document.close()
    inner = [text for text in texts if not text.startswith("笔记")]
    return Counter(char for char in "".join(inner) if is_han(char))


@pytest.mark.parametrize("name", ["press", "large", "phone"])
def test_the_same_words_stand_in_every_edition(printed_sample: Path, name: str) -> None:
    wanted = words(printed_sample / "booklet.pdf", edition_of("reading"))
    assert wanted.total() > 5000
    assert words(printed_sample / f"{TYPESET[name]}.pdf", edition_of(name)) == wanted


@pytest.mark.parametrize("stem", ["booklet", "booklet-press", "booklet-imposed", "booklet-large"])
def test_every_code_decodes_on_paper(printed_sample: Path, stem: str) -> None:
    document = pdfium.PdfDocument(printed_sample / f"{stem}.pdf")
    assert {text for page in document for text in decode(page, 300)} == ADDRESSES
    document.close()


def test_links_are_touched_on_the_phone_not_scanned(printed_sample: Path) -> None:
    document = pdfium.PdfDocument(printed_sample / "booklet-phone.pdf")
    assert not {text for page in document for text in decode(page, 300)}
    assert {url for page in document for url in touched(page)} == ADDRESSES
    assert document[0].get_size() == pytest.approx((90 * PT_PER_MM, 160 * PT_PER_MM), abs=0.1)
    document.close()


# ---- The print shop's file -------------------------------------------------------------------


def test_the_press_file_has_its_boxes_and_intent(press: pikepdf.Pdf) -> None:
    bleed = 3 * PT_PER_MM
    for page in press.pages:
        left, foot, right, head = (float(side) for side in page.TrimBox)
        assert (right - left, head - foot) == pytest.approx(
            (148 * PT_PER_MM, 210 * PT_PER_MM), abs=0.01
        )
        outer = [left - bleed, foot - bleed, right + bleed, head + bleed]
        assert [float(side) for side in page.BleedBox] == pytest.approx(outer, abs=0.01)
        assert [float(side) for side in page.MediaBox] == pytest.approx(outer, abs=0.01)
        assert "/Annots" not in page
    (intent,) = press.Root.OutputIntents
    assert (str(intent.OutputConditionIdentifier), int(intent.DestOutputProfile.N)) == (
        "FOGRA39",
        4,
    )
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    with press.open_metadata() as metadata:
        assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    assert press.pdf_version == "1.6"


def test_the_artwork_goes_on_to_the_bleed(printed_sample: Path) -> None:
    document = pdfium.PdfDocument(printed_sample / "booklet-press.pdf")
    image = document[0].render(scale=2).to_pil()
    edges = [image.getpixel((x, y)) for x in (2, image.width - 3) for y in (2, image.height - 3)]
    assert all(max(pixel) < 250 for pixel in edges)
    land = image.getpixel((image.width // 2, image.height - 3))  # the drawing, not only its ground
    assert land != image.getpixel((image.width // 2, 3))
    document.close()


def test_text_is_black_or_one_of_the_fixed_inks(press: pikepdf.Pdf) -> None:
    variables = read_theme(paths.THEMES, "red", "press").variables.values()
    fixed = {
        tuple(float(part) for part in re.findall(r"[\d.]+", value))
        for value in variables if value.startswith("device-cmyk")
    }  # fmt: skip
    assert max(sum(ink) for ink in fixed) <= 3.0
    used: Counter[tuple[float, ...]] = Counter()
    for page in press.pages:
        ink: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
        kept = []
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "q":
                kept.append(ink)
            if str(step.operator) == "Q":
                ink = kept.pop()
            if str(step.operator) in ("scn", "sc", "k"):
                ink = tuple(round(float(part), 4) for part in step.operands)
            if str(step.operator) == "TJ":
                used[ink] += sum(len(bytes(part)) for part in step.operands[0]
                                 if isinstance(part, pikepdf.String))  # fmt: skip
    assert set(used) <= fixed
    assert used.most_common(1)[0][0] == (0.0, 0.0, 0.0, 1.0)


def spoiled(path: Path, how: str) -> bytes:
    """Return the press file with one thing in it that a shop would refuse."""
    with pikepdf.open(path) as file:
        page = file.pages[4]
        if how == "rgb":
            page.contents_add(file.make_stream(b"q 1 0 0 rg 0 0 5 5 re f Q"))
        if how == "link":
            page.obj.Annots = pikepdf.Array()
        if how == "box":
            page.obj.TrimBox = page.obj.MediaBox
        if how == "intent":
            del file.Root.OutputIntents
        if how == "picture":
            image = file.make_stream(b"\0\0\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                                     Width=1, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB)  # fmt: skip
            page.add_resource(image, pikepdf.Name.XObject)
        if how == "font":
            for item in file.objects:
                if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                    del item["/FontFile2"]
        out = BytesIO()
        file.save(out)
        return out.getvalue()


@pytest.mark.parametrize(
    ("how", "told"),
    [("rgb", "不是四色"), ("link", "链接"), ("box", "成品框"), ("intent", "输出意图"),
     ("picture", "不是四色的图片"), ("font", "没有嵌入")],
)  # fmt: skip
def test_what_a_shop_would_refuse_is_found(printed_sample: Path, how: str, told: str) -> None:
    path = printed_sample / "booklet-press.pdf"
    assert check_x4(path.read_bytes(), edition_of("press"), "x.pdf") == []
    found = check_x4(spoiled(path, how), edition_of("press"), "x.pdf")
    assert any(told in finding.message for finding in found)


def test_a_profile_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = inks.check_profile("nowhere.icc")
    assert "styles/press.toml" in found.fix
    assert inks.check_profile("FOGRA39L_coated.icc") == []


def test_the_order_says_what_the_shop_asks(printed_sample: Path) -> None:
    document = pdfium.PdfDocument(printed_sample / "booklet-press-order.pdf")
    pages = len(pdfium.PdfDocument(printed_sample / "booklet-press.pdf"))
    text = "".join(document[0].get_textpage().get_text_range().split())
    for part in (
        f"{pages}页",
        "148×210毫米",
        "骑马订",
        "FOGRA39",
        "booklet-press.pdf",
        "3毫米出血",
    ):
        assert part in text
    assert len(document) == 1
    document.close()


SMALL = (
    "fine",
    "cover-fine",
    "back-ink",
    "muted",
)  # of small type: in one full ink, or none, on a press


@pytest.mark.parametrize("name", theme_names(paths.THEMES))
def test_inks_look_like_the_screen(name: str) -> None:
    screen, press = (read_theme(paths.THEMES, name, kind).variables for kind in ("screen", "press"))
    for key, value in press.items():
        if key in SMALL:
            assert all(part in "01" for part in value[12:-1].split()), key
            continue
        if not value.startswith("device-cmyk"):
            assert not value.startswith("#"), key  # every colour has its inks
            continue
        parts = [round(float(part) * 255) for part in re.findall(r"[\d.]+", value)]
        seen = inks.to_screen(Image.new("CMYK", (1, 1), tuple(parts)))
        most = (
            80 if key == "hairline" else 40
        )  # a plate does not hold one as light as a screen does
        assert unlike(seen, Image.new("RGB", (1, 1), screen[key])) <= most, key


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return by how much the colours of two pictures of one pixel differ, of 255."""
    return max(high for _, high in ImageStat.Stat(ImageChops.difference(one, other)).extrema)


# ---- Photographs -----------------------------------------------------------------------------

CMYK, RGB = pdfium.raw.FPDF_COLORSPACE_DEVICECMYK, pdfium.raw.FPDF_COLORSPACE_DEVICERGB
SKY, SUN = (120, 170, 220), (220, 60, 50)


def scene(width: int, height: int) -> Image.Image:
    """A picture with its sky above and a red sun in the right upper corner."""
    image = Image.new("RGB", (width, height), (60, 90, 60))
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, width, height // 2], fill=SKY)
    draw.rectangle([width * 3 // 4, 0, width, height // 4], fill=SUN)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned() -> bytes:
    """A portrait taken with a telephone held upright: stored lying, with a note to turn it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(scene(1200, 1600).rotate(90, expand=True), "JPEG", exif=exif)


def cmyk(kind: str, **options: object) -> bytes:
    return saved(inks.to_press(scene(1300, 900), "FOGRA39L_coated.icc"), kind, **options)


def clear() -> bytes:
    image = scene(1300, 900).convert("RGBA")
    image.putalpha(Image.new("L", image.size, 255))
    image.putpixel((0, 0), (0, 0, 0, 0))
    return saved(image, "PNG")


PHOTOS = {
    "full.jpg": (saved(scene(1300, 900), "JPEG"), "横"),
    "turned.jpg": (turned(), "竖"),
    "inks.jpg": (cmyk("JPEG"), "横"),
    "clear.png": (clear(), "横"),
    "coarse.jpg": (saved(scene(356, 246), "JPEG"), "横"),  # 90 dpi over the whole measure
    "inks.tif": (cmyk("TIFF", compression="tiff_lzw"), "横"),
}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A booklet with every kind of photograph, in all editions; returns where its files are."""
    folder = tmp_path_factory.mktemp("album")
    text = SPEECH
    for name, (data, _) in PHOTOS.items():
        (folder / name).write_bytes(data)
        text += f"\n![{name}]({name})\n\n{'雷锋精神代代相传，志愿服务走进社区。' * 4}\n"
    (folder / "01.md").write_text(text, "utf-8")
    (folder / "booklet.yaml").write_text("title: 春风集\n", "utf-8")
    out = tmp_path_factory.mktemp("album-out")
    findings = pipeline.build(folder, out, lambda _step: None)[1]
    assert [(f.code, "coarse.jpg" in f.message) for f in findings] == [("图片-01", True)]
    return out


def pictures_of(path: Path) -> list[tuple[int, tuple[int, int], Image.Image]]:
    """Return (colour space, pixels, what is seen of it) of each photograph in a file."""
    found = []
    document = pdfium.PdfDocument(path)
    for page in document:
        left, _, _, head = page.get_mediabox()
        sheet = page.render(scale=2).to_pil()
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
            data = item.get_metadata()
            x, foot, right, top = item.get_bounds()
            box = (x - left, head - top, right - left, head - foot)
            seen = sheet.crop(tuple(round(2 * side) for side in box))
            found.append((data.colorspace, (data.width, data.height), seen))
    document.close()
    return found


@pytest.mark.parametrize("name", TYPESET)
def test_every_photograph_is_there_upright_and_in_its_colours(album: Path, name: str) -> None:
    found = pictures_of(album / f"{TYPESET[name]}.pdf")
    assert len(found) == len(PHOTOS)
    for (space, pixels, seen), (photo, (_, lie)) in zip(found, PHOTOS.items(), strict=True):
        assert space == (CMYK if name == "press" else RGB), photo
        assert (pixels[0] > pixels[1]) == (lie == "横"), photo
        for at, wanted in (((0.2, 0.2), SKY), ((0.9, 0.1), SUN)):
            x, y = round(at[0] * seen.width), round(at[1] * seen.height)
            pixel = seen.crop((x, y, x + 1, y + 1)).convert("RGB")
            near = 70 if name == "press" else 25  # PDFium shows inks without their profile
            assert unlike(pixel, Image.new("RGB", (1, 1), wanted)) < near, photo


def test_photographs_for_the_press_have_300_dpi(album: Path) -> None:
    pixels = [size for _, size, _ in pictures_of(album / "booklet-press.pdf")]
    measure = edition_of("press").measure_pt
    assert pixels[0][0] == pytest.approx(300 * measure / 72, abs=1)
    assert pixels[4][0] == 356  # nothing is blown up


def test_grey_is_printed_in_black_only() -> None:
    assert inks.to_press(Image.new("L", (2, 2), 90), "FOGRA39L_coated.icc").mode == "L"


# ---- Large print -----------------------------------------------------------------------------


def test_large_print_is_large_and_strong() -> None:
    edition = edition_of("large")
    assert (edition.type_pt, edition.line_pt, edition.trim_mm) == (16, 28, (210, 297))
    for name in theme_names(paths.THEMES):
        variables = read_theme(paths.THEMES, name, edition.inks).variables
        assert variables["tint"] == "#FFFFFF"
        for key in ("ink", "muted", "accent"):
            assert contrast(variables[key], "#FFFFFF") >= 7, (name, key)  # WCAG 2.2, 1.4.6
        assert contrast(variables["cover-ink"], variables["cover-ground"]) >= 7


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_large_print_can_be_folded_from_a3(write: Write, tmp_path: Path) -> None:
    made, findings = pipeline.build(write(OFFICE), tmp_path, lambda _step: None, "imposed-large")
    assert findings == []
    assert "张 A3" in made[0].remark


def test_an_edition_without_its_inks_is_our_bug(write: Write, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        read_theme(paths.THEMES, "red", "gold")
    with pytest.raises(BookletError):
        pipeline.build(tmp_path / "nowhere", tmp_path, lambda _step: None)
