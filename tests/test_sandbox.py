"""What templates may read: the facts they are given, and nothing that leads out of them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, UndefinedError

from digest.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Fact:
    title: str
    names: list[str]
    _own: str = "own"

    @property
    def loud(self) -> str:
        return self.title.upper()


def rendered(template: str) -> str:
    environment = Sandbox(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(template).render(fact=Fact("a<b", ["x"]), kind=Fact)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ fact.title }}", "a&lt;b"),
        ("{{ fact.loud }}", "A&lt;B"),
        ("{{ fact.names[0] }}", "x"),
        ("{{ fact.title.upper() }}", "A&lt;B"),
    ],
)
def test_facts_and_what_is_told_of_them_are_given(template: str, text: str) -> None:
    assert rendered(template) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ fact._own }}",
        "{{ fact.__class__ }}",
        "{{ fact.names.append('y') }}",
        "{{ fact.title.format.__self__ }}",
        "{{ kind.mro() }}",
        "{{ kind.__init__ }}",
        "{{ fact.nothing }}",
    ],
)
def test_nothing_else_is(template: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        rendered(template)
