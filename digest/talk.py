"""What an editor is told beside the book: what was passed over, what is doubtful, where to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.errors import visible
from digest.model import Doubt, Edition
from digest.press import Made, Pile


def of_making(pile: Pile, made: Made) -> Iterator[str]:
    """Give the lines that go with a book that was made."""
    yield from of_pile(pile)
    yield from map(of_doubt, made.doubts)
    yield from _of_edition(made.edition)


def of_pile(pile: Pile) -> Iterator[str]:
    """Name the files that gave no article."""
    for file in pile.passed_over:
        yield visible(f"digest: {file.path}: {file.why}")


def of_doubt(doubt: Doubt) -> str:
    """Tell a doubt in one line."""
    return visible(f"digest: {doubt.code}: {doubt.message}")


def _of_edition(edition: Edition) -> Iterator[str]:
    counted: Sequence[tuple[int, str, str]] = (
        (len(edition.unplaced), "articles that the plan does not place yet", "`digest plan` lists them"),
        (len(edition.left_out), "articles that are left out", "`digest plan` says why"),
        (
            sum(len(article.doubts) for article in edition.articles),
            "guesses that are worth a look",
            "`digest articles` lists them",
        ),
    )
    return (f"digest: {what}: {number}; {hint}" for number, what, hint in counted if number)
