"""Puts finished books in their places: written beside them first, and all of them or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from digest.errors import OutputError
from digest.scratch import scratch


@contextmanager
def replacing(folder: Path, targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Give a temporary path beside each target; put them in the targets' places only if all goes well."""
    with _blaming(folder):
        folder.mkdir(parents=True, exist_ok=True)
        blocked = next((target for target in targets if target.is_dir()), None)
        if blocked:
            raise OutputError("a folder stands in the way", where=blocked, remedy="move it, or choose another --output")
        with scratch(folder) as place:
            drafts = [place / f"{at}{target.suffix}" for at, target in enumerate(targets)]
            yield drafts
            for draft, target in zip(drafts, targets, strict=True):
                draft.replace(target)


# What is wrong with the place that a book is written to, and not with us; and the remedy.
_UNWRITABLE = {
    errno.EACCES: "change its permissions",
    errno.EPERM: "change its permissions",
    errno.EROFS: "make it writable",
    errno.ENOSPC: "free some space there",
    errno.EDQUOT: "free some space there",
    errno.EFBIG: "free some space there",
    errno.EIO: "check the disk",
    errno.ENOTDIR: "move the file that stands in its way",
    errno.EEXIST: "move the file that stands in its way",
    errno.ENAMETOOLONG: "shorten it",
    errno.ELOOP: "mend the link",
}


@contextmanager
def _blaming(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder, or of a file in it, into an OutputError; of other files it stays a bug."""
    try:
        yield
    except OSError as error:
        missing = error.errno == errno.ENOENT and not folder.is_dir()  # in /proc nothing can be made
        remedy = "check the path" if missing else _UNWRITABLE.get(error.errno or 0)
        if remedy is None or not _is_about(error, folder):
            raise
        remedy = f"{remedy}, or choose another --output"
        raise OutputError(f"cannot be written ({error.strerror})", where=folder, remedy=remedy) from None


def _is_about(error: OSError, folder: Path) -> bool:
    """Say whether an error is about a folder, one above or a file in it; a full disk names no file."""
    if error.filename is None:
        return True
    place, folder = Path(os.fsdecode(error.filename)).absolute(), folder.absolute()
    return place.is_relative_to(folder) or folder.is_relative_to(place)
