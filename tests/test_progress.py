from __future__ import annotations

import io
import sys

import pytest

from digest.progress import shown, untracked


def test_without_a_terminal_the_steps_are_given_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with shown() as track:
        assert [*track(["a", "b"], "reading")] == ["a", "b"]
    assert (track is untracked, stream.getvalue()) == (True, "")


def test_on_a_terminal_the_steps_are_given_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with shown() as track:
        assert [*track(["a", "b"], "reading")] == ["a", "b"]
    assert "reading" in stream.getvalue()


def test_an_error_amid_the_steps_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(ZeroDivisionError), shown() as track:
        print(*(1 / number for number in track([1, 0], "dividing")))
