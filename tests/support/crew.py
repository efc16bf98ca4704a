"""A crew for tests: colleagues who write on devices of their own, as if all were synced here."""

from __future__ import annotations

from collections.abc import Sequence

from models.book.book import Book
from sync.log.change_log import Log
from sync.organisation import administration
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace.workspace import Workspace


class Crew:
    """People of one workspace, each with a device and a book; `now` is everybody's clock."""

    def __init__(self, workspace: Workspace, now: int) -> None:
        self.workspace = workspace
        self.now = now
        self.books: dict[str, Book] = {}

    def admit(self, names: Sequence[str], role: str, project: str) -> list[Book]:
        """Admit people with a role on a project, each with a device of their own."""
        found: list[tuple[str, str, str]] = []

        def grow(log: Membership, signer: DeviceKey) -> Membership:
            for name in names:
                id, device = device_key.new_id(), device_key.new_id()
                log = log.append("person", {"person": id, "name": name, "title": ""}, signer)
                log = log.admit(id, device, _public(), f"{name}的电脑", signer)
                body = {"person": id, "role": role, "project": project, "grant": True}
                log = log.append("role", body, signer)
                found.append((name, id, device))
            return log

        administration.change(self.workspace, grow)
        for name, id, device in found:
            self.books[name] = self._book(id, device)
        return [self.books[name] for name in names]

    def without(self, role: str) -> None:
        """The founder, who begins with every role, gives one up."""
        me = self.workspace.book.me
        administration.set_role(self.workspace, me, role, "*", grant=False)

    def _book(self, person: str, device: str) -> Book:
        known, store = self.workspace.people, self.workspace.store
        with store.write():
            idx = known.idx_of(device)
        log = Log(store.db, device, idx, known.idx_of, known.device_of, lambda: self.now)
        return Book(store, log, known, person)


def _public() -> bytes:
    """The public half of a key that nobody keeps."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().public_key().public_bytes_raw()
