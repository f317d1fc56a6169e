"""Front matter: what an article says of itself above its text, in YAML (---) or TOML (+++)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec

from digest.errors import FrontMatterError
from digest.language import LANGUAGE_TAG
from digest.model import Doubt
from digest.toml_file import spoken

# Front matter tells a handful of facts; what is longer is not front matter. The parser of TOML takes quadratic time
# for dotted keys (measured: 0.6 s for 16 000 characters, 19 s for 64 000).
LARGEST_FRONT_MATTER = 16 * 1024
_KEY = re.compile(r"[\w-]+\s*[:=]")
_FENCE = {"---": ("yaml", re.compile(r"^(?:---|\.\.\.)\s*$")), "+++": ("toml", re.compile(r"^\+\+\+\s*$"))}


class FrontMatter(msgspec.Struct, frozen=True):
    """What front matter may say of an article; other tools' keys beside these become doubts."""

    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    column: str = ""
    authors: tuple[str, ...] = ()
    date: date | None = None
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE_TAG)] = ""


_KEYS = {*FrontMatter.__struct_fields__, "author"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's front matter, its Markdown, which starts on the line `first` (from 1), and the keys we do not know."""

    facts: FrontMatter
    body: str
    first: int
    doubts: tuple[Doubt, ...] = ()


def document_of(text: str, path: Path) -> Document:
    """Part front matter from body; a file without a fence on its first line has none.

    Raises FrontMatterError with the line for front matter that cannot be read.
    """
    lines = text.split("\n")
    kind, closing = _FENCE.get(lines[0].rstrip(), ("", None))
    end = next((at for at, line in enumerate(lines[1:], start=1) if closing and closing.match(line)), None)
    if closing is None or (end is None and not _KEY.match(lines[1] if len(lines) > 1 else "")):
        return Document(FrontMatter(), text, 1)
    if end is None:
        raise FrontMatterError(
            "front matter is not closed", where=f"{path}:1", remedy=f"end it with a line {lines[0].rstrip()}"
        )
    front = "\n".join(lines[1:end])
    if len(front) > LARGEST_FRONT_MATTER:
        raise FrontMatterError("front matter of more than 16 KiB", where=f"{path}:1", remedy="move text below it")
    found = _PARSERS[kind](front, path)
    if not isinstance(found, Mapping):
        raise FrontMatterError("front matter is not a table of keys", where=f"{path}:2", remedy="write `title: …`")
    doubts = tuple(_unknown(found, front))
    return Document(_facts(found, front, path), "\n".join(lines[end + 1 :]), end + 2, doubts)


def _facts(found: Mapping[Any, object], front: str, path: Path) -> FrontMatter:
    try:
        return msgspec.convert(_in_shape(found), FrontMatter)
    except msgspec.ValidationError as error:
        place = re.search(r"at `\$\.([^`.\[]*)", str(error))
        key = place[1] if place else ""
        key = "author" if key == "authors" and key not in found else key
        where = f"{path}:{_lines_of_keys(front).get(key, 2)}"
        raise FrontMatterError(spoken(error), where=where, remedy="mend it there") from None


def _unknown(found: Mapping[Any, object], front: str) -> Iterator[Doubt]:
    known = _KEYS - {"author"} if found.get("authors") else _KEYS
    lines = _lines_of_keys(front)
    for key in map(str, found):
        if key not in known:
            message = f"front matter says `{key}`, which the book has no place for"
            yield Doubt("unknown-fact", message, lines.get(key, 2))


def _lines_of_keys(front: str) -> dict[str, int]:
    """Find the lines of the file on which front matter sets its keys, each where it is set first."""
    lines: dict[str, int] = {}
    for at, line in enumerate(front.split("\n"), start=2):
        lines.setdefault(re.split("[:=]", line, maxsplit=1)[0].strip(" \t\"'"), at)
    return lines


def _in_shape(found: Mapping[Any, object]) -> dict[str, object]:
    """Read what people write: one author as `author: …`, several in one text, a year as a title, a date in any form."""
    facts = {key: value for key, value in found.items() if key in _KEYS and value not in _NOTHING}
    if "author" in facts:
        facts.setdefault("authors", facts.pop("author"))
    if isinstance(authors := facts.get("authors"), str):
        facts["authors"] = re.split(r"[、,，;；]|\s{2,}", authors)
    if isinstance(authors := facts.get("authors"), list):
        facts["authors"] = [name for name in map(_fact, authors) if name not in _NOTHING]
    facts = {key: _fact(value) for key, value in facts.items()}
    if isinstance(day := facts.get("date"), str) and (form := _DATE.fullmatch(day)):
        facts["date"] = f"{form[1]}-{form[2]:0>2}-{form[3]:0>2}"
    return facts


# How YAML says that a key has no value.
_NOTHING = ("", "~", "null", None)
# 2023-01-28, 2023/1/28, 20230128, 2023年1月28日, and with a time, which a book has no use for.
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]+\d.*)?", re.ASCII)
# Whole numbers of front matter are years and sections; one of more bits is no text of a head.
_LARGEST_NUMBER_BITS = 64


def _fact(value: object) -> object:
    """Give a value as text of one line, where it is one; two surrogates, JSON's way, as the character they make."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _LARGEST_NUMBER_BITS:
        return str(value)
    if isinstance(value, str):
        return " ".join(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())
    return value


def _yaml(front: str, path: Path) -> object:
    """Read YAML with every scalar as the text that stands there: 007 stays 007, and `title: no` is no Boolean."""
    import yaml

    try:
        loader = yaml.BaseLoader(front)
        node = loader.get_single_node()
        return loader.construct_document(_without_twins(node, path)) if node and node.value else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise _broken(str(error.problem), path, line, "YAML") from None
    except yaml.reader.ReaderError as error:
        line = front.count("\n", 0, error.position) + 2
        raise _broken(f"character U+{error.character:04X}", path, line, "YAML") from None
    except (ValueError, OverflowError) as error:  # \\UFFFFFFFF is no character
        raise _broken(str(error), path, 2, "YAML") from None
    except RecursionError:
        raise _broken("nested too deep", path, 2, "YAML") from None


def _without_twins(node: Any, path: Path) -> Any:  # types-PyYAML does not know what a node is
    """Refuse a key that is set twice: YAML forbids it, and its parser would drop the first."""
    seen: set[str] = set()
    for key, _ in node.value if node.id == "mapping" else ():
        if str(key.value) in seen:
            raise _broken(f"`{key.value}` is set twice", path, key.start_mark.line + 2, "YAML")
        seen.add(str(key.value))
    return node


def _toml(front: str, path: Path) -> object:
    try:
        return tomllib.loads(front + "\n", parse_float=str)  # the line end makes it name the last line by its number
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+).*", str(error))
        line = int(found[1]) + 1 if found else front.count("\n") + 2
        raise _broken(re.sub(r" \(at .*", "", str(error)), path, line, "TOML") from None
    except RecursionError:
        raise _broken("nested too deep", path, 2, "TOML") from None


def _broken(what: str, path: Path, line: int, language: str) -> FrontMatterError:
    return FrontMatterError(f"front matter: {what}", where=f"{path}:{line}", remedy=f"mend the {language} there")


_PARSERS: dict[str, Callable[[str, Path], object]] = {"yaml": _yaml, "toml": _toml}
