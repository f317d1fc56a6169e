from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from digest import writers
from digest.errors import UnknownFormatError
from digest.model import Edition
from digest.style import Style


def test_every_module_of_the_package_is_a_format() -> None:
    assert {"epub", "json", "pdf"} <= set(writers.formats())
    assert [writers.find(name).SUFFIX for name in ("epub", "json", "pdf")] == [".epub", ".json", ".pdf"]


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(
        UnknownFormatError, match=r"no format 'mobi'; there are: booklet, cover, epub, json, pdf, print"
    ):
        writers.find("mobi")


def test_another_package_adds_a_format_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("odt", "digest.writers.json", writers.GROUP)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: (point,) if group == writers.GROUP else ())
    assert "odt" in writers.formats()
    assert writers.find("odt") is writers.find("json")


def test_a_built_in_format_is_found_without_asking_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(group: str) -> tuple[EntryPoint, ...]:
        raise AssertionError(group)

    monkeypatch.setattr(importlib.metadata, "entry_points", refuse)
    assert writers.find("epub").SUFFIX == ".epub"


def test_start_up_loads_no_heavy_library() -> None:
    heavy = {"weasyprint", "ebooklib", "PIL", "jinja2", "resvg_py", "pikepdf", "lxml"}
    code = (
        "import sys, digest.writers as w, digest.style as s, digest.checks\n"
        "from pathlib import Path\n"
        "for name in ('epub', 'pdf', 'print', 'cover', 'booklet', 'json'): w.find(name)\n"
        "s.available(Path('.'))\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["epub", "pdf", "print", "booklet"])
def test_the_same_edition_has_the_same_bytes_on_any_machine(
    name: str, small: Edition, classic: Style, tmp_path: Path
) -> None:
    """Another time zone, locale, hash seed, folder and home."""
    import pickle

    (tmp_path / "edition").write_bytes(pickle.dumps(small))
    here = tmp_path / f"here{writers.find(name).SUFFIX}"
    writers.find(name).write(small, classic, here)
    code = (
        "import pickle, sys\n"
        "from pathlib import Path\n"
        "from digest import style, writers\n"
        "edition = pickle.loads(Path('edition').read_bytes())\n"
        f"writers.find({name!r}).write(edition, style.find('classic', Path('.')), Path('there'))"
    )
    environment = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "42", "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert here.read_bytes() == (tmp_path / "there").read_bytes()
