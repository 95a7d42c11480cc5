"""The desk in a real browser: what is seen, by mouse and by keyboard alone. Needs Debian's Chromium."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.conftest import SPEECH
from tests.test_desk import READING, opened

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="没有 chromium：apt-get install chromium")
SOON = 15_000  # ms
expect.set_options(timeout=SOON)
MOST_TABS = 200
FILES = {
    "booklet.yaml": READING,
    "01-speech.md": SPEECH,
    "02-other.md": SPEECH.replace("把好事做到家", "第二篇"),
}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        # Our press hides all fonts from its process; without a language there are no Chinese file names.
        bare: dict[str, str | float | bool] = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        found = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=bare)
        yield found
        found.close()


@contextmanager
def desk_on(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Lend a desk in a process of its own, with its address."""
    process, address = opened(folder)
    try:
        yield process, address
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stderr:
            process.stderr.close()


@contextmanager
def tab(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """Lend a page of a desk; what the browser complains of fails the test."""
    given = {"viewport": {"width": 1280, "height": 720}, "locale": "zh-CN"} | options
    context = browser.new_context(**given)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert [text for text in said if "409" not in text and "net::ERR" not in text] == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("browser") / "desk-of-browser"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    with desk_on(folder) as (_, address):
        yield folder, address


@pytest.fixture
def folder(desk: tuple[Path, str]) -> Path:
    """The book of the desk, as it was at first."""
    for path in desk[0].iterdir():
        if path.is_file() and path.name not in FILES:
            path.unlink()
    for name, text in FILES.items():
        (desk[0] / name).write_text(text, "utf-8")
    return desk[0]


@pytest.fixture
def page(browser: Browser, desk: tuple[Path, str], folder: Path) -> Iterator[Page]:
    with tab(browser, desk[1]) as one:
        title = one.locator('[data-file="02-other.md"] .title')
        expect(title).to_have_text("第二篇", timeout=SOON)
        expect(one.locator("#stage.ready")).to_be_visible(timeout=SOON)
        yield one


def view(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def open_text(page: Page, name: str, side: str = "全文") -> Locator:
    """Open a file's form or text, and return the editor."""
    view(page, "文字")
    page.locator(f'[data-file="{name}"]').click()
    expect(page.locator("#file-name")).to_have_text(name)
    page.get_by_role("button", name=side, exact=True).click()
    return page.locator("#editor")


# ---- Pages -----------------------------------------------------------------------------------


def test_pages_lie_two_by_two_and_the_address_shows_no_token(page: Page) -> None:
    assert "token" not in page.url
    assert page.locator(".spread").nth(0).locator(".leaf").count() == 1
    assert page.locator(".spread").nth(1).locator(".leaf").count() == 2
    image = page.locator(".leaf img").first
    expect(image).to_have_attribute("alt", "封面")
    seen, drawn = image.evaluate("one => [one.clientWidth, one.naturalWidth]")
    assert seen == drawn  # a pixel for a pixel
    page.locator("#zoom").select_option("200")
    wide = image.evaluate("one => one.clientWidth")
    assert wide == pytest.approx(2 * 148 / 25.4 * 96, abs=1)
    expect(image).to_have_js_property("naturalWidth", wide)


def test_a_thumbnail_leads_to_its_spread(page: Page) -> None:
    thumbs = page.locator("#strip button")
    assert thumbs.count() == page.locator(".spread").count()
    last = thumbs.last
    last.click()
    expect(page.locator(".leaf").last).to_be_in_viewport()
    expect(last).to_have_attribute("aria-current", "true")
    page.locator('[data-file="01-speech.md"]').click()
    expect(page.locator('.leaf[data-text="0"]').first).to_be_in_viewport()
    expect(page.locator('[data-file="01-speech.md"]')).to_have_class(re.compile("seen"))


def test_a_wrong_figure_is_seen_on_its_page_clicked_mended_and_gone(page: Page) -> None:
    editor = open_text(page, "01-speech.md")
    editor.fill(SPEECH.replace("figure: 1286户", "figure: 1268户"))
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.locator("#stage.wrong")).to_be_visible(timeout=SOON)
    view(page, "书页")
    mark = page.locator(".mark.error").first
    box = mark.bounding_box()
    leaf = page.locator(".leaf", has=page.locator(".mark.error")).first
    assert box
    assert leaf.get_attribute("data-text") == "0"
    assert 5 < box["height"] < 60  # the figure, not the page
    mark.click()
    chosen = editor.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert "1268户" in chosen
    expect(page.locator(".mark.found").first).to_be_in_viewport()  # its page stands beside the text
    expect(page.locator("#findings .error button")).to_contain_text("1268户")
    page.get_by_role("button", name="撤销上一次保存").click()
    expect(page.locator("#stage.ready")).to_be_visible(timeout=SOON)
    expect(page.locator("#findings .error")).to_have_count(0)
    expect(page.locator(".mark")).to_have_count(0)
    expect(editor).to_have_value(SPEECH)


def test_a_word_clicked_twice_on_the_page_is_found_in_the_text(page: Page) -> None:
    leaf = page.locator('.leaf[data-text="0"]').first
    leaf.scroll_into_view_if_needed()
    box = leaf.bounding_box()
    assert box
    lines = SPEECH.splitlines()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.5)
    expect(page.locator("#file-name")).to_have_text("01-speech.md")
    expect(page.locator("#editor")).to_be_focused()
    chosen = page.locator("#editor").evaluate(
        "one => one.value.slice(one.selectionStart, one.selectionEnd)"
    )
    assert chosen in lines[lines.index("---", 1) :]
    assert len(chosen) > 10


