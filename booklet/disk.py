"""Every read and write outside the program: plain files inside a known folder, whole or not at all.

A link is followed for reading only where it ends inside the same folder, and never for writing or
deleting. Whatever the system refuses becomes one sentence with a remedy.
"""

import contextlib
import errno
import os
import re
import shlex
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: there nothing is held
    fcntl = None  # type: ignore[assignment]

from booklet.errors import BookletError, Finding

MARK = ".~"  # begins the names of what is not finished; swept by the next run
NEW, OLD = ".new", ".old"
WRONG_FILE = "检查是不是选错了文件"
COPY_IN = "把原文件复制进来，不用链接（快捷方式）"
SAID = {  # errno: what it means, what to do
    errno.ENOSPC: ("磁盘满了", "腾出空间再做一次；上一次的成品没有动"),
    errno.EFBIG: ("文件太大，系统不让写", "放宽 ulimit -f，或换一个磁盘"),
    errno.EBADF: ("结果没有地方写：标准输出关着", "不要关掉标准输出"),
    errno.EDQUOT: ("磁盘配额用完了", "腾出空间再做一次；上一次的成品没有动"),
    errno.EACCES: ("没有权限", "检查文件和文件夹的权限，或换一个文件夹"),
    errno.EPERM: ("系统不允许", "检查文件和文件夹的权限，或换一个文件夹"),
    errno.EROFS: ("这里是只读的", "换到能写的文件夹里做"),
    errno.EMFILE: ("同时打开的文件太多", "关掉一些程序，或放宽 ulimit -n，再做一次"),
    errno.ENFILE: ("系统同时打开的文件太多", "关掉一些程序再做一次"),
    errno.ENAMETOOLONG: ("文件名太长", "换一个短一些的名字"),
    errno.EISDIR: ("这里有一个同名的文件夹", "把它改名或移走"),
    errno.EEXIST: ("这里有一个同名的文件", "把它改名或移走"),
    errno.ENOTDIR: ("路径中间有一个不是文件夹", "检查路径；把那个同名的文件改名或移走"),
    errno.ENOENT: ("找不到", "检查名字和路径"),
    errno.ELOOP: ("链接绕成了圈", COPY_IN),
    errno.EIO: ("磁盘读写出错", "检查磁盘，换一个地方再做一次"),
    errno.ENOMEM: ("内存不够", "关掉一些程序再做一次"),
    errno.EINVAL: ("名字不能用", "换一个名字"),
    errno.EILSEQ: ("名字不能用", "换一个名字"),
}


# ---- Words -----------------------------------------------------------------------------------


def typed(path: object) -> str:
    """Return a path as it must be typed in a shell."""
    return shlex.quote(str(path))


def refusal(path: Path | str, message: str, fix: str) -> BookletError:
    """Return the error that names a file."""
    return BookletError(Finding(str(path), 0, message, fix))


def told(error: OSError, path: Path | str = "") -> BookletError:
    """Return what the system refused, in words; ``path`` where the error does not name one."""
    message, fix = SAID.get(error.errno or 0, ("", ""))
    if not message:
        message, fix = f"系统回答：{error.strerror or error}", "检查磁盘和权限，再做一次"
    return refusal(str(path or error.filename or "系统"), message, fix)


@contextlib.contextmanager
def in_words(path: Path | str = "") -> Iterator[None]:
    """Turn what the system refuses inside into a BookletError."""
    try:
        yield
    except OSError as error:
        raise told(error, path) from error


# ---- Reading ---------------------------------------------------------------------------------


def leads_outside(path: Path, root: Path) -> bool:
    """Tell whether a path, its links followed, ends outside a folder; a loop of links does."""
    try:
        return not path.resolve(strict=False).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return True


