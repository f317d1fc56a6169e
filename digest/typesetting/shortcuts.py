"""Functions of WeasyPrint that give what they gave, sooner: most boxes of a book ask for what one like them has had.

A style is shared by many boxes. What follows from it alone is worked out once, and is kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf
from typing import Any

import pydyf
from cssselect2.tree import ElementWrapper
from weasyprint import layout
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import BlockBox, Box, LineBox, ParentBox, TextBox
from weasyprint.layout import absolute, background, block, column, inline, page, preferred, table
from weasyprint.layout import float as floats
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import strut

CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
SIDES = ("left", "right", "top", "bottom")
LENGTHS = frozenset(
    (
        *(f"{space}_{side}" for space in ("margin", "padding") for side in SIDES),
        *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
    )
)
# What says which width a border has, and which width that is.
BORDERS = {f"border_{side}_{how}": f"border_{side}_width" for side in SIDES for how in ("style", "width")}
# The lengths of a box whose style sets none of them.
UNSET = {
    **dict.fromkeys(LENGTHS, 0),
    **dict.fromkeys(BORDERS.values(), 0),
    **dict.fromkeys(("width", "height"), "auto"),
    **dict.fromkeys(("max_width", "max_height"), inf),
}


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the lengths of a box: nothing of what it stands in matters where none is a percentage of that."""
    # The styles of items are changed while they are laid out, and a placeholder is not the box that it stands for.
    if box.is_flex_item or box.is_grid_item or not isinstance(box, Box):
        RESOLVE(box, containing_block)
        return
    style = box.style
    known = style.__dict__.get("resolved")
    if known is None:
        known = style.resolved = _resolved(style)
    if known:
        box.__dict__.update(known)
    else:
        RESOLVE(box, containing_block)


RESOLVE = block.resolve_percentages


def _resolved(style: Any) -> dict[str, Any]:
    """Give the lengths of a style's boxes, or nothing where they depend on what they stand in."""
    if style["border_collapse"] == "collapse" or _is_logical(style) or style["box_sizing"] != "content-box":
        return {}  # the borders are those of a table, or lengths have to be counted together
    found = dict(UNSET)
    # What is there already may have been put there, as for a first letter.
    there = style.keys() | cascaded_of(style).keys()
    for name in LENGTHS & there:
        value = style[name]
        if value != "auto" and getattr(value, "unit", "") != "px":
            return {}
        found[name] = value if value == "auto" else value.value
    for name in BORDERS.keys() & there:
        found[BORDERS[name]] = style[BORDERS[name]]
    for name in ("min_width", "min_height"):
        found[name] = 0 if found[name] == "auto" else found[name]
    return found


def cascaded_of(style: Any) -> Mapping[str, Any]:
    """Give what a sheet says of a style's boxes; it says nothing of those without an element."""
    found: Mapping[str, Any] = style.__dict__.get("cascaded", {})
    return found


def strut_of(style: Any) -> tuple[float, float]:
    """Give the height of a style's lines and their baseline."""
    found: tuple[float, float] | None = style.__dict__.get("strut")
    if found is None:
        found = style.strut = strut(style)
    return found


def page_values(box: Any) -> tuple[str, str]:
    """Give the pages that a box begins, and ends, on: the first and the last of those in it are asked, not all."""
    start, end = box.style["page"], box.style["page"]
    if type(box) is LineBox and box.children and type(box.children[0]) is type(box.children[-1]) is TextBox:
        return start, end  # as texts have it from their line
    first = next((child for child in box.children if child.is_in_normal_flow() or child.is_floated()), None)
    if first is None:
        return start, end
    last = next(child for child in reversed(box.children) if child.is_in_normal_flow() or child.is_floated())
    begins, ends = first.page_values()
    if last is not first:
        _, ends = last.page_values()
    return begins or start, ends or end


def is_in_normal_flow(box: Any) -> bool:
    """Whether a box is placed where it stands in its text."""
    style = box.style
    return style["float"] == "none" and style["position"] in ("static", "relative")


