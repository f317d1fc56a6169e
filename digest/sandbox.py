"""Where templates run: they may read what they are given, call what does no harm, and change nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which gives a fact of an article, an edition or an entry without asking twice if it may."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give an attribute of an object; a public field of a dataclass is what templates are there to set."""
        if attribute in _facts(type(obj)):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@cache
def _facts(kind: type) -> frozenset[str]:
    """List the public fields of a dataclass; any other kind of object has none."""
    return frozenset(fact.name for fact in fields(kind) if fact.name[0] != "_") if is_dataclass(kind) else frozenset()
