"""Articles as plain data: the JSON shape that tools outside rely on."""

from __future__ import annotations

from typing import Any

from digest.model import Article


def article_data(article: Article) -> dict[str, Any]:
    """Give the shape of `digest articles --json`: lists, strings, numbers and None only, keys in this order.

    `date` is YYYY-MM-DD or None; a block's `type` is its kind, and its `text` is plain.
    """
    origin = article.origin
    return {
        "id": article.id,
        "source": origin.source,
        "lines": [origin.first, origin.last],
        "kind": article.kind,
        "column": article.column,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "date": origin.date.isoformat() if origin.date else None,
        "blocks": [{"type": block.kind, "text": block.text} for block in article.blocks],
        "doubts": [{"code": doubt.code, "message": doubt.message, "line": doubt.line} for doubt in article.doubts],
    }
