"""Words and exit statuses: the one place that prints, and that turns exceptions into words.

Status: 0 done, 1 findings or a mistake in the manuscript, 2 usage, 3 our bug, 130 Ctrl-C. Results go
to stdout, talk to stderr.
"""

import argparse
import shlex
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from booklet import places
from booklet.errors import BookletError, Finding

if TYPE_CHECKING:
    from booklet.build import Made

UNNAMED = Path()
DONE, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
VERBS = {  # verb: (help, arguments as (name, help, default))
    "build": ("排印成书", (
        ("folder", "原稿文件夹", "speeches"), ("--edition", "只做这一个版本，如 imposed", ""),
        ("--trial", "只做一张试印的纸，看打印机怎样翻面", False),
    )),
    "check": ("校对原稿，不排印", (
        ("folder", "原稿文件夹", "speeches"), ("--pages", "改为量一遍排好的 build/booklet.pdf", False),
    )),
    "import": ("导入来稿", (
        ("source", "来稿：文件（可以几个）或文件夹", None), ("into", "新建的原稿文件夹", None),
        ("--accept", "同意全部修改建议", False),
    )),
    "new": ("新建一份空白原稿", (("into", "新建的原稿文件夹", None),)),
    "share": ("把阅读版逐页存成图片 build/share/，发群用", (
        ("folder", "先排这个文件夹；不写就用 build/ 里现成的", UNNAMED),
    )),
    "fonts": ("列出各种用途的字体", ()),
    "picture": ("由阅读版画出跨页图 docs/spread.png", ()),
}  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese where it can."""

    def error(self, message: str) -> NoReturn:
        say(f"命令写得不对（{message}）\n{self.format_usage().strip()}\n看全部命令：booklet --help")
        sys.exit(USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        args = vars(parser().parse_args(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    command: Callable[..., int] = COMMANDS[args.pop("verb")]
    given = [value for name, value in args.items() if name != "edition"]
    if "" in given or [""] in given:  # as make passes a variable that nobody set
        say("命令写得不完整，例如：make import FROM=来稿.txt INTO=文件夹，make new INTO=文件夹")
        return USAGE
    try:
        return command(**{
            name: Path(value) if name in ("folder", "into") else value
            for name, value in args.items()
        })  # fmt: skip
    except BookletError as error:
        report_findings(error.findings, sys.stderr, ending=KEPT if command is build_command else "")
        return FINDINGS
    except KeyboardInterrupt:
        say("\n已中断，没有改动任何文件。")
        return INTERRUPTED
    except Exception:  # the one place: whatever else escapes is our bug
        traceback.print_exc()
        say("\n这是程序的错误，不是原稿的错误。请把上面的文字发给维护者。")
        return BUG


def run() -> NoReturn:
    """Entry point of the console script."""
    sys.exit(main())


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = _Parser(prog="booklet", description="把座谈会发言排印成一本 A5 文集。")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="命令")
    for verb, (text, arguments) in VERBS.items():
        sub = verbs.add_parser(verb, help=text, description=text)
        for name, help_text, default in arguments:
            if default is False:
                sub.add_argument(name, help=help_text, action="store_true")
            elif name.startswith("--"):
                sub.add_argument(name, help=help_text, default=default)
            elif default is None:
                sub.add_argument(name, help=help_text, nargs="+" if name == "source" else None)
            else:
                sub.add_argument(name, help=help_text, nargs="?", default=default)
    return top


# ---- Verbs -----------------------------------------------------------------------------------


def build_command(folder: Path, edition: str, trial: bool) -> int:
    """``booklet build``: nothing to do, or all editions, or one; or the trial sheet."""
    from booklet import freshness

    out = places.BUILD
    if edition and edition not in places.edition_names():
        fix = f"可以用的有：{'、'.join(places.edition_names())}"
        raise BookletError(Finding("--edition", 0, f"没有“{edition}”这个版本", fix))
    if trial:
        from booklet.build import build_trial

        show_made(build_trial(edition or "imposed", out))
        return DONE
    need_folder(folder)
    if freshness.is_fresh(folder, out, edition):
        show(f"没有变化，{out}/ 里已是最新的。")
        return DONE
    inputs = freshness.fingerprint(folder, edition)
    from booklet.build import build  # late: WeasyPrint takes longer to load than all the above

    with progress() as tell:
        made, findings = build(folder, out, tell, edition)
    freshness.remember(folder, out, inputs, [file.path for file in made])
    report_findings(findings, sys.stderr)
    for file in made:
        show_made(file)
    return DONE


def show_made(file: "Made") -> None:
    """Show a finished file."""
    size = file.path.stat().st_size / 1e6
    show(f"{file.path}  {file.title}  {file.remark}  {size:.1f} MB")


def check_command(folder: Path, pages: bool) -> int:
    """``booklet check``: list every finding; with ``--pages``, measure the finished file instead."""
    if pages:
        return check_finished_pages(folder)
    from booklet.build import examine

    need_folder(folder)
    try:
        findings: Sequence[Finding] = examine(folder)[2]
    except BookletError as error:
        findings = error.findings
    report_findings(findings, sys.stdout)
    if not findings:
        show("没有发现问题。")
    return FINDINGS if findings else DONE


def check_finished_pages(folder: Path) -> int:
    """``booklet check --pages``: the lengths measured in build/booklet.pdf, and what is wrong."""
    from booklet.build import examine
    from booklet.keeping import names_of
    from booklet.pagecheck import check_file

    need_folder(folder)
    kept = names_of(examine(folder)[0])
    reading = places.STYLES / "reading.toml"
    report, findings = check_file(places.BUILD / "booklet.pdf", reading, kept)
    show(f"量了 {report.lines} 行正文")
    for what, value in sorted(report.worst.items()):
        show(f"{what}  最大 {value:.3f}")
    report_findings(findings, sys.stdout)
    if not findings:
        show("没有发现问题。")
    return FINDINGS if findings else DONE


def import_command(source: Sequence[str], into: Path, accept: bool) -> int:
    """``booklet import``: source texts to a folder of speeches, and the list of all that was done."""
    from booklet.intake import HTML_NAME, import_files

    result = import_files([path for given in source for path in source_paths(given)], into, accept)
    for path in result.written:
        show(str(path))
    done, proposed, asked = map(result.count, ("done", "proposed", "asked"))
    say(
        f"修改 {done} 处，建议修改 {proposed} 处，疑问 {asked} 处，都列在 {into / HTML_NAME}，可以打印签字。"
    )
    if proposed:
        say("同意全部建议：make import FROM=… INTO=… ACCEPT=1")
    report_findings(result.kept, sys.stderr)
    say(f"请先通读 {into}/ 里的文字，再运行 make BOOK={into}")
    return FINDINGS if result.kept else DONE


def source_paths(given: str) -> list[Path]:
    """Return the files that were given: one, or several as make passes them in one text."""
    if Path(given).exists():
        return [Path(given)]
    try:
        return [Path(part) for part in shlex.split(given)]
    except ValueError:
        return [Path(given)]


def new_command(into: Path) -> int:
    """``booklet new``: an empty manuscript with explanations."""
    from booklet.starter import start

    for path in start(into):
        show(str(path))
    say(f"把发言写进 {into}/ 里的 .md 文件，再运行 make BOOK={into}")
    return DONE


def fonts_command() -> int:
    """``booklet fonts``: which face plays which role."""
    from booklet.fonts import read_fonts

    for role, face in read_fonts(places.FONTS).items():
        count = len(face.characters)
        show(f"{role}  {face.name}  {count} 字  {face.licence}  {face.path.name}")
    return DONE


def picture_command() -> int:
    """``booklet picture``: the README's spread, of the sample; ``build/`` is left alone."""
    from booklet.build import build
    from booklet.picture import draw_spread

    with tempfile.TemporaryDirectory() as name, progress() as tell:
        build(places.ROOT / "speeches", Path(name), tell, "reading")
        show(str(draw_spread(Path(name) / "booklet.pdf", places.ROOT / "docs" / "spread.png")))
    return DONE


