"""A team for tests: colleagues admitted by real entries of the membership log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.book.book import Book
from sync.log import membership_store
from sync.log.change_log import Log
from sync.trust import device_key
from sync.workspace.workspace import Workspace


def admit(workspace: Workspace, name: str, roles: Sequence[str], *, device: bool = True) -> str:
    """Admit a person with roles on every project, and a device unless told not; returns the id."""
    return admit_all(workspace, [(name, roles)], device=device)[0]


def admit_all(
    workspace: Workspace, people: Iterable[tuple[str, Sequence[str]]], *, device: bool = True
) -> list[str]:
    """Admit people by name and roles, all in one transaction; returns their ids."""
    signer = device_key.load(workspace.home)
    ids = []
    with workspace.store.write():
        members = membership_store.load(workspace.store.db)
        for name, roles in people:
            person = device_key.new_id()
            ids.append(person)
            body: dict[str, Any] = {"person": person, "name": name, "title": ""}
            members = members.append("person", body, signer)
            for role in roles:
                body = {"person": person, "role": role, "project": "*", "grant": True}
                members = members.append("role", body, signer)
            if device:
                key = bytes.fromhex(person.replace("-", "")) * 2
                members = members.admit(person, device_key.new_id(), key, f"{name}的电脑", signer)
        membership_store.keep(workspace.store.db, members)
        membership_store.project(workspace.store.db, members)
        workspace.store.set_meta("members", members.version)
    workspace.people.refresh()
    return ids


def acting(workspace: Workspace, person: str) -> Book:
    """The same book in another person's hands, on their own device where they have one."""
    store, known = workspace.store, workspace.people
    own = store.row("SELECT id, idx FROM device WHERE person=? ORDER BY idx LIMIT 1", (person,))
    if own is None or person == known.me:
        return Book(store, workspace.log, known, person)
    log = Log(store.db, own[0], own[1], known.idx_of, known.device_of, workspace.log.now)
    return Book(store, log, known, person)
