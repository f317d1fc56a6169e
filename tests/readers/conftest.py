"""What the tests of readers share: a folder to put sources in, and Markdown read from a string."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from digest.model import Article
from digest.readers import Source, markdown


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(here: Path) -> Callable[[str], Article]:
    """Read the article of a Markdown text, as a file article.md holds it."""

    def article(text: str) -> Article:
        path = here / "article.md"
        path.write_bytes(text.encode())
        (found,) = markdown.read(Source(path, "article.md")).articles
        return found

    return article
