"""Readers, one file per kind of input: each says which suffixes it takes and turns a source into articles.

A module of this package, or an entry point in the group `digest.readers`, is a reader when it has
`SUFFIXES: tuple[str, ...]` (".txt") and `read(source: Source) -> Reading`. Where two packages take one suffix, the
one whose entry point's name comes first in the alphabet does. One of ours may have `SIDECAR` (".toml"), the suffix of
what is read along with a source, and `stands_alone(data: bytes) -> bool`, which says of a source's bytes that what they
give depends on no other file; only then is it kept until they change.
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

from digest import extensions
from digest.errors import DigestError, LibraryMissingError, NothingReadableError, SourceMissingError
from digest.model import Reading

ENTRY_POINTS = "digest.readers"
# A folder's README is about the folder, not for the book; named on the command line it is read like any file.
ABOUT = ("readme", "license", "copying", "changelog")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, and what the book calls it (its path below the folder that was given, with "/")."""

    path: Path
    name: str

    @property
    def root(self) -> Path:
        """The folder that was given, or that the given file is in: nothing outside of it is read."""
        return self.path.parents[self.name.count("/")]


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


@dataclass(frozen=True, slots=True)
class _Others:
    """The readers of other packages by suffix, and what is wrong with those that cannot be used."""

    by_suffix: dict[str, Reader]
    broken: tuple[LibraryMissingError, ...]


def readers() -> dict[str, Reader]:
    """The reader of each suffix; a suffix of ours is ours, whatever other packages take."""
    return {**_others().by_suffix, **_ours()}


@cache
def _ours() -> dict[str, Reader]:
    modules = (cast("Reader", import_module(f"{__name__}.{module.name}")) for module in iter_modules(__path__))
    return {suffix: reader for reader in modules for suffix in reader.SUFFIXES}


@cache
def _others() -> _Others:
    from importlib.metadata import entry_points

    by_suffix: dict[str, Reader] = {}
    broken: list[LibraryMissingError] = []
    for point in extensions.in_order(entry_points(group=ENTRY_POINTS)):
        try:
            reader = cast("Reader", extensions.load(point, "SUFFIXES", tuple, "read"))
        except LibraryMissingError as error:
            broken.append(error)
        else:
            for suffix in reader.SUFFIXES:
                by_suffix.setdefault(suffix.lower(), reader)
    return _Others(by_suffix, tuple(broken))


def _reader(file: Path) -> Reader | None:
    """Find the reader of a file; those of other packages are imported for files alone that are none of ours."""
    suffix = file.suffix.lower()
    return _ours().get(suffix) or _others().by_suffix.get(suffix)


def read(source: Source) -> Reading:
    """Read a source with the reader that its suffix asks for."""
    reader = _reader(source.path)
    if reader is None:
        raise _no_reader(source.path)
    return reader.read(source)


def walk(paths: Sequence[Path]) -> Walk:
    """Find the sources in files and folders: folders in natural order (page 2 before page 10), each file once.

    Raises SourceMissingError for a path that is not there, NothingReadableError where no reader takes anything,
    LibraryMissingError where the reader of another package might, and is broken.
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
        if any(file.why.startswith(_NO_READER) for file in passed_over) and _others().broken:
            raise _others().broken[0]
        raise NothingReadableError("nothing to read", where=", ".join(map(str, paths)), remedy=_known())
    return Walk(tuple(_distinct(sources.values())), tuple(dict.fromkeys(passed_over)))


_NO_READER = "not read: no reader for it"


def _no_reader(file: Path) -> DigestError:
    """Say that no reader takes a file; where a package's reader is broken, it may be the one that would."""
    if broken := _others().broken:
        return broken[0]
    kind = f"{file.suffix} files" if file.suffix else "files without a suffix"
    return NothingReadableError(f"no reader for {kind}", where=file, remedy=_known())


def _known() -> str:
    return f"digest reads {', '.join(sorted(readers()))}"


def _reason_to_pass(file: Path, given: Path) -> str:
    """Say why a file is not read, "" if it is; one that was named is read or refused, never passed over."""
    if file != given and not file.is_file():
        return "not read: a link to a folder, or to nothing" if file.is_symlink() else "not read: not a file"
    if _reader(file) is None:
        if file == given:
            raise _no_reader(file)
        return "; ".join((_NO_READER, *(error.message for error in _others().broken)))
    if file != given and file.stem.lower().startswith(ABOUT):
        return "not read: it is about its folder; name it to read it"
    return ""


def sidecars(source: Source) -> tuple[Path, ...]:
    """Give the file that is read along with a source, if it is there."""
    suffix = getattr(_reader(source.path), "SIDECAR", None)
    beside = source.path.with_suffix(suffix) if suffix else None
    return (beside,) if beside and beside.exists() else ()


def stands_alone(source: Source, data: bytes) -> bool:
    """Say whether what a source gives depends on its bytes and its sidecar's alone; of strangers' readers who knows."""
    says = getattr(_ours().get(source.path.suffix.lower()), "stands_alone", None)
    return bool(says and says(data))


def _is_sidecar(file: Path) -> bool:
    """Tell a file that is read along with a source of the same name, because that source's reader says so."""
    known = _ours() if file.suffix.lower() in _ours() else readers()
    beside = (suffix for suffix, reader in known.items() if getattr(reader, "SIDECAR", None) == file.suffix)
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
