"""校样 and 定稿: what a file says of itself, who has signed, and what can be verified long after."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from booklet import build as pipeline
from booklet import paths, signoff
from booklet.cli import main
from booklet.edition import Edition
from booklet.errors import Finding
from booklet.finish.contact import spreads
from booklet.finish.seal import read_seal, seal
from booklet.imprint import NO_IMPRINT, Imprint, state_of
from booklet.manuscript.book import read_book
from booklet.preflight.prove import preflight
from booklet.proof.examine import examine
from tests.conftest import MANIFEST, OFFICE, SPEECH, Write
from tests.test_sight import change_link, cover_foot, lose_page, shift_page, swap_face

Capture = pytest.CaptureFixture[str]
DATED = {
    "01-speech.md": SPEECH.replace("社区不大，", "社区不大，今年又添了两栋楼，")
}  # 日期-04 warns
STATE = "0123456789ab"


pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> str:
    return state_of(examine(folder).book)


def texts(path: Path) -> list[str]:
    """Return the text of each page, without blanks."""
    document = pdfium.PdfDocument(path)
    found = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return found


# ---- The number of a text --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("01-speech.md", "社区不大", "社区很大"),
        ("01-speech.md", "走访居民", "走访住户"),
        ("01-speech.md", "speaker: 春风社区志愿队", "speaker: 春风志愿队"),
        ("01-speech.md", "https://www.wenming.cn", "https://www.gov.cn"),
        ("01-speech.md", "一、先敲门", "### 一、先敲门"),
        ("booklet.yaml", "title: 春风集", "title: 春雨集"),
        ("booklet.yaml", "title: 春风集", "theme: teal\ntitle: 春风集"),
        ("booklet.yaml", "title: 春风集", "title: [春, 风集]"),
    ],
)
def test_whatever_a_reader_sees_changes_the_number(
    write: Write, name: str, old: str, new: str
) -> None:
    folder = write(OFFICE)
    before = state(folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    assert state(folder) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("01-speech.md", "title: 把", "# 说明\ntitle: 把"),
        ("01-speech.md", "一、先敲门\n", "一、先敲门\n\n\n"),
        ("booklet.yaml", "editions: [reading, imposed]", "editions: [reading]"),
        ("booklet.yaml", "title: 春风集", "terms: [春风社区志愿队]\ntitle: 春风集"),
    ],
)
def test_what_no_reader_sees_leaves_the_number(write: Write, name: str, old: str, new: str) -> None:
    folder = write(OFFICE)
    before = state(folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    assert state(folder) == before
    assert state(folder.rename(folder.with_name("elsewhere"))) == before


def test_another_picture_under_the_same_name_is_another_text(write: Write, photo: bytes) -> None:
    text = SPEECH + "\n![春风](a.jpg)\n"
    before = state(write({"01-speech.md": text, "a.jpg": photo}))
    assert state(write({"01-speech.md": text, "a.jpg": photo + b"\0"})) != before


@pytest.fixture
def photo() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (1200, 900), "#88AACC").save(out, "JPEG")
    return out.getvalue()


# ---- On the page -----------------------------------------------------------------------------


def test_a_proof_bears_its_number_everywhere_and_a_final_book_only_in_the_colophon(
    write: Write, here: Path
) -> None:
    folder = write(OFFICE)
    number = state(folder)
    made, _ = pipeline.build(folder, here / "out", lambda _step: None)
    final, _ = pipeline.build(folder, here / "out", lambda _step: None, final=True)
    assert {one.path.parent.name for one in final} == {f"final-{number}"}
    draft, done = texts(made[0].path), texts(final[0].path)
    assert len(draft) == len(done)
    mark = f"校样{number}"
    assert [page.replace(mark, "").replace("（校样）", "（定稿）") for page in draft] == done
    assert all(mark in page for page in draft[:-1] if page)
    assert [f"{number}（定稿）" in page for page in done].count(True) == 1
    for one in (*made, *final):
        found = read_seal(one.path.read_bytes())
        assert found is not None
        assert found.whole
        assert found.imprint == one.imprint


@pytest.mark.parametrize(
    ("printed", "wanted", "told"),
    [
        (Imprint(STATE), Imprint("ba9876543210"), "页上没有“校样 ba9876543210”"),
        (NO_IMPRINT, Imprint(STATE), "页上没有“校样"),
        (NO_IMPRINT, Imprint(STATE, final=True), "版本记录里没有文本编号"),
        (Imprint(STATE), Imprint(STATE, final=True), "定稿的第 1 页上写着“校样”"),
    ],
)
def test_a_file_that_says_another_state_is_not_published(
    write: Write, edition: Edition, printed: Imprint, wanted: Imprint, told: str
) -> None:
    book = read_book(write(), ("red",), ("reading",))
    fonts = examine(write()).fonts
    made = pipeline.print_edition(book, fonts, "reading", printed, lambda _step: None)
    found = preflight(made.pdf, book, edition, frozenset({"song", "hei", "kai"}), "x", wanted)
    assert any(told in finding.message for finding in found), found


def test_the_order_of_a_proof_says_that_it_must_not_be_printed(write: Write, here: Path) -> None:
    folder = write({"booklet.yaml": MANIFEST + "editions: [press]\n"})
    for final, said in ((False, True), (True, False)):
        made, _ = pipeline.build(folder, here / "out", lambda _step: None, final=final)
        order = next(one for one in made if one.path.stem.endswith("-order"))
        words = "".join(texts(order.path))
        assert ("不要付印" in words, "不能付印" in words) == (said, said)
        assert order.imprint.state in words


# ---- Who has signed --------------------------------------------------------------------------


def test_a_warning_that_nobody_signed_keeps_a_book_from_being_final(
    write: Write, here: Path, capsys: Capture
) -> None:
    folder = write({"booklet.yaml": MANIFEST + "editions: [reading]\n"} | DATED)
    sheet, out = folder / "签字.txt", here / "build/book"
    assert main(["final", str(folder)]) == 1
    told = capsys.readouterr().err
    assert "还没有签字" in told
    assert "日期-04" in told
    assert not list(out.glob("final-*"))
    assert "签字" in "".join(texts(out / "points.pdf"))
    row = next(line for line in sheet.read_text("utf-8").splitlines() if "日期-04" in line)
    for blank in ("[]", "［　］"):
        sheet.write_text(row.replace("[ ]", blank), "utf-8")
        assert [point.signer for point in signoff.points(folder)] == [""]
    assert main(["final", str(folder)]) == 1
    for signed in ("[张三]", "［张三］", "【 张三 11月27日 】"):
        sheet.write_text("\ufeff" + row.replace("[ ]", signed), "utf-8")
        assert signoff.points(folder)[0].signer.startswith("张三")
    assert main(["final", str(folder)]) == 0
    assert main(["sign", str(folder)]) == 0
    assert "[张三 11月27日]" in sheet.read_text("utf-8")
    # Another sentence is another question; a mended one is none.
    write({"01-speech.md": SPEECH.replace("社区不大，", "社区不大，去年添了一栋楼，")})
    assert main(["final", str(folder)]) == 1
    write({"01-speech.md": SPEECH})
    assert main(["final", str(folder)]) == 0
    assert main(["sign", str(folder)]) == 0
    assert "日期-04" not in sheet.read_text("utf-8")


def test_a_name_stays_where_only_the_line_moves(write: Write) -> None:
    warning = Finding("book/01.md", 3, "相对日期", "", "warning", "日期-04")
    (key, _), (other, _) = signoff.keyed([warning, replace(warning, line=9)])
    assert key != other
    assert next(signoff.keyed([replace(warning, line=40)]))[0] == key


@pytest.mark.parametrize("text", ["", "[张三]", "[张三] 校12345 x", "\0\0", "[]" * 9999, "校" * 9])
def test_a_sheet_of_any_content_signs_nothing(write: Write, here: Path, text: str) -> None:
    folder = write(OFFICE | DATED | {"签字.txt": text})
    assert main(["final", str(folder)]) == 1


def test_a_sheet_that_is_no_text_or_leads_elsewhere_signs_nothing(
    write: Write, here: Path, capsys: Capture
) -> None:
    folder = write(OFFICE | DATED | {"签字.txt": "[张三]".encode("gb18030")})
    assert main(["final", str(folder)]) == 1
    assert "UTF-8" in capsys.readouterr().err
    (folder / "签字.txt").unlink()
    main(["sign", str(folder)])
    (folder / "签字.txt").rename(here / "outside.txt")
    signed = (here / "outside.txt").read_text("utf-8").replace("[ ]", "[张三]")
    (here / "outside.txt").write_text(signed, "utf-8")
    (folder / "签字.txt").symlink_to(here / "outside.txt")
    assert main(["final", str(folder)]) == 1
    assert (here / "outside.txt").read_text("utf-8") == signed


def test_questions_of_an_import_are_open_until_signed_or_mended(
    here: Path, capsys: Capture
) -> None:
    source = here / "来稿.txt"
    rows = ("传承雷锋精神", "春风社区志愿队", "", "我们把雷锋精神广播在吉林大地，大家都来学。", "")
    source.write_text("\n".join(rows), "utf-8")
    assert main(["import", str(source), "meeting"]) == 0
    sheet = here / "meeting/签字.txt"
    first = sheet.read_text("utf-8")
    assert "广播在" in first
    assert main(["final", "meeting"]) == 1
    assert "导入时的疑问还没有定" in capsys.readouterr().err
    sheet.write_text(first.replace("[ ]", "[李四]"), "utf-8")
    assert main(["import", str(source), "meeting"]) == 0  # a second import keeps the names
    assert "[李四]" in sheet.read_text("utf-8")
    assert main(["final", "meeting"]) == 0
    sheet.write_text(first, "utf-8")
    speech = next((here / "meeting").glob("0*.md"))
    speech.write_text(speech.read_text("utf-8").replace("广播在", "播撒在"), "utf-8")
    assert main(["final", "meeting"]) == 0


# ---- Verified long after ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def final_book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A final book with a link: its manuscript and its reading edition."""
    folder = tmp_path_factory.mktemp("final") / "book"
    folder.mkdir()
    more = '  - {url: "https://www.gov.cn", label: 政府网}\n---'
    (folder / "booklet.yaml").write_text(MANIFEST, "utf-8")
    (folder / "01.md").write_text(SPEECH.replace("---", more, 2).replace(more, "---", 1), "utf-8")
    made, _ = pipeline.build(folder, folder.parent / "out", lambda _s: None, "reading", final=True)
    return folder, made[0].path


