"""The desk in a real browser: what is seen, by mouse and by keyboard alone. Needs Debian's Chromium."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import SPEECH
from tests.test_desk import READING, opened

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="没有 chromium：apt-get install chromium")
SOON = 15_000  # ms


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        # Our press hides all fonts from its process; without a language there are no Chinese file names.
        bare: dict[str, str | float | bool] = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        found = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=bare)
        yield found
        found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "desk-of-browser"
    made.mkdir()
    (made / "booklet.yaml").write_text(READING, "utf-8")
    (made / "01-speech.md").write_text(SPEECH, "utf-8")
    (made / "02-other.md").write_text(SPEECH.replace("把好事做到家", "第二篇"), "utf-8")
    return made


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page of a desk that is ready; what the browser complains of fails the test."""
    process, address = opened(folder)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN")
    one = context.new_page()
    said: list[str] = []
    one.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    one.on("pageerror", lambda error: said.append(str(error)))
    one.goto(address)
    expect(one.locator("#stage.ready")).to_be_visible(timeout=SOON)
    yield one
    context.close()
    process.terminate()
    process.wait(timeout=30)
    if process.stderr:
        process.stderr.close()
    assert [text for text in said if "409" not in text] == []


def test_pages_lie_two_by_two_and_the_address_shows_no_token(page: Page) -> None:
    assert "token" not in page.url
    expect(page.locator(".spread")).not_to_have_count(0)
    assert page.locator(".spread").nth(0).locator(".leaf").count() == 1
    assert page.locator(".spread").nth(1).locator(".leaf").count() == 2
    image = page.locator(".leaf img").first
    expect(image).to_have_attribute("alt", "第 封面 页")
    assert image.evaluate("one => one.naturalWidth") >= 200


def test_a_wrong_figure_is_seen_clicked_mended_and_gone(page: Page) -> None:
    page.get_by_role("button", name="文字").click()
    page.locator('[data-file="01-speech.md"]').click()
    editor = page.locator("#editor")
    expect(editor).to_have_value(re.compile("1286户"))
    editor.fill(SPEECH.replace("figure: 1286户", "figure: 1268户"))
    page.get_by_role("button", name=re.compile("^保存")).click()
    expect(page.locator("#stage.wrong")).to_be_visible(timeout=SOON)
    finding = page.locator("#findings .error button")
    expect(finding).to_contain_text("1268户")
    finding.click()
    chosen = editor.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert "1268户" in chosen
    page.get_by_role("button", name="撤销上一次保存").click()
    expect(page.locator("#stage.ready")).to_be_visible(timeout=SOON)
    expect(page.locator("#findings .error")).to_have_count(0)
    expect(editor).to_have_value(SPEECH)


def test_a_title_is_changed_by_keyboard_alone(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="文字").focus()
    page.keyboard.press("Enter")
    page.locator('[data-file="02-other.md"]').focus()
    page.keyboard.press("Enter")
    title = page.get_by_label("标题")
    expect(title).to_have_value("第二篇")
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type("的题目")
    page.get_by_role("button", name="写入表单").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_have_text("已保存")
    assert "title: 第二篇的题目\n" in (folder / "02-other.md").read_text("utf-8")
    expect(page.locator('[data-file="02-other.md"] .title')).to_have_text(
        "第二篇的题目", timeout=SOON
    )


def test_the_order_is_changed_by_keyboard(page: Page, folder: Path) -> None:
    page.locator('[data-file="02-other.md"]').focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#ordered")).to_have_text("次序已写进 booklet.yaml")
    assert "order: [02-other, 01-speech]" in (folder / "booklet.yaml").read_text("utf-8")
    expect(page.locator('[data-file="02-other.md"]')).to_be_focused()


def test_a_sentence_is_quoted_by_selecting_it(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="文字").click()
    page.locator('[data-file="01-speech.md"]').click()
    editor = page.locator("#editor")
    expect(editor).to_have_value(SPEECH)
    words = "连起来就是一座桥"
    editor.evaluate(
        "(one, words) => { const at = one.value.indexOf(words); one.setSelectionRange(at, at + words.length); }",
        words,
    )
    page.get_by_role("button", name="设为引文").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    assert f"  - text: {words}\n" in (folder / "01-speech.md").read_text("utf-8")


def test_a_file_that_changed_meanwhile_is_shown_twice(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="文字").click()
    page.locator('[data-file="01-speech.md"]').click()
    editor = page.locator("#editor")
    expect(editor).to_have_value(SPEECH)
    theirs, mine = SPEECH.replace("楼道不少", "楼道很多"), SPEECH.replace("楼道不少", "楼道极多")
    (folder / "01-speech.md").write_text(theirs, "utf-8")
    editor.fill(mine)
    page.keyboard.press("Control+s")
    expect(page.locator("#there")).to_have_value(theirs)
    assert (folder / "01-speech.md").read_text("utf-8") == theirs
    page.get_by_role("button", name="用我的").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    assert (folder / "01-speech.md").read_text("utf-8") == mine


def test_the_finished_file_is_taken_away(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="成品").click()
    page.get_by_role("button", name="排印全部版本").click()
    link = page.get_by_role("link", name="booklet.pdf")
    expect(link).to_be_visible(timeout=4 * SOON)
    with page.expect_download() as waiting:
        link.click()
    path = tmp_path / "x.pdf"
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")


def word_file(path: Path, title: str, speaker: str, post: str) -> Path:
    """A speech as an office types it in Word."""
    document = Document()
    for text in (title, f"{post}　{speaker}", "各位领导、同志们：", "社区不大，楼道不少。今年走访了1286户居民，把谁家缺人手一一记在本子上。",
                 "一、先敲门", "一开始有人不愿意开门。队员们不着急，第二天再去，第三天还去。", "谢谢大家。"):  # fmt: skip
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_three_word_files_become_a_book(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "desk-of-three"
    given = [
        word_file(tmp_path / "王秀兰发言.docx", "把好事做到家", "王秀兰", "春风社区党委书记"),
        word_file(tmp_path / "李建国发言.docx", "守一条河", "李建国", "清流志愿服务队队长"),
        word_file(tmp_path / "张小梅发言.docx", "一盏灯", "张小梅", "春风小学教师"),
    ]
    process, address = opened(folder)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="导入")).to_have_attribute(
        "aria-pressed", "true", timeout=SOON
    )
    page.locator("#choose").set_input_files(given)
    expect(page.locator("#importing")).to_contain_text("导入好了", timeout=SOON)
    expect(page.locator("#files .title", has_text="守一条河")).to_be_visible(timeout=SOON)
    assert (folder / "来稿/王秀兰发言.docx").is_file()
    assert sorted(path.name for path in folder.glob("0*.md"))
    context.close()
    process.terminate()
    process.wait(timeout=30)
    if process.stderr:
        process.stderr.close()
