"""Start-up stays light: what a command does not use, it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "weasyprint",
    "ebooklib",
    "jinja2",
    "rich",
    "PIL",
    "pikepdf",
    "numpy",
    "markdown_it",
    "yaml",
    "natsort",
    "msgspec",
}
SEEN = """
import sys
from digest.__main__ import main
sys.argv = ["digest", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write("\\n".join(sys.modules))
"""


def modules(folder: Path, *arguments: str) -> set[str]:
    """Run a command in a process of its own, and give the modules that it imported."""
    command = [sys.executable, "-c", SEEN, *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return {*result.stderr.splitlines()}


def imported(folder: Path, *arguments: str) -> set[str]:
    """Give the packages that a command imports."""
    return {name.partition(".")[0] for name in modules(folder, *arguments)}


@pytest.mark.parametrize("arguments", [["--help"], ["make", "--help"], ["check", "--help"], ["--version"], ["init"]])
def test_what_reads_no_source_imports_nothing_heavy(project: Path, arguments: list[str]) -> None:
    assert not imported(project, *arguments) & (HEAVY - ({"msgspec"} if arguments == ["init"] else set()))


def test_an_epub_is_made_without_weasyprint_and_numpy(pile: Path) -> None:
    assert not imported(pile.parent, "make", "-f", "epub") & {"weasyprint", "numpy", "pikepdf", "rich", "uharfbuzz"}


def test_a_small_epub_is_made_without_what_a_crew_and_a_cluster_need(pile: Path) -> None:
    seen = imported(pile.parent, "make", "-f", "epub", "--jobs", "2")
    assert not seen & {"multiprocessing", "socket", "asyncio", "distributed"}


def test_what_takes_long_to_load_an_apprentice_loads(pile: Path) -> None:
    assert not imported(pile.parent, "make", "-f", "epub", "--jobs", "2") & {"rjieba", "resvg_py"}


def test_a_book_that_is_found_again_needs_nothing_that_makes_one(pile: Path) -> None:
    first, again = (modules(pile.parent, "make", "-f", "epub") for _ in range(2))
    makers = {"digest.composer", "digest.newspaper.page", "digest.ebook", "digest.cover", "jinja2", "ebooklib", "PIL"}
    assert first >= makers
    assert not again & makers


def test_pages_are_read_without_what_markdown_and_books_need(pile: Path) -> None:
    seen = imported(pile.parent, "articles", "seeds/第1版.txt")
    assert not seen & {"weasyprint", "ebooklib", "PIL", "markdown_it", "yaml", "numpy"}