def test_a_final_file_proves_itself(final_book: tuple[Path, Path], capsys: Capture) -> None:
    folder, pdf = final_book
    assert main(["verify", str(pdf), str(folder)]) == 0
    told = capsys.readouterr().out
    assert told.count("相符") == 5
    assert f"定稿，文本编号 {state(folder)}，阅读版" in told
    assert main(["verify", str(pdf)]) == 0
    assert "没有原稿可对" in capsys.readouterr().out


@pytest.mark.parametrize("damage", [cover_foot, lose_page, swap_face, change_link, shift_page])
@pytest.mark.parametrize("sealed_again", [False, True])
def test_a_final_file_that_was_changed_is_found_out(
    final_book: tuple[Path, Path],
    tmp_path: Path,
    capsys: Capture,
    damage: Callable[[pikepdf.Pdf], None],
    sealed_again: bool,
) -> None:
    folder, pdf = final_book
    out = BytesIO()
    with pikepdf.open(pdf) as file:
        damage(file)
        file.save(out)
    data = out.getvalue()
    if sealed_again:  # then the manuscript must tell
        data = seal(data, Imprint(state(folder), final=True), "reading")
    (tmp_path / "x.pdf").write_bytes(data)
    assert main(["verify", str(tmp_path / "x.pdf"), str(folder)]) == 1
    assert ("被改动过" in capsys.readouterr().out) != sealed_again


