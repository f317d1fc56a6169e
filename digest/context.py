"""What every template can use, in every format (digest/templates/README.md tells it to the authors of styles)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import digest
from digest import index
from digest.contents import contents
from digest.line_breaks import ending
from digest.model import Edition
from digest.tables import columns
from digest.wording import wording

TOOL = f"digest {digest.__version__}"


def book_context(edition: Edition, href: Callable[[str], str]) -> dict[str, Any]:
    """Give the part of the context that all pages share; `href` turns an anchor of the contents into a link."""
    tree = contents(edition)
    sources = index.sources(edition, tree)
    return {
        "edition": edition,
        "words": wording(edition.language),
        "contents": tree,
        "index": {"authors": index.authors(edition, tree) if edition.parts.index else (), "sources": sources},
        "href": href,
        "ending": ending,
        "columns": columns,
        "tool": TOOL,
        "doubts": sum(len(article.doubts) for article in edition.articles),
        "sources": [(source.name, len(source.entries)) for source in sources],
    }
