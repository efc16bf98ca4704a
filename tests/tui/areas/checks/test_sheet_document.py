"""The checklist on paper: its samples stand on it, and no empty table of them."""

from __future__ import annotations

from sync.workspace.workspace import Workspace
from tests.models.records.checks.samples.test_sample_rules import PEOPLE, sheet
from tui.documents.formats import markdown
from tui.documents.record_text import RecordText
from tui.documents.registry import gather, of_record, subject_of


def test_samples_stand_on_paper_where_there_are_some(workspace: Workspace, project: str) -> None:
    book = workspace.book
    made = sheet(book, project, sample_least=2)

    def paper() -> str:
        reading = RecordText(workspace)
        subject = subject_of(reading, of_record(made), book.get(made.id))
        return markdown.text(subject.layout, gather(reading, subject))

    assert "抽样" not in paper()
    values = {"sheet": made.id, "subject": "普通帐号", "population": PEOPLE}
    drawn = str(book.add("check_sample", values).values()["drawn"]).splitlines()
    assert "抽样" in paper() and all(name in paper() for name in drawn)
