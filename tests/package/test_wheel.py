"""What is in the wheel, and that the suite's second run sees nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parents[2]
# Where `make test` unpacked the wheel, when this is the run on it.
WHEEL_FOLDER = os.environ.get("DIGEST_WHEEL", "")
on_the_wheel = pytest.mark.skipif(
    not WHEEL_FOLDER, reason="the run on the source; `make test` makes one on the wheel too"
)
# Ignored by .gitignore, and none of them by hatchling on its own.
IGNORED = ("digest/.cache/notes.txt", "digest/writers/old.egg-info/PKG-INFO", "styles/classic/.venv/pyvenv.cfg")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel of a copy of the source in which ignored files lie about."""
    source = tmp_path_factory.mktemp("source")
    for folder in ("digest", "styles"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source)
    for name in IGNORED:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("ignored")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "made"]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = (source / "made").glob("*.whl")
    with zipfile.ZipFile(made) as opened:
        yield opened


def in_dist_info(wheel: zipfile.ZipFile, name: str) -> str:
    """The text of a file of the wheel's dist-info folder."""
    return wheel.read(f"digest_publisher-{digest.__version__}.dist-info/{name}").decode()


@on_the_wheel
def test_the_run_on_the_wheel_imports_digest_from_the_wheel() -> None:
    elsewhere = {
        name: module.__file__
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "digest" and not Path(module.__file__ or "").is_relative_to(WHEEL_FOLDER)
    }

    assert elsewhere == {}


@on_the_wheel
@pytest.mark.parametrize("folder", [ROOT, Path("/")])
def test_a_process_started_in_the_run_on_the_wheel_imports_digest_from_the_wheel(folder: Path) -> None:
    command = [sys.executable, "-c", "import digest; print(digest.__file__)"]

    place = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()

    assert Path(place).is_relative_to(WHEEL_FOLDER)


def test_the_wheel_holds_every_file_of_digest_and_styles_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    expected = {
        ("digest/" if folder == "styles" else "") + path.relative_to(ROOT).as_posix()
        for folder in ("digest", "styles")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == expected


@pytest.mark.parametrize("folder", ["digest/styles/classic/", "digest/styles/gongwen/", "digest/templates/"])
def test_the_looks_are_in_the_wheel(wheel: zipfile.ZipFile, folder: str) -> None:
    assert [name for name in wheel.namelist() if name.startswith(folder)]


def test_the_wheel_says_that_it_is_typed(wheel: zipfile.ZipFile) -> None:
    assert "digest/py.typed" in wheel.namelist()


def test_unpacking_the_wheel_is_installing_it(wheel: zipfile.ZipFile) -> None:
    assert "Root-Is-Purelib: true" in in_dist_info(wheel, "WHEEL")
    assert not [name for name in wheel.namelist() if ".data/" in name]


def test_the_wheel_carries_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    metadata = HeaderParser().parsestr(in_dist_info(wheel, "METADATA"))

    assert "digest = digest.__main__:main" in in_dist_info(wheel, "entry_points.txt")
    assert (metadata["Name"], metadata["License-Expression"]) == ("digest-publisher", "AGPL-3.0-or-later")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in in_dist_info(wheel, "licenses/LICENSE")


def test_the_version_stands_in_one_place(wheel: zipfile.ZipFile) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert project["tool"]["hatch"]["version"]["path"] == "digest/__init__.py"
    assert HeaderParser().parsestr(in_dist_info(wheel, "METADATA"))["Version"] == digest.__version__
