"""Members as a list: people with their roles and devices, each a place for the cursor."""

from __future__ import annotations

import pytest

from models.schema.roles import ENGINEER, QUALITY
from models.text.words import language
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.team import admit
from tui.display.parts import TextPart, plain
from tui.display.values import Values
from tui.pages.sync.member_list import MemberChoice, parts


def read(workspace: Workspace) -> list[TextPart]:
    """The list as it is now."""
    return parts(workspace, Values(workspace))


@pytest.mark.parametrize(
    ("id", "chosen"),
    [
        ("person|p1", MemberChoice("person", "p1")),
        ("role|p1|engineer|*", MemberChoice("role", "p1", "engineer", "*")),
        ("device|d1", MemberChoice("device", "d1")),
        ("role|p1|engineer|*|more", MemberChoice("role", "p1", "engineer", "*")),
        ("", MemberChoice("")),
    ],
)
def test_the_id_of_a_part_says_what_the_cursor_is_on(id: str, chosen: MemberChoice) -> None:
    assert MemberChoice.read(id) == chosen


def test_each_part_leads_to_its_person(workspace: Workspace) -> None:
    me, people = workspace.book.me, {}
    for part in read(workspace):
        if part.id:
            chosen = MemberChoice.read(part.id)
            people[chosen.kind] = chosen.person(workspace)
    assert people == {"person": me, "role": me, "device": me}
    assert MemberChoice("").person(workspace) is None


def test_the_founder_is_named_with_every_role_and_this_device(workspace: Workspace) -> None:
    said = plain(read(workspace))
    assert "测试员" in said and "管理员" in said and "我" in said
    assert "运维工程师" in said and "每个项目" in said and "本机" in said


def test_a_role_of_one_project_stands_with_its_name(workspace: Workspace, project: str) -> None:
    colleague = admit(workspace, "同事", [ENGINEER])
    administration.set_role(workspace, colleague, QUALITY, project, grant=True)
    said = plain(read(workspace))
    assert "测试项目" in said and "质量专员" in said


def test_it_is_said_in_the_language_of_the_reader(workspace: Workspace) -> None:
    language.now = "en"
    said = plain(read(workspace))
    assert "Engineer" in said and "运维工程师" not in said