def read(path: Path, root: Path | None = None, most: int = 0, fix: str = WRONG_FILE) -> bytes:
    """Return a plain file's content, or raise BookletError.

    ``root`` is the folder that it must not lead out of, None for a file that was named by whoever runs
    us; ``most`` is the largest size in bytes, 0 for any, and ``fix`` what to do about a larger one.
    """
    if root is not None and leads_outside(path, root):
        raise refusal(path, "这个链接指向文件夹之外", COPY_IN)
    with in_words(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refusal(path, "这里应是一个文件", "换成真正的文件")
        if most and found.st_size > most:
            size = f"{found.st_size / 1e6:.1f} MB，最多 {most / 1e6:g} MB"
            raise refusal(path, f"文件太大（{size}）", fix)
        return path.read_bytes()


# ---- Writing ---------------------------------------------------------------------------------


def own(path: Path, root: Path) -> Path:
    """Return a path that may be written or deleted: below ``root`` and through no link.

    ``root`` itself must be no link, either.
    """
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        parts = ("..",)
    if ".." in parts:
        raise refusal(path, f"不在 {root} 里面，没有动它", "检查路径")
    at = root
    for part in ("", *parts[:-1]):
        at = at / part
        if at.is_symlink():
            raise refusal(at, "这是一个链接（快捷方式），不从这里写", "换成真正的文件夹")
    return path


def make_folder(folder: Path, root: Path) -> None:
    """Make a folder below ``root``, with those above it."""
    own(folder / "x", root)
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write(path: Path, data: bytes, root: Path, lasting: bool = True) -> None:
    """Put a complete file in place of the last one, in a single step; its folder is made.

    What is not ``lasting`` may be lost with the power: no time is spent on waiting for the disk.
    """
    make_folder(path.parent, root)
    new = path.with_name(MARK + path.name + NEW)
    with in_words(path):
        try:
            put(new, data, lasting)
            new.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def pour(path: Path, source: IO[bytes], root: Path) -> None:
    """Write a new file from an open one, piece by piece: however long it is, it is never in memory whole."""
    own(path, root)
    with in_words(path), path.open("xb") as file:
        shutil.copyfileobj(source, file)


def write_all(files: Mapping[Path, bytes], root: Path) -> None:
    """Put several files of one folder in place, all of them or none.

    Each is first written whole; then the last ones step aside and the new ones take their place. What
    goes wrong is undone, and what a killed run left half done is undone by ``sweep``.
    """
    for folder in {path.parent for path in files}:
        make_folder(folder, root)
        sweep(folder, root)
    aside: list[Path] = []
    placed: list[Path] = []
    try:
        for path, data in files.items():
            with in_words(path):
                if path.is_dir() and not path.is_symlink():
                    raise IsADirectoryError(errno.EISDIR, "", str(path))
                put(path.with_name(MARK + path.name + NEW), data)
        for path in files:
            with in_words(path):
                if path.exists() or path.is_symlink():
                    path.replace(path.with_name(MARK + path.name + OLD))
                    aside.append(path)
        for path in files:
            with in_words(path):
                path.with_name(MARK + path.name + NEW).replace(path)
                placed.append(path)
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        for path in aside:
            path.with_name(MARK + path.name + OLD).replace(path)
        raise
    finally:
        for path in files:
            with contextlib.suppress(OSError):
                path.with_name(MARK + path.name + NEW).unlink(missing_ok=True)
    for path in aside:
        with contextlib.suppress(OSError):
            path.with_name(MARK + path.name + OLD).unlink(missing_ok=True)


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Make a new folder with these files by name, whole or not at all: written beside its place first."""
    staged = folder.with_name(MARK + folder.name + NEW)
    own(staged / "x", staged)
    shutil.rmtree(staged, ignore_errors=True)  # of a killed run
    try:
        for name, data in files.items():
            write(staged / name, data, staged)
        with in_words(folder):
            staged.rename(folder)
    except BookletError as error:
        shown = (replace(f, path=f.path.replace(str(staged), str(folder))) for f in error.findings)
        raise BookletError(tuple(shown)) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def put(path: Path, data: bytes, lasting: bool = True) -> None:
    """Write a file that is not there yet, and see that it is on the disk if it is to last."""
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())


def settle() -> None:
    """Wait until all that was written is on the disk: once for many files that were not to last."""
    if hasattr(os, "sync"):
        os.sync()


def sweep(folder: Path, root: Path) -> None:
    """Undo what a killed run left in a folder: the last files come back, unfinished ones go."""
    own(folder / "x", root)
    with in_words(folder):
        for left in sorted(folder.glob(f"{MARK}*{OLD}")):
            left.replace(folder / left.name.removeprefix(MARK).removesuffix(OLD))
        for left in folder.glob(f"{MARK}*{NEW}"):
            left.unlink()


def remove(path: Path, root: Path) -> None:
    """Delete a file below ``root``; a link goes itself, not what it leads to."""
    own(path, root)
    with in_words(path):
        path.unlink(missing_ok=True)


# ---- Temporary folders -----------------------------------------------------------------------

ROOM = re.compile(r"booklet-(\d+)-")


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """Lend a temporary folder."""
    with lasting_room() as name:
        yield Path(name)


def lasting_room() -> tempfile.TemporaryDirectory[str]:
    """Return a temporary folder that stays until the program ends; those of killed runs are swept."""
    with in_words("临时文件夹"):
        sweep_rooms()
        return tempfile.TemporaryDirectory(
            prefix=f"booklet-{os.getpid()}-", ignore_cleanup_errors=True
        )


def sweep_rooms() -> None:
    """Delete the temporary folders of runs that were killed."""
    for left in Path(tempfile.gettempdir()).glob("booklet-*-*"):
        match = ROOM.match(left.name)
        if match and not alive(int(match[1])) and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def held(path: Path, root: Path) -> Iterator[bool]:
    """Hold a file for this process alone; False where another one has it.

    The system lets go of it, however the process ends.
    """
    make_folder(path.parent, root)
    with in_words(path):
        file = own(path, root).open("a")
    with file:
        yield fcntl is None or locked(file.fileno())


def locked(handle: int) -> bool:
    """Take an open file; False where another process has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def alive(process: int) -> bool:
    """Tell whether a process of this number runs."""
    if os.name == "nt":  # there the signal 0 is another one
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
