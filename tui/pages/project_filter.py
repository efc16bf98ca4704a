"""Project filter: whether a page shows all of a person's projects, or one of them alone."""

from __future__ import annotations

from models.records.registers.project import Project
from models.text.words import W
from tui.widgets.commands import Command


class ProjectFilter:
    """The projects of a page, and the one that is shown alone."""

    def __init__(self, project: str = "") -> None:
        self.project = project
        """The project that is shown alone, by its id; '' for all."""
        self.projects: list[Project] = []
        """All of the person's projects; the page reads them."""

    @property
    def shown(self) -> list[Project]:
        """Those that are shown."""
        return [one for one in self.projects if self.project in ("", one.id)]

    @property
    def alone(self) -> str:
        """The name of the one that is shown alone; '' where all are."""
        return next((p.name or p.number for p in self.projects if p.id == self.project), "")

    def turn(self) -> None:
        """All projects, or the next one alone."""
        order = ["", *(one.id for one in self.projects)]
        at = order.index(self.project) + 1 if self.project in order else 0
        self.project = order[at % len(order)]


def command(page: str, shown: int) -> Command:
    """The command of a page that goes from project to project."""
    return Command(
        id=f"{page}.project",
        word=W("换项目", "Project"),
        help=W("依次切换：全部项目、各个项目", "all projects, then each project"),
        keys="p,ctrl+g",
        shown=shown,
    )
