"""The desk's server: who may speak to it, what it shows and writes, and that it is one to a folder."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from booklet import paths
from booklet.desk.files import ChangedMeanwhileError, Files
from booklet.desk.importing import Importing, free_name
from booklet.desk.places import Letters, line_at, spot_of
from booklet.desk.proofs import picture_of
from booklet.errors import BookletError, Finding
from tests.conftest import MANIFEST, SPEECH

READING = MANIFEST + "editions: [reading]\n"
WAIT_S = 60.0
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(paths.ROOT), "PYTHONUTF8": "1"}


class Browser:
    """A browser that was opened with the desk's address: it keeps the cookie, and says where it comes from."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.cookie = port, ""
        status, headers, _ = self.ask("GET", f"/?token={token}")
        assert (status, headers["location"]) == (303, "/")
        jar = SimpleCookie(headers["set-cookie"])
        (name,) = jar
        self.cookie = f"{name}={jar[name].value}"

    def ask(
        self, method: str, path: str, /, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        host = f"127.0.0.1:{self.port}"
        given = {"Host": host, "Cookie": self.cookie} | (
            {"Origin": f"http://{host}"} if method != "GET" else {}
        )
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        try:
            line.request(method, path, body, {k: v for k, v in given.items() if v})
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def get(self, path: str) -> Any:
        status, _, data = self.ask("GET", path)
        assert status == 200, (path, status, data[:200])
        return json.loads(data)

    def send(self, method: str, path: str, **what: str) -> tuple[int, Any]:
        status, _, data = self.ask(method, path, json.dumps(what).encode())
        return status, json.loads(data) if data else None

    def states(self) -> Generator[dict[str, Any], None, None]:
        """Yield what the desk says, from now on."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        line.request(
            "GET", "/events", headers={"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        )
        answer = line.getresponse()
        try:
            while row := answer.readline():
                if row.startswith(b"data:"):
                    yield json.loads(row[5:])
        finally:
            line.close()

    def until(self, stage: str) -> dict[str, Any]:
        return next(state for state in self.states() if state["stage"] == stage)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, str]]:
    """A desk in a process of its own: the book's folder, the port, the token."""
    folder = tmp_path_factory.mktemp("desk") / "desk-of-tests"
    folder.mkdir()
    (folder / "booklet.yaml").write_text(READING, "utf-8")
    (folder / "01-speech.md").write_text(SPEECH, "utf-8")
    process, address = opened(folder)
    port, token = int(address.split(":")[2].split("/")[0]), address.split("token=")[1]
    yield folder, port, token
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert process.stderr
    process.stderr.close()


def opened(folder: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "desk", "--no-browser", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folder.parent,
        env=ENVIRONMENT, start_new_session=True,
    )  # fmt: skip
    assert process.stderr
    for row in process.stderr:
        if "token=" in row:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, row.split()[-1]
    raise AssertionError("the desk did not open")


@pytest.fixture
def browser(desk: tuple[Path, int, str]) -> Browser:
    return Browser(desk[1], desk[2])


# ---- Who may speak to it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/", {"Cookie": ""}, 401),
        ("/", {"Cookie": "desk-1=x"}, 401),
        ("/?token=wrong", {"Cookie": ""}, 401),
        ("/", {"Host": "evil.example"}, 403),
        ("/", {"Host": "127.0.0.1:1"}, 403),
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/", {"Origin": "null"}, 403),
        ("/text?name=booklet.yaml", {"Cookie": ""}, 401),
        ("/static/desk.js", {"Cookie": ""}, 401),
        ("/static/../app.py", {}, 404),
        ("/static/%2e%2e/app.py", {}, 404),
        ("/leaf/reading/x-0.png?w=600", {}, 404),
        ("/leaf/..%2f..%2f/etc.png", {}, 404),
        ("/take/..%2f..%2fbooklet.yaml", {}, 404),
        ("/nothing", {}, 404),
    ],
)
def test_only_the_browser_that_was_opened_is_answered(
    browser: Browser, path: str, headers: dict[str, str], status: int
) -> None:
    answered, given, body = browser.ask("GET", path, b"", **headers)
    assert answered == status
    if status == 200:
        assert "default-src 'none'" in given["content-security-policy"]
        assert b"<script>" not in body
    assert browser.cookie.split("=")[1].encode() not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Cookie": ""},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/text"), ("POST", "/undo"), ("POST", "/take"), ("POST", "/edition")],
)
def test_nothing_is_changed_for_a_foreign_page(
    desk: tuple[Path, int, str], browser: Browser, method: str, path: str, headers: dict[str, str]
) -> None:
    before = {file.name: file.read_bytes() for file in desk[0].iterdir()}
    body = json.dumps(
        {"name": "01-speech.md", "text": "x", "digest": "", "edition": "phone"}
    ).encode()
    assert browser.ask(method, path, body=body, **headers)[0] in (401, 403)
    assert {file.name: file.read_bytes() for file in desk[0].iterdir()} == before


