"""What all tests share: how many examples a property is tried on (`pytest --hypothesis-profile=thorough` for more)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and in every run, however slow the machine is.
STABLE = settings(derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", STABLE, max_examples=200)
settings.register_profile("thorough", STABLE, max_examples=1_000)
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the command's results apart from those of whoever runs the tests, and of each other."""
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path_factory.mktemp("cache")))
