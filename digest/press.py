"""The whole program: articles are read, composed into an edition, and written in every format asked for."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path

from digest import finished, foresight, readers, readings, style, writers
from digest.addresses import address, of_files
from digest.apprentice import APPRENTICE
from digest.cache import CACHE, encoded, keeping, kept
from digest.crew import CREW, ENOUGH, Alone
from digest.errors import NothingReadableError, OutputError, SettingsError
from digest.model import (
    ALL_PARTS,
    Article,
    Composition,
    Doubt,
    Edition,
    Parts,
    Reading,
    edition_identifier,
    with_distinct_ids,
)
from digest.newspaper.lines import width
from digest.output import replacing
from digest.production import Production
from digest.progress import Track, untracked
from digest.readers import PassedOver, Source
from digest.scratch import scratch
from digest.settings import BookletSettings, EditionSettings, PdfSettings, PrintSettings, ThemeSettings
from digest.style import Style
from digest.wording import wording

# A picture straight from a camera has ten megabytes.
LARGEST_COVER = 40_000_000
GROUPING = "digest.press:get_ready_to_group"  # what whoever groups aside calls first


@dataclass(frozen=True, slots=True)
class Pile:
    """What the sources gave: a reading each, in their order, and the files that gave no article, each with why."""

    readings: tuple[Reading, ...]
    passed_over: tuple[PassedOver, ...]
    sources: tuple[Source, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in the order they were read."""
        return tuple(article for reading in self.readings for article in reading.articles)


