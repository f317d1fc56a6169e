"""digest.toml: what an edition is called, what it is made from, and how it looks."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from digest.errors import SettingsError
from digest.language import LANGUAGE_TAG

FILE_NAME = "digest.toml"
# The starter file is a hundredth of this; what is larger is no digest.toml.
LARGEST = 128 * 1024

# What a setting, or a fact of front matter, has to be; the others are text.
_HAS_TO_BE = {
    "sources": 'a list of paths, as in ["seeds"]',
    "formats": 'a list of names, as in ["epub", "pdf"]',
    "authors": 'a list of names, as in ["张三", "李四"]',
    "edition": "a table, [edition]",
    "language": "a language tag, as zh-CN or en",
    "date": "a day, as 2026-01-31",
}


class EditionSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[edition]` table; an empty string means: not said."""

    title: str = ""
    subtitle: str = ""
    publisher: str = ""
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE_TAG)] = ""
    date: date | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What digest.toml may say; paths are relative to its folder (a struct, so that a misspelt key is named)."""

    sources: tuple[str, ...] = ()
    formats: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("epub",)
    style: str = "classic"
    output: Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$")] = "dist"
    edition: EditionSettings = EditionSettings()


def load(folder: Path) -> Settings:
    """Read `folder`/digest.toml; without such a file every setting has its default.

    Raises SettingsError with file and line for broken TOML, an unknown key or a value of the wrong type.
    """
    path = folder / FILE_NAME
    if not os.path.lexists(path):
        return Settings()
    text = _read(path)
    try:
        return msgspec.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            _without_place(error), where=f"{path}:{_line_of_error(error, text)}", remedy="mend the TOML there"
        ) from None
    except RecursionError:
        raise SettingsError("nested too deep", where=path, remedy="mend the TOML there") from None
    except msgspec.ValidationError as error:
        line = line_of_key(text, _path_of(error))
        raise SettingsError(
            spoken(error), where=f"{path}:{line}", remedy="`digest init` in an empty folder shows every setting"
        ) from None


def _read(path: Path) -> str:
    """Read digest.toml; the line end that is put after it makes the parser name the last line by its number."""
    try:
        if not path.is_file():
            raise SettingsError("not a file", where=path, remedy="move it away, or put the file itself there")
        if path.stat().st_size > LARGEST:
            raise SettingsError("more than 128 KiB", where=path, remedy="keep to the settings that `digest init` shows")
        data = path.read_bytes()
        return data.decode("utf-8-sig") + "\n"
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=path, remedy="check its permissions") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"not UTF-8: byte 0x{data[error.start]:02X}"
        raise SettingsError(what, where=f"{path}:{line}", remedy="save it as UTF-8 text") from None


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
    unknown = re.search(r"unknown field `([^`]*)`", str(error))
    return (*keys, unknown[1]) if unknown else tuple(keys)


def spoken(error: msgspec.ValidationError) -> str:
    """Say in an editor's words what is wrong with a setting, or with a fact of front matter."""
    keys = _path_of(error)
    if "unknown field" in str(error):
        return f"there is no setting `{'.'.join(keys)}`"
    return f"`{'.'.join(keys)}` has to be {_HAS_TO_BE.get(keys[-1] if keys else '', 'text, in quotes')}"


def line_of_key(text: str, keys: tuple[str, ...]) -> int:
    """Find the line (from 1) on which the TOML key path `keys` is set; 1 where it is not to be found."""
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
