"""The EPUBs under test: the sample edition in each of our styles, and two that try a reader's patience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from generated.orders import STYLES, paint
from generated.sources import PICTURES
from writers.conftest import article, edition_of

from digest import markup, press, style
from digest.contents import contents
from digest.model import Article, Block, Chapter, Edition, Theme
from digest.settings import EditionSettings
from digest.writers import epub

ROOT = Path(__file__).parents[2]
HOSTILE = "hostile"
ILLUSTRATED = "illustrated"
TRYING = (HOSTILE, ILLUSTRATED)
BOOKS = (*STYLES, *TRYING)


@dataclass(frozen=True)
class Book:
    """An EPUB, and the edition that it was made from."""

    path: Path
    edition: Edition

    @property
    def contents(self) -> list[tuple[int, str]]:
        """The lines of the contents, each with its level from 1."""
        printable, _ = markup.printable(self.edition)
        return [
            line
            for chapter in contents(printable)
            for line in ((1, chapter.title), *((2, article.title) for article in chapter.children))
        ]


def sample(look: str, place: Path, *, embed_fonts: bool = False) -> Book:
    """Make the sample edition."""
    order = press.Order(("epub",), look, ROOT, place, EditionSettings(), embed_fonts=embed_fonts)
    made = press.make(press.read([ROOT / "seeds"]), order)
    return Book(made.paths[0], made.edition)


def hostile(rich: Edition, place: Path, project: Path = ROOT, look: str = "classic") -> Book:
    """Write everything that an article can hold, and what is too wide or too long for a small screen."""
    edition = replace(rich, chapters=(*rich.chapters, Chapter(Theme("很长的章名" * 12), (_wide(), _plain()))))
    path = place / "hostile.epub"
    epub.write(edition, style.find(look, project), path)
    return Book(path, edition)


def illustrated(place: Path, project: Path = ROOT) -> Book:
    """Make a book of Markdown with pictures, notes and a table, which brings its fonts."""
    seeds = place / "seeds"
    seeds.mkdir()
    paint(seeds)
    for name, text in ARTICLES.items():
        (seeds / name).write_text(text, encoding="utf-8")
    facts = EditionSettings(title="图文集", cover=str(seeds / PICTURES[0]))
    made = press.make(press.read([seeds]), press.Order(("epub",), "classic", project, place, facts, embed_fonts=True))
    return Book(made.paths[0], made.edition)


ARTICLES = {
    "供暖.md": """# 老城区的供暖

入冬以来，老城区的*供暖*改造完成过半[^户数]，居民说屋里暖和了[^话]。

![社区工作人员在查看阀门](a.png)

*图为社区工作人员走访居民。*

|      | 户数 | 备注 |
|:-----|-----:|:----:|
| 海南 |  120 | 已通 |
| 新华 |   86 |      |

![](<图 1.jpg> "雪后的街道")

又一段话，说的是管线[^话]。

[^户数]: 据社区统计，共二百零六户。
[^话]:
    - 一位居民说的第一句。
    - 第二句，见[网站](https://example.org/)。
""",
    "Letter.md": """---
title: A letter to the editor
authors: [John O'Neil]
---

Dear editor,[^1] the ~~old~~ new heating works.

![A street in snow, seen from above](moving.gif)

    $ make book

[^1]: Of this paper.
""",
}


def inaccessible(place: Path) -> Path:
    """Write a small book, and into its page what Ace must not pass over."""
    sound, path = faulty(place).path, place / "inaccessible.epub"
    with ZipFile(sound) as before, ZipFile(path, "w") as after:
        for entry in before.infolist():
            amiss = BARRIERS if entry.filename.endswith("/article-1.xhtml") else b"</article>"
            after.writestr(entry, before.read(entry).replace(b"</article>", amiss))
    return path


BARRIERS = b'<h3></h3><a href="article-1.xhtml"></a><img src="cover.jpg"/></article>'


def faulty(place: Path) -> Book:
    """Write a small book in a style with the faults that the tests look for."""
    folder = place / "styles" / "faulty"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text('description = "faulty"\nextends = "classic"\n', encoding="utf-8")
    (folder / "epub.css").write_text(FAULTS, encoding="utf-8")
    path, edition = place / "faulty.epub", edition_of(Chapter(Theme("一章"), (_plain(),)))
    epub.write(edition, style.find("faulty", place), path)
    return Book(path, edition)


FAULTS = """
article p { color: #111; white-space: nowrap; }
hgroup p { text-align: left; }
"""


def _wide() -> Article:
    cells = "\t".join(f"第{at}季度" for at in range(1, 14))  # 13 columns: more than a small screen has room for
    address = "https://example.org/" + "a" * 200
    return article(
        "wide",
        "宽表与长行",
        Block("table", f"{cells}\n{cells}"),
        Block("table", "社区\t户数\t面积\t供暖\t电梯\t备注\n海南\t120\t8600\t已通\t加装\t完工"),
        Block("paragraph", "代码", f"<pre>{'x = 1; ' * 60}</pre>"),
        Block("paragraph", address, f"<a href='{address}'>{address}</a>"),
        Block("list", "\n".join("一项很长的内容" * 9 for _ in range(3))),
        Block("quote", "——" * 80),
        column="民" * 40,
        kicker="肩题" * 30,
        subtitle="副题" * 60,
        byline="本报记者 " + "某某某 " * 30,
    )


def _plain() -> Article:
    return article("plain", "守一方平安", kicker="除夕夜", subtitle="他们在岗位上")
