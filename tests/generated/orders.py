"""Whole editions made to order: what is in the pile, what the editor says of it, and how the book looks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from digest import press
from digest.model import Article, Parts, Reading, with_distinct_ids
from digest.settings import LARGEST_NUMBER, EditionSettings, ThemeSettings
from generated.articles import articles
from generated.sources import PICTURES, files
from generated.words import LANGUAGES, head, names, words

ROOT = Path(__file__).parents[2]
STYLES = tuple(sorted(folder.name for folder in (ROOT / "styles").iterdir() if (folder / "style.toml").exists()))


@dataclass(frozen=True)
class Commission:
    """An edition to be made of files, by name, and of articles that some other reader has given."""

    files: tuple[tuple[str, bytes], ...]
    articles: tuple[Article, ...]
    edition: EditionSettings
    themes: tuple[ThemeSettings, ...]
    parts: Parts
    style: str
    embed_fonts: bool

    def make(self, place: Path) -> Path:
        """Make its EPUB in an empty folder."""
        seeds = place / "seeds"
        seeds.mkdir(parents=True)
        paint(seeds)
        for name, data in self.files:
            (seeds / name).write_bytes(data)
        pile = press.read([seeds])
        strangers = Reading(tuple(_hung(article, seeds) for article in self.articles))
        order = press.Order(
            ("epub",), self.style, ROOT, place, self._facts(seeds), press.Guidance(themes=self.themes),
            self.parts, self.embed_fonts,
        )  # fmt: skip
        return press.make(replace(pile, readings=(*pile.readings, strangers)), order).paths[0]

    def _facts(self, seeds: Path) -> EditionSettings:
        cover = str(seeds / self.edition.cover) if self.edition.cover else ""
        return EditionSettings(**{name: getattr(self.edition, name) for name in FACTS} | {"cover": cover})


FACTS = EditionSettings.__struct_fields__


def _hung(article: Article, seeds: Path) -> Article:
    """Give its pictures their place."""
    hung = (
        replace(block, picture=replace(block.picture, path=seeds / block.picture.path)) if block.picture else block
        for block in article.blocks
    )
    return replace(article, blocks=tuple(hung))


def paint(folder: Path) -> None:
    """Put the pictures there: a drawing, a photograph, and what books do not hold as it is."""
    red = Image.new("RGB", (40, 30), "red")
    drawing, photograph, moving, cmyk, clear, dot = (folder / name for name in PICTURES)
    red.save(drawing)
    red.save(photograph)
    red.save(moving, save_all=True, append_images=[Image.new("RGB", (40, 30), "blue")])
    Image.new("CMYK", (40, 30)).save(cmyk)
    Image.new("RGBA", (30, 40), (0, 0, 0, 0)).save(clear)
    Image.new("1", (1, 1)).save(dot)


_facts = st.builds(
    EditionSettings,
    title=head,
    subtitle=head,
    publisher=words,
    language=st.sampled_from(("", *LANGUAGES)),
    date=st.none() | st.dates(),
    authors=names,
    description=words,
    rights=words,
    series=words,
    number=st.none() | st.integers(0, LARGEST_NUMBER),
    cover=st.sampled_from(("", "", "", *PICTURES)),
)
_themes = st.builds(
    ThemeSettings,
    title=head.filter(str.strip),
    keywords=st.just(("除夕",)),
    columns=st.sampled_from([(), ("要闻",)]),
    note=words,
)
_there = st.sampled_from((True, True, True, False))
_parts = st.builds(Parts, *[_there] * 6)
commissions = st.builds(
    Commission,
    files(),
    st.lists(articles, max_size=3).map(lambda drawn: tuple(with_distinct_ids(drawn))),
    _facts,
    st.lists(_themes, max_size=2).map(tuple),
    _parts,
    st.sampled_from(STYLES),
    st.booleans(),
)


# Bytes that the choices of one edition are made from: more than any has needed.
ENOUGH = 100_000


@cache
def drawn(count: int) -> Sequence[Commission]:
    """Draw some commissions: the n-th is the same one in every run, on every machine, however many are drawn.

    Hypothesis draws from bytes as a fuzzer gives them. Left to itself it takes some of its values from the source of
    whatever modules are loaded, and most of its examples are variations of one another.
    """
    found: list[Commission] = []

    @settings(database=None, deadline=None, suppress_health_check=[*HealthCheck])
    @given(commissions)
    def draw(commission: Commission) -> None:
        found.append(commission)

    seeds = itertools.count()
    while len(found) < count:
        draw.hypothesis.fuzz_one_input(Random(next(seeds)).randbytes(ENOUGH))  # type: ignore[attr-defined]
    return tuple(found)
