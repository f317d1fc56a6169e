"""Addresses: the same for the same, another for whatever is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import addresses

Pieces = st.lists(st.one_of(st.binary(max_size=9), st.text(max_size=9)), max_size=4)


@given(Pieces, Pieces)
def test_other_pieces_have_another_address(one: list[bytes | str], other: list[bytes | str]) -> None:
    alike = [_bytes(piece) for piece in one] == [_bytes(piece) for piece in other]
    assert (addresses.address("a", *one) == addresses.address("a", *other)) == alike


def _bytes(piece: bytes | str) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")


def test_another_stage_has_another_address() -> None:
    assert addresses.address("a", "b") != addresses.address("b", "b")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.setattr(addresses, "PACKAGE", tmp_path)
    return tmp_path


def test_a_change_in_any_file_of_ours_makes_another_program(package: Path) -> None:
    before = addresses.program.__wrapped__()
    (package / "templates").mkdir()
    (package / "templates" / "a.html").write_text("")
    with_template = addresses.program.__wrapped__()
    (package / "a.py").write_text("2")
    assert len({before, with_template, addresses.program.__wrapped__()}) == 3


def test_what_python_makes_of_our_files_does_not(package: Path) -> None:
    before = addresses.program.__wrapped__()
    (package / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert addresses.program.__wrapped__() == before


def test_another_version_of_a_package_makes_another_program(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path / "site")])
    (tmp_path / "site" / "weasyprint-70.0.dist-info").mkdir(parents=True)
    before = addresses.program.__wrapped__()
    (tmp_path / "site" / "weasyprint-70.0.dist-info").rename(tmp_path / "site" / "weasyprint-70.1.dist-info")
    assert addresses.program.__wrapped__() != before


@pytest.mark.parametrize("change", ["content", "name", "new", "gone"])
def test_a_folder_is_told_by_names_and_contents(tmp_path: Path, change: str) -> None:
    (tmp_path / "fonts").mkdir()
    file = tmp_path / "fonts" / "a.otf"
    file.write_bytes(b"1")
    before = addresses.of_folder(tmp_path)
    changes: dict[str, Callable[[], object]] = {
        "content": lambda: file.write_bytes(b"2"),
        "name": lambda: file.rename(tmp_path / "fonts" / "b.otf"),
        "new": (tmp_path / "b.css").touch,
        "gone": file.unlink,
    }
    changes[change]()
    assert addresses.of_folder(tmp_path) != before


def test_files_that_cannot_be_read_have_none(tmp_path: Path) -> None:
    assert addresses.of_files([tmp_path / "nosuch"]) is None
