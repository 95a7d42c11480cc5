"""What the composer costs: ``make bench BOOK=folder``.

Time to compose 100,000 characters on one core; then WeasyPrint's layout and writing of the same pages
with finished lines and with free text, as a ratio, for the book and for one many times as long.
Each pair is timed by turns in one process, the medians compared: machines are noisy.
"""

import re
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from booklet.build import setting_of, with_faces
from booklet.compose.keeping import names_of, prices
from booklet.compose.paragraph import cast_off, compose
from booklet.faces.ruler import ruler
from booklet.model import paragraphs
from booklet.press.sealed import lay_out, write_pdf
from booklet.proof.examine import examine
from booklet.render.book import make_up, render, set_book

RUNS = 3
MARKS = re.compile("[\U000f0000-\U0010ffff]")
SET = re.compile(r'(<p[^>]*) class="set">(.*?)</p>', re.DOTALL)


def free(html: str) -> str:
    """Return the HTML with its paragraphs as free text: no typed line ends, no slips."""
    html = SET.sub(lambda p: f"{p[1]}>{p[2].replace('<br>', '')}</p>", html)
    return MARKS.sub("", html)


def seconds(html: str, resources: dict[str, bytes], plans: list[object]) -> tuple[float, int]:
    """Return the time to lay out and write, and the pages."""
    start = time.perf_counter()
    proof = lay_out(html, resources, plans)  # type: ignore[arg-type]
    write_pdf(proof)
    return time.perf_counter() - start, proof.pages


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
        draft = set_book(longer, setting)
        html, stock = render(draft, setting, make_up(draft, setting))
        resources = with_faces(html, stock.resources, setting)
        pairs = []
        for _ in range(RUNS):
            finished, pages = seconds(html, resources, list(stock.plans))
            plain, _ = seconds(free(html), resources, [])
            pairs.append(finished / plain)
        print(f"{pages} 页\t成行的版面 {statistics.median(pairs):.2f} × 自由排的版面（排印和写出）")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "speeches"))
