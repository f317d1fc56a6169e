"""What readers stumble over in a page: its size, its language, what cannot be seen, what is not in the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from digest.checks import Finding
from digest.checks.epub.book import LINK, Book, is_remote, is_style_sheet
from digest.markup import ZERO_WIDTH

PAGE_LIMIT = 300_000  # bytes; Adobe's older engines refuse a larger page
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESSES = ("src", "data", "poster", "href", "{http://www.w3.org/1999/xlink}href")
LEADING = {"a", "area", "base"}  # elements whose address is a link to follow, and nothing to load
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*((?:https?:|ftp:)?//[^"')\s;]+)""", re.IGNORECASE)


def _sizes(book: Book) -> Iterator[Finding]:
    """A page is no larger than readers take."""
    for name, _ in book.pages:
        if (size := len(book.files[name])) > PAGE_LIMIT:
            what, hint = f"{size} bytes; some readers stop at {PAGE_LIMIT}", "split the paragraph that makes it so long"
            yield Finding("page-too-large", "warning", what, name, hint)


def _invisible(book: Book) -> Iterator[Finding]:
    """No character of no width stands in the text."""
    for name, tree in book.trees.items():
        if found := {f"U+{ord(mark):04X}" for mark in ZERO_WIDTH.findall("".join(tree.itertext()))}:
            what, hint = f"some readers draw a box for {', '.join(sorted(found))}", "take it out of the source"
            yield Finding("zero-width", "warning", what, name, hint)


def _languages(book: Book) -> Iterator[Finding]:
    """Every page says its language: a Chinese page without one is set in Japanese forms by some readers."""
    for name, page in book.pages:
        if not (page.get("lang") or page.get(XML_LANG)):
            hint = 'say it on its html element: lang="zh-CN" xml:lang="zh-CN"'
            yield Finding("no-language", "warning", "the page does not say its language", name, hint)


def _remote(book: Book) -> Iterator[Finding]:
    """Nothing is loaded from the network: readers without one show a hole, and some ask for leave."""
    hint = "put the file into the book"
    for name, page in book.pages:
        for address in (address for element in page.iter() for address in _loaded(element)):
            yield Finding("remote-resource", "error", f"it loads {address} from the network", name, hint)
    for name, css in book.sheets:
        for found in CSS_ADDRESS.finditer(css):
            yield Finding("remote-resource", "error", f"it loads {found[1]} from the network", name, hint)


def _loaded(element: Element) -> Iterator[str]:
    """Give the addresses on the network from which an element loads something."""
    if element.tag.rpartition("}")[2] in LEADING or (element.tag == LINK and not is_style_sheet(element)):
        return
    yield from (address for address in filter(None, map(element.get, ADDRESSES)) if is_remote(address))


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_sizes, _invisible, _languages, _remote)
