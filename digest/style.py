"""Finds a style (a folder of looks), its CSS and fonts, and renders a template in it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from digest.errors import BrokenStyleError, SettingsError, UnknownStyleError
from digest.production import USUAL, Production
from digest.style_sheet import read_css
from digest.toml_file import line_of_key, read_toml

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).parent
TEMPLATES = PACKAGE / "templates"
FILE_NAME = "style.toml"
SHOWN_BY = "styles/classic/style.toml"
NAME = re.compile(r"[^\W_][\w-]*")  # a folder's name and never a path

# Trimmed sizes in millimetres: ISO 216, and the usual Chinese book formats (GB/T 788).
PAPERS = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "16开": (185.0, 260.0),
    "大32开": (140.0, 203.0),
    "32开": (130.0, 184.0),
}
SMALLEST, LARGEST = 50, 600  # mm: a pocket diary, A2
OWN_PAPER = re.compile(r"(\d+(?:\.\d+)?) *[x×] *(\d+(?:\.\d+)?) *mm")

# The two faces every Chinese book needs: 宋 for text, 黑 for heads.
DEFAULT_FONTS = {"text": "Noto Serif SC", "head": "Noto Sans SC"}
ROLE = re.compile(r"[a-z][a-z-]*")
# How templates are read, beside what they may do.
SYNTAX: dict[str, Any] = {
    "autoescape": True,
    "optimized": False,  # there is next to nothing to work out beforehand, and looking for it takes 6 ms
    "trim_blocks": True,
    "lstrip_blocks": True,
}


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What style.toml may say; whatever it leaves out comes from the style it extends, else from the defaults."""

    description: str
    extends: str = ""
    paper: str = ""
    fonts: dict[str, str] = {}
    embed_fonts: bool | None = None
    size: Annotated[float, msgspec.Meta(ge=4, le=72)] | None = None
    line: Annotated[float, msgspec.Meta(ge=4, le=144)] | None = None


@dataclass(frozen=True)
class Style:
    """A look. `folders` holds its own folder, then those of the styles it extends; `paper` is (width, height) in mm.

    `fonts` maps the role that CSS names (font-family: text) to a font file; `embed_fonts` says whether an e-book has
    them too, or leaves the face to the reader. `type_size` is how large text and line are, in points, where the style
    leaves the margins to us; `production` how it is printed.
    """

    name: str
    description: str
    paper: tuple[float, float]
    fonts: Mapping[str, Path]
    folders: tuple[Path, ...]
    embed_fonts: bool = False
    type_size: tuple[float, float] | None = None
    production: Production = USUAL

    def render(self, template: str, **context: Any) -> str:
        """Render a template of the style, or else of digest/templates, whose README lists what a context holds.

        Raises BrokenStyleError (file:line) for a fault in a template of the style; a fault in ours is a bug.
        """
        try:
            return self._templates.get_template(template).render(context)
        except BrokenStyleError:
            raise
        except Exception as error:
            path, line = self._place_of(error)
            if not self.holds(path):
                raise
            remedy = "digest/templates/README.md lists what a template can use"
            raise BrokenStyleError(str(error), where=f"{path}:{line}", remedy=remedy) from error

    def css(self, name: str) -> Iterator[tuple[Path, str]]:
        """Give path and text of each style sheet of this name: the looks it builds on first, its own last."""
        for folder in reversed(self.folders):
            path = folder / name
            if path.exists():
                if not _is_inside(path, folder):
                    remedy = "put the file itself there"
                    raise BrokenStyleError("leads out of the style's folder", where=path, remedy=remedy)
                yield path, read_css(path)

    def holds(self, path: Path) -> bool:
        """Say whether a file, followed through links, lies in a folder of this style."""
        return any(_is_inside(path, folder) for folder in self.folders)

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import ChoiceLoader, StrictUndefined

        from digest.compiled import Compiled
        from digest.sandbox import Sandbox

        return Sandbox(
            loader=ChoiceLoader([*map(_template_loader, self._template_folders)]),
            undefined=StrictUndefined,
            auto_reload=False,  # no template changes while a book is made, and every page would ask
            bytecode_cache=Compiled(TEMPLATES, repr(SYNTAX)),
            **SYNTAX,
        )

    @cached_property
    def _template_folders(self) -> tuple[Path, ...]:
        return (*(folder / "templates" for folder in self.folders), TEMPLATES)

    @cached_property
    def has_templates(self) -> bool:
        """Whether the style brings templates, which may ask for anything that there is."""
        return any(folder.exists() for folder in self._template_folders if folder != TEMPLATES)

    @property
    def own_fonts(self) -> tuple[Path, ...]:
        """The font files that no package brought, whose version would tell them."""
        return tuple(path for _, path in sorted(self.fonts.items()) if path not in packaged_fonts())

    def _place_of(self, error: Exception) -> tuple[Path, int]:
        """Find the template in which an error arose: the innermost on the way to it."""
        from jinja2 import TemplateSyntaxError

        if isinstance(error, TemplateSyntaxError) and error.filename:
            return Path(error.filename), error.lineno
        templates = tuple(map(str, self._template_folders))
        frames = reversed(traceback.extract_tb(error.__traceback__))
        return next(
            ((Path(frame.filename), frame.lineno or 1) for frame in frames if frame.filename.startswith(templates)),
            (TEMPLATES, 1),
        )


