"""Changes written one after another in one space, and what a rule says of the next one.

p0 on d0 has every role, p1 on d1 is an engineer on the project `one` (`tests.support.signers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.text.words import Refused, W
from sync.changes.change import Change, Dot
from sync.trust.membership import Membership
from sync.validation.change_context import ChangeContext, WriterContext
from sync.validation.history import Writer
from tests.support.receiver import Memory
from tests.support.signers import grant, signer, staffed

SPACE, PROJECT = "p:one", "one"
FIX, SHEET = (f"0190a1b2-0000-7000-8000-00000000000{n}" for n in (1, 2))
NOW = 1_764_000_000_000


class Pages:
    """The past of the space, page by page."""

    def __init__(self, log: Membership | None = None) -> None:
        self.log = log or staffed().append("role", grant("p1", "quality", "two"), signer(0))
        self.past = Memory(SPACE, {})
        self.last: dict[str, int] = {}

    def next(self, fields: dict[str, Any], *, by: str = "d1", **more: Any) -> Change:
        """A change that was not taken yet; by default an edit of the fix over what it shows."""
        seq = self.last.get(by, 0) + 1
        record, type = more.pop("record", FIX), more.pop("type", "fix")
        base = more.pop("base", None)
        if base is None:
            base = {} if "header" in more else {name: self.latest(record, name) for name in fields}
        tx, at = more.pop("tx", seq), (NOW + seq) << 20
        space = more.pop("space", SPACE)
        return Change(space, by, seq, at, type, record, tx, fields, base, **more)

    def write(self, fields: dict[str, Any], *, by: str = "d1", **more: Any) -> Dot:
        """A change that everybody has taken; returns its version."""
        one = self.next(fields, by=by, **more)
        self.last[by] = one.seq
        self.past.put([(one, bytes(32))], self.writer(by))
        return one.dot

    def begin(self, *, by: str = "d1", **fields: Any) -> Dot:
        """The fix, created."""
        return self.write({"state": "open", **fields}, by=by, header=header(self.person(by)))

    def latest(self, record: str, register: str) -> list[Dot]:
        """The last version of a register."""
        some = [c.dot for c in self.past.changes.values() if c.record == record]
        found = [dot for dot in some if register in self.past.changes[dot].fields]
        return found[-1:] or some[:1]

    def person(self, by: str) -> str:
        found = self.log.person_of(by)
        assert found is not None
        return found

    def writer(self, by: str) -> Writer:
        return Writer(self.person(by), self.log.version, by)

    def case(self, change: Change) -> ChangeContext:
        """What a rule is asked about."""
        return ChangeContext(change, WriterContext(self.writer(change.device), self.log), self.past)


def header(author: str, **more: Any) -> dict[str, Any]:
    """The header of a creation."""
    plain = {"author": author, "number": "FX-1", "project": PROJECT, "ref": None}
    return {**plain, "occurred": NOW, "recorded": NOW, **more}


def move(name: str, from_: str, to: str, role: str = "engineer", **more: Any) -> dict[str, Any]:
    """The payload of a move."""
    return {"move": name, "from": from_, "to": to, "role": role, "members": 1, **more}


def refused(word: W, act: Callable[[], object]) -> Refused:
    """Check which sentence refuses, and that it can be said."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.word is word
    assert "{" not in str(caught.value)
    return caught.value
