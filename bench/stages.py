"""How long each stage of a build takes, as a share of the whole: ``make bench BOOK=folder``.

Machines are noisy, so times are medians of a few runs in one process and compared with each other;
the peer is WeasyPrint alone, laying out the same formes as free text.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.peer import formes_of, free, press_for
from booklet import paths
from booklet.build import setting_of
from booklet.compose.keeping import names_of
from booklet.edition import read_edition
from booklet.finish.labels import label
from booklet.preflight.prove import preflight
from booklet.presswork import print_book
from booklet.proof.examine import examine
from booklet.render.layout import make_up
from booklet.render.piece import set_piece
from booklet.shop import Shop

RUNS = 3
FAMILIES = frozenset({"song", "hei", "kai"})


def median_seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median time of a few runs, and what the last one returned."""
    times, result = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def main(folder: Path) -> None:
    """Print one line a stage: seconds, and the ratio to one bare layout of the same pages."""
    seconds: dict[str, float] = {}
    seconds["读稿校对"], examined = median_seconds(lambda: examine(folder))
    book, fonts = examined.book, examined.fonts
    edition = read_edition(paths.STYLES / "reading.toml")
    setting = setting_of("reading", book.theme, fonts, names_of(book))
    seconds["排行"], pieces = median_seconds(
        lambda: [set_piece(speech, n, setting) for n, speech in enumerate(book.speeches)]
    )
    seconds["拼页"], _ = median_seconds(lambda: make_up(pieces, setting))
    whole, made = median_seconds(lambda: print_book(book, Shop(setting)))
    seconds["排印"] = whole - seconds["排行"] - seconds["拼页"]
    seconds["收尾"], pdf = median_seconds(lambda: label(made.pdf, made.labels, True))
    seconds["核对"], _ = median_seconds(
        lambda: preflight(pdf, book, edition, FAMILIES, "booklet.pdf")
    )
    formes = formes_of(book, setting)
    press = press_for(formes, setting)
    bare, _ = median_seconds(
        lambda: [press.lay_out(free(one.html), one.stock.resources) for one in formes]
    )
    for stage, time_s in seconds.items():
        print(f"{stage}\t{time_s:6.2f} s\t{time_s / bare:5.2f}")
    total = sum(seconds.values())
    print(f"合计\t{total:6.2f} s\t{total / bare:5.2f}\t（1 = WeasyPrint 单独排一遍 {bare:.2f} s）")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "speeches"))
