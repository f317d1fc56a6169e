"""A folder for what is half made."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.scratch import scratch


def test_it_is_there_while_it_is_in_use(tmp_path: Path) -> None:
    with scratch(tmp_path) as place:
        (place / "half.pdf").write_bytes(b"%PDF")
        assert [*tmp_path.iterdir()] == [place]
    assert not [*tmp_path.iterdir()]


def test_an_error_takes_it_away(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), scratch(tmp_path) as place:
        (place / "half.pdf").replace(place / "whole" / "half.pdf")
    assert not [*tmp_path.iterdir()]


def test_a_signal_that_comes_just_when_it_is_made_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def ended(folder: Path, mode: int) -> None:
        make(folder, mode)
        raise SystemExit(143)

    monkeypatch.setattr(Path, "mkdir", ended)
    with pytest.raises(SystemExit), scratch(tmp_path):
        pytest.fail("it goes on")
    assert not [*tmp_path.iterdir()]


def test_nobody_else_may_look_into_it(tmp_path: Path) -> None:
    with scratch(tmp_path) as place:
        assert place.stat().st_mode & 0o077 == 0
