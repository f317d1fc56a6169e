"""Notes which editions of a batch are finished, so that one which was interrupted can go on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from digest import settings
from digest.addresses import address, of_file, of_folder
from digest.cache import encoded
from digest.errors import DigestError, OutputError
from digest.orders import Wishes, sources_of


class Journal:
    """A file of a line for each finished edition: what it was made from, and its books as they were written.

    Raises OutputError for a folder that cannot be written.
    """

    def __init__(self, path: Path, *, goes_on: bool) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not goes_on:
                path.unlink(missing_ok=True)
        except OSError as error:
            what = f"finished editions cannot be noted there ({error.strerror})"
            raise OutputError(what, where=path.parent, remedy="name another --cache, or take --no-cache") from None
        self._lines = [*_lines(path)] if path.exists() else []

    def note(self, ingredients: str, books: Sequence[Path]) -> None:
        """Note an edition that is finished, by the name of what it was made from."""
        line = {"made_from": ingredients, "books": {str(book): of_file(book).hex() for book in books}}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def books(self, ingredients: str) -> tuple[Path, ...]:
        """Give the books that were made from the very same, if they are still there as they were written."""
        for line in reversed(self._lines):
            if ingredients and line["made_from"] == ingredients:
                books = {Path(name): mark for name, mark in line["books"].items()}
                if all(book.is_file() and of_file(book).hex() == mark for book, mark in books.items()):
                    return tuple(books)
        return ()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read what was noted; a line that a kill has cut off is none."""
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(text)
        except ValueError:
            continue


def made_from(edition: Path, wishes: Wishes) -> str:
    """Name an edition after all files that it may be made from; "" where that cannot be told: it is made again."""
    project = edition.parent
    try:
        said = settings.read(edition)
        own = (said.plan, said.edition.cover, said.print.profile, *said.fonts.values(), edition.name, "styles")
        places = [*sources_of(said, project), *(project / name for name in own if name)]
        contents = (of_folder(place) if place.is_dir() else of_file(place) for place in places if place.exists())
        return address("batch", str(edition.resolve()), encoded(wishes), *contents).hex()
    except (DigestError, OSError):
        return ""
