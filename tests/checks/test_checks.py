from __future__ import annotations

from pathlib import Path

import pytest

from digest.checks import check
from digest.errors import SourceMissingError, UnknownFormatError


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match=r"nosuch\.epub: there is no such file"):
        check(tmp_path / "nosuch.epub")


@pytest.mark.parametrize("name", ["book.mobi", "book", "epub", "book.__init__"])
def test_a_kind_that_no_check_knows_is_told_with_those_there_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(UnknownFormatError, match=r"checks there are: epub, pdf"):
        check(tmp_path / name)
