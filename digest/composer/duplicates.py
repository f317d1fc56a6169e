"""Which articles are the same story: on two pages or in two papers, cut, lightly edited or read by two OCRs.

Candidates have MinHash signatures in common (Broder, "On the resemblance and containment of documents", 1997; Indyk &
Motwani, "Approximate nearest neighbors", STOC 1998; signatures after Dahlgaard et al., "Fast similarity sketching",
FOCS 2017). Each is then judged by the texts themselves: how much of the shorter stands in the fuller, and, of short
items, whether what differs is damage or other facts in the same frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import compress, groupby
from math import sqrt

from digest.composer.scripts import bare
from digest.model import Article

# A shingle's letters: five of Han, kana or Hangul are two or three words, eight of an alphabet not quite two. Longer
# ones break when OCR damages both copies (5 % of the letters in each), shorter ones strangers share.
WIDE_SHINGLE = 5
NARROW_SHINGLE = 8
# A Chinese lottery notice is half digits, English news has no Han at all: a fifth of its opening tells them apart.
WIDE_SHARE = 0.2
OPENING = 400
# Of fewer than 15 Han or 24 Latin letters even identical ones say nothing: credits, stock phrases, pages without text.
SHORTEST_IDENTICAL = 3
# Of fewer than 40 Han or 64 Latin letters one changed word may be the whole news, so only identical ones are the same.
SHORTEST_JUDGED = 8
# Of stories damaged by 5 % in both copies 0.62 (English) to 0.95 is found; strangers of one desk share up to 0.3.
LEAST_SHARE = 0.6
# Damage and edits leave short gaps: what goes beyond three shingles in them is 3 % of a text at most (98 of 100 pairs).
# A follow-up repeats up to four fifths of the story before it, but 4 % and more are a lead and paragraphs of its own.
# In short texts one shingle more is 3 % already.
LONG_GAP = 3
MOST_OWN = 0.03
# Weather, prices, notices and reports in one form are below this; in longer ones the frame is a small part of the text.
LONGEST_FRAME = 1500
# Two copies with 5 % of damage in each agree in 84 % of their letters at least (99 of 100 pairs).
LEAST_AGREEMENT = 0.82
# Damage hits letters here and there: longer stretches are up to 5 % of a text (95 of 100 pairs), while other names and
# places in one frame are 6 to 25 %.
MOST_REPLACED = 0.06
# An editor changes a word in each two or three lines; other facts in one frame stand twice as near each other.
LETTERS_AN_EDIT = 80
# How far chance may go, in standard deviations: 1.5 finds 97 of 100 damaged short items, and takes 1 of 300 pairs of
# weather reports, captions, obituaries or court notices for the same; 2.5 finds 98, and takes 1 of 30.
CHANCE = 1.5
# Signatures of 512 numbers in bands of two find 98 of 100 pairs that share an eighth of all their shingles: an English
# story damaged in both copies, one of them cut to a third. Half the bands find 87.
SIGNATURE = 512
BANDS = 256
# Strangers share up to a fiftieth of all their shingles; half of an eighth leaves the estimate (0.015 off) some room.
LEAST_LIKENESS = 0.06
# Any seed does; always the same one gives always the same candidates.
SEED = 1
# A story's copies stand near each other in length, so the fuller ones' shingles are asked for again soon; papers that
# say everything in the same sentences have some hundred stories near each other.
SHINGLES_AT_HAND = 256

# Taking marks out first spares NFKC most of its work; accents on their own stay until it has joined them with letters.
_MARKS = re.compile(r"[^\w\u0300-\u036f\u3099\u309a]+")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that another says as well, by their positions, and how much of its text the kept one has."""

    kept: int
    other: int
    share: float


def duplicates(articles: Sequence[Article]) -> tuple[Duplicate, ...]:
    """Find the articles to leave out, each with the fuller one that stays, in the order of their positions.

    What stays is never itself left out, and always has the other's text: a story that only resembles one left out
    stays too.
    """
    if len(articles) < 2:
        return ()
    return tuple(sorted(_found([letters(article) for article in articles]), key=lambda found: found.other))


def letters(article: Article) -> str:
    """Give the letters and digits of an article's body, as if every paper set them alike."""
    return bare(_MARKS.sub("", "\n".join(block.text for block in article.blocks)))


def shingles(text: str) -> list[str]:
    """Give every stretch of a shingle's length in a text of letters, one for each place where one begins."""
    size = shingle_size(text)
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def shingle_size(text: str) -> int:
    """Tell how many letters make a shingle: fewer where a letter is a syllable or a word."""
    opening = text[:OPENING]
    wide = len(opening) - len(_WIDE.sub("", opening))
    return WIDE_SHINGLE if wide >= WIDE_SHARE * len(opening) else NARROW_SHINGLE


def gaps(text: Sequence[str], fuller: frozenset[str]) -> Iterator[int]:
    """Give the lengths of a text's stretches that stand in no shingle of the fuller one; both are given as shingles."""
    size = len(text[0])
    end = 0
    for at in compress(range(len(text)), map(fuller.__contains__, text)):
        if at > end:
            yield at - end
        end = at + size
    if (rest := len(text) + size - 1 - end) > 0:
        yield rest


