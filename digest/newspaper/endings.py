"""How texts end: as a sentence does, or with a signature, a credit or a jump line after it."""

from __future__ import annotations

from functools import lru_cache

from digest.newspaper.bylines import may_be_signed, split_byline, split_credit
from digest.newspaper.furniture import split_jump_to

# A dot ends a sentence too: on English pages, and where OCR took 。 for it.
ENDS = tuple("。！？!?…｡.")
_BRACKETS = tuple(")）")
CLOSERS = "”’」』》）)\"' "


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(CLOSERS)[-1:] in ENDS


# Asked of each row again by the rows beside it.
@lru_cache(maxsize=8192)
def is_closed(text: str) -> bool:
    """Tell whether a text ends as a sentence, a signed story or a credited caption does."""
    return ends_sentence(text) or (
        may_be_signed(text) and any(split(text)[1] for split in (split_byline, split_credit, split_jump_to))
    )


def is_closed_over(above: str, text: str) -> bool:
    """Tell whether a row ends its text, alone or with the row above: a signature may be cut between two names."""
    if is_closed(text):
        return True
    return text.rstrip()[-1:] in _BRACKETS and any(is_closed(above + gap + text) for gap in ("", " "))
