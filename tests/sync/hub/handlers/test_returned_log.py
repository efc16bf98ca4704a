"""Returned log: the request is read by the rule of all (what is taken: `recovery`)."""

from __future__ import annotations

from tests.sync.hub.devices import Asker
from tests.sync.hub.test_hub import refused


def test_what_is_no_log_is_malformed(asker: Asker) -> None:
    for body in (b"", b"[]", b'{"entries": []}', b'{"entries": [[1, "", "", ""], 2]}'):
        refused(asker("POST", "/v1/log", body, key=None), 400, "malformed")
