"""Reads newspaper pages: plain text, as an OCR engine or an archive leaves it."""

from __future__ import annotations

import re
from datetime import date

from digest.decoding import read_text
from digest.model import Reading
from digest.newspaper import sidecar
from digest.readers import Source

SUFFIXES = (".txt",)
# What an editor settled about 003.txt stands in 003.toml.
SIDECAR = sidecar.SUFFIX

# 2023-01-28_A2.txt, 20230128.txt; not the digits inside a longer number or a hash.
_DATE_IN_NAME = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)(?![0-9A-Za-z])")


def read(source: Source) -> Reading:
    """Rebuild the articles of one page; a date in the file's name is the page's, and its sidecar is obeyed."""
    from digest.newspaper.page import rebuild  # a page that was read before has no use for it

    return rebuild(read_text(source.path), source.name, date_in_name(source.path.name), sidecar.load(source.path))


def stands_alone(data: bytes) -> bool:  # noqa: ARG001  (a reader's signature)
    """A page shows no pictures, and links to nothing."""
    return True


def date_in_name(name: str) -> date | None:
    """Read the date in a file's name, None where there is none that exists."""
    found = _DATE_IN_NAME.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
