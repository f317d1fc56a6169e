"""Ace, DAISY's checker of accessibility, finds nothing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from reading_systems.books import Book
from reading_systems.browser import CHROMIUM, INSTALLED


def report_on(epub: Path, place: Path) -> dict[str, Any]:
    """Ace exits 0 on a failing book: its report says what it thinks."""
    command: list[str | Path] = [
        INSTALLED / "node_modules/.bin/ace-cli",
        "--silent",
        "--force",
        "--outdir",
        place,
        epub,
    ]
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": CHROMIUM}
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    report: dict[str, Any] = json.loads((place / "report.json").read_bytes())
    return report


def test_ace_passes_the_book_without_a_remark(book: Book, tmp_path: Path) -> None:
    report = report_on(book.path, tmp_path)

    files = report["assertions"]
    assert len(files) > len(book.contents)  # it has looked at every file
    remarks = [
        f"{file['earl:testSubject']['url']}: {remark['earl:result']['dct:description']}"
        for file in files
        for remark in file["assertions"]
    ]
    assert remarks == []
    assert report["earl:result"]["earl:outcome"] == "pass"
