"""What one changed word costs: ``make bench BOOK=folder``.

All editions, made anew and after one word was changed, each run a process of its own, by turns; then the
pages of the changed speech in a process that has printed the book before. Medians.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet import freshness, paths
from booklet.build import setting_of
from booklet.compose.keeping import names_of
from booklet.imprint import Imprint, state_of
from booklet.presswork import print_speech
from booklet.proof.examine import examine
from booklet.shop import Shop
from booklet.standing import Standing

RUNS = 5


def change(folder: Path, turn: int) -> int:
    """Change one character of a speech, another one each turn; return its number."""
    files = sorted(folder.glob("0[1-9]*.md"))
    number = turn % len(files)
    text = files[number].read_text("utf-8")
    at = text.rindex("，", 0, len(text) * 3 // 4)
    files[number].write_text(text[:at] + "；" + text[at + 1 :], "utf-8")
    return number


def timed(room: Path) -> tuple[float, float]:
    """Build the book in a room; return seconds of CPU and of wall."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "booklet", "build", "speeches"], cwd=room, check=True,
        capture_output=True, env={**os.environ, "PYTHONPATH": str(paths.ROOT)},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def cold(folder: Path) -> None:
    """Print what a change costs a process that is started for it."""
    rows: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    with TemporaryDirectory() as name:
        room = Path(name)
        shutil.copytree(folder, room / "speeches")
        for turn in range(RUNS):
            shutil.rmtree(room / "build", ignore_errors=True)
            rows[True].append(timed(room))
            change(room / "speeches", turn)
            rows[False].append(timed(room))
    (cpu, wall), (less, shorter) = (
        tuple(statistics.median(row[n] for row in rows[full]) for n in (0, 1))
        for full in (True, False)
    )
    print(
        f"改一个字\t全部版本 CPU {less:.2f} / {cpu:.2f} s = {less / cpu:.2f}，历时 {shorter:.2f} / {wall:.2f} s"
    )


def warm(folder: Path) -> None:
    """Print what it costs a process that has printed the book before."""
    seconds = []
    with TemporaryDirectory() as name:
        room, shop = Path(name), None
        shutil.copytree(folder, room / "speeches")
        for turn in range(RUNS + 1):
            number = change(room / "speeches", turn) if turn else 0
            start = time.perf_counter()
            examined = examine(room / "speeches")
            book, imprint = examined.book, Imprint(state_of(examined.book))
            if shop is None:
                setting = setting_of("reading", book.theme, examined.fonts, names_of(book))
                shop = Shop(setting, Standing(room / "kept", freshness.program()))
            shop.setting = replace(shop.setting, imprint=imprint)
            print_speech(book, number, shop)
            seconds.append(time.perf_counter() - start)
    print(f"改一个字\t运行着的程序，到这篇的各页 {statistics.median(seconds[1:]):.2f} s")


if __name__ == "__main__":
    for measure in (cold, warm):
        measure(Path(sys.argv[1] if len(sys.argv) > 1 else "speeches"))
