"""Info: what anybody may ask of the hub: who it is, how it is, what can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sync.hub import certificates
from sync.hub.certificates import authority
from sync.hub.hub import Hub
from sync.hub.openapi import document
from sync.hub.routes import WAYS, HubResponse, said, way
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.transport.http.signed_request import Ask
from sync.trust import rule_levels


@way("GET", "/v1/hello", "Which hub this is, its epoch and its clock.", signed=False)
def hello(hub: Hub, _ask: Ask, _caller: None) -> HubResponse:
    """What a device needs to sign a request."""
    log, (epoch, awaited) = hub.membership.now(), hub.standing()
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
    return said(document(WAYS.values()))


@way("GET", "/figures", "Counts, sizes and times of this process; over the loopback only.",
     signed=False)  # fmt: skip
def figures(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Figures for the operator of the hub."""
    if not ask.near:
        raise HubError(403, hub_errors.NOT_ENTITLED)
    t: Any = hub.base.t
    from peewee import fn

    tables = {"spaces": t.Space, "segments": t.Segment, "forks": t.Fork}
    counts = {name: table.select().count() for name, table in tables.items()}
    size = t.Segment.select(fn.SUM(t.Segment.size)).scalar() or 0
    quarantined = t.Quarantined.select().where(t.Quarantined.adopted == 0).count()
    devices = len(hub.membership.now().devices)
    facts = {"bytes": int(size), "quarantined": quarantined, "devices": devices}
    facts["parked"] = t.Parked.select().count()
    return said({**counts, **facts, "ms": {path: _ms(some) for path, some in hub.times.items()}})


def _ms(some: Iterable[float]) -> dict[str, int]:
    """How many answers, and their median, 95th percentile and longest in milliseconds."""
    taken = sorted(some)
    at = {"p50": len(taken) // 2, "p95": len(taken) * 95 // 100, "max": len(taken) - 1}
    return {"count": len(taken), **{name: round(taken[n] * 1000) for name, n in at.items()}}
