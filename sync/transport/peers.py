"""Peers: whom to sync with: a shared folder by its path, or the hub that was joined.

The last one used is remembered, so that one key or a bare `sync` is enough from then on.
"""

from __future__ import annotations

from pathlib import Path

from models.text.words import Refused, W
from sync.transport import attachments, recent_peers
from sync.transport.carrier import Carrier
from sync.transport.exchange import Exchange
from sync.transport.folder.carrier import Folder
from sync.transport.http.carrier import reach as reach_hub
from sync.transport.round import RoundReport, Stop, SyncRound, Tell
from sync.workspace import hub_address
from sync.workspace.acknowledgements import PEER
from sync.workspace.workspace import Workspace

HUB = "https://"

NOBODY = W(
    "还没有同步的对象。请指定共享文件夹（sitebook sync 文件夹），或用邀请码加入同步服务器。",
    "There is nobody to sync with yet. Name a shared folder (sitebook sync FOLDER), or join a hub.",
)


def sync(
    workspace: Workspace,
    peer: str | None = None,
    *,
    passphrase: str | None = None,
    tell: Tell | None = None,
    stop: Stop | None = None,
    budget: int = attachments.BUDGET,
    remember: bool = True,
) -> RoundReport:
    """One round with a peer (None: the last one), which is the last one from now on unless told
    otherwise. `Refused` when it cannot be reached.
    """
    chosen = peer or workspace.store.meta(PEER)
    if not chosen:
        raise Refused(NOBODY)
    hub, named = hub_address.load(workspace.home), known_as(str(chosen))
    if hub is not None and named.startswith(HUB):
        named = hub_address.spelt(hub, named)

    def run() -> RoundReport:
        exchange = Exchange(workspace, passphrase)
        carrier = reach(exchange, named)
        return SyncRound(exchange, carrier, tell=tell, stop=stop, budget=budget).run()

    report = recent_peers.noted(workspace, named, "round", run)
    if remember and not report.stopped:
        with workspace.store.write():
            workspace.store.set_meta(PEER, named)
    return report


def usual(workspace: Workspace) -> list[str]:
    """Whom to sync with by itself: the hub that was joined, and the one used last."""
    hub, last = hub_address.load(workspace.home), workspace.store.meta(PEER)
    return list(dict.fromkeys([*([hub.url] if hub else []), *([str(last)] if last else [])]))


def reach(exchange: Exchange, peer: str) -> Carrier:
    """The carrier to a peer."""
    if peer.startswith(HUB):
        return reach_hub(exchange, peer)
    return Folder(exchange, Path(peer).expanduser().absolute())


def known_as(peer: str) -> str:
    """A peer as it is remembered: a folder by its whole path."""
    return peer if peer.startswith(HUB) else str(Path(peer).expanduser().absolute())
