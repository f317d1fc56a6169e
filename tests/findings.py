"""What `digest check` finds in a file: its codes and places."""

from __future__ import annotations

from pathlib import Path

from digest.checks import check


def findings(path: Path) -> list[tuple[str, str]]:
    """What is found; each finding says what to do."""
    found = check(path)
    assert [finding.code for finding in found if not finding.hint] == []
    return [(finding.code, finding.where) for finding in found]
