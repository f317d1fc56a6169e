"""Writes an edition in a format, or gives the book that was made of the very same before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest import writers
from digest.addresses import address, of_file, of_files, of_folder
from digest.cache import encoded, kept
from digest.model import Doubt, Edition
from digest.style import Style


@dataclass(frozen=True, slots=True)
class Finished:
    """A book as it was written, and what could not be set in it."""

    data: bytes
    doubts: tuple[Doubt, ...]


def write(name: str, edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the book to `path` in the format of a name; raises what its writer does."""
    content = cache(lambda: address("content", encoded(edition)))  # asked for twice, as files may change meanwhile

    def made(paths: Sequence[Path]) -> list[Finished]:
        doubts = [writers.find(name).write(edition, style, own) for own in paths]
        return [Finished(own.read_bytes(), told) for own, told in zip(paths, doubts, strict=True)]

    def named(_: Path) -> bytes | None:
        if not writers.is_ours(name):  # whether a stranger's writer is still the same nobody knows
            return None
        shown = (block.picture for article in edition.articles for block in article.blocks if block.picture)
        pictures = of_files(dict.fromkeys(picture.path for picture in shown))
        return None if pictures is None else address("book", name, content(), pictures, *_looks(style))

    path.unlink(missing_ok=True)  # it may be that of a guess
    (book,) = kept("book", Finished, [path], named, made)
    if not path.exists():
        path.write_bytes(book.data)
    return book.doubts


def _looks(style: Style) -> Iterator[bytes]:
    """Give all that a style is: what it says, and what stands in its files.

    The version of the package that brings our fonts stands in every address: to read twenty megabytes of them tells no
    more, and takes longer than all else that finds a small book again.
    """
    yield encoded(style)
    yield from map(of_file, style.own_fonts)
    yield from map(of_folder, style.folders)
