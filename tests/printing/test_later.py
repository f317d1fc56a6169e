"""Modules that are imported later: nobody misses them, and they are what they are once somebody calls them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digest.printing.later import later

USER = """
from later_folder import tool
from later_folder.tool import Maker, made
"""
TOOL = """
def made(text, *, times=1):
    return text * times

class Maker:
    def __init__(self, text):
        self.text = text
"""
NAME = "later_folder.tool"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that imports another one of a package, in both ways that there are."""
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "later_folder"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "tool.py").write_text(TOOL)
    (folder / "user.py").write_text(USER)
    for name in ("later_folder", "later_folder.user", NAME):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return folder


@pytest.mark.usefixtures("user")
def test_a_module_comes_when_something_in_it_is_called() -> None:
    with later([NAME]):
        from later_folder import user  # type: ignore[import-not-found]
    assert NAME not in sys.modules
    assert user.made("a", times=2) == "aa"
    assert NAME in sys.modules
    assert user.tool.Maker("b").text == user.Maker("b").text == "b"


@pytest.mark.usefixtures("user")
def test_whoever_comes_afterwards_gets_the_module_itself() -> None:
    with later([NAME]):
        from later_folder import user  # noqa: F401
    from later_folder import tool

    assert isinstance(tool.Maker("a"), tool.Maker)


@pytest.mark.usefixtures("user")
def test_a_module_that_is_there_stays() -> None:
    from later_folder import tool

    with later([NAME]):
        from later_folder import user
    assert user.tool is tool


CODE = """
import sys
from digest.printing import layout
weasyprint = layout.weasyprint()
print(*(name for name in layout.SELDOM if name in sys.modules))
from weasyprint.pdf import fonts
fonts.harfbuzz_subset = None
pdf = weasyprint.HTML(string="<p>ABC</p>").write_pdf(uncompressed_pdf=True)
print(pdf.count(b"/FontFile"), *(name for name in layout.SELDOM if name in sys.modules))
"""


def test_weasyprint_has_what_it_cuts_fonts_with_when_it_does() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.splitlines() == ["", "1 fontTools.subset"]
