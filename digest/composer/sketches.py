"""By which letters an article is known again when its head, its file and some of its text have changed.

A sketch keeps the smallest hashes of an article's shingles, so that two texts share about as large a part of their
sketches as of their text (bottom-k sketches: Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from heapq import nsmallest
from zlib import crc32

from digest.composer.scripts import bare
from digest.model import Article

# Eight hashes of 32 bits are 64 characters in the plan; two strangers share one of them in a million cases.
HASHES = 8
# Four letters in a row are hardly ever in two articles by chance; one wrong letter spoils but four shingles.
SHINGLE = 4
# Where half of the hashes are the same, about a third of all the shingles are: it is the same article, much mended.
ENOUGH = HASHES // 2


def sketch(article: Article) -> str:
    """Give an article's sketch as hexadecimal digits, eight for each hash; an article of three letters has one."""
    text = "".join((article.title, *(block.text for block in article.blocks)))
    letters = bare(text)
    shingles = {letters[at : at + SHINGLE] for at in range(max(1, len(letters) - SHINGLE + 1))}
    return "".join(f"{value:08x}" for value in nsmallest(HASHES, {crc32(part.encode()) for part in shingles}))


def shared(one: str, other: str) -> float:
    """Say how many hashes two sketches share, as if each had all of them: a short text's few count for more."""
    first, second = _hashes(one), _hashes(other)
    return HASHES * len(first & second) / max(1, min(HASHES, max(len(first), len(second))))


def _hashes(text: str) -> set[str]:
    return {text[at : at + 8] for at in range(0, len(text), 8)}
