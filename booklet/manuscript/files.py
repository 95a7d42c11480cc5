"""The files of a manuscript's folder: which are speeches, in what order, and their text."""

from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding
from booklet.limits import LIMITS
from booklet.manuscript.fields import Fields, suggestion
from booklet.paths import ORIGINALS
from booklet.text.clreq import UNPRINTABLE
from booklet.text.formulations import Formulation, read_formulations

TEXTS = (".txt", ".markdown", ".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".html", ".htm")
ROLL, SIGNATURES = "名单.txt", "签字.txt"
OPINIONS = "审阅意见"  # begins the name of a list of an author's corrections
BESIDE = (
    "导入清单",
    "分篇",
    "白名单",
    "名单",
    "签字",
)  # what stands beside the speeches and is read, not printed


def is_speech(path: Path) -> bool:
    """Tell whether a file is a speech: Markdown, and not what Word or a Mac leaves beside one."""
    return path.suffix.lower() == ".md" and not is_leftover(path) and path.is_file()


def is_beside(path: Path) -> bool:
    """Tell whether a file stands beside the speeches to be read by people."""
    return path.stem in BESIDE or path.name.startswith(OPINIONS)


def is_leftover(path: Path) -> bool:
    """Tell whether a file is hidden, or one that a program leaves while it works."""
    return path.name.startswith((".", "~$"))


def strays(folder: Path) -> list[Finding]:
    """Return a warning for each text in the folder that is not going to be printed."""
    found = []
    for path in sorted(folder.rglob("*")):
        if is_leftover(path) or not path.is_file():
            continue
        if path.parent.name == ORIGINALS:
            continue
        if path.parent != folder and path.suffix.lower() == ".md":
            message, fix = "子文件夹里的文稿不会排印", "要用就移到本书文件夹里"
        elif path.parent == folder and path.suffix.lower() in TEXTS and not is_beside(path):
            message = f"{path.suffix} 文件不会排印"
            fix = f"要用就先导入：make import FROM={disk.typed(path)} INTO=新文件夹"
        else:
            continue
        found.append(Finding(str(path), 0, message, fix, "warning", "文件-01"))
    return found


def ordered(table: Fields, folder: Path) -> list[Path]:
    """Return the speech files in printing order: by ``order``, or else by file name."""
    there = sorted(path for path in folder.iterdir() if is_speech(path))
    for path in there:
        if disk.leads_outside(path, folder):
            fix = "把原文件复制进本书文件夹"
            table.findings.append(Finding(str(path), 0, "这个链接指向本书文件夹之外", fix))
    there = [path for path in there if not disk.leads_outside(path, folder)]
    names = table.lines("order", most=LIMITS["speeches"].most)
    if not names:
        return there
    stems = {path.stem: path for path in there} | {path.name: path for path in there}
    chosen: list[Path] = []
    for name in names:
        if name not in stems:
            table.complain(
                table.fields["order"],
                f"order 里的“{name}”没有对应的文件",
                suggestion(name, [path.stem for path in there]),
            )
        elif stems[name] in chosen:
            table.complain(table.fields["order"], f"order 里“{name}”写了两次", "删去其中一个")
        else:
            chosen.append(stems[name])
    for path in there:
        if path not in chosen:
            table.complain(
                table.fields["order"],
                f"order 里没有“{path.stem}”",
                "加进 order，或把文件移出本书文件夹",
            )
    return chosen


FORMULATIONS = "提法.toml"


def read_own_formulations(folder: Path) -> tuple[tuple[Formulation, ...], list[Finding]]:
    """Return the fixed wordings that an office has written down beside its book."""
    path = folder / FORMULATIONS
    if not path.exists():
        return (), []
    text, findings = read_text(path)
    try:
        return read_formulations(text), findings
    except ValueError as error:
        fix = "照 booklet/text/formulations.toml 的样子写"
        return (), [*findings, Finding(str(path), 0, str(error), fix)]


def read_text(path: Path) -> tuple[str, list[Finding]]:
    """Return a file's text with plain line ends; "" and a finding where it cannot be read as UTF-8."""
    try:
        limit = LIMITS["text"]
        raw = disk.read(path, path.parent, limit.most, limit.fix)
    except BookletError as error:
        return "", [*error.findings]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = 1 if wide else raw[: error.start].count(b"\n") + 1
        kind = "是 UTF-16" if wide else "可能是 GB18030 或 GBK"
        fix = "用编辑器打开，另存为 UTF-8"
        return "", [Finding(str(path), line, f"文件不是 UTF-8 编码（{kind}）", fix)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fix = "删去这个看不见的字符"
    return text, [
        Finding(str(path), number, f"有印不出来的字符 U+{ord(control[0]):04X}", fix)
        for number, row in enumerate(text.split("\n"), 1)
        if (control := UNPRINTABLE.search(row))
    ]
