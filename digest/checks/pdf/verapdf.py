"""Runs veraPDF on a PDF that claims PDF/UA, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from digest.checks import Finding
from digest.checks.pdf.book import Book
from digest.errors import LibraryMissingError

COMMAND = "verapdf"
# Its report in XML is the one that all of its versions write: https://docs.verapdf.org/cli/validation/
OPTIONS = ("--format", "xml", "--flavour", "ua1")
SECONDS = 600  # a book of 800 pages takes it half a minute
HINT = "see https://github.com/veraPDF/veraPDF-validation-profiles/wiki, mend the template, and make the book again"
PAGE = re.compile(r"/pages\[(\d{1,6})\]")


def _findings(book: Book) -> Iterator[Finding]:
    """All that veraPDF knows of PDF/UA is kept; there is no package of it for pip, and without it we are silent."""
    if (command := shutil.which(COMMAND)) is None:
        return
    for rule in _report(command, str(book.path.resolve())).iter("rule"):
        if rule.get("status", "failed").lower() == "failed":
            code = f"verapdf-{rule.get('clause')}-{rule.get('testNumber')}"
            said = " ".join((rule.findtext("description") or "it does not meet PDF/UA there").split())
            yield Finding(code, "error", said, _where(rule), HINT)


def _where(rule: Element) -> str:
    contexts = (check.findtext("context", "") for check in rule.iter("check"))
    pages = (found for found in map(PAGE.search, contexts) if found)
    return next((f"page {int(found[1]) + 1}" for found in pages), "")


def _report(command: str, path: str) -> Element:
    """Give its report; it exits with 1 for a file that does not comply."""
    try:
        run = subprocess.run([command, *OPTIONS, path], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        report = ElementTree.fromstring(run.stdout)  # noqa: S314  (expat bounds what entities expand to)
    except (OSError, subprocess.TimeoutExpired, ElementTree.ParseError) as error:
        raise _failing(str(error)) from None
    if report.find(".//validationReport") is None:
        raise _failing("it wrote no report on the file")
    return report


def _failing(why: str) -> LibraryMissingError:
    return LibraryMissingError(f"veraPDF is installed but does not run ({why})", remedy="reinstall it, or remove it")


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_findings,)
