"""Bytes to text: UTF-8, UTF-16, GB18030, or Big5 where GB18030 would give nonsense."""

from booklet.errors import BookletError, Finding
from booklet.intake.source import Entry

LEGACY, WIDE = ("gb18030", "big5"), ("utf-16-le", "utf-16-be")
CHINESE = 0.02  # share of common characters that Chinese has at least
COMMON = frozenset("的一是在不了有和人中大为為国國我们們这這上个個")  # a tenth of any Chinese text


def decode(raw: bytes, name: str) -> tuple[str, tuple[Entry, ...]]:
    """Return the text with plain line ends, and an entry where its encoding was not UTF-8."""
    zeros = raw.count(b"\x00")
    narrow = raw.replace(b"\x00", b"") if zeros else raw
    wide = encodings(raw, narrow)
    zeros = 0 if wide else zeros
    entries: list[Entry] = []
    if zeros:
        what = f"文件里有 {zeros} 个空字节，已删去"
        entries.append(Entry("done", "编码-03", name, 0, what))
    for encoding in wide or ["utf-8-sig", *legacy(narrow)]:
        try:
            text = (raw if wide else narrow).decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        told = f"原文是 {encoding.upper()} 编码，已转成 UTF-8"
        if encoding != "utf-8-sig":
            entries.append(Entry("done", "编码-01", name, 0, told))
        if encoding in LEGACY and not is_chinese(text):
            what = f"按 {encoding.upper()} 读出来不像中文，可能选错了编码"
            fix = "通读一遍；不对就用编辑器打开原文件，另存为 UTF-8 再导入"
            entries.append(Entry("asked", "编码-02", name, 0, what, text.strip()[:30], fix=fix))
        return text, tuple(entries)
    fix = "用编辑器另存为 UTF-8 的 .txt 再导入"
    raise BookletError(Finding(name, 0, "读不出文字，可能不是文本文件", fix))


def encodings(raw: bytes, narrow: bytes) -> list[str]:
    """Return the two-byte encodings of Unicode that a file may be in; none for one of other kinds.

    ``narrow`` is the file without its zero bytes.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    if narrow == raw or is_utf8(narrow):
        return []
    # UTF-16 without its mark: read from the right end it is Chinese.
    found = max(WIDE, key=lambda encoding: (commonness(raw, encoding), plain(raw, encoding)))
    is_wide = commonness(raw, found) > CHINESE or plain(raw, found) > 0.95
    return [found] if is_wide else []


def plain(raw: bytes, encoding: str) -> float:
    """Return the share of Han, ASCII and Chinese marks in what an encoding makes of some bytes."""
    text = raw.decode(encoding, "replace")
    usual = sum(
        char in "\n\r\t" or " " <= char <= "~" or "\u3000" <= char <= "\u301f"
        or "\u4e00" <= char <= "\u9fff" or "\uff00" <= char <= "\uff5e"
        for char in text
    )  # fmt: skip
    return usual / max(len(text), 1)


def is_utf8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8 with more than ASCII in it."""
    try:
        return not raw.decode("utf-8-sig").isascii()
    except UnicodeDecodeError:
        return False


def legacy(raw: bytes) -> list[str]:
    """Return the two-byte encodings, the likelier first: by how many common characters they give."""
    return sorted(LEGACY, key=lambda encoding: commonness(raw, encoding), reverse=True)


def commonness(raw: bytes, encoding: str) -> float:
    """Return the share of common characters in what an encoding makes of some bytes."""
    text = raw.decode(encoding, "replace")
    return sum(char in COMMON for char in text) / max(len(text), 1)


def is_chinese(text: str) -> bool:
    """Tell whether a text has as many common characters as Chinese has; a short one may be anything."""
    han = [char for char in text if "\u3400" <= char <= "\u9fff"]
    return len(han) < 20 or sum(char in COMMON for char in han) > len(han) * CHINESE
