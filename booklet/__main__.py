"""``python -m booklet``."""

from booklet.cli import run

run()
