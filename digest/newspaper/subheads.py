"""Subheads told from titles: what speaks for a head being part of the story it stands in, and what against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.newspaper.bylines import has_lead
from digest.newspaper.elements import Element, HeadRun, Signature
from digest.newspaper.heads import Head, is_kicker, is_subtitle, shared, split_heads
from digest.newspaper.paragraphs import Paragraph

# A subhead is one or two lines of up to this many ems; what is longer is a title of its own.
LINES, LONGEST = 2, 22.0
# A picture's text is one paragraph, seldom two.
PHOTO_PARAGRAPHS = 2
# This many stories signed at their ends are a page's habit, and no more heads may be unsigned than there are of these.
HABIT = 2
# A story speaks of its title at least so much.
SPOKEN_OF = 0.15


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page goes about its stories: the depths of marks that must be titles', and whether stories are signed."""

    title_depths: frozenset[int]
    signs: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A head that stands in an unsigned story: the story's own head and lead, the head itself, and what is below it."""

    story: Head
    leads: bool
    head: Head
    below: Sequence[Element]
    habits: Habits

    @property
    def text(self) -> str:
        """The text right below the head."""
        return "".join(element.text for element in self.below if isinstance(element, Paragraph))


def habits_of(elements: Sequence[Element]) -> Habits:
    """Read a page's habits; a head below a signature, or at the page's top, can only be a title."""
    runs = [
        (above, element)
        for above, element in zip([None, *elements], elements, strict=False)
        if isinstance(element, HeadRun)
    ]
    ends = [above for above, _ in runs if isinstance(above, Signature)]
    titles = (run for above, run in runs if above is None or isinstance(above, Signature))
    depths = frozenset(Head(group).depth for run in titles for group in split_heads(run.lines))
    signatures = sum(isinstance(element, Signature) and not element.is_credit for element in elements)
    return Habits(depths, signs=signatures >= HABIT and len(ends) >= HABIT - 1)


def is_subhead(case: Case) -> bool:
    """Weigh whether a head belongs into the story above it, unless that is settled."""
    roles = {line.line.settled.role for line in case.head.lines} - {""}
    if roles or any(line.line.settled.head_of for line in case.head.lines):
        return roles == {"subhead"}
    if any(rules_out(case) for rules_out in _RULED_OUT):
        return False
    return sum(weight for weight, speaks in _EVIDENCE if speaks(case)) > 0


def _is_signed_or_dashed(case: Case) -> bool:
    return any(line.is_byline or is_subtitle(line.text) for line in case.head.lines)


def _announces_a_title(case: Case) -> bool:
    lines = case.head.lines
    return is_kicker(lines[0].text) and (len(lines) > 1 or not lines[0].line.depth)


def _stands_on_a_story(case: Case) -> bool:
    """A lead opens a story; a credit soon after ends a picture's."""
    if not case.below or not isinstance(case.below[0], Paragraph) or has_lead(case.below[0].text):
        return True
    first = next((element for element in case.below if not isinstance(element, Paragraph)), None)
    return isinstance(first, Signature) and first.is_credit


_RULED_OUT: tuple[Callable[[Case], bool], ...] = (
    _is_signed_or_dashed,
    _announces_a_title,
    _stands_on_a_story,
    lambda case: len(case.head.lines) > LINES,
    lambda case: any(line.line.width > LONGEST and not line.line.depth for line in case.head.lines),
)


def _is_marked(case: Case) -> bool:
    return case.head.depth > 0


def _is_smaller(case: Case) -> bool:
    return 0 < case.story.depth < case.head.depth


# What speaks for a subhead, in points, and why it weighs what it does.
_EVIDENCE: tuple[tuple[int, Callable[[Case], bool]], ...] = (
    # A smaller mark was made to say so; OCR gets it wrong one time in three.
    (2, lambda case: _is_marked(case) and _is_smaller(case)),
    (-1, lambda case: _is_marked(case) and not _is_smaller(case)),
    # Without marks a short head in mid-story is a subhead more often than not.
    (1, lambda case: not _is_marked(case)),
    # Where stories are signed, one that is not has not ended yet, unless its lead named the author.
    (2, lambda case: case.habits.signs and not case.leads),
    # A mark that sure titles of the page bear, or do not bear.
    (-1, lambda case: _is_marked(case) and case.head.depth in case.habits.title_depths),
    (1, lambda case: _is_marked(case) and case.head.depth not in case.habits.title_depths),
    # A title comes back in its story; a subhead may.
    (1, lambda case: shared(case.head.text, case.text) < SPOKEN_OF),
)
