"""What all tests share: how many examples a property is tried on (`pytest --hypothesis-profile=thorough` for more)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and in every run, however slow the machine is.
STABLE = settings(derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", STABLE, max_examples=200)
settings.register_profile("thorough", STABLE, max_examples=1_000)
settings.load_profile("quick")


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the command's results apart from those of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGEST_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the results of each test apart: one may have replaced what makes them."""
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Wait for what another process does, a minute at most."""

    def wait_until(happened: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not happened():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)

    return wait_until


@pytest.fixture(scope="session")
def is_over() -> Callable[[int], bool]:
    """Say whether all processes of a group have ended."""

    def is_over(group: int) -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    return is_over