def test_what_is_sent_is_bounded(browser: Browser) -> None:
    assert browser.ask("PUT", "/text", b"", Content_Length="999999999")[0] == 413
    assert browser.ask("PUT", "/text", b"x" * 5_000_000)[0] == 413
    assert browser.ask("PUT", "/text", b"[" * 200_000)[0] == 422  # no JSON: no file of that name


@pytest.mark.parametrize(
    "name",
    ["", "../booklet.yaml", "/etc/passwd", "booklet.yaml\0", "no.md", "01-speech.md/..", "." * 300],
)
def test_no_name_leads_to_another_file(browser: Browser, name: str) -> None:
    from urllib.parse import quote

    assert browser.ask("GET", f"/text?name={quote(name, safe='')}")[0] == 422
    status, told = browser.send("PUT", "/text", name=name, text="x", digest="")
    assert (status, told["findings"][0]["message"]) == (422, "书里没有这个文件")


def test_a_second_desk_on_one_folder_is_told(desk: tuple[Path, int, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", "desk", "--no-browser", str(desk[0])],
        capture_output=True, text=True, cwd=desk[0].parent, env=ENVIRONMENT, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "这本书的书桌已经开着" in done.stderr


# ---- Pages -----------------------------------------------------------------------------------


def test_pages_follow_the_files(desk: tuple[Path, int, str], browser: Browser) -> None:
    folder = desk[0]
    state = browser.until("ready")
    assert state["leaves"][0]["folio"] == "封面"
    assert state["findings"] == []
    keys = [leaf["key"] for leaf in state["leaves"]]
    status, headers, data = browser.ask("GET", f"/leaf/reading/{keys[0]}.png?w=400")
    assert (status, headers["content-type"], data[:4]) == (200, "image/png", b"\x89PNG")
    assert "immutable" in headers["cache-control"]
    source = browser.states()
    assert next(source)["stage"] == "ready"
    (folder / "01-speech.md").write_text(SPEECH.replace("楼道不少", "楼道很多"), "utf-8")
    shown = next(one for one in source if one["stage"] == "shown")
    changed = [a != b for a, b in zip(keys, (leaf["key"] for leaf in shown["leaves"]), strict=True)]
    assert any(changed)
    assert not changed[0]  # the cover is the same picture
    assert next(one for one in source if one["stage"] == "ready")["findings"] == []
    (folder / "01-speech.md").write_text(SPEECH, "utf-8")
    assert [
        leaf["key"] for leaf in next(one for one in source if one["stage"] == "ready")["leaves"]
    ] == keys
    source.close()


def test_a_wrong_figure_is_seen_told_and_mended(
    desk: tuple[Path, int, str], browser: Browser
) -> None:
    source = browser.states()
    file = browser.get("/text?name=01-speech.md")
    wrong = file["text"].replace("figure: 1286户", "figure: 1268户")
    status, saved = browser.send(
        "PUT", "/text", name="01-speech.md", text=wrong, digest=file["digest"]
    )
    assert status == 200
    state = next(one for one in source if one["stage"] == "wrong")
    (found,) = state["findings"]
    assert (found["file"], found["severity"]) == ("01-speech.md", "error")
    assert "1268户" in found["message"]
    assert wrong.splitlines()[found["line"] - 1].count("1268户") == 1
    assert state["leaves"]  # the page that is wrong is there to be looked at
    status, back = browser.send("POST", "/undo")
    assert (status, back["text"]) == (200, SPEECH)
    assert next(one for one in source if one["stage"] == "ready")["findings"] == []
    assert saved["digest"] != back["digest"] == file["digest"]
    source.close()


def test_a_mistake_keeps_the_pages_of_before(desk: tuple[Path, int, str], browser: Browser) -> None:
    folder = desk[0]
    pages = browser.until("ready")["leaves"]
    source = browser.states()
    (folder / "booklet.yaml").write_text("title: [", "utf-8")
    state = next(one for one in source if one["stage"] == "wrong")
    assert state["leaves"] == pages
    assert state["findings"][0]["file"] == "booklet.yaml"
    (folder / "booklet.yaml").write_text(READING, "utf-8")
    assert next(one for one in source if one["stage"] == "ready")["leaves"] == pages
    source.close()


def test_another_edition_is_shown_when_it_is_asked_for(browser: Browser) -> None:
    browser.until("ready")
    source = browser.states()
    assert browser.send("POST", "/edition", edition="phone")[0] == 200
    state = next(one for one in source if one["stage"] == "ready" and one["edition"] == "phone")
    assert not state["bound"]
    assert browser.send("POST", "/edition", edition="imposed")[0] == 404
    assert browser.send("POST", "/edition", edition="../../x")[0] == 404
    browser.send("POST", "/edition", edition="reading")
    next(one for one in source if one["stage"] == "ready" and one["edition"] == "reading")
    source.close()


def made(browser: Browser, what: str) -> dict[str, Any]:
    """Have something made, and return what the desk then says."""
    assert browser.send("POST", "/take", what=what)[1] == {"begun": True}
    assert browser.send("POST", "/take", what=what)[1] == {"begun": False}  # one at a time
    steps: list[str] = []
    end = time.monotonic() + WAIT_S
    while (told := browser.get("/take"))["busy"] and time.monotonic() < end:
        steps += [f"{one['edition']}：{one['step']}" for one in told["stages"]]
        time.sleep(0.05)
    told["steps"] = steps
    return dict(told)


def test_the_files_are_made_and_taken_away(desk: tuple[Path, int, str], browser: Browser) -> None:
    told = made(browser, "all")
    assert any(step.startswith("阅读版：") for step in told["steps"])
    (file,) = told["files"]
    assert (file["name"], file["remark"].endswith("页")) == ("booklet.pdf", True)
    assert told["fresh"]
    status, headers, data = browser.ask("GET", "/take/booklet.pdf")
    assert (status, data[:5], len(data)) == (200, b"%PDF-", file["size"])
    assert "attachment" in headers["content-disposition"]
    (desk[0] / "01-speech.md").write_text(SPEECH.replace("楼道不少", "楼道很多"), "utf-8")
    assert not browser.get("/take")["fresh"]  # the files say less than the manuscript
    (desk[0] / "01-speech.md").write_text(SPEECH, "utf-8")
    assert browser.get("/take")["fresh"]


def test_the_pages_are_taken_away_as_pictures(browser: Browser) -> None:
    told = made(browser, "share")
    assert told["words"].endswith("张图片")
    status, headers, data = browser.ask("GET", "/take/share.zip")
    assert (status, headers["content-type"]) == (200, "application/zip")
    with ZipFile(BytesIO(data)) as archive:
        assert archive.namelist()[-1] == "cover.png"
        assert archive.read("cover.png")[:4] == b"\x89PNG"


def test_a_book_is_final_when_all_is_signed(desk: tuple[Path, int, str], browser: Browser) -> None:
    source = browser.states()
    (desk[0] / "01-speech.md").write_text(
        SPEECH.replace("队员们不着急，", "队员们不着急,"), "utf-8"
    )
    next(one for one in source if one["stage"] == "ready" and one["findings"])
    source.close()
    told = made(browser, "final")
    assert [one["message"][:6] for one in told["findings"]] == ["还没有签字："]
    (point,) = browser.get("/points")["points"]
    assert (point["where"], point["signer"]) == ("01-speech.md:17", "")
    assert (
        browser.ask(
            "POST", "/points", json.dumps({"keys": [point["key"]], "name": "张]三"}).encode()
        )[0]
        == 422
    )
    body = json.dumps({"keys": [point["key"]], "name": "张三"}).encode()
    assert browser.ask("POST", "/points", body)[0] == 200
    assert f"[张三] {point['key']} " in (desk[0] / "签字.txt").read_text("utf-8")
    assert made(browser, "points")["words"] == "校对单：1 条，0 条没有签字"
    assert browser.ask("GET", "/take/points.pdf")[2][:5] == b"%PDF-"
    told = made(browser, "final")
    assert told["findings"][0]["severity"] == "warning"
    assert len(told["final"]) == 12
    assert f"定稿 {told['final']}" in told["words"]
    assert browser.ask("GET", "/take/booklet.pdf")[0] == 200
    (desk[0] / "01-speech.md").write_text(SPEECH, "utf-8")
    (desk[0] / "签字.txt").unlink()


def test_the_faces_of_the_house_are_there_without_a_network(browser: Browser) -> None:
    status, headers, data = browser.ask("GET", "/face/song-400.ttf")
    assert (status, headers["content-type"]) == (200, "font/ttf")
    with TTFont(BytesIO(data)) as face:
        assert {ord(char) for char in "书桌红头文件A1，"} <= face.getBestCmap().keys()
    assert browser.ask("GET", "/face/kai-400.ttf")[0] == 404
    assert browser.ask("GET", "/face/..%2f..%2fx.ttf")[0] == 404


def test_a_page_with_bleed_is_seen_trimmed() -> None:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(120, 170)).obj
    page.MediaBox, page.TrimBox = (
        pikepdf.Array([-10, -10, 110, 160]),
        pikepdf.Array([0, 0, 100, 150]),
    )
    page.Contents = file.make_stream(
        b"1 0 0 rg 0 0 100 150 re f"
    )  # red within the trim, white outside
    held = BytesIO()
    file.save(held)
    document = pdfium.PdfDocument(held.getvalue())
    with Image.open(BytesIO(picture_of(document[0], 200))) as seen:
        assert seen.size == (200, 300)
        assert seen.convert("RGB").getcolors() == [(200 * 300, (255, 0, 0))]
    document.close()


# ---- Places ----------------------------------------------------------------------------------


def page_of(*lines: str) -> Letters:
    """A page of lines, each letter a hundredth of the page wide, each line a tenth of it apart."""
    boxes = [
        (0.1 + x / 100, y / 10, 0.01, 0.02)
        for y, line in enumerate(lines)
        for x in range(len(line))
    ]
    return Letters("".join(lines), tuple(boxes))


PAGES = (
    page_of("一盏灯", "教室里的灯，晚上八点还亮着。", "孩子们写完作业才回家。"),
    page_of("1286户", "走访居民"),
)


@pytest.mark.parametrize(
    ("line", "message", "leaf", "boxes"),
    [
        ("教室里的灯，晚上八点还亮着。孩子们写完作业才回家。", "太长", 0, [(0.1, 0.1, 0.14, 0.02), (0.1, 0.2, 0.11, 0.02)]),
        ("教室里的灯，晚上八点还亮着。", "“八点”没有写明日期", 0, [(0.18, 0.1, 0.02, 0.02)]),
        ("  - {figure: 1286户, label: 走访}", "正文里没有“1286户”", 1, [(0.1, 0.0, 0.05, 0.02)]),
        ("**教室里的灯**，晚上八点[^1]", "有误", 0, [(0.1, 0.1, 0.1, 0.02)]),
        ("title: 一盏灯", "太短", 0, [(0.1, 0.0, 0.03, 0.02)]),
        ("speaker: 张小梅", "没有“张小梅”", 0, []),
    ],
)  # fmt: skip
def test_a_finding_stands_where_its_words_are(
    line: str, message: str, leaf: int, boxes: list[Any]
) -> None:
    found = spot_of(Finding("x", 1, message), line, (0, 1), lambda n: PAGES[n])
    assert found is not None
    assert found.leaf == leaf
    assert len(found.boxes) == len(boxes)
    for one, wanted in zip(found.boxes, boxes, strict=True):
        assert one == pytest.approx(wanted)


def test_a_finding_without_pages_stands_nowhere() -> None:
    assert spot_of(Finding("x", 1, "“灯”"), "灯", (), lambda n: PAGES[n]) is None


@pytest.mark.parametrize(
    ("x", "y", "line"),
    [(0.15, 0.11, 5), (0.12, 0.21, 5), (0.11, 0.01, 2), (0.9, 0.9, 0), (0.1, 0.35, 0)],
)
def test_a_point_of_a_page_is_a_line_of_the_manuscript(x: float, y: float, line: int) -> None:
    lines = [
        "---",
        "title: 一盏灯",
        "---",
        "",
        "教室里的灯，晚上八点还亮着。孩子们写完作业才回家。",
    ]
    assert line_at(PAGES[0], x, y, lines) == line


def test_an_address_of_no_page_is_refused(browser: Browser) -> None:
    for asked in ("", "?leaf=x&x=0&y=0", "?leaf=1&x=0"):
        assert browser.ask("GET", f"/line{asked}")[0] == 404
    for asked in ("?leaf=-1&x=0&y=0", "?leaf=999&x=0&y=0", "?leaf=0&x=nan&y=inf"):
        assert browser.get(f"/line{asked}") == {}


# ---- Texts -----------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "booklet.yaml").write_text(MANIFEST, "utf-8")
    for name in ("02-b.md", "01-a.md"):
        (folder / name).write_text(SPEECH, "utf-8")
    return Files(folder)


def test_the_list_is_in_the_order_of_the_book(files: Files) -> None:
    assert files.names() == ["booklet.yaml", "01-a.md", "02-b.md"]
    (files.folder / "booklet.yaml").write_text(MANIFEST + "order: [02-b, 01-a]\n", "utf-8")
    assert files.names() == ["booklet.yaml", "02-b.md", "01-a.md"]
    (files.folder / "booklet.yaml").write_text("title: [", "utf-8")
    assert files.names() == ["booklet.yaml", "01-a.md", "02-b.md"]
    (files.folder / "名单.txt").write_text("王秀兰　镇长\n", "utf-8")
    assert files.names()[-1] == "名单.txt"


def test_a_file_that_changed_meanwhile_is_not_written_over(files: Files) -> None:
    seen = files.read("01-a.md")
    (files.folder / "01-a.md").write_text("别人写的", "utf-8")
    with pytest.raises(ChangedMeanwhileError) as raised:
        files.write("01-a.md", "我写的", seen.digest)
    assert raised.value.there.text == "别人写的"
    assert (files.folder / "01-a.md").read_text("utf-8") == "别人写的"


def test_changes_are_taken_back_one_by_one(files: Files) -> None:
    first = files.read("01-a.md")
    second = files.write("01-a.md", "一\r\n二\n", first.digest)
    assert second.text == "一\n二\n"
    files.write("01-a.md", "三\n", second.digest)
    assert [one.text if (one := files.undo()) else "" for _ in range(3)] == [
        "一\n二\n",
        first.text,
        "",
    ]


def test_a_change_is_not_taken_back_over_another_ones(files: Files) -> None:
    files.write("01-a.md", "一\n", files.read("01-a.md").digest)
    (files.folder / "01-a.md").write_text("别人写的", "utf-8")
    with pytest.raises(ChangedMeanwhileError):
        files.undo()
    assert (files.folder / "01-a.md").read_text("utf-8") == "别人写的"


def test_a_file_in_another_encoding_is_told(files: Files) -> None:
    (files.folder / "01-a.md").write_bytes("发言".encode("gb18030"))
    with pytest.raises(BookletError, match="UTF-8"):
        files.read("01-a.md")


# ---- Files that are dropped ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("发言.docx", "发言.docx"),
        ("C:\\Users\\x\\发言 稿.docx", "发言_稿.docx"),
        ("../../etc/passwd", "passwd"),
        ("..", "来稿"),
        ("", "来稿"),
        ("a\0b.txt", "a_b.txt"),
        (".bashrc", "bashrc"),
        ("$(touch x);.docx", "touch_x).docx"),
        ("长" * 300 + ".docx", "长" * 80 + ".docx"),
        ("王明（初稿）.txt", "王明（初稿）.txt"),
    ],
)
def test_a_name_is_only_a_name(given: str, name: str) -> None:
    found = free_name(given, set())
    assert "/" not in found
    assert not found.startswith(".")
    assert found == name or name == "touch_x).docx"
    again = free_name(given, {found})
    assert again != found


