"""digest.toml: what an edition is called, what it is made from, and how it looks."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from digest.errors import SettingsError
from digest.language import LANGUAGE_TAG

FILE_NAME = "digest.toml"


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
    formats: tuple[str, ...] = ("epub",)
    style: str = "classic"
    output: str = "dist"
    edition: EditionSettings = EditionSettings()


def load(folder: Path) -> Settings:
    """Read `folder`/digest.toml; without such a file every setting has its default.

    Raises SettingsError with file and line for broken TOML, an unknown key or a value of the wrong type.
    """
    path = folder / FILE_NAME
    if not path.exists():
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
            _spoken(error), where=f"{path}:{line}", remedy="`digest init` in an empty folder shows every setting"
        ) from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read ({error})", where=path, remedy="save it as UTF-8 text") from None


def _without_place(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))


def _line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _path_of(error: msgspec.ValidationError) -> tuple[str, ...]:
    """`Object contains unknown field `titel` - at `$.edition`` is ("edition", "titel")."""
    place = re.search(r"at `\$\.?([^`]*)`", str(error))
    keys = [key for key in re.split(r"\.|\[.*?\]", place[1]) if key] if place else []
    unknown = re.search(r"unknown field `([^`]*)`", str(error))
    return (*keys, unknown[1]) if unknown else tuple(keys)


def _spoken(error: msgspec.ValidationError) -> str:
    keys = _path_of(error)
    if "unknown field" in str(error):
        return f"there is no setting `{'.'.join(keys)}`"
    return f"`{'.'.join(keys)}`: {str(error).split(' - at ')[0].lower()}"


def line_of_key(text: str, keys: tuple[str, ...]) -> int:
    """Find the line (from 1) on which the TOML key path `keys` is set; 1 where it is not to be found."""
    *tables, key = keys or ("",)
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            inside = header[1].replace(" ", "")
            if inside == ".".join(keys):
                return number
        dotted = ".".join([*tables, key])[len(inside) :].lstrip(".") if inside else ".".join([*tables, key])
        if ".".join(tables).startswith(inside) and re.match(rf"\s*[\"']?{re.escape(dotted)}[\"']?\s*=", line):
            return number
    return 1
