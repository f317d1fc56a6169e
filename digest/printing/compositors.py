"""Has parts of a book laid out, side by side where that pays: whoever does it, the pages are the same, and are kept."""

from __future__ import annotations

import atexit
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from ctypes import CDLL, c_char_p
from dataclasses import replace
from functools import cache
from html import unescape
from threading import Lock

from digest import fonts
from digest.addresses import address, of_file, of_folder
from digest.cache import encoded, kept
from digest.crew import CREW, ENOUGH
from digest.errors import BrokenStyleError, DigestError
from digest.printing import division, heads
from digest.printing.layout import Setter
from digest.printing.parts import LaidOut, Looks, Part, joined
from digest.printing.running import Running, margin_boxes
from digest.printing.shelf import Shelf
from digest.printing.skeleton import begins_anywhere
from digest.printing.stretches import Errand, Run, Start
from digest.scratch import scratch
from digest.style import packaged_fonts

# By these names WeasyPrint asks for the library, too (weasyprint.text.ffi).
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0-0.dll")

# As templates/article.html writes it.
ARTICLE = re.compile(r'<article [^>]*data-title="([^"]*)".*?</article>', re.DOTALL)
Specimen = tuple[tuple[str, ...], tuple[str, ...], str]  # kinds of pages, names of strings, language


