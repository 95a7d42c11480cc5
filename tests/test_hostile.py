"""Whatever is fed: a right book or one sentence in Chinese, never a traceback, a shell, a loss.

One row a case: what is fed, and a part of the sentence that must be told, "" where it must pass.
"""

import hashlib
import os
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from booklet import paths
from booklet.artwork.inks import check_profile
from booklet.errors import BookletError
from booklet.faces.fonts import read_fonts
from booklet.intake.docx.body import read_word
from booklet.intake.readers.plain import read_plain
from booklet.intake.readers.web import read_web
from booklet.intake.run import import_files
from booklet.intake.source import Source
from booklet.proof.examine import examine
from tests.conftest import MANIFEST, SPEECH, Write
from tests.docx import docx, para, part, run

HEAD = "---\ntitle: 春风\nspeaker: 张三\n---\n\n"
BODY = "社区不大，楼道不少。"
SENTENCE = "我们守了十年河，河水一年比一年清，是大家的一件好事。"


def speech(body: str = BODY, head: str = "") -> str:
    """A speech with this body, and more front matter."""
    return f"---\ntitle: 春风\nspeaker: 张三\n{head}---\n\n{body}\n"


def field(key: str, value: str) -> str:
    """The manifest with one more field."""
    return f"{MANIFEST}{key}: {value}\n"


# ---- Manuscripts -----------------------------------------------------------------------------

