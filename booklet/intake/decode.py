"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030, or Big5 where GB18030 would give nonsense."""

from pathlib import Path

from booklet.errors import BookletError, Finding

COMMON = frozenset("的一是在不了有和人中大为為国國我们們这這上个個")  # a tenth of any Chinese text


def decode(source: Path) -> tuple[str, list[Finding]]:
    """Return the file's text with plain line ends; a finding tells when it was not UTF-8."""
    raw = source.read_bytes()
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", *legacy(raw)]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        findings = []
        if encoding != "utf-8-sig":
            message = f"原文是 {encoding.upper()} 编码，已转成 UTF-8"
            findings.append(Finding(str(source), 0, message, "", "warning", "编码-01"))
        return text.replace("\r\n", "\n").replace("\r", "\n"), findings
    raise BookletError(
        Finding(
            str(source), 0, "读不出文字，可能不是文本文件", "用编辑器另存为 UTF-8 的 .txt 再导入"
        )
    )


def legacy(raw: bytes) -> list[str]:
    """Return the two-byte encodings, the likelier first: by how many common characters they give."""

    def commonness(encoding: str) -> float:
        text = raw.decode(encoding, "replace")
        return sum(char in COMMON for char in text) / max(len(text), 1)

    return sorted(["gb18030", "big5"], key=commonness, reverse=True)
