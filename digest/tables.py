"""How many columns a table has: a style sets wide ones smaller, and old readers cannot count them in CSS."""

from __future__ import annotations

import re

from digest.model import Block

_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)


def columns(block: Block) -> int:
    """Give the most cells that a row of the table has; a cell that spans columns counts as one."""
    if block.html:
        return max((len(_CELL.findall(row)) for row in _ROW.split(block.html)), default=0)
    return max(line.count("\t") + 1 for line in block.text.split("\n"))
