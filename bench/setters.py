"""The same paragraphs set by this program and by Typst, in the same face, size and measure."""

import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet import build as pipeline
from booklet import paths
from booklet.edition import Edition, read_edition
from booklet.faces.fonts import read_fonts

SPECIAL = re.compile(r"([\\`*_<>\[\]#~|&!])")
TYPST = """
#let it = json("words.json")
#set page(width: {width}mm, height: {height}mm, binding: left,
  margin: (inside: {spine}mm, outside: {fore_edge}mm, top: {head}mm, bottom: {foot}mm))
#set text(font: "{family}", weight: 400, size: {size}pt, lang: "zh", region: "cn",
  top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: {leading}pt, spacing: {leading}pt,
  first-line-indent: (amount: 2em, all: true))
#for words in it {{ par(words) }}
"""


def edition_of(name: str) -> Edition:
    """Return an edition by the name of its file in ``styles/``."""
    return read_edition(paths.STYLES / f"{name}.toml")


def ours(texts: Sequence[str], name: str) -> bytes:
    """Return the PDF of a book of one speech with these paragraphs, in one edition."""
    with TemporaryDirectory() as folder:
        book, out = Path(folder) / "book", Path(folder) / "out"
        book.mkdir()
        (book / "booklet.yaml").write_text(f"title: 校样\neditions: [{name}]\n", "utf-8")
        words = "\n\n".join(SPECIAL.sub(r"\\\1", text) for text in texts)
        (book / "01.md").write_text(f"---\ntitle: 校样\nspeaker: 校样\n---\n\n{words}\n", "utf-8")
        pipeline.build(book, out, lambda _step: None)
        return (out / f"{edition_of(name).stem}.pdf").read_bytes()


def has_typst() -> bool:
    """Tell whether Typst is installed beside this program."""
    return importlib.util.find_spec("typst") is not None


def typst_source(name: str) -> str:
    """Return the Typst source that sets the paragraphs of ``words.json`` on the pages of one edition."""
    edition = edition_of(name)
    width, height = edition.trim_mm
    return TYPST.format(
        width=width, height=height, spine=edition.spine_mm, head=edition.head_mm, foot=edition.foot_mm,
        fore_edge=edition.fore_edge_mm, family="Noto Serif SC", size=edition.type_pt,
        leading=edition.line_pt - edition.type_pt,
    )  # fmt: skip


def typst(texts: Sequence[str], name: str) -> bytes:
    """Return the PDF that Typst makes of these paragraphs on the pages of one edition."""
    import typst as engine

    face = read_fonts(paths.FONTS)["song-400"]
    with TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text(typst_source(name), "utf-8")
        (Path(folder) / "words.json").write_text(json.dumps(list(texts)), "utf-8")
        fonts = [str(face.path.parent)]
        return bytes(engine.compile(str(main), font_paths=fonts, ignore_system_fonts=True))
