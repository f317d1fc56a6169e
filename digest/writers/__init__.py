"""Finds the writer of a format: a module of this package, or an entry point of the group `digest.writers`."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from digest import extensions
from digest.errors import UnknownFormatError
from digest.model import Doubt, Edition
from digest.style import Style

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "digest.writers"


class Writer(Protocol):
    """What every writer offers; `SUFFIX` is the ending of its files, as in ".epub".

    A writer of ours may have `PREPARES`, the name of a function ("package.module:function") that whoever works for it
    calls first: what takes its time and is the same for any book.
    """

    SUFFIX: str

    def write(self, edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
        """Write the edition to `path`, and give a Doubt for everything that the format could not set."""


def formats() -> tuple[str, ...]:
    """List the names of all formats, our own and those of other packages, sorted."""
    return tuple(sorted({*_built_in(), *(point.name for point in _foreign())}))


def find(name: str) -> Writer:
    """Find the writer of a format; our own names are ours, whatever other packages call theirs.

    Raises UnknownFormatError, which lists the formats there are, or LibraryMissingError for another package's writer
    that cannot be used.
    """
    if name in _built_in():
        return cast("Writer", importlib.import_module(f"{__name__}.{name}"))
    for point in _foreign():
        if point.name == name:
            return cast("Writer", extensions.load(point, "SUFFIX", str, "write"))
    raise UnknownFormatError(f"there is no format {name!r}", remedy=f"there are: {', '.join(formats())}")


def is_ours(name: str) -> bool:
    """Say whether a format is one of our own."""
    return name in _built_in()


def _built_in() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(__path__)}


def _foreign() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points

    return extensions.in_order(entry_points(group=GROUP))
