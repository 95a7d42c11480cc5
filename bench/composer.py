"""What the composer costs: ``make bench BOOK=folder``.

Time to compose 100,000 characters on one core; then WeasyPrint's layout and writing of the same pages
with finished lines and with free text, as a ratio, for the book and for one many times as long.
Each pair is timed by turns in one process, the medians compared: machines are noisy.
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.peer import formes_of, free, press_for
from booklet.build import setting_of
from booklet.compose.keeping import names_of, prices
from booklet.compose.paragraph import cast_off, compose
from booklet.faces.ruler import ruler
from booklet.model import paragraphs
from booklet.proof.examine import examine
from booklet.render.formes import Forme
from booklet.render.setting import Setting
from booklet.render.stock import Stock

RUNS = 3


def seconds(formes: list[Forme], setting: Setting) -> tuple[float, int]:
    """Return the time to lay some formes out and print them, and the pages."""
    press = press_for(formes, setting)
    start = time.perf_counter()
    pages = 0
    for forme in formes:
        pages += len(press.pull(forme.html, forme.stock.resources, forme.stock.plans).kinds)
    return time.perf_counter() - start, pages


def main(folder: Path) -> None:
    """Print the composer's speed and the two ratios."""
    examined = examine(folder)
    book, fonts = examined.book, examined.fonts
    measure = ruler(fonts)
    texts = [text for speech in book.speeches for text, _ in paragraphs(speech.blocks)]
    runs = []
    for _ in range(RUNS + 2):
        start = time.perf_counter()
        for text in texts:
            roles = ["song-400"] * len(text)
            compose(cast_off(text, roles, 29, measure, 2.0, prices(text, ())))
        runs.append(time.perf_counter() - start)
    count = sum(map(len, texts))
    print(f"成行\t{min(runs) / count * 1e5:.2f} s / 100,000 字")
    setting = setting_of("reading", book.theme, fonts, names_of(book))
    for times in (1, 9):
        longer = replace(book, speeches=book.speeches * times)
        formes = formes_of(longer, setting)
        freed = [
            replace(forme, html=free(forme.html), stock=Stock(forme.stock.resources))
            for forme in formes
        ]
        pairs = []
        for _ in range(RUNS):
            finished, pages = seconds(formes, setting)
            plain, _ = seconds(freed, setting)
            pairs.append(finished / plain)
        print(f"{pages} 页\t成行的版面 {statistics.median(pairs):.2f} × 自由排的版面（排印和写出）")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "speeches"))
