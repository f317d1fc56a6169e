"""Makes any edition fit for XHTML: characters that XML forbids, and markup of blocks that is not what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from xml.etree import ElementTree

from digest.model import Article, Block, Chapter, Doubt, Edition, Origin, Theme

# XML 1.0 (fifth edition), production [2] Char: everything else is a fatal error for every reader. The last two
# code points of each plane are allowed by XML and refused by EPUBCheck and HTML, so they go too.
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17))
    + "]"
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What a block's html may hold, and the attributes of each: all of it is in XHTML 1.1 and in HTML 5, none of it loads
# anything. "*" is for every element.
PHRASES = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small", "span"}
PHRASES |= {"strong", "sub", "sup", "u", "var", "ruby", "rt", "rp"}
PIECES = {"blockquote", "div", "h3", "h4", "h5", "h6", "hr", "p", "pre", "dl", "dt", "dd", "ol", "ul", "li"}
TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
ELEMENTS = PHRASES | PIECES | TABLES
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATTRIBUTES = {
    "*": frozenset({"class", "dir", "lang", "title", XML_LANG}),
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
# Links that need no mending in any reader: RFC 3986's characters, or letters beyond ASCII, behind a scheme of the web.
LINK = re.compile(r"(https?://[^/\s<>\"{}|\\^`\[\]]+|mailto:[^\s<>\"{}|\\^`\[\]]+@)[^\s<>\"{}|\\^`\[\]]*")
# Well-formed XML that an HTML parser reads otherwise: comments, CDATA, instructions, and <b/> (an opening tag to it).
XML_ONLY = re.compile(r"<[!?]|<(?!br\b|hr\b)[^<>]*/>")
# Kinds whose element the template writes: one element of these around the whole of their html is taken off.
WRAPPERS = {"paragraph": {"p"}, "caption": {"p"}, "subhead": {"h1", "h2", "h3", "h4", "h5", "h6", "p"}}


def printable(edition: Edition) -> tuple[Edition, tuple[Doubt, ...]]:
    """Give the edition as XHTML can hold it, and a Doubt for whatever had to change.

    A forbidden character becomes U+FFFD ("forbidden-character"); html that is not well-formed or holds more than
    text needs gives way to the block's plain text ("unsafe-html"); an image is set as its words ("image-left-out").
    """
    doubts: list[Doubt] = []
    chapters = tuple(
        Chapter(
            Theme(_clean(chapter.theme.title, "a chapter's title", doubts), chapter.theme.why),
            tuple(_article(article, doubts) for article in chapter.articles),
        )
        for chapter in edition.chapters
    )
    clean = partial(_clean, where="the edition", doubts=doubts)
    return replace(
        edition,
        chapters=chapters,
        title=clean(edition.title),
        subtitle=clean(edition.subtitle),
        publisher=clean(edition.publisher),
        language=clean(edition.language),
    ), tuple(doubts)


def _article(article: Article, doubts: list[Doubt]) -> Article:
    where = f"{article.origin.source}:{article.origin.first}"
    clean = partial(_clean, where=where, doubts=doubts)
    return replace(
        article,
        title=clean(article.title),
        column=clean(article.column),
        kicker=clean(article.kicker),
        subtitle=clean(article.subtitle),
        byline=clean(article.byline),
        language=clean(article.language),
        authors=tuple(map(clean, article.authors)),
        origin=_origin(article.origin, clean),
        blocks=tuple(_block(block, where, doubts) for block in article.blocks),
    )


def _origin(origin: Origin, clean: Callable[[str], str]) -> Origin:
    return replace(origin, source=clean(origin.source), page=clean(origin.page), jumps=tuple(map(clean, origin.jumps)))


def _block(block: Block, where: str, doubts: list[Doubt]) -> Block:
    text = _clean(block.text, where, doubts)
    if block.kind == "image":
        doubts.append(Doubt("image-left-out", f"{where}: an image is set as its words: {text or '(none)'}"))
        return Block("image", text)
    html = _unwrapped(block.html, block.kind)
    if html is None:
        doubts.append(Doubt("unsafe-html", f"{where}: markup left out, its plain text is set: {block.html[:60]}"))
    return Block(block.kind, text, html or "")


def _clean(text: str, where: str, doubts: list[Doubt]) -> str:
    found = sorted(set(FORBIDDEN.findall(text)))
    if not found:
        return text
    names = " ".join(f"U+{ord(character):04X}" for character in found)
    doubts.append(Doubt("forbidden-character", f"{_shown(where)}: set as U+FFFD, as no e-book can hold it: {names}"))
    return FORBIDDEN.sub(REPLACEMENT, text)


def _shown(where: str) -> str:
    return FORBIDDEN.sub(REPLACEMENT, where)


def _unwrapped(html: str, kind: str) -> str | None:
    """Take off the element that the template writes itself; None where the html may not be set."""
    if not html:
        return ""
    try:
        root = ElementTree.fromstring(f"<root>{html}</root>")  # noqa: S314  (no DTD can stand inside an element)
    except (ElementTree.ParseError, ValueError):
        return None
    if FORBIDDEN.search(html) or XML_ONLY.search(html) or not all(_allowed(element) for element in _descendants(root)):
        return None
    only = len(root) == 1 and not (root.text or "").strip() and not (root[0].tail or "").strip()
    if only and root[0].tag in WRAPPERS.get(kind, ()):
        return html[html.index(">") + 1 : html.rindex("</")] if "</" in html else ""
    return html


def _descendants(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (element for element in root.iter() if element is not root)


def _allowed(element: ElementTree.Element) -> bool:
    allowed: Callable[[str], bool] = (ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset())).__contains__
    link = element.get("href")
    return (
        element.tag in ELEMENTS and all(map(allowed, element.keys())) and (link is None or bool(LINK.fullmatch(link)))
    )


def texts(article: Article) -> Iterator[str]:
    """Give every string of an article that is set, heads first."""
    yield from (article.column, article.kicker, article.title, article.subtitle, article.byline)
    yield from (block.html or block.text for block in article.blocks)


def size(block: Block) -> int:
    """Count the UTF-8 bytes that a block takes in a page, its tags and escapes about included."""
    text = block.html or block.text
    tags = 64  # the longest opening and closing tags the templates write around a block
    return len(text.encode()) + 5 * sum(map(text.count, "&<>\"'")) + tags * (1 + text.count("\n"))
