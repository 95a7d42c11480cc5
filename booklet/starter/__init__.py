"""An empty manuscript with explanations; what is to be filled in stops a build until it is."""

import shutil
from pathlib import Path

from booklet.errors import BookletError, Finding

FILES = ("booklet.yaml", "01-fayan.md")


def start(into: Path) -> tuple[Path, ...]:
    """Write the files of an empty manuscript into a new folder; never over existing ones."""
    there = [name for name in FILES if (into / name).exists()]
    if there:
        message = f"这里已经有{'、'.join(there)}，没有改动它们"
        raise BookletError(Finding(str(into), 0, message, "换一个新的文件夹名 INTO=…"))
    try:
        into.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(Path(__file__).parent / name, into / name)
    except OSError as error:
        message = f"这里不能新建文件（{error.strerror}）"
        raise BookletError(Finding(str(into), 0, message, "换一个文件夹 INTO=…")) from None
    return tuple(into / name for name in FILES)
