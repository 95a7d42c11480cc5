"""Words and exit statuses: the one place that prints, and that turns exceptions into words.

Status: 0 done (reminders do not count), 1 a mistake in the manuscript, 2 usage, 3 our bug, 130 Ctrl-C. Results go
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

from booklet import paths
from booklet.errors import BookletError, Finding, errors_of

if TYPE_CHECKING:
    from booklet.build import Output

DONE, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
Args = argparse.Namespace
Command = Callable[[Args], int]


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese where it can."""

    def error(self, message: str) -> NoReturn:
        say(f"命令写得不对（{message}）\n{self.format_usage().strip()}\n看全部命令：booklet --help")
        sys.exit(USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        args = parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        status: int = args.run(args)
    except BookletError as error:
        kept = KEPT if args.run is build_command else ""
        report_findings(error.findings, sys.stderr, ending=kept)
        return FINDINGS
    except KeyboardInterrupt:
        say("\n已中断。上一次的成品没有动。")
        return INTERRUPTED
    except Exception:  # the one place: whatever else escapes is our bug
        traceback.print_exc()
        say("\n这是程序的错误，不是原稿的错误。请把上面的文字发给维护者。")
        return BUG
    return status


def run() -> NoReturn:
    """Entry point of the console script."""
    sys.exit(main())


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs; each sets ``run`` to what it does."""
    top = _Parser(prog="booklet", description="把座谈会发言排印成一本 A5 文集。")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="命令")

    def verb(name: str, does: Command, told: str) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = verbs.add_parser(name, help=told, description=told)
        one.set_defaults(run=does)
        return one

    one = verb("build", build_command, "排印成书")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one.add_argument("--edition", default="", help="只做这一个版本，如 imposed")
    one.add_argument("--trial", action="store_true", help="只做一张试印的纸，看打印机怎样翻面")
    one = verb("final", final_command, "排印定稿：每个问题都有人签过字才排")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one = verb("sign", sign_command, "列出定稿以前要看、要签字的问题")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one = verb("verify", verify_command, "查一份成品：改动过没有，与原稿是不是同一个文本")
    one.add_argument("file", type=named, help="成品，如 build/booklet.pdf")
    one.add_argument("folder", nargs="?", type=named, help="原稿文件夹；不写就用排它的那一个")
    one = verb("contact", contact_command, "把阅读版的跨页缩小排在几张 A4 上，编好号")
    one.add_argument("folder", nargs="?", type=named, help="先排这个文件夹；不写就用现成的")
    one = verb("check", check_command, "校对原稿，不排印")
    one.add_argument("folder", nargs="?", type=named, help="原稿文件夹")
    one.add_argument("--pages", action="store_true", help="改为量一遍排好的 build/booklet.pdf")
    one = verb("import", import_command, "导入来稿")
    one.add_argument("source", nargs="+", type=given, help="来稿：文件（可以几个）或文件夹")
    one.add_argument("into", type=named, help="新建的原稿文件夹")
    one.add_argument("--accept", action="store_true", help="同意全部修改建议")
    one = verb("new", new_command, "新建一份空白原稿")
    one.add_argument("into", type=named, help="新建的原稿文件夹")
    one = verb("share", share_command, "把阅读版逐页存成图片 build/share/，发群用")
    one.add_argument("folder", nargs="?", type=named, help="先排这个文件夹；不写就用现成的")
    verb("fonts", fonts_command, "列出各种用途的字体")
    verb("picture", picture_command, "由示例画出跨页图 docs/spread.png")
    return top


def given(value: str) -> str:
    """Return an argument, refused where it is empty: so make passes a variable that nobody set."""
    if not value:
        raise argparse.ArgumentTypeError(
            "缺少文件或文件夹，例如：make import FROM=来稿.txt INTO=文件夹，make new INTO=文件夹"
        )
    return value


def named(value: str) -> Path:
    """Return a folder that was named."""
    return Path(given(value))


# ---- Verbs -----------------------------------------------------------------------------------


def build_command(args: Args) -> int:
    """``booklet build``: nothing to do, or all editions, or one; or the trial sheet."""
    edition = args.edition
    if edition and edition not in paths.edition_names():
        fix = f"可以用的有：{'、'.join(paths.edition_names())}"
        raise BookletError(Finding("--edition", 0, f"没有“{edition}”这个版本", fix))
    if args.trial:
        from booklet.build import build_trial

        show_made(build_trial(edition or "imposed", paths.BUILD))
    else:
        build_folder(args.folder, edition)
    return DONE


def build_folder(folder: Path, edition: str = "") -> None:
    """Build a folder's editions, or one of them, unless the files are there and nothing has changed."""
    from booklet import freshness

    need_folder(folder)
    out = paths.out_of(folder)
    refuse_other(folder, out)
    if freshness.is_fresh(folder, out, edition):
        show(f"没有变化，{out}/ 里已是最新的。")
        return
    before = freshness.fingerprint(folder, edition)
    from booklet.build import build  # late: WeasyPrint takes longer to load than all the above

    with progress() as tell:
        made, findings = build(folder, out, tell, edition)
    stale = show_built(folder, before, made, findings, edition)
    if stale:
        say(f"原稿改过以后没有重做的旧成品已删去：{'、'.join(stale)}。全部重做：make BOOK={folder}")
    say(
        f"{made[0].imprint.foot}，每页页脚印着这个编号；看完、改完，排定稿：make final BOOK={folder}"
    )


def show_built(
    folder: Path, before: str, made: Sequence["Output"], findings: Sequence[Finding], edition: str
) -> list[str]:
    """Write down and show what was made; return the names of older files that were taken away."""
    from booklet import freshness

    out, state = made[0].path.parent, made[0].imprint.state
    stale = freshness.remember(folder, out, (before, state), [file.path for file in made], edition)
    report_findings(findings, sys.stderr)
    for file in made:
        show_made(file)
    return stale


def refuse_other(folder: Path, out: Path) -> None:
    """Stop where ``out`` holds the files of another book."""
    from booklet import freshness

    other = freshness.recall(out).folder
    if other and Path(other) != folder.resolve():
        fix = f"给文件夹换一个名字，或删去 {out}/"
        message = f"{out}/ 里是另一本书（{other}）的成品，没有动它"
        raise BookletError(Finding(str(folder), 0, message, fix))


def final_command(args: Args) -> int:
    """``booklet final``: all editions as 定稿, in a folder of their own; unless somebody must still look."""
    from booklet import freshness
    from booklet.build import build, build_points
    from booklet.signoff import UnsignedError

    folder = args.folder
    need_folder(folder)
    out = paths.out_of(folder)
    refuse_other(folder, out)
    before = freshness.fingerprint(folder)
    try:
        with progress() as tell:
            made, findings = build(folder, out, tell, final=True)
    except UnsignedError as error:
        report_findings(error.findings, sys.stderr, ending="；没有排定稿")
        sheet, printed = build_points(folder, out, error.warnings)
        show_made(printed)
        say(f"校对单可以打印签字；看过的，把名字写进 {sheet}，再运行 make final BOOK={folder}")
        return FINDINGS
    show_built(folder, before, made, findings, "")
    state = made[0].imprint.state
    say(f"定稿 {state}，印在版本记录里。以后查：make verify FILE={made[0].path}")
    return DONE


def sign_command(args: Args) -> int:
    """``booklet sign``: 签字.txt brought up to date, and the same as a PDF to print."""
    from booklet.build import build_points

    need_folder(args.folder)
    refuse_other(args.folder, paths.out_of(args.folder))
    sheet, printed = build_points(args.folder, paths.out_of(args.folder))
    show(str(sheet))
    show_made(printed)
    return DONE


def verify_command(args: Args) -> int:
    """``booklet verify``: what a finished file can prove of itself, a line each."""
    from booklet import freshness
    from booklet.verify import verify

    folder = args.folder
    if folder is None:
        remembered = Path(freshness.recall(args.file.parent).folder or "/nowhere")
        folder = remembered if remembered.is_dir() else None
    else:
        need_folder(folder)
    wrong = 0
    for verdict in verify(args.file, folder):
        show(str(verdict))
        wrong += verdict.true is False
    return FINDINGS if wrong else DONE


def contact_command(args: Args) -> int:
    """``booklet contact``: the spreads of the reading edition on a few sheets."""
    from booklet.faces.fonts import read_fonts
    from booklet.finish.contact import draw_contact
    from booklet.finish.seal import read_seal

    if args.folder:
        build_folder(args.folder)
    out = paths.out_of(args.folder) if args.folder else last_built()[1]
    pdf = paths.finished(out / "booklet.pdf")
    seal = read_seal(pdf.read_bytes())
    heading = f"{seal.imprint.entry}　阅读版" if seal else pdf.name
    for path in draw_contact(pdf, out, heading, read_fonts(paths.FONTS)["hei-400"].path):
        show(str(path))
    return DONE


def show_made(file: "Output") -> None:
    """Show a finished file."""
    size = file.path.stat().st_size / 1e6
    show(f"{file.path}  {file.title}  {file.remark}  {size:.1f} MB")


def check_command(args: Args) -> int:
    """``booklet check``: list every finding; with ``--pages``, measure the finished file instead."""
    if args.pages:
        return check_finished_pages(
            *((args.folder, paths.out_of(args.folder)) if args.folder else last_built())
        )
    from booklet.proof.examine import examine

    folder = args.folder or paths.SAMPLE
    need_folder(folder)
    silenced = 0
    try:
        examined = examine(folder)
        findings: Sequence[Finding] = examined.findings
        silenced = examined.silenced
    except BookletError as error:
        findings = error.findings
    report_findings(findings, sys.stdout)
    if not findings:
        show("没有发现问题。")
    if silenced:
        say(f"另有 {silenced} 处按 booklet.yaml 的 allow 放过。")
    return FINDINGS if errors_of(findings) else DONE


def check_finished_pages(folder: Path, out: Path) -> int:
    """``booklet check --pages``: the lengths measured in build/booklet.pdf, and what is wrong."""
    from booklet.compose.keeping import names_of
    from booklet.preflight.lines import check_file
    from booklet.proof.examine import examine

    need_folder(folder)
    kept = names_of(examine(folder).book)
    reading = paths.STYLES / "reading.toml"
    report, findings = check_file(out / "booklet.pdf", reading, kept)
    show(f"量了 {report.lines} 行正文")
    for what, value in sorted(report.worst.items()):
        show(f"{what}  最大 {value:.3f}")
    report_findings(findings, sys.stdout)
    if not findings:
        show("没有发现问题。")
    return FINDINGS if findings else DONE


def import_command(args: Args) -> int:
    """``booklet import``: source texts to a folder of speeches, and the list of all that was done."""
    from booklet.intake.run import HTML_NAME, import_files

    into = args.into
    paths = [path for one in args.source for path in source_paths(one)]
    result = import_files(paths, into, args.accept)
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


def source_paths(text: str) -> list[Path]:
    """Return the files that were given: one, or several as make passes them in one text."""
    if Path(text).exists():
        return [Path(text)]
    try:
        return [Path(part) for part in shlex.split(text)]
    except ValueError:
        return [Path(text)]


def new_command(args: Args) -> int:
    """``booklet new``: an empty manuscript with explanations."""
    from booklet.starter import start

    for path in start(args.into):
        show(str(path))
    say(f"把发言写进 {args.into}/ 里的 .md 文件，再运行 make BOOK={args.into}")
    return DONE


def fonts_command(_: Args) -> int:
    """``booklet fonts``: which face plays which role."""
    from booklet.faces.fonts import read_fonts

    for role, face in read_fonts(paths.FONTS).items():
        count = len(face.characters)
        show(f"{role}  {face.name}  {count} 字  {face.licence}  {face.path.name}")
    return DONE


def picture_command(_: Args) -> int:
    """``booklet picture``: the README's spread, of the sample; ``build/`` is left alone."""
    from booklet.build import build
    from booklet.finish.pictures import draw_spread

    with tempfile.TemporaryDirectory() as name, progress() as tell:
        build(paths.ROOT / "speeches", Path(name), tell, "reading")
        show(str(draw_spread(Path(name) / "booklet.pdf", paths.ROOT / "docs" / "spread.png")))
    return DONE


def share_command(args: Args) -> int:
    """``booklet share``: the reading edition as pictures; builds only the folder that is named."""
    from booklet.finish.pictures import draw_pages

    if args.folder:
        build_folder(args.folder)
    out = paths.out_of(args.folder) if args.folder else last_built()[1]
    drawn = draw_pages(out / "booklet.pdf", out / "share")
    size = sum(path.stat().st_size for path in drawn) / 1e6
    show(f"{drawn[0].parent}/  {len(drawn)} 张图片，封面是 {drawn[0].name}  {size:.1f} MB")
    return DONE


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


def last_built() -> tuple[Path, Path]:
    """Return (folder, where its files are) of the book that was built last, or of the sample."""
    from booklet import freshness

    return freshness.last_built() or (paths.SAMPLE, paths.BUILD)


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
