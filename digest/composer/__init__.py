"""The composer turns articles into the named and ordered chapters of an edition, on its own or as the editor plans.

On its own, one step a file: what tells the same story twice (`duplicates`), which themes the editor has fixed
(`wishes`), what each article says (`terms`, `sections`, `analyses`, `vectors`), which belong together (`piles`,
`clusters`), which phrases a chapter shares (`phrases`), what it is called and why (`names`), and in which order all is
read (`order`). `scripts` and `grammar` know how text is written. As the editor plans: `plan` and its file, `plan_file`.

What an article says by itself is kept for as long as it says that; so is what a sample teaches, and who joins whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.addresses import address
from digest.cache import encoded, kept
from digest.composer.duplicates import Duplicate, duplicates
from digest.composer.names import general_theme, name_themes
from digest.composer.order import in_reading_order, ordered_chapters
from digest.composer.piles import Piles, piled, within
from digest.composer.plan import Plan, newcomers, placed
from digest.composer.wishes import wished_members, wished_theme
from digest.model import Article, Chapter, Composition, Doubt, LeftOut, Theme, Unplaced
from digest.settings import ThemeSettings

__all__ = ["compose", "follow"]


def compose(
    articles: Sequence[Article],
    language: str,
    wishes: Sequence[ThemeSettings] = (),
    *,
    beside: bool = True,
    keep_duplicates: bool = False,
) -> Composition:
    """Put every article into exactly one chapter, but for those that tell a fuller one's story, unless they are kept.

    Titles are in `language`, a BCP 47 tag such as zh-CN. The themes of `wishes` come first, in their order; others are
    found `beside` them if wished. Articles that hold together with no others stand in a last, general chapter; so do
    those of a chapter that cannot be named, for it has no theme. The same articles in the same order give the same
    chapters; no articles give none.
    """
    twins = () if keep_duplicates else duplicates(articles)
    out = {twin.other for twin in twins}
    told = [article for index, article in enumerate(articles) if index not in out]
    piles = piled(told, wished_members(told, wishes), beside)
    given = [wished_theme(wish) for wish in wishes]
    chapters = _chapters(told, piles, given, language)
    doubts = [_in_vain(theme) for theme, members in zip(given, piles.grouping.themes, strict=False) if not members]
    return _with_reprints(Composition(chapters, _told_twice(articles, twins), doubts=tuple(doubts)))


def follow(plan: Plan, articles: Sequence[Article], language: str) -> Composition:
    """Put articles where a plan without faults wants them; what it has never seen waits, with a chapter proposed."""
    late = newcomers(plan, articles)
    proposals = _proposals(plan, articles, late, language) if late else ()
    return _with_reprints(placed(plan, articles, proposals))


def _told_twice(articles: Sequence[Article], twins: Sequence[Duplicate]) -> tuple[LeftOut, ...]:
    """Leave out each article whose story a fuller one tells."""
    return tuple(
        LeftOut(articles[twin.other], _same_story(articles[twin.kept]), articles[twin.kept].id) for twin in twins
    )


def _same_story(kept: Article) -> str:
    return f"tells the same story as {kept.origin.place}"


def _in_vain(theme: Theme) -> Doubt:
    return Doubt("theme-empty", f"no article was found for the theme “{theme.title}”")


def _with_reprints(composition: Composition) -> Composition:
    """Note with each article of the book where its story stands once more."""
    places: dict[str, tuple[str, ...]] = {}
    for own in composition.left_out:
        places[own.same_as] = (*places.get(own.same_as, ()), own.article.origin.place)
    chapters = tuple(
        Chapter(chapter.theme, tuple(_reprinted(article, places.get(article.id, ())) for article in chapter.articles))
        for chapter in composition.chapters
    )
    return replace(composition, chapters=chapters)


def _reprinted(article: Article, places: tuple[str, ...]) -> Article:
    return replace(article, origin=replace(article.origin, reprints=places)) if places else article


def _chapters(articles: Sequence[Article], piles: Piles, given: Sequence[Theme], language: str) -> tuple[Chapter, ...]:
    """Make the chapters of the given themes, then those that were found, the weightiest first, then the general one."""
    themes = [*given, *_found_themes(articles, piles, given, language)]
    general = list(piles.grouping.leftovers)
    chapters: list[Chapter] = []
    for theme, members in zip(themes, piles.grouping.themes, strict=True):
        if theme is None:
            general += members
        else:
            chapters.append(Chapter(theme, in_reading_order(articles, members)))
    first = [chapter for chapter in chapters[: len(given)] if chapter.articles]
    last = [Chapter(general_theme(language), in_reading_order(articles, general))] if general else []
    return (*first, *ordered_chapters(chapters[len(given) :]), *last)


def _found_themes(
    articles: Sequence[Article], piles: Piles, given: Sequence[Theme], language: str
) -> tuple[Theme | None, ...]:
    """Name the themes beside the given ones after those of their articles that they were found among."""
    members = within(piles.sample, piles.grouping.themes[len(given) :])
    sampled = [articles[index] for index in piles.sample]
    taken = [theme.title for theme in given]
    name = address("names", piles.name, encoded([members, language, taken]))
    (themes,) = kept(
        "names",
        tuple[Theme | None, ...],
        [None],
        lambda _: name,
        lambda _: [name_themes(sampled, members, piles.sections, language, taken)],
    )
    return themes


def _proposals(plan: Plan, articles: Sequence[Article], late: Sequence[Article], language: str) -> tuple[Unplaced, ...]:
    """Propose a chapter for each newcomer: one of the plan's, one that newcomers make by themselves, or the general."""
    by_id = {article.id: article for article in articles}
    planned = [[by_id[name] for name in chapter.articles] for chapter in plan.chapters]
    told = [article for chapter in planned for article in chapter] + list(late)
    places = {article.id: place for place, article in enumerate(told)}
    piles = piled(told, [tuple(places[article.id] for article in chapter) for chapter in planned])
    given = [Theme(chapter.title) for chapter in plan.chapters]
    themes = [*given, *_found_themes(told, piles, given, language)]
    titles = {
        index: theme.title
        for theme, members in zip(themes, piles.grouping.themes, strict=True)
        for index in members
        if theme
    }
    twins = {own.article.id: own.why for own in _told_twice(told, duplicates(told))}
    general = general_theme(language).title
    return tuple(
        Unplaced(article, titles.get(places[article.id], general), twins.get(article.id, "")) for article in late
    )
