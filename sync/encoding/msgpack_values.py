"""MessagePack values: values as bytes and back, for what carriers keep around the segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sync.trust.membership_entry import MembershipEntry


def packed(data: Any) -> bytes:
    """Plain values as bytes."""
    from msgpack import packb  # type: ignore[import-untyped]

    return bytes(packb(data))


def packed_entries(entries: Iterable[MembershipEntry]) -> bytes:
    """Membership entries as folders, bundles and replies carry them, before they are encrypted."""
    return packed([list(one) for one in entries])


def unpacked(data: bytes) -> Any:
    """The values again; `ValueError` for anything else."""
    from msgpack import unpackb

    try:
        return unpackb(data, max_ext_len=0)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