TEXTS: list[tuple[str, str, str, str]] = [  # name, file, its text, what is told
    # Nesting.
    ("emphasis in emphasis", "01.md", speech("*" * 3000 + "甲" + "*" * 3000), "一层套一层"),
    ("quotation in quotation", "01.md", speech(">" * 500 + " 甲"), "套得太深"),
    ("list in list", "01.md", speech("\n".join("  " * n + "- 甲" for n in range(60))), "套得太深"),
    ("brackets", "01.md", speech("[" * 3000 + "甲" + "]" * 3000), ""),
    ("stars", "01.md", speech("*" * 9001), ""),
    ("underscores", "01.md", speech("_甲" * 5000), ""),
    ("links in links", "01.md", speech("[" * 30 + "甲" + "](https://a.cn)" * 30), ""),
    ("strong and emphasis", "01.md", speech("**甲*乙**丙*丁。"), ""),
    # YAML.
    ("anchors that multiply", "booklet.yaml", "a: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n", "以 * 或 & 开头"),
    ("an anchor that holds itself", "booklet.yaml", "title: &a [*a]\n", "以 * 或 & 开头"),
    ("an anchor alone", "booklet.yaml", "title: &a 春风\n", "以 * 或 & 开头"),
    ("a merge key", "booklet.yaml", "x: &x {title: 甲}\n<<: *x\n", "以 * 或 & 开头"),
    ("YAML in brackets", "booklet.yaml", "title: " + "[" * 2000, ""),
    ("a tag of Python", "booklet.yaml", "title: !!python/object/apply:os.system ['touch x']\n", ""),
    ("two documents", "booklet.yaml", "title: 甲\n---\ntitle: 乙\n", ""),
    ("a directive", "booklet.yaml", "%TAG ! tag:x,2000:\ntitle: 甲\n", ""),
    ("many keys", "booklet.yaml", "".join(f"k{n}: 甲\n" for n in range(3000)), "个键"),
    ("a list for a text", "booklet.yaml", "title: {a: b}\n", "应为一段文字"),
    ("a text for a list", "booklet.yaml", field("links", "甲"), "应为一个列表"),
    ("numbers for texts", "booklet.yaml", "title: 2023\nplace: 1.50\n", ""),
    ("nothing", "booklet.yaml", "", "缺少"),
    ("only a comment", "booklet.yaml", "# 甲\n", "缺少"),
    ("no YAML", "booklet.yaml", "\u3000春风集", ""),
    ("tabs", "booklet.yaml", "title:\n\t甲\n", "制表符"),
    # Characters that are ours, or nobody's.
    ("private use", "01.md", speech("甲\ue000乙"), "U+E000"),
    ("private plane", "01.md", speech("甲\U000f0000乙"), "U+F0000"),
    ("private use by entity", "01.md", speech("甲&#xE001;乙"), "U+E001"),
    ("plane 15 by entity", "01.md", speech("甲&#xF0003;乙"), "U+F0003"),
    ("a control by entity", "01.md", speech("甲&#x1B;乙"), "U+FFFD"),
    ("private use in YAML", "booklet.yaml", 'title: "春\\ue000风"\n', "U+E000"),
    ("plane 16 in YAML", "booklet.yaml", 'title: "春\\U0010FFFD风"\n', "U+10FFFD"),
    ("a surrogate in YAML", "booklet.yaml", 'title: "春\\ud800风"\n', "U+D800"),
    ("an escape in YAML", "booklet.yaml", 'title: "春\\e[31m风"\n', "U+001B"),
    ("private use in a label", "01.md", speech("1286户。", 'stats: [{figure: 1286户, label: "\\ue002"}]\n'), "U+E002"),
    ("private use in a credit", "01.md", speech('![甲](a.jpg "&#xE000;")'), ""),
    ("an escape", "01.md", speech("甲\x1b[31m乙"), "U+001B"),
    ("a zero", "01.md", speech("甲\0乙"), "U+0000"),
    ("no character", "01.md", speech("甲\uffff乙"), "U+FFFF"),
    ("tag characters", "01.md", speech("甲\U000e0041乙"), "U+E0041"),
    ("right to left", "01.md", speech("甲\u202e乙"), ""),
    ("object replacement", "01.md", speech("甲\ufffc乙"), ""),
    ("marks on a letter", "01.md", speech("甲" + "\u0301" * 200 + "乙。"), ""),
    ("too many marks", "01.md", speech("甲" + "\u0301" * 900 + "乙。"), "附加符号"),
    ("a character no face has", "01.md", speech("甲\U00013000乙。"), "没有"),
    # Sizes.
    ("a huge file", "01.md", speech("甲" * 2_000_000), "文件太大"),
    ("a long paragraph", "01.md", speech("社区不大，楼道不少。" * 40_000), "一段文字"),
    ("a long word", "01.md", speech("A" * 301_000), ""),
    ("many rows", "01.md", speech("甲。\n\n| 甲 | 乙 |\n|---|---|\n" + "| 一 | 二 |\n" * 1300), "最多 1200 行"),
    ("many columns", "01.md", speech("甲。\n\n" + "| 甲 " * 40 + "|\n" + "|---" * 40 + "|\n"), "栏"),
    ("many footnotes", "01.md", speech("。".join(f"甲[^{n}]" for n in range(1300)) + "\n\n" + "\n\n".join(f"[^{n}]: 乙。" for n in range(1300))), "脚注"),
    ("many figures", "01.md", speech("1286户。", "stats:\n" + "".join(f"  - {{figure: 1286户, label: 走访{n}}}\n" for n in range(200))), "数字框"),
    ("many quotes", "01.md", speech(BODY, "quotes:\n" + "".join(f"  - text: 社区不大{n}\n" for n in range(50))), "引文"),
    ("many links", "01.md", speech(BODY, "links:\n" + "".join(f"  - {{url: 'https://a.cn/{n}', label: 甲}}\n" for n in range(90))), "链接"),
    ("many bold words", "01.md", speech("**甲**乙" * 7000), "加粗"),
    ("a footnote in a footnote", "01.md", speech("甲[^1]。\n\n[^1]: 乙[^2]。\n\n[^2]: 丙。"), "脚注里面又有脚注"),
    ("a footnote that calls itself", "01.md", speech("甲[^1]。\n\n[^1]: 乙[^1]。"), "脚注里面又有脚注"),
    # Addresses, pictures, places.
    ("a picture outside", "01.md", speech("![甲](../../etc/passwd.jpg)"), "不在本书文件夹里"),
    ("a picture at the root", "01.md", speech("![甲](/etc/hostname.jpg)"), "不在本书文件夹里"),
    ("a picture on the web", "01.md", speech("![甲](https://a.cn/a.jpg)"), "不在本书文件夹里"),
    ("a picture in a file address", "01.md", speech("![甲](file:///etc/a.jpg)"), "图片没有认出来"),
    ("a picture with a zero", "01.md", speech("![甲](a%00b.jpg)"), "找不到图片"),
    ("a picture with a long name", "01.md", speech(f"![甲]({'a' * 3000}.jpg)"), ""),
    ("a picture that is the folder", "01.md", speech("![甲](.)"), ""),
    ("a script for an address", "01.md", speech("[甲](javascript:alert(1))。"), ""),
    ("an address of data", "01.md", speech("[甲](data:text/html,x)。"), ""),
    ("a script for a code", "01.md", speech(BODY, "links: [{url: 'javascript:alert(1)', label: 甲}]\n"), "网址"),
    ("a file for a code", "01.md", speech(BODY, "links: [{url: 'file:///etc/passwd', label: 甲}]\n"), "网址"),
    ("a long address", "01.md", speech(BODY, f"links: [{{url: 'https://a.cn/{'x' * 3000}', label: 甲}}]\n"), ""),
    ("HTML", "01.md", speech("<script>alert(1)</script><img src=x onerror=alert(1)>"), ""),
    ("HTML in a title", "booklet.yaml", "title: '<img src=file:///etc/passwd>'\n", ""),
    ("a template in a title", "booklet.yaml", "title: '{{ 7*7 }}{% raw %}'\n", ""),
    ("CSS in a theme", "booklet.yaml", field("theme", "../../x"), ""),
    ("a path for an edition", "booklet.yaml", field("editions", "[../type]"), ""),
    ("a path in order", "booklet.yaml", field("order", "[../../etc/passwd]"), "没有对应的文件"),
    # Front matter.
    ("front matter without an end", "01.md", "---\ntitle: 甲\n", "没有结束"),
    ("no front matter", "01.md", BODY, "开头缺少"),
    ("an empty file", "01.md", "", "空文件"),
    ("blanks", "01.md", " \n\n \n", ""),
    ("no text", "01.md", HEAD, "没有正文"),
    ("only a byte order mark", "01.md", "\ufeff", ""),
    ("line ends of a Mac", "01.md", speech().replace("\n", "\r"), ""),
    ("a kind nobody knows", "01.md", speech(BODY, "kind: ../x\n"), "没有“kind"),
    ("a box that is not there", "01.md", speech(":::quote 99999999999999999999\n\n甲。"), "应是序号"),
    ("a box of a negative number", "01.md", speech(":::quote -1\n\n甲。"), "应是序号"),
    ("a figure without digits", "01.md", speech(BODY, "stats: [{figure: 很多, label: 甲}]\n"), "没有数字"),
    ("superscript digits in a box", "01.md", speech(":::quote ²\n\n甲。"), "应是序号"),
    ("a superscript footnote", "01.md", speech("甲[^²]。\n\n[^²]: 乙。"), ""),
    ("a list number beyond all", "01.md", speech("999999999. 甲。\n1000000000. 乙。"), ""),
    # Beside the speeches.
    ("a roll of any content", "名单.txt", "\0\0：：；；\n" * 50, "U+0000"),
    ("a roll without end", "名单.txt", "王秀兰 镇长\n" * 5000, "人员（people 和名单）有 2001 人，最多 2000 人"),
    ("a roll of a thousand", "名单.txt", "王秀兰 镇长\n" * 1000 + "走访居名", ""),
    ("formulations that are none", "提法.toml", "[[formulation]]\nold = 3\n", "old、new、since、why"),
    ("formulations of tables", "提法.toml", "formulation = 3\n", "开头"),
    ("TOML in brackets", "提法.toml", "a = " + "[" * 5000, ""),
    ("formulations of a list", "提法.toml", "formulation = [1, 2]\n", "第 1 条"),
]  # fmt: skip


