from __future__ import annotations

from pathlib import Path

import pytest

from digest import style
from digest.errors import BrokenStyleError, SettingsError, UnknownStyleError
from digest.style import Style

SHEET = 'description = "plain"\n'


def folder_of(project: Path, name: str = "plain", sheet: str = SHEET, **files: str) -> Path:
    folder = project / "styles" / name
    (folder / "templates").mkdir(parents=True)
    (folder / "style.toml").write_text(sheet, encoding="utf-8")
    for file, text in files.items():
        (folder / file.replace("__", "/").replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def rendered(project: Path, template: str) -> str:
    folder_of(project, templates__page_html=template)
    return style.find("plain", project).render("page.html", title="<题> & “目”")


def test_our_own_styles_are_found_from_anywhere(tmp_path: Path) -> None:
    assert {"classic", "gongwen"} <= set(style.available(tmp_path))
    assert style.find("classic", tmp_path).paper == (148.0, 210.0)


def test_a_style_is_only_a_folder() -> None:
    """Nothing in the program knows the name of the second style."""
    sources = (Path(style.__file__).parent).rglob("*.py")
    assert not [path for path in sources if "gongwen" in path.read_text(encoding="utf-8")]


def test_a_style_of_the_project_is_found_first(tmp_path: Path) -> None:
    folder_of(tmp_path, "classic", 'description = "mine"\n')
    assert style.find("classic", tmp_path).description == "mine"


def test_a_style_may_extend_ours_of_the_same_name(tmp_path: Path) -> None:
    folder_of(tmp_path, "classic", 'description = "mine"\nextends = "classic"\npaper = "A4"\n', book_css="p {}")
    found = style.find("classic", tmp_path)
    assert found.paper == (210.0, 297.0)
    assert [path.parent.name for path, _ in found.css("book.css")] == ["classic", "classic"]
    assert [text for _, text in found.css("book.css")][-1] == "p {}"


@pytest.mark.parametrize("name", ["nosuch", "../classic", "/etc", "", ".", "classic/templates"])
def test_an_unknown_style_is_told_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownStyleError, match=r"there are: classic, gongwen"):
        style.find(name, tmp_path)


def test_a_folder_that_links_out_of_the_project_is_no_style(tmp_path: Path) -> None:
    elsewhere = folder_of(tmp_path / "elsewhere")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "plain").symlink_to(elsewhere)
    assert "plain" not in style.available(tmp_path)
    with pytest.raises(UnknownStyleError):
        style.find("plain", tmp_path)


@pytest.mark.parametrize(
    ("sheet", "line", "what"),
    [
        ("description = \n", 1, "not a value, or text without quotes"),
        (SHEET + 'papier = "A5"\n', 2, "papier"),
        (SHEET + "paper = 5\n", 2, "paper"),
        (SHEET + 'paper = "A9"\n', 2, "'A9' is no paper"),
        (SHEET + 'paper = "1 x 9999 mm"\n', 2, "is no paper"),
        (SHEET + 'extends = "nosuch"\n', 2, "no style 'nosuch'"),
        (SHEET + '[fonts]\ntext = "nosuch.otf"\n', 3, "'nosuch.otf' is neither"),
        (SHEET + '[fonts]\ntext = "../../secret.otf"\n', 3, "is neither"),
        (SHEET + '[fonts]\n"a;b" = "Noto Serif SC"\n', 3, "is no role"),
        ("paper = 'A5'\n", 1, "description"),
    ],
)
def test_a_fault_in_style_toml_is_told_with_its_line(tmp_path: Path, sheet: str, line: int, what: str) -> None:
    (tmp_path / "secret.otf").write_text("")
    folder = folder_of(tmp_path, sheet=sheet)
    with pytest.raises(BrokenStyleError) as raised:
        style.find("plain", tmp_path)
    assert str(raised.value).startswith(f"{folder}/style.toml:{line}: ")
    assert what in str(raised.value)


def test_two_styles_that_extend_each_other_are_told(tmp_path: Path) -> None:
    folder_of(tmp_path, "plain", SHEET + 'extends = "fancy"\n')
    folder_of(tmp_path, "fancy", SHEET + 'extends = "plain"\n')
    with pytest.raises(BrokenStyleError, match=r"fancy/style\.toml:2: there is no style 'plain' to extend"):
        style.find("plain", tmp_path)


def test_paper_may_be_given_in_millimetres(tmp_path: Path) -> None:
    folder_of(tmp_path, sheet=SHEET + 'paper = "170 x 240.5 mm"\n')
    assert style.find("plain", tmp_path).paper == (170.0, 240.5)


def test_a_font_is_one_of_ours_or_a_file_of_the_style(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, sheet=SHEET + '[fonts]\ntext = "Noto Sans SC"\ntitle = "my.otf"\n', my_otf="")
    fonts = style.find("plain", tmp_path).fonts
    assert fonts["text"].name == "NotoSansSC-Regular.otf"
    assert fonts["title"] == (folder / "my.otf").resolve()


