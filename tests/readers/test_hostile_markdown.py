"""Twice the Markdown is twice the work, whatever it is made of: counted in calls, never in seconds."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from digest.errors import FrontMatterError
from digest.readers import Source
from digest.readers.markdown import read
from digest.readers.markdown.front_matter import LARGEST_FRONT_MATTER, Document, FrontMatter
from digest.readers.markdown.manuscript import _parse

SHORT = 4_000
KINDS = {
    "references": "[a]: http://x/\n",
    "emphasis": "**a *b ",
    "closed emphasis": "a**b_c* ",
    "brackets": "[a",
    "links": "[a](b ",
    "pictures": "![",
    "backticks": "`a ``b ",
    "list items": "- a\n",
    "numbers": "1. a\n\n",
    "quotes": "> a\nb\n",
    "rows": "|a|b|\n|-|-|\n",
    "headings": "# a\n",
    "underlined headings": "a\n---\n",
    "tags": "<b>",
    "half tags": "<a ",
    "half comments": "<!-- a\n",
    "notes": "[^1]: a[^1]\n",
    "half notes": "[^1",
    "nested notes": "[^1]: ",
    "nested quotes": ">",
    "nested lists": "- ",
}


def work(text: str, folder: Path) -> int:
    """Count the calls that reading a text takes, built-in functions included."""
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(Source(path, path.name))
    finally:
        sys.setprofile(before)
    return calls


def of_length(piece: str, length: int) -> str:
    return "# 标题\n\n正文[^1]\n\n[^1]: 注\n\n" + piece * (length // len(piece))


@pytest.mark.parametrize("piece", KINDS.values(), ids=KINDS)
def test_twice_the_text_is_twice_the_work(piece: str, tmp_path: Path) -> None:
    work("# 标题\n\n正文", tmp_path)  # what is made once and kept
    short, long = (work(of_length(piece, length), tmp_path) for length in (SHORT, 2 * SHORT))
    assert long < 2.5 * short


def test_an_unknown_fact_costs_a_handful_of_calls_however_many_there_are(tmp_path: Path) -> None:
    facts, calls = 1_000, 100  # measured: 34 calls a fact
    work("+++\na = 1\n+++\n正文", tmp_path)
    front = "".join(f"a{number} = 1\n" for number in range(facts))
    assert work(f"+++\n{front}+++\n正文", tmp_path) < calls * facts


def test_a_body_is_cut_into_lines_once_however_many_links_nobody_uses() -> None:
    class Body(str):
        cuts = 0

        def split(self, *arguments: Any, **named: Any) -> list[str]:
            Body.cuts += 1
            return super().split(*arguments, **named)

    _, doubts = _parse(Document(FrontMatter(), Body("[a]: http://x/\n" * 500), 1), Source(Path("a.md"), "a.md"))
    assert (len(doubts), Body.cuts) == (500, 1)


def test_front_matter_is_bounded_as_toml_takes_quadratic_time(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(f"+++\n{'a.' * (LARGEST_FRONT_MATTER // 2)}a = 1\n+++\n正文", encoding="utf-8")
    with pytest.raises(FrontMatterError, match=r"^.*article\.md:1: front matter of more than 16 KiB; move text below"):
        read(Source(tmp_path / "article.md", "article.md"))
