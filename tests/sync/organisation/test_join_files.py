"""Joining: requests and replies bound to a key, replies only from administrators."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from models.book.projects import all_projects
from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration, admission, reissue
from sync.organisation.join_files import (
    JoinReply,
    read_reply,
    read_request,
    write_reply,
    write_request,
)
from sync.trust import device_key
from sync.workspace.rollback_guard import marks
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, Workspace, open_book
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
    with pytest.raises(Refused, match="另一台设备"):
        read_reply(path, signer(6))
    for sender in (6, 5, 9):
        write_reply(path, signer(sender), asked, log)
        with pytest.raises(Refused, match="没有改动任何内容"):
            read_reply(path, signer(5))
    write_reply(path, signer(0), asked, company())
    with pytest.raises(Refused, match="没有改动任何内容"):
        read_reply(path, signer(5))


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
    with pytest.raises(Refused, match="那台设备"):
        admission.admit(other, second, tmp_path / "r2")
    assert not (tmp_path / "r2").exists()
    assert membership_store.stored(other.store.db) == membership_store.stored(workspace.store.db)
    other.close()


def test_a_restored_founder_still_steers(workspace: Workspace, tmp_path: Path) -> None:
    device_key.renew(workspace.home)
    admission.request(tmp_path / "b", tmp_path / "q", "乙")
    admission.admit(workspace, tmp_path / "q", tmp_path / "r")
    assert admission.opened(tmp_path / "b", tmp_path / "r").membership.version == 3


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A home with a book begun alone, closed."""
    opened = begin(tmp_path / "alone", name="小林", project="旧项目")
    project = all_projects(opened.store)[0].id
    for number in range(3):
        made = opened.book.add(
            "fix", {"phenomenon": f"{number}"}, project=project, ref=f"F{number}"
        )
    opened.book.move(made.id, "fix", {"cause": "y", "cause_class": "software", "correction": "z"})
    week = {"week": "2026-W47", "person": opened.book.me, "progress": "x"}
    opened.book.add("weekly", week, project=project)
    opened.book.void(opened.book.get("F0").id, "重复")
    opened.close()
    return tmp_path / "alone"


def reply_to(workspace: Workspace, home: Path, tmp_path: Path, *roles: str) -> JoinReply:
    """The founder's answer to this home."""
    admission.request(home, tmp_path / "q", "小林")
    given = [(role, "*") for role in roles]
    admission.admit(workspace, tmp_path / "q", tmp_path / "r", roles=given)
    return admission.opened(home, tmp_path / "r")


def test_a_preview_changes_nothing(workspace: Workspace, alone: Path, tmp_path: Path) -> None:
    reply = reply_to(workspace, alone, tmp_path, "project_manager")
    before = {p: p.read_bytes() for p in alone.rglob("*") if p.is_file() and p.suffix != ".lock"}
    told = reissue.preview(alone, reply)
    after = {p: p.read_bytes() for p in alone.rglob("*") if p.is_file() and p.suffix != ".lock"}
    assert told.brought["fix"] == 3 and told.brought["weekly"] == 1 and not told.left
    assert {p.name for p in after} == {p.name for p in before}
    assert all(after[p] == data for p, data in before.items() if p.suffix != ".sqlite3-shm")


def test_records_keep_ids_times_and_references(
    workspace: Workspace, alone: Path, tmp_path: Path
) -> None:
    opened = open_book(alone)
    device, fixes = opened.log.device, {r: opened.book.get(r) for r in ("F0", "F1", "F2")}
    opened.close()
    reply = reply_to(workspace, alone, tmp_path, "project_manager")
    reissue.bring(alone, reply)
    opened = open_book(alone)
    assert opened.log.device == device and opened.people.me == reply.person
    for ref, old in fixes.items():
        new = opened.book.get(ref)
        for name in ("id", "occurred", "recorded", "project", "void"):
            assert getattr(new, name) == getattr(old, name), name
        assert new.author == reply.person
    moved = opened.book.get("F2")
    assert moved.state == "fixed" and moved.values()["cause"] == "y"
    (move,) = opened.store.rows("SELECT move FROM transition WHERE record=?", (moved.id,))
    assert move == ("import",)
    told = opened.store.rows("SELECT text FROM note WHERE about=?", (moved.id,))
    assert fixes["F2"].number in told[0][0]
    person = opened.store.rows("SELECT person FROM weekly")
    assert person == [(reply.person,)]
    opened.close()
    (kept,) = alone.glob(f"before-joining-*/{DATABASE}")
    assert kept.stat().st_size > 0 and marks(alone, device).keys() <= {
        "company",
        f"p:{old.project}",
    }


def test_a_book_that_is_open_elsewhere_is_left_alone(
    workspace: Workspace, alone: Path, tmp_path: Path
) -> None:
    reply = reply_to(workspace, alone, tmp_path, "project_manager")
    opened = open_book(alone)
    before = opened.store.rows("SELECT count(*) FROM fix")
    with pytest.raises(Refused, match="正打开着"):
        reissue.bring(alone, reply)
    assert opened.store.rows("SELECT count(*) FROM fix") == before
    opened.close()


def test_a_team_is_not_swallowed(workspace: Workspace, tmp_path: Path) -> None:
    """A book that others belong to as well cannot be brought into another organisation."""
    team = begin(tmp_path / "team", name="甲")
    admission.request(tmp_path / "x", tmp_path / "q", "乙")
    admission.admit(team, tmp_path / "q", tmp_path / "r")
    team.close()
    reply = reply_to(workspace, tmp_path / "team", tmp_path)
    with pytest.raises(Refused, match="另一个组织"):
        admission.alone(tmp_path / "team", reply)
    assert json.loads((tmp_path / "r").read_text(encoding="ascii"))["is"] == "sitebook join reply"
