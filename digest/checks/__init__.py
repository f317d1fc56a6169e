"""Checks a made book; the module that checks a kind of file is named after its suffix."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digest.errors import SourceMissingError, UnknownFormatError

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a book.

    `code` is stable (dead-link, or EPUBCheck's own RSC-005); an error breaks the book for some reader, a warning
    is worth mending, an info only tells. `where` is a file in the book, with its line where there is one.
    """

    code: str
    severity: Severity
    message: str
    where: str = ""
    hint: str = ""


def check(path: Path) -> tuple[Finding, ...]:
    """Check a file by its suffix; no finding of severity error or warning means that it is clean.

    Raises SourceMissingError, and UnknownFormatError for a file that no check knows.
    """
    if not path.is_file():
        what = "this is no file" if path.exists() else "there is no such file"
        raise SourceMissingError(
            what,
            where=path,
            remedy="`digest make` prints what it writes",
        )
    if kind_of(path) not in kinds():
        remedy = f"checks there are: {', '.join(kinds())}"
        raise UnknownFormatError(f"no check knows a file ending in {path.suffix!r}", where=path, remedy=remedy)
    findings: tuple[Finding, ...] = importlib.import_module(f"{__name__}.{kind_of(path)}").check(path)
    return findings


def kinds() -> tuple[str, ...]:
    """List the kinds of files that there is a check for, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def kind_of(path: Path) -> str:
    """Give the kind of a file: its suffix in small letters."""
    return path.suffix.lower().removeprefix(".")
