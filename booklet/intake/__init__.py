"""A source text to a folder of speeches: certain faults repaired, everything changed listed.

Reads plain text; Word, HTML and Markdown come with the same ``Piece`` in between. Nothing is written
unless all of it can be, and never over an existing manuscript.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.errors import BookletError, Finding
from booklet.intake.decode import decode
from booklet.intake.escape import escape_markdown
from booklet.intake.marks import repair
from booklet.intake.newspaper import Paper, Piece, read_paper
from booklet.manuscript.files import MANIFEST

MOST_BYTES = 20_000_000
SAVE_AS = {
    ".docx": "在 Word 里“另存为”纯文本（.txt，编码选 UTF-8），再导入",
    ".doc": "在 Word 里“另存为”纯文本（.txt，编码选 UTF-8），再导入",
    ".wps": "在 WPS 里“另存为”纯文本（.txt，编码选 UTF-8），再导入",
    ".pdf": "从 PDF 里复制文字，存成 .txt，再导入",
    ".html": "在浏览器里全选、复制，粘贴成 .txt，再导入",
    ".md": "Markdown 文稿不用导入：放进原稿文件夹，开头加上标题等信息",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, and what it changed or doubts."""

    written: tuple[Path, ...]
    findings: tuple[Finding, ...]


def import_file(source: Path, into: Path) -> Imported:
    """Turn a text file into a folder of speeches; raise BookletError where that cannot be done."""
    if not source.is_file():
        raise BookletError(
            Finding(
                str(source),
                0,
                "找不到这个文件",
                "检查文件名：make import FROM=来稿.txt INTO=文件夹",
            )
        )
    if source.suffix.lower() != ".txt":
        fix = SAVE_AS.get(source.suffix.lower(), "存成纯文本 .txt 再导入")
        raise BookletError(Finding(str(source), 0, f"还不能导入“{source.suffix}”文件", fix))
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BookletError(
            Finding(str(into), 0, "这里已经有文件，没有改动它", "换一个新的文件夹名 INTO=…")
        )
    if source.stat().st_size > MOST_BYTES:
        raise BookletError(Finding(str(source), 0, "文件太大，不像发言稿", "检查是不是选错了文件"))
    text, findings = decode(source)
    paper = read_paper(repaired(text, str(source), findings), str(source))
    findings += paper.findings
    files = {MANIFEST: manifest(paper)}
    for number, piece in enumerate(paper.pieces):
        files[file_name(piece, number)] = speech_file(piece)
    publish(files, into)
    return Imported(tuple(into / name for name in files), tuple(findings))


def repaired(text: str, source: str, findings: list[Finding]) -> str:
    """Return the text with its certain faults mended; each kind of change becomes a finding."""
    mended, changes = repair(text)
    for change in changes:
        findings.append(Finding(source, change.line, change.what, "", "warning", change.code))
    return mended


def file_name(piece: Piece, number: int) -> str:
    """Return the name of a piece's file: its place in the order, and whose it is."""
    name = (piece.speaker or "".join(piece.title))[:16]
    safe = "".join(char for char in name if char.isalnum())
    return f"{number:02}-{safe}.md"


def manifest(paper: Paper) -> str:
    """Return booklet.yaml for a source text; what the text does not say is left as a comment."""
    rows = [
        "# 请核对每一项；写法见 README.zh.md。",
        f"title: {quoted(paper.title)}",
        optional("subtitle", paper.subtitle),
        optional("occasion", paper.occasion),
        optional("date", paper.date),
        optional("place", paper.place),
        "theme: red",
        "order:",
        *(f"  - {Path(file_name(piece, n)).stem}" for n, piece in enumerate(paper.pieces)),
        "colophon:",
        "  # compiler: 编印单位",
        "  # printed: 印刷日期",
        "  # copies: 印数",
    ]
    return "\n".join(rows) + "\n"


def optional(key: str, value: str) -> str:
    """Return a row of YAML, commented out where there is no value."""
    return f"{key}: {json.dumps(value, ensure_ascii=False)}" if value else f"# {key}:"


def quoted(lines: Sequence[str]) -> str:
    """Return one text or a list of texts as YAML (JSON is YAML)."""
    value: object = lines[0] if len(lines) == 1 else list(lines)
    return json.dumps(value, ensure_ascii=False)


def speech_file(piece: Piece) -> str:
    """Return a speech as front matter and Markdown."""
    rows = ["---", f"kind: {piece.kind}", f"title: {quoted(piece.title)}"]
    if piece.kind == "speech":
        rows.append(f"speaker: {json.dumps(piece.speaker, ensure_ascii=False)}")
    if piece.designation:
        rows.append(f"designation: {json.dumps(piece.designation, ensure_ascii=False)}")
    rows += ["---", ""]
    rows += [escape_markdown(paragraph) + "\n" for paragraph in piece.paragraphs]
    return "\n".join(rows)


def publish(files: dict[str, str], into: Path) -> None:
    """Write all the files, or none: into a folder beside, which is then renamed."""
    into.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(dir=into.parent, prefix=f".{into.name}."))
    try:
        for name, text in files.items():
            (room / name).write_text(text, "utf-8")
        room.chmod(0o755)
        if into.exists():
            into.rmdir()  # empty: import_file has looked
        room.rename(into)
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise
