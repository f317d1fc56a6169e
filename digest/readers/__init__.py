"""Readers, one file per kind of input: each says which suffixes it takes and turns a source into articles.

A module of this package, or an entry point in the group `digest.readers`, is a reader when it has
`SUFFIXES: tuple[str, ...]` (".txt") and `read(source: Source) -> Reading`.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from digest.errors import NothingReadableError, SourceMissingError
from digest.model import Reading

ENTRY_POINTS = "digest.readers"
# A folder's README is about the folder, not for the book; named on the command line it is read like any file.
ABOUT = ("readme", "license", "copying", "changelog")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, and what the book calls it (its path below the folder that was given, with "/")."""

    path: Path
    name: str


class Reader(Protocol):
    """What a reader's module must have."""

    SUFFIXES: tuple[str, ...]

    @staticmethod
    def read(source: Source) -> Reading:
        """Read one source; raises one of digest.errors for a source that cannot be read."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a folder that gives the book nothing, and why: `not read: no reader for it`."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The sources that were found, in their order, and the files that are not read."""

    sources: tuple[Source, ...]
    passed_over: tuple[PassedOver, ...] = ()


@cache
def readers() -> dict[str, Reader]:
    """The reader of each suffix, ours first."""
    ours = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {suffix: reader for reader in (*_strangers(), *map(_as_reader, ours)) for suffix in reader.SUFFIXES}


def _strangers() -> Iterator[Reader]:
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        yield _as_reader(point.load())


def _as_reader(module: object) -> Reader:
    return cast("Reader", module)


def read(source: Source) -> Reading:
    """Read a source with the reader that its suffix asks for."""
    return readers()[source.path.suffix.lower()].read(source)


def walk(paths: Sequence[Path]) -> Walk:
    """Find the sources in files and folders: folders in natural order (page 2 before page 10), each file once.

    Raises SourceMissingError for a path that is not there, NothingReadableError where no reader takes anything.
    """
    sources: dict[Path, Source] = {}
    passed_over: list[PassedOver] = []
    for given in paths:
        for file in _files(given):
            if file != given and _is_sidecar(file):
                continue  # it is read with its page
            if why := _reason_to_pass(file, given):
                passed_over.append(PassedOver(file, why))
            else:
                sources.setdefault(file.resolve(), Source(file, _name(file, given)))
    if not sources:
        raise NothingReadableError("nothing to read", where=", ".join(map(str, paths)), remedy=_known())
    return Walk(tuple(_distinct(sources.values())), tuple(dict.fromkeys(passed_over)))


def _known() -> str:
    return f"digest reads {', '.join(sorted(readers()))}"


def _reason_to_pass(file: Path, given: Path) -> str:
    """Say why a file is not read, "" if it is; one that was named is read or refused, never passed over."""
    if file != given and not file.is_file():
        return "not read: a link to a folder, or to nothing" if file.is_symlink() else "not read: not a file"
    if file.suffix.lower() not in readers():
        if file == given:
            kind = f"{file.suffix} files" if file.suffix else "files without a suffix"
            raise NothingReadableError(f"no reader for {kind}", where=file, remedy=_known())
        return "not read: no reader for it"
    if file != given and file.stem.lower().startswith(ABOUT):
        return "not read: it is about its folder; name it to read it"
    return ""


def _is_sidecar(file: Path) -> bool:
    """Tell a file that is read along with a source of the same name, because that source's reader says so."""
    beside = (suffix for suffix, reader in readers().items() if getattr(reader, "SIDECAR", None) == file.suffix)
    return any(file.with_suffix(suffix).is_file() for suffix in beside)


def _files(given: Path) -> Iterator[Path]:
    if not _is_folder(given):
        yield given
        return
    from natsort import natsort_keygen, ns

    natural = natsort_keygen(alg=ns.IGNORECASE)
    # Names that differ in case alone are parted by their letters: the same order on every machine.
    yield from sorted(_below(given), key=lambda file: (natural(file.relative_to(given).parts), str(file)))


def _is_folder(given: Path) -> bool:
    """Tell a folder from a file; raises one of digest.errors for a path that is neither."""
    try:
        mode = given.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a path with a zero byte
        raise SourceMissingError(
            "no such file or folder", where=given, remedy="check the path, or `sources` in digest.toml"
        ) from None
    except OSError as error:
        raise SourceMissingError(f"cannot be opened ({error.strerror})", where=given, remedy="check the path") from None
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # reading from a pipe or a device might never end
        raise NothingReadableError("neither a file nor a folder", where=given, remedy="save its text as a file")
    return stat.S_ISDIR(mode)


def _below(folder: Path) -> Iterator[Path]:
    """Every visible file below a folder; links to folders are not followed, they may lead round in a circle."""
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in (*names, *links) if not name.startswith("."))


def _unreadable(error: OSError) -> None:
    raise SourceMissingError(
        f"cannot be opened ({error.strerror})", where=error.filename, remedy="check its permissions"
    )


def _name(file: Path, given: Path) -> str:
    """Name a source for the book; bytes of a file's name that are no UTF-8 become visible."""
    name = file.name if file == given else file.relative_to(given).as_posix()
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _distinct(sources: Iterable[Source]) -> Iterator[Source]:
    """Part equal names from different folders: the second 1.txt is 1.txt (2)."""
    seen: Counter[str] = Counter()
    for source in sources:
        seen[source.name] += 1
        yield source if seen[source.name] == 1 else replace(source, name=f"{source.name} ({seen[source.name]})")
