"""Makes many editions, side by side; one that fails does not keep the others from being made."""

from __future__ import annotations

import tomllib
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from digest import orders, press, settings, talk
from digest.addresses import address
from digest.cache import encoded, keeping
from digest.composer import plan_file
from digest.crew import CREW
from digest.errors import CrewError, DigestError, SourceMissingError
from digest.journal import Journal, made_from
from digest.orders import Wishes
from digest.progress import Track, shown

SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition: its books, what is to be told of them, or the error that kept it from being made.

    `made_from` names all that it was made from; `was_ready` where an interrupted batch had made it.
    """

    edition: Path
    paths: tuple[Path, ...] = ()
    told: tuple[str, ...] = ()
    error: str = ""
    made_from: str = ""
    was_ready: bool = False


def editions(given: Sequence[Path]) -> list[Path]:
    """Find the editions: each file that is given, and of a folder each .toml in it, but for plans, and */digest.toml.

    Raises SourceMissingError for a path that is not there, and for a folder without an edition.
    """
    found: dict[Path, Path] = {}
    for path in given:
        own = [*_editions_in(path)] if path.is_dir() else [path] if path.is_file() else []
        if not own:
            what = "there is no edition in this folder" if path.is_dir() else "no such file or folder"
            raise SourceMissingError(what, where=path, remedy="name files of settings, such as digest.toml")
        found |= {file.resolve(): file for file in own}
    return [*found.values()]


def _editions_in(folder: Path) -> Iterator[Path]:
    files = sorted(file for file in folder.glob(f"*{SUFFIX}") if file.is_file())
    plans = {folder / plan_file.FILE_NAME, *(folder / name for file in files if (name := _plan_of(file)))}
    yield from (file for file in files if file not in plans)
    yield from sorted(file for file in folder.glob(f"*/{settings.FILE_NAME}") if file.is_file())


def _plan_of(file: Path) -> str:
    """Give the name of the plan that an edition has; one that cannot be read will say so when it is made."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("plan", "")
    except (OSError, ValueError):
        return ""
    return said if isinstance(said, str) and "\0" not in said else ""


def clashes(found: Sequence[Path], wishes: Wishes) -> Iterator[Outcome]:
    """Refuse each edition that would write over the books of one before it."""
    taken: dict[tuple[Path, str, str], Path] = {}
    for edition in found:
        try:
            said = settings.read(edition)
        except DigestError:
            continue  # it says so when it is made
        output = (wishes.output or edition.parent / said.output).resolve()
        for name in dict.fromkeys(wishes.formats or said.formats):
            other = taken.setdefault((output, press.file_name(said.edition.title), name), edition)
            if other != edition:
                what = f"{edition}: its books would stand in the place of those of {other}"
                yield Outcome(edition, error=f"{what}; give it a title, or an `output`, of its own")
                break


def all_made(
    found: Sequence[Path], wishes: Wishes, cache: Path | None, *, resume: bool, show: Callable[[Outcome], None]
) -> list[Outcome]:
    """Make editions, `show` what became of each in their order, and give it.

    What is finished is noted in the cache's folder, if there is one; with `resume` it is not made again.
    """
    journal = Journal(cache / f"batch-{_name(found, wishes)}.jsonl", goes_on=resume) if cache else None
    outcomes = {outcome.edition: outcome for outcome in clashes(found, wishes)}
    if journal and resume:
        ready = ((edition, journal.books(made_from(edition, wishes))) for edition in found if edition not in outcomes)
        outcomes |= {edition: Outcome(edition, books, was_ready=True) for edition, books in ready if books}

    def done(outcome: Outcome) -> None:
        if journal and not outcome.error:
            journal.note(outcome.made_from, outcome.paths)

    left = [edition for edition in found if edition not in outcomes]
    with shown() as track:
        made = _made_of(left, wishes, cache, done, track)
        for edition in found:
            outcomes[edition] = outcomes[edition] if edition in outcomes else next(made)
            show(outcomes[edition])
    return [outcomes[edition] for edition in found]


def _name(found: Sequence[Path], wishes: Wishes) -> str:
    return address("batch", encoded(wishes), *(str(edition.resolve()) for edition in found)).hex()[:16]


def _made_of(
    editions: Sequence[Path], wishes: Wishes, cache: Path | None, done: Callable[[Outcome], None], track: Track
) -> Iterator[Outcome]:
    """Give what became of each, in their order; `done` hears of each that is made as soon as it is.

    Whoever is lost at work on one (memory ran out, say) may have lost others' work too: these are made once more,
    each for itself.
    """
    crew = CREW.get()
    executor = crew.for_work(len(editions), 1)
    begun = [executor.submit(_make, edition, wishes, cache) for edition in editions]
    for future in begun:
        future.add_done_callback(lambda future: _hear(future, done))
    for edition, future in zip(editions, track(begun, "editions"), strict=True):
        try:
            yield from crew.results([future])
        except CrewError:
            yield _once_more(edition, wishes, cache, done)


def _hear(future: Future[Outcome], done: Callable[[Outcome], None]) -> None:
    if not future.cancelled() and not future.exception():
        done(future.result())


def _once_more(edition: Path, wishes: Wishes, cache: Path | None, done: Callable[[Outcome], None]) -> Outcome:
    crew = CREW.get()
    crew.dismiss()
    try:
        (outcome,) = crew.results([crew.for_work(2, 1).submit(_make, edition, wishes, cache)])
    except CrewError as error:
        return Outcome(edition, error=f"{edition}: {error.message}")
    done(outcome)
    return outcome


def _make(edition: Path, wishes: Wishes, cache: Path | None) -> Outcome:
    """Make one edition; what goes wrong is its outcome, a bug with its traceback."""
    try:
        ingredients = made_from(edition, wishes)
        with keeping(cache) if cache else nullcontext() as store:
            paths, told = _made(edition, wishes)
        told = (*told, *(store.complaints() if store else ()))
        return Outcome(edition, paths, told, made_from=ingredients)
    except DigestError as error:
        return Outcome(edition, error="\n".join(_of(edition, each.message) for each in (error, *error.also)))
    except Exception:
        return Outcome(edition, error=f"{edition}: a bug of digest's\n{traceback.format_exc()}")


def _of(edition: Path, message: str) -> str:
    """Say which edition an error is about, unless it does itself."""
    return message if message.startswith(str(edition)) else f"{edition}: {message}"


def _made(edition: Path, wishes: Wishes) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    said, project = settings.read(edition), edition.parent
    order = orders.order_of(said, project, wishes)
    press.check(order)
    pile = press.read(orders.sources_of(said, project), order=order)
    made = press.make(pile, order)
    return made.paths, tuple(talk.of_making(pile, made))