def find(name: str, project: Path) -> Style:
    """Find a style in project/styles, then among those that ship with us.

    Raises UnknownStyleError, which lists the styles there are, and BrokenStyleError with file and line.
    """
    folders: list[Path] = []
    sheets: list[Sheet] = []
    wanted = name
    while wanted or not folders:
        folder = _folder(wanted, project, but=folders)
        if folder is None and not folders:
            there = ", ".join(available(project))
            raise UnknownStyleError(f"there is no style {name!r}", remedy=f"there are: {there}")
        if folder is None:
            raise _broken_sheet(folders[-1], "extends", f"there is no style {wanted!r} to extend")
        folders.append(folder)
        sheets.append(_sheet(folder))
        wanted = sheets[-1].extends
    embed_fonts = next((sheet.embed_fonts for sheet in sheets if sheet.embed_fonts is not None), False)
    paper, fonts = _paper(folders, sheets), _fonts(folders, sheets)
    type_size = next(((sheet.size, sheet.line) for sheet in sheets if sheet.size and sheet.line), None)
    return Style(name, sheets[0].description, paper, fonts, tuple(folders), embed_fonts, type_size)


def available(project: Path) -> tuple[str, ...]:
    """List the names of all styles that `find` finds, sorted."""
    sheets = (sheet for root in _roots(project) for sheet in root.glob(f"*/{FILE_NAME}"))
    names = {sheet.parent.name for sheet in sheets}
    return tuple(sorted(name for name in names if _folder(name, project, but=())))


def _roots(project: Path) -> Iterator[Path]:
    yield project / "styles"
    shipped = PACKAGE / "styles"  # in a wheel; in a checkout they stand beside the package
    yield shipped if shipped.is_dir() else PACKAGE.parent / "styles"


def _folder(name: str, project: Path, but: list[Path] | tuple[Path, ...]) -> Path | None:
    """Find a style's folder; a project's own `classic` may extend ours, so those in `but` are passed over."""
    if not NAME.fullmatch(name):
        return None
    for root in _roots(project):
        folder = (root / name).resolve()
        if folder not in but and _is_inside(folder / FILE_NAME, root) and (folder / FILE_NAME).is_file():
            return folder
    return None


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _sheet(folder: Path) -> Sheet:
    return read_toml(folder / FILE_NAME, Sheet, BrokenStyleError, shown_by=SHOWN_BY)


def _broken_sheet(folder: Path, key: str, what: str) -> BrokenStyleError:
    path = folder / FILE_NAME
    line = line_of_key(path.read_text(encoding="utf-8-sig"), tuple(key.split(".")))
    return BrokenStyleError(what, where=f"{path}:{line}", remedy=f"{SHOWN_BY} shows every setting")


