"""Shortcuts for finding the rules of an element: the one behind it is made alone, and it is asked for its name once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from cssselect2 import compiler
from cssselect2.tree import ElementWrapper

# How cssselect2 0.10.1 tests `:has(+ …)`: it makes all that follow, and takes the first.
ALL = "list(el.iter_next_siblings())[:1]"
FIRST = "(next_one for _, next_one in zip((0,), el.iter_next_siblings()))"


@contextmanager
def next_ones_alone() -> Iterator[None]:
    """Let selectors that are read while the block runs make only the next element where they ask for no other."""
    original = compiler._compile_node
    compiler._compile_node = lambda selector: original(selector).replace(ALL, FIRST)
    try:
        yield
    finally:
        compiler._compile_node = original


class Kept:
    """A property that is worked out once; functools' own takes a lock for it, which Python 3.12 found needless."""

    def __init__(self, function: Callable[[Any], Any], name: str) -> None:
        self._function, self._name = function, name

    def __get__(self, item: Any, kind: Any) -> Any:
        if item is None:
            return self
        found = item.__dict__[self._name] = self._function(item)
        return found


MATCHING: tuple[tuple[Any, str, Any], ...] = tuple(
    (ElementWrapper, name, Kept(kept.func, name))
    for name, kept in ElementWrapper.__dict__.items()
    if isinstance(kept, cached_property)
)
