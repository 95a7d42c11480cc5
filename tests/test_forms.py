"""Forms: fields changed one by one and all else as it was typed; quotes and figures picked from the text itself."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from booklet import paths
from booklet.desk.files import Files
from booklet.desk.schema import BOOK, SPEECH, form, given
from booklet.errors import BookletError
from booklet.manuscript.book import BOOK_KEYS, read_book
from booklet.manuscript.edit import fields_of, with_fields
from booklet.manuscript.speech import SPEECH_KEYS
from tests.conftest import MANIFEST
from tests.conftest import SPEECH as TEXT

SAMPLES = [
    path
    for folder in ("speeches", "speeches-school", "booklet/starter")
    for path in sorted((paths.ROOT / folder).glob("*"))
    if path.suffix in (".md", ".yaml")
]


def difference(before: str, after: str) -> list[str]:
    rows = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [row for row in rows if row[0] in "+-" and not row.startswith(("+++", "---"))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_one_field_changed_is_one_line_changed(path: Path) -> None:
    text, front = path.read_text("utf-8"), path.suffix == ".md"
    key = "about" if front else "place"
    made = with_fields(text, {key: "新的内容"}, front)
    changed = difference(text, made)
    assert changed[-1] == f"+{key}: 新的内容"
    assert len(changed) <= 2
    assert fields_of(made, front)[key] == "新的内容"
    assert with_fields(text, {}, front) == text
    assert with_fields(text, {"foreword": None}, front) == text


def test_the_forms_have_every_key_of_a_manuscript_and_explain_it() -> None:
    assert {field.key for field in SPEECH} == set(SPEECH_KEYS)
    assert {field.key for field in BOOK} | {"order"} == set(BOOK_KEYS)  # which is dragged
    assert all(field.told or field.columns for field in (*SPEECH, *BOOK))
    assert {field.key for field in BOOK if field.columns and field.told == ""} == set()


def test_a_group_is_written_as_it_was_typed() -> None:
    text = "title: 甲\ncolophon:\n  # 谁编的\n  compiler: 乙\n  copies: '500'\n"
    colophon = {"compiler": "乙", "copies": "500", "printed": "2026年3月", "contact": ""}
    made = with_fields(text, given("booklet.yaml", {"colophon": colophon}), False)
    assert difference(text, made) == ["+  printed: 2026年3月"]
    gone = with_fields(text, given("booklet.yaml", {"colophon": {"compiler": "乙"}}), False)
    assert difference(text, gone) == ["-  copies: '500'"]
    assert "colophon" not in with_fields(text, given("booklet.yaml", {"colophon": {}}), False)


@pytest.mark.parametrize(
    ("key", "value", "row"),
    [
        ("anniversary", {"years": "60", "from": "1963", "to": "2023"}, "anniversary: {years: 60, from: 1963, to: 2023}"),
        ("binding", {"way": "胶装", "paper": ""}, "binding: 胶装"),
        ("binding", {"way": "胶装", "paper": "100克双胶纸"}, "binding: {way: 胶装, paper: 100克双胶纸}"),
        ("editions", ["imposed", "reading", "nothing"], "editions: [reading, imposed]"),
        ("allow", [{"rule": "标点-01", "text": "x", "why": "原样"}], "  - {rule: 标点-01, text: x, why: 原样}"),
        ("anniversary", "60", ""), ("editions", "reading", ""), ("binding", ["胶装"], ""),
    ],
)  # fmt: skip
def test_groups_and_choices_are_written(key: str, value: object, row: str) -> None:
    made = with_fields("title: 甲\n", given("booklet.yaml", {key: value}), False)
    assert made == "title: 甲\n" if not row else row in made.splitlines()
    if row and key != "allow":
        (shown,) = (
            one for one in form("booklet.yaml", fields_of(made, False)) if one["key"] == key
        )
        assert shown["open"]


def test_a_list_of_people_has_its_own_fields() -> None:
    keys = {field["key"] for field in form("01.md", {"kind": "名单", "sorted": "笔画"})}
    assert {"file", "sorted", "count", "people"} <= keys
    assert "people" not in {field["key"] for field in form("01.md", {})}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_form_given_back_as_it_was_changes_nothing(path: Path, tmp_path: Path) -> None:
    for file in path.parent.glob("*"):
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    files = Files(tmp_path)
    if path.name not in files.names():
        return
    shown = files.form(path.name)
    values = {field["key"]: field["value"] for field in shown["fields"] if field["open"]}
    assert files.write_form(path.name, values, shown["digest"]).text == path.read_text("utf-8")


words = st.text("雷锋精神 a1:#{}[]'\"-，。\\&*!|>%@`?", max_size=14)


@drawn(words, words, st.lists(st.tuples(words, words), max_size=3), st.lists(words, max_size=3))
def test_whatever_is_typed_is_what_is_read(
    title: str, speaker: str, stats: list[tuple[str, str]], signed: list[str]
) -> None:
    values = given("01.md", {
        "title": title, "speaker": speaker, "signed": "\n".join(signed),
        "stats": [{"figure": figure, "label": label} for figure, label in stats],
    })  # fmt: skip
    made = with_fields(TEXT, values, True)
    read = fields_of(made, True)
    for key, value in values.items():
        wanted = value if isinstance(value, str) else [
            one if isinstance(one, str) else {k: str(v) for k, v in one.items()} for one in value
        ]  # fmt: skip
        assert read.get(key, "" if isinstance(value, str) else []) == wanted
    assert made.split("---\n", 2)[2] == TEXT.split("---\n", 2)[2]


@pytest.mark.parametrize(
    "text",
    ["没有开头", "---\ntitle: [\n---\n正文", "---\n- a\n---\n正文", "---\na: 1\na: 2\n---\n"],
)
def test_front_matter_that_cannot_be_read_is_left_to_the_text(text: str) -> None:
    with pytest.raises(BookletError):
        with_fields(text, {"title": "x"}, True)


def test_what_a_form_cannot_show_is_left_to_the_text() -> None:
    values = {"stats": {"title": "一年", "items": []}, "kind": "贺信", "title": ["一", "二"]}
    shown = {field["key"]: field for field in form("01.md", values)}
    assert (shown["stats"]["open"], shown["stats"]["value"]) == (False, [])
    assert shown["kind"]["value"] == "letter"
    assert shown["title"]["value"] == "一\n二"
    given_ = {"binding": {"way": "胶装"}, "people": [{"name": "王明", "post": ["一", "二"]}]}
    book = {field["key"]: field for field in form("booklet.yaml", given_)}
    assert (book["binding"]["value"], book["people"]["open"]) == ({"way": "胶装"}, False)
    assert form("名单.txt", {}) == []


# ---- Picked ----------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "booklet.yaml").write_text(MANIFEST, "utf-8")
    for name in ("01-a.md", "02-b.md", "03-c.md"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    return Files(tmp_path)


def test_a_sentence_and_a_figure_are_picked_from_the_text(files: Files) -> None:
    first = files.read("01-a.md")
    second = files.pick("01-a.md", "quote", "连起来就是一座桥", "", first.digest)
    third = files.pick("01-a.md", "figure", "1286户", "走访的居民", second.digest)
    values = fields_of(third.text, True)
    assert [one["text"] for one in values["quotes"]] == ["门一敲开，话就好说了", "连起来就是一座桥"]
    assert values["stats"][-1] == {"figure": "1286户", "label": "走访的居民"}
    book = read_book(files.folder, ("red",), ("reading",))
    assert len(book.speeches[0].quotes) == 2


@pytest.mark.parametrize(
    "words_", ["", "连起来就是两座桥", "走访居民"]
)  # the last one stands in front matter only
def test_only_what_is_said_can_be_picked(files: Files, words_: str) -> None:
    before = files.read("01-a.md")
    for kind in ("quote", "figure", "other"):
        with pytest.raises(BookletError):
            files.pick("01-a.md", kind, words_, "说明", before.digest)
    assert files.read("01-a.md") == before


def test_the_order_is_written_whole(files: Files) -> None:
    files.put_in_order(["03-c.md", "01-a.md", "02-b.md"])
    assert files.names()[1:] == ["03-c.md", "01-a.md", "02-b.md"]
    book = read_book(files.folder, ("red",), ("reading",))
    assert [Path(one.path).name for one in book.speeches] == ["03-c.md", "01-a.md", "02-b.md"]
    for names in ([], ["03-c.md"], ["03-c.md", "01-a.md", "02-b.md", "x.md"], ["01-a.md"] * 3):
        with pytest.raises(BookletError):
            files.put_in_order(names)
