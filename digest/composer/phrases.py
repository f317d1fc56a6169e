"""The phrases that a chapter's articles share, scored by how well they would name it.

Candidates are n-grams of heads and openings: characters where words are not set apart, words elsewhere. A phrase is
whole where what stands before and after it varies (branching entropy: Jin & Tanaka-Ishii, "Unsupervised segmentation
of Chinese text by use of branching entropy", COLING/ACL 2006); a longer one is better than a part of it where both are
spread alike (as in the C-value of Frantzi, Ananiadou & Mima, "Automatic recognition of multi-word terms", IJDL 3,
2000). It names a chapter when the chapter's articles have it, best in their heads, and the others lack it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from math import fsum, log2

from digest.composer.grammar import VERB_HERALDS, is_empty, is_grammar, is_particle, nounness
from digest.composer.scripts import KATAKANA, closed, plain, stretches
from digest.model import Article

Phrase = str | tuple[str, ...]

# What a phrase's place in an article is worth. A kicker often says who rather than what, so it counts as opening.
HEAD, OPENING, BODY = 1.0, 2 / 3, 1 / 3
# An opening says what a story is about: about its first three lines.
OPENING_LENGTH = 150
LATIN_WORD = 5
# How title-like a phrase of so many characters is: two may be a verb, four are two words, nine a clause.
HAN_LENGTHS = {2: 0.7, 3: 0.8, 4: 1.1, 5: 1.1, 6: 1.1, 7: 1.0, 8: 0.9}
WORD_LENGTHS = {1: 0.8, 2: 1.1, 3: 1.0}
# Only the candidates that most heads and openings have are looked for in the whole text.
MOST_CANDIDATES = 150
# Below half a bit what follows a phrase is nearly always the same: it is a piece of something longer.
LEAST_ENTROPY = 0.5
# From three different neighbours equally often a phrase is whole; more says nothing more.
FULL_ENTROPY = 1.5
# An edge that holds as tightly to its outer as to its inner neighbour, in a third of all places, cuts a word (爱|心包).
MOST_CUTS = 1 / 3
# A phrase shared by fewer than a third of a chapter's articles is one of their matters, not the chapter's.
LEAST_SPREAD = 1 / 3
# Keeps the ratio of two presences finite: as if every twentieth article had every phrase.
SMOOTHING = 0.05
# A word in a third of all articles (推动, 开展, said) is common: the tail of a phrase that begins with one is the
# better title where it is as title-like and names the chapter more than half as well.
COMMON = 1 / 3
TAIL_SHARE = 0.6
# Nouns stand at the end of a phrase at least two times in five; adjectives and numbers hardly ever do.
NOUN_ENDS = 0.4


@dataclass(frozen=True, slots=True)
class Phrased:
    """A phrase that could name a chapter: as it is printed, and how well it names it (above 0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article as stretches of text with the worth of their places, each stretch in lower case and as printed."""

    stretches: tuple[tuple[float, Phrase, Phrase], ...]


@dataclass(slots=True)
class _Sighting:
    """Where a phrase was seen: its best place in each article, its neighbours, its printed forms."""

    places: dict[int, float] = field(default_factory=dict)
    before: Counter[Phrase] = field(default_factory=Counter)
    after: Counter[Phrase] = field(default_factory=Counter)
    printed: Counter[Phrase] = field(default_factory=Counter)


def manuscript(article: Article) -> Manuscript:
    """Take an article apart into stretches."""
    subheads = [block.text for block in article.blocks if block.kind == "subhead"]
    found = [(HEAD, stretch) for stretch in _stretches([article.column, article.title, article.subtitle, *subheads])]
    found += [(OPENING, stretch) for stretch in _stretches([article.kicker])]
    room = OPENING_LENGTH
    for stretch in _stretches([block.text for block in article.blocks if block.kind != "subhead"]):
        opening = max(0, room if isinstance(stretch, str) else room // LATIN_WORD)
        found += [(place, part) for place, part in ((OPENING, stretch[:opening]), (BODY, stretch[opening:])) if part]
        room -= len(stretch) if isinstance(stretch, str) else LATIN_WORD * len(stretch)
    return Manuscript(tuple((place, _lower(stretch), stretch) for place, stretch in found))


def _stretches(texts: Sequence[str]) -> Iterator[Phrase]:
    return stretches(closed(plain("\n".join(texts))))


def naming_phrases(
    manuscripts: Sequence[Manuscript], chapters: Sequence[Collection[int]], language: str
) -> list[list[Phrased]]:
    """Give each chapter, a set of positions, the phrases in `language` that could name it, the best first."""
    candidates = [_candidates([manuscripts[index] for index in members]) for members in chapters]
    sightings = _sightings(manuscripts, {phrase for some in candidates for phrase in some})
    fronts = [list(_fronts(text)) for text in manuscripts]
    common = _common(fronts)
    likeness = _likeness(sightings, Counter(chain.from_iterable(fronts)), common, language)
    found = []
    for members, some in zip(chapters, candidates, strict=True):
        scores = {
            phrase: likeness[phrase] * _fame(sightings[phrase].places, members, len(manuscripts))
            for phrase in some
            if phrase in sightings
        }
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
        found.append(
            [
                Phrased(_printed(sightings[phrase]), score)
                for phrase, score in ranked
                if score > 0 and not _only_leads_up(phrase, scores, common)
            ]
        )
    return found


def _likeness(
    sightings: dict[Phrase, _Sighting], pairs: Counter[Phrase], common: Collection[Phrase], language: str
) -> dict[Phrase, float]:
    """Say how much like a title each phrase is, wherever it stands."""
    return {
        phrase: _title_likeness(phrase)
        * _wholeness(phrase, sighting, pairs)
        * (nounness(phrase, language) if isinstance(phrase, str) else _nounness(sighting, common))
        for phrase, sighting in sightings.items()
    }


def _lower(stretch: Phrase) -> Phrase:
    return stretch.lower() if isinstance(stretch, str) else tuple(word.lower() for word in stretch)


def _candidates(manuscripts: Sequence[Manuscript]) -> list[Phrase]:
    """List the phrases of heads and openings, those in the most of them first."""
    worth: defaultdict[Phrase, float] = defaultdict(float)
    for text in manuscripts:
        seen = {
            phrase: place
            for place, stretch, _ in reversed(text.stretches)
            if place > BODY
            for phrase in _grams(stretch)
        }
        for phrase, place in seen.items():
            worth[phrase] += place
    titled = {phrase: value * _title_likeness(phrase) for phrase, value in worth.items()}
    ranked = sorted(titled, key=lambda phrase: (-titled[phrase], str(phrase)))
    return list(islice((phrase for phrase in ranked if not is_empty(phrase)), MOST_CANDIDATES))


def _grams(stretch: Phrase) -> Iterator[Phrase]:
    """Cut a stretch into the phrases that neither begin nor end with grammar."""
    firm = [not is_grammar(unit) for unit in stretch]
    borrowed = [unit[0] in KATAKANA for unit in stretch]
    # A cut in the middle of a borrowed word, which is all katakana, would be no word.
    begins = [firm[at] and not (at and borrowed[at - 1] and borrowed[at]) for at in range(len(stretch))]
    ends = [
        firm[at] and not is_particle(stretch[at]) and not (borrowed[at] and borrowed[at + 1 : at + 2] == [True])
        for at in range(len(stretch))
    ]
    for length in HAN_LENGTHS if isinstance(stretch, str) else WORD_LENGTHS:
        for at in range(len(stretch) - length + 1):
            if begins[at] and ends[at + length - 1]:
                yield stretch[at : at + length]


def _title_likeness(phrase: Phrase) -> float:
    return (HAN_LENGTHS if isinstance(phrase, str) else WORD_LENGTHS)[len(phrase)]


def _sightings(manuscripts: Sequence[Manuscript], phrases: Collection[Phrase]) -> dict[Phrase, _Sighting]:
    """Look for the phrases in all of the text."""
    lengths: defaultdict[Phrase, set[int]] = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[: _front(phrase)]].add(len(phrase))
    found: defaultdict[Phrase, _Sighting] = defaultdict(_Sighting)
    for index, text in enumerate(manuscripts):
        for place, lower, printed in text.stretches:
            front = _front(lower)
            for at in range(len(lower) - front + 1):
                for length in lengths.get(lower[at : at + front], ()):
                    phrase = lower[at : at + length]
                    if phrase in phrases:
                        _note(found[phrase], index, place, (lower, printed), slice(at, at + length))
    return found


def _front(phrase: Phrase) -> int:
    """Two characters or one word tell most phrases apart."""
    return 2 if isinstance(phrase, str) else 1


def _note(sighting: _Sighting, index: int, place: float, stretch: tuple[Phrase, Phrase], where: slice) -> None:
    """Take down one sighting; a stretch's end is a neighbour unlike any other."""
    lower, printed = stretch
    before, after = sighting.before, sighting.after
    if place > sighting.places.get(index, 0.0):
        sighting.places[index] = place
    before[lower[where.start - 1 : where.start] or f"end {len(before)}"] += 1
    after[lower[where.stop : where.stop + 1] or f"end {len(after)}"] += 1
    sighting.printed[printed[where]] += 1


def _common(fronts: Sequence[Sequence[Phrase]]) -> set[Phrase]:
    """Find the words, or pairs of characters, that many of the articles have."""
    spread = Counter(chain.from_iterable(map(set, fronts)))
    return {front for front, times in spread.items() if times >= max(2, COMMON * len(fronts))}


def _fronts(text: Manuscript) -> Iterator[Phrase]:
    for _, stretch, _ in text.stretches:
        front = _front(stretch)
        for at in range(len(stretch) - front + 1):
            yield stretch[at : at + front]


def _fame(places: dict[int, float], members: Collection[int], total: int) -> float:
    """Weigh how far a phrase is spread in a chapter (0 to 1) by how much further than in the rest (bits)."""
    having = [place for index, place in places.items() if index in members]
    if len(having) < min(len(members), max(2, LEAST_SPREAD * len(members))):
        return 0.0
    here = fsum(having) / len(members)
    elsewhere = max(0.0, fsum(places.values()) - fsum(having)) / max(1, total - len(members))
    return here * log2((here + SMOOTHING) / (elsewhere + SMOOTHING))


def _wholeness(phrase: Phrase, sighting: _Sighting, pairs: Counter[Phrase]) -> float:
    """Say how surely a phrase is no piece of a longer one (0 to 1)."""
    free = min(_entropy(sighting.before), _entropy(sighting.after))
    if free < LEAST_ENTROPY:
        return 0.0
    if isinstance(phrase, str):
        cut_before = _cut(
            {near: pairs[f"{near}{phrase[0]}"] for near in sighting.before}, sighting.before, pairs[phrase[:2]]
        )
        cut_after = _cut(
            {near: pairs[f"{phrase[-1]}{near}"] for near in sighting.after}, sighting.after, pairs[phrase[-2:]]
        )
        if max(cut_before, cut_after) > MOST_CUTS:
            return 0.0
    return min(1.0, free / FULL_ENTROPY)


def _cut(seams: dict[Phrase, int], neighbours: Counter[Phrase], inside: int) -> float:
    """Give the share of a phrase's sightings where its edge holds as tightly to what is outside as inside."""
    return sum(times for near, times in neighbours.items() if seams[near] >= inside) / neighbours.total()


def _nounness(sighting: _Sighting, common: Collection[Phrase]) -> float:
    """Weigh a phrase of words by how often grammar or a pause follows it, as after nouns, and no verb is heralded."""
    ended = sum(
        times for near, times in sighting.after.items() if not isinstance(near, tuple) or _is_small(near, common)
    )
    heralded = sum(
        times for near, times in sighting.before.items() if isinstance(near, tuple) and near[0] in VERB_HERALDS
    )
    times = sighting.after.total()
    return min(1.0, ended / times / NOUN_ENDS) * (1 - heralded / times)


def _is_small(word: Phrase, common: Collection[Phrase]) -> bool:
    return word in common or is_grammar(word[0])


def _only_leads_up(phrase: Phrase, scores: dict[Phrase, float], common: Collection[Phrase]) -> bool:
    """Say whether a phrase is a common word (推动, 开展) before what is as good a title without it."""
    front, tail = phrase[: _front(phrase)], phrase[_front(phrase) :]
    if front not in common or any(is_grammar(unit) for unit in front):  # 党的 is no word: what follows it needs it
        return False
    titled = scores.get(tail, 0.0) >= TAIL_SHARE * scores[phrase]
    return titled and _title_likeness(tail) >= _title_likeness(phrase)


def _entropy(counts: Counter[Phrase]) -> float:
    whole = counts.total()
    return -sum(times / whole * log2(times / whole) for times in counts.values())


def _printed(sighting: _Sighting) -> str:
    """Give a phrase as it is most often printed, its first letter a capital."""
    form = max(sighting.printed.items(), key=lambda pair: (pair[1], str(pair[0])))[0]
    text = form if isinstance(form, str) else " ".join(form)
    return text[:1].upper() + text[1:]
