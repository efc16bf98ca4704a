"""Staff: everybody with roles and devices, as the membership log has them."""

from __future__ import annotations

from models.book.staff import HUB, Grant, administrators, everybody
from models.schema.roles import ROLES
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.team import admit


def test_each_has_their_roles_in_order_and_their_devices(
    workspace: Workspace, project: str
) -> None:
    lead = admit(workspace, "段工", ["quality", "engineer"])
    bare = admit(workspace, "没有设备", ["engineer"], device=False)
    administration.set_role(workspace, lead, "project_manager", project, grant=True)
    found = {one.person.id: one for one in everybody(workspace.people)}
    assert set(found) == {workspace.book.me, lead, bare}
    grants = sorted((project, "*"))
    assert [one.project for one in found[lead].grants] == sorted(["*", "*", project])
    assert Grant("project_manager", project) in found[lead].grants and len(grants) == 2
    of_all = [one.role for one in found[lead].grants if one.project == "*"]
    assert of_all == ["engineer", "quality"] == sorted(of_all, key=list(ROLES).index)
    assert [device.name for device in found[lead].devices] == ["段工的电脑"]
    assert found[bare].devices == ()


def test_those_who_left_come_last_and_are_no_administrators(workspace: Workspace) -> None:
    first, second = (admit(workspace, name, ["engineer"]) for name in ("阿甲", "阿乙"))
    administration.change(
        workspace, lambda log, key: log.append("admin", {"person": first, "grant": True}, key)
    )
    assert administrators(workspace.people) == ["测试员", "阿甲"]
    body = {"person": first, "active": False}
    administration.change(workspace, lambda log, key: log.append("active", body, key))
    assert [one.person.name for one in everybody(workspace.people)][-1] == "阿甲"
    assert administrators(workspace.people) == ["测试员"]
    assert everybody(workspace.people)[-1].person.active is False
    assert second in {one.person.id for one in everybody(workspace.people)}


def test_a_hub_is_nobodys_colleague(workspace: Workspace) -> None:
    hub = f"{HUB}1"
    with workspace.store.write():
        workspace.store.db.execute_sql(
            "INSERT INTO person(id, name, title, active) VALUES(?, ?, '', 1)", (hub, "同步服务器")
        )
    assert hub not in {one.person.id for one in everybody(workspace.people)}
    assert hub in {one.person.id for one in everybody(workspace.people, hubs=True)}
