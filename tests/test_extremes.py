"""Books at the ends of what an office has: three speeches and sixty, titles of 3 and of 60 characters, pictures of any shape.

A build proves of every page that nothing overlaps, is cut or missing; here are those books, and what a build does not
look at. With FULL set the longest of them, too.
"""

import os
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from booklet import build as pipeline
from booklet import paths
from booklet.edition import Edition, read_edition
from booklet.preflight.lines import check_file
from booklet.preflight.pictures import pictures_on
from booklet.preflight.reading import page_text
from tests.gauge import PROOF_MARK

SHORT = "一座桥"
LONG = "把志愿服务做到群众心坎上让好人好事在样本镇每一个村每一个组每一户人家都看得见摸得着留得下传得开讲得出学得会做得到记得住"
SENTENCES = (
    "志愿服务是一件小事，也是一件长久的事。",
    "我们走访了村里的老人，把谁家缺人手一一记在本子上。",
    "事情都小，连起来就是一座桥。",
    "大家商量着办，遇到难处一起想办法，没有一件事是一个人做成的。",
)
SHAPES = (0.35, 0.5, 0.66, 0.75, 1.0, 1.33, 1.5, 1.78, 2.4, 3.4)
FEWEST = 12  # characters of a page; one with fewer looks forgotten


def picture(shape: float, at: int) -> bytes:
    """A picture of this width to height, large enough for two pages."""
    height = round((1_400_000 / shape) ** 0.5)
    width = round(height * shape)
    image = Image.new("RGB", (width, height), (90 + at * 3, 160, 200 - at * 3))
    ImageDraw.Draw(image).line((0, 0, width, height), fill="white", width=9)
    out = BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def text_of(paragraphs: int, seed: int) -> str:
    chance = random.Random(seed)
    return "\n\n".join(
        "".join(chance.choice(SENTENCES) for _ in range(chance.randint(2, 9)))
        for _ in range(paragraphs)
    )


def write_book(
    folder: Path, speeches: int, title: str, people: int, pictures: int, more: str
) -> Path:
    """Write a book of so many speeches, people and pictures into a new folder."""
    folder.mkdir()
    chance = random.Random(speeches)
    manifest = f"title: 样本集\nsubtitle: 样本镇座谈会发言汇编\nindex: true\n{more}"
    (folder / "booklet.yaml").write_text(manifest, "utf-8")
    if pictures:
        shapes = [chance.choice(SHAPES) for _ in range(pictures)]
        rows = [f'![第{n}张，样本镇志愿服务现场](p{n}.jpg "样本")' for n in range(pictures)]
        for n, shape in enumerate(shapes):
            (folder / f"p{n}.jpg").write_bytes(picture(0.35 if pictures == 1 else shape, n))
        head = "---\nkind: 图版\ntitle: 照片\n---\n\n"
        (folder / "000.md").write_text(head + "\n\n".join(rows) + "\n", "utf-8")
    for n in range(speeches):
        speaker = f"王{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'一二三四五六七八九十'[n // 10]}"
        called = title if n % 2 == 0 else title[: max(3, len(title) // 3)]
        quote = f"quotes:\n  - text: {SENTENCES[2].rstrip('。')}\n" if n % 3 == 0 else ""
        body = SENTENCES[2] + "\n\n" + text_of(1 + n % 7, n)
        head = f"---\ntitle: {called}\nspeaker: {speaker}\ndesignation: 样本镇第{n + 1}村\n{quote}---\n\n"
        (folder / f"{n + 100}.md").write_text(head + body + "\n", "utf-8")
    if people:
        posts = ("", "第三中学", "人民政府办公室副主任、志愿服务联合会秘书长")
        rows = [
            f"  - {{name: {chance.choice('王李张刘陈杨赵黄')}{chance.choice('一大文中')}"
            f"{chance.choice(('', '明', '华', '强'))}, post: 样本镇{posts[n % 3]}{n}}}"
            for n in range(people)
        ]
        head = "---\nkind: 名单\ntitle: 出席名单\nsorted: 笔画\npeople:\n"
        (folder / "900.md").write_text(head + "\n".join(rows) + "\n---\n", "utf-8")
    return folder


BOOKS = {  # speeches, title, people, pictures, booklet.yaml
    "few, short": (3, SHORT, 0, 1, "theme: ink\n"),
    "few, long": (3, LONG, 200, 0, "theme: red\neditions: [reading]\n"),
    "many pictures": (3, SHORT, 0, 40, "theme: teal\neditions: [reading]\n"),
    "many, long": (
        60, LONG, 0, 0,
        "theme: teal\neditions: [reading]\nparts: [{title: 一, from: '100'}, {title: 二, from: '130'}]\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS if os.environ.get("FULL") else ["few, short"])
def test_a_book_at_the_ends_of_what_there_is(tmp_path: Path, name: str) -> None:
    folder = write_book(tmp_path / "book", *BOOKS[name])
    made, findings = pipeline.build(folder, tmp_path / "out", lambda _step: None)
    assert [one for one in findings if one.code not in ("图片-01", "装订-01")] == []
    for output in made:
        toml = (
            paths.STYLES
            / f"{output.path.stem.removeprefix('booklet-').replace('booklet', 'reading')}.toml"
        )
        if output.path.stem not in ("booklet", "booklet-large", "booklet-phone"):
            continue
        edition = read_edition(toml)
        assert list(forlorn(output.path, edition)) == []
        if output.path.stem != "booklet-phone":
            assert check_file(output.path, toml)[1] == []


def forlorn(pdf: Path, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of pages on which a few characters stand alone."""
    document = pdfium.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            label = document.get_page_label(number)
            text = "".join(page_text(page, edition).split())
            text = PROOF_MARK.sub("", text).removeprefix("笔记")  # pages that are to be empty
            alone = 0 < len(text) < FEWEST and text not in ("一", "二")  # the dividers
            if label.isdecimal() and alone and not list(pictures_on(page)):
                yield label, text
    finally:
        document.close()
