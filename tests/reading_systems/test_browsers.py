"""The book in foliate-js and epub.js, the two programs inside most web readers, as headless Chromium shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reading_systems import books
from reading_systems.books import Book
from reading_systems.browser import READERS
from reading_systems.conftest import Visit


@pytest.fixture(scope="session", params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visit(reader: str, book: Book, visits: Callable[[str, Path], Visit]) -> Visit:
    return visits(reader, book.path)


def squeezed(text: str) -> str:
    """A reader breaks a head into lines and phrases: its words are what counts."""
    return "".join(text.split())


def test_the_list_of_contents_is_ours(visit: Visit, book: Book) -> None:
    assert visit.contents == book.contents


def test_every_entry_opens_where_its_words_stand(visit: Visit, book: Book) -> None:
    lost = [
        title
        for (_, title), sight in zip(book.contents, visit.entries, strict=True)
        if squeezed(title).removesuffix("…") not in squeezed(sight.words)
    ]
    assert lost == []


def test_a_chapter_opens_with_its_title(visit: Visit, book: Book) -> None:
    chapters = [at for at, (level, _) in enumerate(book.contents) if level == 1]
    assert [squeezed(visit.entries[at].chapter) for at in chapters] == [
        squeezed(book.contents[at][1]) for at in chapters
    ]


def test_no_text_is_clipped(visit: Visit) -> None:
    assert [sight.clipped for sight in visit.day if sight.clipped] == []


def test_no_text_is_clipped_at_twice_the_size(visit: Visit) -> None:
    assert [sight.clipped for sight in visit.large if sight.clipped] == []


def test_text_is_readable_by_day(visit: Visit) -> None:
    assert [sight.faint for sight in visit.day if sight.faint] == []


def test_text_is_readable_at_night(visit: Visit) -> None:
    assert [sight.faint for sight in visit.night if sight.faint] == []


def test_heads_stay_in_the_middle(visit: Visit) -> None:
    assert [sight.strayed for sight in visit.day if sight.strayed] == []


def test_no_error_is_logged_and_no_request_fails(visit: Visit) -> None:
    assert visit.complaints == []


def test_the_tests_see_what_is_amiss(reader: str, visits: Callable[[str, Path], Visit], tmp_path: Path) -> None:
    visit = visits(reader, books.faulty(tmp_path).path)

    assert any(sight.clipped for sight in visit.day)
    assert any(sight.strayed for sight in visit.day)
    assert any(sight.faint for sight in visit.night)
    assert not any(sight.faint for sight in visit.day)
