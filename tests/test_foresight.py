"""The chapters of last time are a guess, and never more: the book is that of the articles as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from digest import finished, foresight, press
from digest.cache import encoded, keeping
from digest.crew import at_work
from digest.model import Article, Block, Edition, Origin
from digest.press import Guidance, Order, Pile
from digest.settings import EditionSettings

TOPICS = (
    "地铁线路开门迎客，市民排队体验首班车",
    "早稻育秧全面展开，农技员在棚里看水温",
    "消防队员检查装备，除夕夜坚守岗位",
)


def articles(*, mended: str = "", moved: str = "") -> list[Article]:
    """Twelve articles of three matters; one has a word mended, one tells another matter than it did."""
    found: list[Article] = []
    for number in range(12):
        topic = TOPICS[number % 3]
        text = "。".join(f"{topic}的第{number}{at}天" for at in range(12))
        if f"a{number}" == mended:
            text = text.replace("第", "前", 1)
        if f"a{number}" == moved:
            text = "。".join(f"{TOPICS[(number + 1) % 3]}的第{number}{at}天" for at in range(12))
        found.append(
            Article(
                f"a{number}", "article", topic[:4], Origin("a.txt", number + 1, number + 1), (Block("paragraph", text),)
            )
        )
    return found


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[bytes, list[Edition]]]:
    """Make a book with a cache, with articles grouped elsewhere; give it, and the editions it was written from."""
    monkeypatch.setattr(press, "ENOUGH", 1)
    monkeypatch.setattr("digest.crew.ENOUGH", 1)
    written: list[Edition] = []
    write = finished.write

    def noting(name: str, edition: Edition, *rest: object) -> object:
        written.append(edition)
        return write(name, edition, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(finished, "write", noting)

    def make(given: list[Article], *, cached: bool = True, plan: Path | None = None) -> tuple[bytes, list[Edition]]:
        written.clear()
        guidance = Guidance(plan, keep_duplicates=True)
        order = Order(("pdf",), "classic", tmp_path, tmp_path / "dist", EditionSettings(), guidance)
        with at_work(2):
            if cached:
                with keeping(tmp_path / "cache"):
                    made = press.make(_pile(given), order)
            else:
                made = press.make(_pile(given), order)
        return made.paths[0].read_bytes(), [*written]

    return make


def _pile(given: list[Article]) -> Pile:
    from digest.model import Reading

    return Pile((Reading(tuple(given)),), ())


Make = Callable[..., tuple[bytes, list[Edition]]]


def test_without_a_last_time_there_is_no_guess(make: Make) -> None:
    _, written = make(articles())
    assert len(written) == 1


def test_after_a_mend_the_guess_is_the_edition_and_the_book_is_written_once(make: Make) -> None:
    make(articles())
    book, written = make(articles(mended="a4"))
    assert len(written) == 1
    assert book == make(articles(mended="a4"), cached=False)[0]


def test_a_wrong_guess_does_not_reach_the_book(make: Make) -> None:
    make(articles())
    book, written = make(articles(moved="a4"))
    assert len(written) == 2
    assert written[0].chapters != written[1].chapters
    assert book == make(articles(moved="a4"), cached=False)[0]


@pytest.mark.parametrize("change", ["gone", "come"])
def test_with_other_articles_there_is_no_guess(make: Make, change: str) -> None:
    make(articles())
    given = articles()
    changed = given[1:] if change == "gone" else [*given, replace(given[0], id="a99")]
    assert len(make(changed)[1]) == 1


def test_the_guess_has_the_articles_as_they_are_now(make: Make, tmp_path: Path) -> None:
    make(articles())
    about = encoded([tmp_path.resolve(), EditionSettings(), Guidance(keep_duplicates=True)])
    with keeping(tmp_path / "cache"):
        guess = foresight.guess(about, articles(mended="a4"))
    assert guess
    assert {article.id: article for article in guess.articles} == {
        article.id: article for article in articles(mended="a4")
    }


def test_with_a_plan_nothing_is_guessed(make: Make, tmp_path: Path) -> None:
    make(articles())
    titles = [(chapter.theme.title, chapter.articles) for chapter in make(articles(), cached=False)[1][0].chapters]
    text = "".join(
        f'[[chapters]]\ntitle = "{title}"\narticles = {[article.id for article in some]}\n' for title, some in titles
    )
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    make(articles(), plan=tmp_path / "plan.toml")
    assert len(make(articles(moved="a4"), plan=tmp_path / "plan.toml")[1]) == 1


def test_whoever_groups_elsewhere_has_what_is_kept(make: Make, tmp_path: Path) -> None:
    make(articles())
    make(articles(mended="a4"))
    with keeping(tmp_path / "cache") as store:
        results = {own.stage: own.results for own in store.stock()}
    assert results["analysis"] == len(articles()) + 1
