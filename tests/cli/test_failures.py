"""Each way to fail: one line with what, where and the remedy, an exit code of its own, the earlier book untouched.

What holds for all of them is asserted by the fixture `refused`.
"""

from __future__ import annotations

import errno
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import Result

from digest import readers

Refused = Callable[..., tuple[int, str]]

TEXT = "本报讯 除夕夜，消防救援大队的灯一直亮着，队员们把装备又检查了一遍。\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00"


@pytest.fixture
def page(project: Path) -> Path:
    """A page that can be read."""
    (project / "page.txt").write_text(TEXT, encoding="utf-8")
    return Path("page.txt")


# Sources


def test_a_missing_path_is_named(refused: Refused) -> None:
    line = "nosuch.txt: no such file or folder; check the path, or `sources` in digest.toml"
    assert refused("make", "nosuch.txt") == (3, line)


def test_without_seeds_or_a_word_from_anyone_the_line_says_how_to_begin(refused: Refused) -> None:
    line = "seeds: there is no such folder here; put pages (.txt) or articles (.md) there, or name your own"
    assert refused("make") == (3, line)


def test_a_missing_source_of_digest_toml_is_named(refused: Refused) -> None:
    Path("digest.toml").write_text('sources = ["pages"]\n')
    assert refused("make") == (3, "pages: no such file or folder; check the path, or `sources` in digest.toml")


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "link.txt"])
def test_a_path_that_cannot_be_followed_is_a_missing_one(refused: Refused, name: str) -> None:
    Path("link.txt").symlink_to("link.txt")
    code, line = refused("make", name)
    assert code == 3
    assert line.startswith(f"{name}: cannot be opened (")


def test_a_zero_byte_in_a_source_of_digest_toml_leads_nowhere(refused: Refused) -> None:
    Path("digest.toml").write_text('sources = ["a\\u0000b"]\n')
    assert refused("make")[0] == 3


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\u200b\n".encode()])
def test_an_empty_file_is_named(refused: Refused, data: bytes) -> None:
    Path("empty.txt").write_bytes(data)
    assert refused("make", "empty.txt") == (4, "empty.txt: empty; remove it or put its text in")


def test_an_empty_folder_is_named_with_what_can_be_read(refused: Refused) -> None:
    Path("seeds").mkdir()
    assert refused("make") == (5, "seeds: nothing to read; digest reads .markdown, .md, .txt")


def test_a_folder_with_nothing_readable_is_like_an_empty_one(refused: Refused) -> None:
    Path("seeds").mkdir()
    Path("seeds/page.doc").write_bytes(PNG)
    assert refused("make") == (5, "seeds: nothing to read; digest reads .markdown, .md, .txt")


def test_a_file_that_no_reader_takes_is_refused_when_it_is_named(refused: Refused) -> None:
    Path("page.doc").write_bytes(PNG)
    assert refused("make", "page.doc") == (5, "page.doc: no reader for .doc files; digest reads .markdown, .md, .txt")


def test_a_pipe_is_refused_as_it_might_never_end(refused: Refused) -> None:
    os.mkfifo("pipe.txt")
    assert refused("make", "pipe.txt") == (5, "pipe.txt: neither a file nor a folder; save its text as a file")


def test_a_pile_without_an_article_makes_no_book(refused: Refused) -> None:
    Path("page.txt").write_text("责编：张三\n", encoding="utf-8")
    line = "no article was found in what was read; `digest articles` lists what was set aside"
    assert refused("make", "page.txt") == (5, line)


