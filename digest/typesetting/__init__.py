"""Sets Chinese lines as CLREQ asks for, in WeasyPrint, which stretches the spaces of a line and nothing else.

Between `with chinese():` and its end WeasyPrint breaks, spaces and stretches Chinese text by the rules in here: each
file holds one of them and its reasons. The text in the PDF is the same; only glyphs stand elsewhere. So that a book
takes a third of the time, a paragraph is shaped once (shapes.py), broken here where it is one text (plain.py), and what
follows from a style alone is worked out once (shortcuts.py, painting.py): that gives what WeasyPrint gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock

from digest.errors import UntestedLibraryError
from digest.typesetting.breaks import Strictness
from digest.typesetting.exchange import exchanged

# The versions whose functions these replace; tests/typesetting tries all that is asked of them on pages.
TESTED = {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
# WeasyPrint is one for all threads of a process: a second one waits until the first has set its book.
_IN_USE = RLock()

__all__ = ["TESTED", "Strictness", "chinese"]


@contextmanager
def chinese(
    strictness: Strictness = Strictness.STRICT, words: Callable[[str], Iterable[str]] | None = None
) -> Iterator[Callable[[], None]]:
    """Let WeasyPrint set Chinese lines while the block runs: books are laid out, and drawn, inside it.

    It gives what is called when some pages are done: what was learnt of their paragraphs is forgotten then. `words`
    parts a head into its words, inside which it does not break.
    Raises UntestedLibraryError for a version that it was not tried with.
    """
    _need_what_was_tested()
    from digest.typesetting.building import BUILDING
    from digest.typesetting.matching import MATCHING
    from digest.typesetting.painting import PAINTING
    from digest.typesetting.replaced import PLACES, Replacements
    from digest.typesetting.shortcuts import SHORTCUTS
    from digest.typesetting.tagging import TAGGING

    with _IN_USE:
        replacements = Replacements(strictness, words)
        lines = ((module, name, getattr(replacements, name)) for module, name in PLACES)
        ours = [*SHORTCUTS, *MATCHING, *BUILDING, *PAINTING, *TAGGING, *lines]
        with exchanged(ours):
            yield replacements.settings.forget


def _need_what_was_tested() -> None:
    for name, version in TESTED.items():
        there = import_module(name).__version__
        if there != version:
            what = f"Chinese lines are set by {name} {version}, and this is {there}"
            raise UntestedLibraryError(what, remedy=f"python -m pip install {name}=={version}")
