"""A speech to its author and back: comments at their place, corrections done only where nothing was edited."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from booklet.cli import main
from booklet.review.back import applied, differences, edit, marked
from booklet.review.sent import Passage, keywords, read_keywords
from booklet.review.trip import sent_for
from booklet.review.write import ASKED_BY
from tests.conftest import SPEECH, Write

Edit = Callable[[Document], None]  # type: ignore[valid-type]
TEXT = SPEECH.replace("社区不大", "去年，**社区**不大").replace(
    "一座桥。", "一座桥[^1]。\n\n> 桥是大家的。\n\n- 一块砖\n- 一片瓦\n\n[^1]: 见街道志。"
)


@pytest.fixture
def trip(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A function that sends a speech, lets its author edit the file, brings it back; returns the list."""
    monkeypatch.chdir(tmp_path)
    folder = write({"01-speech.md": TEXT})

    def around(
        author: Edit,
        editor: Callable[[str], str] = lambda text: text,
        accept: bool = False,
        ticks: str = "",
    ) -> str:
        assert main(["review", "book"]) == 0
        document = Document(str(tmp_path / "build/book/审阅/01-speech.docx"))
        author(document)
        document.save(str(tmp_path / "发回.docx"))
        path = folder / "01-speech.md"
        path.write_text(editor(path.read_text("utf-8")), "utf-8")
        opinions = folder / "审阅意见-01-speech.txt"
        main(["import", "发回.docx", "book", *(["--accept"] if accept else [])])
        if ticks:
            rows = opinions.read_text("utf-8").splitlines()
            numbered = [
                row.replace("□", "√") if row[:1] == "□" and row[2] in ticks else row for row in rows
            ]
            opinions.write_text("\n".join(numbered), "utf-8")
            main(["import", "发回.docx", "book"])
        return opinions.read_text("utf-8")

    return around


def replaced(old: str, new: str) -> Edit:
    """An author who writes other words in a run."""

    def author(document: Document) -> None:  # type: ignore[valid-type]
        runs = [run for one in document.paragraphs for run in one.runs if old in run.text]  # type: ignore[attr-defined]
        assert len(runs) == 1
        runs[0].text = runs[0].text.replace(old, new)

    return author


def manuscript() -> str:
    return Path("book/01-speech.md").read_text("utf-8")


def test_the_questions_are_comments_at_their_place(trip: Callable[..., str]) -> None:
    trip(lambda _: None)
    document = Document("build/book/审阅/01-speech.docx")
    (comment,) = [one for one in document.comments if "去年" in one.text]
    assert comment.author == ASKED_BY
    texts = [one.text for one in document.paragraphs]
    assert texts[:3] == [
        "把好事做到家",
        "春风社区志愿队",
        "去年，社区不大，楼道不少。志愿队用一个春天走访了1286户居民，把谁家有老人、谁家缺人手一一记在本子上。",
    ]
    assert texts[-3:] == ["桥是大家的。", "一块砖", "一片瓦"]
    marked_at = document.paragraphs[2]._element.findall(qn("w:commentRangeStart"))
    assert len(marked_at) == 1
    assert [run.bold for run in document.paragraphs[2].runs][:3] == [None, True, None]


def test_nothing_is_done_until_it_is_ticked(trip: Callable[..., str]) -> None:
    page = trip(replaced("修水管", "修*水*管子"))
    assert "□ 1　改" in page
    assert "修〔→*〕水" in page or "〔" in page
    assert manuscript() == TEXT


def test_what_is_ticked_is_done_and_its_dress_stays(trip: Callable[..., str]) -> None:
    page = trip(replaced("不大，楼道不少", "很大，楼道*不少"), ticks="1")
    assert "去年，**社区**很大，楼道\\*不少。" in manuscript()
    assert "已经照做 1 处" in page
    assert "没有别的改动" in page


def test_a_footnote_stays_where_the_words_around_it_change(trip: Callable[..., str]) -> None:
    trip(replaced("连起来就是一座桥", "连起来就是一座大桥"), accept=True)
    assert "一座大桥[^1]。" in manuscript()


