"""Heads matched to stories, one to one: by where they stand, and where that does not do, by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, log

from digest.model import Doubt
from digest.newspaper.heads import Head, HeadLine, is_kicker, is_subtitle, pairs_of, split_heads
from digest.newspaper.stories import Layout, Placed, Story, all_pieces

# A head's words come back in how its story opens: what stands there counts twice.
OPENING = 240
# Heads share fewer words than this with stories that are not theirs.
ENOUGH = 0.2
# A single line has few pairs to share, and shares some by accident.
SPOKEN_OF = 0.27
# A head that stands where the page puts its heads is its neighbour's, unless its words are clearly another's.
STANDING = 0.3
# One next to a story on the other side competes by its words, with a little help.
NEIGHBOUR = 0.1
# Heads are gathered at most on their own page: stories further off than this are of others in the same file.
FAR = 40


@dataclass(frozen=True, slots=True)
class Match:
    """A story and the head found for it, if any, with what was guessed; `near` is false for a head from elsewhere."""

    story: Story
    head: Head | None = None
    near: bool = True
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """A head that fits no story, and the number of the story it stands next to; -1 on a page without stories."""

    head: Head
    near: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A head and the run that it is part of."""

    head: Head
    run: Placed


def match(layout: Layout) -> tuple[tuple[Match, ...], tuple[Loose, ...]]:
    """Give each story the head that fits it best; the second value is the heads that fit none.

    Where each story has one head right above it there is nothing to ask. Else all compete, surest pairs first.
    """
    single = [_Candidate(Head(group), run) for run in layout.heads for group in split_heads(run.lines)]
    settled = any(line.line.settled.head_of for run in layout.heads for line in run.lines)
    in_order = len(single) == len(layout.heads) == len(layout.stories) and all(run.stands for run in layout.heads)
    if in_order and not settled:
        return tuple(Match(layout.stories[c.run.place], c.head) for c in single), ()
    fit = _Fit([story.text for story in layout.stories])
    candidates = [_Candidate(Head(group), run) for run in layout.heads for group in _parted(run, fit, layout)]
    taken = _pair(candidates, layout, fit)
    placed = set(taken.values())
    candidates = _with_kickers(candidates, placed)
    matches = tuple(_match(story, at, candidates, taken.get(at), fit) for at, story in enumerate(layout.stories))
    left = (one for number, one in enumerate(candidates) if number not in placed and one.head.lines)
    last = len(layout.stories) - 1
    return matches, tuple(Loose(one.head, min(one.run.place, last)) for one in left)


def _with_kickers(candidates: Sequence[_Candidate], placed: set[int]) -> list[_Candidate]:
    """Give a line that found no story to the head right below it: it is that head's kicker."""
    whole = list(candidates)
    for number, one in enumerate(candidates[:-1]):
        below = candidates[number + 1]
        if number not in placed and number + 1 in placed and below.run is one.run and len(one.head.lines) == 1:
            whole[number + 1] = _Candidate(Head((*one.head.lines, *below.head.lines)), below.run)
            whole[number] = _Candidate(Head(()), one.run)
    return whole


def _match(story: Story, at: int, candidates: Sequence[_Candidate], number: int | None, fit: _Fit) -> Match:
    if number is None:
        return Match(story)
    candidate = candidates[number]
    if candidate.run.stands and candidate.run.place == at:
        return Match(story, candidate.head)
    line = candidate.head.pieces[0].line
    near = _around(number, len(candidates))
    others = [other for other in near if other != number and candidates[other].head.lines]
    other = max(others, key=lambda other: (fit(candidates[other].head.text, at), -other), default=None)
    next_best = (
        f"; the next best is the head on line {candidates[other].head.pieces[0].line}" if other is not None else ""
    )
    what = f"the head on line {line} stands away from this text and was matched by its words{next_best}"
    return Match(story, candidate.head, near=False, doubts=(Doubt("head-matched", what, line),))


def _parted(run: Placed, fit: _Fit, layout: Layout) -> Iterator[tuple[HeadLine, ...]]:
    """Part a run into the heads of different stories: by kickers and bylines, and by the stories its lines speak of."""
    headless = len(layout.stories) - sum(placed.stands for placed in layout.heads)
    for group in split_heads(run.lines):
        if headless > 0:
            yield from _parted_by_words(group, fit, run.place)
        else:
            yield group


def _parted_by_words(lines: Sequence[HeadLine], fit: _Fit, place: int) -> Iterator[tuple[HeadLine, ...]]:
    """Part head lines where they begin to speak of another story; a line that speaks of none goes with the next."""
    group: list[HeadLine] = []
    about: int | None = None
    usual = min((line.line.gap for line in lines[1:]), default=0)
    for at, line in enumerate(lines):
        if group and _is_set_apart(group[-1], line, usual):
            yield tuple(group)
            group, about = [], None
        now = fit.best(line.text, place)
        if _continues(line) or is_kicker(lines[at - 1].text if at else ""):
            now = about if about is not None else now
        ahead = now if now is not None else _next_story(lines[at + 1 :], fit, place)
        if group and about is not None and ahead is not None and ahead != about:
            yield tuple(group)
            group, about = [], None
        group.append(line)
        about = now if about is None else about
    if group:
        yield tuple(group)