def test_every_byte_of_a_sealed_file_counts(final_book: tuple[Path, Path]) -> None:
    data = final_book[1].read_bytes()
    for at in range(2000, len(data) - 2000, len(data) // 23):
        found = read_seal(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert found is None or not found.whole


def test_a_file_of_an_older_text_is_told_from_the_manuscript(
    final_book: tuple[Path, Path], tmp_path: Path, capsys: Capture
) -> None:
    folder, pdf = final_book
    newer = tmp_path / "newer"
    newer.mkdir()
    for path in folder.glob("*.*"):
        (newer / path.name).write_text(path.read_text("utf-8").replace("1286户", "1268户"), "utf-8")
    assert main(["verify", str(pdf), str(newer)]) == 1
    told = capsys.readouterr().out
    assert f"文本编号是 {state(newer)}：排成以后改过" in told
    assert "少印了一处：1268户" in told


def test_what_is_no_file_of_ours_is_told(tmp_path: Path, capsys: Capture) -> None:
    blank = pikepdf.new()
    blank.add_blank_page()
    blank.save(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 nothing")
    for name in ("a.pdf", "b.pdf"):
        assert main(["verify", str(tmp_path / name)]) == 1
        assert "没有封记" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "c.pdf")]) == 1
    assert "找不到这个文件" in capsys.readouterr().err


def test_a_later_proof_leaves_the_final_files_and_share_takes_the_last(
    write: Write, here: Path, capsys: Capture
) -> None:
    folder = write(OFFICE)
    assert main(["final", str(folder)]) == 0
    final = next((here / "build/book").glob("final-*"))
    before = {path.name: path.read_bytes() for path in final.glob("*.pdf")}
    assert main(["contact"]) == 0
    assert (final / "contact-1.png").is_file()
    assert main(["build", str(write(OFFICE | DATED))]) == 0
    assert {path.name: path.read_bytes() for path in final.glob("booklet*.pdf")} == before
    capsys.readouterr()
    assert main(["verify", str(final / "booklet.pdf")]) == 1  # the book beside it is known
    assert "排成以后改过" in capsys.readouterr().out


# ---- Internal publications -------------------------------------------------------------------

