"""Pages: stories laid out by a paper's habits, with what an editor would mark in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from damage.papers import PAPERS, Paper
from damage.stories import Story, make_caption, make_photo, make_story, with_subheads

HALF = str.maketrans("，：；！？（）", ",:;!?()")
STRAIGHT = str.maketrans("“”", '""')
# Marks that no row begins with.
NO_START = "，。、；：！？”’）》"
FURNITURE = ["责编：{} 版式：{}", "第{}版", "2024年{}月9日 星期六"]


@dataclass(frozen=True)
class Page:
    """A page's text, and its articles as `score_articles.py` of ../shared/eval takes them."""

    text: str
    gold: list[dict[str, Any]]


Writer = Callable[[Random], Story]


def make_page(kind: str, seed: int, write: Writer = make_story) -> Page:
    """Make a page of a kind of PAPERS, or "one story", "briefs" or "essay"; the same seed makes the same page."""
    random = Random(f"{kind} {seed}")
    return _SPECIAL[kind](random, write) if kind in _SPECIAL else _paper_page(PAPERS[kind](random), random, write)


def _paper_page(paper: Paper, random: Random, write: Writer) -> Page:
    stories = [write(random) for _ in range(random.choice([2, 3, 4, 5, 6]))]
    stories = [with_subheads(story, random) if len(story.paragraphs) > 5 else story for story in stories]
    return _page([*stories, *(make_photo(random) for _ in range(paper.photos))], paper, random)


def _one_story(random: Random, write: Writer) -> Page:
    """One big story with captions around it, some of them before its title."""
    paper = replace(PAPERS["clean"](random), depth=0, byline=random.choice(["office", "box"]), photos=0)
    captions = [make_caption(random) for _ in range(random.choice([2, 4, 6]))]
    credited = [f"{caption}\n{name} 摄" for caption, name in zip(captions, _names(random, len(captions)), strict=True)]
    story = replace(
        with_subheads(write(random), random), captions=tuple(text.replace("\n", "") for text in credited), column=""
    )
    before = random.randint(0, len(credited))
    lines, gold = _set(story, paper, random)
    text = ["\n\n".join(credited[:before]), "\n".join(lines), "\n\n".join(credited[before:])]
    return Page("\n\n".join(filter(None, text)) + "\n", [gold])


def _briefs(random: Random, write: Writer) -> Page:
    """Many short pieces under one another, each a title and a lead."""
    paper = replace(PAPERS["clean"](random), byline="lead", depth=random.choice([0, 2]), photos=0)
    short = (write(random) for _ in range(random.choice([8, 15, 30])))
    return _page(
        [replace(s, paragraphs=s.paragraphs[:1], kicker="", subtitle="", column="", subheads=()) for s in short],
        paper,
        random,
    )


def _essay(random: Random, write: Writer) -> Page:
    """No newspaper: paragraphs and nothing else."""
    story = write(random)
    gold = _mark(replace(story, title="", kicker="", subtitle="", column="", authors=(), subheads=()), story.paragraphs)
    return Page("\n\n".join(story.paragraphs) + "\n", [gold])


_SPECIAL: dict[str, Callable[[Random, Writer], Page]] = {"one story": _one_story, "briefs": _briefs, "essay": _essay}
KINDS = (*PAPERS, *_SPECIAL)


def _page(stories: Sequence[Story], paper: Paper, random: Random) -> Page:
    heads: list[str] = []
    bodies: list[str] = []
    gold: list[dict[str, Any]] = []
    for story in stories:
        head, body, marked = _parts(story, paper, random)
        gold.append(marked)
        if story.kind == "photo" or paper.order == "in order":
            bodies.append("\n".join([*head, *body]))
        elif paper.order == "head after":
            bodies.append("\n".join([*body, "", *head]))
        else:
            heads.append("\n".join(head))
            bodies.append("\n".join(body))
    random.shuffle(heads)
    text = "\n\n".join(filter(None, [*_furniture(paper, random), *bodies, *heads]))
    return Page(_damaged(text, paper) + "\n", gold)


def _set(story: Story, paper: Paper, random: Random) -> tuple[list[str], dict[str, Any]]:
    head, body, gold = _parts(story, paper, random)
    return [*head, *body], gold


def _parts(story: Story, paper: Paper, random: Random) -> tuple[list[str], list[str], dict[str, Any]]:
    """Give the lines of a story's head, those of its body, and how it is marked."""
    # A story whose head is elsewhere is told apart by its signature alone.
    byline = "end" if paper.order != "in order" and paper.byline in ("office", "box", "lead", "none") else paper.byline
    if story.kind == "photo":
        byline = "none"
    head = _head(story, paper, byline, random)
    body, printed = _body(story, paper, byline, random)
    return head, body, _mark(story, printed)