@pytest.mark.parametrize(
    "data",
    [PNG, Path(sys.executable).resolve().read_bytes()[:50_000], random.Random(0).randbytes(3_000), b"\x00" * 100],
    ids=["png", "elf", "random", "zeros"],
)
@pytest.mark.parametrize("name", ["page.txt", "article.md"])
def test_a_binary_file_with_the_name_of_a_text_is_refused(refused: Refused, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    line = f"{name}: not a text file; leave it out, or give its text as .txt or .md"
    assert refused("make", name) == (6, line)


@pytest.mark.parametrize("size", [1, 7, 64, 300, 1_000, 4_096, 10_000, 65_536, 200_000, 1_000_000])
def test_random_bytes_are_refused_by_one_line(refused: Refused, size: int) -> None:
    Path("page.txt").write_bytes(random.Random(size).randbytes(size))
    assert refused("make", "page.txt")[0] in (4, 5, 6, 7)


def test_a_broken_byte_is_named_with_its_line(refused: Refused) -> None:
    lines = [TEXT.encode(), TEXT.encode().replace("灯".encode(), b"\xe7\x81"), TEXT.encode()]
    Path("page.txt").write_bytes(b"".join(lines))
    assert refused("make", "page.txt") == (7, "page.txt:2: not UTF-8: byte 0xE7; save it as UTF-8 text")


def test_a_file_that_cannot_be_opened_is_named(refused: Refused, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", _failing(Path.read_bytes, errno.EACCES, "page.txt"))
    assert refused("make", page) == (7, "page.txt: cannot be read (Permission denied); check its permissions")


def test_a_folder_that_cannot_be_opened_is_named(refused: Refused, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pile / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", _failing(os.scandir, errno.EACCES, "seeds/closed"))
    assert refused("make") == (3, "seeds/closed: cannot be opened (Permission denied); check its permissions")


def test_a_file_that_is_too_large_is_refused_unread(refused: Refused) -> None:
    with Path("page.txt").open("wb") as file:
        file.truncate(17 * 2**20)
    assert refused("make", "page.txt") == (15, "page.txt: more than 16 MiB; split it into pages")


def test_one_bad_page_among_good_ones_stops_the_book(refused: Refused, pile: Path) -> None:
    (pile / "第3版.txt").write_bytes(b"")
    assert refused("make") == (4, "seeds/第3版.txt: empty; remove it or put its text in")


def test_an_escape_sequence_in_a_name_does_not_reach_the_terminal(refused: Refused) -> None:
    Path("a\x1b[31m.txt").write_bytes(b"")
    assert refused("make", "a\x1b[31m.txt")[1].startswith(r"a\x1b[31m.txt: empty;")


# digest.toml

INIT = "`digest init` in an empty folder shows every setting"


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ('[edition]\ntitle = "x\n', "digest.toml:2: Illegal character '\\n'; mend the TOML there"),
        ("style = gongwen", "digest.toml:1: not a value, or text without quotes; mend the TOML there"),
        ("style", "digest.toml:1: Expected '=' after a key in a key/value pair; mend the TOML there"),
        ('\ntitel = "x"\n', f"digest.toml:2: there is no setting `titel`; {INIT}"),
        ('[edition]\n\ntitel = "x"\n', f"digest.toml:3: there is no setting `edition.titel`; {INIT}"),
        ("[edition]\ntitle = 3\n", f"digest.toml:2: `edition.title` has to be text, in quotes; {INIT}"),
        ('sources = "seeds"\n', f'digest.toml:1: `sources` has to be a list of paths, as in ["seeds"]; {INIT}'),
        ("formats = []\n", f'digest.toml:1: `formats` has to be a list of names, as in ["epub", "pdf"]; {INIT}'),
        ("edition = 3\n", f"digest.toml:1: `edition` has to be a table, [edition]; {INIT}"),
        ('output = "a\\u0000"\n', f"digest.toml:1: `output` has to be text, in quotes; {INIT}"),
        ('[edition]\ndate = "yesterday"\n', f"digest.toml:2: `edition.date` has to be a day, as 2026-01-31; {INIT}"),
        ("[edition]\ndate = 2023-02-31\n", "digest.toml:2: Invalid date or datetime; mend the TOML there"),
        (
            '[edition]\nlanguage = "simplified Chinese"\n',
            f"digest.toml:2: `edition.language` has to be a language tag, as zh-CN or en; {INIT}",
        ),
        ("x = " + "[" * 5_000, "digest.toml: nested too deep; mend the TOML there"),
        ('style = "a"\nstyle = "b"', "digest.toml:2: Cannot overwrite a value; mend the TOML there"),
        ('style = "\u2028"\ntitel = 1', f"digest.toml:2: there is no setting `titel`; {INIT}"),
    ],
)
def test_a_broken_digest_toml_is_named_with_its_line(refused: Refused, page: Path, toml: str, line: str) -> None:
    Path("digest.toml").write_text(toml, encoding="utf-8")
    assert refused("make", page) == (8, line)


def test_a_digest_toml_in_another_encoding_is_named_with_its_line(refused: Refused, page: Path) -> None:
    Path("digest.toml").write_bytes('style = "classic"\n[edition]\ntitle = "文摘"\n'.encode("gb18030"))
    assert refused("make", page) == (8, "digest.toml:3: not UTF-8: byte 0xCE; save it as UTF-8 text")


def test_a_digest_toml_that_is_a_folder_or_leads_nowhere_is_no_silent_default(refused: Refused, page: Path) -> None:
    Path("digest.toml").symlink_to("nowhere")
    line = "digest.toml: not a file; move it away, or put the file itself there"
    assert refused("make", page) == (8, line)


def test_a_huge_digest_toml_is_refused_unread(refused: Refused, page: Path) -> None:
    with Path("digest.toml").open("wb") as file:
        file.truncate(2**30)
    code, line = refused("make", page)
    assert (code, line.partition(";")[0]) == (8, "digest.toml: more than 128 KiB")


def test_a_line_quotes_no_more_than_can_be_read(refused: Refused, page: Path) -> None:
    Path("digest.toml").write_text("a" * 50_000 + " = 1\n")
    code, line = refused("make", page)
    assert code == 8
    assert len(line) < 500


# Front matter


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: 信\n正文\n", "article.md:1: front matter is not closed; end it with a line ---"),
        ('+++\ntitle = "信"\n正文\n', "article.md:1: front matter is not closed; end it with a line +++"),
        ("---\ncolumn: 信\n\ttitle: 信\n---\n正文", "article.md:3: front matter: found character '\\t' that"),
        ("---\ntitle: [信\n---\n正文", "article.md:2: front matter: expected ',' or ']'"),
        (
            '+++\ncolumn = "信"\ntitle = "信\n+++\n正文',
            "article.md:3: front matter: Illegal character '\\n'; mend the TOML",
        ),
        ("---\n- 信\n---\n正文", "article.md:2: front matter is not a table of keys; write `title: …`"),
        ("---\ncolumn: x\ntitle: {a: b}\n---\n正文", "article.md:3: `title` has to be text, in quotes; mend it there"),
        ("+++\nkicker = 3\ntitle = true\n+++\n正文", "article.md:3: `title` has to be text, in quotes; mend it there"),
        (
            "+++\nauthors = 3.5\ntitle = [1]\n+++\n正文",
            "article.md:3: `title` has to be text, in quotes; mend it there",
        ),
        ("+++\nauthors = [1979-05-27]\n+++\n正文", "article.md:2: `authors` has to be a list of names"),
        ("---\ndate: 2023-02-31\n---\n正文", "article.md:2: `date` has to be a day, as 2026-01-31; mend it there"),
        ("---\ndate: yesterday\n---\n正文", "article.md:2: `date` has to be a day, as 2026-01-31; mend it there"),
        ("---\nlanguage: Chinese!\n---\n正文", "article.md:2: `language` has to be a language tag, as zh-CN or en"),
        (
            "---\ntitle: 信\ntitle: 信\n---\n正文",
            "article.md:3: front matter: `title` is set twice; mend the YAML there",
        ),
        ('+++\ntitle = "信"\ntitle = "信"\n+++\n正文', "article.md:3: front matter: Cannot overwrite a value"),
        ('---\ntitle: "\\UFFFFFFFF"\n---\n正文', "article.md:2: front matter: "),
        ("---\ntitle: &a [*a]\n---\n正文", "article.md:2: front matter: found unconstructable recursive node"),
        ("---\nx: " + "[" * 5_000 + "\n---\n正文", "article.md:2: front matter: nested too deep; mend the YAML there"),
        ("+++\nx = " + "[" * 5_000 + "\n+++\n正文", "article.md:2: front matter: nested too deep; mend the TOML there"),
        (
            "---\nx: " + "y" * 17_000 + "\n---\n正文",
            "article.md:1: front matter of more than 16 KiB; move text below it",
        ),
        ("+++\ntitle = 0x" + "f" * 9_000 + "\n+++\n正文", "article.md:2: `title` has to be text, in quotes"),
    ],
)
def test_broken_front_matter_is_named_with_its_line(refused: Refused, text: str, line: str) -> None:
    Path("article.md").write_text(text, encoding="utf-8")
    code, said = refused("make", "article.md")
    assert code == 9
    assert said.startswith(line)