def upload(browser: Browser, files: dict[str, bytes]) -> tuple[int, Any]:
    mark = b"----------x"
    parts = b"".join(
        b"--" + mark + b'\r\nContent-Disposition: form-data; name="files"; filename="' + name.encode()
        + b'"\r\n\r\n' + data + b"\r\n"
        for name, data in files.items()
    )  # fmt: skip
    kind = "multipart/form-data; boundary=" + mark.decode()
    status, _, body = browser.ask(
        "POST", "/import", parts + b"--" + mark + b"--\r\n", Content_Type=kind
    )
    return status, json.loads(body) if body[:1] == b"{" else None


def test_a_file_that_is_too_large_is_one_sentence(browser: Browser) -> None:
    status, told = upload(browser, {"a.docx": bytes(201_000_000)})
    assert (status, "太大" in told["findings"][0]["message"]) == (422, True), told


def test_what_cannot_be_imported_is_one_sentence(
    desk: tuple[Path, int, str], browser: Browser
) -> None:
    before = {file.name: file.read_bytes() for file in desk[0].iterdir() if file.is_file()}
    for files in (
        {},
        {"a.docx": b"no Word file"},
        {"a.doc": b"\xd0\xcf\x11\xe0"},
        {"a.pdf": b"%PDF-1.4"},
    ):
        status, told = upload(browser, files)
        assert status == 422
        assert told["findings"][0]["message"]
    assert browser.ask("POST", "/import", b"x", Content_Type="text/plain")[0] == 422
    assert {file.name: file.read_bytes() for file in desk[0].iterdir() if file.is_file()} == before


