"""The whole program: articles are read, composed into an edition, and written in every format asked for."""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from digest import composer, readers, style, writers
from digest.errors import OutputError
from digest.model import Article, Chapter, Doubt, Edition, Reading, edition_identifier, with_distinct_ids
from digest.progress import Track, untracked
from digest.readers import PassedOver
from digest.settings import EditionSettings
from digest.wording import wording


@dataclass(frozen=True, slots=True)
class Pile:
    """What the sources gave: a reading each, in their order, and the files that no reader took."""

    readings: tuple[Reading, ...]
    passed_over: tuple[PassedOver, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in the order they were read."""
        return tuple(article for reading in self.readings for article in reading.articles)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: formats by name, a style of `project` by name, a folder, and what the edition is called."""

    formats: tuple[str, ...]
    style: str
    project: Path
    output: Path
    edition: EditionSettings


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the edition, a file for each format, and what a format could not set."""

    edition: Edition
    paths: tuple[Path, ...]
    doubts: tuple[Doubt, ...]


def read(sources: Sequence[Path], track: Track = untracked) -> Pile:
    """Read every article of files and folders; raises one of digest.errors for a source that cannot be read."""
    walk = readers.walk(sources)
    readings = [readers.read(source) for source in track(walk.sources, "reading")]
    articles = with_distinct_ids(article for reading in readings for article in reading.articles)
    return Pile(
        tuple(Reading(tuple(next(articles) for _ in reading.articles), reading.furniture) for reading in readings),
        walk.passed_over,
    )


def compose(articles: Sequence[Article], facts: EditionSettings) -> Edition:
    """Make the edition of some articles: what `facts` leave open is taken from the articles, never from the clock."""
    language = facts.language or _language(articles)
    title = facts.title or wording(language).title
    day = facts.date or max((article.origin.date for article in articles if article.origin.date), default=None)
    chapters: tuple[Chapter, ...] = composer.compose(articles, language)
    return Edition(
        title=title,
        language=language,
        identifier=edition_identifier(title, day, articles),
        chapters=chapters,
        subtitle=facts.subtitle,
        publisher=facts.publisher,
        date=day,
    )


def _language(articles: Sequence[Article]) -> str:
    """The language that most of the text is in; of two that are even, the first that was read."""
    letters: Counter[str] = Counter()
    for article in articles:
        letters[article.language] += 1 + sum(len(block.text) for block in article.blocks)
    return letters.most_common(1)[0][0] if letters else "zh-CN"


def make(pile: Pile, order: Order, track: Track = untracked) -> Made:
    """Compose the edition and write it in all formats, or in none: an earlier book stays until all are whole."""
    formats = tuple(dict.fromkeys(order.formats))
    made_by = {name: writers.find(name) for name in formats}
    look = style.find(order.style, order.project)
    (edition,) = (compose(pile.articles, order.edition) for _ in track((order,), "grouping"))
    doubts: list[Doubt] = []
    targets = [order.output / (file_name(edition.title) + writer.SUFFIX) for writer in made_by.values()]
    with _replacing(order.output, targets) as drafts:
        steps = list(zip(formats, drafts, strict=True))
        for name, draft in (step for step in track(steps, "writing")):
            doubts.extend(made_by[name].write(edition, look, draft))
    return Made(edition, tuple(targets), tuple(doubts))


def file_name(title: str) -> str:
    """Name a book's file after its title, without what some file system forbids, at most 60 characters long."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+', "-", " ".join(title.split()))
    # 60 Han characters are 180 bytes; file systems allow 255, and a suffix follows.
    return name[:60].strip(" .-") or "digest"


@contextmanager
def _replacing(folder: Path, targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Give a temporary path beside each target; put them in the targets' places only if all goes well."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        blocked = next((target for target in targets if target.is_dir()), None)
        if blocked:
            raise OutputError("a folder stands in the way", where=blocked, remedy="move it, or choose another --output")
        with TemporaryDirectory(dir=folder, prefix=".digest-") as place:
            drafts = [Path(place, f"{at}{target.suffix}") for at, target in enumerate(targets)]
            yield drafts
            for draft, target in zip(drafts, targets, strict=True):
                draft.replace(target)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        remedy = "free some space there, or choose another --output"
        raise OutputError(f"cannot be written ({error.strerror})", where=folder, remedy=remedy) from None


# What is wrong with the place that a book is written to, and not with us.
_UNWRITABLE = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR, errno.EEXIST, errno.EFBIG}
)
