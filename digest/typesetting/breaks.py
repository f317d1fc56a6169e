"""Says where a Chinese line may break: between which two characters, and by how strict a rule."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from digest.typesetting.characters import CLOSING, DASHES, GLUE, Kind, kind


class Strictness(Enum):
    """The levels of CSS Text 3, `line-break`; CLREQ's strict rule is the one that books follow."""

    LOOSE = "loose"
    NORMAL = "normal"
    STRICT = "strict"


# What starts a line by no rule but the loosest: CSS Text 3, 5.3, and the Chinese cases of W3C's i18n-tests.
FREE_WHEN_LOOSE = frozenset(
    "\u3005\u303b\u309d\u309e\u30fd\u30fe"  # iteration marks
    "\u2024\u2025\u2026\u22ef\ufe19\U00010af6"  # leaders and ellipses
    "・：；･‼⁇⁈⁉！？"
    "°‰′″‵℃℉﹪％￠"  # what follows a number
)
# What joins two words or numbers; CLREQ lets none start a line (连接号), nor a dash or an ellipsis in its strict rule.
FREE_UNLESS_STRICT = frozenset("‐–〜゠～" + DASHES)
# Pango knows these, but for `·`, which it takes for a letter, and for quotation marks, beside which it never breaks.
NEVER_FIRST = (frozenset(CLOSING + "·‧•／") | {"\uff61", "\uff64"}) - FREE_WHEN_LOOSE


def may_start(char: str, strictness: Strictness) -> bool:
    """Whether a line may start with this character."""
    if char in NEVER_FIRST:
        return False
    if char in FREE_WHEN_LOOSE:
        return strictness is Strictness.LOOSE
    return char not in FREE_UNLESS_STRICT or strictness is not Strictness.STRICT


@lru_cache(maxsize=65536)  # the pairs of a book
def may_break(before: str, after: str, strictness: Strictness) -> bool | None:
    """Whether a line may end between two characters, or None where Unicode's rules, which Pango knows, are right."""
    first, second = kind(before), kind(after)
    if first is Kind.OPENING or before in GLUE or second is Kind.GLUE or not may_start(after, strictness):
        return False
    if first is second and first in (Kind.DASH, Kind.DOTS):
        return False  # —— and …… are one mark
    if second is Kind.OPENING:
        # “ after a letter may be half of English.
        return True if first is not Kind.LATIN and first is not Kind.SPACE and first is not Kind.OTHER else None
    if first is Kind.CLOSING and before != "’":  # which is an apostrophe too
        return True if second in (Kind.HAN, Kind.LATIN) else None
    if second is Kind.HAN and (before == "’" or first in (Kind.DASH, Kind.DOTS)):
        return True
    # Where the rule is loosened, Pango still holds on to the stricter one.
    loosened = after in FREE_WHEN_LOOSE or after in FREE_UNLESS_STRICT
    return True if loosened and first is Kind.HAN and second is not Kind.DASH else None


def ending(text: str) -> int:
    """Give how many of a paragraph's last characters stay on one line, so that no character has the last for itself.

    They are its last two Han characters with the marks that cling to them (CLREQ, 孤字), or all that there is between.
    """
    end = len(text.rstrip())
    last = end - 1
    while last > 0 and kind(text[last]) in (Kind.CLOSING, Kind.DOTS, Kind.DASH):
        last -= 1
    if last < 2 or kind(text[last]) is not Kind.HAN:
        return 0
    before = last - 1
    while before > 0 and kind(text[before]) in (Kind.CLOSING, Kind.OPENING):
        before -= 1
    return len(text) - before if kind(text[before]) is not Kind.SPACE else 0
