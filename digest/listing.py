"""What was rebuilt and how it is grouped, for eyes: tables and a tree on a terminal, a line each anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.contents import article_title
from digest.errors import visible
from digest.model import Article, Chapter, Doubt, Edition, Reading

if TYPE_CHECKING:
    from rich.table import Table
    from rich.tree import Tree


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


def plan_lines(edition: Edition) -> Iterator[str]:
    """Give a line for the edition, each chapter and each article, and for what is not in the book, and why."""
    yield visible(edition.title)
    for chapter in edition.chapters:
        yield visible(f"  {chapter.theme.title} ({_chapter_facts(chapter)})")
        yield from (visible(f"    {article.id} {_head(article)}") for article in chapter.articles)
    for head, rows in _outside(edition):
        yield f"  {head}"
        yield from (visible(f"    {article.id} {_head(article)} ({why})") for article, why in rows)


def plan_tree(edition: Edition) -> Tree:
    """Make a tree of the chapters: their sizes and reasons, the articles, and what is not in the book."""
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(visible(edition.title), style="bold"))
    for chapter in edition.chapters:
        title = Text(visible(chapter.theme.title), style="bold")
        branch = tree.add(title.append(visible(f"  {_chapter_facts(chapter)}"), style="not bold dim"))
        for article in chapter.articles:
            branch.add(Text(visible(_head(article))).append(f"  {_size(article)}", style="dim"))
    for head, rows in _outside(edition):
        branch = tree.add(Text(head, style="bold yellow"))
        for article, why in rows:
            branch.add(Text(visible(_head(article))).append(visible(f"  {why}"), style="dim"))
    return tree


def _chapter_facts(chapter: Chapter) -> str:
    """Say how large a chapter is, and what holds it together."""
    characters = sum(map(_size, chapter.articles))
    articles = f"{len(chapter.articles)} article{'s' if len(chapter.articles) > 1 else ''}"
    return ", ".join(filter(None, (articles, f"{characters} characters", " · ".join(chapter.theme.why))))


def _outside(edition: Edition) -> Iterator[tuple[str, list[tuple[Article, str]]]]:
    """Give what is not in the book: articles that no chapter of the plan has yet, and those that are left out."""
    if edition.unplaced:
        rows = [
            (own.article, "; ".join(filter(None, (f"proposed: {own.proposed}", own.why)))) for own in edition.unplaced
        ]
        yield "not placed yet", rows
    if edition.left_out:
        yield "left out", [(own.article, own.why) for own in edition.left_out]


def _size(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


def _place(article: Article) -> str:
    return f"{article.origin.first}-{article.origin.last}"


def _head(article: Article) -> str:
    return " ".join(filter(None, (article.kicker and f"{article.kicker}：", article_title(article))))


def _doubt(doubt: Doubt) -> str:
    return f"{doubt.line} {doubt.code}: {doubt.message}"
