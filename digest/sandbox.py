"""Where templates run: they may read what they are given, call what does no harm, and change nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment


class _Facts(dict[type, frozenset[str]]):
    """The public fields of each dataclass that was asked for; any other kind of object has none."""

    def __missing__(self, kind: type) -> frozenset[str]:
        names = [fact.name for fact in fields(kind)] if is_dataclass(kind) else []
        self[kind] = frozenset(name for name in names if not name.startswith("_"))
        return self[kind]


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which gives a fact of an article, an edition or an entry without asking twice if it may."""

    _facts = _Facts()

    def getattr(self, obj: object, attribute: str) -> Any:
        """Give an attribute of an object; a public field of a dataclass is what templates are there to set."""
        if attribute in self._facts[type(obj)]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)
