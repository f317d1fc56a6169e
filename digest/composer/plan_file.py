"""plan.toml: the plan as a file that an editor changes by hand, with the heads of the articles as comments.

What is there already stays as it was typed: comments, order and blank lines (tomlkit); only newcomers, what was taken
out, changed ids and the sketches at its end are brought up to date.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from digest.composer.plan import Fault, Plan, faults, recognised
from digest.contents import article_title
from digest.errors import PlanError, visible
from digest.model import Article
from digest.toml_file import read_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT

FILE_NAME = "plan.toml"
# Ten thousand articles with their heads are two megabytes.
LARGEST = 16 * 1024 * 1024
# A head in a comment is there to be recognised.
LONGEST_HEAD = 60

_PREFACE = """\
# The chapters of this edition. Move, rename, merge, split, drop and order here: `digest make` follows to the letter.
# A chapter can have a note = "…" to open with; a blank line in it begins a paragraph. An article whose line is taken
# out, or moved to [[left_out]], is not in the book. `digest plan` puts what is new under [[unplaced]], with the chapter
# that it proposes: move its id there, or anywhere. What tells what an article is stands behind # and is not read.
"""
_KNOWN = "# By these `digest plan` knows an article again whose head or file has changed. Leave them as they are."


def read(path: Path, articles: Sequence[Article]) -> Plan | None:
    """Read the plan for some articles, those known again under their new ids; None where there is no file.

    Raises PlanError with file and line for broken TOML, an id that is gone or named twice, and an empty chapter.
    """
    if not os.path.lexists(path):
        return None
    plan = recognised(
        read_toml(path, Plan, PlanError, shown_by="`digest plan` in an empty folder", largest=LARGEST), articles
    )
    found = faults(plan, articles)
    if found:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        first, *rest = sorted(((_line(fault, lines), fault) for fault in found), key=lambda pair: pair[0])
        raise _error(*first, path, [_error(*other, path) for other in rest])
    return plan


def _error(line: int, fault: Fault, path: Path, also: Sequence[PlanError] = ()) -> PlanError:
    return PlanError(fault.message, remedy=fault.remedy, where=f"{path}:{line}", also=also)


def _line(fault: Fault, lines: Sequence[str]) -> int:
    """Find the line (from 1) of a chapter's table, or of an id: the second where it is named twice."""
    if fault.chapter is not None:
        wanted, skipped = re.compile(r"\s*\[\[\s*chapters\s*\]\]"), fault.chapter
    else:
        wanted, skipped = re.compile(rf"[^#]*[\"']{re.escape(fault.article)}[\"'](?!\s*=)"), int(fault.again)
    places = ((number, line) for number, line in enumerate(lines, start=1) if not line.lstrip().startswith("same_as"))
    numbers = [number for number, line in places for _ in wanted.finditer(line)]
    return numbers[min(skipped, len(numbers) - 1)] if numbers else 1


def written(plan: Plan, articles: Sequence[Article]) -> str:
    """Give the text of a plan that no editor has touched yet."""
    heads = _heads(articles)
    tables = [_PREFACE]
    for chapter in plan.chapters:
        lines = [f"    {_quoted(name)},  # {heads[name]}" for name in chapter.articles]
        facts = [f"title = {_quoted(chapter.title)}", f"why = [{', '.join(map(_quoted, chapter.why))}]"]
        note = [f"note = {_quoted(chapter.note)}"] if chapter.note else []
        tables.append("\n".join(["[[chapters]]", *facts, *note, "articles = [", *lines, "]\n"]))
    tables += [f"[[unplaced]]{_facts(facts, heads)}\n" for facts in _newcomers(plan)]
    tables += [f"[[left_out]]{_facts(facts, heads)}\n" for facts in _omissions(plan)]
    known = [f"{name} = {_quoted(sketch)}" for name, sketch in plan.known.items()]
    return "\n".join([*tables, "\n".join(["[known]", _KNOWN, *known, ""])])


def _facts(facts: Mapping[str, str], heads: Mapping[str, str]) -> str:
    """Give the lines of a table about one article, its head behind its id."""
    return "".join(
        f"\n{key} = {_quoted(value)}" + (f"  # {heads[value]}" if key == "article" else "")
        for key, value in facts.items()
    )


def _newcomers(plan: Plan) -> Iterator[dict[str, str]]:
    for own in plan.unplaced:
        yield {"article": own.article, "proposed": own.proposed} | ({"why": own.why} if own.why else {})


def _omissions(plan: Plan) -> Iterator[dict[str, str]]:
    for own in plan.left_out:
        yield {"article": own.article, "why": own.why} | ({"same_as": own.same_as} if own.same_as else {})


def _heads(articles: Sequence[Article]) -> dict[str, str]:
    """Say in a line what each article is: its head and place."""
    return {article.id: f"{_head(article)} ({visible(article.origin.place)})" for article in articles}


def _head(article: Article) -> str:
    text = visible(" ".join(article_title(article).split()))
    return text if len(text) <= LONGEST_HEAD else text[: LONGEST_HEAD - 1] + "…"


def _quoted(text: str) -> str:
    """Write a TOML basic string on one line."""
    # JSON's escapes are TOML's but for DEL, which TOML forbids as it is, and lone surrogates, which no file can hold.
    safe = text.encode("utf-8", "replace").decode()
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")


def updated(text: str, plan: Plan, articles: Sequence[Article]) -> str:
    """Bring a plan's text up to date with a plan that was made by following it; what has not changed stays as typed."""
    import tomlkit

    document = tomlkit.parse(text)
    heads = _heads(articles)
    for chapter, own in zip(document.get("chapters", []), plan.chapters, strict=True):
        _replace(chapter.get("articles", []), dict(enumerate(own.articles)))
    _bring_up(document, "unplaced", [*_newcomers(plan)], heads)
    _bring_up(document, "left_out", [*_omissions(plan)], heads)
    known = document.pop("known", None)
    document.add("known", _brought_up(known, plan.known))
    return tomlkit.dumps(document)


def _replace(table: Any, values: Mapping[Any, str]) -> None:
    """Set what is another value than before: setting one anew would lose the comment behind it."""
    for key, value in values.items():
        if table[key] != value:
            table[key] = value


def _bring_up(document: TOMLDocument, name: str, wanted: Sequence[Mapping[str, str]], heads: Mapping[str, str]) -> None:
    """Put the ids that have changed into an array of tables, and the tables that are new behind it."""
    import tomlkit

    present: Any = document.get(name, [])
    for table, facts in zip(present, wanted, strict=False):
        _replace(table, {key: value for key, value in facts.items() if key in table})
    fresh = wanted[len(present) :]
    if fresh and name not in document:
        document.add(name, tomlkit.aot())
    for facts in fresh:
        table = tomlkit.table()
        table.update(facts)
        table["article"].comment(heads[facts["article"]]).trivia.comment_ws = "  "
        table.add(tomlkit.nl())
        cast("AoT", document[name]).append(table)


def _brought_up(known: Any, sketches: Mapping[str, str]) -> Any:
    """Give the table of sketches its keys: those there are in their order, new ones behind them, none that is gone."""
    import tomlkit

    if known is None:
        known = tomlkit.table()
        known.add(tomlkit.comment(_KNOWN.removeprefix("# ")))
    for name in [name for name in known if name not in sketches]:
        del known[name]
    _replace(known, {name: sketch for name, sketch in sketches.items() if name in known})
    known.update({name: sketch for name, sketch in sketches.items() if name not in known})
    return known
