"""Makes the pictures of the README from the sample edition: two pages of the PDF, and the EPUB in its readers.

`make pictures` installs the readers; pdftoppm is Debian's poppler-utils.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from reading_systems.browser import OpenBook, chromium, opened

from digest import press
from digest.settings import EditionSettings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# A spread is readable in a README at this resolution.
DPI = 96
PAGES = (6, 7)


@dataclass(frozen=True)
class Shot:
    """A picture of a reader: its name, the reader, the screen, and what is done before the shutter."""

    name: str
    reader: str
    screen: tuple[int, int]
    pose: Callable[[OpenBook], object]


def _first(level: int) -> Callable[[OpenBook], object]:
    """Open the first line of a level of the contents: a chapter, or an article."""
    return lambda book: book.open_entry([line for line, _ in book.contents()].index(level))


def _with_contents(book: OpenBook) -> None:
    """Open the first article, then the reader's own list of contents."""
    _first(2)(book)
    book.page.click("#side-bar-button")
    book.page.wait_for_timeout(SLIDE)


SLIDE = 1000  # milliseconds in which foliate-js's side bar has come to rest
TABLET, SMALL = (1000, 640), (600, 800)
SHOTS = (
    Shot("contents.png", "foliate-js", TABLET, _with_contents),
    Shot("chapter.png", "epub.js", SMALL, _first(1)),
    Shot("reader.png", "epub.js", TABLET, _first(2)),
)


def main() -> None:
    """Make page.png and a picture for each of SHOTS beside this file."""
    if not shutil.which("pdftoppm"):
        sys.exit("pictures: install pdftoppm (Debian: apt-get install poppler-utils)")
    with tempfile.TemporaryDirectory() as place:
        epub, pdf = _books(Path(place))
        _save(_spread(pdf, Path(place)), "page.png")
        for name, screen in _screens(epub, Path(place)):
            _save(screen, name)


def _save(picture: Image.Image, name: str) -> None:
    picture.save(HERE / name, optimize=True)
    print(HERE / name)


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


def _screens(epub: Path, place: Path) -> Iterator[tuple[str, Image.Image]]:
    """Each shot's name and picture, in few colours."""
    with chromium(place) as browser:
        for shot in SHOTS:
            with opened(browser, shot.reader, epub, shot.screen) as book:
                shot.pose(book)
                yield shot.name, Image.open(io.BytesIO(book.page.screenshot())).convert("RGB").quantize(64)


if __name__ == "__main__":
    main()
