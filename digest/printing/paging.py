"""Makes the pages of a part one after the other, so that those which are drawn need not be kept until the last is made.

It does what weasyprint.layout.layout_document does, version 70.0, for pages that say nothing of other ones. It can
begin at any page that takes nothing from those before it but where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from weasyprint import DEFAULT_OPTIONS, layout
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page, get_html_metadata
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import block
from weasyprint.layout.page import remake_page

from digest.printing.galley import Galley, boxes_along, pseudo
from digest.printing.spent import let_go
from digest.printing.stretches import FEWEST, FIRST, MOST, Start, Way
from digest.typesetting.exchange import exchanged

# Where several columns, or cells, go on side by side.
SEVERAL: Way = (-1,)


class Unsettled(Exception):  # noqa: N818 - it is no error, and never seen
    """A page says something of another one: all have to be there before any can be drawn."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page, where it begins, and where the next one does; None behind the last.

    `is_free` where nothing but its beginning comes from the page before: no note or figure is still to be finished.
    `tried` is the furthest block of which lines were made for it: what cannot stay whole, or with what is before it, is
    tried on one page and put on the next, which may end sooner.
    """

    page: Page
    begins: Start
    ends: Start | None
    is_free: bool
    tried: Way


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a stretch as a document, where they begin, and where the next one does.

    `until` is where that ends, or the furthest block that was tried before; () behind the last.
    """

    document: Document
    begins: Start
    ends: Start | None
    until: Way


class Paging:
    """A part that is broken into pages: `html` is WeasyPrint's, `fonts` a FontConfiguration, and `sheets` are CSS."""

    def __init__(self, html: Any, fonts: Any, sheets: Sequence[Any]) -> None:
        self._html, self._fonts = html, fonts
        self._told = DocumentMetadata(**get_html_metadata(html))
        counters = CounterStyle()
        options = {**DEFAULT_OPTIONS, "stylesheets": sheets}
        self._context = Document._build_layout_context(html, fonts, counters, {}, options)
        self._root = build_formatting_structure(
            html.etree_element,
            self._context.style_for,
            self._context.get_image_from_uri,
            html.base_url,
            self._context.target_collector,
            counters,
            self._context.footnotes,
        )
        self.galley = Galley(self._root, self._context.style_for)

    def stretches(self, begins: Start = FIRST) -> Iterator[Pages]:
        """Give the pages stretch by stretch; raises Unsettled, at any time, where that cannot be done."""
        pages: list[Made] = []
        for made in self._pages(begins):
            if pages and _is_border(pages, made):
                yield self._stretch(pages, made.begins, _until(pages, made))
                pages.clear()
                let_go(self._root, made.begins.way)  # by now they are drawn, and the galley has read them
            pages.append(made)
        yield self._stretch(pages, None, ())

    def _stretch(self, pages: Sequence[Made], ends: Start | None, until: Way) -> Pages:
        if any(state["content_changed"] or state["pages_wanted"] for *_, state in self._context.page_maker[:-1]):
            raise Unsettled
        made = [each.page for each in pages]
        document = Document(made, self._told, self._html.url_fetcher, self._fonts, {}, None)
        return Pages(document, pages[0].begins, ends, until)

    def _pages(self, begins: Start) -> Iterator[Made]:
        context = self._context
        self._open(begins)
        boxes = dict(enumerate(boxes_along(self._root, begins.way)))
        marked = {(boxes[depth].element, pseudo) for depth, pseudo in begins.marked}
        is_free = True
        for number in count(len(context.page_maker)):
            context.page_maker[-1][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
            with _noted() as tried:
                box, _ = remake_page(number - 1, context, self._root, self._html)
            if context.target_collector.counter_lookup_items or box.fixed_boxes:
                raise Unsettled
            _mark_once(box, marked)
            self._finish(box, number)
            is_last = context.page_maker[number][0] is None and not context.reported_footnotes
            ends = None if is_last else self._start(context.page_maker[number], marked)
            yield Made(Page(box), begins, ends, is_free, max(tried))
            if ends is None:
                return
            is_left_over = context.broken_out_of_flow or context.reported_footnotes
            is_free = not is_left_over and ends.way not in (begins.way, SEVERAL)
            begins = ends

    def _open(self, begins: Start) -> None:
        """Begin with a page; another than the first has one before it of which nothing is known."""
        context = self._context
        layout.initialize_page_maker(context, self._root)
        context.rendered_notes = []
        context.broken_out_of_flow.clear()
        context.reported_footnotes.clear()
        if begins != FIRST:
            *_, state, remake = context.page_maker[0]
            named = {"break": begins.forced, "page": begins.page or None}
            context.page_maker.append((_resumed(begins.way), named, begins.right, state, remake))

    def _start(self, item: Any, marked: set[tuple[Any, str]]) -> Start:
        """Note where a page begins; `marked` is what the outline has."""
        resume_at, next_page, right, *_ = item
        way = _way(resume_at)
        going_on = enumerate(boxes_along(self._root, way[:-1]))
        there = tuple((depth, pseudo(box)) for depth, box in going_on if (box.element, pseudo(box)) in marked)
        return Start(way, right, next_page["break"], next_page["page"] or "", there)

    def _finish(self, page: Any, number: int) -> None:
        """Give a page what stands around its text."""
        root, *areas = page.children
        self._context.current_page = number
        around = layout.make_margin_boxes(self._context, page, self._context.page_maker[number][3])
        page.children = (root, *(area for area in areas if area.children), *around)
        layout.layout_backgrounds(page, self._context.get_image_from_uri)


def _is_border(pages: Sequence[Made], following: Made) -> bool:
    """Whether a stretch of some pages ends before the one that follows."""
    enough = len(pages) >= FEWEST and following.begins.may_begin_a_stretch
    return following.is_free and (enough or len(pages) >= MOST)


def _until(pages: Sequence[Made], following: Made) -> Way:
    """Say up to where the text has a hold on some pages; () is the end."""
    if not following.ends or not following.ends.way:
        return ()
    return max(following.ends.way, *(page.tried for page in pages))


@contextmanager
def _noted() -> Iterator[list[Way]]:
    """Note the ways to those of which lines are made meanwhile, as Galley has told the lines."""
    make = block.iter_line_boxes
    ways: list[Way] = [()]

    def lines(context: Any, line: Any, *how: Any) -> Iterator[Any]:
        ways.append(getattr(line, "way", ()))
        found: Iterator[Any] = make(context, line, *how)
        return found

    with exchanged([(block, "iter_line_boxes", lines)]):
        yield ways


def _way(resume_at: Any) -> Way:
    """Give the way that WeasyPrint notes as dictionaries in one another."""
    found: list[int] = []
    while resume_at:
        if len(resume_at) > 1:
            return SEVERAL
        ((place, resume_at),) = resume_at.items()
        found.append(place)
    return tuple(found)


def _resumed(way: Way) -> Any:
    """Note a way as WeasyPrint does."""
    found: Any = None
    for place in reversed(way):
        found = {place: found}
    return found


def _mark_once(page: Any, marked: set[tuple[Any, str]]) -> None:
    """Let an element that stands on several pages have one bookmark."""
    for child in page.descendants():
        if child.bookmark_label:
            mark = child.element, pseudo(child)
            if mark in marked:
                child.bookmark_label = ""
            marked.add(mark)
