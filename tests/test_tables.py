"""A table is as wide as its widest row."""

from __future__ import annotations

import pytest

from digest.model import Block
from digest.tables import columns


@pytest.mark.parametrize(
    ("text", "html", "expected"),
    [
        ("甲", "", 1),
        ("甲\t乙\n丙\t丁\t戊", "", 3),
        ("甲 乙", "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tr><td>丙</td></tr></table>", 2),
        ("甲", "<TABLE><TR><TD>甲</TD></TR></TABLE>", 1),
    ],
)
def test_the_widest_row_counts(text: str, html: str, expected: int) -> None:
    assert columns(Block("table", text, html)) == expected
