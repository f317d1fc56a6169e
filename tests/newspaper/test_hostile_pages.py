"""Pages made to be slow: each way to part them must not be tried. Steps are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from digest.newspaper.page import rebuild

# Ten times the page may cost so much more in function calls; what it has beside that is start-up.
GROWTH, START_UP = 15, 20_000
# No page made here may cost more; one that tries every way to part a line never ends.
MOST = 8_000_000

HOSTILE: dict[str, Callable[[int], str]] = {
    "one long word": lambda size: "a" * size * 100,
    "addresses among marks": lambda size: "见http://a.b/c，说," * size * 10,
    "offices without end": lambda size: ("记者 张三 " * 14 + "，，\n") * size,
    "works without end": lambda size: "\n".join("文 图 " * (at % 20) + "x" for at in range(size)),
    "open brackets": lambda size: "(" * size * 50,
    "bylines alone": lambda size: "(张三)\n" * size,
    "heads alone": lambda size: "# 标题\n" * size,
    "kickers alone": lambda size: "海南区：\n" * size,
    "captions alone": lambda size: "图为现场。张三 摄\n" * size,
    "short lines": lambda size: "短行\n" * size,
    "spaced out": lambda size: "党 " * size * 20,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_page_ten_times_as_long_costs_about_ten_times_as_much(kind: str) -> None:
    small, large = (_steps(HOSTILE[kind](size)) for size in (20, 200))
    assert large < GROWTH * small + START_UP


def _steps(page: str) -> int:
    """Count the function calls that a page takes, those of C functions (one for each regular expression) included."""
    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1
        if count > MOST:
            raise AssertionError("too many steps")

    sys.setprofile(step)
    try:
        rebuild(page, "page.txt")
    finally:
        sys.setprofile(None)
    return count
