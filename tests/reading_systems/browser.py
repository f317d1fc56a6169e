"""Headless Chromium with an EPUB open in a reader; for the tests, and for the pictures of the README."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pylopdf_fonts_zh_cn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".cache" / "reading-systems"
CHROMIUM = "/usr/bin/chromium"
# Nothing is asked of the network, and root, as in a container, has no sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Each reader's page, and the script that says how it is used; the page of epub.js is ours and brings its own.
SHELLS = {
    "foliate-js": ("node_modules/foliate-js/reader.html?url=/book.epub", "foliate.js"),
    "epub.js": ("epubjs.html", None),
}
READERS = tuple(SHELLS)
SMALL_SCREEN = (600, 800)  # an e-reader of six inches, in CSS pixels
PATIENCE = 30_000  # milliseconds; a chapter opens in a tenth of a second
# A reader has Chinese faces of its own; a machine may have none, or others: the same measures everywhere.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class Sight:
    """What stands at one place: the words and the chapter's title on the screen; of the whole file, what is amiss."""

    words: str
    chapter: str
    clipped: tuple[str, ...]
    faint: tuple[str, ...]
    strayed: tuple[str, ...]


class OpenBook:
    """A book that a reader has opened, used as its reader would."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"{request.url}: {request.failure}"))

    def contents(self) -> list[tuple[int, str]]:
        """Give the lines of the reader's list of contents, each with its level from 1."""
        return [(level, title) for level, title in self._call("contents")]

    def open_entry(self, at: int) -> Sight:
        """Press a line of the list of contents."""
        self._call("open", at)
        return self._look()

    def every_page(self) -> list[Sight]:
        """Turn to every file of the book."""
        return [self._turn(at) for at in range(self._call("pages"))]

    def enlarge(self, percent: int) -> None:
        """Set the text's size."""
        self._call("enlarge", percent)

    def darken(self) -> None:
        """Set the text's usual size, and read on in the dark."""
        self.enlarge(100)
        self.page.emulate_media(color_scheme="dark")
        self._call("night")

    def _heard(self, said: ConsoleMessage) -> None:
        """Chromium says here too what is not found, blocked or refused."""
        if said.type == "error":
            self.complaints.append(f"{said.text} ({said.location['url']})")

    def _turn(self, at: int) -> Sight:
        self._call("turn", at)
        return self._look()

    def _look(self) -> Sight:
        seen: dict[str, Any] = self.page.evaluate("async () => { await settled(); return sightOf(book.documents()); }")
        faults = (tuple(seen[what]) for what in ("clipped", "faint", "strayed"))
        return Sight(seen["words"], seen["chapter"], *faults)

    def _call(self, what: str, *values: int) -> Any:
        return self.page.evaluate("([what, values]) => within(book[what](...values))", [what, values])


@contextmanager
def chromium(place: Path) -> Iterator[Browser]:
    """Start Debian's Chromium, which keeps what it writes in `place`."""
    settings = place / "fonts.conf"
    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    settings.write_text(FONTS.format(fonts=fonts, cache=place / "fonts"), encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, reader: str, epub: Path, screen: tuple[int, int] = SMALL_SCREEN) -> Iterator[OpenBook]:
    """Open a book in a reader, in a browser that remembers nothing of others."""
    shell, script = SHELLS[reader]
    width, height = screen
    with _served(epub) as address, browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        book = OpenBook(page)
        page.goto(f"{address}/{shell}")
        for name in filter(None, ("waiting.js", "sight.js", script)):
            page.add_script_tag(url=f"/{name}")
        page.evaluate("within(book.ready())")
        yield book


class _Shelf(SimpleHTTPRequestHandler):
    """Serves the book, what npm has installed, and the pages beside this file."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def __init__(self, *arguments: Any, epub: Path) -> None:
        self.epub = epub
        super().__init__(*arguments, directory=str(HERE / "pages"))

    def translate_path(self, path: str) -> str:
        if path == "/book.epub":
            return str(self.epub)
        if path.startswith("/node_modules/"):
            self.directory = str(INSTALLED)
        return super().translate_path(path)

    def do_GET(self) -> None:
        if self.path != "/favicon.ico":
            return super().do_GET()
        self.send_response(HTTPStatus.NO_CONTENT)
        return self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(epub: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Shelf, epub=epub)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
