"""The round trip of a speech: to its author as a Word file, back as a list of differences to accept."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.intake.docx.body import read_word
from booklet.intake.docx.package import Package
from booklet.intake.source import Entry
from booklet.limits import LIMITS
from booklet.manuscript.files import OPINIONS
from booklet.manuscript.speech import read_speech
from booklet.model import Book, Speech
from booklet.review.back import Difference, applied, differences, marked, plain
from booklet.review.sent import Passage, passages, read_keywords, remember, remembered
from booklet.review.write import ASKED_BY, review_copy

FOLDER = "审阅"
WANTED, ACCEPTED = "□", "√✓✔☑vVxX是"
ROW = re.compile(rf"([{WANTED}{ACCEPTED}])\s*\d+\s.*")
HEAD = """# 审阅意见：{source} 对 {name}。
# 同意哪一条，就把它前面的□改成√，再导入一次：make import FROM={source} INTO={folder}（全部同意：加 ACCEPT=1）。
# 没有打√的不做。后来改过的段落不会被盖掉。
"""


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of one author's file: the list, how many differences were done, are open, cannot be done."""

    name: str
    opinions: Path
    done: int
    open: int
    findings: tuple[Finding, ...]


def send(folder: Path, book: Book, asked: Sequence[Finding], out: Path, root: Path) -> list[Path]:
    """Write a Word file for the author of each speech, with the findings about it; return their paths."""
    written: list[Path] = []
    sent: dict[str, list[str]] = {}
    for speech in book.speeches:
        path = Path(speech.path)
        own = passages(speech)
        about = [one for one in asked if Path(one.path) == path and one.line]
        target = out / FOLDER / f"{path.stem}.docx"
        disk.write(target, review_copy(path.name, own, about), root)
        sent[path.name] = [one.text for one in own]
        written.append(target)
    remember(folder, sent)
    return written


def sent_for(path: Path) -> tuple[str, str] | None:
    """Return (manuscript, state) that a Word file was written for; None for a file of another kind."""
    if path.suffix.lower() != ".docx" or not path.is_file():
        return None
    try:
        raw = disk.read(path, None, LIMITS["source"].most, LIMITS["source"].fix)
        root = Package(raw, path.name).xml("docProps/core.xml")
    except BookletError:
        return None
    texts = (
        []
        if root is None
        else [child.text or "" for child in root if child.tag.endswith("}keywords")]
    )
    return read_keywords(texts[0]) if texts else None


def bring_back(path: Path, folder: Path, accept: bool) -> Returned:
    """Compare an author's file with what was sent to him; do what is accepted, list what is not.

    Raises BookletError where the manuscript is not there, or what was sent is not remembered.
    """
    found = sent_for(path)
    assert found is not None, path
    name, state = found
    manuscript = folder / name
    disk.own(manuscript, folder)
    sent = remembered(folder).get(name, {}).get(state)
    if not manuscript.is_file() or sent is None:
        fix = "核对 INTO= 后面的文件夹；或者照这份 Word 在文稿里手工改"
        raise BookletError(Finding(str(path), 0, f"{folder} 里没有发出这一份时的 {name}", fix))
    source = read_word(disk.read(path), path.name)
    back = [row.plain for row in source.rows if not row.block]
    every = differences(sent, back)
    opinions = folder / f"{OPINIONS}-{Path(name).stem}.txt"
    ticked = accepted(opinions, folder)
    text = disk.read(manuscript, folder).decode("utf-8")
    done: list[Difference] = []
    findings: list[Finding] = []
    for one in reversed(every):
        if not accept and (plain(one.before), plain(one.after)) not in ticked:
            continue
        new = tried(manuscript, text, sent, one)
        if new is None:
            message = f"没有照做：{one.told}“{(one.before or one.after)[:20]}”，这一段后来改过，或要在文稿里手工改"
            findings.append(
                Finding(str(opinions), 0, message, f"自己改 {name}", "warning", "审阅-01")
            )
            continue
        text = new
        done.append(one)
    if done:
        disk.write(manuscript, text.encode(), folder)
    left = [one for one in every if one not in done]
    page = opinions_page(path, manuscript, folder, left, done, source.entries)
    disk.write(opinions, page.encode(), folder)
    return Returned(name, opinions, len(done), len(left), tuple(reversed(findings)))


def tried(manuscript: Path, text: str, sent: Sequence[str], one: Difference) -> str | None:
    """Return a manuscript with a difference done, if it then says what it should and nothing else changed."""
    before = passages_of(text, manuscript)
    new = applied(text, before, sent, one)
    if new is None:
        return None
    after = [plain(passage.text) for passage in passages_of(new, manuscript)]
    old = [plain(passage.text) for passage in before]
    changed = [
        step
        for step in difflib.SequenceMatcher(None, old, after, False).get_opcodes()
        if step[0] != "equal"
    ]
    if len(changed) != 1:
        return None
    _, i1, i2, j1, j2 = changed[0]
    wanted = ([plain(text)] if text else [] for text in (one.before, one.after))
    return new if (old[i1:i2], after[j1:j2]) == tuple(wanted) else None


def passages_of(text: str, manuscript: Path) -> list[Passage]:
    """Return the passages of a manuscript's text; none where it cannot be read any more."""
    with disk.room() as room:
        path = room / manuscript.name
        disk.write(path, text.encode(), room, lasting=False)
        speech: Speech | None
        try:
            speech, _ = read_speech(path, count(1))
        except BookletError:
            speech = None
    return passages(speech) if speech else []


def accepted(opinions: Path, folder: Path) -> set[tuple[str, str]]:
    """Return the differences that were ticked in a list, each as (before, after) without blanks."""
    if not opinions.is_file():
        return set()
    found: set[tuple[str, str]] = set()
    mark, before, after = "", "", ""
    for row in [
        *disk.read(opinions, folder).decode("utf-8", "replace").splitlines(),
        f"{WANTED} 0 ",
    ]:
        if match := ROW.match(row):
            if mark in ACCEPTED and mark:
                found.add((plain(before), plain(after)))
            mark, before, after = match[1], "", ""
        elif row.strip().startswith("原："):
            before = row.strip()[2:]
        elif row.strip().startswith("改："):
            after = row.strip()[2:]
    return found


def opinions_page(
    path: Path,
    manuscript: Path,
    folder: Path,
    left: Sequence[Difference],
    done: Sequence[Difference],
    entries: Sequence[Entry],
) -> str:
    """Return the list of an author's differences, and of what he wrote in the margin."""
    rows = [HEAD.format(source=path.name, name=manuscript.name, folder=disk.typed(folder))]
    for number, one in enumerate(left, 1):
        rows.append(f"{WANTED} {number}　{one.told}")
        rows += [f"   原：{one.before}"] * bool(one.before) + [f"   改：{one.after}"] * bool(
            one.after
        )
        if one.before and one.after:
            rows.append(f"   处：{marked(one.before, one.after)}")
        rows.append("")
    if not left:
        rows += ["没有别的改动。", ""]
    notes = [
        one
        for one in entries
        if one.code.startswith("批注") and not one.what.startswith(f"{ASKED_BY}批注")
    ]
    if notes:
        rows += ["作者的批注：", *(f"   {one.what}（…{one.before}）" for one in notes), ""]
    if done:
        rows += [
            f"已经照做 {len(done)} 处：",
            *(f"   {one.told}：{one.before[:20]}→{one.after[:20]}" for one in done),
            "",
        ]
    return "\n".join(rows)
