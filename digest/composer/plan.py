"""The editor's plan: which article stands in which chapter, what waits for a word, and what is left out.

An article keeps its place while its id does: ids come from its file and head, so a mended body changes nothing. Where
the head or the file has changed, the plan knows the article again by the sketch that it keeps of each (`sketches`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from digest.composer.sketches import ENOUGH, shared, sketch
from digest.model import Article, Chapter, Composition, LeftOut, Theme, Unplaced

TAKEN_OUT = "taken out of the plan"


class PlannedChapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chapter as the editor wants it: its title, its articles by id, in their order, why, and an opening note."""

    title: Annotated[str, msgspec.Meta(pattern=r"\S")]
    articles: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    note: str = ""


class Newcomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article that came after the plan was made, by its id, and the title of the chapter proposed for it."""

    article: str
    proposed: str = ""
    why: str = ""


class Omission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article that is not in the book, by its id, why, and the id of the one that tells the same story."""

    article: str
    why: str = ""
    same_as: str = ""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What plan.toml says; `known` are the sketches of all articles that were there when it was written."""

    chapters: tuple[PlannedChapter, ...] = ()
    unplaced: tuple[Newcomer, ...] = ()
    left_out: tuple[Omission, ...] = ()
    known: Mapping[str, str] = {}

    @property
    def ids(self) -> Iterator[str]:
        """Every id that the plan gives a place, in the order of the file's tables."""
        for chapter in self.chapters:
            yield from chapter.articles
        yield from (newcomer.article for newcomer in self.unplaced)
        yield from (omission.article for omission in self.left_out)


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be followed in a plan: the words for it, and the id or the chapter (by number) that it is about."""

    message: str
    remedy: str
    article: str = ""
    chapter: int | None = None
    again: bool = False


def faults(plan: Plan, articles: Sequence[Article]) -> list[Fault]:
    """List why a plan cannot be followed: ids that are gone, ids named twice, chapters without articles."""
    present = {article.id for article in articles}
    times = Counter(plan.ids)
    gone = [name for name in times if name not in present]
    twice = [name for name in times if times[name] > 1]
    if not plan.chapters:
        return [Fault("it has no chapters", "write one, or take the file away")]
    empty = [number for number, chapter in enumerate(plan.chapters) if not chapter.articles]
    return [
        *(
            Fault(f"there is no article {name} any more", "take the line out, or bring its source back", name)
            for name in gone
        ),
        *(Fault(f"article {name} has a place already", "leave it in one place", name, again=True) for name in twice),
        *(
            Fault(
                f"the chapter “{plan.chapters[number].title}” has no articles",
                "give it one, or take it out",
                chapter=number,
            )
            for number in empty
        ),
    ]


def recognised(plan: Plan, articles: Sequence[Article]) -> Plan:
    """Give articles whose ids have changed their new ids in a plan, where sketches tell that they are the same."""
    present = {article.id for article in articles}
    gone = [name for name in dict.fromkeys(plan.ids) if name not in present and name in plan.known]
    fresh = newcomers(plan, articles)
    if not gone or not fresh:
        return plan
    sketches = {article.id: sketch(article) for article in fresh}
    likely = [
        (-alike, old, new)
        for old in gone
        for new in sketches
        if (alike := shared(plan.known[old], sketches[new])) >= ENOUGH
    ]
    names: dict[str, str] = {}
    for _, old, new in sorted(likely):
        if old not in names and new not in names.values():
            names[old] = new
    return _renamed(plan, names)


def _renamed(plan: Plan, names: Mapping[str, str]) -> Plan:
    def new(name: str) -> str:
        return names.get(name, name)

    return Plan(
        tuple(msgspec.structs.replace(own, articles=tuple(map(new, own.articles))) for own in plan.chapters),
        tuple(msgspec.structs.replace(own, article=new(own.article)) for own in plan.unplaced),
        tuple(
            msgspec.structs.replace(own, article=new(own.article), same_as=new(own.same_as)) for own in plan.left_out
        ),
        {new(name): text for name, text in plan.known.items()},
    )


def newcomers(plan: Plan, articles: Sequence[Article]) -> list[Article]:
    """List the articles that the plan has never seen."""
    named = set(plan.ids)
    return [article for article in articles if article.id not in named and article.id not in plan.known]


def placed(plan: Plan, articles: Sequence[Article], late: Iterable[Unplaced]) -> Composition:
    """Put the articles where a plan without faults wants them; `late` are the newcomers, with what is proposed.

    An article that the plan has known and names no more was taken out by the editor, and is left out.
    """
    by_id = {article.id: article for article in articles}
    named = set(plan.ids)
    taken_out = [article for article in articles if article.id not in named and article.id in plan.known]
    return Composition(
        tuple(
            Chapter(Theme(" ".join(own.title.split()), own.why, own.note), tuple(by_id[name] for name in own.articles))
            for own in plan.chapters
        ),
        (
            *(LeftOut(by_id[own.article], own.why, own.same_as) for own in plan.left_out),
            *(LeftOut(article, TAKEN_OUT) for article in taken_out),
        ),
        (*(Unplaced(by_id[own.article], own.proposed, own.why) for own in plan.unplaced), *late),
    )


def plan_of(composition: Composition) -> Plan:
    """Write down where every article has gone."""
    chapters, left_out, unplaced = composition.chapters, composition.left_out, composition.unplaced
    articles = [article for chapter in chapters for article in chapter.articles]
    articles += [own.article for own in left_out] + [own.article for own in unplaced]
    return Plan(
        tuple(
            PlannedChapter(
                own.theme.title, tuple(article.id for article in own.articles), own.theme.why, own.theme.note
            )
            for own in chapters
        ),
        tuple(Newcomer(own.article.id, own.proposed, own.why) for own in unplaced),
        tuple(Omission(own.article.id, own.why, own.same_as) for own in left_out),
        {article.id: sketch(article) for article in sorted(articles, key=lambda article: article.id)},
    )