def paper_size(name: str) -> tuple[float, float] | None:
    """Give width and height in mm of a paper by its name, or by its size (140 x 203 mm); None for neither."""
    own = OWN_PAPER.fullmatch(name)
    if own and all(SMALLEST <= float(side) <= LARGEST for side in own.groups()):
        return float(own[1]), float(own[2])
    return PAPERS.get(name)


def _paper(folders: list[Path], sheets: list[Sheet]) -> tuple[float, float]:
    for folder, sheet in zip(folders, sheets, strict=True):
        if size := paper_size(sheet.paper):
            return size
        if sheet.paper:
            papers = ", ".join(PAPERS)
            raise _broken_sheet(folder, "paper", f"{sheet.paper!r} is no paper; there are {papers}, or 140 x 203 mm")
    return PAPERS["A5"]


def _fonts(folders: list[Path], sheets: list[Sheet]) -> dict[str, Path]:
    """Map roles to files; what a style names wins over the style that it extends."""
    ours = _our_fonts()
    fonts = {role: ours[family]() for role, family in DEFAULT_FONTS.items()}
    for folder, sheet in reversed([*zip(folders, sheets, strict=True)]):
        for role, font in sheet.fonts.items():
            if not ROLE.fullmatch(role):
                raise _broken_sheet(
                    folder, f"fonts.{role}", f"{role!r} is no role: small letters, as in text, head, title"
                )
            fonts[role] = ours[font]() if font in ours else _own_font(folder, role, font)
    return fonts


def chosen_fonts(fonts: Mapping[str, str], project: Path) -> dict[str, Path]:
    """Map roles to the files that an editor has chosen in digest.toml: one of ours, or a file of the project.

    Raises SettingsError for what is neither, or no role.
    """
    ours = _our_fonts()
    return {role: ours[font]() if font in ours else _projects_font(project, role, font) for role, font in fonts.items()}


def _projects_font(project: Path, role: str, font: str) -> Path:
    path = project / font
    if not ROLE.fullmatch(role):
        what = f"`fonts.{role}`: {role!r} is no role: small letters, as in text, head, title, quote"
        raise SettingsError(what, where="digest.toml", remedy="`digest init` in an empty folder shows every setting")
    if "\0" in font or not (path.is_file() and _is_inside(path, project)):
        remedy = f"put the file into this folder, or name {' or '.join(_our_fonts())}"
        raise SettingsError(f"`fonts.{role}`: there is no font {font!r}", where="digest.toml", remedy=remedy)
    return path.resolve()


def _our_fonts() -> dict[str, Callable[[], Path]]:
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    return {"Noto Serif SC": serif_path, "Noto Sans SC": sans_path}


def packaged_fonts() -> frozenset[Path]:
    """Give the font files that a package brought, whose version tells all about them."""
    return frozenset(path() for path in _our_fonts().values())


def _own_font(folder: Path, role: str, font: str) -> Path:
    path = folder / font
    if not (path.is_file() and _is_inside(path, folder)):
        families = ", ".join(_our_fonts())
        raise _broken_sheet(folder, f"fonts.{role}", f"{font!r} is neither a file of this style nor one of {families}")
    return path.resolve()


def _template_loader(folder: Path) -> Any:
    """Load templates of one folder; a link that leads out of it is refused."""
    from jinja2 import FileSystemLoader

    class Templates(FileSystemLoader):
        def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
            try:
                source, path, uptodate = super().get_source(environment, template)
            except (PermissionError, UnicodeDecodeError) as error:
                where = folder / template
                raise BrokenStyleError(
                    f"cannot be read ({error})", where=where, remedy="save it as UTF-8 text"
                ) from None
            if not _is_inside(Path(path), folder):
                raise BrokenStyleError(
                    "leads out of the style's folder", where=path, remedy="put the file itself there"
                )
            return source, path, uptodate

    return Templates(folder)
