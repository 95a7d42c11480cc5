"""How well an import tells speeches apart: ``python -m bench.importing``.

Every layout of ``tests/layouts.py`` in every trade; pieces, titles, speakers, posts, whole paragraphs and
headings found, headings that are none, questions a thousand characters.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet.errors import BookletError
from booklet.intake.run import import_files, read_files
from booklet.intake.source import NONE
from booklet.manuscript.headings import is_heading
from tests.layouts import LAYOUTS, REPORTED, TUNED, Trade, truth

SHOWN = ("篇", "标题", "人", "职务", "段", "小标题")


def measure(trade: Trade, layout: str) -> Counter[str]:
    """Return what was found of what there is in one layout of one meeting."""
    got: Counter[str] = Counter()
    wanted = truth(trade, layout)
    with TemporaryDirectory() as name:
        room = Path(name)
        files = LAYOUTS[layout](trade)
        for file, data in files.items():
            (room / file).write_bytes(data)
        told = read_files(sorted(room.iterdir()), NONE)[0]
        pieces = [piece for piece in told.pieces if piece.kind == "speech"]
        entries = import_files(sorted(room.iterdir()), room / "out").entries
    got["问"] = sum(entry.kind == "asked" for entry in entries)
    got["字"] = sum(len(text) for one in wanted for text in one.paragraphs)
    got["多篇"] = max(len(pieces) - len(wanted), 0)
    by_speaker = {piece.speaker: piece for piece in pieces}
    for at, one in enumerate(wanted):
        for key in SHOWN[:4]:
            got[key + "全"] += 1
        piece = by_speaker.get(one.speaker) or (pieces[at] if len(pieces) == len(wanted) else None)
        headings = [text for text in one.paragraphs if is_heading(text)]
        got["段全"] += len(one.paragraphs) - len(headings)
        got["小标题全"] += len(headings)
        if piece is None:
            continue
        got["篇"] += 1
        got["标题"] += "".join(piece.title) == one.title
        got["人"] += piece.speaker == one.speaker
        got["职务"] += piece.designation == one.post
        paragraphs = [para.text for para in piece.paragraphs if para.kind == "text"]
        found = [
            para.text
            for para in piece.paragraphs
            if para.kind == "heading" or is_heading(para.text)
        ]
        got["段"] += sum(text in paragraphs for text in one.paragraphs if text not in headings)
        got["小标题"] += sum(text in found for text in headings)
        got["假小标题"] += sum(text not in headings for text in found)
    return got


def table(trades: Mapping[str, Trade], only: str = "") -> None:
    """Print one row a layout and the sums."""
    total: Counter[str] = Counter()
    for layout in LAYOUTS:
        if only and layout != only:
            continue
        row: Counter[str] = Counter()
        for trade in trades.values():
            try:
                row += measure(trade, layout)
            except BookletError as error:
                print(layout, error.findings[0].message)
        total += row
        print(line(layout, row))
    print(line("合计", total))


def line(name: str, row: Counter[str]) -> str:
    """Return one row of the table."""
    parts = [f"{key} {row[key]}/{row[key + '全']}" for key in SHOWN]
    asked = row["问"] / max(row["字"], 1) * 1000
    return (
        f"{name:24}"
        + "  ".join(parts)
        + f"  多 {row['多篇']} 假 {row['假小标题']}  问 {asked:.1f}‰"
    )


if __name__ == "__main__":
    for name, trades in (("调", TUNED), ("报", REPORTED)):
        if len(sys.argv) < 2 or name in sys.argv[1:] or sys.argv[1] in LAYOUTS:
            print("——", name)
            table(trades, next((one for one in sys.argv[1:] if one in LAYOUTS), ""))
