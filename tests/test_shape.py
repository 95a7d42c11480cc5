"""The shape of the project: imports point one way, commands are documented, nothing leaks."""

import ast
import os
import re
import subprocess

import pytest

from booklet import places
from booklet.cli import parser

ROOT = places.ROOT
LAYERS = (  # DESIGN: a module imports only from its own layer's left
    {
        "model",
        "errors",
        "clreq",
        "places",
        "figures",
        "makeup",
        "linebreak",
        "plan",
        "words",
        "whole",
    },
    {"edition", "dress", "fonts", "theme", "phrases", "keeping", "manuscript", "placement"},
    {
        "measure",
        "coverage",
        "pictures",
        "qr",
        "preflight",
        "pagecheck",
        "impose",
        "inks",
        "pdfx",
        "intake",
        "starter",
        "picture",
    },
    {"proofread", "glyphs", "justify", "compose", "foldback"},
    {"render", "press", "finish"},
    {"build", "freshness"},
    {"cli"},
    {"__main__"},
)
ALONE = {  # package: the only module that imports it
    "weasyprint": {"press"},
    "lxml": {"intake"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "ruamel": {"manuscript"},
    "markdown_it": {"manuscript"},
    "qrcode": {"qr"},
    "rich": {"cli"},
    "rjieba": {"words"},
    "argparse": {"cli", "bootstrap"},
    "zxingcpp": {"preflight"},
    "uharfbuzz": {"fonts", "measure"},
    "PIL": {"pictures", "picture", "foldback", "inks"},
    "pikepdf": {"finish", "impose", "pdfx"},
}


def modules() -> dict[str, set[str]]:
    """Return the names imported by each module of the product, by its first name."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "booklet").rglob("*.py")):
        name = path.relative_to(ROOT / "booklet").parts[0].removesuffix(".py")
        names = found.setdefault(name, set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_imports_point_one_way() -> None:
    layer = {name: n for n, names in enumerate(LAYERS) for name in names}
    for module, imported in modules().items():
        if module in ("__init__", "bootstrap"):
            assert not any(name.startswith("booklet") for name in imported)
            continue
        for name in imported:
            parts = name.split(".")
            if parts[0] == "booklet" and parts[1] != module:
                assert layer[parts[1]] <= layer[module], f"{module} imports {parts[1]}"


def test_each_library_has_one_door() -> None:
    for library, doors in ALONE.items():
        users = {
            m for m, names in modules().items() if any(n.split(".")[0] == library for n in names)
        }
        assert users <= doors, library


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_command_is_documented(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for target in targets:
        assert f"make {target}" in text or target == "build", target
    verbs = next(one for one in parser()._actions if one.dest == "verb").choices
    assert verbs
    for verb in verbs:
        assert verb in targets, verb


def test_every_key_of_a_manuscript_is_documented() -> None:
    from booklet import manuscript

    text = (ROOT / "README.zh.md").read_text("utf-8")
    for keys in (manuscript.BOOK_KEYS, manuscript.COLOPHON_KEYS, manuscript.SPEECH_KEYS,
                 manuscript.QUOTE_KEYS, manuscript.STAT_KEYS, manuscript.LINK_KEYS):  # fmt: skip
        for key in keys:
            assert f"`{key}`" in text, key


def test_no_registry_is_named_and_every_pin_has_its_hash() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    hosts = [
        "".join(parts) for parts in (("pypi.", "org"), ("python", "hosted"), ("npmjs.", "org"))
    ]
    for name in tracked:
        path = ROOT / name
        if path.suffix not in (".png", ".icc") and path.is_file():
            assert not any(host in path.read_text("utf-8") for host in hosts), name
    for lock in ROOT.glob("requirements*.txt"):
        for block in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
            assert "--hash=sha256:" in block, block[:60]


@pytest.mark.parametrize(("given", "builds"), [([], False), (["BOOK=meeting"], True)])
def test_share_takes_the_book_that_is_there_unless_one_is_named(
    given: list[str], builds: bool
) -> None:
    rows = subprocess.run(
        ["make", "--dry-run", "share", *given],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"]},
    ).stdout.splitlines()  # fmt: skip
    assert not any("booklet build" in row for row in rows)
    assert rows[-1].rstrip().endswith('share "meeting"' if builds else "share")
