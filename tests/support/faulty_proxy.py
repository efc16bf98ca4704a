"""Proxy: a line on the loopback that misbehaves: it cuts, stalls, drags or alters what passes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Literal, NamedTuple

What = Literal["cut", "stall", "slow", "flip"]
PIECE = 64
"""Bytes that a slow line passes on at a time."""


class Trouble(NamedTuple):
    """What happens to one connection."""

    what: What
    after: int
    """Bytes that pass before it begins."""
    up: bool
    """Whether to what the client sends, else to what it is answered."""


class Proxy:
    """Passes connections on to a port; `plan` is asked for the trouble of each new one."""

    def __init__(self, port: int, plan: Callable[[], Trouble | None]) -> None:
        self.plan = plan
        self.target = port
        self.met: list[Trouble] = []
        """The troubles that really came about."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._open = set[socket.socket]()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _close(self._listening)
        self._threads[0].join(10)
        for one in list(self._open):
            _close(one)
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self._open |= {near, far}
            trouble = self.plan()
            for up, here, there in ((True, near, far), (False, far, near)):
                mine = trouble if trouble is not None and trouble.up == up else None
                thread = threading.Thread(target=self._pump, args=(here, there, mine), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pump(self, here: socket.socket, there: socket.socket, trouble: Trouble | None) -> None:
        """Pass on what comes from one side until either ends."""
        passed, begun = 0, False
        with suppress(OSError):
            while data := here.recv(1 << 16):
                if trouble is not None and not begun and passed + len(data) > trouble.after:
                    begun = True
                    self.met.append(trouble)
                    there.sendall(data[: trouble.after - passed])
                    data = data[trouble.after - passed :]
                    if trouble.what == "flip":
                        data = bytes([data[0] ^ 1]) + data[1:]
                passed += len(data)
                if begun and trouble is not None and trouble.what == "cut":
                    break
                if begun and trouble is not None and trouble.what == "stall":
                    continue  # until the client gives up
                for at in range(0, len(data), PIECE if begun else len(data)):
                    there.sendall(data[at : at + (PIECE if begun else len(data))])
        _close(here)
        _close(there)
        self._open -= {here, there}


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