def same_facts(fuller: str, text: str, *, in_frame: bool = False) -> bool:
    """Tell damage and edits from other facts in the same frame, by what of a text the fuller one has not in its place.

    Damage hits figures as often as other letters, and seldom two letters in a row; other facts are figures and words.
    Where several that stay have the same frame (`in_frame`), only what has all the facts of one is the same.
    """
    agrees = _agreement(fuller, text)
    missing = agrees.count(False)
    figures = [same for letter, same in zip(text, agrees, strict=True) if letter.isnumeric()]
    changed = figures.count(False)
    stretches = [length for same, run in groupby(agrees) if not same and (length := sum(1 for _ in run)) > 1]
    damage = (missing - changed) / max(1, len(text) - len(figures))
    by_chance = damage * (len(figures) + missing - changed)
    most = max(1.0, by_chance + CHANCE * sqrt(by_chance) + len(text) / LETTERS_AN_EDIT)
    return (
        missing <= (1 - LEAST_AGREEMENT) * len(text)
        and sum(stretches) <= MOST_REPLACED * len(text)
        and changed + len(stretches) <= (0 if in_frame else most)
    )


def _agreement(fuller: str, text: str) -> list[bool]:
    """Tell of each letter whether the fuller text has it in its place."""
    agrees = [False] * len(text)
    for match in SequenceMatcher(None, fuller, text, autojunk=False).get_matching_blocks():
        agrees[match.b : match.b + match.size] = [True] * match.size
    return agrees


def _found(bodies: Sequence[str]) -> Iterator[Duplicate]:
    """Give each article that is left out, whose text is one that stays, or stands in one."""
    order = _fullest_first(bodies)
    first = {bodies[at]: at for at in reversed(order)}
    texts = [body for body in dict.fromkeys(bodies[at] for at in order) if _is_judged(body)]
    keepers = {text: (texts[place], share) for text, (place, share) in zip(texts, _keepers(texts), strict=True)}
    for at in order:
        text, share = keepers.get(bodies[at], (bodies[at], 1.0))
        if first[text] != at:
            yield Duplicate(first[text], at, share)


def _fullest_first(bodies: Sequence[str]) -> list[int]:
    """Give the positions of what is long enough to be told again, the fullest first, of equals the earlier."""
    enough = (at for at, body in enumerate(bodies) if len(body) >= SHORTEST_IDENTICAL * shingle_size(body))
    return sorted(enough, key=lambda at: (-len(bodies[at]), at))


def _is_judged(body: str) -> bool:
    return len(body) >= SHORTEST_JUDGED * shingle_size(body)


def _keepers(texts: Sequence[str]) -> list[tuple[int, float]]:
    """Give for each of different texts, the fullest first, the place of the one that stays, and the share of it there.

    What resembles a text left out is held against the one that stays for it.
    """

    @lru_cache(SHINGLES_AT_HAND)
    def known(place: int) -> frozenset[str]:
        return frozenset(shingles(texts[place]))

    keepers: list[tuple[int, float]] = []
    for here, candidates in enumerate(_candidates(map(shingles, texts))):
        fuller = {keepers[candidate][0] for candidate in candidates}
        own = shingles(texts[here]) if fuller else []
        shares = {place: _share(own, known(place)) for place in sorted(fuller)}
        near = [place for place in shares if shares[place] >= LEAST_SHARE]
        nearest = max(near, key=shares.__getitem__, default=here)
        tells = nearest != here and _tells(texts[nearest], texts[here], in_frame=len(near) > 1)
        keepers.append((nearest, shares[nearest]) if tells else (here, 1.0))
    return keepers


def _tells(fuller: str, text: str, *, in_frame: bool) -> bool:
    """Tell whether a fuller text that has most of another has its facts too."""
    return len(fuller) > LONGEST_FRAME or same_facts(fuller, text, in_frame=in_frame)


def _share(text: Sequence[str], fuller: frozenset[str]) -> float:
    """Give the share of a text that the fuller one has; none where the text has news of its own: that soon shows."""
    size = len(text[0])
    length = len(text) + size - 1
    missing = own = 0
    for gap in gaps(text, fuller):
        missing += gap
        own += max(0, gap - LONG_GAP * size)
        if own > max(size, MOST_OWN * length):
            return 0.0
    return 1 - missing / length


def _candidates(texts: Iterable[Sequence[str]]) -> Iterator[list[int]]:
    """Give for each text, by its shingles, the places of those before it that may have enough of it."""
    # Here, because a program that only shows its help needs no compiled library.
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=LEAST_SHARE, num_perm=SIGNATURE, num_bands=BANDS)
    signatures: list[RMinHash] = []
    for place, text in enumerate(texts):
        signature = RMinHash(num_perm=SIGNATURE, seed=SEED)
        signature.update(text)
        near = index.query(signature)
        yield [other for other in near if signature.jaccard(signatures[other]) >= LEAST_LIKENESS]
        index.insert(place, signature)
        signatures.append(signature)
