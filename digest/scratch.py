"""A folder for what is half made, which is gone afterwards whatever ends the program, killing it apart."""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNIQUE = 8  # random bytes in a name: nobody else has it, nor can guess it


@contextmanager
def scratch(folder: Path | None = None, prefix: str = ".digest-") -> Iterator[Path]:
    """Give a new folder in another one, by default where the system has its temporary files; take it away in the end.

    Raises OSError where it cannot be made. It has its name before it is there: a signal that comes just when it has
    been made, which would leave that of `tempfile` behind, finds someone who knows of it.
    """
    place = Path(folder or tempfile.gettempdir(), prefix + secrets.token_hex(UNIQUE))

    def remove() -> None:
        if place.exists():
            shutil.rmtree(place)

    atexit.register(remove)
    try:
        place.mkdir(mode=0o700)
        yield place
    finally:
        remove()
        atexit.unregister(remove)
