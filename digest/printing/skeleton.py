"""What is left of a part without its text: all that its style sheets can tell apart."""

from __future__ import annotations

import re
from html import unescape

from digest.printing.parts import Looks, Part

TAG = re.compile(r"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
# What is neither a tag nor text, and a drawing, whose text is none that is set.
NO_TEXT = re.compile("<(?:!|style|script|svg)", re.IGNORECASE)
# Lengths that depend on the size of the first page: CSS Values 4, 6.1.2, and WeasyPrint's own.
OF_PAGES = re.compile(r"\dp?v(?:w|h|i|b|min|max)\b")


def is_told_apart(part: Part, looks: Looks) -> bool:
    """Whether the pages of a part follow from its skeleton, and from the text that is set on them."""
    _, _, body = part.html.partition("<body")
    # Whether a number of a page can be filled in is seen by the whole part.
    return begins_anywhere(part, looks) and not part.folios and not NO_TEXT.search(body)


def begins_anywhere(part: Part, looks: Looks) -> bool:
    """Whether pages of a part can be made without its first one, as no length is a part of that one's."""
    return not any(map(OF_PAGES.search, (part.html, *(css for _, css in looks.sheets))))


def skeleton(html: str) -> str:
    """Give HTML with a mark for each text in its body: all that rules for elements can tell apart is still there."""
    head, tag, body = html.partition("<body")
    texts = TAG.split(tag + body)
    pairs = zip(texts, [*TAG.findall(tag + body), ""], strict=True)
    return head + "".join(("_" if unescape(text).strip() else text) + tag for text, tag in pairs)