@dataclass(frozen=True, slots=True)
class Guidance:
    """How the editor wants articles grouped: by a plan where its file is there, else into themes, others `beside`.

    A story told twice is printed once, unless duplicates are kept.
    """

    plan: Path | None = None
    themes: tuple[ThemeSettings, ...] = ()
    beside: bool = True
    keep_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How the editor wants pages printed, as digest.toml says it."""

    fonts: dict[str, str] = field(default_factory=dict)
    pdf: PdfSettings = field(default_factory=PdfSettings)
    print: PrintSettings = field(default_factory=PrintSettings)
    booklet: BookletSettings = field(default_factory=BookletSettings)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: formats and a style of `project` by name, a folder; the edition's facts, grouping, parts."""

    formats: tuple[str, ...]
    style: str
    project: Path
    output: Path
    edition: EditionSettings
    guidance: Guidance = Guidance()
    parts: Parts = ALL_PARTS
    embed_fonts: bool = False  # else the style says
    on_paper: OnPaper = field(default_factory=OnPaper)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the edition, a file for each format, and what is doubtful in its chapters or could not be set."""

    edition: Edition
    paths: tuple[Path, ...]
    doubts: tuple[Doubt, ...]


def read(sources: Sequence[Path], track: Track = untracked, order: Order | None = None) -> Pile:
    """Read every article of files and folders; raises one of digest.errors for a source that cannot be read.

    `order` says what will be made of them, for which the crew gets ready meanwhile.
    """
    walk = readers.walk(sources)
    preparations = _preparations(map(writers.find, order.formats)) if order else ()
    aside = GROUPING if order and preparations and not _is_planned(order.guidance) else ""
    read_alone = readings.of(walk.sources, track, preparations, aside)
    from digest.newspaper.jumps import join_parts  # only now: the crew gets ready meanwhile

    joined = join_parts(read_alone)
    articles = with_distinct_ids(article for reading in joined for article in reading.articles)
    without = (source.path for source, reading in zip(walk.sources, read_alone, strict=True) if not reading.articles)
    empty = (PassedOver(path, f"no article was found in it; {_LISTED}") for path in without)
    return Pile(
        tuple(Reading(tuple(next(articles) for _ in reading.articles), reading.furniture) for reading in joined),
        (*_unused(walk.passed_over, read_alone), *empty),
        walk.sources,
    )


def _unused(files: Sequence[PassedOver], readings: Sequence[Reading]) -> Iterator[PassedOver]:
    """Leave out the pictures that articles show: they are in the book."""
    blocks = (block for reading in readings for article in reading.articles for block in article.blocks)
    shown = {block.picture.path for block in blocks if block.picture}
    return (file for file in files if file.path.resolve() not in shown)


_LISTED = "`digest articles` lists what was set aside"


def compose(articles: Sequence[Article], facts: EditionSettings, guidance: Guidance = Guidance()) -> Edition:
    """Make the edition of some articles: what `facts` leave open is taken from the articles, never from the clock.

    Raises PlanError where there is a plan that cannot be followed.
    """
    name = _namer(articles, facts, guidance)
    (edition,) = kept("edition", Edition, [None], lambda _: name(), lambda _: [_composed(articles, facts, guidance)])
    return edition


def _namer(articles: Sequence[Article], facts: EditionSettings, guidance: Guidance) -> Callable[[], bytes | None]:
    """Give what names an edition after all that it is made from: None where there is a plan that cannot be read.

    It is asked more than once, as a plan may change meanwhile. Articles do not: to write 400 of them out takes 4 ms.
    """
    given = cache(lambda: address("given", encoded(articles), encoded(facts), encoded(guidance)))

    def name() -> bytes | None:
        planned = of_files([guidance.plan] if guidance.plan and _is_planned(guidance) else [])
        return None if planned is None else address("edition", given(), planned)

    return name


def _is_planned(guidance: Guidance) -> bool:
    return guidance.plan is not None and os.path.lexists(guidance.plan)


def _editions(pile: Pile, order: Order, preparations: Collection[str]) -> Iterator[Edition]:
    """Give the edition; first a guess, where others can group the articles while a long book is set after that.

    With a plan nothing is grouped, and nothing has to be guessed.
    """
    facts, guidance = order.edition, order.guidance
    about = encoded([order.project.resolve(), facts, guidance])
    name = _namer(pile.articles, facts, guidance)
    guessed: list[Edition] = []

    def made(_: Sequence[None]) -> Iterator[Edition]:
        crew, characters = CREW.get(), sum(len(block.text) for article in pile.articles for block in article.blocks)
        is_grouped = not _is_planned(guidance) and bool(preparations)
        others = crew.for_work(characters, ENOUGH) if is_grouped else Alone()
        guess = None if isinstance(others, Alone) else foresight.guess(about, pile.articles)
        guessed.extend([guess] if guess else [])
        foresight.remember(about, name())
        if not guess:
            for preparation in preparations:
                crew.get_ready(characters, preparation)
            if not crew.is_hired:
                APPRENTICE.get().begin()
            return iter([_composed(pile.articles, facts, guidance)])
        return crew.results([crew.aside().submit(_composed_there, _folder(), pile.articles, facts, guidance)])

    composed = kept("edition", Edition, [None], lambda _: name(), made)
    yield from guessed
    (edition,) = composed
    if [edition] != guessed:
        yield edition


def _folder() -> Path | None:
    store = CACHE.get()
    return store.path.parent if store else None


def _composed_there(
    folder: Path | None, articles: Sequence[Article], facts: EditionSettings, guidance: Guidance
) -> Edition:
    """Compose for another process, with what is kept in a folder."""
    with keeping(folder) if folder else nullcontext():
        return _composed(articles, facts, guidance)


def get_ready_to_group() -> None:
    """Load what grouping needs."""
    from digest import composer  # noqa: F401


def _composed(articles: Sequence[Article], facts: EditionSettings, guidance: Guidance) -> Edition:
    from digest import composer  # an edition that is kept has no use for it
    from digest.composer import plan_file

    language = facts.language or _language(articles)
    title = _one_line(facts.title) or wording(language).title
    day = facts.date or max((article.origin.date for article in articles if article.origin.date), default=None)
    plan = plan_file.read(guidance.plan, articles) if guidance.plan else None
    composition = (
        composer.follow(plan, articles, language)
        if plan
        else composer.compose(
            articles, language, guidance.themes, beside=guidance.beside, keep_duplicates=guidance.keep_duplicates
        )
    )
    return Edition(
        title=title,
        language=language,
        identifier=edition_identifier(title, day, articles),
        chapters=composition.chapters,
        subtitle=_one_line(facts.subtitle),
        publisher=_one_line(facts.publisher),
        date=day,
        left_out=composition.left_out,
        unplaced=composition.unplaced,
        doubts=composition.doubts,
        authors=tuple(filter(None, map(_one_line, facts.authors))),
        description=_one_line(facts.description),
        rights=_one_line(facts.rights),
        series=_one_line(facts.series),
        number=facts.number,
    )


def plan(edition: Edition, path: Path) -> bool:
    """Write an edition's chapters to a plan's file, or bring it up to date; say whether anything has changed.

    Raises OutputError for a file that cannot be written.
    """
    from digest.composer import plan_file
    from digest.composer.plan import plan_of

    articles = [*edition.articles, *edition.outside]
    made = plan_of(Composition(edition.chapters, edition.left_out, edition.unplaced))
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else None
        after = plan_file.written(made, articles) if before is None else plan_file.updated(before, made, articles)
        if after == before:
            return False
        with scratch(path.parent) as place:
            draft = place / path.name
            draft.write_bytes(after.encode())
            draft.replace(path)
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", where=path, remedy="check the folder") from None
    return True


def _picture(path: Path) -> bytes:
    """Read the editor's own picture for the cover, which stands in the project's folder."""
    try:
        if path.stat().st_size > LARGEST_COVER:
            raise SettingsError(
                f"more than {LARGEST_COVER // 1_000_000} MB", where=path, remedy="name a smaller picture"
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        what = f"the cover cannot be read ({getattr(error, 'strerror', None) or error})"
        raise SettingsError(what, where=path, remedy="name a picture in `cover`, or leave it out") from None


def _profile(path: Path) -> bytes:
    """Read the ICC profile of the editor's print shop, which stands in the project's folder."""
    from digest.printing.press_profile import profile_of

    return profile_of(path)


def _one_line(text: str) -> str:
    """A title stands in one line of a contents, a file name and a running head; control characters stand nowhere."""
    return " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in text).split())


def _language(articles: Sequence[Article]) -> str:
    """The language that most of the text is in, then its region that most is in; of two even ones, the first read.

    Text is measured by the room it takes: a Latin letter is half as wide as a Han character and says far less.
    """
    if not articles:
        return "zh-CN"
    by_tag: dict[str, float] = {}
    by_language: dict[str, float] = {}
    for article in articles:
        room = 1 + sum(width(block.text) for block in article.blocks)
        for key, ems in ((article.language, by_tag), (_primary(article.language), by_language)):
            ems[key] = ems.get(key, 0) + room
    language = max(by_language, key=by_language.__getitem__)
    return max((tag for tag in by_tag if _primary(tag) == language), key=by_tag.__getitem__)


def _primary(tag: str) -> str:
    """Give a tag's language without script and region: zh of zh-CN and zh-Hant-TW."""
    return tag.split("-")[0].lower()