def test_a_template_of_the_style_wins_over_ours(tmp_path: Path) -> None:
    folder_of(tmp_path, templates__cover_html="mine")
    assert style.find("plain", tmp_path).render("cover.html") == "mine"


def test_what_a_template_prints_is_escaped(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ title }}") == "&lt;题&gt; &amp; “目”"


@pytest.mark.parametrize(
    "template",
    [
        "\n{{ nosuch }}",
        "\n{% if %}",
        "\n{% include '../../style.toml' %}",
        "\n{% include '/etc/passwd' %}",
        "\n{{ title.__class__.__mro__ }}",
        "\n{{ 1 // 0 }}",
        "\n{% include 'out.html' %}",
    ],
)
def test_a_fault_in_a_template_is_told_with_its_line(tmp_path: Path, template: str) -> None:
    with pytest.raises(BrokenStyleError, match=r"templates/page\.html:2: "):
        rendered(tmp_path, template)


def test_a_template_that_links_out_of_the_style_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = folder_of(tmp_path)
    (folder / "templates" / "page.html").symlink_to(tmp_path / "secret")
    with pytest.raises(BrokenStyleError, match="leads out of the style's folder"):
        style.find("plain", tmp_path).render("page.html")


@pytest.mark.parametrize(
    ("css", "line"),
    [("p { color red }", 1), ("p {}\n@page { foo", 2), ("p {}\n}\n", 2), ("@page {\n@top-left { x }\n}", 2)],
)
def test_css_that_would_be_dropped_in_part_is_refused_with_its_line(tmp_path: Path, css: str, line: int) -> None:
    folder = folder_of(tmp_path, book_css=css)
    with pytest.raises(BrokenStyleError) as raised:
        list(style.find("plain", tmp_path).css("book.css"))
    assert str(raised.value).startswith(f"{folder}/book.css:{line}: ")


def test_an_editor_chooses_faces_of_ours_or_files_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "mine.otf").write_bytes(b"OTTO")
    chosen = style.chosen_fonts({"text": "Noto Sans SC", "quote": "mine.otf"}, tmp_path)
    assert [chosen["text"].name, chosen["quote"]] == ["NotoSansSC-Regular.otf", tmp_path / "mine.otf"]


@pytest.mark.parametrize(
    ("role", "font"), [("text", "nosuch.otf"), ("text", "../mine.otf"), ("text", "/etc/passwd"), ("Text", "mine.otf")]
)
def test_a_chosen_face_that_is_not_there_is_told(tmp_path: Path, role: str, font: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "mine.otf").write_bytes(b"OTTO")
    with pytest.raises(SettingsError, match=rf"digest.toml: `fonts\.{role}`: "):
        style.chosen_fonts({role: font}, project)


@pytest.mark.parametrize("css", ["p {}\n\nh1 { color: red", "p {}\n\n/* h1", 'p {}\n\nh1 { content: "a'])
def test_css_that_would_swallow_the_next_sheet_is_refused(tmp_path: Path, css: str) -> None:
    folder_of(tmp_path, book_css=css)
    with pytest.raises(BrokenStyleError, match=r"book\.css:\d: .*(not closed|unclosed|EOF)"):
        list(style.find("plain", tmp_path).css("book.css"))


def test_css_that_links_out_of_the_style_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = folder_of(tmp_path)
    (folder / "book.css").symlink_to(tmp_path / "secret")
    with pytest.raises(BrokenStyleError, match="leads out of the style's folder"):
        list(style.find("plain", tmp_path).css("book.css"))


def test_a_fault_in_our_own_template_is_a_bug_with_its_traceback(tmp_path: Path) -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        style.find("classic", tmp_path).render("title-page.html")


def test_a_style_holds_the_files_of_its_folders_alone(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    found: Style = style.find("plain", tmp_path)
    assert found.holds(folder / "book.css")
    assert not found.holds(folder / ".." / "other" / "book.css")
    assert not found.holds(Path("/etc/passwd"))


def test_a_styles_own_fonts_are_those_that_no_package_brings(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, sheet=SHEET + '[fonts]\nhead = "own.otf"\ntitle = "Noto Sans SC"\n')
    (folder / "own.otf").write_bytes(b"OTTO")
    assert style.find("plain", tmp_path).own_fonts == (folder / "own.otf",)


def test_every_template_is_in_the_readme() -> None:
    readme = (style.TEMPLATES / "README.md").read_text(encoding="utf-8")
    missing = [
        path.name for path in style.TEMPLATES.iterdir() if path.name != "README.md" and f"`{path.name}`" not in readme
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("own", "extended", "expected"),
    [
        ("", "", False),
        ("embed_fonts = true\n", "", True),
        ("", "embed_fonts = true\n", True),
        ("embed_fonts = false\n", "embed_fonts = true\n", False),
    ],
)
def test_fonts_are_embedded_if_the_style_or_one_it_extends_says_so(
    tmp_path: Path, own: str, extended: str, expected: bool
) -> None:
    folder_of(tmp_path, "base", SHEET + extended)
    folder_of(tmp_path, "mine", f'{SHEET}extends = "base"\n{own}')
    assert style.find("mine", tmp_path).embed_fonts is expected
