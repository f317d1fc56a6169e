"""`digest check`: clean or not, by the exit code."""

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


def test_the_books_that_digest_makes_are_clean(run: Run, made: Path) -> None:
    result = run("check", made / "dist/文摘.epub", made / "dist/文摘.pdf")
    assert (result.exit_code, result.stdout.count(": clean\n")) == (0, 2), result.output


def test_a_book_that_is_not_clean_is_told_by_the_exit_code(run: Run, made: Path) -> None:
    with ZipFile(made / "dist/文摘.epub") as whole, ZipFile("broken.epub", "w") as broken:
        for name in whole.namelist()[:-1]:
            broken.writestr(name, whole.read(name))
    result = run("check", "broken.epub")
    assert result.exit_code == 16
    assert result.stdout.startswith("broken.epub: error ")
    assert result.stderr == "digest: 1 of 1 not clean; mend what is listed above\n"


@pytest.mark.parametrize("name", ["noise.epub", "noise.pdf"])
def test_a_file_that_is_no_book_is_not_clean(run: Run, name: str) -> None:
    Path(name).write_bytes(b"noise")
    assert run("check", name).exit_code == 16


def test_one_bad_book_among_good_ones_is_told(run: Run, made: Path) -> None:
    Path("noise.epub").write_bytes(b"noise")
    result = run("check", made / "dist/文摘.epub", "noise.epub")
    assert (result.exit_code, result.stderr) == (16, "digest: 1 of 2 not clean; mend what is listed above\n")


def test_a_file_that_no_check_knows_keeps_no_other_from_being_checked(run: Run, made: Path) -> None:
    book = made / "dist/文摘"
    result = run("check", f"{book}.epub", f"{book}.json", "nosuch.pdf", f"{book}.pdf")
    clean = [line for line in result.stdout.splitlines() if line.endswith(": clean")]
    assert clean == [f"{book}.epub: clean", f"{book}.pdf: clean"]
    assert result.stderr.splitlines() == [
        f"digest: {book}.json: no check knows a file ending in '.json'; checks there are: epub, pdf",
        "digest: nosuch.pdf: there is no such file; `digest make` prints what it writes",
    ]
    assert result.exit_code == 3  # of what was told last


def test_a_book_that_is_not_clean_is_told_beside_a_file_that_no_check_knows(run: Run) -> None:
    Path("book.json").touch()
    Path("noise.epub").write_bytes(b"noise")
    result = run("check", "book.json", "noise.epub")
    assert (result.exit_code, result.stderr.count("\n")) == (16, 2)
    assert "noise.epub: error not-a-zip" in result.stdout


def test_what_only_tells_something_is_clean(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("book.epub").write_bytes(b"")
    monkeypatch.setattr("digest.checks.epub.check", lambda _: (Finding("told", "info", "something"),))
    result = run("check", "book.epub")
    assert (result.exit_code, result.stdout) == (0, "book.epub: info told: something\nbook.epub: clean\n")