def check(order: Order) -> None:
    """Raise UnknownFormatError, UnknownStyleError or BrokenStyleError before a long pile is read in vain."""
    for name in order.formats:
        writers.find(name)
    _look(order)


def make(pile: Pile, order: Order, track: Track = untracked) -> Made:
    """Compose the edition and write it in all formats, or in none: an earlier book stays until all are whole.

    Raises NothingReadableError for a pile without an article, OutputError for a folder that cannot be written.
    """
    if not pile.articles:
        raise NothingReadableError("no article was found in what was read", remedy=_LISTED)
    made_by = {name: writers.find(name) for name in order.formats}
    look = _look(order)
    cover = _picture(order.project / order.edition.cover) if order.edition.cover else b""
    editions = _editions(pile, order, _preparations(made_by.values()))
    (first,) = (next(editions) for _ in track((order,), "grouping"))
    targets = [order.output / (file_name(first.title) + writer.SUFFIX) for writer in made_by.values()]
    with replacing(order.output, targets) as drafts:
        for composed in chain((first,), editions):
            edition = replace(composed, parts=order.parts, cover=cover)
            doubts = [*edition.doubts]
            for name, draft in track([*zip(made_by, drafts, strict=True)], "writing"):
                doubts.extend(finished.write(name, edition, look, draft))
    # What two formats cannot set is told once.
    return Made(edition, tuple(targets), tuple(dict.fromkeys(doubts)))


def _preparations(made_by: Iterable[writers.Writer]) -> list[str]:
    """Give what writers need, and others can load beforehand."""
    return sorted({getattr(writer, "PREPARES", "") for writer in made_by} - {""})


def _look(order: Order) -> Style:
    """Find the style, and give it what digest.toml says of fonts, paper and the press."""
    look, wanted = style.find(order.style, order.project), order.on_paper
    production = Production(
        signature=wanted.print.signature,
        crop_marks=wanted.print.crop_marks,
        profile=_profile(order.project / wanted.print.profile) if wanted.print.profile else b"",
        condition=_one_line(wanted.print.condition),
        thickness=wanted.print.thickness,
        sheet=_across(_paper("booklet.sheet", wanted.booklet.sheet)),
        sheets=wanted.booklet.sheets,
        creep=wanted.booklet.creep,
    )
    return replace(
        look,
        fonts={**look.fonts, **style.chosen_fonts(wanted.fonts, order.project)},
        embed_fonts=look.embed_fonts or order.embed_fonts,
        paper=_paper("pdf.paper", wanted.pdf.paper) if wanted.pdf.paper else look.paper,
        production=production,
    )


def _across(sheet: tuple[float, float]) -> tuple[float, float]:
    """Turn a sheet so that two pages stand side by side on it."""
    return max(sheet), min(sheet)


def _paper(key: str, name: str) -> tuple[float, float]:
    if size := style.paper_size(name):
        return size
    what = f"`{key}`: {name!r} is no paper"
    raise SettingsError(what, remedy=f"there are {', '.join(style.PAPERS)}, or a size such as 140 x 203 mm")


def file_name(title: str) -> str:
    """Name a book's file after its title, without what some file system forbids, at most 60 characters long."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+', "-", " ".join(title.split()))
    # 60 Han characters are 180 bytes; file systems allow 255, and a suffix follows.
    return name[:60].strip(" .-") or "digest"