def test_a_bomb_of_aliases_is_refused_before_it_bursts(refused: Refused) -> None:
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    Path("article.md").write_text("\n".join(["---", *bomb, "authors: *i", "---", "正文"]), encoding="utf-8")
    line = 'article.md:11: `authors` has to be a list of names, as in ["张三", "李四"]; mend it there'
    assert refused("make", "article.md") == (9, line)


# Formats and styles


def test_an_unknown_format_is_told_with_those_there_are(refused: Refused, page: Path) -> None:
    assert refused("make", page, "--format", "docx") == (
        10,
        "there is no format 'docx'; there are: booklet, cover, epub, json, pdf, print",
    )


def test_an_unknown_style_is_told_with_those_there_are(refused: Refused, page: Path) -> None:
    Path("styles/own").mkdir(parents=True)
    Path("styles/own/style.toml").write_text('description = "our own"\n')
    line = "there is no style 'nope'; there are: classic, gongwen, own"
    assert refused("make", page, "--style", "nope") == (11, line)


@pytest.mark.parametrize("arguments", [["--format", "docx"], ["--style", "nope"]])
def test_a_misspelt_name_is_told_before_a_long_pile_is_read(refused: Refused, arguments: list[str]) -> None:
    assert refused("make", "nosuch.txt", *arguments)[0] in (10, 11)


