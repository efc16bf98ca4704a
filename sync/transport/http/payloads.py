"""Entries of the membership log, as JSON."""

from __future__ import annotations

from typing import Any

from sync.transport.http.hub_errors import malformed
from sync.trust.membership_entry import MembershipEntry


def entry_told(one: MembershipEntry) -> list[Any]:
    """An entry as JSON."""
    return [one.n, one.hash.hex(), one.body.decode(), one.sig.hex()]


def entries_heard(data: Any) -> list[MembershipEntry]:
    """Entries again; `Fault` for anything else."""
    if not isinstance(data, list) or not 0 < len(data) <= 20_000:
        raise malformed(part="entries")
    found = []
    for row in data:
        right = isinstance(row, list) and [type(part) for part in row] == [int, str, str, str]
        if not right or not 0 < row[0] < 1 << 31:
            raise malformed(part="entries")
        try:
            n, hash, body, sig = row
            found.append(MembershipEntry(n, bytes.fromhex(hash), body.encode(), bytes.fromhex(sig)))
        except ValueError:
            raise malformed(part="entries") from None
    return found