def establishes_formatting_context(box: Any) -> bool:
    """Whether what is in a box is laid out apart from what is around it."""
    # What floats in its style may not as an item.
    if type(box) is not BlockBox or box.is_flex_item or box.is_grid_item or box.is_column:
        return ESTABLISHES(box)
    style = box.style
    return (
        style["float"] in FLOATS
        or style["position"] in ("absolute", "fixed")
        or style["overflow"] != "visible"
        or "flow-root" in style["display"]
    )


ESTABLISHES: Callable[[Any], bool] = Box.establishes_formatting_context
FLOATS = ("left", "right", "inline-start", "inline-end")


def get_clearance(context: Any, box: Any, direction: str, collapsed_margin: float = 0) -> float | None:
    """Give how far a box moves to be clear of floats; where none is there, it does not."""
    if context.excluded_shapes or context.broken_out_of_flow:
        return CLEARANCE(context, box, direction, collapsed_margin)
    return None


CLEARANCE: Callable[..., float | None] = block.get_clearance


def avoid_collisions(context: Any, box: Any, within: Any, outer: bool = True) -> tuple[float, float, float]:
    """Give where a line may begin, and how wide it may be; where no float is there, it has all the room."""
    if outer or context.excluded_shapes or type(box) is not LineBox or within.style["direction"] != "ltr":
        return COLLISIONS(context, box, within, outer)
    left: float = within.content_box_x()
    begin, end = left + box.margin_left, left + within.width - box.margin_right
    return begin - box.margin_left, box.border_box_y() - box.margin_top, end - begin


COLLISIONS: Callable[..., tuple[float, float, float]] = inline.avoid_collisions


def collapse_margin(margins: list[float]) -> float:
    """Give the margin that adjoining ones become: the largest, less the most negative."""
    return max(0, *margins) + min(0, *margins) if margins else 0


def relative_positioning(box: Any, within: Any) -> None:
    """Move a box that stands elsewhere than in its place; lines of text do not."""
    if type(box) is not LineBox or type(box.style) is not AnonymousStyle:
        RELATIVE(box, within)
        return
    for child in box.children:
        if type(child) is not TextBox or type(child.style) is not AnonymousStyle:
            RELATIVE(child, within)


RELATIVE: Callable[[Any, Any], None] = block.relative_positioning


def descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Give a box and all that are in it, in their order."""
    boxes = [box]
    while boxes:
        each = boxes.pop()
        if isinstance(each, Box):
            yield each
            boxes.extend(reversed(each.children))
        elif placeholders:
            boxes.append(each._box)
        else:
            yield each


SHARP = {f"border_{corner}_radius": (0, 0) for corner in CORNERS}


def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Work out the background of a box; most have none."""
    if style is not None or box is page or not is_bare(box.style):
        BACKGROUNDS(page, box, get_image_from_uri, layout_children, style)
        return
    (box._box if isinstance(box, AbsolutePlaceholder) else box).__dict__.update(SHARP)
    for child in box.all_children() if layout_children else ():
        layout_box_backgrounds(page, child, get_image_from_uri)
    box.background = None


BACKGROUNDS = background.layout_box_backgrounds


# What makes a background, and all that is painted with it.
SHOWN = frozenset(
    (
        "border_image_source",
        "mask_border_source",
        "visibility",
        "background_image",
        "background_color",
        "box_shadow",
        *(f"border_{corner}_radius" for corner in CORNERS),
    )
)


def is_bare(style: Any) -> bool:
    """Whether a style has neither a background, nor round corners, nor pictures for borders."""
    found: bool | None = style.__dict__.get("bare")
    if found is None:
        is_said = not (SHOWN.isdisjoint(cascaded_of(style)) and SHOWN.isdisjoint(style))
        found = style.bare = style["visibility"] != "hidden" and (not is_said or _shows_nothing(style))
    return found


