"""Put a face on the house's level, and let it speak Chinese: a few numbers of its tables.

Written straight into the file (OpenType 1.9, "Font file", hhea, OS/2, GSUB): to read and write the whole
of a face for this takes fifty times as long.
"""

import struct
from collections.abc import Iterator

ASCENT, DESCENT = 0.88, 0.12  # em: the body of a Chinese character stands so on its baseline
HEADER, RECORD = 12, 16  # bytes before the table of tables, and of one of its rows
WORD = 0xFFFFFFFF
HAN, SIMPLIFIED = b"hani", b"ZHS "


class Sfnt:
    """A font file as numbers at places in its tables."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        count = struct.unpack_from(">H", data, 4)[0]
        rows = [struct.unpack_from(">4sIII", data, HEADER + RECORD * n) for n in range(count)]
        self.rows = {tag: HEADER + RECORD * n for n, (tag, *_) in enumerate(rows)}
        self.tables = {tag: (offset, length) for tag, _, offset, length in rows}

    def number(self, tag: bytes, at: int) -> int:
        """Return the 16 bits at a place in a table."""
        found: int = struct.unpack_from(">H", self.data, self.tables[tag][0] + at)[0]
        return found

    def put(self, tag: bytes, at: int, *numbers: int) -> None:
        """Write numbers of 16 bits, negative ones too, one after the other from a place in a table."""
        for step, number in enumerate(numbers):
            place = self.tables[tag][0] + at + 2 * step
            struct.pack_into(">H", self.data, place, number & 0xFFFF)

    def sum_up(self, *tags: bytes) -> None:
        """Bring the sums of changed tables, and that of the file, up to date."""
        change = 0
        for tag in tags:
            offset, length = self.tables[tag]
            words = bytes(self.data[offset : offset + length]) + b"\0" * (-length % 4)
            total = sum(struct.unpack(f">{len(words) // 4}I", words)) & WORD
            place = self.rows[tag] + 4
            before = struct.unpack_from(">I", self.data, place)[0]
            struct.pack_into(">I", self.data, place, total)
            change += 2 * (total - before)  # the table itself, and its row
        place = self.tables[b"head"][0] + 8
        adjusted = struct.unpack_from(">I", self.data, place)[0] - change
        struct.pack_into(">I", self.data, place, adjusted & WORD)


def leveled(data: bytes) -> bytes:
    """Return a small face with the ascent and descent of the house.

    Faces differ in them, and each line would stand at the level of the highest face that occurs in
    it; with one ascent for all, every baseline stands on the grid, whatever is mixed.
    """
    font = Sfnt(data)
    em = font.number(b"head", 18)
    ascent, descent = round(em * ASCENT), round(em * DESCENT)
    font.put(b"hhea", 4, ascent, -descent, 0)
    font.put(b"OS/2", 68, ascent, -descent, 0, ascent, descent)
    changed = [b"hhea", b"OS/2"]
    if b"GSUB" in font.tables:
        speak_chinese(font)
        changed.append(b"GSUB")
    font.sum_up(*changed)
    return bytes(font.data)


def speak_chinese(font: Sfnt) -> None:
    """Let every script of a face shape as simplified Chinese does.

    The renderer takes a Latin word amid Chinese for English, and a —— in a face of its own for no
    language at all: each gets other figures and dashes than those that were measured.
    """
    scripts = font.number(b"GSUB", 4)
    rows = list(entries(font, scripts))
    han = next((font.number(b"GSUB", at + 4) for at, tag in rows if tag == HAN), 0)
    if not han:
        return
    for at, _ in rows:  # all scripts are the one of Han
        font.put(b"GSUB", at + 4, han)
    languages = {tag: at for at, tag in entries(font, scripts + han + 2)}
    if SIMPLIFIED in languages:  # which has one language
        font.put(b"GSUB", scripts + han, font.number(b"GSUB", languages[SIMPLIFIED] + 4))
    font.put(b"GSUB", scripts + han + 2, 0)


def entries(font: Sfnt, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield (place, tag) of each row of a list of tags and offsets that begins with its length."""
    start = font.tables[b"GSUB"][0]
    for n in range(font.number(b"GSUB", at)):
        place = at + 2 + 6 * n
        yield place, bytes(font.data[start + place : start + place + 4])
