"""What lines are in the light of their neighbours: heads without marks, and captions, found among rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from digest.newspaper.bylines import split_credit
from digest.newspaper.classes import LineClass
from digest.newspaper.endings import is_closed, is_closed_over
from digest.newspaper.lines import Line, width
from digest.newspaper.rows import FEW, INDENT, SHARP, SLACK, WIDEST, measure_of, set_width

# A caption says what a picture shows: more lines or ems than this are a story with a credit below.
LONGEST_CAPTION_LINES, LONGEST_CAPTION = 8, 320.0
# A caption's own title is this much shorter than the rows below it.
TITLE_SHARE = 0.6
# A row of a ragged column (Latin text, a letter) is at least this wide, compared with the widest beside it.
ROW_SHARE = 0.8
# The measure of a column shows in the rows this far up and down the page.
NEAR = 12
# Between two marked heads stands no sentence: a line of up to this many ems is a head whatever its mark (海南区。).
SHORTEST_SENTENCE = 8.0
# A page with this many marked heads marks all its titles.
MARKED = 2
# A head of Chinese papers parts its halves by a space; one with a comma is a short one.
LONGEST_WITH_COMMA = 16.0


def revise(lines: Sequence[Line], classes: Sequence[LineClass]) -> list[LineClass]:
    """Settle every UNSURE line, and turn text that leads to a photo credit into a caption."""
    revised = list(classes)
    marked = sum(line.depth > 0 for line in lines) >= MARKED
    for block in _blocks(lines):
        _find_caption(lines, revised, block)
    indents = _shows_indents(lines, revised)
    for at in range(len(lines)):
        if revised[at] is LineClass.TEXT and _between_heads(lines, revised, at):
            revised[at] = LineClass.HEAD
        elif revised[at] is LineClass.UNSURE:
            text = marked and not _is_unmarked_head(lines, revised, at)
            text = text or _is_row(lines, revised, at) or (indents and _goes_on_below(lines, revised, at))
            revised[at] = LineClass.TEXT if text else LineClass.HEAD
    # What is settled is settled, whatever the neighbours say.
    return [
        kind if line.settled.role or line.settled.head_of else found
        for line, kind, found in zip(lines, classes, revised, strict=True)
    ]


def _blocks(lines: Sequence[Line]) -> Iterator[range]:
    """The runs of unmarked lines without a blank line between them."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].gap or lines[at].depth or lines[at - 1].depth:
            yield range(start, at)
            start = at


def _find_caption(lines: Sequence[Line], classes: list[LineClass], block: range) -> None:
    """A block that ends in a photo credit is a caption; a short line on top of it is the picture's title."""
    last = block[-1]
    credited = classes[last] is LineClass.CREDIT or (
        classes[last] is LineClass.TEXT and split_credit(lines[last].text)[1]
    )
    if not credited:
        return
    block = range(_start_of_caption(lines, classes, block), block.stop)
    body = [at for at in block if classes[at] in (LineClass.TEXT, LineClass.UNSURE)]
    if not body or len(block) > LONGEST_CAPTION_LINES:
        return
    if sum(lines[at].width for at in body) > LONGEST_CAPTION:
        return
    if _tops_a_caption(lines, classes, body):
        classes[body.pop(0)] = LineClass.HEAD
    for at in body:
        classes[at] = LineClass.CAPTION


def _start_of_caption(lines: Sequence[Line], classes: Sequence[LineClass], block: range) -> int:
    """A caption cut by a blank line goes on upwards to its title; without one, what is above is a story's text."""
    first = block.start
    for at in range(block.start - 1, max(-1, block.stop - LONGEST_CAPTION_LINES - 1), -1):
        if is_closed(lines[at].text) or lines[at].depth or classes[at] not in (LineClass.TEXT, LineClass.UNSURE):
            break
        if lines[at].width < lines[first].width * TITLE_SHARE:
            return at if first < block.start else block.start
        first = at
    return block.start


def _tops_a_caption(lines: Sequence[Line], classes: Sequence[LineClass], body: Sequence[int]) -> bool:
    if len(body) < 2 or classes[body[0]] is not LineClass.UNSURE:
        return False
    widest = max(lines[at].width for at in body[1:])
    return lines[body[0]].width < widest * TITLE_SHARE


