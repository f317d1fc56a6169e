"""Content addresses: what a result is made from, and by which program, as one short name for it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
LENGTH = 8  # bytes that tell how long a piece is: pieces that only run together alike have other addresses


def address(stage: str, *pieces: bytes | str) -> bytes:
    """Name a stage's result after all that it is made from: 32 bytes, other ones for any other pieces or program."""
    found = sha256(program())
    for piece in (stage, *pieces):
        data = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
        found.update(len(data).to_bytes(LENGTH, "big"))
        found.update(data)
    return found.digest()


@cache
def program() -> bytes:
    """Name this very program: each file of ours, Python, the machine's kind, and each package that is installed.

    A package is told by the name of its folder (weasyprint-70.0.dist-info), so one that is edited where it stands is
    not seen.
    """
    found = sha256(f"{sys.version}\n{platform.machine()}\n".encode())
    for path in _own_files(PACKAGE):
        found.update(f"{path.relative_to(PACKAGE)}\n".encode())
        found.update(path.read_bytes())
    found.update("\n".join(_installed()).encode())
    return found.digest()


def of_file(path: Path) -> bytes:
    """Name a file after its content; raises OSError for one that cannot be read."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()


def of_files(paths: Iterable[Path]) -> bytes | None:
    """Name some files after their contents; None where one cannot be read: whoever reads it will say why."""
    try:
        return b"".join(map(of_file, paths))
    except OSError:
        return None


def of_folder(folder: Path) -> bytes:
    """Name a folder after the names and the contents of all files in it, its own hidden ones aside."""
    names = sha256()
    for path in _own_files(folder):
        names.update(os.fsencode(path.relative_to(folder)) + b"\0" + of_file(path))
    return names.digest()


def _own_files(folder: Path) -> Iterator[Path]:
    """Give the files below a folder in an order that is the same on every machine."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        yield from (path for name in sorted(names) if (path := Path(place, name)).is_file())


def _installed() -> Iterable[str]:
    places = [Path(place) for place in sys.path]
    found = {path.name for place in places if place.is_dir() for path in place.iterdir()}
    return sorted(name for name in found if name.endswith(".dist-info"))