WHOLE = "colophon: {permit: 吉内资准字第1号, compiler: 甲, recipients: 乙, printer: 丙, printed: 2023年, copies: 9册}\n"


@pytest.mark.parametrize(
    ("more", "code", "severity"),
    [
        ("internal: true\n", "版权-01", "warning"),
        ("internal: true\nlinks: [{url: 'https://pan.baidu.com/s/1ab', label: 本书}]\n", "版权-02", "error"),
        ("internal: true\nlinks: [{url: 'https://www.x.gov.cn/a/book.PDF', label: 本书}]\n", "版权-02", "error"),
        ("internal: true\nlinks: [{url: 'https://www.x.gov.cn/a', label: 电子版}]\n", "版权-02", "warning"),
        ("internal: true\nnotice: 本书定价20元。\n", "版权-03", "warning"),
        ("notice: 内部资料，注意保存。\n", "版权-04", "warning"),
        (WHOLE, "版权-04", "warning"),
        ("internal: true\n" + WHOLE, "", ""),
        ("internal: true\nlinks: [{url: 'https://www.wenming.cn', label: 文明网}]\n" + WHOLE, "", ""),
        ("links: [{url: 'https://pan.baidu.com/s/1ab', label: 本书}]\n", "", ""),
    ],
)  # fmt: skip
def test_what_an_internal_publication_must_and_must_not_print(
    write: Write, more: str, code: str, severity: str
) -> None:
    found = examine(write({"booklet.yaml": MANIFEST + more})).findings
    told = [(one.code, one.severity) for one in found if one.code.startswith("版权")]
    assert ((code, severity) in told) if code else told == []


def test_the_cover_of_an_internal_publication_says_so_and_is_read_back(
    write: Write, edition: Edition
) -> None:
    folder = write({"booklet.yaml": MANIFEST + "internal: true\n" + WHOLE})
    examined = examine(folder)
    made = pipeline.print_edition(
        examined.book, examined.fonts, "reading", NO_IMPRINT, lambda _step: None
    )
    families = frozenset({"song", "hei", "kai"})
    for permit, told in (
        ("吉内资准字第1号", []),
        ("吉内资准字第2号", ["封面上没有“吉内资准字第2号”"]),
    ):
        book = replace(examined.book, colophon=replace(examined.book.colophon, permit=permit))
        found = preflight(made.pdf, book, edition, families, "x")
        assert [one.message for one in found if "封面" in one.message] == told


# ---- The contact sheet -----------------------------------------------------------------------


def test_spreads_are_those_that_lie_open() -> None:
    bound = [(one.left, one.right) for one in spreads(list("abcdefgh"), bound=True)]
    assert bound == [(None, 0), (1, 2), (3, 4), (5, 6), (7, None)]
    loose = [(one.left, one.right) for one in spreads(list("abcde"), bound=False)]
    assert loose == [(0, 1), (2, 3), (4, None)]


def test_the_contact_sheet_shows_every_page(write: Write, here: Path, capsys: Capture) -> None:
    assert main(["contact", str(write(OFFICE))]) == 0
    out = here / "build/book"
    pages = len(pdfium.PdfDocument(out / "booklet.pdf"))
    sheets = -(-(pages // 2 + 1) // 8)
    assert len(pdfium.PdfDocument(out / "contact.pdf")) == sheets
    assert len(list(out.glob("contact-*.png"))) == sheets
    assert paths.finished(out / "contact-1.png")


@pytest.mark.parametrize("at", range(10))
def test_a_sealed_file_with_anything_inside_is_told_and_never_crashes(
    final_book: tuple[Path, Path], tmp_path: Path, capsys: Capture, at: int
) -> None:
    folder, pdf = final_book
    out = BytesIO()
    with pikepdf.open(pdf) as file:
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        for stream in streams[at % 5 :: 5]:
            if stream.get("/Type") != "/Metadata":
                stream.write(b"\0\xff(" * 99)
        if at == 3:
            del file.Root.Pages.Kids[2:]
        if at == 4:
            file.Root.StructTreeRoot = pikepdf.Name("/x")
        file.save(out)
    (tmp_path / "x.pdf").write_bytes(
        seal(out.getvalue(), Imprint(state(folder), final=True), "reading")
    )
    assert main(["verify", str(tmp_path / "x.pdf"), str(folder)]) == 1
    assert "不符" in capsys.readouterr().out


def test_a_finished_file_that_was_spoiled_is_told(
    write: Write, here: Path, capsys: Capture
) -> None:
    main(["build", str(write(OFFICE)), "--edition", "reading"])
    (here / "build/book/booklet.pdf").write_bytes(b"%PDF-1.7 spoiled")
    for command in (["share"], ["contact"], ["check", "--pages"]):
        assert main(command) == 1, command
        assert "打不开" in "".join(capsys.readouterr())
