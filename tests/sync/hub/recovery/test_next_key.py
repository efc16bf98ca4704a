"""The next key of a hub: made once, counted from its entry on, then put in the old one's place."""

from __future__ import annotations

from pathlib import Path

from sync.hub.recovery import next_key
from sync.trust import device_key


def test_it_waits_until_the_log_names_it(tmp_path: Path) -> None:
    old = device_key.make(tmp_path, "phrase")
    assert not next_key.exists(tmp_path) and next_key.read(tmp_path) is None
    made = next_key.make(tmp_path, "phrase")
    assert next_key.make(tmp_path, "phrase") == made != device_key.read(tmp_path)
    assert made.wrapped and next_key.load(tmp_path, "phrase").public == made.public
    for other in (None, old.id):
        next_key.settle(tmp_path, other)
        assert device_key.load(tmp_path, "phrase").id == old.id and next_key.exists(tmp_path)
    next_key.settle(tmp_path, made.id)
    assert device_key.load(tmp_path, "phrase").public == made.public
    assert not (tmp_path / next_key.FOLDER).exists()
    next_key.settle(tmp_path, made.id)  # nothing is left to do
