"""Running: a real hub on the loopback, over TLS, in a thread of this process or in its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sync.hub import certificates
from sync.hub.handlers import enrolment
from sync.hub.hub import Hub
from sync.hub.serving.server import server
from sync.organisation import hub_enrolment, invitation
from sync.organisation.invitation import Guest
from sync.organisation.join_files import JoinReply
from sync.transport.http import invite_code
from sync.transport.http.carrier import HttpCarrier, reach
from sync.transport.http.invite_code import Code, bond
from sync.transport.round import RoundReport, SyncRound
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from tests.support.replicas import Replica
from tests.sync.hub.devices import Asker, Organisation


class Running:
    """One hub process, here a thread; several may share a home and a database."""

    def __init__(self, home: Path, url: str | None = None, *, port: int = 0, **limits: Any) -> None:
        self.home = home
        self.founder: Replica | None = None
        """Who invites."""
        if device_key.read(home) is None:
            home.mkdir(parents=True, exist_ok=True)
            device_key.make(home)
            certificates.make(home, [])
        self.house = Hub(home, url or f"sqlite:///{home}/hub.sqlite3")
        self.house.create()
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self.server = server(self.house, "127.0.0.1", self.port, **limits)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.server.config.timeout_graceful_shutdown = 1
        while not self.server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)

    def _serve(self) -> None:
        self.server.run([self._socket])

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop and close everything; once."""
        if not self._thread.is_alive():
            return
        self.server.should_exit = True
        self._thread.join(15)
        self.server.config.loaded_app.state.desk.close()
        self.house.base.close()
        self._socket.close()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"https://127.0.0.1:{self.port}"

    def staff(self, organisation: Organisation) -> Organisation:
        """Give it the members of an organisation, as a founder would."""
        entries = organisation.log.entries
        grown = lambda log: log.extend(entries[len(log.entries) :])  # noqa: E731
        self.house.base.write(lambda: self.house.membership.grow(grown))
        return organisation

    @contextmanager
    def asker(self, key: DeviceKey | None = None) -> Iterator[Asker]:
        """Somebody who speaks to it without a book."""
        one = Asker(self.url, certificates.authority(self.home), key)
        try:
            yield one
        finally:
            one.close()

    def code(self, *, founding: bool = False, **said: Any) -> Code:
        """A new one-time code: the hub's first, or one that the founder's device signs."""
        if not founding:
            assert self.founder is not None
            made = invitation.make(self.founder.workspace, Guest(**said))
            self.founder.exchange.trust._membership = None
            return invite_code.read(made)
        secret = enrolment.founding_code(self.house)
        tied = bond(certificates.authority(self.home), b"")
        return invite_code.read(
            invite_code.spelt(Code("127.0.0.1", self.port, secret, tied, founding))
        )

    def found(self, founder: Replica) -> None:
        """The founder's organisation comes to this hub."""
        self.founder = founder
        hub_enrolment.found(founder.workspace, self.code(founding=True))
        founder.exchange.trust._membership = None

    def come(self, home: Path, name: str, **said: Any) -> JoinReply:
        """A device joins with a code."""
        home.mkdir(parents=True, exist_ok=True)
        reply, known = hub_enrolment.come(home, self.code(**said), name)
        from sync.workspace import hub_address

        hub_address.save(home, known)
        return reply


def meet(one: Replica) -> RoundReport:
    """One round with the hub."""
    return SyncRound(one.exchange, hub(one)).run()


def hub(one: Replica) -> HttpCarrier:
    """The hub as a carrier."""
    return reach(one.exchange)
