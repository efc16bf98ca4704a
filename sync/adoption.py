"""Adoption: a reviewer lets quarantined changes count after all.

It is a change of the same record that writes the register `quarantine.ADOPT`; its base names what
it adopts. On every device the record is then made anew from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from models.store import Store
from sync import quarantine
from sync.apply import Arrived, Outcome
from sync.change import Change
from sync.names import Names
from sync.rebuild import rebuild


def carry_out(
    store: Store, names: Names, batch: Sequence[Arrived], faults: Mapping[int, str], done: Outcome
) -> None:
    """Let what the changes of a batch adopt count from now on."""
    records = list(_lifted(names, (one.change for one in batch if one.change.seq not in faults)))
    if records:
        done.touched |= rebuild(store, names, records)


def _lifted(names: Names, changes: Iterable[Change]) -> Iterable[tuple[str, str]]:
    for c in changes:
        dots = quarantine.adopted(c)
        if dots:
            quarantine.lift(names, c.dot, names.local(dots))
            yield c.type, c.record
