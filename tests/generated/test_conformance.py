"""Whatever the words, the sources and the settings: EPUBCheck has nothing to say of the book.

These are the first of the editions that `make test-readers` makes all of.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from digest.checks.epub import RULES
from digest.checks.epub.book import opened
from generated import orders
from generated.conformance import remarks

COUNT = 30  # a dozen seconds; the thirtieth has found a fault in our notes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("made")
    return [each.make(place / str(at)) for at, each in enumerate(orders.drawn(COUNT))]


@pytest.fixture(scope="module")
def faulty(made: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a file that its manifest does not name."""
    path = tmp_path_factory.mktemp("faulty") / "faulty.epub"
    shutil.copy(made[0], path)
    with ZipFile(path, "a") as archive:
        archive.writestr("EPUB/stray.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"/>')
    return path


@pytest.fixture(scope="module")
def said(made: list[Path], faulty: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All that EPUBCheck says of the editions, and of the faulty one after them."""
    return remarks([*made, faulty], tmp_path_factory.mktemp("reports"))


def test_epubcheck_has_nothing_to_say_of_editions_made_to_order(said: list[str], faulty: Path) -> None:
    assert [remark for remark in said if not remark.startswith(f"{faulty}: ")] == []


def test_what_is_amiss_is_said_of_the_book_that_has_it(said: list[str], faulty: Path) -> None:
    assert [remark for remark in said if remark.startswith(f"{faulty}: USAGE OPF-003 ")] != []


def found(book: Path) -> set[str]:
    """What our own checks find in a book: codes, but for characters that no embedded font has, which is no fault."""
    return {finding.code for rule in RULES for finding in rule(opened(book))} - {"missing-glyph"}


def test_our_own_checks_find_nothing_in_them(made: list[Path]) -> None:
    assert {book: codes for book in made if (codes := found(book))} == {}


def test_our_own_checks_find_what_is_amiss(faulty: Path) -> None:
    assert "file-unlisted" in found(faulty)
