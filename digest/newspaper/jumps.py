"""Stories that go on in another page: both parts are one article again, where both are among the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, Block, Doubt, Reading
from digest.newspaper.endings import is_closed
from digest.newspaper.furniture import is_continued
from digest.newspaper.heads import shared
from digest.newspaper.paragraphs import join

# A continuation bears the title of its first part, or a shorter one that the first part speaks of at least so much.
SPOKEN_OF = 0.6


def join_parts(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Put each continuation at the end of the story that it continues; one whose first part is not there stays."""
    articles = [article for reading in readings for article in reading.articles]
    begun = [article for article in articles if _goes_on(article)]
    joined: dict[str, Article] = {}
    gone: set[int] = set()
    for part in (article for article in articles if article.kind == "continuation"):
        free = [article for article in begun if _key(article) not in joined]
        first = _first_part(part, free)
        if first:
            joined[_key(first)] = _whole(first, part)
            gone.add(id(part))
    return tuple(
        Reading(tuple(joined.get(_key(a), a) for a in reading.articles if id(a) not in gone), reading.furniture)
        for reading in readings
    )


def _goes_on(article: Article) -> bool:
    return article.kind != "continuation" and any(not is_continued(jump) for jump in article.origin.jumps)


def _key(article: Article) -> str:
    return f"{article.origin.source} {article.origin.first} {article.id}"


def _first_part(part: Article, begun: Sequence[Article]) -> Article | None:
    """Find the story that a part continues: the one with its title, or the one that speaks of it, and no other."""
    fits = sorted(((_fit(part, article), -at) for at, article in enumerate(begun)), reverse=True)
    if not fits or fits[0][0] < SPOKEN_OF or (len(fits) > 1 and fits[1][0] == fits[0][0]):
        return None
    return begun[-fits[0][1]]


def _fit(part: Article, first: Article) -> float:
    names = _letters(part.title), _letters(first.title)
    if all(names) and (names[0] in names[1] or names[1] in names[0]):
        return 2.0 if names[0] == names[1] else 1.5
    return shared(part.title, first.title + "".join(block.text for block in first.blocks))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _whole(first: Article, part: Article) -> Article:
    """Make one article of both; where the first breaks off in mid-sentence, the sentence goes on."""
    place = part.origin.place
    what = f"{place} was taken as its continuation, by the title “{part.title}”"
    elsewhere = (replace(d, line=0, message=f"{part.origin.source}:{d.line}: {d.message}") for d in part.doubts)
    origin = replace(first.origin, jumps=(*first.origin.jumps, *part.origin.jumps), also=(place,))
    return replace(
        first,
        origin=origin,
        blocks=_joined(first.blocks, part.blocks),
        byline=first.byline or part.byline,
        authors=first.authors or part.authors,
        doubts=(*first.doubts, Doubt("jump-joined", what, first.origin.last), *elsewhere),
    )


def _joined(first: tuple[Block, ...], rest: tuple[Block, ...]) -> tuple[Block, ...]:
    ends = first[-1] if first else None
    begins = rest[0] if rest else None
    if ends and begins and ends.kind == begins.kind == "paragraph" and not is_closed(ends.text):
        return (*first[:-1], Block("paragraph", join((ends.text, begins.text))), *rest[1:])
    return (*first, *rest)
