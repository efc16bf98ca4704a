"""Any record as a document: its fields, rows, links, actions, notes, files and history."""

from __future__ import annotations

from typing import Any

import pytest

from models.schema.record import Record
from models.storage import blobs
from models.text.words import language
from tests.tui.documents.conftest import ODD, Scene
from tui.documents import registry
from tui.documents.document import RECORD
from tui.documents.record_text import clean


def data(scene: Scene, record: Record) -> dict[str, Any]:
    """What the document of a record prints."""
    return registry.gather(scene.reading, registry.subject_of(scene.reading, RECORD, record))


def test_filled_fields_come_in_the_order_of_their_declaration(scene: Scene) -> None:
    found = data(scene, scene.fix)["fields"]
    words = [str(spec.label) for spec in type(scene.fix).specs().values()]
    labels = [row["label"] for row in found]
    assert labels == [word for word in words if word in labels]
    assert {"label": "问题现象", "text": clean(ODD)} in found
    assert all(row["text"] for row in found)


def test_its_rows_are_there_without_the_link_back(scene: Scene) -> None:
    (row,) = data(scene, scene.escalation)["rows"]
    assert row["type"] == "攻关组成员" or "成员" in row["type"]
    assert "协调厂商" in row["text"] and scene.escalation.number not in row["text"]


def test_links_leave_out_rows_notes_files_and_issued_documents(scene: Scene) -> None:
    book = scene.workspace.book
    fix = book.add("fix", {"phenomenon": "主记录"}, project=scene.project.id)
    report = book.add(
        "problem_report", {"subject": "关联的报告", "fix": fix.id}, project=scene.project.id
    )
    book.add("note", {"about": fix.id, "text": "备注一"})
    kept = blobs.keep_bytes(scene.workspace.home, b"x", "a.txt")
    file = {"about": fix.id, "name": "a.txt", "sha256": kept.sha256, "size": kept.size}
    book.add("attachment", file)
    found = data(scene, fix)
    assert [one["name"] for one in found["links"]] == [f"{report.number} 关联的报告"]
    assert [one["text"] for one in found["notes"]] == ["备注一"]
    assert [one["name"] for one in found["attachments"]] == ["a.txt"] and found["rows"] == []


def test_a_void_record_is_no_link(scene: Scene) -> None:
    book = scene.workspace.book
    fix = book.add("fix", {"phenomenon": "x"}, project=scene.project.id)
    report = book.add("problem_report", {"subject": "y", "fix": fix.id}, project=scene.project.id)
    book.void(report.id, "重复")
    assert data(scene, fix)["links"] == []


@pytest.mark.parametrize(
    ("lang", "created", "changed"),
    [("zh", "新建", "原因：甲 → 乙"), ("en", "created", "Cause: 甲 → 乙")],
)
def test_the_history_says_what_was_before_and_after(
    scene: Scene, lang: str, created: str, changed: str
) -> None:
    language.now = lang  # type: ignore[assignment]
    book = scene.workspace.book
    fix = book.add("fix", {"phenomenon": "x", "cause": "甲"}, project=scene.project.id)
    book.edit(fix.id, {"cause": "乙"})
    first, second = data(scene, book.get(fix.id))["story"]
    assert first["text"].startswith(created) and "甲" in first["text"]
    assert changed in second["text"] and "管理员" in second["by"]


def test_moves_are_actions_and_not_history_again(scene: Scene) -> None:
    found = data(scene, scene.fix)
    assert [one["move"] for one in found["moves"]]
    assert not any(one["text"] in ("修改", "changed") for one in found["story"])


def test_the_procedure_that_it_follows_is_printed(scene: Scene) -> None:
    values = {"subject": "备件盘点", "sort": "correction"}
    made = scene.reading.book.add("corrective_action", values, project=scene.fix.project)
    said = data(scene, made)
    assert [row["no"] for row in said["procedure_steps"]][:3] == ["1", "2", "3"]
    (followed,) = (row["text"] for row in said["fields"] if row["label"] == "所依流程")
    assert followed == said["procedure_name"] and "纠正和预防措施控制程序" in followed
    assert data(scene, scene.fix)["procedure_steps"] == []