def told_of(work: Callable[[], object]) -> str:
    """Return all that is told, "" where it passes; any other exception is a fault of ours."""
    try:
        work()
    except BookletError as error:
        return "\n".join(map(str, error.findings))
    return ""


@pytest.mark.parametrize(("name", "file", "text", "told"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_manuscript_of_any_content_is_read_or_refused(
    write: Write, name: str, file: str, text: str, told: str
) -> None:
    base = {"01.md": SPEECH, "booklet.yaml": MANIFEST}
    folder = write({**base, file: text.encode("utf-8", "surrogatepass")}, base=False)
    found: list[str] = []

    def work() -> None:
        found.extend(map(str, examine(folder).findings))

    said = told_of(work) + "\n".join(found)
    assert told in said, said[:2000]
    assert not re.search("[\x00-\x08\x0b-\x1f]", re.sub("U\\+[0-9A-F]+", "", said)) or told


# ---- Pictures --------------------------------------------------------------------------------


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **more: object
) -> bytes:
    """A picture of this kind."""
    image = Image.new("RGB", size, "#88AACC")
    ImageDraw.Draw(image).ellipse((20, 20, 200, 200), fill="#CC5533")
    out = BytesIO()
    image.convert(mode).save(out, kind, **more)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that claims this size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def with_exif(kind: int, count: int, value: bytes) -> bytes:
    """A JPEG whose orientation is of this type of EXIF."""
    entry = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHI", 0x112, kind, count) + value + b"\0\0\0\0"
    segment = b"Exif\0\0" + entry
    data = photo()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def with_text() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "秘密")
    return photo("PNG", pnginfo=told)