def share_command(folder: Path) -> int:
    """``booklet share``: the reading edition as pictures; builds only the folder that is named."""
    from booklet.picture import draw_pages

    if folder != UNNAMED:
        build_command(folder, "", False)
    drawn = draw_pages(places.BUILD / "booklet.pdf", places.BUILD / "share")
    size = sum(path.stat().st_size for path in drawn) / 1e6
    show(f"{drawn[0].parent}/  {len(drawn)} 张图片，封面是 {drawn[0].name}  {size:.1f} MB")
    return DONE


COMMANDS: dict[str, Callable[..., int]] = {
    "build": build_command,
    "check": check_command,
    "import": import_command,
    "new": new_command,
    "fonts": fonts_command,
    "picture": picture_command,
    "share": share_command,
}


# ---- Words -----------------------------------------------------------------------------------


def show(text: str) -> None:
    """Print a result."""
    print(text, flush=True)  # noqa: T201


def say(text: str) -> None:
    """Talk on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


KEPT = "；没有排印，上一次的成品没有动"


def report_findings(findings: Sequence[Finding], stream: TextIO, ending: str = "") -> None:
    """Print findings in the order of files and lines, and how many there were."""
    for finding in findings:
        mark = "" if finding.severity == "error" else "（提醒）"
        print(f"{finding}{mark}" if not finding.fix else str(finding), file=stream)
    errors = sum(finding.severity == "error" for finding in findings)
    if findings:
        rest = len(findings) - errors
        counts = [f"{errors} 处错误"] * bool(errors) + [f"{rest} 处提醒"] * bool(rest)
        say(f"共 {'、'.join(counts)}{ending}。")


def need_folder(folder: Path) -> None:
    """Stop where the manuscript's folder is not there."""
    if not folder.is_dir():
        raise BookletError(
            Finding(str(folder), 0, "没有这个文件夹", f"运行 make new INTO={folder} 新建一份原稿")
        )


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the step at work on a terminal; stay quiet in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("准备") as status:
        yield lambda step: status.update(step + "……")
