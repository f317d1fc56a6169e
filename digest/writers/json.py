"""Writes an edition as JSON: what is in the book, for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from digest.contract import article_data
from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = ".json"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:  # noqa: ARG001  (data has no looks)
    """Write UTF-8 with two spaces of indent; nothing is left out, so there are no doubts.

    A lone surrogate, which UTF-8 cannot hold, is written as JSON's own escape (backslashreplace writes just that).
    """
    text = json.dumps(edition_data(edition), ensure_ascii=False, indent=2) + "\n"
    path.write_bytes(text.encode("utf-8", "backslashreplace"))
    return ()


def edition_data(edition: Edition) -> dict[str, Any]:
    """Give an edition as lists, strings, numbers and None; an article has the shape of `digest articles --json`.

    `date` is YYYY-MM-DD or None, `identifier` a urn:uuid, `why` the words that hold a chapter together.
    """
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "publisher": edition.publisher,
        "date": edition.date.isoformat() if edition.date else None,
        "language": edition.language,
        "identifier": edition.identifier.urn,
        "chapters": [
            {
                "title": chapter.theme.title,
                "why": list(chapter.theme.why),
                "note": chapter.theme.note,
                "articles": [article_data(article) for article in chapter.articles],
            }
            for chapter in edition.chapters
        ],
        "left_out": [article_data(article) for article in edition.outside],
    }
