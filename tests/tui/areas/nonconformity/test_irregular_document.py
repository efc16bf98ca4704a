"""The report on irregular services on paper: the numbers of the page, small groups together."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.irregular_services import CORRECTED, NOTED
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText

PERIOD = {"first": "2026-10-01", "last": "2026-12-31"}


@pytest.fixture
def report(book: Book, project: str) -> Record:
    """Of four services, one of them corrected, with a measure."""
    for name in ("permit", "permit", "permit", "dress"):
        values = {**NOTED, "category": name, "found_on": "2026-11-10"}
        made = book.add("irregular_service", values, project=project)
    book.move(made.id, "correct", CORRECTED)
    book.add("irregular_person", {"service": made.id, "person": book.me}, project=project)
    report = book.add("irregular_report", PERIOD, project=project)
    values = {"subject": "夜间交接单", "source": report.id, "due": "2026-12-20"}
    book.add("corrective_action", values, project=project)
    return book.move(report.id, "submit", {"analysis": "集中在夜间"})


def printed(workspace: Workspace, record: Record) -> dict[str, Any]:
    reading = RecordText(workspace)
    subject = registry.subject_of(reading, DOCUMENTS["irregular"], workspace.book.get(record.id))
    return registry.gather(reading, subject)


def test_each_group_has_its_share_and_what_is_too_small_is_together(
    workspace: Workspace, report: Record
) -> None:
    found = printed(workspace, report)
    assert [(row["name"], row["share"], row["up_to"]) for row in found["categories"]] == [
        ("无工作票或操作票", "75%", "75%"),
        ("其他（少于 3 项）", "25%", "100%"),
    ]
    assert found["categories"][0]["bar"] == "█" * 12 and found["months"][0]["name"] == "2026-11"
    assert [row["subject"] for row in found["actions"]] == ["夜间交接单"]
    numbers = {row["name"]: row["value"] for row in found["numbers"]}
    assert (numbers["不规范服务"], numbers["当场纠正率"]) == ("4", "100%")
    assert found["analysis"] == "集中在夜间"
    language.now = "en"
    assert printed(workspace, report)["categories"][1]["name"] == "others (under three)"


def test_it_is_the_one_that_was_submitted(workspace: Workspace, report: Record) -> None:
    before = printed(workspace, report)
    book = workspace.book
    book.add("irregular_service", {**NOTED, "found_on": "2026-12-01"}, project=report.project)
    assert printed(workspace, report)["categories"] == before["categories"]