def test_what_was_edited_meanwhile_is_not_written_over(
    trip: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    page = trip(
        replaced("修水管", "修管子"), lambda text: text.replace("换灯泡", "换灯管"), accept=True
    )
    assert "换灯管、修水管" in manuscript()
    assert "□ 1　改" in page
    assert "后来改过" in capsys.readouterr().err


def test_edits_of_other_passages_stand_beside_the_corrections(trip: Callable[..., str]) -> None:
    trip(
        replaced("修水管", "修管子"),
        lambda text: text.replace("队员们不着急", "队员们不急"),
        accept=True,
    )
    assert "换灯泡、修管子" in manuscript()
    assert "队员们不急" in manuscript()


def test_passages_are_added_and_taken_away(trip: Callable[..., str]) -> None:
    def author(document: Document) -> None:  # type: ignore[valid-type]
        paragraphs = document.paragraphs  # type: ignore[attr-defined]
        paragraphs[3].insert_paragraph_before("# 补一段：#号和*星号*照原样。")
        gone = paragraphs[4]._element
        gone.getparent().remove(gone)

    trip(author, accept=True)
    text = manuscript()
    assert "本子上。\n\n\\# 补一段：#号和\\*星号\\*照原样。\n\n一、先敲门" in text
    assert "门一敲开，话就好说了。\n\n二" not in text


def test_tracked_changes_come_back(trip: Callable[..., str]) -> None:
    def author(document: Document) -> None:  # type: ignore[valid-type]
        run = next(r for p in document.paragraphs for r in p.runs if "换灯泡" in r.text)._element  # type: ignore[attr-defined]
        text = run.find(qn("w:t")).text
        head, tail = text.split("灯泡")
        pieces = []
        for tag, words in (("w:del", "灯泡"), ("w:ins", "灯管"), ("", tail)):
            inner = copy.deepcopy(run)
            inner.remove(inner.find(qn("w:t")))
            said = OxmlElement("w:delText" if tag == "w:del" else "w:t")
            said.text = words
            inner.append(said)
            outer = OxmlElement(tag) if tag else inner
            if tag:
                outer.append(inner)
            pieces.append(outer)
        run.find(qn("w:t")).text = head
        for piece in reversed(pieces):
            run.addnext(piece)

    trip(author, accept=True)
    assert "换灯管、修水管" in manuscript()


def test_what_the_author_writes_in_the_margin_is_told(trip: Callable[..., str]) -> None:
    def author(document: Document) -> None:  # type: ignore[valid-type]
        document.add_comment(document.paragraphs[2].runs, "是2025年", "王", "王")  # type: ignore[attr-defined]

    page = trip(author)
    assert "王批注：是2025年" in page
    assert ASKED_BY not in page


def test_a_title_is_changed_by_hand(
    trip: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    trip(replaced("把好事做到家", "把好事做到底"), accept=True)
    assert "title: 把好事做到家" in manuscript()
    assert "自己改 01-speech.md" in capsys.readouterr().err


def test_a_file_that_came_from_elsewhere_is_told(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write()
    for name in ("../x.md", "01-speech.md"):
        document = Document()
        document.add_paragraph("甲")
        document.core_properties.keywords = keywords(name, "0123456789ab")
        document.save("x.docx")
        assert sent_for(Path("x.docx")) == (name, "0123456789ab")
        assert main(["import", "x.docx", "book"]) == 1
        assert "改法" in capsys.readouterr().err
    Path("y.docx").write_bytes(b"no Word file")
    assert sent_for(Path("y.docx")) is None
    assert read_keywords("毛笔 书法") is None


WORDS = st.text("甲乙丙，。*_[]\\`<&", min_size=1, max_size=12)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_differences_done_one_after_the_other_give_what_came_back(
    old: list[str], new: list[str]
) -> None:
    texts = list(old)
    for one in reversed(differences(old, new)):
        if one.before:
            texts[one.at : one.at + 1] = [one.after] if one.after else []
        else:
            texts.insert(one.at + 1, one.after)
    assert ["".join(text.split()) for text in texts] == ["".join(text.split()) for text in new]


@given(WORDS, WORDS)
def test_words_are_changed_in_plain_markdown(old: str, new: str) -> None:
    from booklet.intake.folder.escape import escape_inline

    assert edit(escape_inline(old), old, new) == escape_inline(new)


def test_a_change_is_shown_with_the_words_around_it() -> None:
    assert (
        marked("协会联合吉林两地的志愿组织", "协会联合吉林两市的志愿组织")
        == "协会联合吉林两〔地→市〕的志愿组织"
    )


def test_two_passages_that_say_the_same_are_left_to_the_editor() -> None:
    passages = [Passage("text", 1, ()), Passage("text", 3, ())]
    assert (
        applied("甲\n\n甲", passages, ["甲", "甲"], differences(["甲", "甲"], ["甲", "乙"])[0])
        is None
    )
