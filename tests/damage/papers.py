"""How papers print heads, names and columns, and what OCR does to them: one set of habits a page."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Layout = Literal["paragraphs", "wrapped", "spaced"]
Byline = Literal["end", "end glued", "office", "box", "lead", "none"]
Order = Literal["in order", "head after", "gathered"]


@dataclass(frozen=True)
class Paper:
    """The habits of one page: `measure` in ems, `depth` of its titles' marks (0: none), shares from 0 to 1."""

    layout: Layout = "paragraphs"
    measure: int = 15
    blank_lines: bool = True
    depth: int = 1
    wrong_depths: float = 0.0
    byline: Byline = "end"
    order: Order = "in order"
    half_width: bool = False
    straight_quotes: bool = False
    cuts: float = 0.0
    lost_rows: float = 0.0
    spread: float = 0.0
    credit: str = "({} 摄)"
    photos: int = 0
    furniture: bool = False
    two_line_titles: float = 0.0


CREDITS = ("({} 摄)", "（{} 摄）", "({}摄)", "{} 摄", "{}摄")


def clean(random: Random) -> Paper:
    """A page without any damage, as an archive keeps it."""
    return Paper(
        depth=random.choice([0, 1, 2]),
        byline=random.choice(["end", "office", "box", "lead"]),
        credit=random.choice(CREDITS[:2]),
        photos=random.choice([0, 1]),
    )


def ocr_markdown(random: Random) -> Paper:
    """Heads with marks of the right and wrong depth, paragraphs on one line, cut by columns, marks half-width."""
    return Paper(
        depth=random.choice([1, 2]),
        wrong_depths=random.choice([0.0, 0.3]),
        byline=random.choice(["end", "end", "end glued", "lead", "office"]),
        half_width=True,
        cuts=random.choice([0.1, 0.25]),
        credit=random.choice(CREDITS),
        photos=random.choice([0, 1, 2]),
        furniture=random.random() < 0.3,
    )


def ocr_columns(random: Random) -> Paper:
    """Rows of narrow columns, heads without marks, often away from their stories."""
    return Paper(
        layout="wrapped",
        measure=random.randint(13, 18),
        blank_lines=random.random() < 0.7,
        depth=0,
        byline=random.choice(["end", "end glued", "office", "box"]),
        order=random.choice(["in order", "in order", "head after", "gathered"]),
        cuts=0.06,
        spread=random.choice([0.0, 0.02]),
        credit=random.choice(CREDITS),
        photos=random.choice([0, 1]),
        furniture=random.random() < 0.3,
        two_line_titles=0.2,
    )


def ocr_spaces(random: Random) -> Paper:
    """A paragraph a line, a space where a row ended, its last row sometimes lost, quotes straight."""
    return Paper(
        layout="spaced",
        measure=random.randint(13, 18),
        depth=random.choice([1, 2]),
        wrong_depths=0.3,
        byline=random.choice(["end", "end glued"]),
        half_width=True,
        straight_quotes=True,
        cuts=0.15,
        lost_rows=0.08,
        credit=random.choice(CREDITS),
        photos=random.choice([0, 1]),
    )


PAPERS = {"clean": clean, "markdown": ocr_markdown, "columns": ocr_columns, "spaces": ocr_spaces}
