"""Every record is found by what was typed into it, and no void one."""

from __future__ import annotations

from models.book.book import Book
from models.search.documents import body, everything
from models.search.index_check import compare_and_rebuild
from sync.workspace.workspace import Workspace


def _found(workspace: Workspace, text: str) -> list[str]:
    return [hit.id for hit in workspace.search.find(text)]


def test_a_record_is_found_by_words_number_ref_and_values(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    values = {"phenomenon": "2 号空调冷凝水告警", "place": "A-01 柜"}
    made = book.add("fix", values, project=project, ref="工单-77")
    for text in ("空调", "冷凝水 A-01", made.number, "工单-77", "柜"):
        assert _found(workspace, text) == [made.id]
    assert body(made).startswith("2 号空调")
    assert [hit.id for hit in workspace.search.find("空调", projects=[project])] == [made.id]
    assert workspace.search.find("空调", projects=[""]) == []


def test_edits_voids_and_returns_are_followed_indexed_or_not(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    made = book.add("fix", {"phenomenon": "旧文字"}, project=project)
    for index in (False, True):
        book.edit(made.id, {"phenomenon": f"新文字 {index}"})
        if index:
            workspace.search.index_some(100)
        assert _found(workspace, "旧文字") == []
        assert _found(workspace, f"新文字 {index}") == [made.id]
    book.void(made.id, "重复")
    assert _found(workspace, "新文字") == []
    book.restore(made.id)
    assert _found(workspace, "新文字") == [made.id]


def test_the_index_agrees_with_everything(workspace: Workspace, project: str) -> None:
    book = workspace.book
    for number in range(5):
        book.add("fix", {"phenomenon": f"文字 {number}"}, project=project)
    workspace.search.index_some(100)
    found = compare_and_rebuild(workspace.search, everything(workspace.store))
    assert found.sound and found.checked == 6  # the project too


def test_what_is_for_the_program_alone_is_not_searched(book: Book, project: str) -> None:
    report = book.add("weekly_report", {"week": "2026-W47", "summary": "平稳"}, project=project)
    report = book.move(report.id, "issue")
    assert report.values()["covers"] is not None
    assert "平稳" in body(report) and "{" not in body(report)
