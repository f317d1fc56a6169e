"""Reads Markdown: one article a file, its heads and authors in YAML (---) or TOML (+++) front matter."""

from __future__ import annotations

import re

from digest.model import Reading
from digest.readers import Source

SUFFIXES = (".md", ".markdown")
_PICTURE = re.compile(rb"!\0*\[")  # in any encoding: UTF-16 and UTF-32 have zeros in it


def read(source: Source) -> Reading:
    """Read one article; raises FrontMatterError with the line for front matter that cannot be read."""
    # Here, as most projects have pages alone, and ask every reader for its suffixes.
    from digest.readers.markdown.manuscript import article_of

    return article_of(source)


def stands_alone(data: bytes) -> bool:
    """An article with a picture depends on that, too, and on the links that lead to it."""
    return _PICTURE.search(data) is None
