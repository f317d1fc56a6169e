"""Reads the HTML of a part: as XML, which our templates write, or as HTML where that would read anything otherwise."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

# Elements that HTML adds others to, or takes from them; comments; elements closed at once that HTML leaves open.
VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
OTHERWISE = re.compile(
    r"<(?:table|svg|math|pre|listing|textarea|select|button|form|template|noscript|iframe|script|style|image)\b"
    rf"|<!(?!DOCTYPE html>)|<(?!(?:{VOID})\b)[a-z][^<>]*/>|</?[a-z0-9]*[A-Z]"
)
# What ends a paragraph in HTML, and what may not stand in its like.
BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
}
BLOCKS |= {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p"}
BLOCKS |= {"section", "ul", "li", "dd", "dt"}
NEVER_NESTED = (("p", BLOCKS), ("a", {"a"}), *((f"h{level}", BLOCKS) for level in range(1, 7)))


def page(kind: Any, html: str, base: str, fetcher: Any) -> Any:
    """Give WeasyPrint's HTML, or what is made from it, of a text: its own parser takes a twentieth of a book's time."""
    from cssselect2 import ElementWrapper
    from weasyprint import _find_base_url

    root = tree(html)
    if root is None:
        return kind(string=html, base_url=base, url_fetcher=fetcher)
    found = kind.__new__(kind)
    found.base_url, found.url_fetcher, found.media_type = _find_base_url(root, base), fetcher, "print"
    found.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    found.etree_element = root
    return found


def tree(html: str) -> Element | None:
    """Read HTML as XML without namespaces; None if it is none, or if HTML means something else by it."""
    if OTHERWISE.search(html):
        return None
    builder, parser = TreeBuilder(), ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(html.encode(), True)
    except ExpatError:
        return None  # such as &nbsp;, which XML does not know
    root: Element = builder.close()
    return root if [child.tag for child in root] == ["head", "body"] and not _is_nested(root) else None


def _is_nested(root: Element) -> bool:
    """Whether anything stands where HTML would not let it stand."""
    return any(
        inner.tag in never
        for tag, never in NEVER_NESTED
        for outer in root.iter(tag)
        for child in outer
        for inner in child.iter()
    )
