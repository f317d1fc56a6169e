"""Makes the pages of a part one after the other, so that those which are drawn need not be kept until the last is made.

It does what weasyprint.layout.layout_document does, version 70.0, for pages that say nothing of other ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from weasyprint import DEFAULT_OPTIONS, layout
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page, get_html_metadata
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout.page import make_all_pages


class Unsettled(Exception):  # noqa: N818 - it is no error, and never seen
    """A page says something of another one: all have to be there before any can be drawn."""


def stretches(html: Any, fonts: Any, sheets: Sequence[Any], length: int) -> Iterator[Document]:
    """Give so many pages at a time, each time as a document; raises Unsettled, at any time, where that cannot be done.

    `html` is WeasyPrint's, `fonts` a FontConfiguration, and `sheets` are CSS.
    """
    told = DocumentMetadata(**get_html_metadata(html))
    pages = _pages(html, fonts, sheets)
    while stretch := [*islice(pages, length)]:
        yield Document(stretch, told, html.url_fetcher, fonts, {}, None)


def _pages(html: Any, fonts: Any, sheets: Sequence[Any]) -> Iterator[Page]:
    counters = CounterStyle()
    options = {**DEFAULT_OPTIONS, "stylesheets": sheets}
    context = Document._build_layout_context(html, fonts, counters, {}, options)
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    layout.initialize_page_maker(context, root)
    marked: set[tuple[Any, str]] = set()
    for number, box in enumerate(make_all_pages(context, root, html, []), start=1):
        if context.target_collector.counter_lookup_items or box.fixed_boxes:
            raise Unsettled
        _mark_once(box, marked)
        _finish(box, number, context)
        yield Page(box)
    if any(state["content_changed"] or state["pages_wanted"] for *_, state in context.page_maker):
        raise Unsettled


def _mark_once(page: Any, marked: set[tuple[Any, str]]) -> None:
    """Let an element that stands on several pages have one bookmark."""
    for child in page.descendants():
        if child.bookmark_label:
            _, _, pseudo = child.element_tag.partition("::")
            mark = child.element, pseudo if pseudo in ("before", "after") else ""
            if mark in marked:
                child.bookmark_label = ""
            marked.add(mark)


def _finish(page: Any, number: int, context: Any) -> None:
    """Give a page what stands around its text."""
    root, *areas = page.children
    context.current_page = number
    around = layout.make_margin_boxes(context, page, context.page_maker[number][3])
    page.children = (root, *(area for area in areas if area.children), *around)
    layout.layout_backgrounds(page, context.get_image_from_uri)
