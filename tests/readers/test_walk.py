"""Which files are read, in which order, and under which names."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from digest.errors import NothingReadableError, SourceMissingError
from digest.readers import Source, readers, walk


def files(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("本报讯")


def names(*paths: str) -> list[str]:
    return [source.name for source in walk([*map(Path, paths)]).sources]


def passed_over(*paths: str) -> dict[str, str]:
    return {str(file.path): file.why for file in walk([*map(Path, paths)]).passed_over}


def test_page_2_comes_before_page_10(here: Path) -> None:
    files("seeds/page10.txt", "seeds/page2.txt", "seeds/page1.txt")
    assert names("seeds") == ["page1.txt", "page2.txt", "page10.txt"]


def test_a_folder_s_files_come_in_natural_order_whatever_its_depth(here: Path) -> None:
    files("seeds/b/10.txt", "seeds/b/9.txt", "seeds/a10/1.txt", "seeds/a9/1.txt", "seeds/z.txt", "seeds/0.txt")
    assert names("seeds") == ["0.txt", "a9/1.txt", "a10/1.txt", "b/9.txt", "b/10.txt", "z.txt"]


def test_capitals_stand_beside_their_small_letters(here: Path) -> None:
    files("seeds/b.txt", "seeds/A.txt", "seeds/a.txt", "seeds/C.TXT")
    assert names("seeds") == ["A.txt", "a.txt", "b.txt", "C.TXT"]


def test_sources_are_read_in_the_order_they_are_named(here: Path) -> None:
    files("b.txt", "a.txt", "seeds/1.txt")
    assert names("b.txt", "seeds", "a.txt") == ["b.txt", "1.txt", "a.txt"]


def test_a_source_in_a_folder_is_named_by_its_path_below_that_folder(here: Path) -> None:
    files("seeds/2023/01/1.txt")
    assert names("seeds") == ["2023/01/1.txt"]
    assert names(str(here / "seeds/2023")) == ["01/1.txt"]
    assert names("seeds/2023/01/1.txt") == ["1.txt"]


def test_a_file_given_twice_is_read_once(here: Path) -> None:
    files("seeds/1.txt", "seeds/2.txt")
    Path("link.txt").symlink_to("seeds/1.txt")
    assert names("seeds/2.txt", "seeds", "link.txt", str(here / "seeds/1.txt"), "seeds/../seeds/2.txt") == [
        "2.txt",
        "1.txt",
    ]


def test_equal_names_from_two_folders_are_told_apart(here: Path) -> None:
    files("a/1.txt", "b/1.txt", "c/1.txt")
    assert names("a", "b", "c") == ["1.txt", "1.txt (2)", "1.txt (3)"]


@pytest.mark.parametrize("name", ["README.md", "readme.txt", "LICENSE.txt", "CHANGELOG.md", "Readme.zh.md"])
def test_what_is_about_a_folder_is_passed_over_with_a_word(here: Path, name: str) -> None:
    files("seeds/1.txt", f"seeds/{name}")
    assert names("seeds") == ["1.txt"]
    assert passed_over("seeds") == {f"seeds/{name}": "not read: it is about its folder; name it to read it"}


def test_what_is_passed_over_is_told_once(here: Path) -> None:
    files("seeds/1.txt", "seeds/1.jpg")
    assert len(walk([Path("seeds"), Path("seeds")]).passed_over) == 1


def test_a_readme_that_is_named_is_read(here: Path) -> None:
    files("seeds/README.md")
    assert names("seeds/README.md") == ["README.md"]


def test_a_file_that_no_reader_takes_is_passed_over_with_a_word(here: Path) -> None:
    files("seeds/1.txt", "seeds/1.jpg", "seeds/notes")
    why = "not read: no reader for it"
    assert passed_over("seeds") == {"seeds/1.jpg": why, "seeds/notes": why}


def test_hidden_files_and_folders_are_ignored(here: Path) -> None:
    files("seeds/1.txt", "seeds/.2.txt", "seeds/.git/3.txt", "seeds/.DS_Store")
    assert names("seeds") == ["1.txt"]
    assert passed_over("seeds") == {}


def test_links_to_folders_or_nothing_and_what_is_no_file_are_passed_over_with_a_word(here: Path) -> None:
    files("seeds/1.txt", "elsewhere/2.txt")
    Path("seeds/round").symlink_to("../seeds")
    Path("seeds/gone.txt").symlink_to("nowhere")
    os.mkfifo("seeds/pipe.txt")
    assert names("seeds") == ["1.txt"]
    link = "not read: a link to a folder, or to nothing"
    assert passed_over("seeds") == {
        "seeds/round": link,
        "seeds/gone.txt": link,
        "seeds/pipe.txt": "not read: not a file",
    }


def test_a_link_to_a_file_is_read(here: Path) -> None:
    files("seeds/1.txt", "elsewhere.txt")
    Path("seeds/2.txt").symlink_to("../elsewhere.txt")
    assert names("seeds") == ["1.txt", "2.txt"]


def test_bytes_of_a_name_that_are_no_utf_8_become_visible(here: Path) -> None:
    files(os.fsdecode(b"seeds/a\xff.txt"))
    assert names("seeds") == [r"a\xff.txt"]


def test_nothing_to_read_is_an_error(here: Path) -> None:
    Path("seeds").mkdir()
    with pytest.raises(NothingReadableError, match=r"^seeds: nothing to read; digest reads \.markdown, \.md, \.txt$"):
        walk([Path("seeds")])


def test_one_missing_path_among_others_is_an_error(here: Path) -> None:
    files("1.txt")
    with pytest.raises(SourceMissingError, match=r"^2\.txt: "):
        walk([Path("1.txt"), Path("2.txt")])


@pytest.mark.parametrize("place", ["seeds", "seeds/inner"])
def test_a_folder_that_cannot_be_opened_is_an_error(here: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    files("seeds/1.txt", "seeds/inner/2.txt")
    scan = os.scandir

    def refusing(folder: str) -> object:  # the tests may run as root, to whom every folder is open
        if Path(folder) == Path(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    line = rf"^{place}: cannot be opened \(Permission denied\); check its permissions$"
    with pytest.raises(SourceMissingError, match=line):
        walk([Path("seeds")])


def test_every_reader_says_which_suffixes_it_takes() -> None:
    assert {suffix: reader.__name__.rpartition(".")[2] for suffix, reader in readers().items()} == {  # type: ignore[attr-defined]
        ".md": "markdown",
        ".markdown": "markdown",
        ".txt": "newspaper",
    }


def test_a_source_is_a_path_and_a_name(here: Path) -> None:
    files("seeds/1.txt")
    assert walk([Path("seeds")]).sources == (Source(Path("seeds/1.txt"), "1.txt"),)
