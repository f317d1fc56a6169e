"""How long a book takes, and the memory it needs: one table, medians of three, each run in a process of its own."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

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
        for times in COPIES:
            pile, size = _pile(Path(place), times), f"{29 * times} articles"
            _measure(table, "digest plan", size, ["plan", str(pile)], Path(place))
            for name in ("epub", "pdf"):
                command = ["make", "--format", name, "--output", f"{place}/dist", str(pile)]
                _measure(table, f"digest make --format {name}", size, command, Path(place))
    Console(width=100).print(table)


def _page(place: Path, times: int) -> Path:
    """One page that holds the seed so many times over."""
    path = place / f"page-{times}.txt"
    path.write_text("\n\n".join([PAGE.read_text(encoding="utf-8")] * times), encoding="utf-8")
    return path


def _pile(place: Path, times: int) -> Path:
    """A folder with the seeds so many times over."""
    folder = place / f"pile-{times}"
    folder.mkdir()
    for copy in range(times):
        for seed in SEEDS:
            (folder / f"{copy:03}-{seed.name}").write_bytes(seed.read_bytes())
    return folder


def _measure(table: Table, what: str, size: str, command: Sequence[str], place: Path) -> None:
    runs = [_run([sys.executable, "-m", "digest", *command], place) for _ in range(RUNS)]
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
