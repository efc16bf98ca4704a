"""The hub of a workspace: remembered beside the book, and no hub when the file says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.workspace.hub_address import FILE, Address, load, save, spelt

HUB = Address("https://hub.example.com:8443", "-----BEGIN CERTIFICATE-----", "0190", "ab" * 32)


def test_it_is_remembered_and_replaced(tmp_path: Path) -> None:
    assert load(tmp_path) is None
    save(tmp_path, HUB)
    assert load(tmp_path) == HUB
    other = HUB._replace(url="https://10.0.0.1:1")
    save(tmp_path, other)
    assert load(tmp_path) == other
    assert sorted(path.name for path in tmp_path.iterdir()) == ["device.lock", FILE]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", "{}", '{"url":"x","authority":"y","device":"z"}', "[" * 9999],
    ids=lambda text: text[:10],
)
def test_a_file_that_says_nothing_is_no_hub(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert load(tmp_path) is None


def test_what_a_newer_version_adds_is_no_hindrance(tmp_path: Path) -> None:
    data = {**HUB._asdict(), "more": [1]}
    (tmp_path / FILE).write_text(json.dumps(data), encoding="utf-8")
    assert load(tmp_path) == HUB


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="不能写入 file"):
        save(tmp_path / "file", HUB)


def test_an_address_without_a_port_has_the_known_one() -> None:
    known = Address("https://old:8443", "", "d", "k")
    for typed, meant in (
        ("https://new", "https://new:8443"), ("https://new:1/", "https://new:1"),
        ("https://[::1]", "https://[::1]:8443"), ("http://new", "http://new"),
        ("https://", "https:"), ("https://x:y", "https://x:y"),
    ):  # fmt: skip
        assert spelt(known, typed) == meant
