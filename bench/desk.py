"""What the desk costs who works at it: ``python -m bench.desk [edits]``. Needs Chromium.

In a real browser, on the sample and on a book of some 160 pages: from ``make desk`` to the first page seen,
from a saved word to the changed page on the screen, warm; memory after many edits (as many as an hour has).
"""

import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from bench.growth import write_book
from bench.screens import WINDOW, chromium, desk
from booklet import paths

EDITS = 300
LONG = 12  # times the sample: about 160 pages
SOON = 60_000  # ms
IN_SIGHT = """[...document.querySelectorAll(".leaf img")].filter((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
})"""
SEEN = f"""() => {IN_SIGHT}.map((one) => one.getAttribute("src")).join()"""
# Resolves when every picture in sight that was changed has been drawn anew.
CHANGED = f"""(before) => new Promise((done) => {{
  const look = () => {{
    const seen = {IN_SIGHT};
    const now = seen.map((one) => one.getAttribute("src")).join();
    if (now !== before && seen.every((one) => one.complete && one.naturalWidth)) done();
    else requestAnimationFrame(look);
  }};
  look();
}})"""


def first_page(browser: Browser, folder: Path) -> float:
    """Return the seconds from the command to the first page that is seen."""
    began = time.monotonic()
    with desk(folder) as address:
        page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        page.goto(address)
        page.locator(".leaf img").first.wait_for(timeout=SOON)
        page.evaluate(CHANGED, "")
        took = time.monotonic() - began
        page.close()
    return took


def edits(page: Page, speech: Path, count: int) -> list[float]:
    """Change a word so many times; return the seconds until each is seen."""
    text = speech.read_text("utf-8")
    at = text.index("---", 4)
    first = re.search(r"[\u4e00-\u9fff]{8}", text[at:])
    assert first
    place = at + first.start() + 4
    others = sorted(set(re.findall(r"[\u4e00-\u9fff]", text)) - {text[place]})
    took = []
    for number in range(count):
        before = page.evaluate(SEEN)
        changed = text[:place] + others[number % len(others)] + text[place + 1 :]
        began = time.monotonic()
        speech.write_text(changed, "utf-8")
        page.evaluate(CHANGED, before)
        took.append(time.monotonic() - began)
        page.locator("#stage.ready, #stage.wrong").wait_for(timeout=SOON)
    speech.write_text(text, "utf-8")
    return took


def memory_mib(folder: Path) -> float:
    """Return the resident memory of the desk on a folder."""
    found = subprocess.run(
        ["pgrep", "-f", f"booklet desk --no-browser {folder}"], capture_output=True, text=True, check=True
    )  # fmt: skip
    sizes = [
        int(row.split()[1])
        for process in found.stdout.split()
        for row in Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
        if row.startswith("VmRSS")
    ]
    return max(sizes) / 1024


def measure(browser: Browser, folder: Path, speech: str, count: int) -> None:
    """Print what a book costs."""
    firsts = [first_page(browser, folder) for _ in range(3)]
    with desk(folder) as address:
        page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        page.goto(address)
        page.locator("#stage.ready, #stage.wrong").wait_for(timeout=SOON)
        pages = page.locator(".leaf").count()
        page.locator(f'[data-file="{speech}"]').click()
        edits(page, folder / speech, 3)
        before = memory_mib(folder)
        took = sorted(edits(page, folder / speech, count))
        after = memory_mib(folder)
        page.close()
    print(
        f"{pages} pages: first page {statistics.median(firsts):.2f} s; saved word to screen "
        f"{statistics.median(took):.2f} s, 95 % within {took[len(took) * 95 // 100]:.2f} s; "
        f"memory {before:.0f} MiB, {after:.0f} MiB after {count} edits",
        flush=True,
    )


def main() -> None:
    """Measure both books."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EDITS
    with TemporaryDirectory() as name, chromium() as browser:
        shutil.copytree(paths.SAMPLE, sample := Path(name) / "desk-sample")
        measure(browser, sample, "03-jiaoyu.md", count)
        write_book(long := Path(name) / "desk-long", LONG)
        measure(browser, long, "002-03-jiaoyu.md", max(count // 10, 5))


if __name__ == "__main__":
    main()
