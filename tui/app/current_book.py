"""The current book: the book that the app has open, and what every page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book import projects
from models.storage.settings import Settings
from models.text.words import Refused, language
from sync.apply.open_book import open_book
from sync.workspace import workspace as workspaces
from tui.display.sync_state import truth
from tui.display.terminal_text import width
from tui.display.values import Values

if TYPE_CHECKING:
    from pathlib import Path

    from sync.workspace.workspace import Workspace
    from tui.display.sync_state import Truth


class CurrentBook:
    """The workspace that is open, if any; figures about it are read once until it changes."""

    def __init__(self, workspace: Workspace | None, home: Path | None) -> None:
        self.home = workspace.home if workspace is not None else home
        """The folder of the book."""
        self.between_books = False
        """Whether one book was closed and the other is not open yet."""
        self._workspace: Workspace | None = None
        self._version = 0
        """The version of the database that the pages show."""
        self._project_name = ""
        self._state: Truth | None = None
        if workspace is not None:
            self.hold(workspace)

    @property
    def is_open(self) -> bool:
        """Whether a book is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises `Refused` where there is none."""
        if self._workspace is None:
            raise Refused(workspaces.NO_BOOK, path=self.home)
        return self._workspace

    @property
    def settings(self) -> Settings:
        """The settings of the book; those of a new one where none is open."""
        return self._workspace.settings if self._workspace is not None else Settings()

    # -- open and closed -----------------------------------------------------------------------

    def hold(self, workspace: Workspace) -> None:
        """Take this open workspace as the current one."""
        self._workspace = workspace
        language.now = workspace.settings.lang
        self.catch_up()

    def open(self) -> None:
        """Open the book of the folder."""
        assert self.home is not None
        self.hold(open_book(self.home))

    def close(self) -> None:
        """Close the book."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    # -- what was written ----------------------------------------------------------------------

    def written_elsewhere(self) -> bool:
        """Whether another process has written since the last look; asked again and again."""
        if self._workspace is None or self._workspace.store.version() == self._version:
            return False
        self._workspace.people.refresh()
        self.catch_up()
        return True

    def catch_up(self) -> None:
        """What others wrote until now is known."""
        if self._workspace is not None:
            self._version = self._workspace.store.version()
            self.forget()

    def forget(self) -> None:
        """Something was written here: read figures and the project anew."""
        self._state = None
        if self._workspace is not None:
            self.default_project()

    def standing(self) -> Truth:
        """The state of the sync: conflicts, quarantined and unsent changes."""
        if self._state is None:
            self._state = truth(self.workspace)
        return self._state

    def default_project(self) -> str | None:
        """The project that new records belong to: the chosen one, else the only running one."""
        store, wanted = self.workspace.book.store, self.workspace.settings.project
        running = [one for one in projects.all_projects(store) if one.state == "running"]
        chosen = [one for one in running if one.id == wanted]
        found = chosen or (running if len(running) == 1 else [])
        self._project_name = found[0].title() if found else ""
        return found[0].id if found else None

    # -- what the corner says ------------------------------------------------------------------

    def corner(self, room: int, going: str) -> str:
        """The project and the state of the sync in so many cells; `going` is under way now.

        The shortest form of the state comes before the project's name where room is short.
        """
        if self._workspace is None:
            return ""
        forms = [[going, *parts] for parts in self.standing().corners(Values(self._workspace))]
        forms.insert(0, [self._project_name, *forms[0]])
        lines = ["  ".join(filter(None, parts)) for parts in forms]
        return next((line for line in lines if width(line) <= room), lines[-1] or lines[0])
