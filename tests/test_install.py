"""``pip install .`` gives a booklet that works in any folder, templates, styles and fonts with it."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from booklet import paths


def run(*command: str | Path, **more: str) -> str:
    """Run a command in a clean environment; return what it printed, or fail with what it said."""
    clean = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False,
        cwd=more.pop("cwd", None), env=clean | more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_program_prints_in_an_empty_folder(tmp_path: Path) -> None:
    """The wheel in a new environment of its own; what it depends on is lent by this one."""
    wheel, here = tmp_path / "wheel", tmp_path / "here"
    here.mkdir()
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheel, paths.ROOT)
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", *wheel.iterdir())
    lent = sysconfig.get_paths()["purelib"]
    booklet = tmp_path / "venv" / "bin" / "booklet"
    run(booklet, "new", "meeting", cwd=str(here), PYTHONPATH=lent)
    for path in (here / "meeting").iterdir():
        path.write_text(re.sub("（请写[^）]*）", "春风", path.read_text("utf-8")), "utf-8")
    told = run(booklet, "build", "meeting", "--edition", "reading", cwd=str(here), PYTHONPATH=lent)
    assert told.startswith("build/meeting/booklet.pdf")
    assert (here / "build/meeting/booklet.pdf").read_bytes()[:5] == b"%PDF-"
    code = "import booklet; print(booklet.__path__[0])"
    where = run(python, "-c", code, cwd=str(here), PYTHONPATH=lent)
    assert where.startswith(str(tmp_path))
