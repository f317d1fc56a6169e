"""How long a book takes, and the memory it needs: one table, medians of three, each run in a process of its own."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
RUNS = 3
# The largest of the seeds' pages, by its characters; it is repeated for a page ten and a hundred times as long.
PAGE = ROOT / "seeds" / "002_c19f40154a629c84.txt"
PAGES = (1, 10, 100)
# How often the seeds' 29 articles are repeated.
COPIES = (1, 4, 14)
# How many articles are grouped, to see how the time grows.
PILES = (100, 1_000, 10_000)
# An invented article has as many characters as the seeds' have in the mean, a third of them words of its section.
SECTIONS, WORDS, LENGTH = 12, 60, 1_300


def main() -> None:
    """Print the table; takes a few minutes."""
    table = Table(title=f"digest on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for heading in ("what", "size", "seconds", "peak memory"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    with tempfile.TemporaryDirectory() as place:
        _measure(table, "digest --help", "", ["--help"], Path(place))
        for times in PAGES:
            pile = _page(Path(place), times)
            characters = f"{len(pile.read_text(encoding='utf-8')):,} characters"
            _measure(table, "digest articles, one page", characters, ["articles", str(pile)], Path(place))
        for count in PILES:
            pile, size = _invented(Path(place), count), f"{count:,} invented articles"
            _measure(table, "digest plan --json", size, ["plan", "--json", str(pile)], Path(place))
            command = ["make", "--format", "epub", "--output", f"{place}/dist", str(pile)]
            _measure(table, "digest make --format epub", size, command, Path(place))
        for times in COPIES:
            pile, size = _pile(Path(place), times), f"{29 * times} articles"
            _measure(table, "digest plan --json", size, ["plan", "--json", str(pile)], Path(place))
            for name in ("epub", "pdf"):
                command = ["make", "--format", name, "--output", f"{place}/dist", str(pile)]
                _measure(table, f"digest make --format {name}", size, command, Path(place))
            if pandoc := shutil.which("pandoc"):
                text = _text_of(pile, Path(place))
                command = [pandoc, "--toc", "--metadata=title=pandoc", f"--output={place}/pandoc.epub", str(text)]
                _measure(table, "pandoc, EPUB of the same text", size, command, Path(place), alone=True)
    Console(width=100).print(table)


def _page(place: Path, times: int) -> Path:
    """One page that holds the seed so many times over."""
    path = place / f"page-{times}.txt"
    path.write_text("\n\n".join([PAGE.read_text(encoding="utf-8")] * times), encoding="utf-8")
    return path


def _invented(place: Path, count: int) -> Path:
    """A folder of Markdown articles, each of one of the sections, that share no sentence."""
    chance = Random(count)
    words = ["".join(pair) for pair in zip(*[map(chr, range(0x4E00, 0x9FA0, 7))] * 2, strict=False)]
    own = [words[section * WORDS :][:WORDS] for section in range(SECTIONS)]
    folder = place / f"invented-{count}"
    folder.mkdir()
    for number in range(count):
        text = [chance.choice(own[number % SECTIONS] if chance.random() < 1 / 3 else words) for _ in range(LENGTH // 2)]
        (folder / f"{number:05}.md").write_text(f"# {text[0]}{text[1]}\n\n{''.join(text)}\n", encoding="utf-8")
    return folder


def _pile(place: Path, times: int) -> Path:
    """A folder with the seeds so many times over, all of which are to be printed."""
    folder = place / f"pile-{times}"
    folder.mkdir()
    (place / "digest.toml").write_text("keep_duplicates = true\n", encoding="utf-8")
    for copy in range(times):
        for seed in SEEDS:
            (folder / f"{copy:03}-{seed.name}").write_bytes(seed.read_bytes())
    return folder


def _text_of(pile: Path, place: Path) -> Path:
    """Give another program the articles that we have to rebuild first, as Markdown."""
    found = subprocess.run(
        [sys.executable, "-m", "digest", "articles", "--json", str(pile)], cwd=place, capture_output=True, check=True
    )
    path = place / "articles.md"
    blocks = (
        "\n\n".join([f"# {article['title']}", *(block["text"] for block in article["blocks"])])
        for article in json.loads(found.stdout)
    )
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    return path


def _measure(table: Table, what: str, size: str, command: Sequence[str], place: Path, *, alone: bool = False) -> None:
    """Run a command of digest, or with `alone` of another program."""
    runs = [_run([*([] if alone else [sys.executable, "-m", "digest"]), *command], place) for _ in range(RUNS)]
    seconds = statistics.median(run[0] for run in runs)
    memory = max(run[1] for run in runs)
    table.add_row(what, size, f"{seconds:.2f}", f"{memory / 1024:.0f} MiB")


def _run(command: Sequence[str], place: Path) -> tuple[float, int]:
    """Give a command's wall time in seconds and its peak memory in KiB; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: this failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss


if __name__ == "__main__":
    main()
