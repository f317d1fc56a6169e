"""Errors that a user can mend: one line with what, where and the remedy, and an exit code for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

# A parser's message may quote its whole input; a line that is read ends before.
LONGEST = 300


class DigestError(click.ClickException):
    """A mistake in what the program was given; `where` is a file, or file:line; `also` others that are told with it."""

    exit_code = 1

    def __init__(self, what: str, *, remedy: str, where: object = "", also: Sequence[DigestError] = ()) -> None:
        self.also = also
        place = f"{where}: " if str(where) else ""
        what = what if len(what) <= LONGEST else what[: LONGEST - 1] + "…"
        super().__init__(visible(" ".join(f"{place}{what}; {remedy}".split())))

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross to another process as the line that it is: what it was made from is no longer known."""
        return _rebuilt, (type(self), self.message, tuple(self.also)), self.__dict__

    def show(self, file: object = None) -> None:  # noqa: ARG002  (click's signature)
        """Print the one line on stderr, and one for each that is told with it."""
        click.echo(f"digest: {self.message}", err=True)
        for error in self.also:
            error.show()


def _rebuilt(kind: type[DigestError], message: str, also: Sequence[DigestError]) -> DigestError:
    error = kind.__new__(kind)
    click.ClickException.__init__(error, message)
    error.also = also
    return error


def visible(line: str) -> str:
    """Escape what a terminal would obey: file names, keys and pages come from strangers."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)


class SourceMissingError(DigestError):
    """A path that does not exist."""

    exit_code = 3


class SourceEmptyError(DigestError):
    """A file without a single visible character."""

    exit_code = 4


class NothingReadableError(DigestError):
    """A folder, or a list of sources, in which no reader finds anything, or a file that no reader takes."""

    exit_code = 5


class NotTextError(DigestError):
    """A binary file where text is expected."""

    exit_code = 6


class UndecodableError(DigestError):
    """A text file in no encoding that we know, or damaged in the one it is in."""

    exit_code = 7


class SettingsError(DigestError):
    """A digest.toml that cannot be parsed or says something that it cannot say."""

    exit_code = 8


class FrontMatterError(DigestError):
    """Front matter of a Markdown file that cannot be parsed, or is of the wrong type."""

    exit_code = 9


class UnknownFormatError(DigestError):
    """A format that no writer makes, or a file that no check knows."""

    exit_code = 10


class UnknownStyleError(DigestError):
    """A style that is not there."""

    exit_code = 11


class BrokenStyleError(DigestError):
    """A style whose style.toml, CSS, template or font cannot be used."""

    exit_code = 12


class OutputError(DigestError):
    """An output folder or file that cannot be written."""

    exit_code = 13


class LibraryMissingError(DigestError):
    """A system library, or an extra of ours, that this format needs and the machine lacks."""

    exit_code = 14


class SourceTooLargeError(DigestError):
    """A source beyond the size that a page or an article can have."""

    exit_code = 15


class SidecarError(DigestError):
    """A page's sidecar that cannot be parsed, or that names a line which the page does not have."""

    exit_code = 17


class PlanError(DigestError):
    """A plan.toml that cannot be parsed, or that the articles there are cannot follow."""

    exit_code = 18


class PictureError(DigestError):
    """A picture of an article that is missing, or that cannot be set."""

    exit_code = 19


class UntestedLibraryError(DigestError):
    """A version of a library that this format was not tried with, where trying is needed."""

    exit_code = 20


class CrewError(DigestError):
    """Those who should have worked on a book, and cannot: a process that was killed, a cluster that does not answer."""

    exit_code = 21


class BatchError(DigestError):
    """Editions of a batch that could not be made, while others were."""

    exit_code = 22


class NotCleanError(DigestError):
    """A made book in which `digest check` found something to mend."""

    exit_code = 16
