"""A measure holds whole characters, and a page whole lines, on any paper."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.printing.type_area import page_rules
from digest.production import MM
from digest.style import PAPERS


def area(paper: tuple[float, float], size: float, line: float) -> tuple[float, float]:
    """How many characters and lines the margins leave room for."""
    css = page_rules(paper, size, line)
    sides = {name: float(value) for name, value in re.findall(r"margin-(\w+): ([\d.]+)pt", css)}
    across = paper[0] * MM - sides["left"] - sides["right"]
    down = paper[1] * MM - sides["top"] - sides["bottom"]
    return across / size, down / line


@pytest.mark.parametrize(("name", "characters"), [("A5", 29), ("大32开", 27), ("32开", 25), ("16开", 38)])
def test_the_usual_papers_have_their_usual_measures(name: str, characters: int) -> None:
    assert int(area(PAPERS[name], 10.5, 17.5)[0]) == characters


@given(st.floats(90, 600), st.floats(90, 600), st.floats(6, 16), st.floats(8, 28))
def test_characters_and_lines_are_whole(width: float, height: float, size: float, line: float) -> None:
    across, down = area((width, height), size, line)
    assert 0 <= across - int(across) < 0.1
    assert 0 <= down - int(down) < 0.1


def test_a_paper_without_room_is_told() -> None:
    with pytest.raises(ValueError, match="no room for text"):
        page_rules((50, 50), 72, 144)
