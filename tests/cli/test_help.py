"""What the help says, and the version."""

from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from click.testing import Result

import digest
from digest.cli import digest as command_line
from digest.writers import formats

Run = Callable[..., Result]

COMMANDS = sorted(command_line.commands)


def test_the_commands_are_those_of_the_contract() -> None:
    assert COMMANDS == ["articles", "batch", "cache", "check", "init", "make", "plan"]


def test_the_help_lists_every_command(run: Run) -> None:
    shown = run("--help").stdout
    assert all(f"\n  {name} " in shown for name in COMMANDS)


def test_the_examples_of_the_help_stand_a_line_each(run: Run) -> None:
    shown = run("--help").stdout
    assert "\n    digest make -f epub -f pdf     both\n" in shown
    assert "\\b" not in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_explains_each_of_its_options(run: Run, name: str) -> None:
    shown = run(name, "--help").stdout
    options = [option for option in command_line.commands[name].params if isinstance(option, click.Option)]
    assert all(spelling in shown for option in options for spelling in option.opts)
    assert all(option.help for option in options)


def test_the_help_of_make_names_the_formats_there_are(run: Run) -> None:
    assert ", ".join(formats()) in " ".join(run("make", "--help").stdout.split())


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_a_terminal_of_80_columns(run: Run, name: str) -> None:
    assert max(map(len, run(*filter(None, [name]), "--help").stdout.splitlines())) <= 80


def test_the_version_is_one_line(run: Run) -> None:
    assert run("--version").stdout == f"digest {digest.__version__}\n"
