"""Projects: what the pages share that show all of somebody's projects, or one of them alone."""

from __future__ import annotations

from models.records.registers.project import Project
from models.text.words import W
from tui.pages.base import Page
from tui.widgets.commands import Command


def command(page: str, shown: int) -> Command:
    """The command that goes from project to project."""
    return Command(
        id=f"{page}.project",
        word=W("换项目", "Project"),
        help=W("全部项目，或只看一个，依次切换", "all projects, or one after another"),
        keys="p,ctrl+g",
        action="project",
        shown=shown,
    )


class Projects(Page):
    """A page of some projects; `look` reads which."""

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project
        """The project that is shown alone, by its id; '' for all."""
        self.projects: list[Project] = []

    @property
    def shown(self) -> list[Project]:
        """Those that are shown."""
        return [one for one in self.projects if self.project in ("", one.id)]

    @property
    def alone(self) -> str:
        """The name of the one that is shown alone; '' where all are."""
        return next((p.name or p.number for p in self.projects if p.id == self.project), "")

    def turned(self) -> None:
        """Another project is to be shown, or all."""
        self.look_again()

    def action_project(self) -> None:
        """All projects, or the next one alone."""
        order = ["", *(one.id for one in self.projects)]
        at = order.index(self.project) + 1 if self.project in order else 0
        self.project = order[at % len(order)]
        self.turned()
