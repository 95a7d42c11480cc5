"""The faces of fonts.toml go into the wheel, so that ``pip install .`` gives a booklet that prints.

A hook of hatchling; run ``make`` first, which fetches the faces.
"""

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Faces(BuildHookInterface[Any]):
    """Puts every face that is there beside the program."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add each role's file under ``booklet/fonts``, where the installed program looks."""
        fonts = Path(self.root) / "fonts"
        table = tomllib.loads((fonts / "fonts.toml").read_text("utf-8"))
        files = [role["file"] for role in table["role"].values()]
        files += table.get("takeover", {}).values()
        for name in files:
            if (fonts / name).is_file():
                build_data["force_include"][str(fonts / name)] = f"booklet/fonts/{name}"
