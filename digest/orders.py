"""What is to be made: what a project's digest.toml says, and the command line, whose word goes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from digest import press
from digest.model import Parts
from digest.settings import EditionSettings, Settings

DEFAULT_SOURCE = "seeds"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; what is empty is left to digest.toml."""

    formats: tuple[str, ...] = ()
    style: str = ""
    output: Path | None = None
    title: str = ""
    date: date | None = None
    embed_fonts: bool = False


NO_WISHES = Wishes()


def order_of(settings: Settings, project: Path, wishes: Wishes = NO_WISHES) -> press.Order:
    """Give the order for an edition whose settings speak of files in the folder `project`."""
    return press.Order(
        formats=wishes.formats or settings.formats,
        style=wishes.style or settings.style,
        project=project,
        output=wishes.output or project / settings.output,
        edition=_facts(settings.edition, wishes),
        guidance=guidance_of(settings, project),
        parts=Parts(**msgspec.structs.asdict(settings.parts)),
        embed_fonts=wishes.embed_fonts,
        on_paper=press.OnPaper(settings.fonts, settings.pdf, settings.print, settings.booklet),
    )


def guidance_of(settings: Settings, project: Path) -> press.Guidance:
    """Say how the articles are to be grouped."""
    plan = project / settings.plan
    return press.Guidance(plan, settings.themes, settings.other_themes, settings.keep_duplicates)


def sources_of(settings: Settings, project: Path) -> Sequence[Path]:
    """Give the files and folders to read: those that the settings name, else the project's seeds."""
    return tuple(project / name for name in settings.sources or (DEFAULT_SOURCE,))


def _facts(said: EditionSettings, wishes: Wishes) -> EditionSettings:
    more = {"title": wishes.title, "date": wishes.date}
    return msgspec.structs.replace(said, **{key: value for key, value in more.items() if value})
