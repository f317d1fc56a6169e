"""Pictures of articles from the command line: shown, missing, used and unused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image


@pytest.fixture
def letter(project: Path) -> Path:
    """An article that shows a picture, in a folder with one that nobody shows."""
    (project / "seeds").mkdir()
    for name in ("shown.png", "unused.png"):
        Image.new("RGB", (40, 30), "red").save(project / "seeds" / name)
    path = project / "seeds" / "letter.md"
    path.write_text("# 信\n\n编辑同志：读了贵报的报道，很受感动。\n\n![现场](shown.png)\n", encoding="utf-8")
    return path


def test_only_a_picture_that_no_article_shows_is_told(run: Callable[..., Result], letter: Path) -> None:
    result = run("articles")
    assert result.stderr == "digest: seeds/unused.png: not read: no reader for it\n"


def test_a_missing_picture_is_named_with_the_file_and_line_that_show_it(
    refused: Callable[..., tuple[int, str]], letter: Path
) -> None:
    Path("seeds/shown.png").unlink()
    remedy = "mend its path, which starts at the article's folder, or take it out"
    assert refused("make") == (19, f"seeds/letter.md:5: there is no picture shown.png; {remedy}")


def test_a_book_with_pictures_is_the_same_on_every_run(run: Callable[..., Result], letter: Path) -> None:
    books = []
    for output in ("one", "two"):
        paths = run("make", "-f", "epub", "-f", "pdf", "-o", output).stdout.split()
        books.append([Path(path).read_bytes() for path in paths])
    assert books[0] == books[1]
    assert len(books[0]) == 2
