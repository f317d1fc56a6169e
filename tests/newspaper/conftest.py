"""The flag that writes the expected output of tests/pages anew: `pytest tests/newspaper --rewrite-pages`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-pages", action="store_true", help="write tests/pages/*/expected.json anew")
