"""The fonts that pages are set in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import style
from digest.fonts import only_fonts


@pytest.fixture(scope="session", autouse=True)
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Show Pango our two faces alone."""
    folder = tmp_path_factory.mktemp("fonts")
    with only_fonts(style.find("classic", Path("/nonexistent")).fonts, str(folder)):
        yield