def _head(story: Story, paper: Paper, byline: str, random: Random) -> list[str]:
    depth = (
        paper.depth + (random.choice([-1, 1, 2]) if random.random() < paper.wrong_depths else 0) if paper.depth else 0
    )
    depth = max(1, min(depth, 4)) if paper.depth else 0
    if story.kind == "photo" and depth:
        depth = paper.depth + 1
    mark = "#" * depth + " " if depth else ""
    lines: list[str] = []
    if story.column:
        lines += [f"{'#' * 4 + ' ' if depth else ''}{story.column}", ""]
    if story.kicker:
        lines += [f"{random.choice(['', '#' * max(1, depth - 1) + ' ', '#### ']) if depth else ''}{story.kicker}", ""]
    title = story.title
    if not depth and random.random() < paper.two_line_titles and " " in title:
        title = title.replace(" ", "\n", 1)
    lines += [mark + title, ""]
    if story.subtitle:
        lines += [f"{'#' * (depth + 1) + ' ' if depth else ''}{random.choice(['——', '——', '-'])}{story.subtitle}", ""]
    if byline == "office":
        lines += [f"本报记者{random.choice(['', ' '])}{' '.join(story.authors)}", ""]
    if byline == "box":
        lines += [f"□{' '.join(story.authors)}", ""]
    return lines


def _body(story: Story, paper: Paper, byline: str, random: Random) -> tuple[list[str], list[str]]:
    """Give the body's lines, and its paragraphs as they can be read from the page."""
    heads = dict(story.subheads)
    paragraphs = list(story.paragraphs)
    if byline == "lead":
        paragraphs[0] = f"本报讯({random.choice(['记者', '记者 ', '通讯员'])}{' '.join(story.authors)}){paragraphs[0]}"
    names = f"({' '.join(story.authors)})"
    lines: list[str] = []
    printed: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number in heads:
            lines += ["", f"{'#' * (paper.depth + 2) + ' ' if paper.depth else ''}{heads[number]}", ""]
        last = number == len(paragraphs) - 1
        tail = names if last and byline == "end glued" else ""
        rows, text = _rows(paragraph + tail, paper, random, keep_last=last)
        printed.append(text.removesuffix(tail) if tail else text)
        lines += [*rows, *([""] if paper.blank_lines or paper.layout != "wrapped" else [])]
    if byline == "end":
        lines += ["", names]
    if story.kind == "photo":
        lines += ["", paper.credit.format(story.authors[0])]
    return lines, printed


def _rows(paragraph: str, paper: Paper, random: Random, *, keep_last: bool) -> tuple[list[str], str]:
    """Set a paragraph: in rows, cut by columns, its last row lost; and give what of it is left."""
    if paper.layout == "paragraphs":
        return _cut_anywhere(paragraph, paper.cuts, random), paragraph
    rows = _wrap(paragraph, paper.measure)
    if len(rows) > 2 and not keep_last and random.random() < paper.lost_rows:
        rows = rows[:-1]
    left = "".join(rows)
    rows = [" ".join(row) if random.random() < paper.spread else row for row in rows]
    cut: list[str] = []
    for row in rows:
        cut += ["", row] if cut and cut[-1] and random.random() < paper.cuts else [row]
    if paper.layout == "wrapped":
        return cut, left
    joined = re.sub(r"\n\n", "\0", "\n".join(cut)).replace("\n", " ").split("\0")
    return [line for part in joined for line in (part, "")][:-1], left


def _cut_anywhere(paragraph: str, share: float, random: Random) -> list[str]:
    """Cut a paragraph in the middle of a sentence, as a column's end does."""
    if len(paragraph) < 60 or random.random() >= share * 3:
        return [paragraph]
    places = [
        at
        for at in range(20, len(paragraph) - 20)
        if paragraph[at - 1] not in "。！？”" and paragraph[at] not in NO_START
    ]
    at = random.choice(places)
    return [paragraph[:at], "", paragraph[at:]]


def _wrap(paragraph: str, measure: float) -> list[str]:
    """Break a paragraph into rows, the first two ems in; digits and Latin are half as wide."""
    rows, row, room = [], "", measure - 2.0
    for char in paragraph:
        width = 0.5 if char < "\x7f" else 1.0
        if width > room and not (char in NO_START and room > -1):
            rows.append(row)
            row, room = "", float(measure)
        row += char
        room -= width
    return [*rows, row]


def _furniture(paper: Paper, random: Random) -> list[str]:
    return (
        [line.format(*_names(random, 2)) if "责编" in line else line.format(random.randint(1, 9)) for line in FURNITURE]
        if paper.furniture
        else []
    )


def _names(random: Random, count: int) -> list[str]:
    return [make_story(random, 2).authors[0] for _ in range(count)]


def _damaged(text: str, paper: Paper) -> str:
    text = text.translate(HALF) if paper.half_width else text
    return text.translate(STRAIGHT) if paper.straight_quotes else text


def _mark(story: Story, paragraphs: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": story.kind,
        "kicker": story.kicker,
        "title": story.title,
        "subtitle": story.subtitle,
        "authors": list(story.authors),
        "paragraphs": list(paragraphs),
        "subheads": [head for _, head in story.subheads],
        "captions": list(story.captions),
    }
