"""Makes the pictures of the README from the sample edition: two pages of the PDF, and the EPUB in a reader.

Needs pdftoppm (Debian: poppler-utils), chromium and npm; the reader is epub.js, kept in .cache/reader.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image

from digest import press
from digest.settings import EditionSettings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
READER = ROOT / ".cache" / "reader"
PACKAGES = {"epubjs": "0.3.93", "jszip": "3.10.1"}
TOOLS = ("pdftoppm", "chromium", "npm")
# A spread is readable in a README at this resolution, and a tablet's screen is about so large.
DPI, SCREEN = 96, (1000, 640)
PAGES = (6, 7)
# A page with the reader in it: the contents on the left, the first article on the right.
SHELL = """<!doctype html><meta charset="utf-8"><style>
@font-face{font-family:Song;src:url(song.otf)} @font-face{font-family:Hei;src:url(hei.otf)}
body{margin:0;display:grid;grid-template-columns:300px 1fr;font:15px Hei}
nav{height:640px;overflow:hidden;background:#f3f1ec;padding:18px;box-sizing:border-box}
nav b{display:block;margin:10px 0 4px} nav a{display:block;margin:2px 0 2px 12px;font-size:13px;color:#555;
white-space:nowrap;overflow:hidden;text-overflow:ellipsis} #page{height:640px}
</style><nav id="nav"></nav><div id="page"></div><img src="shown" hidden>
<script src="jszip/dist/jszip.min.js"></script><script src="epubjs/dist/epub.min.js"></script><script>
const book = ePub("book.epub");
const view = book.renderTo("page", {width: 700, height: 640, flow: "paginated", spread: "none"});
// An e-reader has Chinese fonts of its own; this machine may not.
const fonts = `@font-face{font-family:Song;src:url(${location.origin}/song.otf)} body{font-family:Song}
  @font-face{font-family:Hei;src:url(${location.origin}/hei.otf)} h1,h2,h3{font-family:Hei;font-weight:400}`;
view.hooks.content.register(({document: page}) =>
  page.head.append(Object.assign(page.createElement("style"), {textContent: fonts})));
book.loaded.navigation.then(({toc}) => {
  for (const chapter of toc) {
    nav.append(Object.assign(document.createElement("b"), {textContent: chapter.label}));
    for (const article of chapter.subitems)
      nav.append(Object.assign(document.createElement("a"), {textContent: article.label}));
  }
  return view.display(toc[0].subitems[0].href);
}).then(() => Promise.all([document, ...view.getContents()].map(page => (page.document ?? page).fonts.ready)))
  .then(() => setTimeout(() => fetch("show"), 500));
</script>"""


def main() -> None:
    """Make page.png and reader.png beside this file."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        sys.exit(f"pictures: install {', '.join(missing)} (Debian: apt-get install poppler-utils chromium npm)")
    with tempfile.TemporaryDirectory() as place:
        epub, pdf = _books(Path(place))
        _spread(pdf, Path(place)).save(HERE / "page.png", optimize=True)
        _screen(epub, Path(place)).save(HERE / "reader.png", optimize=True)
    print(HERE / "page.png", HERE / "reader.png", sep="\n")


def _books(place: Path) -> tuple[Path, Path]:
    order = press.Order(("epub", "pdf"), "classic", ROOT, place, EditionSettings())
    epub, pdf = press.make(press.read([ROOT / "seeds"]), order).paths
    return epub, pdf


def _spread(pdf: Path, place: Path) -> Image.Image:
    """Two facing pages side by side, in few colours."""
    first, last = map(str, PAGES)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-f", first, "-l", last, "-png", pdf, place / "page"], check=True)
    left, right = (Image.open(path) for path in sorted(place.glob("page-*.png")))
    spread = Image.new("RGB", (left.width + right.width + 1, left.height), "#bbb")
    spread.paste(left, (0, 0))
    spread.paste(right, (left.width + 1, 0))
    return spread.quantize(32)


def _screen(epub: Path, place: Path) -> Image.Image:
    """The book in epub.js, as headless Chromium shows it."""
    for name, version in PACKAGES.items():
        _unpack(name, version)
    site = place / "site"
    shutil.copytree(READER, site)
    shutil.copy(epub, site / "book.epub")
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), site / "song.otf")
    shutil.copy(pylopdf_fonts_zh_cn.sans_path(), site / "hei.otf")
    (site / "index.html").write_text(SHELL, encoding="utf-8")
    with _served(site) as address:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"]
        size = f"--window-size={SCREEN[0]},{SCREEN[1]}"
        profile = f"--user-data-dir={place / 'profile'}"
        shot = [size, profile, f"--screenshot={place / 'reader.png'}", address]
        subprocess.run([*command, *quiet, *shot], check=True, capture_output=True, timeout=120)
    return Image.open(place / "reader.png").convert("RGB").quantize(64)


def _unpack(name: str, version: str) -> None:
    if (READER / name).exists():
        return
    READER.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=READER, check=True, stdout=subprocess.DEVNULL)
    archive = READER / f"{name}-{version}.tgz"
    with tarfile.open(archive) as files:
        files.extractall(READER, filter="data")
    (READER / "package").rename(READER / name)
    archive.unlink()


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Stage, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


class _Stage(http.server.SimpleHTTPRequestHandler):
    """Serves the reader; the picture /shown comes when the page asks for /show, and Chromium's shutter waits for it."""

    ready = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/show":
            self.ready.set()
        if self.path == "/shown":
            self.ready.wait(timeout=60)
        if self.path in ("/show", "/shown"):
            self.send_response(204)
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main()
