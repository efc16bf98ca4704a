"""Offices: an engineer, two managers and quality, each with a device, and one shared folder."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    GENERAL_OFFICE,
    PROJECT_MANAGER,
    QUALITY,
)
from tests.support.replicas import Replica, Team
from tests.sync.transport.ways import Shared

ROLES = {
    "小林": (ENGINEER,),
    "段工": (PROJECT_MANAGER,),
    "韩经理": (DEPARTMENT_MANAGER,),
    "质检": (QUALITY, GENERAL_OFFICE),
}


class Offices:
    """A project's people at their devices; `meet` lets all of them sync with the folder."""

    def __init__(self, folder: Path) -> None:
        self.team = Team(folder)
        self.engineer, self.manager, self.department, self.quality = (
            self.team.admit(name, roles) for name, roles in ROLES.items()
        )
        self.project = self.team.project
        self.folder = folder
        (folder / "shared").mkdir()
        self._shared = Shared(folder / "shared")
        self.team.meet()

    @property
    def everybody(self) -> list[Replica]:
        """All devices, the founder's first."""
        return self.team.all

    def meet(self) -> None:
        """Everybody syncs with the shared folder; nothing is quarantined on any device."""
        for one in (*self.everybody, *self.everybody):
            self._shared.out(one)
        for one in self.everybody:
            assert not list(one.workspace.store.rows("SELECT reason FROM quarantine"))

    def letter(self, words: str) -> str:
        """A letter of the customer's, as a file; its path."""
        path = self.folder / "reply.txt"
        path.write_text(words, encoding="utf-8")
        return str(path)
