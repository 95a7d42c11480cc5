"""A Word file as a package: its parts, opened with care, for it comes from outside.

Refused with a sentence: encrypted, truncated and macro-bearing files, those that unpack to more than
a manuscript can be, and whatever is no Word file at all (ECMA-376, part 2).
"""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from booklet.errors import BookletError, Finding
from booklet.intake.docx.relationships import Relationships, relationships

MOST_UNPACKED = 400_000_000  # bytes of all parts together
MOST_XML = 40_000_000  # bytes of one part of text
MOST_PICTURE = 60_000_000
MOST_PARTS = 5000
OLD_WORD = b"\xd0\xcf\x11\xe0"  # a compound file: Word 97, or an encrypted new one
DOCUMENT = "word/document.xml"  # where the document usually stands; its relationship says so
STRICT = (  # namespaces of “Strict Open XML”, and what the same is called elsewhere
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
SAVE = "在 Word 或 WPS 里打开，“另存为”Word 文档（.docx），再导入"


class Package:
    """The parts of a Word file by name."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        if raw.startswith(OLD_WORD):
            told = "有密码，或者是旧版 Word 文件"
            raise self.refusal(told, "打开后取消密码（文件—信息—保护文档），" + SAVE)
        try:
            self.archive = zipfile.ZipFile(BytesIO(raw))
            parts = self.archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.refusal("不完整，或者不是 Word 文件", "请对方重发一次，或" + SAVE) from error
        self.parts = {part.filename: part for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise self.refusal(
                "解压后太大，不像发言稿", "检查是不是选错了文件；图片太多就先压缩图片"
            )
        if any(part.flag_bits & 1 for part in parts):
            raise self.refusal("有密码", "取消密码后再导入")
        if any(PurePosixPath(part).name.lower() == "vbaproject.bin" for part in self.parts):
            raise self.refusal("带有宏，为安全起见不打开", SAVE)
        self.document = self.related("").of_kind("officeDocument") or DOCUMENT
        if self.document not in self.parts:
            raise self.refusal("不是 Word 文件", SAVE)

    def refusal(self, message: str, fix: str) -> BookletError:
        """Return the error that refuses this file."""
        return BookletError(Finding(self.name, 0, message, fix))

    def related(self, part: str) -> Relationships:
        """Return what a part refers to; "" is the file as a whole."""
        folder, name = PurePosixPath(part).parent, PurePosixPath(part).name
        root = self.xml(str(folder / "_rels" / f"{name}.rels"))
        return relationships(root, str(folder), frozenset(self.parts))

    def xml(self, part: str) -> Any:
        """Return a part's root element, or None where it is not there."""
        if part not in self.parts:
            return None
        data = self.data(part, MOST_XML)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        safe = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            tree = etree.fromstring(data, safe)
        except etree.XMLSyntaxError as error:
            raise self.refusal("内容已损坏", "请对方重发一次，或" + SAVE) from error
        if tree.getroottree().docinfo.doctype:
            raise self.refusal("内容不合规范，为安全起见不打开", SAVE)
        return tree

    def data(self, part: str, most: int) -> bytes:
        """Return a part's bytes, no more than ``most``: what a file says of its size may be untrue."""
        try:
            with self.archive.open(self.parts[part]) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self.refusal("不完整", "请对方重发一次，或" + SAVE) from error
        except Exception as error:  # zlib.error and its like from damaged data
            raise self.refusal("内容已损坏", "请对方重发一次，或" + SAVE) from error
        if len(data) > most:
            raise self.refusal(
                f"里面有太大的内容（{PurePosixPath(part).name}）", "先压缩图片，再导入"
            )
        return data
