"""Bytes to text: UTF-8, UTF-16, GB18030, or Big5 where GB18030 would give nonsense."""

from booklet.errors import BookletError, Finding
from booklet.intake.source import Entry

COMMON = frozenset("的一是在不了有和人中大为為国國我们們这這上个個")  # a tenth of any Chinese text


def decode(raw: bytes, name: str) -> tuple[str, tuple[Entry, ...]]:
    """Return the text with plain line ends, and an entry where its encoding was not UTF-8."""
    for encoding in encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        told = f"原文是 {encoding.upper()} 编码，已转成 UTF-8"
        entry = Entry("done", "编码-01", name, 0, told)
        return text, () if encoding == "utf-8-sig" else (entry,)
    fix = "用编辑器另存为 UTF-8 的 .txt 再导入"
    raise BookletError(Finding(name, 0, "读不出文字，可能不是文本文件", fix))


def encodings(raw: bytes) -> list[str]:
    """Return the encodings that a file may be in, the likeliest first."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    if b"\x00" in raw[:400]:  # UTF-16 without its mark: line ends and digits have a zero byte
        return ["utf-16-le", "utf-16-be"] if raw[1:400:2].count(0) > raw[:400:2].count(0) else [
            "utf-16-be", "utf-16-le"
        ]  # fmt: skip
    return ["utf-8-sig", *legacy(raw)]


def legacy(raw: bytes) -> list[str]:
    """Return the two-byte encodings, the likelier first: by how many common characters they give."""

    def commonness(encoding: str) -> float:
        text = raw.decode(encoding, "replace")
        return sum(char in COMMON for char in text) / max(len(text), 1)

    return sorted(["gb18030", "big5"], key=commonness, reverse=True)
