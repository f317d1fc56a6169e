"""The phrases that a chapter's articles share, scored by how well they would name it.

Candidates are n-grams of heads and openings: characters where words are not set apart, words elsewhere. A phrase is
whole where what stands before and after it varies (branching entropy: Jin & Tanaka-Ishii, "Unsupervised segmentation
of Chinese text by use of branching entropy", COLING/ACL 2006); a longer one is better than a part of it where both are
spread alike (as in the C-value of Frantzi, Ananiadou & Mima, "Automatic recognition of multi-word terms", IJDL 3,
2000). It names a chapter when the chapter's articles have it, best in their heads, and the others lack it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, pairwise
from math import fsum, log2
from operator import add

from digest.addresses import address
from digest.cache import encoded, kept
from digest.composer.grammar import GRAMMAR, VERB_HERALDS, is_empty, is_grammar, is_particle, nounness
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
    """An article as stretches of text, each with the worth of its place."""

    stretches: tuple[tuple[float, Phrase], ...]


# What parts two stretches of one text; what stands for no neighbour, at a stretch's edge and at the text's.
_END = "\n"
_ENDS: frozenset[Phrase] = frozenset(("", _END, (), (_END,)))


@dataclass(frozen=True, slots=True)
class _Text:
    """All stretches of characters, or all of words, that a pile's manuscripts have, one behind the other.

    They are in lower case and as printed. Each place has the article that it is in, what it is worth there, and the
    front of what begins with it: two characters or one word tell most phrases apart.
    """

    lower: Phrase
    printed: Phrase
    articles: Sequence[int]
    worths: Sequence[float]
    fronts: Sequence[Phrase]


@dataclass(frozen=True, slots=True)
class _Sightings:
    """Where a phrase was seen in a text: the places where it begins."""

    phrase: Phrase
    text: _Text
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around a phrase: how often each neighbour is before and after it; each end is one, by its number.

    `entropy` is that of the side where they vary less.
    """

    before: Counter[Phrase | int]
    after: Counter[Phrase | int]
    entropy: float


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
    return Manuscript(tuple(found))


def _stretches(texts: Sequence[str]) -> Iterator[Phrase]:
    return stretches(closed(plain("\n".join(texts))))


def naming_phrases(
    manuscripts: Sequence[Manuscript], chapters: Sequence[Collection[int]], language: str
) -> list[list[Phrased]]:
    """Give each chapter, a set of positions, the phrases in `language` that could name it, the best first."""
    candidates = [*_candidates_of([[manuscripts[index] for index in members] for members in chapters])]
    texts = characters, words = _texts(manuscripts)
    pairs = Counter(chain.from_iterable(text.fronts for text in texts))
    phrases = set(chain.from_iterable(candidates))
    sightings = {
        **_sightings(characters, [phrase for phrase in phrases if isinstance(phrase, str)], pairs),
        **_sightings(words, [phrase for phrase in phrases if not isinstance(phrase, str)], pairs),
    }
    worths = {phrase: _worths(seen) for phrase, seen in sightings.items()}
    common = _common(texts, pairs, len(manuscripts))

    fames = [
        {phrase: fame for phrase in some if (fame := _fame(worths[phrase], members, len(manuscripts))) > 0}
        for members, some in zip(chapters, candidates, strict=True)
    ]
    famous = dict.fromkeys(chain.from_iterable(fames))
    likeness = _likenesses([sightings[phrase] for phrase in famous], pairs, common, language)
    found = []
    for known in fames:
        scores = {phrase: likeness[phrase] * fame for phrase, fame in known.items() if phrase in likeness}
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
        found.append(
            [
                Phrased(_printed(sightings[phrase]), score)
                for phrase, score in ranked
                if not _only_leads_up(phrase, scores, common)
            ]
        )
    return found


def _likenesses(
    sightings: Iterable[_Sightings], pairs: Counter[Phrase], common: Collection[Phrase], language: str
) -> dict[Phrase, float]:
    """Say how much like a title each phrase is, wherever it stands; those that are not at all are left out."""
    likeness: dict[Phrase, float] = {}
    nouns: dict[Phrase, float] = {}
    for seen in sightings:
        around = _surroundings(seen)
        if around and (whole := _wholeness(phrase := seen.phrase, around, pairs)):
            likeness[phrase] = _title_likeness(phrase) * whole
            if not isinstance(phrase, str):
                nouns[phrase] = _nounness(around, common)
    characters = [phrase for phrase in likeness if isinstance(phrase, str)]
    nouns |= zip(characters, _nounnesses(characters, language), strict=True)
    return {phrase: value * nouns[phrase] for phrase, value in likeness.items() if nouns[phrase]}


