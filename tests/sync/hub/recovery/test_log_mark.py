"""The mark beside the hub's key: it only ever moves on along one log, and holds no secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sync.hub.recovery import log_mark
from sync.hub.recovery.log_mark import FILE, LogMark
from sync.trust.membership import Membership
from tests.sync.hub.devices import Organisation, signer


@pytest.fixture
def log() -> Membership:
    """A log of some entries."""
    return Organisation(signer(9)).log


def test_it_moves_on_and_never_back(tmp_path: Path, log: Membership) -> None:
    shorter = Membership().extend(log.entries[:-2])
    assert log_mark.read(tmp_path) is None
    log_mark.rise(tmp_path, Membership())
    assert log_mark.read(tmp_path) is None
    log_mark.rise(tmp_path, shorter)
    assert log_mark.read(tmp_path) == log_mark.of(shorter)
    log_mark.rise(tmp_path, log)
    log_mark.rise(tmp_path, shorter)
    assert log_mark.read(tmp_path) == log_mark.of(log)


def test_another_log_does_not_move_it(tmp_path: Path, log: Membership) -> None:
    log_mark.rise(tmp_path, Membership().extend(log.entries[:-1]))
    other = Organisation(signer(20), 9).log
    assert len(other.entries) > len(log.entries)
    log_mark.rise(tmp_path, other)
    assert log_mark.read(tmp_path) == log_mark.of(Membership().extend(log.entries[:-1]))
    log_mark.keep(tmp_path, other)  # the operator decided
    assert log_mark.read(tmp_path) == log_mark.of(other)
    log_mark.keep(tmp_path, Membership())
    assert log_mark.read(tmp_path) is None


def test_what_is_within_a_log(log: Membership) -> None:
    mark, shorter = log_mark.of(log), Membership().extend(log.entries[:-1])
    assert mark.within(log) and not mark.within(shorter) and not mark.within(Membership())
    assert log_mark.of(shorter).within(log)
    assert not mark._replace(hash="00").within(log)
    assert LogMark().within(Membership()) and LogMark().within(log)
    assert not LogMark(root="00").within(log)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"{}", b'{"n": "x"}', b"\xff", b"[" * 9999])
def test_a_damaged_mark_is_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert log_mark.read(tmp_path) is None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="no modes hold here")
def test_a_folder_that_cannot_be_written_to_serves(tmp_path: Path, log: Membership) -> None:
    tmp_path.chmod(0o500)
    log_mark.rise(tmp_path, log)
    tmp_path.chmod(0o700)
    assert log_mark.read(tmp_path) is None
