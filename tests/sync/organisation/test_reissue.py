"""Reissue: a book begun alone comes along whole, or nothing of it is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.book.projects import all_projects
from models.schema.fields import persons
from models.schema.lifecycle import Life, State
from models.schema.natural_keys import file_of
from models.text.words import Refused, W
from sync.organisation import admission, reissue
from sync.organisation.join_files import JoinReply
from sync.workspace.rollback_guard import marks
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, Workspace, open_book
from tests.support import incident_files
from tests.support.declared_types import declared


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


@pytest.mark.parametrize(("role", "brought"), [("quality", 1), ("service_desk", 0)])
def test_a_restricted_record_comes_along_for_its_readers(
    workspace: Workspace, tmp_path: Path, role: str, brought: int
) -> None:
    with incident_files.declared():
        opened = begin(tmp_path / "alone", name="小林", project="旧项目")
        project = all_projects(opened.store)[0].id
        incident = opened.book.add("mishap", {"summary": "断电"}, project=project).id
        values = {"incident": incident, "person": opened.book.me}
        file = opened.book.add("responsibility", values, project=project).id
        opened.book.add("statement", {"file": file, "text": "说明"})
        opened.close()
        with workspace.store.write():
            workspace.store.grow()
        reply = reply_to(workspace, tmp_path / "alone", tmp_path, role, "project_manager")
        told = reissue.preview(tmp_path / "alone", reply)
        assert told.brought["responsibility"] == brought
        assert told.left["responsibility"] == 1 - brought
        assert told.brought["statement"] == 1  # a row is for its readers, whoever wrote it
        reissue.bring(tmp_path / "alone", reply)
        joined = open_book(tmp_path / "alone")
        held = [one for (one,) in joined.store.rows("SELECT DISTINCT space FROM head")]
        assert [one for one in held if file_of(one)] == [f"f:responsibility:{project}:{file}"]
        assert (joined.book.find(file) is not None) is bool(brought)
        joined.close()


def test_every_person_of_a_list_comes_along_under_the_new_id() -> None:
    life = Life((State("kept", W("有效", "kept")),))
    with declared("sample", life, {"company": persons("同行人", "Company")}) as cls:
        assert reissue._mapped(cls, "company", "a,b", {"a": "z"}) == "b,z"
        assert reissue._mapped(cls, "company", None, {"a": "z"}) is None
