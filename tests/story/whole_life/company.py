"""A company of four people: three laptops that are offline most of the time, and one at the office.

Nobody's device hears of anything until `meet`; a gate is asked on every device before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import shown_state
from models.calendar.business_dates import instant
from models.schema import natural_keys
from models.schema.record import Record
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    EVERYONE,
    GENERAL_OFFICE,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import Refused
from sync.log import state_digest
from sync.organisation import administration
from tests.support.replicas import Replica, Team
from tests.support.team import acting
from tests.sync.transport.ways import Shared

LAPTOPS = {
    "小林": (ENGINEER, SERVICE_DESK),
    "段工": (PROJECT_MANAGER,),
    "韩经理": (DEPARTMENT_MANAGER, GENERAL_OFFICE),
}
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 24)
"""The service period."""


class Company:
    """The four, their devices, the folder in which they meet, and the day that it is."""

    def __init__(self, folder: Path, clock: time_machine.Traveller) -> None:
        self.folder, self._clock = folder, clock
        self.team = Team(folder / "team")
        self.quality = self.team.founder
        self.project = self.team.project
        mine = self.team.person(self.quality)
        for role in sorted(set(EVERYONE) - {QUALITY}):
            administration.set_role(self.quality.workspace, mine, role, "*", grant=False)
        self.engineer, self.manager, self.department = (
            self.team.admit(name, roles) for name, roles in LAPTOPS.items()
        )
        self._shared = Shared(folder / "shared")
        self._shared.folder.mkdir()
        self.meet()

    @property
    def devices(self) -> list[Replica]:
        """All four."""
        return self.team.all

    def me(self, one: Replica) -> str:
        """The id of a device's person."""
        return self.team.person(one)

    def to(self, month: int, day: int, minute: int = 540, *, year: int = 2026) -> None:
        """Go on to nine o'clock, or another minute, of a day."""
        self._clock.move_to(instant(date(year, month, day), minute) / 1000)

    def meet(self) -> None:
        """Everybody is in reach of the folder for once; nothing is quarantined anywhere."""
        for _ in range(2):
            for one in self.devices:
                self._shared.out(one)
        assert all(not one.exchange.quarantined() for one in self.devices)

    def letter(self, words: str) -> str:
        """A letter of the customer's, as a file; its path."""
        path = self.folder / "letter.txt"
        path.write_text(words, encoding="utf-8")
        return str(path)

    def refused(
        self,
        who: Replica,
        id: str,
        move: str,
        *said: str,
        values: Mapping[str, Any] | None = None,
        on: list[Replica] | None = None,
    ) -> None:
        """A gate: whoever's device it is, the person whose step it is may not take it there."""
        for one in on if on is not None else self.devices:
            self._says(one, self._refusal(who, one, id, move, values), said)

    def _refusal(
        self, who: Replica, one: Replica, id: str, move: str, values: Mapping[str, Any] | None
    ) -> str:
        """What this device says to that person."""
        book = one.book if one is who else acting(one.workspace, self.me(who))
        with pytest.raises(Refused) as caught:
            book.move(id, move, values or {})
        return str(caught.value)

    @staticmethod
    def _says(one: Replica, refusal: str, said: tuple[str, ...]) -> None:
        for words in said:
            assert words in refusal, (one.home.name, refusal)

    def refused_edit(self, one: Replica, id: str, said: str, **values: object) -> None:
        """What is settled is not rewritten on this device."""
        with pytest.raises(Refused) as caught:
            one.book.edit(id, values)
        assert said in str(caught.value)

    def barred(
        self,
        who: Replica,
        id: str,
        move: str,
        *said: str,
        by: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """A gate that holds where it is known before anybody meets, and everywhere after.

        `by`: the id of what it waits for; a device that does not know of that is not asked before.
        """
        before = [
            (one, one.get(id).state, self._refusal(who, one, id, move, values))
            for one in self.devices
            if one.book.find(id) and one.book.find(by or id)
        ]
        assert before
        self.meet()
        for one, state, refusal in before:
            if state == one.get(id).state:  # it was as far as that already
                self._says(one, refusal, said)
        self.refused(who, id, move, *said, values=values)

    def shown(self, id: str) -> set[str]:
        """The states that the devices show of a record."""
        return {shown_state(one.book.store, one.get(id)).name for one in self.devices}

    def same_everywhere(self) -> None:
        """Every device has the same records; of a restricted file those have it who may read it."""
        held = [state_digest.of_spaces(one.book) for one in self.devices]
        for space in set().union(*held):
            assert len({one[space] for one in held if space in one}) == 1, space
            restricted = natural_keys.file_of(space) is not None
            assert restricted or all(space in one for one in held), space

    def agreed(self, id: str) -> Record:
        """A record that is the same on every device."""
        found = [one.get(id) for one in self.devices]
        assert len({(one.state, str(one.values())) for one in found}) == 1
        return found[0]


def attach(book: Book, about: str, name: str = "复函.pdf") -> str:
    """A paper of the customer's is attached to a record; its id."""
    return book.add("attachment", {"about": about, "name": name, "sha256": "0" * 64}).id
