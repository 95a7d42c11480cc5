"""An empty manuscript with explanations; what is to be filled in stops a build until it is."""

from pathlib import Path

from booklet import disk
from booklet.errors import BookletError, Finding

FILES = ("booklet.yaml", "01-fayan.md")


def start(into: Path) -> tuple[Path, ...]:
    """Write the files of an empty manuscript into a new folder; never over existing ones."""
    there = [name for name in FILES if (into / name).exists()]
    if there:
        message = f"这里已经有{'、'.join(there)}，没有改动它们"
        raise BookletError(Finding(str(into), 0, message, "换一个新的文件夹名 INTO=…"))
    here = Path(__file__).parent
    files = {name: disk.read(here / name, here) for name in FILES}
    if into.exists() or into.is_symlink():
        disk.write_all({into / name: data for name, data in files.items()}, into)
    else:
        disk.write_folder(files, into)
    return tuple(into / name for name in FILES)
