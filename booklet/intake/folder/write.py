"""The folder that an import writes: speeches, booklet.yaml, pictures, and the list of all it did.

Nothing that somebody has edited is written over: the folder remembers what was written, and a file
that is no longer that is kept; what the new import would have written is told.
"""

import difflib
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.genres import GENRES
from booklet.intake.folder.escape import escape_markdown
from booklet.intake.folder.kinds import Listed, has_table, kind_of, listed
from booklet.intake.pieces.meeting import Meeting
from booklet.intake.pieces.piece import Para, Piece
from booklet.intake.source import CALL_OF, MARKUP, PLAIN, STRONG
from booklet.intake.words.proposals import best_statistics, quotes_of
from booklet.manuscript.headings import is_heading

MEMORY = ".import.json"
MOST_MEMORY = 5_000_000  # bytes
MOST_SAID = 60  # characters of a sentence that stands beside a statistic
MOST_TOLD = 6  # lines of a difference that are shown
WIDTH, BEFORE = 56, 12  # characters of each, and of those that are still the same


def manifest(title: Sequence[str], subtitle: str, meeting: Meeting, names: Sequence[str]) -> str:
    """Return booklet.yaml for a source text; what the text does not say is left as a comment."""
    rows = [
        "# 请核对每一项；写法见 docs/manuscript.md。",
        f"title: {quoted(title)}",
        optional("subtitle", subtitle),
        optional("occasion", meeting.occasion),
        optional("date", meeting.date),
        optional("place", meeting.place),
        optional("host", meeting.host),
        "theme: red",
        "order:",
        *(f"  - {Path(name).stem}" for name in names),
        "colophon:",
        "  # compiler: 编印单位",
        "  # printed: 印刷日期",
        "  # copies: 印数",
    ]
    return "\n".join(rows) + "\n"


def optional(key: str, value: str) -> str:
    """Return a row of YAML, commented out where there is no value."""
    return f"{key}: {json.dumps(value, ensure_ascii=False)}" if value else f"# {key}:"


def quoted(lines: Sequence[str]) -> str:
    """Return one text or a list of texts as YAML (JSON is YAML)."""
    value: object = lines[0] if len(lines) == 1 else list(lines)
    return json.dumps(value, ensure_ascii=False)


def file_name(piece: Piece, number: int) -> str:
    """Return the name of a piece's file: its place in the order, and whose it is."""
    name = (piece.speaker or "".join(piece.title))[:16]
    safe = "".join(char for char in name if char.isalnum())
    return f"{number:02}-{safe}.md"


def speech_file(piece: Piece, notes: Mapping[int, str]) -> str:
    """Return a speech as front matter and Markdown, with what may be chosen as comments."""
    kind = kind_of(piece)
    people = listed(piece) if kind == "people" and not has_table(piece) else ()
    rows = ["---", f"kind: {kind}", f"title: {quoted(piece.title)}"]
    if piece.kind == "speech":
        rows.append(f"speaker: {json.dumps(piece.speaker, ensure_ascii=False)}")
    if piece.designation:
        rows.append(f"designation: {json.dumps(piece.designation, ensure_ascii=False)}")
    rows += [f"# 原文的副标题：{piece.subtitle}"] * bool(piece.subtitle)
    rows += [f"# 原文标题下的日期：{date}" for date in piece.dates]
    rows += missing_pictures(piece)
    if piece.kind == "speech":
        rows += choices(piece)
    rows += people_rows(people)
    rows += ["---", ""]
    previous = ""
    for para in () if people else piece.paragraphs:
        if para.kind == "missing":
            continue
        close = para.kind == previous == "item" or (previous and GENRES[kind].lines == "kept")
        if rows[-1] and not close:
            rows.append("")
        rows.append(markdown(para))
        previous = para.kind
    called = [int(number) for para in piece.paragraphs for number in CALL_OF.findall(para.text)]
    rows += [""] * bool(called)
    rows += [f"[^{number}]: {escape_markdown(notes.get(number, ''))}" for number in called]
    return "\n".join(rows) + "\n"


