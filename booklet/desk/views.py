"""The desk's page, filled from its template."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from booklet.paths import MANIFEST

TITLES = {MANIFEST: "全书：书名、日期、封面"}
VIEWS = (("pages", "书页"), ("text", "文字"), ("import", "导入"), ("take", "成品"))


@cache
def environment() -> Environment:
    """Return the templates, which escape whatever they are given."""
    return Environment(
        loader=PackageLoader("booklet.desk"), autoescape=select_autoescape(default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def page(folder: Path, files: Sequence[str], editions: Mapping[str, str]) -> str:
    """Return the page of a book; ``editions`` are the titles of those that may be looked at, by name."""
    template = environment().get_template("desk.html.j2")
    return template.render(
        folder=folder.name, files=files, editions=editions, views=VIEWS, titles=TITLES
    )