def _between_heads(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    if lines[at].width > SHORTEST_SENTENCE or not 0 < at < len(lines) - 1:
        return False
    return all(classes[near] is LineClass.HEAD and lines[near].depth for near in (at - 1, at + 1))


def _is_unmarked_head(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Where heads are marked, an unmarked one stands beside a marked one: its kicker or its subtitle; no sentence."""
    return not _has_comma(lines[at]) and any(
        0 <= near < len(lines) and (lines[near].depth or classes[near] is LineClass.HEAD) for near in (at - 1, at + 1)
    )


def _is_row(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Decide whether an unsure line is a row of running text; the lines before it are settled already."""
    line = lines[at]
    is_open = _is_open(lines, classes, at)
    if is_open and not line.gap:
        return True
    measure = _measure_near(lines, classes, at)
    full = bool(measure) and set_width(line.text) >= measure - SLACK
    nearly = bool(measure) and set_width(line.text) >= measure - INDENT - SLACK
    if is_open:
        return full or not measure or not _leads_to_a_head(lines, classes, at)
    if not line.gap and at and classes[at - 1] is LineClass.TEXT:
        return full or nearly
    if _continues_below(lines, classes, at):
        wide = nearly or _is_as_wide_as_text(lines, classes, at)
        return wide or _has_comma(line) or len(_block_of(lines, at)) > FEW
    return _has_comma(line) and (nearly or line.width > LONGEST_WITH_COMMA)


def _has_comma(line: Line) -> bool:
    return "，" in line.text or "," in line.text


def _shows_indents(lines: Sequence[Line], classes: Sequence[LineClass]) -> bool:
    """Tell whether most paragraphs of a page of rows start two ems in: then a full row starts none."""
    starts = [
        at
        for at in range(1, len(lines))
        if classes[at] is classes[at - 1] is LineClass.TEXT and is_closed(lines[at - 1].text) and lines[at].gap
    ]
    measured = [(at, measure) for at in starts if (measure := _measure_near(lines, classes, at))]
    short = sum(measure - set_width(_first_row(lines[at])) >= INDENT - SHARP for at, measure in measured)
    return len(measured) >= FEW and short * 2 > len(measured)


def _goes_on_below(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Tell a row that a column's end cut off: the line below starts at the edge, so it goes on and starts nothing."""
    below = at + 1
    if below == len(lines) or lines[below].depth or classes[below] not in (LineClass.TEXT, LineClass.UNSURE):
        return False
    measure = _measure_near(lines, classes, at)
    reaches = set_width(lines[at].text) >= measure - INDENT - SLACK
    # Where few rows show the measure, most of them may be short ones: the wide ones are nearer to it.
    edge = max(measure, _upper(_widths_near(lines, classes, at)))
    return bool(measure) and reaches and set_width(_first_row(lines[below])) >= edge - SHARP


def _upper(widths: Sequence[float]) -> float:
    """The width that one row in five reaches."""
    return sorted(widths)[len(widths) * 4 // 5] if widths else 0.0


def _first_row(line: Line) -> str:
    """The row a line starts with: all of it, or what is before the first space where rows stand behind one another."""
    return line.text.split(" ", 1)[0] if line.width > WIDEST else line.text


def _is_open(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Tell whether the text before a line is in the middle of a sentence."""
    before = next((near for near in range(at - 1, -1, -1) if classes[near] not in _ASIDE), -1)
    if before < 0 or classes[before] is not LineClass.TEXT:
        return False
    above = lines[before - 1].text if before and classes[before - 1] is LineClass.TEXT else ""
    return not is_closed_over(above, lines[before].text)


_ASIDE = (LineClass.CAPTION, LineClass.CREDIT, LineClass.FURNITURE)


def _leads_to_a_head(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    return at + 1 < len(lines) and classes[at + 1] in (LineClass.HEAD, LineClass.BYLINE)


def _continues_below(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Tell whether the next line stands right below and can be the next row."""
    below = at + 1
    if below == len(lines) or lines[below].gap or lines[below].depth:
        return False
    return classes[below] in (LineClass.TEXT, LineClass.UNSURE)


def _is_as_wide_as_text(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> bool:
    """Tell whether a line reaches as far as the sure text that it stands on."""
    block = _block_of(lines, at)
    widest = max(lines[near].width for near in block)
    return any(classes[near] is LineClass.TEXT for near in block) and lines[at].width >= widest * ROW_SHARE


def _block_of(lines: Sequence[Line], at: int) -> range:
    """The lines that stand around a line without a blank one between, as far as is near."""
    first, last = at, at + 1
    while first > max(0, at - NEAR) and not lines[first].gap and not lines[first].depth:
        first -= 1
    while last < min(len(lines), at + NEAR) and not lines[last].gap and not lines[last].depth:
        last += 1
    return range(first, last)


def _measure_near(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> float:
    """The measure that rows around a line show, first in its block, then in the text above and below."""
    block = [set_width(lines[near].text) for near in _block_of(lines, at)]
    return (measure_of(block) if len(block) > FEW else 0.0) or measure_of(_widths_near(lines, classes, at))


def _widths_near(lines: Sequence[Line], classes: Sequence[LineClass], at: int) -> list[float]:
    """The widths of the rows around a line, none of them wider than a row can be."""
    near = range(max(0, at - NEAR), min(len(lines), at + NEAR + 1))
    return [reach for at in near if classes[at] in _ROWS for reach in _row_widths(lines[at].text)]


_ROWS = (LineClass.TEXT, LineClass.UNSURE)


# Asked of each line again by the lines beside it.
@lru_cache(maxsize=8192)
def _row_widths(text: str) -> tuple[float, ...]:
    """The widths of a line's rows, which in a wide line stand behind one another, but for those no row can have."""
    rows = text.split(" ") if width(text) > WIDEST else [text]
    return tuple(reach for reach in map(set_width, rows) if reach <= WIDEST)
