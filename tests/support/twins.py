"""Twins: a device's folder copied while it is in use, as a disk image is."""

from __future__ import annotations

import shutil
from pathlib import Path

from sync.apply.open_book import open_book
from sync.organisation import admission
from tests.support.replicas import Replica, Team, replica


def twin_of(one: Replica, folder: Path) -> Replica:
    """A copy of a device, key and mark included; both go on as the same device."""
    one.workspace.close()
    home = Path(shutil.copytree(one.home, folder / f"twin of {one.home.name}"))
    one.reopen()
    return replica(open_book(home))


def readmitted(founder: Replica, one: Replica, folder: Path, *, new_key: bool) -> None:
    """An administrator admits a device of somebody again, under the key that it has or a new one;
    it takes the reply.
    """
    ask, reply, person = folder / "ask", folder / "reply", one.workspace.people.me
    admission.request(one.home, ask, "x", new_key=new_key)
    admission.admit(founder.workspace, ask, reply, person=person)
    one.workspace.close()
    admission.accept(one.home, admission.opened(one.home, reply)).close()
    one.workspace = open_book(one.home)
    one.exchange = replica(one.workspace).exchange


def places(one: Replica, *ids: str) -> list[object]:
    """The place of each fix; None of one that is not there."""
    found = [one.book.find(id) for id in ids]
    return [record.values()["place"] if record is not None else None for record in found]


def show(giver: Replica, taker: Replica) -> None:
    """All that one has of every space lies before the other, as in a bundle."""
    for space in giver.exchange.spaces():
        taker.exchange.take(giver.exchange.offer(space, {}))


def parted(team: Team, folder: Path) -> tuple[Replica, Replica, str]:
    """The second device of a team and its twin, after a record that everybody has: each wrote two
    more changes, and nobody knows of the other one's.
    """
    b = team.all[1]
    common = team.fix(b, place="both")
    team.meet()
    twin = twin_of(b, folder)
    team.fix(b, place="one")
    b.book.edit(common, {"cause": "b says"})
    team.fix(twin, place="two")
    twin.book.edit(common, {"cause": "the twin says"})
    return b, twin, common