def test_a_style_with_broken_css_is_named_with_its_line(refused: Refused, page: Path) -> None:
    Path("styles/own").mkdir(parents=True)
    Path("styles/own/style.toml").write_text('description = "our own"\nextends = "classic"\n')
    Path("styles/own/print.css").write_text("p { margin: 0 }\np { colour: red }\n")
    code, line = refused("make", page, "--format", "pdf", "--style", "own")
    assert code == 12
    assert "styles/own/print.css:2: " in line


def test_a_style_with_a_broken_style_toml_is_named_with_its_line(refused: Refused, page: Path) -> None:
    Path("styles/own").mkdir(parents=True)
    Path("styles/own/style.toml").write_text('description = "our own"\npaper = "B7"\n')
    code, line = refused("make", page, "--style", "own")
    assert code == 12
    assert "styles/own/style.toml:2: 'B7' is no paper" in line


# Output


def test_a_file_in_the_place_of_the_output_folder_is_named(refused: Refused, page: Path) -> None:
    remedy = "move the file that stands in its way, or choose another --output"
    assert refused("make", page, "-o", page) == (13, f"page.txt: cannot be written (File exists); {remedy}")


def test_a_file_above_the_output_folder_is_named(refused: Refused, page: Path) -> None:
    remedy = "move the file that stands in its way, or choose another --output"
    line = f"page.txt/dist: cannot be written (Not a directory); {remedy}"
    assert refused("make", page, "-o", "page.txt/dist") == (13, line)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a Linux folder in which not even root can make anything")
def test_a_folder_in_which_nothing_can_be_made_is_named(refused: Refused, page: Path) -> None:
    line = "/proc/books: cannot be written (No such file or directory); check the path, or choose another --output"
    assert refused("make", page, "-o", "/proc/books") == (13, line)


def test_a_read_only_folder_is_named(refused: Refused, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "mkdir", _failing(os.mkdir, errno.EROFS, "dist/.digest-"))
    remedy = "make it writable, or choose another --output"
    assert refused("make", page) == (13, f"dist: cannot be written (Read-only file system); {remedy}")


def test_a_folder_with_the_name_of_the_book_stays(refused: Refused, page: Path) -> None:
    Path("books/文摘.epub").mkdir(parents=True)
    line = "books/文摘.epub: a folder stands in the way; move it, or choose another --output"
    assert refused("make", page, "-o", "books") == (13, line)
    assert [*Path("books").iterdir()] == [Path("books/文摘.epub")]


