"""Ace, DAISY's checker of accessibility, over many books in one browser."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading_systems.browser import CHROMIUM, HERE, INSTALLED


@dataclass(frozen=True)
class Verdict:
    """What Ace thinks of a book: whether it passes, the files it has looked at, and its remarks."""

    passes: bool
    files: frozenset[str]
    remarks: tuple[str, ...]


def verdicts(books: Sequence[Path], place: Path) -> list[Verdict]:
    """Ask Ace about some books; `place` takes its reports."""
    command: list[str | Path] = ["node", HERE / "ace.js", INSTALLED, place, *books]
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": CHROMIUM}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    assert run.returncode == 0, run.stdout + run.stderr
    return [_verdict(book, place / str(at) / "report.json") for at, book in enumerate(books)]


def _verdict(book: Path, report: Path) -> Verdict:
    said: dict[str, Any] = json.loads(report.read_bytes())
    files = [(file["earl:testSubject"]["url"], file["assertions"]) for file in said["assertions"]]
    remarks = [
        f"{book}: {name}: {remark['earl:test']['dct:title']}: {remark['earl:result']['dct:description']}"
        for name, found in files
        for remark in found
    ]
    return Verdict(said["earl:result"]["earl:outcome"] == "pass", frozenset(name for name, _ in files), tuple(remarks))
