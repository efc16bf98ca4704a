"""Compression: exactly what was declared comes out, and a bomb stops at its declared size."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused
from sync.encoding import compression
from sync.encoding.compression import expand, squeeze


@given(st.binary(max_size=300), st.booleans())
def test_data_comes_out_as_it_went_in(data: bytes, zstd: bool) -> None:
    packed = squeeze(data, zstd=zstd)
    assert expand(packed) == data
    assert int.from_bytes(packed[1:4]) == len(data)


def test_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "LIMIT", 8)
    assert expand(squeeze(bytes(8))) == bytes(8)
    with pytest.raises(Refused, match="超过"):
        squeeze(bytes(9))


def test_without_zstd_zlib_is_written_and_zstd_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modern = squeeze(b"sitebook" * 9)
    monkeypatch.setattr(compression, "_zstd", lambda: None)
    plain = squeeze(b"sitebook" * 9)
    assert plain[0] != modern[0] and expand(plain) == b"sitebook" * 9
    with pytest.raises(Refused, match="zstd"):
        expand(modern)


def test_a_bomb_stops_at_its_declared_size() -> None:
    """Sync case 56."""
    for method, data in ((1, zlib.compress(bytes(64 << 20), 9)), (2, zstd_of(bytes(64 << 20)))):
        for declared in (10, 1 << 20):
            with pytest.raises(Refused, match="声明"):
                expand(bytes([method]) + declared.to_bytes(3) + data)
        with pytest.raises(Refused, match="超过"):
            expand(bytes([method]) + (compression.LIMIT + 1).to_bytes(3) + data)


def zstd_of(data: bytes) -> bytes:
    from backports import zstd

    return zstd.compress(data)


@pytest.mark.parametrize("zstd", [True, False])
def test_compressed_data_is_exactly_what_it_declares(zstd: bool) -> None:
    good = squeeze(b"sitebook" * 9, zstd=zstd)
    assert expand(good) == b"sitebook" * 9
    bad = [
        good + b"\0",  # something after the end
        good + good[4:],  # a second frame
        good[:-1],
        good[:4],
        good[:3],
        b"",
        good[:1] + (73).to_bytes(3) + good[4:],
        good[:1] + (71).to_bytes(3) + good[4:],
        b"\x03" + good[1:],
    ]
    for data in bad:
        with pytest.raises(Refused):
            expand(data)


def test_a_wide_window_is_refused() -> None:
    from backports import zstd

    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    wide = zstd.compress(bytes(9 << 20), options=options)
    with pytest.raises(Refused):
        expand(b"\x02" + compression.LIMIT.to_bytes(3) + wide)
