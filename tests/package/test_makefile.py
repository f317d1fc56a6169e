"""The Makefile, run for real in a world whose pip, apt-get, sudo and loader only write down what is asked of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE_PYTHON = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
LIBRARIES = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}
VENV_PACKAGE = f"python3.{sys.version_info[1]}-venv"

# The real venv, without the seconds that its pip takes: that pip would be shadowed by the one below.
PYTHON = f"""#!/bin/sh
case "$*" in
"-m venv "*) shift 2; echo "venv $*" >> "$WORLD/log"; exec {BASE_PYTHON} -m venv --without-pip "$@" ;;
*) exec {BASE_PYTHON} "$@" ;;
esac
"""

# Every tool of the virtual environment: writes its line, and fails where the test asked it to.
TOOL = """#!/bin/sh
echo "${0##*/} $*${DIGEST_WHEEL:+ on the wheel}" >> "$WORLD/log"
[ ! -e "$WORLD/broken-${0##*/}" ]
"""

PIP = """
import os, shutil, sys
from pathlib import Path

world = Path(os.environ["WORLD"])
with (world / "log").open("a") as log:
    print("pip", *sys.argv[1:], file=log)
if (world / "broken-pip").exists():
    sys.exit(1)
for tool in ("digest", "ruff", "mypy", "lint-imports", "pytest"):
    shutil.copy(world / "tool", Path(sys.prefix, "bin", tool))
"""

HATCHLING = """
import sys, zipfile
from pathlib import Path

folder = Path(sys.argv[sys.argv.index("--directory") + 1])
folder.mkdir(parents=True)
with zipfile.ZipFile(folder / "digest.whl", "w") as wheel:
    wheel.writestr("digest/__init__.py", "")
"""

# A loader and an ensurepip that are there when nothing lacks them: `lacking` holds Debian's package names.
CTYPES = """
import os
from pathlib import Path

PACKAGES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "atomic": "libatomic1",
}


def CDLL(name):
    library = Path(name).name.removeprefix("lib").removesuffix(".dylib")
    library = library.removesuffix(".so.0").removesuffix(".so.1")
    if PACKAGES[library] in Path(os.environ["WORLD"], "lacking").read_text().split():
        raise OSError(f"{name}: cannot open shared object file")
"""

ENSUREPIP = """
import os
from pathlib import Path

if "-venv" in Path(os.environ["WORLD"], "lacking").read_text():
    raise ImportError("No module named 'ensurepip'")