def people_rows(people: Sequence[Listed]) -> list[str]:
    """Return those whom a list names, as front matter."""
    rows = ["people:"] * bool(people)
    for one in people:
        said = {"name": one.name, "post": one.post, "group": one.group}
        inner = ", ".join(
            f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text
        )
        rows.append(f"  - {{{inner}}}")
    return rows


def missing_pictures(piece: Piece) -> list[str]:
    """Return, commented out, where the pictures belong that the source did not bring with it."""
    rows = []
    for at, para in enumerate(piece.paragraphs):
        if para.kind == "missing":
            before = next(
                (one.text for one in reversed(piece.paragraphs[:at]) if one.kind == "text"), ""
            )
            place = f"“…{MARKUP.sub('', before)[-12:]}”那一段下面" if before else "正文开头"
            rows.append(
                f"# 缺一张图：存进这个文件夹，在{place}另起一段写 {para.text.replace('?', '文件名.jpg')}"
            )
    return rows


def choices(piece: Piece) -> list[str]:
    """Return the statistics and sentences that an editor may choose, commented out."""
    quotes, stats = quotes_of(piece), best_statistics(piece)
    rows = []
    if quotes:
        rows += [
            "# 引文建议：要哪一句，就删去那一行和 quotes: 一行开头的“# ”；都不要就整段删去。",
            "# quotes:",
        ]
        rows += [f"#   - text: {json.dumps(text, ensure_ascii=False)}" for text in quotes]
    if stats:
        rows += [
            "# 数字建议：用法同上，最要紧的在前。label 是从原句里摘的，请改成一看就懂的说明。",
            "# stats:",
        ]
        for one in stats:
            figure, label = (
                json.dumps(text, ensure_ascii=False) for text in (one.figure, one.label)
            )
            said = around(one.sentence, one.figure)
            rows.append(f"#   - {{figure: {figure}, label: {label}}}  # 原句：{said}")
    return rows


