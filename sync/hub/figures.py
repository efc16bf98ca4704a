"""Figures: counts, sizes and times for the operator of a hub, read from its database.

They are not told over the network, for no address shows the operator: behind a load balancer every
request comes from the hub's own computer. Each process notes its times in the database every minute
(`sync.hub.maintenance`), and `hub figures` reads them in the hub's folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sync.hub.hub import Hub

PROCESS = "process "
"""How the facts of processes begin."""
DAY = 24 * 3600 * 1000


def figures(hub: Hub) -> dict[str, Any]:
    """What the database holds, and what its processes noted in the last day, the newest first."""
    t: Any = hub.base.t
    from peewee import fn

    tables = {"spaces": t.Space, "segments": t.Segment, "forks": t.Fork}
    counts = {name: table.select().count() for name, table in tables.items()}
    size = t.Segment.select(fn.SUM(t.Segment.size)).scalar() or 0
    quarantined = t.Quarantined.select().where(t.Quarantined.adopted == 0).count()
    devices = len(hub.membership.now().devices)
    facts = {"bytes": int(size), "quarantined": quarantined, "devices": devices}
    facts["parked"] = t.Parked.select().count()
    return {**counts, **facts, "processes": _noted(hub)}


def note(hub: Hub, cuts: Mapping[str, int]) -> None:
    """Note the times of this process, and how many connections it cut and why."""
    told = {"at": hub.now(), "cut": dict(cuts)}
    told["ms"] = {path: _ms(some) for path, some in list(hub.times.items())}
    hub.base.write(lambda: hub.base.note(PROCESS + hub.process, json.dumps(told)))


def forget(hub: Hub) -> None:
    """Forget processes that noted nothing for a day."""
    fact, old = hub.base.t.Fact, hub.now() - DAY
    gone = [name for name, told in _facts(hub).items() if told["at"] < old]
    hub.base.write(lambda: fact.delete().where(fact.key.in_(gone)).execute())


def _noted(hub: Hub) -> list[dict[str, Any]]:
    newest = sorted(_facts(hub).values(), key=lambda one: -int(one["at"]))
    return [one for one in newest if one["at"] >= hub.now() - DAY]


def _facts(hub: Hub) -> dict[str, dict[str, Any]]:
    fact = hub.base.t.Fact
    query = fact.select(fact.key, fact.value).where(fact.key.startswith(PROCESS))
    return {str(key): json.loads(value) for key, value in query.tuples()}


def _ms(some: Iterable[float]) -> dict[str, int]:
    """How many answers, and their median, 95th percentile and longest in milliseconds."""
    taken = sorted(some)
    at = {"p50": len(taken) // 2, "p95": len(taken) * 95 // 100, "max": len(taken) - 1}
    return {"count": len(taken), **{name: round(taken[n] * 1000) for name, n in at.items()}}