def _nounnesses(phrases: Sequence[str], language: str) -> Iterator[float]:
    """Say how sure each phrase is a noun; what was said of it before is kept: the dictionary takes long to open."""
    return kept(
        "noun",
        float,
        phrases,
        lambda phrase: address("noun", phrase, language),
        lambda fresh: (nounness(phrase, language) for phrase in fresh),
    )


def _lower(stretch: Phrase) -> Phrase:
    return stretch.lower() if isinstance(stretch, str) else tuple(word.lower() for word in stretch)


def _candidates_of(chapters: Sequence[Sequence[Manuscript]]) -> Iterator[list[Phrase]]:
    """List the candidates of each chapter; a chapter that says what it said has those that it had."""
    return kept(
        "phrases",
        list[str | tuple[str, ...]],
        chapters,
        lambda chapter: address("phrases", encoded(chapter)),
        lambda fresh: map(_candidates, fresh),
    )


def _candidates(manuscripts: Sequence[Manuscript]) -> list[Phrase]:
    """List the phrases of heads and openings, those in the most of them first."""
    worth: defaultdict[Phrase, float] = defaultdict(float)
    for text in manuscripts:
        seen: dict[Phrase, float] = {}
        for place, stretch in reversed(text.stretches):
            if place > BODY:
                seen |= dict.fromkeys(_grams(_lower(stretch)), place)
        for phrase, place in seen.items():
            worth[phrase] += place
    by_value: defaultdict[float, list[Phrase]] = defaultdict(list)
    for phrase, value in worth.items():
        by_value[value * _title_likeness(phrase)].append(phrase)
    # Most phrases stand in one article, and are not even put in order.
    ranked = (phrase for value in sorted(by_value, reverse=True) for phrase in sorted(by_value[value], key=str))
    return list(islice((phrase for phrase in ranked if not is_empty(phrase)), MOST_CANDIDATES))


def _grams(stretch: Phrase) -> list[Phrase]:
    """Cut a stretch into the phrases that neither begin nor end with grammar."""
    starts = [at for at, unit in enumerate(stretch) if unit not in GRAMMAR]
    stops = {at + 1 for at in starts if not is_particle(stretch[at])}
    if not KATAKANA.isdisjoint(stretch):
        # A cut in the middle of a borrowed word, which is all katakana, would be no word.
        borrowed = [unit in KATAKANA for unit in stretch]
        cuts = {at for at in range(1, len(stretch)) if borrowed[at - 1] and borrowed[at]}
        starts, stops = [at for at in starts if at not in cuts], stops - cuts
    lengths = HAN_LENGTHS if isinstance(stretch, str) else WORD_LENGTHS
    return [stretch[at : at + length] for length in lengths for at in starts if at + length in stops]


def _title_likeness(phrase: Phrase) -> float:
    return (HAN_LENGTHS if isinstance(phrase, str) else WORD_LENGTHS)[len(phrase)]


def _texts(manuscripts: Sequence[Manuscript]) -> tuple[_Text, _Text]:
    """Lay out all stretches of characters, and all of words, each kind one behind the other."""
    every = [(stretch, index, worth) for index, text in enumerate(manuscripts) for worth, stretch in text.stretches]
    characters = [own for own in every if isinstance(own[0], str)]
    words = [own for own in every if isinstance(own[0], tuple)]
    printed = "".join(f"{stretch}{_END}" for stretch, _, _ in characters)
    lower = printed.lower()
    large = tuple(chain.from_iterable((*stretch, _END) for stretch, _, _ in words))
    small = tuple(map(str.lower, large))
    return (
        _Text(lower, printed, *_places(characters), [*map(add, lower, lower[1:])]),
        _Text(small, large, *_places(words), [*zip(small, strict=True)]),
    )


def _places(own: Sequence[tuple[Phrase, int, float]]) -> tuple[list[int], list[float]]:
    """Give for each place of some stretches, and of the ends behind them, its article and its worth."""
    articles: list[int] = []
    worths: list[float] = []
    for stretch, article, worth in own:
        size = len(stretch) + 1
        articles += [article] * size
        worths += [worth] * size
    return articles, worths


def _sightings(text: _Text, phrases: Collection[Phrase], pairs: Counter[Phrase]) -> dict[Phrase, _Sightings]:
    """Look for phrases in a text of their kind, each where the rarest of the fronts in it stands."""
    rarest = {phrase: min(_fronts(phrase), key=lambda own: pairs[own[1]]) for phrase in phrases}
    wanted = {front for _, front in rarest.values()}
    standing: defaultdict[Phrase, list[int]] = defaultdict(list)
    for place in compress(range(len(text.fronts)), map(wanted.__contains__, text.fronts)):
        standing[text.fronts[place]].append(place)
    lower = text.lower
    found: dict[Phrase, _Sightings] = {}
    for phrase, (at, front) in rarest.items():
        size = len(phrase) - at
        places = standing[front]
        if phrase != front:
            places = [place - at for place in places if lower[place - at : place + size] == phrase]
        found[phrase] = _Sightings(phrase, text, places)
    return found