class Compositors:
    """Those who set a book in some looks."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._address = _address_of(looks)

    def laid_out(self, parts: Sequence[Part]) -> Iterator[LaidOut]:
        """Begin to lay parts out, and give each in its turn; an error has a note of its part."""
        shelf = Shelf(self._looks, self._address)
        found = shelf.find(parts)
        begun = self._begun([part for part in parts if part.name not in found], shelf)

        def in_turn() -> Iterator[LaidOut]:
            for part in parts:
                run = found.pop(part.name, ()) or shelf.keep(part, begun.pop(part.name).result())
                yield _whole(part, shelf.taken(run), self._looks)

        return in_turn()

    def running(self, kinds: Iterable[str], names: Iterable[str], language: str) -> Running:
        """Give the margin boxes of some kinds of pages, as `running.margin_boxes` finds them."""

        def made(wanted: Sequence[Specimen]) -> Iterator[Running]:
            crew = CREW.get()
            executor = crew.for_work(0, ENOUGH)
            begun = [executor.submit(_margins, self._looks, self._address, own) for own in wanted]
            return crew.results(begun)

        specimen = tuple(sorted(kinds)), tuple(sorted(names)), language
        (found,) = kept("margins", Running, [specimen], lambda own: address("margins", self._address, repr(own)), made)
        return found

    def _begun(self, parts: Sequence[Part], shelf: Shelf) -> dict[str, Job]:
        """Begin to lay parts out, the longest first: the last to be done is then a short one."""
        crew = CREW.get()
        executor = crew.for_work(sum(len(part.html) for part in parts), ENOUGH)
        hands = crew.hands if crew.is_hired else 1
        begun: dict[str, Job] = {}
        for part in sorted(parts, key=lambda part: (-len(part.html), part.name)):
            known = shelf.last_time(part)
            # What is there is found by whoever goes along the part from its beginning.
            is_whole = known or not begins_anywhere(part, self._looks)
            pieces = 1 if is_whole else division.pieces(part, parts, hands)
            words = heads.words(part.html) if crew.is_hired else {}
            errand = Errand(part, pieces=pieces, known=known, words=words)
            begun[part.name] = Job(errand, self._handed_to(executor, shelf.frame(part)))
        return begun

    def _handed_to(self, executor: Executor, frame: bytes) -> Callable[[Errand], Future[Run]]:
        return lambda errand: executor.submit(_lay_out, self._looks, self._address, frame, errand)


class Job:
    """A part that is being laid out, in one piece or in several at once; `hand_out` gives an errand to somebody."""

    def __init__(self, errand: Errand, hand_out: Callable[[Errand], Future[Run]]):
        self._errand, self._hand_out = errand, hand_out
        self._begun = [hand_out(replace(errand, piece=piece)) for piece in range(errand.pieces)]

    def result(self) -> Run:
        """Wait for all stretches of the part."""
        runs = [*CREW.get().results(self._begun)]
        whole = replace(self._errand, pieces=1, known=())
        return division.joined(runs, self._go_on) or self._made([whole])[0]

    def _go_on(self, places: Sequence[Start], meets: frozenset[Start]) -> Sequence[Run]:
        return self._made([replace(self._errand, begins=begins, meets=meets, pieces=1) for begins in places])

    def _made(self, errands: Sequence[Errand]) -> Sequence[Run]:
        return [*CREW.get().results([*map(self._hand_out, errands)])]


def _whole(part: Part, stretches: Sequence[LaidOut], looks: Looks) -> LaidOut:
    """Make a part of its stretches; raises BrokenStyleError where a link leads to none of its places."""
    laid = joined(stretches)
    if lost := sorted(laid.asked - laid.anchors.keys()):
        what, remedy = f"a link leads to #{lost[0]}, which is nowhere", "mend the style's templates"
        error = BrokenStyleError(what, where=looks.folders[0], remedy=remedy)
        error.add_note(_while(part))
        raise error
    return laid


def _address_of(looks: Looks) -> bytes:
    """Name looks after what stands in their files, those of packages apart: an address tells their versions."""
    known = packaged_fonts()
    return address(
        "looks",
        encoded(looks),
        *(of_file(path) for path in looks.fonts.values() if path not in known),
        *(of_folder(folder) for folder in looks.folders),
        _pango(),
    )


@cache
def _pango() -> str:
    """Tell Pango's version without loading WeasyPrint, as no package of Python's bears it; "" where it is not there."""
    for name in PANGO:
        try:
            version = CDLL(name).pango_version_string
        except OSError:
            continue
        version.restype = c_char_p
        return str(version().decode())
    return ""


class _Case:
    """The one setter of a process: Pango's fonts and what we replace in WeasyPrint belong to the whole of it."""

    def __init__(self) -> None:
        self.lock = Lock()  # a Dask worker has several threads
        self._address = b""
        self._setter: Setter | None = None
        self._fonts = ExitStack()

    def setter(self, looks: Looks, address: bytes) -> Setter:
        """Give the setter of some looks: the one there is, or a new one in its place."""
        if self._setter is None or self._address != address:
            self.clear()
            try:
                place = self._fonts.enter_context(scratch(prefix="digest-fonts-"))
                with fonts.only_fonts(looks.fonts, str(place)):
                    self._setter, self._address = Setter(looks), address
            except BaseException:
                self.clear()
                raise
        return self._setter

    def clear(self) -> None:
        """Forget the setter, and take its fonts away."""
        self._setter = None
        self._fonts.close()


_CASE = _Case()
atexit.register(_CASE.clear)


def _lay_out(looks: Looks, address: bytes, frame: bytes, errand: Errand) -> Run:
    try:
        with _CASE.lock:
            return _CASE.setter(looks, address).lay_out(errand, frame)
    except DigestError as error:
        error.add_note(_while(errand.part))
        raise
    except Exception as error:
        title = _stumbling_block(looks, address, errand.part)
        error.add_note(f"{_while(errand.part)}{f', at the article “{title}”' if title else ''}")
        raise


def _while(part: Part) -> str:
    return f"while {part.name} was laid out"


def _stumbling_block(looks: Looks, address: bytes, part: Part) -> str:
    """Give the title of the first article that cannot be laid out alone either, "" where each can."""
    head, body, _ = part.html.partition("<body>")
    for article in ARTICLE.finditer(part.html):
        try:
            with _CASE.lock:
                alone = replace(part, html=f"{head}{body}{article[0]}</body></html>")
                _CASE.setter(looks, address).lay_out(Errand(alone))
        except Exception:
            return unescape(article[1])
    return ""


def _margins(looks: Looks, address: bytes, specimen: Specimen) -> Running:
    with _CASE.lock:
        return margin_boxes(_CASE.setter(looks, address), *specimen)
