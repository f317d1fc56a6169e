"""What is measured: the seeds' pages so many times over, each copy misread in other places; and invented articles."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
ARTICLES = 29  # of the seeds
# The largest of the seeds' pages, by its characters; it is repeated for a page ten and a hundred times as long.
PAGE = ROOT / "seeds" / "002_c19f40154a629c84.txt"
# Of a hundred Han characters of a copy so many are others: no two articles are alike, so nothing is gained by knowing
# one already, and the words that hold chapters together stay.
MISREAD = 2
# An invented article has as many characters as the seeds' have in the mean, a third of them words of its section.
SECTIONS, WORDS, LENGTH = 12, 60, 1_300


def copies(place: Path, times: int) -> Path:
    """Make a project of the seeds so many times over, all of which are to be printed."""
    project = place / f"copies-{times}"
    (project / "seeds").mkdir(parents=True)
    (project / "digest.toml").write_text("keep_duplicates = true\n", encoding="utf-8")
    chance = Random(times)
    for copy in range(times):
        for seed in SEEDS:
            text = seed.read_text(encoding="utf-8")
            (project / "seeds" / f"{copy:03}-{seed.name}").write_text(
                misread(text, chance) if copy else text, encoding="utf-8"
            )
    return project


def misread(text: str, chance: Random) -> str:
    """Put other characters of the text in the place of some of its Han characters."""
    there = re.findall(r"[\u4e00-\u9fff]", text)
    return re.sub(
        r"[\u4e00-\u9fff]", lambda found: chance.choice(there) if chance.random() < MISREAD / 100 else found[0], text
    )


def edit(project: Path, number: int) -> None:
    """Change one character in the middle of one page; another one for each number."""
    pages = sorted((project / "seeds").iterdir())
    page = pages[(number * 7 + len(pages) // 2) % len(pages)]
    text = page.read_text(encoding="utf-8")
    places = [found.start() for found in re.finditer(r"(?<=[\u4e00-\u9fff])[\u4e00-\u9fff](?=[\u4e00-\u9fff])", text)]
    at = places[len(places) // 2 + number]
    page.write_text(text[:at] + ("人" if text[at] != "人" else "民") + text[at + 1 :], encoding="utf-8")


def long_page(place: Path, times: int) -> Path:
    """Make one page that holds a seed so many times over."""
    path = place / f"page-{times}.txt"
    path.write_text("\n\n".join([PAGE.read_text(encoding="utf-8")] * times), encoding="utf-8")
    return path


def invented(place: Path, count: int) -> Path:
    """Make a folder of Markdown articles, each of one of the sections, that share no sentence."""
    chance = Random(count)
    words = ["".join(pair) for pair in zip(*[map(chr, range(0x4E00, 0x9FA0, 7))] * 2, strict=False)]
    own = [words[section * WORDS :][:WORDS] for section in range(SECTIONS)]
    folder = place / f"invented-{count}"
    folder.mkdir()
    for number in range(count):
        text = [chance.choice(own[number % SECTIONS] if chance.random() < 1 / 3 else words) for _ in range(LENGTH // 2)]
        (folder / f"{number:05}.md").write_text(f"# {text[0]}{text[1]}\n\n{''.join(text)}\n", encoding="utf-8")
    return folder