# ---- Text ------------------------------------------------------------------------------------


def test_a_title_is_changed_by_keyboard_alone(page: Page, folder: Path) -> None:
    by_keyboard(page, page.get_by_role("button", name="文字", exact=True))
    by_keyboard(page, page.locator('[data-file="02-other.md"]'))
    title = page.get_by_label("标题")
    expect(title).to_have_value("第二篇")
    reach(page, title)
    page.keyboard.press("End")
    page.keyboard.type("的题目")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("已保存")
    assert "title: 第二篇的题目\n" in (folder / "02-other.md").read_text("utf-8")
    expect(page.locator('[data-file="02-other.md"] .title')).to_have_text(
        "第二篇的题目", timeout=SOON
    )


def test_the_order_is_changed_by_keyboard(page: Page, folder: Path) -> None:
    reach(page, page.locator('[data-file="02-other.md"]'))
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#ordered")).to_have_text("次序已写进 booklet.yaml")
    assert "order: [02-other, 01-speech]" in (folder / "booklet.yaml").read_text("utf-8")
    expect(page.locator('[data-file="02-other.md"]')).to_be_focused()


def test_the_order_is_changed_by_dragging(page: Page, folder: Path) -> None:
    page.locator('[data-file="02-other.md"]').drag_to(
        page.locator('[data-file="01-speech.md"]'), target_position={"x": 20, "y": 3}
    )
    expect(page.locator("#ordered")).to_have_text("次序已写进 booklet.yaml")
    assert "order: [02-other, 01-speech]" in (folder / "booklet.yaml").read_text("utf-8")


def test_a_sentence_is_quoted_and_a_figure_shown_by_selecting_them(
    page: Page, folder: Path
) -> None:
    editor = open_text(page, "01-speech.md")
    select = "(one, words) => { const at = one.value.lastIndexOf(words); one.setSelectionRange(at, at + words.length); }"
    editor.evaluate(select, "连起来就是一座桥")
    page.get_by_role("button", name="设为引文").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    editor.evaluate(select, "第二天")
    page.get_by_label("数字的说明").fill("再去一次")
    page.get_by_role("button", name="设为数字").click()
    expect(page.get_by_label("数字的说明")).to_have_value("")
    text = (folder / "01-speech.md").read_text("utf-8")
    assert "  - text: 连起来就是一座桥\n" in text
    assert "{figure: 第二天, label: 再去一次}" in text
    page.get_by_role("button", name="表单", exact=True).click()
    expect(page.locator("#form .qr").first).to_be_visible()  # the link's code


