"""Words and exit statuses: the command line read, and exceptions turned into words.

Status: 0 done (reminders do not count), 1 a mistake in the manuscript, 2 usage, 3 our bug, 130 Ctrl-C.
"""

import argparse
import contextlib
import gc
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from booklet import disk, paths, verbs
from booklet.errors import BookletError
from booklet.talk import report_findings, say
from booklet.workers import EndedError

USAGE, BUG, INTERRUPTED = 2, 3, 130
KEPT = "；没有排印，上一次的成品没有动"
NO_MEMORY = "内存不够。关掉一些程序再做一次；图片太大就先缩小。上一次的成品没有动。"
ENDED = f"做到一半被停下了（信号 {{}}）：多半是{NO_MEMORY}"
SELDOM = (
    200_000,
    50,
    100,
)  # a run is short and keeps what it makes: looking for garbage costs a tenth
SCARCE = 100_000_000  # bytes
Command = Callable[[argparse.Namespace], int]


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
        kept = KEPT if args.run in (verbs.build_command, verbs.final_command) else ""
        report_findings(error.findings, say, ending=kept)
        return verbs.FINDINGS
    except KeyboardInterrupt:
        say("\n已中断。上一次的成品没有动。")
        return INTERRUPTED
    except BrokenPipeError:
        return nobody_listens()
    except EndedError as error:
        say(ENDED.format(error.number))
        return verbs.FINDINGS
    except OSError as error:
        report_findings(disk.told(error).findings, say)
        return nobody_listens() if unheard() else verbs.FINDINGS
    except MemoryError:
        say(NO_MEMORY)
        return verbs.FINDINGS
    except Exception:  # the one place: whatever else escapes is our bug
        if is_short_of_memory():
            say(NO_MEMORY)
            return verbs.FINDINGS
        traceback.print_exc()
        say("\n这是程序的错误，不是原稿的错误。请把上面的文字发给维护者。")
        return BUG
    return status


def unheard() -> bool:
    """Tell whether results can no longer be received: stdout is closed, or what it leads to is full."""
    try:
        return sys.stdout is None or sys.stdout.flush() is not None
    except (OSError, ValueError):
        return True


def nobody_listens() -> int:
    """Give up on results that nobody can receive, so that Python does not try once more at its end."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return verbs.FINDINGS


def run() -> NoReturn:
    """Entry point of the console script: UTF-8 whatever the locale, signals that end us as Ctrl-C does."""
    if not sys.flags.utf8_mode and sys.getfilesystemencoding().lower() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "booklet", *sys.argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(*SELDOM)
    sys.exit(supervised() if hasattr(os, "fork") else main())


def supervised() -> int:
    """Do the work in a process of its own and return its status.

    The libraries that set type end a process where they find no memory, and so does the system; whoever
    waits for it says so.
    """
    process = os.fork()
    if not process:
        for number in endings():
            signal.signal(number, interrupt)
        sys.exit(main())

    def pass_on(number: int, _: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)

    for number in endings():
        signal.signal(number, pass_on)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT:
        # Python itself does this at its end where the interruption came out of an exec, as of a dataclass
        return INTERRUPTED
    if os.WIFSIGNALED(status):
        with contextlib.suppress(OSError):
            disk.sweep_rooms()
        say(ENDED.format(os.WTERMSIG(status)))
        return verbs.FINDINGS
    return os.WEXITSTATUS(status)


def endings() -> Iterator[signal.Signals]:
    """Yield the signals that end a program, but for those that its caller wants ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            yield number


def interrupt(*_: object) -> NoReturn:
    """Do as Ctrl-C does, once: what is tidied up then is not interrupted."""
    for number in endings():
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def is_short_of_memory() -> bool:
    """Tell whether there is too little memory for anything: then other errors come of it."""
    try:
        bytearray(SCARCE)
    except MemoryError:
        return True
    return False


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs; each sets ``run`` to what it does."""
    top = _Parser(prog="booklet", description="把座谈会发言排印成一本 A5 文集。")
    commands = top.add_subparsers(dest="verb", required=True, metavar="命令")

    def verb(name: str, does: Command, told: str) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
        one.set_defaults(run=does)
        return one

    one = verb("build", verbs.build_command, "排印成书")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one.add_argument("--edition", default="", help="只做这一个版本，如 imposed")
    one.add_argument("--trial", action="store_true", help="只做一张试印的纸，看打印机怎样翻面")
    one = verb("final", verbs.final_command, "排印定稿：每个问题都有人签过字才排")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one = verb("sign", verbs.sign_command, "列出定稿以前要看、要签字的问题")
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one = verb("verify", verbs.verify_command, "查一份成品：改动过没有，与原稿是不是同一个文本")
    one.add_argument("file", type=named, help="成品，如 build/booklet.pdf")
    one.add_argument("folder", nargs="?", type=named, help="原稿文件夹；不写就用排它的那一个")
    one = verb("contact", verbs.contact_command, "把阅读版的跨页缩小排在几张 A4 上，编好号")
    one.add_argument("folder", nargs="?", type=named, help="先排这个文件夹；不写就用现成的")
    one = verb(
        "desk", verbs.desk_command, "在浏览器里做：看书页、改文字、取成品；只有这台电脑看得见"
    )
    one.add_argument("folder", nargs="?", type=named, default=paths.SAMPLE, help="原稿文件夹")
    one.add_argument("--no-browser", action="store_true", help="只印出地址，不打开浏览器")
    one = verb("check", verbs.check_command, "校对原稿，不排印")
    one.add_argument("folder", nargs="?", type=named, help="原稿文件夹")
    one.add_argument("--pages", action="store_true", help="改为量一遍排好的 build/booklet.pdf")
    one = verb("import", verbs.import_command, "导入来稿")
    one.add_argument("source", nargs="+", type=given, help="来稿：文件（可以几个）或文件夹")
    one.add_argument("into", type=named, help="新建的原稿文件夹")
    one.add_argument("--accept", action="store_true", help="同意全部修改建议")
    one = verb("review", verbs.review_command, "每篇做一份 Word 发给作者审阅，疑问写成批注")
    one.add_argument("folder", type=named, help="原稿文件夹")
    one = verb("new", verbs.new_command, "新建一份空白原稿")
    one.add_argument("into", type=named, help="新建的原稿文件夹")
    one = verb("share", verbs.share_command, "把阅读版逐页存成图片 build/share/，发群用")
    one.add_argument("folder", nargs="?", type=named, help="先排这个文件夹；不写就用现成的")
    one = verb("copies", verbs.copies_command, "照名单给每一份印上名字、编号：赠：某某，第 017 号")
    one.add_argument("table", type=named, help="名单 .csv：第一行是各栏的名称，如 姓名,编号")
    one.add_argument("folder", nargs="?", type=named, help="先排这个文件夹；不写就用现成的")
    one.add_argument("--file", type=named, help="印在哪个成品上，如定稿；不写就用阅读版")
    one.add_argument("--one", action="store_true", help="全部合成一个文件，给打印机")
    one = verb("series", verbs.series_command, "排一个文件夹里的每一本书")
    one.add_argument("folder", type=named, help="里面每个子文件夹是一本书")
    one.add_argument("--edition", default="", help="只做这一个版本，如 reading")
    one.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="交给 dask 集群，如 tcp://10.0.0.5:8786"
    )
    verb("fonts", verbs.fonts_command, "列出各种用途的字体")
    verb("picture", verbs.picture_command, "由两个样本画出 README 的跨页图")
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