def _shows_nothing(style: Any) -> bool:
    return (
        style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and all((0, "px") in style[f"border_{corner}_radius"] for corner in CORNERS)
        and all(kind == "none" for kind, _ in style["background_image"])
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
    )


def shrink_to_fit(context: Any, box: Any, available: float) -> float:
    """Give the width of a box that is as wide as its content; how narrow it can be matters where that does not fit."""
    alone = _width_of_a_word(context, box)
    most: float = preferred.max_content_width(context, box, outer=False) if alone is None else alone
    return most if most <= available else SHRINK(context, box, available)


SHRINK: Callable[[Any, Any, float], float] = preferred.shrink_to_fit


def _width_of_a_word(context: Any, box: Any) -> float | None:
    """Give the width of a block that holds one word, or number, and nothing else, as those in an index do."""
    line: Any = box.children[0] if type(box) is BlockBox and len(box.children) == 1 else None
    text: Any = line.children[0] if type(line) is LineBox and len(line.children) == 1 else None
    if type(text) is not TextBox or not (text.text.isascii() and text.text.isalnum()):
        return None
    # Lines and texts without an element have no margins, borders or padding.
    if type(line.style) is not AnonymousStyle or type(text.style) is not AnonymousStyle:
        return None
    if box.style["width"] != "auto" or line.style["text_indent"] != NO_INDENT:
        return None
    spaced = text.justification_spacing
    *_, resume_at, width, _, _ = preferred.split_first_line(
        text.text, text.style, context, None, spaced, is_line_start=True, minimum=True
    )
    return preferred.adjust(box, False, width) if resume_at is None else None


NO_INDENT = INITIAL_VALUES["text_indent"]


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """Give the margin boxes of a page; none, where no rule is there for one."""
    styles = context.style_for.get_computed_styles()
    if any((page.page_type, keyword) in styles for keyword in MARGINS):
        yield from MARGIN_BOXES(context, page, state)


MARGIN_BOXES = layout.make_margin_boxes
MARGINS = tuple(
    f"@{place}"
    for place in (
        *(
            f"{side}-{at}"
            for side in ("top", "bottom")
            for at in ("left-corner", "left", "center", "right", "right-corner")
        ),
        *(f"{side}-{at}" for side in ("left", "right") for at in ("top", "middle", "bottom")),
    )
)


def computed_value(style: Any, key: str) -> Any:
    """Give the value of a property; most are those of the parent, or as they are in the beginning."""
    if key not in style.cascaded:
        if key in FROM_PARENTS and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        if key in FROM_BEGINNING and (key not in PHYSICAL_FUNCTIONS or not _is_logical(style)):
            value = style[key] = INITIAL_VALUES[key]
            return value
    return COMPUTE(style, key)


