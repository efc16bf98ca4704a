"""Returned log: a device gives its longer membership log to a hub that was put back or emptied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.transport.http import hub_errors
from sync.transport.http.client import Denied, Wire
from sync.transport.http.payloads import entry_told
from sync.transport.http.signed_request import written
from sync.trust.membership import Membership
from sync.workspace.hub_address import Address


def emptied(said: Mapping[str, Any], known: Address) -> bool:
    """Whether the hub that was joined answers, but has forgotten its organisation."""
    same = (said.get("key"), said.get("device")) == (known.key, known.device)
    return same and said["organisation"] == ""


def bring(wire: Wire, said: Mapping[str, Any], log: Membership) -> None:
    """Give what the hub lacks, if it waits for it.

    Raises `Denied` when the hub's log is another one from some entry on.
    """
    if not said.get("awaits") or int(said["members"]) >= len(log.entries):
        return
    try:
        _bring(wire, log, max(0, int(said["members"])))
    except Denied as denied:
        if denied.said != hub_errors.AWAITS:  # too short too: the round says so
            raise


def recalled(wire: Wire, denied: Denied, log: Membership, device: str) -> None:
    """A hub that does not know a device which it admitted was put back: give it the whole log.

    Raises what was `denied` for a device that its own log does not have either.
    """
    if denied.said != hub_errors.STRANGER or device not in log.devices:
        raise denied
    _bring(wire, log, 0)


def _bring(wire: Wire, log: Membership, after: int) -> None:
    rows = [entry_told(one) for one in log.entries[after:]]
    wire.call("POST", "/v1/log", written({"entries": rows}))
