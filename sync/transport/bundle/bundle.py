"""Bundle: everything in one file for a USB stick, written whole or not at all.

Each space's part is in a box for the devices that may hold the space, or under a passphrase.
A bundle gives no receipt: what it carried is written, not confirmed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from models.text.words import Refused, W
from sync.transport import attachments, recent_peers
from sync.transport.bundle.framing import LOCK, Scanned
from sync.transport.bundle.reader import BundleReader
from sync.transport.bundle.writer import Writing
from sync.transport.exchange import Exchange
from sync.transport.round import RoundReport, Stop, SyncRound, Tell

STOPPED = W("已停止，没有写出离线同步包。", "Stopped; no bundle was written.")


def write(
    exchange: Exchange,
    path: Path,
    *,
    to: Collection[str] | None = None,
    passphrase: str | None = None,
    budget: int = attachments.BUDGET,
    tell: Tell | None = None,
    stop: Stop | None = None,
) -> RoundReport:
    """Write all that this book holds and its readers may hold.

    `to` are device ids (None: every member's); with a passphrase every person who has it can read
    all of it, on any device. `budget` is in bytes of attached files. Raises `Refused`, and
    leaves no file, when the disk fails or `stop` returns true.
    """

    def run() -> RoundReport:
        with Writing(exchange, path, to=to, passphrase=passphrase) as carrier:
            going = SyncRound(exchange, carrier, tell=tell, stop=stop, budget=budget, lean=True)
            report = going.run()
            if report.stopped:
                raise Refused(STOPPED)
        return report

    return recent_peers.noted(exchange.workspace, str(path.absolute()), recent_peers.TO_FILE, run)


def read(
    exchange: Exchange,
    path: Path,
    *,
    passphrase: str | None = None,
    tell: Tell | None = None,
    stop: Stop | None = None,
) -> RoundReport:
    """Take what a bundle has. It is checked whole first: any damage refuses it, nothing changed.

    Twice, or after a newer one, is harmless.
    """

    def run() -> RoundReport:
        carrier = BundleReader(exchange, path, passphrase=passphrase)
        return SyncRound(exchange, carrier, tell=tell, stop=stop, budget=1 << 40).run()

    return recent_peers.noted(exchange.workspace, str(path.absolute()), recent_peers.FROM_FILE, run)


def locked(path: Path) -> bool:
    """Whether a bundle asks for a passphrase; `Refused` when it is none, or damaged."""
    return any(True for _ in Scanned(path).of(LOCK))
