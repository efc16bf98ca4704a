"""Adoption: a reviewer lets quarantined changes count after all.

It is a change of the same record that writes the register `values.ADOPT`; its base names what it
adopts. On every device the record is then judged again and made anew from the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.store import Store
from models.words import Refused
from sync.change import Change
from sync.names import Names
from sync.rebuild import rebuild
from sync.rejudge import Name, rejudge
from sync.trust import Trust
from sync.values import ADOPT


def carry_out(
    store: Store,
    names: Names,
    trust: Trust,
    changes: Sequence[Change],
    faults: Mapping[int, Refused],
) -> set[Name]:
    """Let what these changes adopt count from now on; returns the records made anew."""
    named = {(c.type, c.record) for c in changes if ADOPT in c.fields and c.seq not in faults}
    if not named:
        return set()
    return rebuild(store, names, sorted(rejudge(names, trust, sorted(named))))
