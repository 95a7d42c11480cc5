"""Upright lines: what stands under one another in them."""

import re

from booklet.render.setting import Setting
from booklet.text.clreq import UPRIGHT_FORMS

Column = tuple[str, ...]
"""What stands under one another in an upright line."""


def upright_cells(text: str, kind: str, setting: Setting) -> Column:
    """Return what stands under one another in a column: two digits side by side, marks turned."""
    known = setting.fonts[setting.dress[kind].role].characters
    cells = re.findall(r"(?<!\d)\d{1,2}(?!\d)|.", text)
    turned = {mark: form for mark, form in UPRIGHT_FORMS.items() if form in known}
    return tuple(turned.get(cell, cell) for cell in cells)
