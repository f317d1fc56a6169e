"""Puts functions of ours in the place of others for a while: WeasyPrint has no door for what we do otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def exchanged(ours: Sequence[tuple[Any, str, Any]]) -> Iterator[None]:
    """Let names of modules and classes mean what we give while the block runs: (where, name, ours) of each."""
    before = [(place, name, place.__dict__[name]) for place, name, _ in ours]
    try:
        for place, name, function in ours:
            setattr(place, name, function)
        yield
    finally:
        for place, name, original in before:
            setattr(place, name, original)
