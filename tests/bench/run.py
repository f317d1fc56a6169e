"""How long a book takes, and the memory it needs, beside other programs: one Markdown table, from one run.

run.py [--sizes 1,4,14,56] [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import measuring, piles
from bench.measuring import Measured, Task

HERE = Path(__file__).parent
DIGEST = (sys.executable, "-m", "digest")
# How often the seeds are repeated: 29, 116, 406 and 1624 articles.
SIZES = (1, 4, 14, 56)
RUNS = 3
# Plain WeasyPrint takes minutes for a book of more copies than this: once is enough to see that.
LONG = 50
# How often a seed is repeated in one page, and how many articles are grouped, to see how the time grows.
PAGES = (1, 10, 100)
PILES = (1_000, 10_000)
CACHE = "DIGEST_CACHE"
FORMATS = {"pdf": "PDF", "epub": "EPUB"}


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, how it stands beside our own cold run, what it took, and the book made."""

    what: str
    articles: int
    measured: Measured
    book: Path | None = None
    ratio: float | None = None

    def cells(self) -> Iterator[str]:
        """Write the line's cells."""
        yield f"{self.ratio:.2f}" if self.ratio is not None else ""
        yield self.what
        yield f"{self.articles:,}" if self.articles else ""
        yield f"{self.measured.seconds:.2f}"
        yield f"{self.measured.largest / 2**20:.0f}"
        yield f"{self.measured.together / 2**20:.0f}"
        pages = _pages(self.book) if self.book and self.book.suffix == ".pdf" else 0
        yield f"{pages / self.measured.seconds:.0f}" if pages else ""
        yield f"{self.book.stat().st_size / 1000:,.0f}" if self.book else ""


@dataclass(frozen=True)
class Other:
    """Another program: its name, its command ({ready}: the folder with the text), and the book that it makes."""

    name: str
    command: tuple[str, ...]
    book: str
    is_slow: bool = False


PLAIN = ("{bin}/python", "{here}/one_document.py", "{ready}")
OTHERS = {
    "pdf": (
        Other("plain WeasyPrint, one document, untagged", (*PLAIN, "untagged"), "untagged.pdf", is_slow=True),
        Other("plain WeasyPrint, one document, tagged", (*PLAIN, "tagged"), "tagged.pdf", is_slow=True),
        Other("Prince 17, untagged", ("{bin}/prince", "{ready}/book.html", "-o", "{ready}/prince.pdf"), "prince.pdf"),
        Other("Typst", ("{bin}/python", "{here}/with_typst.py", "{ready}"), "typst.pdf"),
    ),
    "epub": (
        Other(
            "pandoc",
            ("pandoc", "--toc", "--metadata=title=pandoc", "-o", "{ready}/book.epub", "{ready}/book.md"),
            "book.epub",
        ),
    ),
}
HEADINGS = ("ratio", "what", "articles", "seconds", "MiB, largest process", "MiB, all", "pages a second", "file, KB")
LEFT = ("what",)


NOTE = "Ratio: of digest, its time to that of its cold run; of another program, digest's cold time to its."


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked.add_argument("--runs", type=int, default=RUNS)
    options = asked.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    machine = f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"
    print(f"{date.today()}, {machine}, medians of {options.runs}, measured in turn. {NOTE}\n")
    print(f"| {' | '.join(HEADINGS)} |\n|{'|'.join('---' if name in LEFT else '---:' for name in HEADINGS)}|")
    with tempfile.TemporaryDirectory() as place:
        for row in _rows(Path(place), sizes, options.runs):
            print(f"| {' | '.join(row.cells())} |", flush=True)


def _rows(place: Path, sizes: Sequence[int], runs: int) -> Iterator[Row]:
    for times in sizes:
        project = piles.copies(place, times)
        for name in FORMATS:
            yield from _format(project, name, times, runs)
        shutil.rmtree(project)
    yield from _commands(place, runs)


def _format(project: Path, name: str, times: int, runs: int) -> Iterator[Row]:
    """Measure a format at one size, and the programs that make one of the same text, ready-made, all in turn."""
    ready = project / "ready"
    subprocess.run([sys.executable, str(HERE / "manuscripts.py"), project, ready], check=True)
    ours = _ours(project, name, runs)
    others = [_task(other, ready, 1 if other.is_slow and times > LONG else runs) for other in OTHERS[name]]
    cold, *measured = measuring.medians([*ours.values(), *others])
    made, articles = project / "dist" / f"文摘.{name}", times * piles.ARTICLES
    labels = [f"digest, {FORMATS[name]}, {state}" for state in ours]
    yield Row(labels[0], articles, cold, made)
    for label, own in zip(labels[1:], measured, strict=False):
        yield Row(label, articles, own, made, own.seconds / cold.seconds)
    for other, own in zip(OTHERS[name], measured[len(ours) - 1 :], strict=True):
        ratio = cold.seconds / own.seconds
        yield Row(f"{other.name}, {FORMATS[name]}", articles, own, ready / other.book, ratio)


def _ours(project: Path, name: str, runs: int) -> dict[str, Task]:
    kept = project / "cache"
    before: dict[str, Callable[[int], object]] = {
        "cold": lambda _: shutil.rmtree(kept, ignore_errors=True),
        "one character edited": lambda number: piles.edit(project, number),
        "nothing changed": lambda _: None,
    }
    command, place = (*DIGEST, "make", "--format", name), {CACHE: str(kept)}
    return {state: Task(command, project, runs, prepare, place) for state, prepare in before.items()}


def _task(other: Other, ready: Path, runs: int) -> Task:
    words = [word.format(here=HERE, ready=ready, bin=Path(sys.executable).parent) for word in other.command]
    return Task(words, ready, runs)


def _commands(place: Path, runs: int) -> Iterator[Row]:
    """Measure what else an editor waits for, without a cache."""
    yield Row("digest --help", 0, measuring.median(Task((*DIGEST, "--help"), place, runs)))
    for times in PAGES:
        page = piles.long_page(place, times)
        task = Task((*DIGEST, "articles", "--no-cache", str(page)), place, runs)
        characters = len(page.read_text(encoding="utf-8"))
        yield Row(f"digest articles, one page of {characters:,} characters", 0, measuring.median(task))
    for count in PILES:
        pile = str(piles.invented(place, count))
        for command in (("plan", "--json"), ("make", "--format", "epub", "--output", str(place / "dist"))):
            task = Task((*DIGEST, *command, "--no-cache", pile), place, runs)
            yield Row(f"digest {command[0]}, invented articles", count, measuring.median(task))


def _pages(book: Path) -> int:
    """Count pages in a process of its own: a command's memory begins with that of whoever starts it."""
    count = "import sys, pikepdf; print(len(pikepdf.open(sys.argv[1]).pages))"
    found = subprocess.run([sys.executable, "-c", count, book], capture_output=True, check=True)
    return int(found.stdout)


if __name__ == "__main__":
    main()
