"""Renewed key: the hub that was joined answers with a new key, which the membership log names.

An administrator's device named it there, and the hub numbered that under its old key; so a device
needs no new code, and what only claims to be the hub has no such entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.text.words import Refused
from sync.transport.exchange import Exchange
from sync.transport.http.client import OTHER_HUB, Wire
from sync.transport.http.hub_errors import HubError
from sync.transport.http.payloads import entries_heard
from sync.trust.membership import Membership, hub_of
from sync.trust.signature import Signer
from sync.workspace import hub_address
from sync.workspace.hub_address import Address


def followed(
    exchange: Exchange, wire: Wire, said: Mapping[str, Any], known: Address, key: Signer
) -> Address:
    """The address of the hub that answers, its key as the log names it; remembered if it is new.

    Raises `Refused` for everything else that answers.
    """
    log = exchange.trust.membership
    if said.get("organisation") != log.organisation:
        raise Refused(OTHER_HUB, url=wire.url)
    told = str(said.get("device")), str(said.get("key"))
    if told == (known.device, known.key):
        return known
    if told != _named(log):
        hear(exchange, wire, key)
    if told != _named(exchange.trust.membership):
        raise Refused(OTHER_HUB, url=wire.url)
    renewed = known._replace(device=told[0], key=told[1])
    hub_address.save(exchange.workspace.home, renewed)
    return renewed


def hear(exchange: Exchange, wire: Wire, key: Signer) -> None:
    """Take what the hub appended to the log since."""
    while True:
        have = len(exchange.trust.membership.entries)
        data = wire.call("GET", "/v1/members", key=key, after=have).json()
        try:
            entries = entries_heard(data["entries"]) if data["entries"] else []
        except (KeyError, TypeError, HubError):
            raise Refused(OTHER_HUB, url=wire.url) from None
        if not entries:
            return
        exchange.take_members(entries)
        if len(exchange.trust.membership.entries) == have:
            return  # only a newer program takes them


def _named(log: Membership) -> tuple[str, str] | None:
    """The hub's device and key, as the log names them."""
    hub = hub_of(log)
    return None if hub is None else (hub, log.devices[hub].key.hex())