"""

APT_GET = """#!/bin/sh
echo "apt-get $*" >> "$WORLD/log"
[ ! -e "$WORLD/broken-apt-get" ] || { echo "E: Unable to fetch some archives"; exit 100; }
case "$1" in install) : > "$WORLD/lacking" ;; esac
"""

# `npm ci --prefix FOLDER`; and the programs that .ci/reader-packages looks for.
NPM = """#!/bin/sh
echo "npm $*" >> "$WORLD/log"
[ ! -e "$WORLD/broken-npm" ]
"""

SUDO = """#!/bin/sh
[ ! -e "$WORLD/password" ] || { echo 'sudo: a password is required' >&2; exit 1; }
shift
exec "$@"
"""


@dataclass(frozen=True)
class World:
    """A machine of its own: `make` runs in `house`, and all that it calls is in `folder`."""

    folder: Path
    house: Path
    path: str = os.defpath

    def make(self, *targets: str) -> subprocess.CompletedProcess[str]:
        """Run make; the log starts anew with each run."""
        self.mark("log")
        return self.run("make", *targets, folder=self.house)

    def run(self, *command: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command in `folder` with the world's programs and nothing of the environment of this test."""
        environment = {
            "PATH": f"{self.folder / 'bin'}:{self.path}",
            "PYTHONPATH": str(self.folder / "modules"),
            "WORLD": str(self.folder),
        }
        return subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    def machine_without(self, *programs: str) -> World:
        """Give the same world on a machine that lacks some programs, whatever this one has in /usr/bin."""
        for name in programs:
            (self.folder / "bin" / name).unlink(missing_ok=True)
        tools = self.folder / "tools"
        tools.mkdir()
        for folder in os.defpath.split(":"):
            for tool in Path(folder or ".").iterdir():
                if tool.name not in programs and not (tools / tool.name).exists():
                    (tools / tool.name).symlink_to(tool)
        return replace(self, path=str(tools))

    @property
    def log(self) -> list[str]:
        """What was called in the last run, a line each."""
        return (self.folder / "log").read_text().splitlines()

    def mark(self, name: str, text: str = "") -> None:
        """Leave a file that the world's programs look for."""
        (self.folder / name).write_text(text)

    def installs(self) -> list[str]:
        """What the last run installed."""
        return [line for line in self.log if line.startswith(("pip ", "apt-get ", "venv ", "npm "))]


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A machine with every library, where we are root, and a fresh clone in a folder with a space in its name."""
    folder, house = tmp_path / "world", tmp_path / "a clone"
    programs = {"python3": PYTHON, "apt-get": APT_GET, "sudo": SUDO, "id": "#!/bin/sh\necho 0\n"}
    for name, text in (programs | {"npm": NPM, "chromium": "#!/bin/sh\n", "gs": "#!/bin/sh\n"}).items():
        script(folder / "bin" / name, text)
    for name, text in {"pip": PIP, "hatchling": HATCHLING}.items():
        script(folder / "modules" / name / "__main__.py", text)
        script(folder / "modules" / name / "__init__.py", "")
    script(folder / "modules" / "ctypes.py", CTYPES)
    script(folder / "modules" / "ensurepip.py", ENSUREPIP)
    script(folder / "tool", TOOL)
    (folder / "lacking").touch()
    shutil.copytree(ROOT / ".ci", house / ".ci")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, house)
    for name in ("dist", "digest", "tests"):
        (house / name).mkdir()
    lists = shutil.ignore_patterns("*.py", "*.js", "*.html", "pages", "__pycache__")
    shutil.copytree(ROOT / "tests/reading_systems", house / "tests/reading_systems", ignore=lists)
    return World(folder, house)


def only_line(stderr: str) -> str:
    """The one line that is ours; make adds its own after it."""
    (line,) = (line for line in stderr.splitlines() if not line.startswith("make: "))
    return line


def test_make_alone_lists_every_target(world: World) -> None:
    listing = world.make().stdout

    makefile = (ROOT / "Makefile").read_text()
    (phony,) = (line.split()[1:] for line in makefile.splitlines() if line.startswith(".PHONY:"))
    assert {line.split()[1] for line in listing.splitlines()} == set(phony) - {"anew"}
    assert world.log == []


def test_make_book_installs_the_package_and_makes_both_formats(world: World) -> None:
    run = world.make("book")

    assert run.returncode == 0, run.stderr
    assert [line.split()[0] for line in world.log] == ["venv", "pip", "digest"]
    assert world.log[1].endswith("--editable .")
    assert world.log[2] == "digest make --format epub --format pdf"


def test_nothing_but_the_book_is_said_on_stdout(world: World) -> None:
    world.mark("lacking", "libpango-1.0-0")

    assert world.make("book").stdout == ""


@pytest.mark.parametrize("target", ["book", "test", "test-readers"])
def test_a_second_call_installs_nothing(world: World, target: str) -> None:
    assert world.make(target).returncode == 0
    assert world.installs()
    world.mark("broken-pip")
    world.mark("broken-apt-get")

    again = world.make(target)

    assert again.returncode == 0, again.stderr
    assert world.installs() == []
    assert world.log


def test_changed_dependencies_are_installed(world: World) -> None:
    world.make("test")
    later = (world.house / ".venv/ready-to-develop").stat().st_mtime + 10
    os.utime(world.house / "pyproject.toml", (later, later))

    world.make("test")

    assert [line.split()[0] for line in world.installs()] == ["pip", "pip", "pip"]


def test_what_failed_to_install_is_tried_again(world: World) -> None:
    world.mark("broken-pip")
    assert world.make("book").returncode != 0
    (world.folder / "broken-pip").unlink()

    assert world.make("book").returncode == 0
    assert world.log[-1].startswith("digest make")


def gone_python(world: World) -> None:
    for python in (world.house / ".venv/bin").glob("python*"):
        python.unlink()
        python.symlink_to("/nowhere/python3")


def half_made(world: World) -> None:
    (world.house / ".venv/made").unlink()


def moved(world: World) -> None:
    elsewhere = world.house / "elsewhere"
    (world.house / ".venv").rename(elsewhere)
    text = (elsewhere / "made").read_text().replace(str(world.house), "/where/it/was")
    (elsewhere / "made").write_text(text)
    elsewhere.rename(world.house / ".venv")


@pytest.mark.parametrize("accident", [gone_python, half_made, moved])
def test_a_virtual_environment_that_cannot_work_is_made_anew(world: World, accident: Callable[[World], None]) -> None:
    world.make("book")
    accident(world)

    run = world.make("book")

    assert run.returncode == 0, run.stderr
    assert [line.split()[0] for line in world.log] == ["venv", "pip", "digest"]
    assert world.make("book").returncode == 0
    assert world.installs() == []


def test_goals_made_side_by_side_install_one_after_the_other(world: World) -> None:
    run = world.make("-j2", "book", "test")

    assert run.returncode == 0, run.stderr
    assert [line.split()[0] for line in world.installs()] == ["venv", "pip", "pip", "pip"]


def test_missing_libraries_and_venv_come_in_one_apt_call(world: World) -> None:
    world.mark("lacking", " ".join([*LIBRARIES, VENV_PACKAGE]))

    run = world.make("book")

    assert run.returncode == 0, run.stderr
    update, install = (line.split() for line in world.log if line.startswith("apt-get "))
    assert update[1] == "update"
    assert "--no-install-recommends" in install
    assert LIBRARIES | {VENV_PACKAGE} <= set(install)


def test_only_what_is_missing_is_installed(world: World) -> None:
    world.mark("lacking", "libharfbuzz-subset0")

    world.make("book")

    (install,) = (line.split() for line in world.log if line.startswith("apt-get install"))
    assert LIBRARIES & set(install) == {"libharfbuzz-subset0"}


def test_a_sudo_without_a_password_serves_as_root(world: World) -> None:
    script(world.folder / "bin/id", "#!/bin/sh\necho 1000\n")
    world.mark("lacking", "libpango-1.0-0")

    assert world.make("book").returncode == 0
    assert any(line.startswith("apt-get install") for line in world.log)


def test_who_may_not_install_is_told_in_one_line_what_to_install(world: World) -> None:
    script(world.folder / "bin/id", "#!/bin/sh\necho 1000\n")
    world.mark("password")
    world.mark("lacking", f"libpango-1.0-0 {VENV_PACKAGE}")

    run = world.make("book")

    assert run.returncode != 0
    assert f"apt-get install --no-install-recommends libpango-1.0-0 {VENV_PACKAGE}`" in only_line(run.stderr)
    assert world.log == []


def test_packages_that_apt_cannot_install_are_named(world: World) -> None:
    world.mark("broken-apt-get")
    world.mark("lacking", "libpango-1.0-0")

    run = world.make("book")

    assert run.returncode != 0
    assert "E: Unable to fetch some archives" in run.stderr
    assert "apt-get install --no-install-recommends libpango-1.0-0`" in run.stderr.splitlines()[-2]
    assert not [line for line in world.log if line.startswith(("venv", "pip"))]


def test_a_machine_without_a_python_of_3_11_is_told_so_in_one_line(world: World) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        script(world.folder / "bin" / name, "#!/bin/sh\nexit 1\n")

    run = world.make("book")

    assert run.returncode != 0
    assert "no Python 3.11 or newer" in only_line(run.stderr)


def test_a_newer_python_is_found_beside_an_old_python3(world: World) -> None:
    (world.folder / "bin/python3").rename(world.folder / "bin/python3.12")
    script(world.folder / "bin/python3", "#!/bin/sh\nexit 1\n")

    assert world.make("book").returncode == 0


def test_make_test_checks_first_then_tests_the_source_and_the_wheel(world: World) -> None:
    run = world.make("test")

    assert run.returncode == 0, run.stderr
    tools = [line for line in world.log if line not in world.installs()]
    assert tools == [
        "ruff format --check",
        "ruff check",
        "mypy ",
        "lint-imports --no-logo",
        "pytest -n 2",
        "pytest -n 2 on the wheel",
    ]


@pytest.mark.parametrize("tool", ["ruff", "mypy", "lint-imports", "pytest"])
def test_what_fails_fails_make_test(world: World, tool: str) -> None:
    world.mark(f"broken-{tool}")

    assert world.make("test").returncode != 0


def test_a_failure_on_the_wheel_alone_fails_make_test(world: World) -> None:
    script(world.folder / "tool", TOOL + '[ -z "$DIGEST_WHEEL" ]\n')

    run = world.make("test")

    assert world.log[-1] == "pytest -n 2 on the wheel"
    assert run.returncode != 0


READERS_TESTED = "pytest -n 2 --dist loadfile tests/reading_systems tests/printing/test_inks.py"


def test_make_test_readers_installs_them_once_tests_them_and_leaves_the_rest(world: World) -> None:
    run = world.make("test-readers")

    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    assert [line.split()[0] for line in world.log] == ["venv", "pip", "pip", "pip", "pip", "npm", "pytest"]
    assert "--ignore-scripts" in world.log[-2]
    assert world.log[-1] == READERS_TESTED


@pytest.mark.parametrize("tool", ["pytest", "npm"])
def test_what_fails_fails_make_test_readers(world: World, tool: str) -> None:
    world.mark(f"broken-{tool}")

    assert world.make("test-readers").returncode == 2


def test_a_machine_without_a_browser_gets_one(world: World) -> None:
    run = world.machine_without("chromium", "npm").make("test-readers")

    assert run.returncode != 0  # this apt-get brings nothing
    (install,) = (line for line in world.log if line.startswith("apt-get install"))
    assert install.endswith(" chromium npm")


def test_what_drives_the_browser_gets_its_library(world: World) -> None:
    world.make("test")
    world.mark("lacking", "libatomic1")

    run = world.make("test-readers")

    assert run.returncode == 0, run.stderr
    (install,) = (line for line in world.log if line.startswith("apt-get install"))
    assert install.endswith(" libatomic1")


def test_who_may_not_install_a_browser_is_told_in_one_line(world: World) -> None:
    script(world.folder / "bin/id", "#!/bin/sh\necho 1000\n")
    world.mark("password")

    run = world.machine_without("chromium").make("test-readers")

    assert run.returncode == 2
    assert "`sudo apt-get install --no-install-recommends chromium`" in run.stderr.splitlines()[-2]
    assert READERS_TESTED not in world.log


def test_what_runs_on_each_submission_is_make_test_then_the_readers(world: World) -> None:
    world.make("test-readers")
    world.mark("log")

    world.run("bash", str(world.house / ".ci/run"), folder=Path("/"))

    assert world.log[-2:] == ["pytest -n 2 on the wheel", READERS_TESTED]


def test_where_a_test_fails_no_reader_is_tried(world: World) -> None:
    world.mark("broken-pytest")

    run = world.run("bash", str(world.house / ".ci/run"), folder=Path("/"))

    assert run.returncode != 0
    assert READERS_TESTED not in world.log


def test_clean_leaves_the_folder_as_it_was_cloned(world: World) -> None:
    (world.house / "dist/.gitignore").write_text("*\n")
    before = sorted(world.house.rglob("*"))
    world.make("book")
    (world.house / "dist/book.epub").touch()
    (world.house / "digest/__pycache__").mkdir()

    world.make("clean")

    assert sorted(world.house.rglob("*")) == before