def _is_set_apart(above: HeadLine, line: HeadLine, usual: int) -> bool:
    """A head ends below its subtitle, and where more blank lines follow than between the lines of one head."""
    return not _continues(line) and (is_subtitle(above.text) or line.line.gap > usual > 0)


def _continues(line: HeadLine) -> bool:
    return line.is_byline or is_subtitle(line.text)


def _next_story(lines: Sequence[HeadLine], fit: _Fit, place: int) -> int | None:
    return next((story for line in lines if (story := fit.best(line.text, place)) is not None), None)


def _pair(candidates: Sequence[_Candidate], layout: Layout, fit: _Fit) -> dict[int, int]:
    """Pair stories with heads, by their numbers: greedily, from the surest pair down; what is left over, in order."""
    below = _heads_stand_below(candidates, fit)
    fits = [
        (fit(one.head.text, at) + _nearness(one.run, at, below=below), at, number)
        for number, one in enumerate(candidates)
        for at in _around(one.run.place, len(layout.stories))
    ]
    taken = _settled_pairs(candidates, layout)
    placed: set[int] = set(taken.values())
    for value, at, number in sorted(fits, key=lambda pair: (-pair[0], pair[1:])):
        if value >= ENOUGH and at not in taken and number not in placed:
            taken[at] = number
            placed.add(number)
    headless = [at for at, story in enumerate(layout.stories) if at not in taken and story.paragraphs]
    spare = [number for number in range(len(candidates)) if number not in placed]
    return taken | (dict(zip(headless, spare, strict=True)) if len(headless) == len(spare) else {})


def _settled_pairs(candidates: Sequence[_Candidate], layout: Layout) -> dict[int, int]:
    """The pairs that an editor settled: a head, and a line of the story it belongs to."""
    if not any(line.line.settled.head_of for one in candidates for line in one.head.lines):
        return {}
    stories = [{piece.line for piece in all_pieces(story)} for story in layout.stories]
    wanted = (
        (number, line.line.settled.head_of)
        for number, one in enumerate(candidates)
        for line in one.head.lines
        if line.line.settled.head_of
    )
    return {at: number for number, wish in wanted for at, lines in enumerate(stories) if wish in lines}


def _heads_stand_below(candidates: Sequence[_Candidate], fit: _Fit) -> bool:
    """Tell a page that prints each head after its story, by whom its heads speak of."""
    above = fsum(fit(one.head.text, one.run.place) for one in candidates)
    below = fsum(fit(one.head.text, one.run.place - 1) for one in candidates)
    return below > above


def _nearness(run: Placed, at: int, *, below: bool) -> float:
    if at == (run.place - 1 if below else run.place) and (below or run.stands):
        return STANDING
    return NEIGHBOUR if at in (run.place, run.place - 1) else 0.0


def _around(place: int, count: int) -> range:
    """The numbers from 0 to `count` that are near a place: what is further off is of another page in the same file."""
    return range(max(0, place - FAR), min(count, place + FAR))


class _Fit:
    """How well a head fits a story: the share of its pairs there, rare ones weighing more (tf-idf's idf)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.bodies = [pairs_of(text) for text in texts]
        self.openings = [pairs_of(text[:OPENING]) for text in texts]
        frequency = Counter(chain.from_iterable(self.bodies))
        weights = {count: log(1 + (len(texts) + 1) / (count + 1)) for count in {*frequency.values()}}
        self.weight = {pair: weights[count] for pair, count in frequency.items()}
        self.rarest = log(2 + len(texts))

    def __call__(self, head: str, at: int) -> float:
        """Give the share, from 0 to 1, of a head's words that story `at` has; 0 where there is no such story."""
        return next(self._shares(head, (at,))) if 0 <= at < len(self.bodies) else 0.0

    def best(self, head: str, place: int) -> int | None:
        """Give the story around `place` that a line speaks of most; None where it speaks of none."""
        near = _around(place, len(self.bodies))
        value, at = max(zip(self._shares(head, near), (-at for at in near), strict=True), default=(0.0, 0))
        return -at if value >= SPOKEN_OF else None

    def _shares(self, head: str, places: Iterable[int]) -> Iterator[float]:
        """Give the share of a head's words that each of some stories has."""
        weights = {pair: self.weight.get(pair, self.rarest) for pair in pairs_of(head)}
        # fsum: sets have no order, and the last bit of a plain sum would follow the hash seed.
        total = 2 * fsum(weights.values())
        for at in places:
            common = weights.keys() & self.bodies[at]
            have = fsum(weights[pair] * (1 + (pair in self.openings[at])) for pair in common)
            yield have / total if total else 0.0
