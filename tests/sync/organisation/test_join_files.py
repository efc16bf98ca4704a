"""Joining: requests and replies bound to a key, replies only from administrators."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.organisation.join_files import (
    read_reply,
    read_request,
    write_reply,
    write_request,
)
from tests.support.signers import company, signer


def test_every_changed_character_of_a_request_is_noticed(tmp_path: Path) -> None:
    path, rng = tmp_path / "q", random.Random(1)
    write_request(path, signer(5), "小林", "laptop")
    text, told = path.read_text(encoding="ascii"), read_request(path)
    assert (told.device, told.key, told.name) == ("d5", signer(5).public, "小林")
    for at in range(len(text)):
        path.write_text(text[:at] + rng.choice("x7{") + text[at + 1 :], encoding="ascii")
        try:
            assert read_request(path) == told
        except Refused:
            continue


def test_a_reply_of_somebody_who_is_no_administrator(tmp_path: Path) -> None:
    path = tmp_path / "r"
    log = company()
    for number in (5, 6):
        body = {"person": f"p{number}", "name": f"N{number}", "title": ""}
        log = log.append("person", body, signer(0))
        log = log.admit(f"p{number}", f"d{number}", signer(number).public, "", signer(0))
    asked = write_request(tmp_path / "q", signer(5), "N5", "")
    write_reply(path, signer(0), asked, log)
    assert read_reply(path, signer(5)).by == "林工"
    assert read_reply(path, signer(5)).person == "p5"
    with pytest.raises(Refused, match="另一台电脑"):
        read_reply(path, signer(6))
    for sender in (6, 5, 9):
        write_reply(path, signer(sender), asked, log)
        with pytest.raises(Refused, match="没有改动任何内容"):
            read_reply(path, signer(5))
    write_reply(path, signer(0), asked, company())
    with pytest.raises(Refused, match="没有改动任何内容"):
        read_reply(path, signer(5))
