"""A TOML file read into a typed struct, each mistake in it named with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from digest.errors import DigestError

Shape = TypeVar("Shape")
# A file with every setting in it and a comment on each is a hundredth of this.
LARGEST = 128 * 1024

# What a setting, a fact of front matter or of a style has to be; the others are text.
_HAS_TO_BE = {
    "sources": 'a list of paths, as in ["seeds"]',
    "formats": 'a list of names, as in ["epub", "pdf"]',
    "authors": 'a list of names, as in ["张三", "李四"]',
    "keywords": 'a list of words, as in ["地铁", "公交"]',
    "columns": 'a list of column labels, as in ["读者来信"]',
    "articles": 'a list of ids, as in ["a0123456789abcdef"]',
    "why": 'a list of words, as in ["地铁", "公交"]',
    "number": "a whole number, as 3",
    "parts": "a table, [parts]",
    "pdf": "a table, [pdf]",
    "print": "a table, [print]",
    "booklet": "a table, [booklet]",
    "signature": "4, 8, 16 or 32",
    "thickness": "a number of millimetres from 0 to 2, as 0.1",
    "creep": "a number of millimetres from 0 to 2, as 0.1",
    "sheets": "a whole number from 0 to 64",
    "size": "a number of points from 4 to 72, as 10.5",
    "line": "a number of points from 4 to 144, as 17.5",
    "themes": "tables, [[themes]]",
    "chapters": "tables, [[chapters]]",
    "unplaced": "tables, [[unplaced]]",
    "left_out": "tables, [[left_out]]",
    "known": "a table, [known]",
    "edition": "a table, [edition]",
    "fonts": "a table, [fonts]",
    "language": "a language tag, as zh-CN or en",
    "date": "a day, as 2026-01-31",
}


def read_toml(path: Path, shape: type[Shape], fault: type[DigestError], shown_by: str, largest: int = LARGEST) -> Shape:
    """Read a file of up to `largest` bytes into a msgspec struct; `shown_by` is where its author finds every setting.

    Raises `fault` with file and line for a file that cannot be read, broken TOML, an unknown key or a wrong value.
    """
    text = _text(path, fault, shown_by, largest)
    try:
        return msgspec.convert(tomllib.loads(text), shape)
    except tomllib.TOMLDecodeError as error:
        where = f"{path}:{_line_of_error(error, text)}"
        raise fault(_without_place(error), where=where, remedy="mend the TOML there") from None
    except RecursionError:
        raise fault("nested too deep", where=path, remedy="mend the TOML there") from None
    except msgspec.ValidationError as error:
        where = f"{path}:{line_of_key(text, _path_of(error), _number_of(error))}"
        raise fault(spoken(error), where=where, remedy=f"{shown_by} shows every setting") from None


def _text(path: Path, fault: type[DigestError], shown_by: str, largest: int) -> str:
    """Read the file; the line end that is put after it makes the parser name the last line by its number."""
    try:
        if not path.is_file():
            raise fault("not a file", where=path, remedy="move it away, or put the file itself there")
        if path.stat().st_size > largest:
            raise fault(
                f"more than {largest // 1024} KiB", where=path, remedy=f"keep to the settings that {shown_by} shows"
            )
        data = path.read_bytes()
        return data.decode("utf-8-sig") + "\n"
    except OSError as error:
        raise fault(f"cannot be read ({error.strerror})", where=path, remedy="check its permissions") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"not UTF-8: byte 0x{data[error.start]:02X}"
        raise fault(what, where=f"{path}:{line}", remedy="save it as UTF-8 text") from None


def _without_place(error: tomllib.TOMLDecodeError) -> str:
    what = re.sub(r" \(at .*\)$", "", str(error))
    return "not a value, or text without quotes" if what == "Invalid value" else what


def _line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.count("\n")


def _path_of(error: msgspec.ValidationError) -> tuple[str, ...]:
    """`Object contains unknown field `titel` - at `$.edition`` is ("edition", "titel")."""
    place = re.search(r"at `\$\.?([^`]*)`", str(error))
    keys = [key for key in re.split(r"\.|\[.*?\]", place[1]) if key] if place else []
    missing = re.search(r"(?:unknown|required) field `([^`]*)`", str(error))
    return (*keys, missing[1]) if missing else tuple(keys)


def _number_of(error: msgspec.ValidationError) -> int:
    """`$.chapters[2].title` is in the third table of that name: 2."""
    number = re.search(r"at `\$\.\w+\[(\d+)\]", str(error))
    return int(number[1]) if number else 0


def spoken(error: msgspec.ValidationError) -> str:
    """Say in an editor's words what is wrong with a setting, or with a fact of front matter."""
    keys = _path_of(error)
    name = f"`{'.'.join(keys)}`"
    if "unknown field" in str(error):
        return f"there is no setting {name}"
    if "required field" in str(error):
        return f"{name} is missing"
    if "Expected `bool`" in str(error):
        return f"{name} has to be true or false"
    return f"{name} has to be {_HAS_TO_BE.get(keys[-1] if keys else '', 'text, in quotes')}"


def line_of_key(text: str, keys: tuple[str, ...], table: int = 0) -> int:
    """Find the line (from 1) on which the TOML key path `keys` is set; 1 where it is not to be found.

    In an array of tables it is looked for in the one whose number, from 0, is `table`, and is that one's first line
    where it is not there.
    """
    lines = text.split("\n")
    starts = [
        at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(keys[0] if keys else '')}\s*\]\]", line)
    ]
    if table < len(starts):
        ends = [at for at, line in enumerate(lines) if at > starts[table] and re.match(r"\s*\[+", line)]
        own = "\n".join(lines[starts[table] : min(ends, default=len(lines))])
        return starts[table] + _line_in(own, keys)
    return _line_in(text, keys)


def _line_in(text: str, keys: tuple[str, ...]) -> int:
    *tables, key = keys or ("",)
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):  # the only line ends that TOML knows
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            inside = header[1].replace(" ", "")
            if inside == ".".join(keys):
                return number
        dotted = ".".join([*tables, key])[len(inside) :].lstrip(".") if inside else ".".join([*tables, key])
        if ".".join(tables).startswith(inside) and re.match(rf"\s*[\"']?{re.escape(dotted)}[\"']?\s*=", line):
            return number
    return 1
