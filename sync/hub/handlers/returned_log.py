"""Returned log: a device brings the membership log to a hub that was put back or emptied."""

from __future__ import annotations

from sync.hub.hub import Hub
from sync.hub.recovery import returned_log
from sync.hub.recovery.log_mark import LogMark
from sync.hub.routes import HubResponse, said, way
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.transport.http.payloads import entries_heard
from sync.transport.http.signed_request import Ask, read

LIMIT = 16 << 20
"""Most bytes of a log; what is longer the operator takes from a file."""


def _begun(hub: Hub) -> None:
    """Raise `HubError` where there never was a log."""
    if not hub.membership.now().entries and not (hub.wait.now() or LogMark()).root:
        raise HubError(409, hub_errors.NOT_FOUNDED)


@way("POST", "/v1/log", "Bring entries of the membership log, signed by administrators, to a hub"
     " that lost them. Any device may, since the hub may have forgotten it.", signed=False,
     takes="application/json", limit=LIMIT, heavy=True, open=_begun)  # fmt: skip
def bring(hub: Hub, ask: Ask, _caller: None) -> HubResponse:
    """Taken when they follow what is here and reach the hub's mark."""
    entries = entries_heard(read(ask.body, LIMIT).get("entries"))
    hub.base.write(lambda: returned_log.bring(hub, entries))
    return said({"members": len(hub.membership.now().entries)})