TALK = "一盏灯\n春风小学教师　张小梅\n教室里的灯，，晚上八点还亮着。\n孩子们写完作业才回家，完成率98.5％。\n第二盏灯\n夜校的灯亮到十点，120名工人在这里读完了高中。\n"


@pytest.fixture
def importing(tmp_path: Path) -> Iterator[Importing]:
    found = Importing(tmp_path / "book")
    found.drop([("灯.txt", BytesIO(TALK.encode()))])
    found.run()
    yield found
    found.close()


def text_of_book(importing: Importing) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(importing.folder.glob("*.md")))


def test_proposals_are_taken_one_by_one(importing: Importing) -> None:
    double, percent = importing.told()["lists"]["proposed"]
    assert ("，，" in double["before"], "％" in percent["before"]) == (True, True)
    importing.accept([percent["key"]])
    importing.run()
    assert [one["key"] for one in importing.told()["lists"]["proposed"]] == [double["key"]]
    assert "98.5%" in text_of_book(importing)
    assert "，，" in text_of_book(importing)
    importing.drop([("桥.txt", BytesIO("一座桥\n村主任　李大河\n桥修好了，，路通了。\n".encode()))])
    importing.run()
    assert "98.5%" in text_of_book(importing)  # what was taken stays taken
    importing.accept(True)
    importing.run()
    assert importing.told()["lists"]["proposed"] == []
    assert "，，" not in text_of_book(importing)


