"""A membership log in a file: whole, or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.organisation import log_file
from tests.sync.hub.devices import Organisation, signer


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    log, path = Organisation(signer(9)).log, tmp_path / "members.json"
    log_file.write(path, log)
    assert tuple(log_file.read(path)) == log.entries
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_altered_is_refused(tmp_path: Path) -> None:
    log, path = Organisation(signer(9)).log, tmp_path / "members.json"
    log_file.write(path, log)
    data = json.loads(path.read_text(encoding="ascii"))
    some: list[object] = [{**data, "is": "x"}, {"is": data["is"]}, []]
    for broken in [*some, *({**data, "entries": one} for one in ([], [1], 1))]:
        path.write_text(json.dumps(broken), encoding="ascii")
        with pytest.raises(Refused, match="members"):
            log_file.read(path)
    data["entries"][-1][3] = "00" * 64
    path.write_text(json.dumps(data), encoding="ascii")
    with pytest.raises(Refused):
        log_file.read(path)
    path.write_bytes(b"\xff")
    with pytest.raises(Refused, match="members"):
        log_file.read(path)
    with pytest.raises(Refused, match="不能读取"):
        log_file.read(tmp_path / "none.json")
