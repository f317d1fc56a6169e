"""What the tests of reading systems share; they run when this folder is named, as `make test-readers` does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from writers.conftest import rich  # noqa: F401  (a fixture)

from digest.model import Edition
from reading_systems import books
from reading_systems.books import Book

if TYPE_CHECKING:  # `make check` and `make test` do without Playwright
    from playwright.sync_api import Browser

    from reading_systems.browser import OpenBook, Sight

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave these tests to who names them: they need a browser, which `make test` does not install."""
    named = (Path(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args)
    return None if any(path.resolve().is_relative_to(HERE) for path in named) else True


@dataclass(frozen=True)
class Visit:
    """What was seen of a book in a reader: each entry of its contents opened, then each file in three settings."""

    contents: list[tuple[int, str]]
    entries: list[Sight]
    day: list[Sight]
    large: list[Sight]
    night: list[Sight]
    complaints: list[str]


@pytest.fixture(scope="session")
def library(rich: Edition, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Book]:  # noqa: F811
    """The books under test by name, each made once."""

    @cache
    def book(name: str) -> Book:
        place = tmp_path_factory.mktemp(name)
        if name == books.ILLUSTRATED:
            return books.illustrated(place)
        return books.hostile(rich, place) if name == books.HOSTILE else books.sample(name, place)

    return book


@pytest.fixture(scope="session", params=books.BOOKS)
def book(request: pytest.FixtureRequest, library: Callable[[str], Book]) -> Book:
    return library(request.param)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    from reading_systems.browser import chromium

    with chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="session")
def visits(browser: Browser) -> Callable[[str, Path], Visit]:
    """Pay each book one visit in each reader; styles that differ in print alone make the same EPUB."""
    from reading_systems.browser import opened

    paid: dict[tuple[str, bytes], Visit] = {}

    def visit(reader: str, epub: Path) -> Visit:
        key = reader, epub.read_bytes()
        if key not in paid:
            with opened(browser, reader, epub) as book:
                paid[key] = look_through(book)
        return paid[key]

    return visit


def look_through(book: OpenBook) -> Visit:
    lines = book.contents()
    entries = [book.open_entry(at) for at in range(len(lines))]
    day = book.every_page()
    book.enlarge(200)  # percent: what WCAG asks text to bear
    large = book.every_page()
    book.darken()
    return Visit(lines, entries, day, large, book.every_page(), book.complaints)