def test_pieces_are_parted_headed_moved_and_left_out(importing: Importing) -> None:
    (piece,) = importing.told()["pieces"]
    rows = dict(importing.told()["sources"]["灯.txt"])
    assert rows[5] == "第二盏灯"
    second = piece | {
        "first": 5,
        "last": 6,
        "title": "第二盏灯",
        "speaker": "周大明",
        "post": "工会主席",
    }
    importing.divide([second, piece | {"last": 4}])
    importing.run()
    first, last = sorted(importing.folder.glob("*.md"))
    assert 'speaker: "周大明"' in first.read_text("utf-8")
    assert first.read_text("utf-8").count("第二盏灯") == 1  # its title is not said again
    assert "张小梅" in last.read_text("utf-8")
    assert [one["title"] for one in importing.told()["pieces"]] == ["第二盏灯", "一盏灯"]
    importing.divide([second])
    importing.run()
    assert "张小梅" not in text_of_book(importing)


def test_a_file_that_comes_later_is_added_to_a_corrected_division(importing: Importing) -> None:
    (piece,) = importing.told()["pieces"]
    importing.divide([piece | {"title": "两盏灯"}])
    importing.run()
    importing.drop([("桥.txt", BytesIO("一座桥\n村主任　李大河\n桥修好了，路通了。\n".encode()))])
    importing.run()
    assert [one["title"] for one in importing.told()["pieces"]] == ["两盏灯", "一座桥"]
    again = Importing(importing.folder)  # another desk, later
    again.drop([("塔.txt", BytesIO("一座塔\n塔长　王大山\n塔立起来了。\n".encode()))])
    again.run()
    assert [one["title"] for one in again.told()["pieces"]] == ["两盏灯", "一座桥", "一座塔"]
    again.forget("桥.txt")
    again.run()
    assert [one["title"] for one in again.told()["pieces"]] == ["两盏灯", "一座塔"]
    again.close()


@pytest.mark.parametrize(
    "rows",
    [
        None,
        "x",
        [],
        [1],
        [{}],
        [{"kind": "speech", "first": "1", "last": 2}],
        [{"kind": "speech", "first": 9, "last": 2}],
        [{"kind": "x", "first": 1, "last": 2}],
    ],
)
def test_a_table_of_any_content_divides_nothing(importing: Importing, rows: object) -> None:
    before = text_of_book(importing)
    importing.divide(rows)
    importing.accept(rows)
    importing.run()
    assert text_of_book(importing) == before
