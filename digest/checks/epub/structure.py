"""What holds an EPUB together: manifest, links, ids, and one table of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from digest.checks import Finding
from digest.checks.epub.book import Book, resolved

NCX = "application/x-dtbncx+xml"
MANIFEST_ITEM = "{http://www.idpf.org/2007/opf}item"


def _listed(book: Book) -> Iterator[Finding]:
    """Files and manifest name the same."""
    named = {name for _, name in book.manifest}
    own = {"mimetype", book.package_path}
    for name in sorted(named - book.files.keys()):
        what, hint = f"the manifest names {name}, which is not in the book", "put it in, or take its item out"
        yield Finding("file-missing", "error", what, book.package_path, hint)
    for name in sorted(book.files.keys() - named - own):
        if not name.startswith("META-INF/"):
            hint = "readers will not see it: list it, or leave it out"
            yield Finding("file-unlisted", "warning", "the manifest does not name it", name, hint)


def _links(book: Book) -> Iterator[Finding]:
    """Every link inside the book leads to a file and an id that are there."""
    ids = {name: {element.get("id") for element in tree.iter()} for name, tree in book.trees.items()}
    for name, tree in book.trees.items():
        for element in tree.iter():
            for href in filter(None, map(element.get, ("href", "src"))):
                target, fragment = resolved(name, href)
                if urlsplit(href).scheme or href.startswith("//") or element.tag == MANIFEST_ITEM:  # told of elsewhere
                    continue
                if target not in book.files or (fragment and fragment not in ids.get(target, ())):
                    yield Finding("dead-link", "error", f"{href} leads nowhere", name, "mend the link, or take it off")


def _ids(book: Book) -> Iterator[Finding]:
    """An id stands once in a file: a link to one that stands twice leads to either place."""
    for name, tree in book.trees.items():
        ids = Counter(filter(None, (element.get("id") for element in tree.iter())))
        for twice in (each for each, count in ids.items() if count > 1):
            yield Finding("duplicate-id", "error", f"the id {twice} stands twice", name, "rename one of them")


def _contents(book: Book) -> Iterator[Finding]:
    """The nav of EPUB 3 and the NCX of EPUB 2 hold the same words and links in the same order."""
    nav = next((name for item, name in book.manifest if "nav" in item.get("properties", "").split()), "")
    ncx = next((name for item, name in book.manifest if item.get("media-type") == NCX), "")
    if (
        nav in book.trees
        and ncx in book.trees
        and _nav_entries(book.trees[nav], nav) != _ncx_entries(book.trees[ncx], ncx)
    ):
        hint = "write both from one table of contents"
        yield Finding("contents-differ", "error", "its entries are not those of the nav", ncx, hint)


def _nav_entries(tree: Element, name: str) -> list[tuple[str, tuple[str, str]]]:
    kind = "{http://www.idpf.org/2007/ops}type"
    navs = [nav for nav in tree.iter("{http://www.w3.org/1999/xhtml}nav") if nav.get(kind) == "toc"]
    return [
        ("".join(link.itertext()), resolved(name, link.get("href", "")))
        for nav in navs
        for link in nav.iterfind(".//{*}a")
    ]


def _ncx_entries(tree: Element, name: str) -> list[tuple[str, tuple[str, str]]]:
    points = tree.iterfind(".//{*}navPoint")
    return [
        (point.findtext("{*}navLabel/{*}text", ""), resolved(name, content.get("src", "")))
        for point in points
        if (content := point.find("{*}content")) is not None
    ]


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_listed, _links, _ids, _contents)