def test_a_file_that_changed_meanwhile_is_shown_twice(page: Page, folder: Path) -> None:
    editor = open_text(page, "01-speech.md")
    theirs, mine = SPEECH.replace("楼道不少", "楼道很多"), SPEECH.replace("楼道不少", "楼道极多")
    editor.fill(mine)
    (folder / "01-speech.md").write_text(theirs, "utf-8")
    page.keyboard.press("Control+s")
    expect(page.locator("#there")).to_have_value(theirs)
    assert (folder / "01-speech.md").read_text("utf-8") == theirs
    page.get_by_role("button", name="用我的").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    assert (folder / "01-speech.md").read_text("utf-8") == mine


def test_two_tabs_show_the_same_and_lose_nothing(
    browser: Browser, desk: tuple[Path, str], page: Page, folder: Path
) -> None:
    with tab(browser, desk[1]) as other:
        first, second = open_text(page, "01-speech.md"), open_text(other, "01-speech.md")
        first.fill(SPEECH.replace("楼道不少", "楼道很多"))
        page.keyboard.press("Control+s")
        expect(second).to_have_value(SPEECH.replace("楼道不少", "楼道很多"), timeout=SOON)
        second.fill(SPEECH.replace("楼道不少", "楼道极多"))  # not saved
        first.fill(SPEECH)
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_have_text("已保存")
        other.keyboard.press("Control+s")
        expect(other.locator("#there")).to_have_value(SPEECH)
        expect(second).to_have_value(SPEECH.replace("楼道不少", "楼道极多"))


# ---- From Word files to the printer's file ---------------------------------------------------


def word_file(path: Path, title: str, speaker: str, post: str) -> Path:
    """A speech as an office types it in Word."""
    document = Document()
    for text in (title, f"{post}　{speaker}", "各位领导、同志们：", "社区不大，，楼道不少。今年走访了1286户居民，把谁家缺人手一一记在本子上。",
                 "一、先敲门", "一开始有人不愿意开门。队员们不着急，第二天再去，第三天还去。", "谢谢大家。"):  # fmt: skip
        document.add_paragraph(text)
    document.save(str(path))
    return path


def by_mouse(page: Page, what: Locator) -> None:
    what.click()


def by_keyboard(page: Page, what: Locator) -> None:
    reach(page, what)
    kind = what.evaluate("one => one.type || one.tagName")
    page.keyboard.press("Space" if kind in ("checkbox", "button", "file") else "Enter")


def reach(page: Page, what: Locator) -> None:
    """Press Tab until an element has the focus."""
    what.wait_for(state="attached")
    for _ in range(MOST_TABS):
        if what.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
