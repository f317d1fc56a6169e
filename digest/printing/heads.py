"""Parts the heads of a part of a book into words before it is laid out, so that whoever does that needs no dictionary.

A dictionary takes 40 MB and a tenth of a second, in each process. Which texts are heads the style sheets say, when it
is too late: so all are parted that may be. What is none of them is parted where it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from digest.addresses import address
from digest.apprentice import APPRENTICE
from digest.cache import kept
from digest.printing.skeleton import TAG
from digest.typesetting.characters import has_han

NAMED = re.compile(r"<(?:h[1-6]|(?:p|div|span)\s[^>]*class=)")
PLAIN = re.compile(r"<(?:p|div|span|h|li>)")  # as in a summary; the lines of a contents bear a name
SPACE = re.compile(r"[ \t\r\n]+")
# Characters of what may be a head: by its name a summary of a chapter is, without one it is short.
LONGEST, LONGEST_PLAIN = 2_000, 60
FEW = 60  # pieces of text in an element: what stands around whole articles has more


def words(html: str) -> Mapping[str, tuple[str, ...]]:
    """Give the words of each text in some HTML that may be a head of Chinese."""
    texts = [*filter(has_han, dict.fromkeys(_heads(html)))]

    def made(unknown: Sequence[str]) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = APPRENTICE.get().done("digest.words:each_parted", unknown)
        return found

    return dict(zip(texts, kept("words", tuple[str, ...], texts, _name, made), strict=True))


def _name(text: str) -> bytes:
    return address("words", text)


def _heads(html: str) -> Iterator[str]:
    """Give what stands in elements that may be heads, as it is set: without what marks a part of it."""
    texts: list[str] = []
    around: list[tuple[int, int]] = []
    body = html[html.find("<body") :]
    for tag, text in zip(TAG.findall(body), TAG.split(body)[1:], strict=True):
        if tag.startswith("</") and around:
            begin, longest = around.pop()
            if longest and len(texts) - begin <= FEW:
                head = SPACE.sub(" ", unescape("".join(texts[begin:]))).strip(" ")
                yield from [head] if 0 < len(head) <= longest else []
        elif not tag.endswith("/>") and not tag.startswith("<!"):
            longest = LONGEST if NAMED.match(tag) else LONGEST_PLAIN if PLAIN.match(tag) else 0
            around.append((len(texts), longest))
        if text:
            texts.append(text)
