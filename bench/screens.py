"""Pictures of the desk for the READMEs and docs/desk.md: ``python -m bench.screens``. Needs Chromium.

A copy of the sample with a wrong figure in it, and a folder into which three Word files are dropped.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from booklet import paths
from tests.test_desk import opened as open_desk

INTO = paths.ROOT / "docs"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
WINDOW = {"width": 1280, "height": 720}
SOON = 30_000  # ms
COLOURS = 128  # of a picture: a third of its size
FIGURE = ("31063名", "31036名")  # in the sample, and as somebody may mistype it
TALKS = (
    ("把好事做到家", "春风社区党委书记", "王秀兰", "楼道不少，，门一扇一扇地敲。今年走访1286户居民。", "办成的事有98.5％。"),
    ("守一条河", "清流志愿服务队队长", "李建国", "清流河全长36公里，志愿者们守了12年。", "河水清了，岸上的人也多了。"),
    ("一盏灯", "春风小学教师", "张小梅", "教室里的灯，晚上八点还亮着。", "夜校里读完高中的工人有120名。"),
)  # fmt: skip


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """Lend a desk; yield its address."""
    process, address = open_desk(folder)
    yield address
    process.terminate()
    process.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend Debian's Chromium."""
    with sync_playwright() as play:
        # Our press hides all fonts from its process; without a language there are no Chinese file names.
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        )  # fmt: skip
        yield browser
        browser.close()


def opened(browser: Browser, address: str, **options: object) -> Page:
    """Return a page of a desk."""
    given = {"viewport": WINDOW, "locale": "zh-CN", "device_scale_factor": 1.5} | options
    page = browser.new_context(**given).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def save(page: Page, name: str) -> None:
    """Write a picture of what is seen, once all of it is there."""
    page.wait_for_timeout(1200)
    with Image.open(BytesIO(page.screenshot())) as drawn:
        drawn.convert("RGB").quantize(COLOURS).save(INTO / name, optimize=True)
    print(INTO / name)


def pages_and_text(browser: Browser, room: Path) -> None:
    """The sample: its pages, a wrong figure beside its page, the finished files."""
    book = room / "座谈会文集"
    shutil.copytree(paths.SAMPLE, book)
    speech = book / "01-jiguan.md"
    text = speech.read_text("utf-8")
    wrong = text.replace(f"figure: {FIGURE[0]}", f"figure: {FIGURE[1]}", 1)
    assert wrong != text
    with desk(book) as address:
        page = opened(browser, address)
        page.locator("#stage.ready").wait_for(timeout=SOON)
        page.locator('[data-file="03-jiaoyu.md"]').click()
        save(page, "desk-pages.png")
        page.get_by_role("button", name="成品", exact=True).click()
        page.get_by_role("button", name="排印全部版本").click()
        page.get_by_role("link", name="booklet.pdf").wait_for(timeout=4 * SOON)
        save(page, "desk-take.png")
        speech.write_text(wrong, "utf-8")
        page.get_by_role("button", name="书页", exact=True).click()
        page.locator("#stage.wrong").wait_for(timeout=SOON)
        page.locator("#findings .error button").first.click()
        save(page, "desk-text.png")
        dark = opened(browser, address, color_scheme="dark")
        dark.locator("#stage.wrong").wait_for(timeout=SOON)
        dark.get_by_role("button", name="文字", exact=True).click()
        dark.locator('[data-file="01-jiguan.md"]').click()
        save(dark, "desk-dark.png")
        speech.write_text(text, "utf-8")


def importing(browser: Browser, room: Path) -> None:
    """Three Word files, told apart, with what is proposed and asked."""
    files = []
    for title, post, speaker, *paragraphs in TALKS:
        document = Document()
        for words in (title, f"{post}　{speaker}", *paragraphs):
            document.add_paragraph(words)
        files.append(room / f"{speaker}发言.docx")
        document.save(str(files[-1]))
    with desk(room / "春风文集") as address:
        page = opened(browser, address, viewport={"width": 1280, "height": 960})
        page.locator("#choose").set_input_files(files)
        page.get_by_text("导入好了").wait_for(timeout=SOON)
        save(page, "desk-import.png")


def main() -> None:
    """Draw all of them."""
    with TemporaryDirectory() as name, chromium() as browser:
        pages_and_text(browser, Path(name))
        importing(browser, Path(name))


if __name__ == "__main__":
    main()