def test_three_word_files_become_a_file_for_the_printer(
    browser: Browser, tmp_path: Path, press: Callable[[Page, Locator], None]
) -> None:
    folder = tmp_path / "desk-of-three"
    given = [
        word_file(tmp_path / "王秀兰发言.docx", "把好事做到家", "王秀兰", "春风社区党委书记"),
        word_file(tmp_path / "李建国发言.docx", "守一条河", "李建国", "清流志愿服务队队长"),
        word_file(tmp_path / "张小梅发言.docx", "一盏灯", "张小梅", "春风小学教师"),
    ]
    with desk_on(folder) as (_, address), tab(browser, address) as page:
        shown = page.get_by_role("button", name="导入", exact=True)
        expect(shown).to_have_attribute("aria-pressed", "true", timeout=SOON)
        choose = page.locator("#choose") if press is by_keyboard else page.get_by_text("选择文件")
        with page.expect_file_chooser() as asked:
            press(page, choose)
        asked.value.set_files(given)
        expect(page.locator("#importing")).to_contain_text("导入好了：3 篇", timeout=SOON)
        # One proposal of three is taken, a title is corrected, the middle speech goes first.
        press(page, page.locator("#imported [data-key]").first)
        press(page, page.get_by_role("button", name="照选中的改"))
        expect(page.locator("#imported [data-key]")).to_have_count(2, timeout=SOON)
        speaker = page.locator("#pieces [data-part=title]").nth(1)
        if press is by_keyboard:
            reach(page, speaker)
            page.keyboard.press("End")
            page.keyboard.type("，护一片林")
        else:
            speaker.fill("守一条河，护一片林")
        press(page, page.get_by_role("button", name="往前移：守一条河").or_(
            page.get_by_role("button", name="往前移：守一条河，护一片林")))  # fmt: skip
        press(page, page.get_by_role("button", name="照这样再导入"))
        expect(page.locator("#files .title").nth(1)).to_have_text(
            "守一条河，护一片林", timeout=SOON
        )
        assert (folder / "来稿/王秀兰发言.docx").is_file()
        manifest = (folder / "booklet.yaml").read_text("utf-8")
        (folder / "booklet.yaml").write_text(manifest + "editions: [reading, imposed]\n", "utf-8")
        press(page, page.get_by_role("button", name="成品", exact=True))
        press(page, page.get_by_role("button", name="排印全部版本"))
        link = page.get_by_role("link", name="booklet-imposed.pdf")
        expect(link).to_be_visible(timeout=4 * SOON)
        with page.expect_download() as waiting:
            press(page, link)
        waiting.value.save_as(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert "护一片林" in next(folder.glob("00-*.md")).read_text("utf-8")


def test_what_was_saved_outlives_a_killed_desk(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "desk-that-dies"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    mine = SPEECH.replace("楼道不少", "楼道极多")
    with desk_on(folder) as (process, address), tab(browser, address) as page:
        expect(page.locator("#stage.ready")).to_be_visible(timeout=SOON)
        open_text(page, "01-speech.md").fill(mine)
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_have_text("已保存")
        page.locator("#editor").fill(mine + "没有存的")
        os.killpg(process.pid, signal.SIGKILL)  # the desk, and who watches over it
        process.wait(timeout=30)
        expect(page.locator("#stage")).to_contain_text("没有回答", timeout=SOON)
        page.keyboard.press("Control+s")
        expect(page.locator("#saved")).to_contain_text("没有做成", timeout=SOON)
        expect(page.locator("#editor")).to_have_value(mine + "没有存的")  # still there to be copied
    assert (folder / "01-speech.md").read_text("utf-8") == mine
    with desk_on(folder) as (_, address):  # opens in spite of the old lock
        assert "token=" in address


# ---- For everyone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color_scheme": "dark", "viewport": {"width": 640, "height": 360}},  # 200 % of 1280 × 720
    ],
    ids=["light", "dark, twice as large"],
)
def test_no_view_breaks_a_rule_of_accessibility(
    browser: Browser, desk: tuple[Path, str], folder: Path, options: dict[str, object]
) -> None:
    wrong = SPEECH.replace("figure: 1286户", "figure: 1268户").replace("，", ",", 1)
    (folder / "01-speech.md").write_text(wrong, "utf-8")
    with tab(browser, desk[1], **options) as page:
        expect(page.locator("#stage.wrong")).to_be_visible(timeout=SOON)
        before = page.viewport_size or {"width": 1280, "height": 720}
        for name in ("书页", "文字", "全文", "导入", "成品"):
            view(page, name)
            if name == "文字":
                page.locator('[data-file="01-speech.md"]').click()
                expect(page.locator("#form .field").first).to_be_visible()
            if name == "成品":
                expect(page.locator("#points li").first).to_be_visible()
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, (name, found.generate_report())
            for width, height in (
                (820, 1180),
                (640, 360),
                (1280, 720),
            ):  # tablet, 200 %, a small screen
                page.set_viewport_size({"width": width, "height": height})
                across = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert across <= 0, (
                    name,
                    width,
                )  # nothing is cut off, nothing to be scrolled sideways
            page.set_viewport_size(before)
