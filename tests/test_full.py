"""Every field as long as it may be: nothing is cut off, nothing overlaps, in any edition and theme."""

import random
from pathlib import Path

import pytest

from booklet import build as pipeline
from booklet import paths
from booklet.artwork.theme import theme_names
from booklet.errors import errors_of
from booklet.proof import proofread as most
from tests.test_editions import TYPESET

WORDS = "社区不大楼道不少志愿队用一个春天走访居民把谁家有老人缺手记本子上吉林长春省市委员会办公厅机关党组织"


def full_book(folder: Path, theme: str) -> Path:
    """Write a manuscript whose every text has as many characters as its limit allows."""
    pick = random.Random(7)

    def text(count: int) -> str:
        shuffled = ("".join(pick.sample(WORDS, len(WORDS))) for _ in range(count // len(WORDS) + 1))
        return "".join(shuffled)[:count]

    def link(number: int) -> str:
        label, note = text(most.LINK_MOST), text(most.LINK_NOTE_MOST)
        return f"  - {{url: 'https://www.gov.cn/{number}', label: {label}, note: {note}}}\n"

    keys = ("compiler", "printer", "printed", "copies", "recipients", "contact")
    colophon = "".join(f"  {key}: {text(most.COLOPHON_MOST)}\n" for key in keys)
    half = most.BOOK_TITLE_MOST // 2
    (folder / "booklet.yaml").write_text(
        f"title: [{text(half)}, {text(half)}]\nsubtitle: {text(most.SUBTITLE_MOST)}\n"
        f"occasion: {text(most.SUBTITLE_MOST)}\ndate: {text(most.WHEN_MOST)}\n"
        f"place: {text(most.WHEN_MOST)}\nhost: {text(most.HOST_MOST)}\ntheme: {theme}\n"
        f"notice: {text(most.NOTICE_MOST)}\ninternal: true\ncolophon:\n"
        f"  permit: {text(most.PERMIT_MOST)}\n{colophon}links:\n{link(1)}{link(2)}",
        "utf-8",
    )
    for number in range(2):
        body = text(400)
        figures = [f"{n * 37 + 1000}余万平方公里" for n in range(5)]
        stats = "".join(
            f"  - {{figure: {one}, label: {text(most.LABEL_MOST)}}}\n" for one in figures
        )
        (folder / f"{number}.md").write_text(
            f"---\ntitle: [{text(most.TITLE_MOST // 2)}, {text(most.TITLE_MOST // 2)}]\n"
            f"speaker: {text(most.NAMES_MOST // 2)}\ndesignation: {text(most.NAMES_MOST // 2)}\n"
            f"quotes:\n  - {{text: {body[: most.QUOTE_MOST]}, by: {text(most.BY_MOST)}}}\n"
            f"stats:\n{stats}links:\n{link(number + 3)}---\n\n{body}。\n\n{'，'.join(figures)}。\n",
            "utf-8",
        )
    return folder


EVERY = [  # each theme in one edition, each edition in one theme
    (edition, theme)
    for theme in theme_names(paths.THEMES)
    for edition in sorted(TYPESET)
    if edition == "reading" or theme == "red"
]


@pytest.mark.parametrize(("edition", "theme"), EVERY)
def test_a_book_with_every_field_at_its_limit_is_printed_whole(
    tmp_path: Path, edition: str, theme: str
) -> None:
    folder = full_book(tmp_path, theme)
    made, findings = pipeline.build(folder, tmp_path / "out", lambda _step: None, edition)
    assert errors_of(findings) == ()
    assert made[0].pages > 8
