"""Says where a Chinese or Japanese head may break: no single character is left over on its last line."""

from __future__ import annotations

import re

KEPT = 3  # characters that go to the last line together
SHORTEST = 8  # a head of fewer characters fits on a line anyhow
# Han and kana, and the marks that stand among them: these alone break anywhere.
WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CLOSING = "”’）》〉」』】〕，。、；：！？…—"
OPENING = "“‘（《〈「『【〔"
# The last characters, each with the marks that cling to it; what comes before them ends in a character too.
ENDING = re.compile(rf"(?<=[{WIDE}{CLOSING}])(?:[{OPENING}]*[{WIDE}][{CLOSING}]*){{{KEPT}}}$")


def ending(head: str) -> str:
    """Give the last characters of a head that are kept on one line, or nothing where there is no need."""
    found = ENDING.search(head)
    return found[0] if found and len(head) >= SHORTEST else ""
