"""Info: what anybody may ask of the hub: who it is, how it is, what can be asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sync.hub import certificates
from sync.hub.certificates import authority
from sync.hub.hub import Hub
from sync.hub.openapi import document
from sync.hub.routes import WAYS, HubResponse, said, way
from sync.transport.http.signed_request import Ask, written
from sync.trust.steering import rule_levels


@way("GET", "/v1/hello", "Which hub this is, its epoch and its clock.", signed=False)
def hello(hub: Hub, _ask: Ask, _caller: None) -> HubResponse:
    """What a device needs to sign a request."""
    log, (epoch, awaited) = hub.membership.now(), hub.standing()
    made = hub.next
    more = {"next": [made.id, made.public.hex()]} if made else {}
    lost = {"awaits": True, "members": len(log.entries)} if awaited else {}
    return said(
        {
            "v": 1,
            "restricted": True,
            "rules": rule_levels.KNOWN,
            "organisation": log.organisation or (awaited.organisation if awaited else ""),
            "device": hub.key.id,
            "key": hub.key.public.hex(),
            "epoch": epoch,
            "time": hub.now(),
            **more,
            **lost,
        }
    )


@way("GET", "/v1/authority", "The certificate of the hub's own authority, which a code names by"
     " its fingerprint.", signed=False)  # fmt: skip
def ca(hub: Hub, _ask: Ask, _caller: None) -> HubResponse:
    """Not secret, and to be compared with the code."""
    log, awaited = hub.membership.now(), hub.wait.now()
    root = log.root.hex() if log.entries else awaited.root if awaited else ""
    return said({"authority": authority(hub.home), "root": root})


@way("GET", "/health", "Whether the hub and its database answer.", signed=False)
def health(hub: Hub, _ask: Ask, _caller: None) -> HubResponse:
    """Asks the database; also when the certificate ends, and whether it is time to renew it."""
    epoch, awaited = hub.standing()
    founded = bool(hub.membership.now().entries)
    facts: dict[str, Any] = {"ok": bool(epoch), "founded": founded, "awaits": awaited is not None}
    if hub.certificate_ends is not None:
        facts["certificate"] = hub.certificate_ends.date().isoformat()
        facts["renew"] = certificates.ending(hub.certificate_ends)
    return said(facts)


@way("GET", "/openapi.json", "This description.", signed=False)
def openapi(_house: Hub, _ask: Ask, _caller: None) -> HubResponse:
    """What can be asked."""
    return HubResponse(_described(tuple((*key, one.words) for key, one in WAYS.items())))


@lru_cache(maxsize=4)
def _described(_ways: tuple[tuple[str, str, str], ...]) -> bytes:
    """Made once: anybody may ask for it as often as they like."""
    return written(document(WAYS.values()))
