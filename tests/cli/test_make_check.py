"""`digest make --check` and `--embed-fonts`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from digest.checks import Finding

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own checks are enough here: tests/checks starts the Java of EPUBCheck."""
    monkeypatch.setattr("digest.checks.epub.epubcheck.find_spec", lambda _: None)


def test_a_clean_book_is_told_on_stderr_and_its_path_on_stdout(run: Run, pile: Path) -> None:
    result = run("make", "--check")
    assert (result.exit_code, result.stdout) == (0, "dist/文摘.epub\n")
    assert result.stderr.endswith("dist/文摘.epub: clean\n")


def test_a_book_that_is_not_clean_stays_and_is_told_by_the_exit_code(
    run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.checks.epub.check", lambda _: (Finding("odd", "warning", "odd", "a.xhtml", "mend"),))
    result = run("make", "--check")
    assert (result.exit_code, result.stdout) == (16, "dist/文摘.epub\n")
    assert result.stderr.splitlines()[-2:] == [
        "dist/文摘.epub: warning odd: a.xhtml: odd (mend)",
        "digest: 1 of 1 not clean; mend what is listed above",
    ]
    assert Path("dist/文摘.epub").exists()


def test_a_format_without_a_check_is_told_and_is_no_error(run: Run, pile: Path) -> None:
    result = run("make", "--check", "-f", "json")
    assert result.exit_code == 0
    assert result.stderr.endswith("digest: dist/文摘.json: not checked; there are checks for epub, pdf\n")


def test_fonts_are_embedded_when_asked_for(run: Run, pile: Path) -> None:
    run("make", "--embed-fonts")
    assert {"EPUB/fonts/text.otf", "EPUB/fonts/head.otf"} <= set(ZipFile("dist/文摘.epub").namelist())
    run("make")
    assert not [name for name in ZipFile("dist/文摘.epub").namelist() if "fonts/" in name]