def test_a_disk_that_fills_while_a_book_is_written_leaves_the_earlier_one(
    refused: Refused, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(edition: object, style: object, path: Path) -> NoReturn:
        path.write_bytes(b"half a b")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("digest.writers.epub.write", half)
    remedy = "free some space there, or choose another --output"
    line = f"dist: cannot be written (No space left on device); {remedy}"
    assert refused("make", page, "-f", "epub") == (13, line)


def test_no_format_is_replaced_when_one_of_them_fails(
    refused: Refused, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("digest.writers.json.write", full)
    assert refused("make", page, "-f", "epub", "-f", "json")[0] == 13


def test_an_error_about_any_other_file_is_a_bug_and_keeps_its_traceback(
    refused: Refused, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*arguments: object) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/usr/share/fonts/a.ttf")

    monkeypatch.setattr("digest.writers.json.write", lost)
    with pytest.raises(PermissionError):
        refused("make", page, "-f", "json")


def test_a_missing_pango_is_told_with_the_command_that_brings_it(
    process: Callable[..., Any], pile: Path, project: Path
) -> None:
    path = _without_pango(project / "sitecustomize")
    result = process("make", "-f", "pdf", cwd=project, env={"PYTHONPATH": path})
    assert result.returncode == 14
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith("digest: a PDF needs Pango, which is not there (")
    assert "apt-get install --no-install-recommends libpango-1.0-0" in line
    assert not [*project.glob("dist/*")]


def test_a_missing_pango_leaves_stdout_empty(process: Callable[..., Any], pile: Path, project: Path) -> None:
    path = _without_pango(project / "sitecustomize")
    assert process("make", "-f", "pdf", cwd=project, env={"PYTHONPATH": path}).stdout == b""


def test_an_epub_needs_no_pango(process: Callable[..., Any], pile: Path, project: Path) -> None:
    path = _without_pango(project / "sitecustomize")
    result = process("make", "-f", "epub", cwd=project, env={"PYTHONPATH": path})
    assert (result.returncode, result.stdout.decode()) == (0, "dist/文摘.epub\n")


# Usage, and books to check


@pytest.mark.parametrize(
    "arguments",
    [
        ["publish"],
        ["make", "--titel", "x"],
        ["make", "--date", "tomorrow"],
        ["make", "--date", "2023-02-31"],
        ["check"],
    ],
)
def test_a_misspelt_command_line_is_a_usage_error(run: Callable[..., Any], arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Try 'digest" in result.stderr


def test_a_title_that_is_no_text_is_a_usage_error(run: Callable[..., Any], page: Path) -> None:
    result = run("make", page, "--title", "a\udcffb")
    assert result.exit_code == 2
    assert "it is not UTF-8 text" in result.stderr


def test_a_missing_book_cannot_be_checked(refused: Refused) -> None:
    line = "nosuch.epub: there is no such file; `digest make` prints what it writes"
    assert refused("check", "nosuch.epub") == (3, line)


def test_a_file_that_no_check_knows_is_named_with_those_there_are(refused: Refused, page: Path) -> None:
    line = "page.txt: no check knows a file ending in '.txt'; checks there are: epub, pdf"
    assert refused("check", page) == (10, line)


def test_init_never_overwrites(refused: Refused) -> None:
    Path("digest.toml").write_text('style = "gongwen"\n')
    assert refused("init") == (13, "digest.toml: is there already; edit it, or move it away first")
    assert Path("digest.toml").read_text() == 'style = "gongwen"\n'


def _failing(function: Callable[..., Any], code: int, where: str) -> Callable[..., Any]:
    """Make a function of the system fail as the system does, for the paths that have `where` in them."""

    def failing(path: Any, *arguments: Any, **options: Any) -> Any:
        if where in str(path):
            raise OSError(code, os.strerror(code), str(path))
        return function(path, *arguments, **options)

    return failing


def _without_pango(folder: Path) -> str:
    """Write a start-up file that hides Pango from cffi, and give the PYTHONPATH on which it is found."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import cffi\n"
        "found = cffi.FFI.dlopen\n"
        "def dlopen(self, name, *flags):\n"
        "    if 'pango' in name:\n"
        "        raise OSError(f'cannot load library {name!r}')\n"
        "    return found(self, name, *flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
    )
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


# Other packages


def test_a_broken_reader_of_another_package_is_named_where_it_may_be_needed(
    refused: Refused, run: Callable[..., Result], page: Path, monkeypatch: pytest.MonkeyPatch, request: Any
) -> None:
    for folder, name, text in [
        ("digest_odt-1.0.dist-info", "METADATA", "Metadata-Version: 2.1\nName: digest-odt\nVersion: 1.0\n"),
        ("digest_odt-1.0.dist-info", "entry_points.txt", "[digest.readers]\nodt = nosuch_module\n"),
        ("packages", "page.odt", "x"),
    ]:
        Path(folder).mkdir(exist_ok=True)
        Path(folder, name).write_text(text)
    monkeypatch.syspath_prepend(str(Path.cwd()))
    request.addfinalizer(readers._others.cache_clear)
    readers._others.cache_clear()
    assert run("articles", page).exit_code == 0
    why = "ModuleNotFoundError: No module named 'nosuch_module'"
    line = f"digest.readers: odt of the package digest-odt cannot be used ({why}); reinstall digest-odt, or remove it"
    assert refused("make", "packages/page.odt") == (14, line)
