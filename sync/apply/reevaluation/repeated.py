"""Repeated: changes of an earlier id of this device, written anew under the present one.

They keep their records, values, times and order; versions among them that they name are named as
they are now. Each says which change it repeats (`sync.log.histories.set_aside`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.book.approval import passage
from models.book.approval.coverage import APART, ROWS, decode, encode
from sync.apply.transaction import Transaction
from sync.changes.change import Change, Dot
from sync.changes.pruned import is_stub
from sync.log import logged_changes
from sync.log.change_log import REPEATS
from sync.log.histories import set_aside
from sync.log.logged_changes import Name

Own = Sequence[tuple[Change, bytes]]
"""Changes with their chain hashes, in order."""


def beyond(tx: Transaction, device: str, upto: int) -> Own:
    """The changes of a device after a sequence whose values are here."""
    idx = tx.names.idx(device)
    found = logged_changes.links(tx.db, tx.space, idx, upto)
    return [(Change.parse(body), hash) for _, hash, body in found if not is_stub(body)]


def repeat(tx: Transaction, some: Own) -> set[Name]:
    """Write changes anew (inside a transaction); returns the (type, record) to be made anew.

    Each once: an old part of the log may come back from others, and be set aside again.
    """
    now = dict[Dot, Dot]()
    log, first = tx.log, dict[Dot, int]()
    some = [
        (change, hash)
        for change, hash in some
        if not set_aside.is_repeated(tx.db, tx.space, (change.device, change.seq, hash))
    ]
    for change, hash in some:
        seq = log.tip(tx.space, log.device)[0] + 1
        place: list[object] = [change.device, change.seq, hash.hex()]
        extra = {**change.extra, REPEATS: change.extra.get(REPEATS, place)}
        begun = first.setdefault((change.device, change.tx), seq)
        again = Change(
            tx.space, log.device, seq, change.at, change.type, change.record,
            begun, _fields(change.fields, now), _base(change.base, now),
            change.header, _move(change.move, now), extra,
        )  # fmt: skip
        log.add(again)
        set_aside.repeated(tx.db, tx.space, [again])
        now[change.dot] = log.device, seq
    tx.names.forget_all()
    return {(change.type, change.record) for change, _ in some}


def _dots(some: Iterable[Any], now: Mapping[Dot, Dot]) -> list[Dot]:
    return [now.get((device, seq), (device, seq)) for device, seq in some]


def _base(base: Mapping[str, Any], now: Mapping[Dot, Dot]) -> dict[str, list[Dot]]:
    return {name: _dots(dots, now) for name, dots in base.items()}


def _covered(form: Any, now: Mapping[Dot, Dot]) -> dict[str, Any]:
    return encode({row: frozenset(_dots(dots, now)) for row, dots in decode(form).items()})


def _fields(fields: Mapping[str, object], now: Mapping[Dot, Dot]) -> Mapping[str, object]:
    """A record that holds others has versions in a field."""
    if not fields.get(passage.PASSED_BEFORE):
        return fields
    seen = passage.seen(fields[passage.PASSED_BEFORE]).items()
    text = passage.seen_text({row: frozenset(_dots(dots, now)) for row, dots in seen})
    return {**fields, passage.PASSED_BEFORE: text}


def _move(move: Mapping[str, Any] | None, now: Mapping[Dot, Dot]) -> Mapping[str, object] | None:
    """The payload of a move; versions of other spaces in it stay as they are."""
    if move is None:
        return None
    found = dict(move)
    for key in ("saw", APART):
        if key in found:
            found[key] = _base(found[key], now)
    if ROWS in found:
        found[ROWS] = _covered(found[ROWS], now)
    passing = found.get(passage.PASSING)
    if isinstance(passing, dict) and passage.BY in passing:
        found[passage.PASSING] = {**passing, passage.BY: _covered(passing[passage.BY], now)}
    return found