COMPUTE: Callable[[Any, str], Any] = ComputedStyle.__dict__["__missing__"]
# The others are propagated, depend on one another, or are worked out of what they are in the beginning.
SPECIAL = {key for key in INITIAL_VALUES if key.startswith("text_decoration_")} | {
    "page",
    "position",
    "float",
    "display",
}
FROM_PARENTS = frozenset(INHERITED) - SPECIAL - PHYSICAL_FUNCTIONS.keys()
FROM_BEGINNING = frozenset(INITIAL_VALUES) - INHERITED - INITIAL_NOT_COMPUTED - SPECIAL
LOGICAL = {name(block="ttb", inline=direction) for name in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")}


def _is_logical(style: Any) -> bool:
    """Whether a style says `margin-inline-start` and the like."""
    found: bool | None = style.__dict__.get("logical")
    if found is None:
        found = style.logical = not LOGICAL.isdisjoint(cascaded_of(style))
    return found


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Find the styles of a page: those of one before it that no rule could tell from it, if there is one."""
    kinds = style_for.__dict__.get("kinds")
    if kinds is None:
        kinds = style_for.kinds = None if counts_pages(style_for) else {}
    if kinds is None:
        PAGE_STYLES(page_type, html, style_for)
        return
    kind = page_type.side, page_type.blank, page_type.index == 0, page_type.name
    styles = style_for.get_computed_styles()
    if kind not in kinds:
        PAGE_STYLES(page_type, html, style_for)
        kinds[kind] = [(pseudo, style) for (element, pseudo), style in styles.items() if element == page_type]
    for pseudo, style in kinds[kind]:
        styles[page_type, pseudo] = style


PAGE_STYLES: Callable[[Any, Any, Any], None] = page.set_page_type_computed_styles


def counts_pages(style_for: Any) -> bool:
    """Whether a rule is for some pages by their number, as `@page :nth(2)`."""
    return any(
        selector[2].index is not None
        for sheet, *_ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for selector in selectors
    )


def to_bytes(item: Any) -> bytes:
    """Write a value as PDF does."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float and not item.is_integer():
        return f"{item:f}".rstrip("0").encode("ascii")
    return TO_BYTES(item)


TO_BYTES: Callable[[Any], bytes] = pydyf._to_bytes


def dictionary_data(dictionary: Any) -> bytes:
    """Write a dictionary."""
    return b"<<%b>>" % b"".join([b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in dictionary.items()])


def array_data(array: Any) -> bytes:
    """Write an array."""
    return b"[%b]" % b" ".join(map(to_bytes, array))


def indirect(item: Any) -> bytes:
    """Write an object with its number."""
    return b"%d %d obj\n%b\nendobj" % (item.number, item.generation, item.data)


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """Give the references of all pages, for which each box with a tag asks."""
    pages = pdf.pages["Kids"]
    known: tuple[int, tuple[bytes, ...]] = pdf.__dict__.get("referred", (0, ()))
    if known[0] != len(pages):
        pdf.referred = known = len(pages), REFERENCES.fget(pdf)
    return known[1]


REFERENCES: Any = pydyf.PDF.__dict__["page_references"]


def iter_next_siblings(element: Any) -> Iterator[Any]:
    """Give the elements behind one, without going through those before it (`:has(+ h3)` asks for the next alone)."""
    before = element
    for index in range(element.index + 1, len(element.etree_siblings)):
        before = type(element)(
            element.etree_siblings[index],
            parent=element.parent,
            index=index,
            previous=before,
            in_html_document=element.in_html_document,
        )
        yield before


# What is replaced, and by what; the functions are tried by what they are used for, tests/typesetting/test_shortcuts.
SHORTCUTS: tuple[tuple[Any, str, Callable[..., Any] | property], ...] = (
    *(
        (module, "resolve_percentages", resolve_percentages)
        for module in (absolute, block, column, floats, inline, page, table)
    ),
    (inline, "strut", strut_of),
    *((module, "shrink_to_fit", shrink_to_fit) for module in (absolute, floats, inline)),
    (ParentBox, "page_values", page_values),
    (Box, "is_in_normal_flow", is_in_normal_flow),
    (Box, "establishes_formatting_context", establishes_formatting_context),
    (Box, "descendants", descendants),
    (block, "get_clearance", get_clearance),
    (inline, "avoid_collisions", avoid_collisions),
    (block, "collapse_margin", collapse_margin),
    (block, "relative_positioning", relative_positioning),
    (background, "layout_box_backgrounds", layout_box_backgrounds),
    (layout, "make_margin_boxes", make_margin_boxes),
    (page, "set_page_type_computed_styles", set_page_type_computed_styles),
    (ComputedStyle, "__missing__", computed_value),
    (pydyf.PDF, "page_references", property(page_references)),
    (pydyf, "_to_bytes", to_bytes),
    (pydyf.Dictionary, "data", property(dictionary_data)),
    (pydyf.Array, "data", property(array_data)),
    (pydyf.Object, "indirect", property(indirect)),
    (ElementWrapper, "iter_next_siblings", iter_next_siblings),
)
