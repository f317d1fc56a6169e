"""Opens an EPUB for its checks: its files, its package, its pages as trees."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import name2codepoint
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, XMLParser
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from digest.checks import Finding

MIMETYPE = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
PAGES = (".xhtml", ".html", ".htm")
XML = (*PAGES, ".svg", ".opf", ".ncx", ".xml")
STYLE = "{http://www.w3.org/1999/xhtml}style"
LINK = "{http://www.w3.org/1999/xhtml}link"
XML_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)

# Bytes; beyond it we do not even look: no edition unpacks to this, a ZIP bomb does.
UNPACKED_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Book:
    """An opened EPUB: its files, its package document with its path, and its XML files as trees."""

    path: Path
    files: dict[str, bytes]
    package: Element
    package_path: str
    trees: dict[str, Element]

    @property
    def manifest(self) -> Iterator[tuple[Element, str]]:
        """Each item of the manifest, and the file that it names."""
        for item in self.package.iterfind("{*}manifest/{*}item"):
            if not is_remote(item.get("href", "")):
                yield item, resolved(self.package_path, item.get("href", ""))[0]

    @property
    def pages(self) -> Iterator[tuple[str, Element]]:
        """Each XHTML page, by name."""
        return ((name, tree) for name, tree in self.trees.items() if name.endswith(PAGES))

    @property
    def sheets(self) -> Iterator[tuple[str, str]]:
        """Each style sheet with the file that it stands in: a file of its own, or a page."""
        for name, data in self.files.items():
            if name.endswith(".css"):
                yield name, data.decode("utf-8-sig", "replace")
        for name, page in self.pages:
            yield from ((name, "".join(style.itertext())) for style in page.iter(STYLE))

    def sheets_of(self, name: str) -> tuple[str, ...]:
        """The style sheets of one page, in their order."""
        return tuple(
            "".join(each.itertext())
            if each.tag == STYLE
            else self.files.get(resolved(name, each.get("href", ""))[0], b"").decode("utf-8-sig", "replace")
            for each in self.trees[name].iter()
            if each.tag == STYLE or (each.tag == LINK and is_style_sheet(each))
        )


class Damaged(Exception):  # noqa: N818  (a state of the file, told as a finding)
    """What keeps a file from being read as an EPUB at all."""

    def __init__(self, code: str, message: str, where: str = "", hint: str = "make the book again") -> None:
        super().__init__(message)
        self.finding = Finding(code, "error", message, where, hint)


def opened(path: Path) -> Book:
    """Open an EPUB; raises Damaged for one that no reader could open."""
    try:
        files = _unpacked(path)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Damaged("not-a-zip", f"the file cannot be unpacked: {error}") from None
    trees = {name: _parsed(name, data) for name, data in files.items() if name.endswith(XML)}
    container = trees.get(CONTAINER)
    root = container.find(".//{*}rootfile") if container is not None else None
    package_path = root.get("full-path", "") if root is not None else ""
    if package_path not in trees:
        raise Damaged("no-package", "it has no package document", CONTAINER)
    return Book(path, files, trees[package_path], package_path, trees)


def resolved(base: str, href: str) -> tuple[str, str]:
    """Give the file and the id that a link in `base` leads to."""
    parts = urlsplit(href)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return path, unquote(parts.fragment)


def is_remote(href: str) -> bool:
    """Say whether a link leads out of the book, to a place that has to be fetched."""
    return urlsplit(href).scheme in {"http", "https", "ftp"} or href.startswith("//")


def is_style_sheet(link: Element) -> bool:
    """Say whether a `link` brings a style sheet, and does not only tell of something."""
    return "stylesheet" in link.get("rel", "").lower().split()


def _unpacked(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise Damaged("too-large", f"it unpacks to more than {UNPACKED_LIMIT} bytes", hint="split the edition")
        first = entries[0] if entries else None
        if first is None or first.filename != "mimetype" or first.compress_type != ZIP_STORED:
            raise Damaged("mimetype-not-first", "its first entry must be `mimetype`, stored without compression")
        if archive.read(first) != MIMETYPE:
            raise Damaged("wrong-mimetype", f"`mimetype` must hold {MIMETYPE.decode()}", "mimetype")
        return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}


def _parsed(name: str, data: bytes) -> Element:
    """Parse an XML file; names of HTML's entities are known where its DTD is named, as in XHTML 1.1."""
    parser = XMLParser()  # noqa: S314  (expat bounds what entities expand to)
    parser.entity.update({entity: chr(code) for entity, code in name2codepoint.items()})
    try:
        return ElementTree.fromstring(data, parser)  # noqa: S314  (as above)
    except ElementTree.ParseError as error:
        line, _ = error.position
        if any(b"--" in comment or comment.endswith(b"-") for comment in XML_COMMENT.findall(data)):
            hint = "take the hyphens out of the comment, or the comment out of the template"
            raise Damaged("double-hyphen", "`--` inside a comment, which XML forbids", name, hint) from None
        raise Damaged("not-well-formed", str(error), f"{name}:{line}", "mend the markup there") from None
