"""Coverage: which versions of a record's rows a binding move is about, in its compact form.

A move that binds names, for each row of its record, the set of current versions. The form is
plain JSON, of less than 8 bytes a row beyond the row's id:

    {"by": [device, …], "ids": [row, …], "at": [one for each row]}

where `at` holds a number for a row with one version of the first device: how much its sequence is
more than that of the last such row; and for any other row the list of its versions, flat: place of
the device in `by`, sequence, place, sequence … What is not named counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.book.log.change_log import Dot

Covered = Mapping[str, frozenset[Dot]]
"""Row id -> its current versions."""

ROWS = "rows"
"""The key of the coverage in the payload of a move."""
APART = "apart"
"""The key under which a move names versions of linked records (`models.book.approval.apart`)."""


def encode(covered: Covered) -> dict[str, Any]:
    """The compact form; rows in the order of their versions, so that numbers stay small."""
    order = sorted(covered, key=lambda id: (sorted(covered[id]), id))
    counts: dict[str, int] = {}
    for versions in covered.values():
        for device, _ in versions:
            counts[device] = counts.get(device, 0) + 1
    by = sorted(counts, key=lambda device: (-counts[device], device))
    places = {device: place for place, device in enumerate(by)}
    at, last = list[Any](), 0
    for id in order:
        own = sorted((places[device], seq) for device, seq in covered[id])
        if len(own) == 1 and own[0][0] == 0:
            at.append(own[0][1] - last)
            last = own[0][1]
        else:
            at.append([part for version in own for part in version])
    return {"by": by, "ids": order, "at": at}


def decode(form: object) -> dict[str, frozenset[Dot]]:
    """The rows and their versions. Raises `ValueError` for anything malformed."""
    try:
        return _decode(form)
    except (KeyError, TypeError, IndexError, AttributeError) as wrong:
        raise ValueError("not a coverage") from wrong


def _decode(form: Any) -> dict[str, frozenset[Dot]]:
    by, ids, at = form["by"], form["ids"], form["at"]
    if form.keys() != {"by", "ids", "at"} or {type(by), type(ids), type(at)} != {list}:
        raise ValueError("not a coverage")
    if len(set(by)) < len(by) or len(set(ids)) < len(ids) or len(ids) != len(at):
        raise ValueError("a device or a row is named twice, or not all have their versions")
    if not all(type(name) is str and name for name in (*by, *ids)):
        raise ValueError("a name is no text")
    found, last = dict[str, frozenset[Dot]](), 0
    for id, versions in zip(ids, at, strict=True):
        if type(versions) is int:
            last += versions
            versions = [0, last]
        found[id] = frozenset(_dots(by, versions))
    return found


def _dots(by: list[str], flat: list[Any]) -> Iterable[Dot]:
    if not flat or len(flat) % 2 or not all(type(part) is int for part in flat):
        raise ValueError("versions are pairs of whole numbers")
    for place, seq in zip(flat[::2], flat[1::2], strict=True):
        if not 0 <= place < len(by) or seq < 1:
            raise ValueError("a version is out of bounds")
        yield by[place], seq


def named(payload: Mapping[str, Any] | None) -> Iterable[Dot]:
    """Every version that the payload of a move says it is about: of the record and of its rows.

    Raises `ValueError` for a malformed coverage.
    """
    if payload is None:
        return
    for key in ("saw", APART):
        for versions in (payload.get(key) or {}).values():
            yield from ((device, seq) for device, seq in versions)
    if ROWS in payload:
        for dots in decode(payload[ROWS]).values():
            yield from dots
