"""How many processes may work on a book at once: one, unless the command line or a caller says more."""

from __future__ import annotations

from contextvars import ContextVar

JOBS: ContextVar[int] = ContextVar("JOBS", default=1)
