"""What stands inside a line: links, line ends, and the few tags of HTML that a book can set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from digest.model import Doubt
from digest.newspaper.lines import is_wide

if TYPE_CHECKING:
    from markdown_it.token import Token

# Links that lead somewhere from any e-reader.
_OUTSIDE = ("http://", "https://", "mailto:")
# Tags for which Markdown has no marks, without attributes; every other tag stands in the book as its text.
_TAG = re.compile(r"<(/?)(sub|sup|b|i|u|ruby|rt|rp)>|<br\s*/?>", re.IGNORECASE | re.ASCII)
_COMMENT = re.compile(r"<!--(.*?)-*>", re.DOTALL)
# A doubt about tags quotes this much of the first one.
_LONGEST_TAG = 60


def set_phrases(children: Sequence[Token], line: int, doubts: list[Doubt]) -> Iterator[Token]:
    """Give a line's tokens as a book can set them; what it cannot becomes words, and a doubt with the line's number."""
    kept: list[bool] = []
    tokens = _with_tags(children, line, doubts)
    for at, child in enumerate(tokens):
        if child.type == "softbreak":
            yield text(_between(tokens, at))
        elif child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            kept.append(href.startswith(_OUTSIDE))
            if kept[-1]:
                yield child
            else:
                doubts.append(Doubt("link-left-out", f"the link to {unquote(href)} leads out of the book", line))
        elif child.type != "link_close" or kept.pop():
            yield child


def comment(content: str, line: int) -> Doubt:
    """Tell of a comment of the source: its author meant it for nobody who reads the book."""
    found = _COMMENT.fullmatch(content)
    return Doubt(
        "comment-left-out", f"a comment is not in the book: {' '.join((found[1] if found else content).split())}", line
    )


def plain(token: Token) -> str:
    """The words of a token without its markup."""
    if token.children is None:
        return token.content
    return "".join("\n" if child.type == "hardbreak" else child.content for child in token.children)


def _with_tags(children: Sequence[Token], line: int, doubts: list[Doubt]) -> list[Token]:
    """Set the tags that a book can set and that are closed where they should be; the others are text."""
    pairs = _pairs(children)
    tokens: list[Token] = []
    literal: list[str] = []
    for at, child in enumerate(children):
        if child.type != "html_inline":
            tokens.append(child)
        elif child.content.startswith("<!--"):
            doubts.append(comment(child.content, line))
        elif at in pairs:
            tokens.append(_tag(child.content))
        else:
            tokens.append(text(child.content))
            literal.append(child.content)
    if literal:
        doubts.append(Doubt("raw-html", f"HTML stands as text: {literal[0][:_LONGEST_TAG]}", line))
    return tokens


def _pairs(children: Sequence[Token]) -> set[int]:
    """Find the tags that can be set: <br>, and those that open and close within the same words."""
    paired: set[int] = set()
    open_tags: list[tuple[str, int]] = []
    for at, child in enumerate(children):
        found = _TAG.fullmatch(child.content) if child.type == "html_inline" else None
        if found and not found[2]:
            paired.add(at)
        elif found and not found[1]:
            open_tags.append((found[2].lower(), at))
        elif found:
            if open_tags and open_tags[-1][0] == found[2].lower():
                paired |= {at, open_tags.pop()[1]}
        elif child.nesting == 1:
            open_tags.append((f"{child.tag} of Markdown", at))
        elif child.nesting == -1:
            while not open_tags.pop()[0].endswith(" of Markdown"):
                pass  # a tag that emphasis or a link ends before is never closed
    return paired


def _tag(content: str) -> Token:
    from markdown_it.token import Token

    name = content.strip("</ >").lower()
    if name == "br":
        return Token("hardbreak", "br", 0)
    return Token(f"{name}_tag", name, -1 if content.startswith("</") else 1)


def text(content: str) -> Token:
    """Make a token of some words."""
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def _between(children: Sequence[Token], at: int) -> str:
    """What a line end in the source stands for: a space between Latin words, nothing beside Han."""
    before, after = children[at - 1].content[-1:], children[at + 1].content[:1] if at + 1 < len(children) else ""
    return "" if (before and is_wide(before)) or (after and is_wide(after)) else " "