def _fronts(phrase: Phrase) -> list[tuple[int, Phrase]]:
    """List the fronts in a phrase, each with its place."""
    size = _front(phrase)
    return [(at, phrase[at : at + size]) for at in range(len(phrase) - size + 1)]


def _front(phrase: Phrase) -> int:
    return 2 if isinstance(phrase, str) else 1


def _worths(seen: _Sightings) -> dict[int, float]:
    """Give what a phrase's best place in each article is worth: the first, as heads come first and openings next."""
    text, places = seen.text, seen.places[::-1]
    return dict(zip(map(text.articles.__getitem__, places), map(text.worths.__getitem__, places), strict=True))


def _surroundings(seen: _Sightings) -> _Surroundings | None:
    """Count a phrase's neighbours; a stretch's end is a neighbour unlike any other. A mere piece's are not counted."""
    text, size = seen.text.lower, len(seen.phrase)
    before = _neighbours([text[at - 1 : at] for at in seen.places])
    if (varied := _entropy(before)) < LEAST_ENTROPY:
        return None
    after = _neighbours([text[at + size : at + size + 1] for at in seen.places])
    least = min(varied, _entropy(after))
    return None if least < LEAST_ENTROPY else _Surroundings(before, after, least)


def _neighbours(near: Sequence[Phrase]) -> Counter[Phrase | int]:
    return Counter([number if unit in _ENDS else unit for number, unit in enumerate(near)])


def _common(texts: Iterable[_Text], pairs: Counter[Phrase], total: int) -> set[Phrase]:
    """Find the words, or pairs of characters, that many of the articles have."""
    least = max(2, COMMON * total)
    often = {front for front, times in pairs.items() if times >= least}
    own = (often.intersection(fronts) for text in texts for fronts in _of_each(text, total))
    return {front for front, times in Counter(chain.from_iterable(own)).items() if times >= least}


def _of_each(text: _Text, total: int) -> Iterator[Sequence[Phrase]]:
    """Part the fronts of a text by its articles."""
    bounds = [bisect_left(text.articles, article) for article in range(total + 1)]
    return (text.fronts[first:last] for first, last in pairwise(bounds))


def _fame(places: dict[int, float], members: Collection[int], total: int) -> float:
    """Weigh how far a phrase is spread in a chapter (0 to 1) by how much further than in the rest (bits)."""
    having = [place for index, place in places.items() if index in members]
    if len(having) < min(len(members), max(2, LEAST_SPREAD * len(members))):
        return 0.0
    here = fsum(having) / len(members)
    elsewhere = max(0.0, fsum(places.values()) - fsum(having)) / max(1, total - len(members))
    return here * log2((here + SMOOTHING) / (elsewhere + SMOOTHING))


def _wholeness(phrase: Phrase, around: _Surroundings, pairs: Counter[Phrase]) -> float:
    """Say how surely a phrase is no piece of a longer one (0 to 1)."""
    if isinstance(phrase, str):
        cut_before = _cut(
            {near: pairs[f"{near}{phrase[0]}"] for near in around.before}, around.before, pairs[phrase[:2]]
        )
        cut_after = _cut(
            {near: pairs[f"{phrase[-1]}{near}"] for near in around.after}, around.after, pairs[phrase[-2:]]
        )
        if max(cut_before, cut_after) > MOST_CUTS:
            return 0.0
    return min(1.0, around.entropy / FULL_ENTROPY)


def _cut(seams: dict[Phrase | int, int], neighbours: Counter[Phrase | int], inside: int) -> float:
    """Give the share of a phrase's sightings where its edge holds as tightly to what is outside as inside."""
    return sum(times for near, times in neighbours.items() if seams[near] >= inside) / neighbours.total()


def _nounness(around: _Surroundings, common: Collection[Phrase]) -> float:
    """Weigh a phrase of words by how often grammar or a pause follows it, as after nouns, and no verb is heralded."""
    ended = sum(times for near, times in around.after.items() if not isinstance(near, tuple) or _is_small(near, common))
    heralded = sum(
        times for near, times in around.before.items() if isinstance(near, tuple) and near[0] in VERB_HERALDS
    )
    times = around.after.total()
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


def _entropy(counts: Counter[Phrase | int]) -> float:
    whole = counts.total()
    return -sum(times / whole * log2(times / whole) for times in counts.values())


def _printed(seen: _Sightings) -> str:
    """Give a phrase as it is most often printed, its first letter a capital."""
    forms = Counter(seen.text.printed[at : at + len(seen.phrase)] for at in seen.places)
    form = max(forms.items(), key=lambda pair: (pair[1], str(pair[0])))[0]
    text = form if isinstance(form, str) else " ".join(form)
    return text[:1].upper() + text[1:]
