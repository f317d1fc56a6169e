"""The README is the front door: what it names must be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest import __version__, errors
from digest.cli import FORMATS, digest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(digest.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"digest {command}" in README


def test_every_command_in_the_readme_is_there() -> None:
    named = set(re.findall(r"^    digest ([a-z]+)|`digest ([a-z]+)", README, re.MULTILINE))
    assert {name for pair in named for name in pair if name} <= set(digest.commands)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_map(name: str) -> None:
    assert f"{name}.py" in README


def test_every_file_of_the_map_is_there() -> None:
    house = README.split("## The house")[1].split("Imports point down")[0]
    named = re.findall(r"^ {6}((?:[\w.]+[/.]\w* ?)+) ", house, re.MULTILINE)
    assert named
    for path in " ".join(named).split():
        assert (ROOT / "digest" / path).exists(), path


def test_every_module_is_in_the_map() -> None:
    modules = {path.name for path in (ROOT / "digest").glob("[a-z]*.py")}
    assert {name for name in modules if name not in README} <= PRIVATE


# Modules that serve one of those in the map, and are found from it.
PRIVATE = {"context.py", "contract.py", "markup.py"}


def test_every_picture_and_path_is_there() -> None:
    without_code = re.sub(r"`[^`]*`", "", README)  # an article's own pictures are an example
    for target in re.findall(r"\]\(([^)#:]+)\)", without_code):
        assert (ROOT / target).exists()


def test_every_exit_code_is_in_the_readme() -> None:
    table = README.split("| exit code | what |")[1].split("##")[0]
    named = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in row.split(",")}
    assert named == {2} | {error.exit_code for error in errors.DigestError.__subclasses__()}


def test_the_newest_change_is_this_version() -> None:
    assert README.split("## Changes")[1].split("**")[1] == __version__
