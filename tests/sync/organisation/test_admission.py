"""Admission: by the device that keeps the log, once for each device."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration, admission
from sync.trust import device_key
from sync.workspace.workspace import Workspace
from tests.support.signers import company, signer


def test_only_the_founders_device_admits(workspace: Workspace, tmp_path: Path) -> None:
    first, second = tmp_path / "q1", tmp_path / "q2"
    admission.request(tmp_path / "b", first, "乙")
    admission.admit(workspace, first, tmp_path / "r1")
    person = workspace.people.find("乙")[0].id
    body = {"person": person, "grant": True}
    administration.change(workspace, lambda log, key: log.append("admin", body, key))
    admission.admit(workspace, first, tmp_path / "r1")
    other = admission.accept(tmp_path / "b", admission.opened(tmp_path / "b", tmp_path / "r1"))
    admission.request(tmp_path / "c", second, "丙")
    with pytest.raises(Refused, match="那台电脑"):
        admission.admit(other, second, tmp_path / "r2")
    assert not (tmp_path / "r2").exists()
    assert membership_store.stored(other.store.db) == membership_store.stored(workspace.store.db)
    other.close()


def test_a_restored_founder_still_steers(workspace: Workspace, tmp_path: Path) -> None:
    device_key.renew(workspace.home)
    admission.request(tmp_path / "b", tmp_path / "q", "乙")
    admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    assert admission.opened(tmp_path / "b", tmp_path / "r").membership.version == 3


def test_a_device_is_admitted_once(workspace: Workspace, tmp_path: Path) -> None:
    asked = tmp_path / "request"
    (tmp_path / "other").mkdir()
    admission.request(tmp_path / "other", asked, "小林")
    first = admission.admit(workspace, asked, tmp_path / "reply", roles=[("engineer", "")])
    before = membership_store.load(workspace.store.db)
    assert before.roles_at(before.version, before.devices[first.device].person, "any") == {
        "engineer"
    }
    admission.admit(workspace, asked, tmp_path / "again")
    assert membership_store.load(workspace.store.db).entries == before.entries
    reply = admission.opened(tmp_path / "other", tmp_path / "again")
    assert reply.membership.root == before.root


def test_a_name_that_is_taken_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    for name, called in (("one", "小林"), ("two", "小 林")):
        (tmp_path / name).mkdir()
        admission.request(tmp_path / name, tmp_path / f"{name}.q", called)
    one = admission.admit(workspace, tmp_path / "one.q", tmp_path / "r")
    with pytest.raises(Refused) as caught:
        admission.admit(workspace, tmp_path / "two.q", tmp_path / "r")
    assert caught.value.word is admission.SAME_NAME
    person = membership_store.load(workspace.store.db).devices[one.device].person
    two = admission.admit(workspace, tmp_path / "two.q", tmp_path / "r", person=person)
    assert membership_store.load(workspace.store.db).devices[two.device].person == person


def test_a_name_that_acts_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    admission.request(tmp_path / "other", tmp_path / "q", "小林\x1b[31m")
    with pytest.raises(Refused) as caught:
        admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    assert caught.value.word is admission.NO_NAME and not (tmp_path / "r").exists()


def test_a_revoked_device_comes_back_with_a_new_key_only(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    admission.request(tmp_path / "other", tmp_path / "q", "小林")
    asked = admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    administration.revoke(workspace, asked.device)
    with pytest.raises(Refused) as caught:
        admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    assert caught.value.word is admission.GONE


def test_the_oldest_working_administrators_device_keeps_the_log() -> None:
    log = company()
    assert admission.sequencer(log) == "d0"
    log = log.append("person", {"person": "p5", "name": "五", "title": ""}, signer(0))
    log = log.admit("p5", "d5", signer(5).public, "", signer(0))
    assert admission.sequencer(log) == "d0"
    log = log.append("admin", {"person": "p5", "grant": True}, signer(0))
    log = log.append("revoke", {"device": "d0", "heads": {}}, signer(5))
    assert admission.sequencer(log) == "d5"


def test_a_fingerprint_is_of_the_organisation() -> None:
    log = company()
    print = admission.fingerprint(log)
    assert len(print.split("-")) == 4 and print == print.upper()
    more = log.append("person", {"person": "p5", "name": "五", "title": ""}, signer(0))
    assert admission.fingerprint(more) == print


def test_the_key_of_a_revoked_device_does_not_come_back_under_another_id(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    admission.request(tmp_path / "other", tmp_path / "q", "小林")
    asked = admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    administration.revoke(workspace, asked.device)
    device_key.renew(tmp_path / "other")  # as a copy of it does that was put back from a backup
    admission.request(tmp_path / "other", tmp_path / "q", "小林")
    with pytest.raises(Refused) as caught:
        admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    assert caught.value.word is admission.GONE
