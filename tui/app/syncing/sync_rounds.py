"""Sync rounds: what the background sync does in its thread, and how a round failed, in two words.

This module loads the carriers; it is imported with the first round.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.text.words import Refused, W
from sync.apply.receive import OUTDATED
from sync.transport import peers
from sync.transport.folder import carrier
from sync.transport.http import client

if TYPE_CHECKING:
    from sync.transport.round import RoundReport, Stop, Tell
    from sync.workspace.workspace import Workspace

AWAY = W("未连上", "no contact")
FAILED = W("同步失败", "sync failed")
RENEWED = W(
    "本机的数据曾是一份旧的副本，现已换新的电脑编号继续；缺少的内容正在取回。",
    "This book was an older copy. It continues as a new device; what is missing is being fetched.",
)


def with_peer(
    workspace: Workspace, peer: str, passphrase: str | None, tell: Tell, stop: Stop
) -> RoundReport:
    """One round with a peer."""
    return peers.sync(workspace, peer, passphrase=passphrase, tell=tell, stop=stop)


def with_usual(workspace: Workspace, passphrase: str | None, tell: Tell, stop: Stop) -> Any:
    """A round with each of the usual peers: the report or `Refused` of the worst of them.

    A round that fails does not stop the others.
    """

    def sync(peer: str) -> Any:
        try:
            return peers.sync(
                workspace, peer, passphrase=passphrase, tell=tell, stop=stop, remember=False
            )
        except Refused as refused:
            return refused

    return worst([sync(peer) for peer in peers.usual(workspace)])


def worst(results: Iterable[Any]) -> Any:
    """The last result with trouble, else the first one; refused where there is none at all."""
    found: Any = None
    for result in results:
        found = result if found is None or trouble(result) is not None else found
    return found if found is not None else Refused(peers.NOBODY)


def trouble(result: Any) -> W | None:
    """Two words for what went wrong in a round; the sync page has the sentence."""
    if isinstance(result, Refused):
        return AWAY if result.word in (client.AWAY, client.BUSY, carrier.NO_FOLDER) else FAILED
    return FAILED if result.refused or result.taken.refused else None


def is_old(result: Any) -> bool:
    """Whether others have changes of this device that this book does not have."""
    return isinstance(result, Refused) and result.word == OUTDATED
