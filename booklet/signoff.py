"""What has been looked at before a book is final: 签字.txt beside booklet.yaml, a row for each open point.

    [ ]    校3f9a2b 01-张三.md:12　[数字-11] “超过”和“余”……
    [李四] 问77b001 来稿.docx 第8段　一个名称两种写法……　｜春风志愿队

校 is a warning of the proofreader, known by its words; 问 a question of the import, which is closed, too,
when the words after ｜ are no longer in the manuscript. Who has looked writes a name in the brackets.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding, errors_of
from booklet.manuscript.files import SIGNATURES, is_speech, read_text
from booklet.paths import MANIFEST

WARNING, QUESTION = "校", "问"
KEY_DIGITS = 6
WORDS_MOST = 30  # characters of a question's words that are looked for
HEAD = (
    "# 校对单：定稿以前，每一条都要有人看过。",
    "# 改好的不用管，下一次自己消失；照原样印的，在方括号里写上看过的人，例如 [张三]。",
    "# 写完再运行 make final。",
)
ROW = re.compile(r"\s*[\[［【]([^\]］】]*)[\]］】]\s*([校问][0-9a-f]{6})\s+([^　]*)　(.*)")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be looked at: ``where`` and ``what`` are words, ``signer`` is "" until one signs."""

    key: str
    where: str
    what: str
    signer: str = ""

    @property
    def words(self) -> str:
        """Return the words that a question is about, "" where it is about none."""
        return self.what.rpartition("｜")[2] if "｜" in self.what else ""

    def __str__(self) -> str:
        return f"[{self.signer or ' '}] {self.key} {self.where}　{self.what}"


class UnsignedError(BookletError):
    """A book cannot be final: ``warnings`` are all of it, signed or not."""

    def __init__(self, warnings: Sequence[Finding], unsigned: Sequence[Finding]) -> None:
        super().__init__(unsigned)
        self.warnings = tuple(warnings)


def refuse_unsigned(folder: Path, findings: Sequence[Finding]) -> None:
    """Stop where a warning, or a question of the import, bears no name."""
    warnings = [finding for finding in findings if finding.severity == "warning"]
    rows = updated(folder, warnings)
    signed = {row.key for row in rows if row.signer}
    of_keys = dict(keyed(warnings))
    sheet = str(folder / SIGNATURES)
    fix = f"改好，或在 {sheet} 里这一条（{{key}}）的方括号里写上看过的人"
    unsigned = [
        replace(finding, message=f"还没有签字：{finding.message}", severity="error",
                fix=fix.format(key=key))
        for key, finding in of_keys.items()
        if key not in signed
    ]  # fmt: skip
    unsigned += [
        Finding(sheet, 0, f"导入时的疑问还没有定：{row.where} {row.what}", fix.format(key=row.key))
        for row in rows
        if row.key[0] == QUESTION and not row.signer
    ]
    if unsigned:
        raise UnsignedError(warnings, sorted(unsigned))


def points(folder: Path) -> list[Point]:
    """Return the rows of a book's 签字.txt; one that is no text at all is told."""
    path = folder / SIGNATURES
    if not path.exists():
        return []
    text, findings = read_text(path)
    if errors_of(findings):
        raise BookletError(findings)
    rows = (ROW.match(line) for line in text.split("\n"))
    return [Point(row[2], row[3], row[4].rstrip(), row[1].strip()) for row in rows if row]


def updated(folder: Path, warnings: Sequence[Finding]) -> list[Point]:
    """Return the rows of 签字.txt as they should be: what is mended goes, what is signed stays signed."""
    known = points(folder)
    names = {row.key: row.signer for row in known}
    rows = [
        Point(
            key, where(finding), f"[{finding.code}] {one_line(finding.message)}", names.get(key, "")
        )
        for key, finding in keyed(warnings)
    ]
    text = manuscript_text(folder)
    asked = (row for row in known if row.key[0] == QUESTION)
    return rows + [row for row in asked if squeezed(row.words) in text]


def write_points(folder: Path, rows: Iterable[Point]) -> Path:
    """Write 签字.txt, unless there is nothing to be looked at and none yet; return where."""
    path = folder / SIGNATURES
    rows = list(rows)
    if not rows and not path.exists():
        return path
    text = "\n".join([*HEAD, "", *map(str, rows)]) + "\n"
    disk.write(path, text.encode("utf-8", "replace"), folder)
    return path


def asked(folder: Path, questions: Iterable[tuple[str, str, str]]) -> list[Point]:
    """Return the rows of 签字.txt after an import that asks these (where, what, words).

    Only words that the manuscript has can close a question by going.
    """
    known, text = points(folder), manuscript_text(folder)
    names = {row.key: row.signer for row in known}
    rows = [row for row in known if row.key[0] == WARNING]
    for place, what, words in questions:
        about = one_line(words)[:WORDS_MOST]
        told = one_line(what) + (f"　｜{about}" if about and squeezed(about) in text else "")
        key = QUESTION + digest(place, told)
        rows.append(Point(key, one_line(place), told, names.get(key, "")))
    return list({row.key: row for row in rows}.values())


def keyed(warnings: Sequence[Finding]) -> Iterator[tuple[str, Finding]]:
    """Yield (key, warning); a key stays while the words stay, wherever their line moves to."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in sorted(warnings):
        said = (Path(finding.path).name, finding.code, finding.message)
        seen[said] += 1
        yield WARNING + digest(*said, str(seen[said])), finding


def digest(*words: str) -> str:
    """Return KEY_DIGITS hexadecimal digits that tell some words from others."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()[:KEY_DIGITS]


def where(finding: Finding) -> str:
    """Return the place of a finding, without its folder."""
    name = Path(finding.path).name or "成品"
    return f"{name}:{finding.line}" if finding.line else name


def one_line(text: str) -> str:
    """Return a text in one line, with no blank that a row is divided at."""
    return " ".join(text.replace("　", " ").split())


def squeezed(text: str) -> str:
    """Return a text without blanks and the signs of Markdown."""
    return re.sub(r"[\s\\*]", "", text)


def manuscript_text(folder: Path) -> str:
    """Return all text of a manuscript, squeezed."""
    files = [folder / MANIFEST, *(path for path in sorted(folder.iterdir()) if is_speech(path))]
    return squeezed("".join(read_text(path)[0] for path in files if path.is_file()))
