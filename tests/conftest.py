"""What the tests share: a small manuscript, the faces, a ruler that needs none."""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from booklet import build as pipeline
from booklet import freshness, paths, verbs
from booklet.dress import Dress, read_dress
from booklet.edition import Edition, read_edition
from booklet.faces.fonts import Fonts, read_fonts
from booklet.render.setting import Setting
from booklet.standing import Standing

settings.register_profile("ci", derandomize=True)  # a run that failed fails again
settings.load_profile("ci" if os.environ.get("CI") else "default")

SPEECH = """---
title: 把好事做到家
speaker: 春风社区志愿队
quotes:
  - text: 门一敲开，话就好说了
stats:
  - {figure: 1286户, label: 走访居民}
  - {figure: 3.5万余人次, label: 参加服务}
links:
  - {url: "https://www.wenming.cn", label: 中国文明网}
---

社区不大，楼道不少。志愿队用一个春天走访了1286户居民，把谁家有老人、谁家缺人手一一记在本子上。

一、先敲门

一开始有人不愿意开门。队员们不着急，第二天再去，第三天还去。门一敲开，话就好说了。

二、再办事

换灯泡、修水管、陪老人看病，全年参加服务的有3.5万余人次。事情都小，连起来就是一座桥。
"""

MANIFEST = """title: 春风集
subtitle: 春风社区志愿服务座谈会发言汇编
"""

OFFICE = {"booklet.yaml": MANIFEST + "editions: [reading, imposed]\n"}  # quicker than all five

MOST_WAIT_S = 240.0  # for another worker
Write = Callable[..., Path]
SLOWEST = (  # files of tests, those that take longest: first, so that no worker waits for another at the end
    "test_press", "test_volume", "test_final", "test_machine", "test_browser", "test_editions", "test_full", "test_own",
    "test_standing", "test_desk", "test_hostile", "test_prices", "test_current",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest files first."""
    rank = {name: n for n, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a manuscript: files by name, over the small book's own."""

    def book(files: Mapping[str, str | bytes] = {}, base: bool = True) -> Path:
        folder = tmp_path / "book"
        folder.mkdir(exist_ok=True)
        everything = {"booklet.yaml": MANIFEST, "01-speech.md": SPEECH} if base else {}
        for name, text in {**everything, **files}.items():
            data = text if isinstance(text, bytes) else text.encode()
            (folder / name).write_bytes(data)
        return folder

    return book


@pytest.fixture(scope="session")
def standing_of_session(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """Type that is kept from one test to the next."""
    return Standing(tmp_path_factory.mktemp("standing"), freshness.program())


@pytest.fixture
def kept(standing_of_session: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line find the type of other tests: for tests to which the pages are all one."""
    monkeypatch.setattr(verbs, "standing_type", lambda: standing_of_session)


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is filled once for all workers: the first fills it, the others wait."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, filled = root / name, root / f"{name}.filled"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + MOST_WAIT_S
        while not filled.exists():
            assert time.monotonic() < end, f"nobody fills {folder}"
            time.sleep(0.1)
        return folder
    try:
        make(folder)
    finally:
        filled.touch()
    return folder


@pytest.fixture(scope="session")
def printed_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's files: every edition that plain make makes."""

    def make(out: Path) -> None:
        findings = pipeline.build(paths.ROOT / "speeches", out, lambda _step: None)[1]
        assert findings == []

    return once(tmp_path_factory, "sample", make)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """The faces of the house."""
    return read_fonts(paths.FONTS)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The reading edition."""
    return read_edition(paths.STYLES / "reading.toml")


@pytest.fixture(scope="session")
def dress(edition: Edition) -> Dress:
    """The kinds of text of the reading edition."""
    return read_dress(paths.TYPE, edition)


@pytest.fixture(scope="session")
def reading(fonts: Fonts) -> Setting:
    """The reading edition in red, with everything that a rendering needs."""
    return pipeline.setting_of("reading", "red", fonts, ())
