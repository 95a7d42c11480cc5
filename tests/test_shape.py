"""The shape of the project: imports point one way, commands are documented, nothing leaks."""

import ast
import graphlib
import os
import re
import subprocess
from functools import cache

import pytest

from booklet import paths
from booklet.cli import parser
from booklet.genres import GENRES
from booklet.manuscript import book, people, speech

ROOT = paths.ROOT
ORDER = (  # docs/building.md: a module or folder may use those to its left and none to its right
    "bootstrap", "bundle", "errors", "workers", "codes", "prices", "limits", "genres", "text", "disk", "model", "paths", "edition", "dress", "starter", "imprint", "bindery", "manuscript", "signoff", "faces",
    "artwork", "intake", "proof", "review", "compose", "makeup", "render", "press", "finish", "preflight",
    "emblem", "standing", "shop", "presswork", "build", "verify", "copies", "series", "freshness", "making", "talk", "desk", "verbs", "cli", "__main__",
)  # fmt: skip
ALONE = {  # package: the only modules that import it
    "weasyprint": {"press.sealed", "press.galley"},
    "lxml": {"intake.docx.package", "intake.readers.web"},
    "jinja2": {"render.formes", "desk.views"},
    "starlette": {"desk.app"},
    "uvicorn": {"desk.serve"},
    "markupsafe": {"render.inline", "render.lines"},
    "ruamel": {"manuscript.fields", "manuscript.edit"},
    "markdown_it": {"manuscript.markdown", "manuscript.blocks"},
    "qrcode": {"artwork.qr"},
    "rich": {"talk"},
    "pyphen": {"compose.hyphens"},
    "distributed": {"series"},
    "openpyxl": {"manuscript.workbook"},
    "docx": {"review.write"},
    "rjieba": {"text.words"},
    "argparse": {"cli", "verbs", "bootstrap"},
    "tinycss2": {"artwork.theme"},
    "pdfua": {"preflight.tags"},
    "pypinyin": {"text.filing", "text.names"},
    "zxingcpp": {"preflight.words"},
    "uharfbuzz": {"faces.fonts", "faces.ruler"},
    "fontTools": {"faces.fonts"},
    "PIL": {
        "artwork.photographs",
        "artwork.received",
        "artwork.inks",
        "finish.contact",
        "finish.pictures",
        "preflight.folds",
        "preflight.sight",
    },
    "pikepdf": {
        "finish.copies",
        "finish.labels",
        "finish.impose",
        "finish.join",
        "finish.seal",
        "finish.spots",
        "finish.streams",
        "finish.swap",
        "finish.wrap",
        "finish.x4",
        "preflight.inks",
    },
    "pypdfium2": {
        "desk.places",
        "desk.proofs",
        "emblem",
        "preflight.leaves",
        "preflight.pictures",
        "preflight.reading",
        "preflight.words",
        "preflight.folios",
        "preflight.sight",
        "preflight.lines",
        "preflight.folds",
        "preflight.front",
        "finish.contact",
        "finish.copies",
        "finish.pictures",
        "preflight.copies",
    },
}


@cache
def modules() -> dict[str, set[str]]:
    """Return the names imported by each module of the product, by its dotted name."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "booklet").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT / "booklet").with_suffix("").parts)
        names = found.setdefault(name.removesuffix(".__init__"), set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_imports_point_one_way() -> None:
    rank = {name: n for n, name in enumerate(ORDER)}
    for module, imported in modules().items():
        room = module.split(".")[0]
        used = {name.split(".")[1] for name in imported if name.startswith("booklet.")} - {room}
        if room in ("__init__", "bootstrap"):
            assert not used
        if room == "bundle":
            assert used == {"bootstrap"}
        for other in used:
            assert rank[other] < rank[room], f"{module} imports {other}"


def test_there_is_no_circle_of_modules() -> None:
    known = modules()

    def inner(module: str) -> set[str]:
        names = {
            name.removeprefix("booklet.") for name in known[module] if name.startswith("booklet.")
        }
        return {n for name in names for n in (name, name.rpartition(".")[0]) if n in known} - {
            module
        }

    tidy = graphlib.TopologicalSorter({module: inner(module) for module in known})
    assert len(list(tidy.static_order())) == len(known)


def test_package_faces_hold_nothing_but_words() -> None:
    for path in (ROOT / "booklet").rglob("__init__.py"):
        if path.parent.name != "starter":
            body = ast.parse(path.read_text("utf-8")).body
            assert all(isinstance(node, ast.Expr) for node in body), path


def test_each_library_has_one_door() -> None:
    for library, doors in ALONE.items():
        users = {
            m for m, names in modules().items() if any(n.split(".")[0] == library for n in names)
        }
        assert users == doors, library


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
    text = (ROOT / "docs" / "manuscript.md").read_text("utf-8")
    for keys in (book.BOOK_KEYS, book.COLOPHON_KEYS, book.ALLOW_KEYS, book.PERSON_KEYS, book.PART_KEYS,
                 book.BINDING_KEYS, speech.SPEECH_KEYS, speech.QUOTE_KEYS, speech.STAT_KEYS,
                 speech.STATS_KEYS, speech.LINK_KEYS, people.PERSON_KEYS, GENRES):  # fmt: skip
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
    assert rows[-1].rstrip().endswith('share -- "$BOOK"' if builds else "share")


TOUCHES = frozenset(
    [
        "read_bytes",
        "write_bytes",
        "write_text",
        "unlink",
        "mkdir",
        "rmdir",
        "rename",
        "symlink_to",
        "hardlink_to",
        "touch",
        "chmod",
        "rmtree",
        "copyfile",
        "copytree",
        "makedirs",
        "fdopen",
        "mkstemp",
        "mkdtemp",
        "TemporaryDirectory",
        "NamedTemporaryFile",
    ]
)
READS_OUR_OWN = {
    "edition",
    "dress",
    "artwork.theme",
    "bindery",
    "build",
    "text.wordlists",
    "text.formulations",
}


def test_files_are_touched_in_one_place() -> None:
    for path in sorted((ROOT / "booklet").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "booklet").with_suffix("").parts)
        if module in ("disk", "bootstrap", "bundle"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            owner = ast.unparse(node.value) if isinstance(node, ast.Attribute) else ""
            if name in TOUCHES and owner != "disk" and not owner.endswith("findings"):
                raise AssertionError(f"{module}: {owner}.{name}")
            if name == "read_text" and owner:
                assert module in READS_OUR_OWN, f"{module}: {owner}.{name}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "open", module
