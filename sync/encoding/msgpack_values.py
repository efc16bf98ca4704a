"""MessagePack values: values as bytes and back, for what carriers keep around the segments."""

from __future__ import annotations

from typing import Any


def packed(data: Any) -> bytes:
    """Plain values as bytes."""
    from msgpack import packb  # type: ignore[import-untyped]

    return bytes(packb(data))


def unpacked(data: bytes) -> Any:
    """The values again; `ValueError` for anything else."""
    from msgpack import unpackb

    try:
        return unpackb(data, max_ext_len=0)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
