"""Where the project's own files stand: styles, fonts, the folder of finished files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "styles"
THEMES = STYLES / "themes"
FONTS = ROOT / "fonts" / "fonts.toml"
BUILD = Path("build")
EDITIONS = ("reading",)  # in the order in which they are made
