"""What a device gives to a hub that lost entries: what is lacking, once, and only then."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.text.words import W
from sync.transport.http import hub_errors, returned_log
from sync.transport.http.client import Denied
from sync.workspace.hub_address import Address
from tests.sync.hub.devices import Organisation, signer

LOG = Organisation(signer(9)).log


class Line:
    """A line that notes what is said, and may be refused."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        self.brought: list[int] = []

    def call(self, _method: str, _path: str, body: bytes) -> None:
        """Note the numbers of the entries."""
        self.brought = [row[0] for row in json.loads(body)["entries"]]
        if self.reason:
            raise Denied(self.reason, W("x", "x"))


def bring(line: Line, **said: Any) -> None:
    """Bring over this line."""
    returned_log.bring(line, said, LOG)  # type: ignore[arg-type]


def test_only_what_is_lacking_is_given() -> None:
    line, count = Line(), len(LOG.entries)
    bring(line, members=0)
    bring(line, awaits=True, members=count)
    assert line.brought == []
    bring(line, awaits=True, members=count - 2)
    assert line.brought == [count - 1, count]
    bring(line, awaits=True, members=-5)
    assert line.brought[0] == 1
    bring(Line(hub_errors.AWAITS), awaits=True, members=1)  # the round says so
    with pytest.raises(Denied):
        bring(Line(hub_errors.OTHER_LOG), awaits=True, members=1)


def test_a_hub_that_forgot_this_device_is_given_all() -> None:
    line, stranger = Line(), Denied(hub_errors.STRANGER, W("x", "x"))
    returned_log.recalled(line, stranger, LOG, signer(0).id)  # type: ignore[arg-type]
    assert len(line.brought) == len(LOG.entries)
    for denied, device in ((stranger, "nobody"), (Denied("revoked", W("", "")), signer(0).id)):
        with pytest.raises(Denied):
            returned_log.recalled(Line(), denied, LOG, device)  # type: ignore[arg-type]


def test_an_emptied_hub_is_the_one_that_was_joined() -> None:
    known = Address("https://h", "", "d", "k")
    assert returned_log.emptied({"organisation": "", "key": "k", "device": "d"}, known)
    for other in ({"key": "x"}, {"device": "x"}, {"organisation": "o"}):
        said = {"organisation": "", "key": "k", "device": "d", **other}
        assert not returned_log.emptied(said, known)
