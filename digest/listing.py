"""What was rebuilt from each source, for the editor's eyes: a table on a terminal, a line each anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.contents import article_title
from digest.errors import visible
from digest.model import Article, Doubt, Reading

if TYPE_CHECKING:
    from rich.table import Table


def lines(readings: Sequence[Reading]) -> Iterator[str]:
    """Give a line for each article, each of its doubts, and each line that was set aside; nothing is cut off."""
    for reading in readings:
        for article in reading.articles:
            facts = ", ".join(filter(None, (article.kind, " ".join(article.authors), f"{_size(article)} characters")))
            yield visible(f"{article.origin.source}:{_place(article)} {_head(article)} ({facts})")
            yield from (visible(f"    ? {article.origin.source}:{_doubt(doubt)}") for doubt in article.doubts)
        for line in reading.furniture:
            yield visible(f"    - {line.line} furniture ({line.why}): {line.text}")


def tables(sources: Sequence[str], readings: Sequence[Reading]) -> Iterator[Table]:
    """Make a table for each source: its articles, each with its doubts below its head, and what was set aside."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    for source, reading in zip(sources, readings, strict=True):
        made = Table(title=visible(source), title_justify="left", box=box.SIMPLE_HEAD, expand=True)
        for name in ("lines", "kind"):
            made.add_column(name, no_wrap=True)
        made.add_column("head", ratio=3, overflow="fold")
        made.add_column("byline", ratio=1, overflow="fold")
        made.add_column("size", justify="right", no_wrap=True)
        for article in reading.articles:
            head = Text(visible(_head(article)), style="bold")
            for doubt in article.doubts:
                head.append("\n").append(visible(f"? {_doubt(doubt)}"), style="not bold yellow")
            made.add_row(_place(article), article.kind, head, visible(" ".join(article.authors)), str(_size(article)))
        for line in reading.furniture:
            made.add_row(str(line.line), "", Text(f"{visible(line.text)} ({line.why})", style="dim"))
        yield made


def _size(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


def _place(article: Article) -> str:
    return f"{article.origin.first}-{article.origin.last}"


def _head(article: Article) -> str:
    return " ".join(filter(None, (article.kicker and f"{article.kicker}：", article_title(article))))


def _doubt(doubt: Doubt) -> str:
    return f"{doubt.line} {doubt.code}: {doubt.message}"
