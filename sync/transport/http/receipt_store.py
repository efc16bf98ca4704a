"""Receipt store: the receipts of a hub that a book remembers between rounds, by space.

One receipt up to which everything was taken, so that the hub need only tell what is new, and the
latest one, so that a hub that was put back to an older state is found out: it then begins a new
epoch, and its receipts of the epoch before are forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from models.text.words import Refused
from sync.transport.http import receipt
from sync.transport.http.client import OTHER_HUB
from sync.transport.http.receipt import Receipt
from sync.workspace import acknowledgements
from sync.workspace.hub_address import Address
from sync.workspace.workspace import Workspace

META = "hub receipts"


class ReceiptStore:
    """The receipts of one hub, each with the proof that the hub wants to see again."""

    def __init__(
        self, workspace: Workspace, address: Address, organisation: str, carrier: str
    ) -> None:
        self.workspace = workspace
        self.address = address
        self.organisation = organisation
        self.carrier = carrier
        """The name under which the hub's acknowledgements are noted."""
        self._proofs: dict[tuple[str, int], Any] = {}

    def begin(self, epoch: str) -> dict[str, Any]:
        """The proofs to show at the start of a round: `had` and `latest`, by space."""
        known = self._read()
        if known.get("epoch") != epoch:
            acknowledgements.forget(self.workspace, self.carrier)
            known = _none(epoch)
            self._write(known)
        return {name: known[name] for name in ("had", "latest")}

    def check(self, data: Any, space: str, epoch: str) -> Receipt:
        """The receipt in a reply. `Refused` unless the hub signed it for this space and epoch."""
        one, proof = receipt.heard(data["receipt"]), data["proof"]
        public = bytes.fromhex(self.address.key)
        if one is None or one.space != space or one.epoch != epoch:
            raise Refused(OTHER_HUB, url=self.address.url)
        if not receipt.check(public, self.organisation, one):
            raise Refused(OTHER_HUB, url=self.address.url)
        self._proofs[space, one.n] = proof
        return one

    def keep(
        self,
        epoch: str,
        latest: Mapping[str, Receipt],
        had: Mapping[str, Receipt] | None = None,
    ) -> None:
        """Remember receipts that were checked; `had`: those up to which everything was taken."""
        known = self._read()
        if known.get("epoch") != epoch:
            known = _none(epoch)
        for space, one in (had or {}).items():
            known["had"][space] = self._proofs[space, one.n]
        for space, one in latest.items():
            known["latest"][space] = self._proofs[space, one.n]
        self._write(known)

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.workspace.store.meta(META) or "{}"))
        except (ValueError, TypeError):
            return {}

    def _write(self, known: Mapping[str, Any]) -> None:
        with self.workspace.store.write():
            self.workspace.store.set_meta(META, json.dumps(known))


def _none(epoch: str) -> dict[str, Any]:
    return {"epoch": epoch, "had": {}, "latest": {}}
