"""Marks and spaces as a Chinese page prints them; never a word changed.

`fold` takes away all that cleaning may touch, so that `fold(clean(text)) == fold(text)` holds for any text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from digest.newspaper.bylines import lead_end
from digest.newspaper.lines import is_wide

FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", ".": "。"}
_PAIRS = {"(": "（", ")": "）"}
_HALF_WIDTH = re.compile(f"[{re.escape(''.join(FULL | _PAIRS))}]")
_QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
_FOLDED = str.maketrans(
    {**{full: half for half, full in (FULL | _PAIRS).items()}, **dict.fromkeys("“”", '"'), **dict.fromkeys("‘’", "'")}
)

# An address is copied letter by letter: nothing in it is ours to mend.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    re.ASCII,
)
# A space between the halves of a slogan is meant: “凝心铸魂强党性 牢记嘱托谱新篇”. Halves shorter than this are wraps.
_HALF = 3
# Marks that stand between a mark and the words that say which script it belongs to, and how far those can be.
_PASSED_OVER = ",:;!?.()\"'，：；！？。（）“”‘’、…—《》〈〉「」『』"
_NEAR = 8
# No half of a headline ends with a word that binds what follows; so many characters beside a space say what it parts.
_BINDS = frozenset("的地得让讓把被将將和与與及对對为為在向从從以使由给給并並而于於")
_SIDE = 2
# No slogan is longer.
_SLOGAN = 40


def fold(text: str) -> str:
    """Reduce a text to what no cleaning may touch: without spaces, half-width marks, straight quotes."""
    return re.sub(r"\s+", "", text.translate(_FOLDED))


def clean(text: str) -> str:
    """Mend a paragraph of body text: marks, quotes, and every space that is not meant."""
    return close_spaces(pair_quotes(full_width(_one_space(text))))


def clean_head(text: str, story: str = "") -> str:
    """Mend a headline: as `clean`, but the space between its halves stays, unless only an old line ended there.

    That shows where the first half cannot end (学习党的 二十大精神), or where the `story` has both sides in one.
    """
    head = pair_quotes(full_width(_one_space(text)))
    if " " not in head:
        return head
    return "".join(char for at, char in enumerate(head) if char != " " or not _is_wrap(head, at, story))


def _is_wrap(head: str, at: int, story: str) -> bool:
    before, after = head[max(0, at - _SIDE) : at], head[at + 1 : at + 1 + _SIDE]
    if not (_is_han(before[-1:]) and _is_han(after[:1])):
        return False
    return before[-1] in _BINDS or (len(before) == len(after) == _SIDE and before + after in story)


def _one_space(text: str) -> str:
    return " ".join(text.split())


def full_width(text: str) -> str:
    """Widen `, : ; ! ? ( ) .` that stand in Han text; numbers, times, addresses and Latin keep theirs."""
    marks = [mark.start() for mark in _HALF_WIDTH.finditer(text)]
    if not marks:
        return text
    kept = _in_addresses(text)
    chars = list(text)
    for at in marks:
        if text[at] in FULL and at not in kept and _in_han(text, at):
            chars[at] = FULL[text[at]]
    for opening, closing in _brackets(text, marks):
        if opening not in kept and _bracket_in_han(text, opening, closing):
            chars[opening], chars[closing] = _PAIRS["("], _PAIRS[")"]
    return "".join(chars)


def _in_addresses(text: str) -> set[int]:
    """Give the places that stand in an address; none does without one of its signs, which are found much faster."""
    if not any(sign in text for sign in ("@", "://", "www.")):
        return set()
    return {at for address in _ADDRESS.finditer(text) for at in range(*address.span())}


def pair_quotes(text: str) -> str:
    """Turn straight quotes of a Han text into “ ” and ‘ ’, opening and closing in turn."""
    if not _has_straight(text) or not _has_han(text):
        return text
    chars = list(text)
    for straight, (opening, closing) in _QUOTES.items():
        inside = False
        for at in _places(straight, text):
            if _is_latin_quote(text, at) and not inside:
                continue
            inside = _opens(text, at, inside)
            chars[at] = opening if inside else closing
    return "".join(chars)


def has_odd_quotes(text: str) -> bool:
    """Tell whether a straight quote of a Han text has no partner, so that pairing was a guess."""
    if not _has_straight(text) or not _has_han(text):
        return False
    return any(sum(not _is_latin_quote(text, at) for at in _places(straight, text)) % 2 for straight in _QUOTES)


def _places(mark: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(mark), text)] if mark in text else []


def _has_straight(text: str) -> bool:
    return any(straight in text for straight in _QUOTES)


def close_spaces(text: str) -> str:
    """Take out the spaces of Han text, but for those after a lead and between the halves of a quoted slogan."""
    text = _one_space(text)
    if " " not in text:
        return text
    # In a lead's bracket a space parts names, and the one after it is meant.
    start = lead_end(text)
    start += text[start : start + 1] == " " and start > 0
    spaces = [at for at in _places(" ", text) if at >= start and _is_stray(text, at)]
    return "".join(text[before + 1 : at] for before, at in pairwise((-1, *spaces, len(text))))


def _is_stray(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return True
    if not (is_wide(before) or is_wide(after)):
        return False
    return not _divides_a_slogan(text, at)


def _divides_a_slogan(text: str, at: int) -> bool:
    left = re.search(r"[“\"《‘「『]([^“”\"《》‘’「」『』，。；,;]*)$", text[max(0, at - _SLOGAN) : at])
    right = re.match(r"([^“”\"《》‘’「」『』，。；,;]*)[”\"》’」』]", text[at + 1 : at + _SLOGAN])
    if not left or not right:
        return False
    halves = (left[1].split(" ")[-1], right[1].split(" ")[0])
    return all(len(half) >= _HALF for half in halves)


def _in_han(text: str, at: int) -> bool:
    """Tell whether a mark belongs to Han text: the nearest word beside it is Han, and it stands in no number."""
    if text[at] != "." and at and _is_han(text[at - 1]):
        return True  # as nearly every mark of a Chinese page
    before, after = _words_beside(text, at, at)
    if text[at] == ".":
        # A dot stands in numbers, names and Latin too: it is a stop only right after Han and before nothing else.
        return _is_han(_beside(text, at)[0]) and (not after or _is_han(after))
    if before.isdigit() and after.isdigit():
        return False
    return _is_han(before) or _is_han(after)


def _words_beside(text: str, first: int, last: int) -> tuple[str, str]:
    """The word characters next to a stretch of text, marks and spaces passed over; "" where none is near."""
    return _word(text, range(first - 1, -1, -1)), _word(text, range(last + 1, len(text)))


def _word(text: str, places: range) -> str:
    passed_over = 0
    for at in places:
        if text[at] in _PASSED_OVER:
            passed_over += 1
            if passed_over == _NEAR:
                break
        elif text[at] != " ":
            return text[at]
    return ""


def _is_han(char: str) -> bool:
    return char.isalpha() and is_wide(char)


def _bracket_in_han(text: str, opening: int, closing: int) -> bool:
    return any(map(_is_han, _words_beside(text, opening, closing))) or _has_han(text[opening:closing])


def _brackets(text: str, marks: Iterable[int]) -> list[tuple[int, int]]:
    pairs, waiting = [], []
    for at in marks:
        if text[at] == "(":
            waiting.append(at)
        elif text[at] == ")" and waiting:
            pairs.append((waiting.pop(), at))
    return pairs


def _has_han(text: str) -> bool:
    return any("CJK" in unicodedata.name(char, "") for char in text)


def _is_latin_quote(text: str, at: int) -> bool:
    """An apostrophe (it's), a prime (5'6"), a quote within Latin words."""
    if text[at] == "'":
        return not any(map(_is_han, _words_beside(text, at, at)))
    before, after = _beside(text, at)
    return before.isdigit() and after != "" and not is_wide(after)


def _beside(text: str, at: int) -> tuple[str, str]:
    """The characters beside one, a space passed over; "" at the text's ends."""
    return text[max(0, at - 2) : at].strip()[-1:], text[at + 1 : at + 3].strip()[:1]


def _opens(text: str, at: int, inside: bool) -> bool:
    """Decide whether the quote at `at` opens: in turn, unless its neighbours leave no doubt."""
    before, after = _beside(text, at)
    if not before or before in "：:（(《":
        return True
    if not after or after in "，,。；;：:）)》、":
        return False
    return not inside
