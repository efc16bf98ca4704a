"""Payloads: membership entries as JSON and back, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.transport.http.hub_errors import HubError
from sync.transport.http.payloads import entries_heard, entry_told
from tests.support.signers import staffed


def test_entries_come_out_as_they_went_in() -> None:
    entries = list(staffed().entries)
    told = json.loads(json.dumps([entry_told(one) for one in entries]))
    assert entries_heard(told) == entries


ROW = [1, "00", "{}", "00"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        [ROW] * 20_001,
        [None],
        [ROW[:3]],
        [[*ROW, 1]],
        [[True, *ROW[1:]]],
        [[0, *ROW[1:]]],
        [[1 << 31, *ROW[1:]]],
        [[1, "0", "{}", "00"]],
        [[1, "zz", "{}", "00"]],
        [[1, "00", "\ud800", "00"]],
    ],
    ids=range(13),
)
def test_anything_else_is_malformed(data: Any) -> None:
    with pytest.raises(HubError) as caught:
        entries_heard(data)
    assert (caught.value.status, caught.value.facts) == (400, {"part": "entries"})
