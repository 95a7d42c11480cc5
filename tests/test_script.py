"""The scripts of the desk, type-checked as strictly as the rest: their JSDoc against booklet/desk/shapes.d.ts."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from booklet import bootstrap, paths

SCRIPT = paths.ROOT / "tests/script"
TSC = SCRIPT / "node_modules/typescript/bin/tsc"


def node() -> str:
    """The system's Node.js, or that of the wheel which a machine without one gets."""
    found = shutil.which("node")
    return found or bootstrap.wheel_npm()[0]


@pytest.mark.skipif(not TSC.exists(), reason="没有 TypeScript：运行 make test")
def test_the_scripts_of_the_desk_are_typed() -> None:
    done = subprocess.run(
        [node(), str(TSC), "-p", str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_no_option_of_the_checker_is_off() -> None:
    options = json.loads((SCRIPT / "tsconfig.json").read_text("utf-8"))["compilerOptions"]
    assert {"strict", "checkJs", "noUnusedLocals"} <= {key for key, on in options.items() if on}
    for path in sorted((paths.PACKAGE / "desk/static").glob("*.js")):
        assert "@ts-" not in path.read_text("utf-8"), path.name  # nothing is kept from it


def test_no_lock_names_a_registry() -> None:
    for path in (SCRIPT, paths.FONTS.parent):
        text = Path(path, "package-lock.json").read_text("utf-8")
        assert "resolved" not in text
        assert "integrity" in text
