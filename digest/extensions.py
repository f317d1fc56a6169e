"""What other packages add: readers and writers, by entry points, in one order on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from digest.errors import LibraryMissingError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def in_order(points: Iterable[EntryPoint]) -> tuple[EntryPoint, ...]:
    """Sort entry points by name, then by package: never by where on the path a package was found."""
    return tuple(sorted(points, key=lambda point: (point.name, distribution(point), point.value)))


def distribution(point: EntryPoint) -> str:
    """Name the package that an entry point comes from, as pip knows it."""
    return point.dist.name if point.dist else point.module


def load(point: EntryPoint, suffixes: str, kind: type[str] | type[tuple[str, ...]], does: str) -> object:
    """Import an extension, which has to say its `suffixes`, a text or a tuple of texts, and to offer `does`.

    Raises LibraryMissingError, which names the package, for one that cannot be imported or lacks either.
    """
    try:
        extension: object = point.load()
    except (Exception, SystemExit) as error:
        raise _broken(point, f"{type(error).__name__}: {error}") from None
    said = getattr(extension, suffixes, None)
    texts = said if isinstance(said, tuple) and said else (said,)
    if not isinstance(said, kind) or not all(isinstance(text, str) and text.startswith(".") for text in texts):
        raise _broken(point, f"its {suffixes} is {said!r}, not a suffix such as .txt")
    if not callable(getattr(extension, does, None)):
        raise _broken(point, f"it has no {does}()")
    return extension


def _broken(point: EntryPoint, why: str) -> LibraryMissingError:
    package = distribution(point)
    what = f"{point.group}: {point.name} of the package {package} cannot be used ({why})"
    return LibraryMissingError(what, remedy=f"reinstall {package}, or remove it")
