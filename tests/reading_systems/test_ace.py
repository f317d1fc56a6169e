"""Ace and EPUBCheck find nothing in the sample edition, in each style with fonts and without, and in hostile books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from generated.conformance import remarks
from generated.orders import STYLES

from reading_systems import books
from reading_systems.ace import Verdict, verdicts
from reading_systems.books import Book

SAMPLES = tuple((look, with_fonts) for look in STYLES for with_fonts in (False, True))


@pytest.fixture(scope="session")
def shelf(library: Callable[[str], Book], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every book there is: the sample edition in all its looks, and those that try a reader's patience."""
    samples = [
        books.sample(look, tmp_path_factory.mktemp(look), embed_fonts=with_fonts).path for look, with_fonts in SAMPLES
    ]
    return [*samples, *(library(name).path for name in books.TRYING)]


@pytest.fixture(scope="session")
def found(shelf: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    return verdicts(shelf, tmp_path_factory.mktemp("ace"))


def test_ace_passes_every_book_without_a_remark(found: list[Verdict]) -> None:
    assert [remark for verdict in found for remark in verdict.remarks] == []
    assert all(verdict.passes for verdict in found)


def test_ace_has_looked_at_every_page(found: list[Verdict], shelf: list[Path]) -> None:
    for book, verdict in zip(shelf, found, strict=True):
        with ZipFile(book) as archive:
            pages = {name.removeprefix("EPUB/") for name in archive.namelist() if name.endswith(".xhtml")}
        assert pages <= verdict.files


def test_ace_says_what_is_amiss_and_where(tmp_path: Path) -> None:
    (verdict,) = verdicts([books.inaccessible(tmp_path)], tmp_path)
    assert not verdict.passes
    assert {remark.split(": ")[1:3][0] for remark in verdict.remarks} == {"article-1.xhtml"}
    assert {remark.split(": ")[2] for remark in verdict.remarks} == {"empty-heading", "link-name", "image-alt"}


def test_epubcheck_has_nothing_to_say_of_any_book(shelf: list[Path], tmp_path: Path) -> None:
    assert remarks(shelf, tmp_path) == []
