"""Puts a dot below each emphasised character (着重号), as CLREQ 3.2.4 asks: a box for each, which a style draws on."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.language import lookup
from digest.line_breaks import WIDE
from digest.model import Article, Block

DOTTED = {"zh": True, "ja": True}  # where emphasis is dots: slanted Han is no face
EMPHASIS = re.compile(r"<em>.*?</em>", re.DOTALL)
# A tag, a reference to a character, or a Han character or kana: marks and Latin letters bear no dot.
PIECE = re.compile(rf"<[^>]*>|&[^;]*;|(?P<character>[{WIDE}])")


def dotted(article: Article) -> Article:
    """Give an article in which each emphasised Han character or kana stands in a `span` of the class `dot`."""
    if not lookup(article.language, DOTTED):
        return article
    return replace(article, blocks=tuple(map(_block, article.blocks)))


def _block(block: Block) -> Block:
    html = EMPHASIS.sub(lambda found: PIECE.sub(_boxed, found[0]), block.html)
    return block if html == block.html else replace(block, html=html)


def _boxed(piece: re.Match[str]) -> str:
    character = piece["character"]
    return f'<span class="dot">{character}</span>' if character else piece[0]
