"""Shortcuts for the tags of a PDF: most are those of blocks and lines of text, and are written once they are known.

They are the elements, in the order, that WeasyPrint 70.0 gives (weasyprint.pdf.tags._build_box_tree).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import BlockBox, InlineBox, LineBox, TextBox
from weasyprint.pdf import tags

# What WeasyPrint has rules of its own for.
SPECIAL = frozenset(("LI", "TD", "TH", "TR", "Table", "Figure", "Link"))
PASSED_OVER = frozenset(("html", "body"))


class Written(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object of a PDF that says what it always will."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.written = data

    @property
    def data(self) -> bytes:
        """Give the object as it is written."""
        return self.written


class Tag(pydyf.Dictionary):  # type: ignore[misc]
    """The tag of a box, which has five entries, as WeasyPrint looks them up, and is written at once."""

    def __init__(self, kind: str, page: bytes, parent: bytes) -> None:
        self.kids = pydyf.Array()
        super().__init__({"Type": "/StructElem", "S": f"/{kind}", "K": self.kids, "Pg": page, "P": parent})

    @property
    def data(self) -> bytes:
        """Give the tag as it is written."""
        parts = self["S"].encode(), b" ".join(self.kids), self["Pg"], self["P"]
        return b"<</Type /StructElem/S %b/K [%b]/Pg %b/P %b>>" % parts


def build_box_tree(
    box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, bytes], annotations: Any, texts: dict[Any, Any]
) -> Iterable[Any]:
    """Give the tag of a box, with those of all that is in it."""
    tag = _plain_tag(box)
    if not tag:
        return TREE(box, parent, pdf, page, nums, annotations, texts)  # type: ignore[no-any-return]
    on = pdf.page_references[page]
    element = Tag(tag, on, parent.reference)
    pdf.add_object(element)
    own, kids = element.reference, element.kids
    for child in box.children:
        for each in child.children if isinstance(child, LineBox) else (child,):
            if isinstance(each, TextBox):
                kids.append(_text(texts.pop(each), pdf, on, own, nums))
            else:
                found = tags._build_box_tree(each, element, pdf, page, nums, annotations, texts)
                place = len(kids)
                kids[place:place] = [inner.reference for inner in found]
    return (element,)


TREE = tags._build_box_tree


def _plain_tag(box: Any) -> str:
    """Give the tag of a box for which there is no other rule, or nothing."""
    if type(box) is not BlockBox and type(box) is not InlineBox:
        return ""
    name = None if box.element is None else box.element_tag
    if name in PASSED_OVER or box.link_annotation or box.widget_annotation:
        return ""
    tag: str = tags._get_pdf_tag(name)
    return "" if tag in SPECIAL else tag


def _text(kid: dict[str, Any], pdf: Any, page: bytes, parent: bytes, nums: dict[int, bytes]) -> bytes:
    """Add the tag of a text; give its reference."""
    number = kid["mcid"]
    tag = kid["tag"].encode()
    text = Written(b"<</Type /StructElem/S /%b/K [%d]/Pg %b/P %b>>" % (tag, number, page, parent))
    pdf.add_object(text)
    nums[number] = reference = text.reference
    return reference  # type: ignore[no-any-return]


TAGGING: tuple[tuple[Any, str, Callable[..., Any]], ...] = ((tags, "_build_box_tree", build_box_tree),)
