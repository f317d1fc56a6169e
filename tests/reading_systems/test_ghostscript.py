"""Ghostscript draws every page of every printed format without a word."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from digest import style, writers
from reading_systems import books
from reading_systems.books import Book


@pytest.mark.parametrize("name", ["pdf", "print", "booklet"])
def test_nothing_has_to_be_repaired_or_ignored(name: str, library: Callable[[str], Book], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    writers.find(name).write(library("classic").edition, style.find("classic", books.ROOT), path)
    command = ["gs", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "error" not in (said.stdout + said.stderr).lower()
