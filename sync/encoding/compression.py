"""Compressed: bytes with their size declared in front, so that a bomb stops at that size. Pure.

Form: one byte for the method, three for the size, then the data. zstd is written wherever it is
there (Python 3.14 or `backports.zstd`), zlib is always read.
"""

from __future__ import annotations

import sys
import zlib
from types import ModuleType

from sync.encoding.decode_error import DAMAGED, NO_ZSTD, OTHER_SIZE, TOO_BIG, refuse

LIMIT = 8 << 20
"""Most bytes before compression."""
HEAD = 4
_ZLIB, _ZSTD = 1, 2
_WINDOW = 23
"""A window of 8 MiB: more would be memory for nothing."""
_SMALL, _BEST, _FAST = 64 << 10, 19, 6


def squeeze(data: bytes, *, zstd: bool = True) -> bytes:
    """The compressed form; with `zstd` off for receivers that have only zlib."""
    if len(data) > LIMIT:
        refuse(TOO_BIG)
    found = _zstd() if zstd else None
    if found is None:
        return _head(_ZLIB, data) + zlib.compress(data, 9)
    level = _BEST if len(data) <= _SMALL else _FAST
    options = {
        found.CompressionParameter.compression_level: level,
        found.CompressionParameter.content_size_flag: 0,
        found.CompressionParameter.window_log: _window(len(data)),
    }
    packed: bytes = found.compress(data, options=options)
    return _head(_ZSTD, data) + packed


def expand(packed: bytes) -> bytes:
    """The data, exactly of the declared size. Raises `Refused` for anything else."""
    size = int.from_bytes(packed[1:HEAD])
    if len(packed) < HEAD or size > LIMIT:
        refuse(TOO_BIG if size > LIMIT else DAMAGED)
    if packed[0] == _ZSTD:
        data, whole = _from_zstd(packed[HEAD:], size)
    elif packed[0] == _ZLIB:
        data, whole = _from_zlib(packed[HEAD:], size)
    else:
        refuse()
    return data if whole and len(data) == size else refuse(OTHER_SIZE)


def _from_zlib(packed: bytes, size: int) -> tuple[bytes, bool]:
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(packed, size + 1)
    except zlib.error:
        refuse()
    return data, machine.eof and not machine.unused_data


def _from_zstd(packed: bytes, size: int) -> tuple[bytes, bool]:
    zstd = _zstd()
    if zstd is None:
        refuse(NO_ZSTD)
    machine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
    try:
        data = machine.decompress(packed, size + 1)
    except zstd.ZstdError:
        refuse()
    return data, machine.eof and not machine.unused_data


def _window(size: int) -> int:
    return max(10, min(_WINDOW, size.bit_length()))


def _head(method: int, data: bytes) -> bytes:
    return bytes([method]) + len(data).to_bytes(HEAD - 1)


def _zstd() -> ModuleType | None:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd
    try:
        from backports import zstd
    except ImportError:
        return None
    return zstd