def around(sentence: str, figure: str) -> str:
    """Return a sentence, or what stands around a figure in a long one."""
    start = max(sentence.find(figure) - MOST_SAID // 2, 0)
    end = start + MOST_SAID
    return "…" * (start > 0) + sentence[start:end] + "…" * (end < len(sentence))


def markdown(para: Para) -> str:
    """Return a paragraph as Markdown that reads as the same text again."""
    if para.kind == "block":
        return para.text
    text = escape_markdown(para.text)
    text = text.replace(STRONG, "**").replace(PLAIN, "**")
    text = CALL_OF.sub(lambda match: f"[^{match[1]}]", text)
    if para.kind == "item":
        return f"- {text}"
    if para.kind == "heading" and not is_heading(para.text):
        return f"{'#' * max(para.level, 1)} {text}"
    return text


# ---- The folder ------------------------------------------------------------------------------


def publish(
    files: Mapping[str, bytes], into: Path, theirs: Collection[str] = ()
) -> tuple[list[Path], list[Finding]]:
    """Write the files into a folder; return those written, and what was kept instead of written over.

    ``theirs`` are names of files that the editor has written and that were obeyed: they stay as they are.

    A folder with files that no import wrote is refused. A new folder appears whole or not at all.
    """
    if not into.exists() and not into.is_symlink():
        memory = memory_of({name: (digest(data),) for name, data in files.items()})
        disk.write_folder({**files, MEMORY: memory}, into)
        return [into / name for name in files], []
    known = remembered(into)
    with disk.in_words(into):
        if not into.is_dir() or (not known and any(into.iterdir())):
            fix = "换一个新的文件夹名 INTO=…"
            raise BookletError(Finding(str(into), 0, "这里已经有文件，没有改动它", fix))
    written, kept = [], []
    # What is remembered first has both contents: a run that is killed in between can be taken up again.
    both = {name: (*known.get(name, ()), digest(data)) for name, data in files.items()}
    disk.write(into / MEMORY, memory_of({**known, **both}), into)
    for name, data in files.items():
        path = into / name
        now = disk.read(path, into) if path.exists() else None
        if now is not None and digest(now) not in known.get(name, ()):
            if now != data:
                kept.append(Finding(str(path), 0, difference(now, data),
                                    "您改过这个文件，没有动它；要用新的，先把它改名移走", "warning", "重导-01"))  # fmt: skip
                both[name] = known.get(name, ())
            continue
        disk.write(path, data, into)
        both[name] = (digest(data),)
        written.append(path)
    both |= {name: known[name] for name in theirs if name in known}
    for name in sorted(
        known.keys() - files.keys() - set(theirs)
    ):  # of an earlier import, under another name
        path = into / name
        if path.is_file() and digest(disk.read(path, into)) not in known[name]:
            fix = "这一篇现在叫别的名字；把您的改动移过去，再删去这个文件"
            kept.append(Finding(str(path), 0, "上次导入的文件，您改过", fix, "warning", "重导-02"))
            both[name] = known[name]
            continue
        disk.remove(path, into)
    left = {name: digests for name, digests in both.items() if digests}
    disk.write(into / MEMORY, memory_of(left), into)
    return written, kept


Digests = tuple[str, ...]
"""Of the contents that an import wrote under a name; two where it may have been killed in between."""


def remembered(into: Path) -> dict[str, Digests]:
    """Return the digests of each file that an import wrote into a folder.

    A state file may have any content: names that lead elsewhere are forgotten.
    """
    try:
        found = json.loads(disk.read(into / MEMORY, into, MOST_MEMORY))
        rows = {
            str(k): (v,) if isinstance(v, str) else tuple(map(str, v)) for k, v in found.items()
        }
        return {name: digests for name, digests in rows.items() if is_own(name, into)}
    except (BookletError, OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def edited(into: Path, name: str) -> str | None:
    """Return the text of a file that an import wrote and an editor has changed since, else None."""
    known = remembered(into).get(name)
    path = into / name
    if known is None or not path.is_file():
        return None
    now = disk.read(path, into, MOST_MEMORY)
    return None if digest(now) in known else now.decode("utf-8", "replace")


def is_own(name: str, into: Path) -> bool:
    """Tell whether a name of a state file is that of a file inside the folder, through no link."""
    try:
        disk.own(into / name, into)
    except BookletError:
        return False
    return bool(name) and not Path(name).is_absolute()


def memory_of(known: Mapping[str, Digests]) -> bytes:
    """Return the state file of an import that wrote this."""
    return json.dumps({name: list(known[name]) for name in known}, indent=0).encode()


def digest(data: bytes) -> str:
    """Return what tells two contents apart."""
    return hashlib.sha256(data).hexdigest()


def parting(row: str, other: str) -> int:
    """Return how many characters two rows share after the sign that begins them."""
    shorter = max(min(len(row), len(other)) - 1, 0)
    pairs = enumerate(zip(row[1:], other[1:], strict=False))
    return next((at for at, (ours, theirs) in pairs if ours != theirs), shorter)


def clipped(rows: Sequence[str]) -> list[str]:
    """Return rows cut short, each from a little before where a - and the + after it part."""
    shown: list[str] = []
    for at, row in enumerate(rows):
        near = (*rows[at + 1 : at + 2], *rows[max(at - 1, 0) : at])
        other = next((one for one in near if one[0] != row[0]), "")
        start = max(parting(row, other) - BEFORE, 0)
        text = row[1 + start : 1 + start + WIDTH]
        left, right = "…" * (start > 0), "…" * (len(row) > 1 + start + WIDTH)
        shown.append(f"{row[0]}{left}{text}{right}")
    return shown


def difference(old: bytes, new: bytes) -> str:
    """Return in a few lines what a new import would change in an edited file."""
    rows = [
        row
        for row in difflib.unified_diff(
            old.decode("utf-8", "replace").splitlines(),
            new.decode("utf-8", "replace").splitlines(),
            lineterm="",
            n=0,
        )
        if row[:1] in "+-" and row[:3] not in ("+++", "---")
    ]
    shown = "\n    ".join(clipped(rows[:MOST_TOLD]))
    more = f"\n    …共 {len(rows)} 行不同" if len(rows) > MOST_TOLD else ""
    return f"新导入的与现在的不同（- 现在的，+ 新导入的）：\n    {shown}{more}"