ICC = (paths.PROFILES / "FOGRA39L_coated.icc").read_bytes()
PIXELS = chunk(b"IDAT", zlib.compress(b"\0" * (3 * 640 + 1) * 480))
PICTURES: list[tuple[str, Callable[[], bytes], str]] = [
    ("a photograph", photo, ""),
    ("half a JPEG", lambda: photo()[: len(photo()) // 2], "已损坏"),
    ("a JPEG without its end", lambda: photo()[:-40], "已损坏"),
    ("a JPEG of garbage", lambda: photo()[:300] + b"\xff" * 3000, "已损坏"),
    ("half a PNG", lambda: photo("PNG")[: len(photo("PNG")) // 2], "已损坏"),
    ("half a TIFF", lambda: photo("TIFF")[:4000], "已损坏"),
    ("half a WebP", lambda: photo("WEBP")[: len(photo("WEBP")) // 2], "已损坏"),
    ("nothing", lambda: b"", "已损坏"),
    ("a text", lambda: "这不是图片".encode(), "已损坏"),
    ("PostScript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "已损坏"),
    ("SVG", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "已损坏"),
    ("a PDF", lambda: b"%PDF-1.7\n", "已损坏"),
    ("a GIF", lambda: photo("GIF"), "已损坏"),
    ("30000 by 30000", lambda: png(30000, 30000, PIXELS), "图片太大"),
    ("2 billion wide", lambda: png(2_000_000_000, 1, PIXELS), ""),
    ("no width", lambda: png(0, 480, PIXELS), "已损坏"),
    ("a bomb of text", lambda: png(640, 480, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000)), PIXELS), ""),
    ("a PNG without pixels", lambda: png(640, 480), "已损坏"),
    ("pixels too few", lambda: png(640, 480, chunk(b"IDAT", zlib.compress(b"\0" * 99))), "已损坏"),
    ("orientation a text", lambda: with_exif(2, 4, b"six\0"), ""),
    ("orientation a ratio", lambda: with_exif(5, 1, struct.pack("<I", 400)), ""),
    ("orientation a list", lambda: with_exif(3, 900, struct.pack("<I", 8)), ""),
    ("orientation below none", lambda: with_exif(8, 1, struct.pack("<i", -3)), ""),
    ("orientation a fraction", lambda: with_exif(11, 1, struct.pack("<f", 6.0)), ""),
    ("orientation unknown", lambda: with_exif(4, 1, struct.pack("<I", 4_000_000_000)), ""),
    ("orientation bytes", lambda: with_exif(7, 4, b"\6\0\0\0"), ""),
    ("words beside pixels", with_text, ""),
    ("ink without a profile", lambda: photo(mode="CMYK"), ""),
    ("a profile of zeros", lambda: photo(mode="CMYK", icc_profile=b"\0" * 3000), ""),
    ("a cut profile", lambda: photo(mode="CMYK", icc_profile=ICC[:60_000]), ""),
    ("a profile for ink on a screen's", lambda: photo(icc_profile=ICC[:60_000]), ""),
    ("floating point", lambda: photo("TIFF", mode="F"), "浮点"),
    ("16 bits", lambda: photo("PNG", mode="I;16"), ""),
    ("one bit", lambda: photo("PNG", mode="1"), ""),
    ("a palette", lambda: photo("PNG", mode="P"), ""),
    ("transparent", lambda: photo("PNG", mode="RGBA"), ""),
    ("grey and transparent", lambda: photo("PNG", mode="LA"), ""),
    ("Lab", lambda: photo("TIFF", mode="LAB"), ""),
    ("one pixel", lambda: photo("PNG", size=(1, 1)), ""),
    ("a strip", lambda: photo("PNG", size=(3000, 3)), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "told"), PICTURES, ids=[row[0] for row in PICTURES])
def test_a_picture_of_any_content_is_printed_or_refused(
    write: Write, fonts: object, name: str, make: Callable[[], bytes], told: str
) -> None:
    from booklet.artwork import photographs
    from booklet.edition import read_edition
    from booklet.model import Figure

    folder = write({"a.jpg": make()})
    figure = Figure(folder / "a.jpg", "甲", "", 3)
    for edition in ("reading", "press"):
        form = read_edition(paths.STYLES / f"{edition}.toml")
        checked = " ".join(map(str, photographs.check(figure, form, "01.md")))
        made: list[photographs.Picture] = []
        try:
            made.append(photographs.prepare(figure, form, "01.md"))
            said = ""
        except BookletError as error:
            said = str(error)
        if told:
            assert told in checked
            assert told in said
            assert "01.md:3" in said
        elif made:
            for secret in ("秘密".encode(), b"Exif", b"Author"):
                assert secret not in made[0].data
        else:
            assert "a.jpg" in said  # a sentence that names it


# ---- Word files ------------------------------------------------------------------------------


def r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def mark(kind: str, more: str = "") -> str:
    """A mark of a field."""
    return r(f'<w:fldChar w:fldCharType="{kind}">{more}</w:fldChar>')


def tables(depth: int, columns: int) -> str:
    """Tables in tables."""
    inner = para("最里面的字")
    for number in range(depth):
        beside = f"<w:tc>{para('旁边')}</w:tc>" * (columns - 1)
        inner = f"<w:tbl><w:tr><w:tc>{para(f'第{number}层')}{inner}</w:tc>{beside}</w:tr></w:tbl>"
    return inner


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
DROP = '<w:ffData><w:ddList><w:result w:val="{}"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData>'
BOX = "<w:txbxContent>" + para("框里的字") + "</w:txbxContent>"
SPAN = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>'
    + para("甲")
    + "</w:tc><w:tc>"
    + para("乙")
    + "</w:tc></w:tr></w:tbl>"
)
WORD: list[tuple[str, bytes, list[str]]] = [  # name, file, words that must be in a row or in the list
    ("a field without a result", docx(para("前文", inner=mark("begin") + r('<w:instrText>XE "甲"</w:instrText>') + mark("end") + r("<w:t>后文</w:t>"))), ["前文后文"]),
    ("a field that never ends", docx(para("前文", inner=mark("begin") + r("<w:t>里面</w:t>")), para(SENTENCE)), ["前文里面", SENTENCE]),
    ("a result that never ends", docx(para("前", inner=mark("begin") + mark("separate") + r("<w:t>果</w:t>")), para(SENTENCE)), ["前果", SENTENCE]),
    ("ends without a beginning", docx(para("前", inner=mark("end") * 5 + mark("separate") + r("<w:t>后</w:t>"))), ["前后"]),
    ("words in a code", docx(para("前", inner=mark("begin") + r("<w:t>码</w:t>") + mark("end") + r("<w:t>后</w:t>"))), ["前后", "码"]),
    ("a list box", docx(para("选", inner=mark("begin", DROP.format(1)) + mark("end"))), ["选乙"]),
    ("a list box out of range", docx(para("选", inner=mark("begin", DROP.format(99)) + mark("end"))), ["选"]),
    ("a combo box", docx(para("选", inner=f"<w:sdt><w:sdtPr><w:comboBox/></w:sdtPr><w:sdtContent>{run('已选')}</w:sdtContent></w:sdt>")), ["选已选"]),
    ("tables in tables", docx(tables(3, 2)), ["第2层", "第0层", "最里面的字"]),
    ("twelve tables", docx(tables(12, 2)), ["最里面的字"]),
    ("frames in frames", docx(tables(40, 1)), ["最里面的字", "第39层"]),
    ("a row in a control", docx(f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"), ["甲", "乙"]),
    ("a formula", docx(para("由", inner=f"<m:oMath {MATH}><m:r><m:t>E=mc²</m:t></m:r></m:oMath>")), ["由E=mc²"]),
    ("a formula alone", docx(f"<m:oMathPara {MATH}><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></m:oMathPara>"), ["a+b"]),
    ("characters with a reading", docx(para("读", inner=r(f"<w:ruby><w:rt>{run('hé')}</w:rt><w:rubyBase>{run('河')}</w:rubyBase></w:ruby>"))), ["读河", "hé"]),
    ("a text box", docx(para("前", inner=r(f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>"))), ["框里的字"]),
    ("a box only in a fallback", docx(para("前", inner=r(f'<mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>'))), ["框里的字"]),
    ("words in a drawing", docx(para("前", inner=r("<w:drawing><a:p><a:r><a:t>图里的字</a:t></a:r></a:p></w:drawing>"))), ["图里的字"]),
    ("a chart", docx(para("前", inner=r(f'<w:drawing><c:chart {CHART} r:id="r1"/></w:drawing>')), parts={"word/charts/c.xml": f"<c:x {CHART}><a:t>图题</a:t><c:v>12</c:v></c:x>"}, targets={"r1": "charts/c.xml"}), ["图题 12"]),
    ("SmartArt", docx(para("前", inner=r('<w:drawing><d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="r1"/></w:drawing>')), parts={"word/diagrams/data1.xml": f"<x {CHART}><a:t>结构图</a:t></x>"}, targets={"r1": "diagrams/data1.xml"}), ["结构图"]),
    ("a header", docx(para("前"), parts={"word/header2.xml": part("hdr", para("页眉的字"))}, targets={"r1": "header2.xml"}), ["页眉的字"]),
    ("elements nobody knows", docx(para("前", inner="<w:foo><w:r><w:t>陌生的字</w:t></w:r></w:foo>"), f"<w:bar>{para('陌生的块')}</w:bar>"), ["陌生的字", "陌生的块"]),
    ("our marks", docx(para("\ue0001\ue003甲\ue001乙\ue002")), ["〓1〓甲〓乙〓"]),
    ("our marks in a footnote", docx(para("甲", inner=r('<w:footnoteReference w:id="2"/>')), parts={"word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{para("注" + chr(0xE000))}</w:footnote>')}), ["注"]),
    ("a span of x", docx(SPAN.format("x")), ["甲", "乙"]),
    ("a span of a billion", docx(SPAN.format(10**9)), ["甲", "乙"]),
    ("a span below none", docx(SPAN.format(-5)), ["甲", "乙"]),
    ("a level of 99", docx(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("甲")}</w:p>'), ["甲"]),
    ("a level of ²", docx(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="²"/><w:numId w:val="²"/></w:numPr><w:outlineLvl w:val="²"/></w:pPr>{run("甲")}</w:p>'), ["甲"]),
    ("a size of none", docx('<w:p><w:r><w:rPr><w:sz w:val="²"/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:sz w:val="1.2.3"/></w:rPr><w:t>乙</w:t></w:r></w:p>'), ["甲乙"]),
    ("a list that starts at x", docx(para("甲", number="1"), parts={"word/numbering.xml": part("numbering", '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="x"><w:start w:val="x"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>')}), ["甲"]),
    ("a list that starts at a billion", docx(para("甲", number="1"), parts={"word/numbering.xml": part("numbering", '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1000000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>')}), ["甲"]),
    ("styles without end", docx(para("甲", style="s0"), parts={"word/styles.xml": part("styles", "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(2000)))}), ["甲"]),
    ("a style based on itself", docx(para("甲", style="s"), parts={"word/styles.xml": part("styles", '<w:style w:type="paragraph" w:styleId="s"><w:name w:val="heading ²"/><w:basedOn w:val="s"/></w:style>')}), ["甲"]),
    ("a footnote of number ²", docx(para("甲"), parts={"word/footnotes.xml": part("footnotes", f'<w:footnote w:id="²">{para("怪脚注")}</w:footnote>')}), ["怪脚注"]),
    ("relations to nothing", docx(para("甲", inner=r('<w:drawing><a:blip r:embed="r1"/><a:blip r:embed=""/><a:blip/></w:drawing>')), targets={"r1": "NULL", "r2": "", "r3": "../../../etc/passwd"}), ["甲"]),
    ("a picture that is none", docx(para("甲", inner=r('<w:drawing><a:blip r:embed="r1"/></w:drawing>')), parts={"word/media/a.png": b"x"}, targets={"r1": "media/a.png"}), ["甲"]),
    ("a comment by nobody", docx(para("甲", inner='<w:commentRangeEnd w:id="1"/>'), parts={"word/comments.xml": part("comments", f'<w:comment w:id="1">{para("批")}</w:comment>')}), ["甲", "批"]),
    ("a deletion", docx(para("甲", inner="<w:del><w:r><w:delText>删</w:delText></w:r></w:del>")), ["甲", "删"]),
    ("hidden words", docx(para("甲", inner="<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>")), ["甲", "藏"]),
]  # fmt: skip


def everything(source: Source) -> str:
    """All that an import keeps or tells of a file."""
    rows = [row.text + row.block for row in source.rows]
    told = [entry.before + entry.after + entry.what for entry in source.entries]
    return "\n".join((*rows, *source.notes.values(), *told))


@pytest.mark.parametrize(("name", "data", "words"), WORD, ids=[row[0] for row in WORD])
def test_nothing_of_a_word_file_is_lost_in_silence(
    name: str, data: bytes, words: list[str]
) -> None:
    source = read_word(data, "x.docx")
    whole = everything(source)
    for word in words:
        assert word in whole, whole
    inner = "\n".join(row.text + row.block for row in source.rows)
    assert inner.count("最里面的字") <= 1  # and nothing is there twice
    assert len(inner) < 10_000


# ---- Web pages and texts ---------------------------------------------------------------------

WEB: list[tuple[str, str, list[str]]] = [
    ("ten thousand boxes", "<div>" * 10_000 + f"<p>{SENTENCE}</p>" + "</div>" * 10_000 + "<p>后面</p>", [SENTENCE, "后面"]),
    ("three thousand spans", "<span>" * 3000 + SENTENCE + "</span>" * 3000 + "<p>后面</p>", [SENTENCE, "后面"]),
    ("lists in lists", "<ul><li>" * 2000 + SENTENCE + "</li></ul>" * 2000 + "<p>后面</p>", [SENTENCE, "后面"]),
    ("tables in tables", "<table><tr><td>甲<table><tr><td>内一</td><td>内二</td></tr></table></td><td>乙</td></tr></table>", ["内一", "乙"]),
    ("another encoding than it says", f'<meta charset="gb2312"><p>{SENTENCE}</p>', [SENTENCE]),
    ("an encoding nobody knows", f'<meta charset="x-none"><p>{SENTENCE}</p>', [SENTENCE]),
    ("a zero byte", f"<p>{SENTENCE[:9]}\0{SENTENCE[9:]}</p>", [SENTENCE]),
    ("our marks by entity", "<p>&#xE000;1&#xE003;甲</p>", ["〓1〓甲"]),
    ("navigation and hidden words", f"<nav>首页</nav><p>{SENTENCE}</p><div style='display:none'>藏着</div><button>按我</button>", [SENTENCE, "首页", "藏着", "按我"]),
    ("a list that starts at x", "<ol start='x'><li>甲</li></ol>", ["甲"]),
    ("nothing closed", f"<p>{SENTENCE}<b><i><div>里<table><tr><td>格", [SENTENCE, "里", "格"]),
    ("a comment that never ends", f"<p>{SENTENCE}</p><!-- 后面", [SENTENCE]),
    ("a frame", f"<frameset><noframes><p>{SENTENCE}</p></noframes></frameset>", [SENTENCE]),
    ("a picture at the root", f"<p>{SENTENCE}</p><img src='/etc/hostname'>", [SENTENCE]),
    ("a picture far up", f"<p>{SENTENCE}</p><img src='../../../../etc/hostname'>", [SENTENCE]),
    ("a picture of nonsense", f"<p>{SENTENCE}</p><img src='data:image/png;base64,@@@'>", [SENTENCE]),
    ("an entity that grows", f'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><p>{SENTENCE}&b;</p>', [SENTENCE]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "page", "words"), WEB, ids=[row[0] for row in WEB])
def test_nothing_of_a_page_is_lost_in_silence(
    tmp_path: Path, name: str, page: str, words: list[str]
) -> None:
    source = read_web(page.encode(), "x.html", tmp_path)
    for word in words:
        assert word in everything(source)
    assert source.pictures == {}


RAW: list[tuple[str, bytes, str]] = [  # name, file, what is told or read
    ("a zero byte", SENTENCE[:9].encode() + b"\0" + SENTENCE[9:].encode(), SENTENCE),
    ("UTF-16 without a mark", SENTENCE.encode("utf-16-le"), SENTENCE),
    ("UTF-16 of a word", "甲1\n".encode("utf-16-le"), "甲1"),
    ("the other UTF-16", SENTENCE.encode("utf-16-be"), SENTENCE),
    ("GBK", SENTENCE.encode("gbk"), SENTENCE),
    ("Big5", "我們守了十年河，河水一年比一年清，是大家的一件好事。".encode("big5"), "我們守了十年河"),
    ("Japanese", ("これはテストです。日本語の文章。" * 9).encode("shift_jis"), "不像中文"),
    ("Korean", ("우리는 십년 동안 강을 지켰다 " * 9).encode("euc-kr"), "不像中文"),
    ("bytes", bytes(range(256)) * 9, "读不出文字"),
    ("our marks", "甲\ue00012\ue003".encode(), "甲〓12〓"),
    ("half a character", SENTENCE.encode()[:-2], ""),
    ("nothing", b"", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), RAW, ids=[row[0] for row in RAW])
def test_a_text_of_any_encoding_is_read_or_doubted(name: str, data: bytes, words: str) -> None:
    found: list[str] = []
    said = told_of(lambda: found.append(everything(read_plain(data, "x.txt"))))
    assert words in said + "".join(found)


# ---- Links, state files, styles --------------------------------------------------------------


def links_out(here: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield (file of a manuscript, where its link stands, what it leads to)."""
    outside = here / "outside"
    outside.mkdir()
    for name, text in (
        ("booklet.yaml", MANIFEST),
        ("01-speech.md", SPEECH),
        ("名单.txt", "王秀兰 镇长\n"),
        ("提法.toml", ""),
        ("签字.txt", "[张三] 校123456 x　y\n"),
    ):
        (outside / name).write_text(text, "utf-8")
        yield name, here / "book" / name, outside / name


@pytest.mark.parametrize("number", range(4))
def test_a_link_that_leads_out_of_the_folder_is_refused(
    write: Write, tmp_path: Path, number: int
) -> None:
    folder = write()
    name, place, target = list(links_out(tmp_path))[number]
    place.unlink(missing_ok=True)
    place.symlink_to(target)
    assert "指向" in told_of(lambda: examine(folder)), name


def test_a_picture_that_is_a_link_out_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "out.jpg").write_bytes(photo())
    folder = write({"01-speech.md": SPEECH + "\n![甲](a.jpg)\n"})
    (folder / "a.jpg").symlink_to(tmp_path / "out.jpg")
    assert "不在本书文件夹里" in told_of(lambda: examine(folder))


STATES = [b"", b"{}", b"[]", b"null", b"3", b'{"../../victim.md": "x"}', b"\xff\xfe", b"[" * 9000, b'{"a": {"b": 1}}', b'{"": ["x"]}']  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_state_file_of_any_content_deletes_nothing(tmp_path: Path, state: bytes) -> None:
    victim = tmp_path / "victim.md"
    victim.write_bytes(b"x")
    digest = hashlib.sha256(b"x").hexdigest()
    source = tmp_path / "来稿.txt"
    source.write_text("春风\n张三\n\n" + SENTENCE, "utf-8")
    into = tmp_path / "a/book"
    import_files([source], into)
    (into / "01-mine.md").write_text("我的字", "utf-8")
    (into / ".import.json").write_bytes(state.replace(b'"x"', f'"{digest}"'.encode()))
    told_of(lambda: import_files([source], into))
    assert victim.read_bytes() == b"x"
    assert (into / "01-mine.md").read_text("utf-8") == "我的字"


def test_an_import_through_a_link_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "来稿.txt"
    source.write_text("春风\n张三\n\n" + SENTENCE, "utf-8")
    into, outside = tmp_path / "book", tmp_path / "outside"
    import_files([source], into)
    outside.mkdir()
    (into / "来稿/来稿.txt").rename(outside / "来稿.txt")
    (into / "来稿").rmdir()
    (into / "来稿").symlink_to(outside)
    (outside / "来稿.txt").write_text("别处的字", "utf-8")
    assert "链接" in told_of(lambda: import_files([source], into))
    assert (outside / "来稿.txt").read_text("utf-8") == "别处的字"


def test_two_sources_of_one_name_are_both_kept(tmp_path: Path) -> None:
    texts = []
    for number in (1, 2):
        path = tmp_path / str(number) / "发言.txt"
        path.parent.mkdir()
        path.write_text(f"第{number}篇\n张三\n\n{SENTENCE}", "utf-8")
        texts.append(path)
    import_files(texts, tmp_path / "book")
    kept = sorted(path.read_text("utf-8")[:3] for path in (tmp_path / "book/来稿").iterdir())
    assert kept == ["第1篇", "第2篇"]


PROFILES = [
    ("cut", ICC[:2000], "不完整"),
    ("of zeros", b"\0" * 5000, "不完整"),
    ("empty", b"", "不完整"),
    ("a text", b"profile" * 99, "不完整"),
    ("with more after it", ICC + b"x", "不完整"),
    ("with a table that points away", ICC[:136] + b"\xff" * 8 + ICC[144:], "不完整"),
    ("whole", ICC, ""),
]


@pytest.mark.parametrize(("name", "data", "told"), PROFILES, ids=[row[0] for row in PROFILES])
def test_a_profile_goes_whole_to_the_print_shop_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, told: str
) -> None:
    monkeypatch.setattr("booklet.artwork.inks.PROFILES", tmp_path)
    (tmp_path / "x.icc").write_bytes(data)
    assert told in " ".join(map(str, check_profile("x.icc")))
    assert bool(check_profile("x.icc")) == bool(told)


FONTS = [
    ("no TOML", "[[", "fonts.toml"),
    ("no roles", "x = 1\n", "fonts.toml"),
    ("a face outside", '[takeover]\nsong-400 = "../../etc/passwd"\n', "文件夹"),
    ("a face at the root", '[takeover]\nsong-400 = "/etc/passwd"\n', "文件夹"),
    ("a face that is not there", '[takeover]\nsong-400 = "x.ttf"\n', "找不到字体文件"),
    ("a face that is a text", '[takeover]\nsong-400 = "a.ttf"\n', "不是字体"),
    ("a role nobody knows", '[takeover]\nfang-400 = "a.ttf"\n', "没有“fang-400”"),
    ("a number for a face", "[takeover]\nsong-400 = 3\n", "fonts.toml"),
    ("a list for takeover", "takeover = [1]\n", "fonts.toml"),
]


@pytest.mark.parametrize(("name", "text", "told"), FONTS, ids=[row[0] for row in FONTS])
def test_a_list_of_faces_of_any_content_is_told(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    whole = paths.FONTS.read_text("utf-8").replace("[takeover]\n", "")
    (tmp_path / "a.ttf").write_bytes(b"no font" * 99)
    roles = "" if name in ("no TOML", "no roles") else whole[whole.index("[role.") :]
    (tmp_path / "fonts.toml").write_text(text + "\n" + roles, "utf-8")
    assert told in told_of(lambda: read_fonts(tmp_path / "fonts.toml"))


# ---- Privacy ---------------------------------------------------------------------------------


def secret_photo(kind: str, orientation: int = 1) -> bytes:
    """A picture that tells who made it, with what, and where."""
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x013B] = orientation, "SECRETMAKER", "SECRETNAME"
    if kind != "TIFF":
        told[0x8825] = {
            1: "N",
            2: (43.0, 52.0, 1.0),
            3: "E",
            4: (125.0, 21.0, 1.0),
            29: "SECRETDATE",
        }
    image = Image.new("RGB", (64, 48), "#88AACC")
    out = BytesIO()
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", "SECRETNAME")
        words.add_itxt("XML:com.adobe.xmp", "<x>SECRETPLACE</x>")
        image.save(out, "PNG", pnginfo=words, exif=told)
    elif kind == "JPEG":
        image.save(out, "JPEG", exif=told, comment=b"SECRETWORDS", xmp=b"<x>SECRETPLACE</x>")
    else:
        image.save(out, kind, exif=told)
    return out.getvalue() + b"SECRETTAIL"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_beside_its_pixels_comes_with_a_picture(kind: str, orientation: int) -> None:
    from booklet.artwork.received import printable

    data = secret_photo(kind, orientation)
    assert b"SECRET" in data
    found = printable(data)
    assert found is not None
    assert b"SECRET" not in found[0]
    with Image.open(BytesIO(found[0])) as image:
        image.load()
        assert image.size == ((48, 64) if orientation == 6 else (64, 48))
        assert not image.getexif()
        assert image.info.get("comment") is None


def test_a_jpeg_keeps_its_pixels_and_its_profile() -> None:
    from booklet.artwork.received import printable

    data = photo(mode="CMYK", icc_profile=ICC, comment=b"SECRET")
    found = printable(data)
    assert found is not None
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(found[0])) as after:
        assert before.tobytes() == after.tobytes()
        assert after.info["icc_profile"] == ICC


def test_an_import_says_that_originals_are_not_to_be_passed_on(tmp_path: Path) -> None:
    source = tmp_path / "来稿.txt"
    source.write_text("春风\n张三\n\n" + SENTENCE, "utf-8")
    result = import_files([source], tmp_path / "book")
    assert [entry.before for entry in result.entries if entry.code == "来稿-01"] == ["来稿.txt"]
    assert "不要随书传出去" in (tmp_path / "book/导入清单.txt").read_text("utf-8")


# ---- Right books are not refused -------------------------------------------------------------


@pytest.mark.parametrize("last", ["这是2023", "85%"])
def test_digits_above_a_footnote_belong_to_the_text(
    write: Write, tmp_path: Path, last: str
) -> None:
    from booklet import build as pipeline

    rows = f"甲[^1]。\n\n{'楼道不少。' * 150}{last}\n\n[^1]: 见附表1。\n"
    folder = write({"01-speech.md": SPEECH + "\n" + rows})
    pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")


def test_a_picture_changed_behind_its_date_is_noticed(write: Write, tmp_path: Path) -> None:
    from booklet import freshness

    folder = write({"a.jpg": photo(size=(900, 700), quality=95) + b"\0" * 2_500_000})
    before, stat = freshness.fingerprint(folder), (folder / "a.jpg").stat()
    data = bytearray((folder / "a.jpg").read_bytes())
    data[-1] ^= 1
    (folder / "a.jpg").write_bytes(bytes(data))
    os.utime(folder / "a.jpg", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert freshness.fingerprint(folder) != before


@pytest.mark.parametrize(
    "titles", [("春风", "春风第2篇"), ("总结", "2023年总结"), ("发言", "发言")]
)
def test_titles_that_are_alike_are_found_each_on_its_page(
    write: Write, tmp_path: Path, titles: tuple[str, str]
) -> None:
    from booklet import build as pipeline

    files = {
        f"0{n}.md": SPEECH.replace("title: 把好事做到家", f"title: {title}").replace(
            "把谁家", "总结发言春风一二，谁家"
        )
        for n, title in enumerate(reversed(titles))
    }
    folder = write({"booklet.yaml": MANIFEST, **files}, base=False)
    pipeline.build(folder, tmp_path / "out", lambda _step: None, "reading")
