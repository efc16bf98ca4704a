"""The content of a week: plain data that says all by itself, and names what it came from."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.derived.plain_form import formed, plain
from models.records.weekly.week import issued_week
from models.records.weekly.week.content import WeekContent, open_points, sources_of
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.entry_weeks import W47, fix, go, rows, submitted, the
from tests.support.escalations import ESCALATED


def content(book: Book) -> WeekContent:
    """The week as the records say it."""
    return issued_week.compile_week(book, the(book), W47)


def test_it_says_who_and_what_without_any_record(
    workspace: Workspace, book: Book, project: str, clock: Any
) -> None:
    solved, still = fix(book, project), fix(book, project, "风扇异响", fixed=False)
    book.add("milestone", {"name": "初验", "due": "2026-12-01"}, project=project)
    book.add("concession", {"requirement": "双路供电"}, project=project)
    go(clock, "11-20 16:00")
    entry = submitted(book)
    book.add("attachment", {"about": entry.id, "name": "照片.png", "sha256": "a" * 64, "size": 7})
    found = content(book)
    assert (found.project.id, found.project.name) == (project, the(book).name)
    (member,) = [one for one in found.members if one.handed_in]
    assert (member.entry, member.name) == (entry.id, workspace.people.name(book.me))
    assert member.progress == entry.progress
    told = {one.source: one for one in found.problems}
    assert told[solved.id].cause == "电池老化" and not told[solved.id].cause_open
    assert told[still.id].cause_open and not told[still.id].solved
    assert told[solved.id].number == solved.number and told[solved.id].type == "fix"
    assert [one.title for one in found.milestones] == ["初验"]
    assert [one.values["requirement"] for one in found.concessions] == ["双路供电"]
    assert [(one.name, one.size) for one in found.files] == [("照片.png", 7)]
    assert len(rows(book, entry)) == 2
    assert formed(WeekContent, plain(found)) == found


def test_a_checklist_names_its_sheets_and_what_is_not_ok(
    book: Book, project: str, clock: Any
) -> None:
    made = template(book, project)
    sheet = book.add("sheet", {"template": made, "day": "2026-11-16", "round": 1}, project=project)
    items = [id for (id,) in book.store.rows("SELECT id FROM template_item ORDER BY n")]
    bad = book.add("answer", {"sheet": sheet.id, "item": items[0], "result": "not_ok"})
    (check,) = content(book).checks
    assert (check.sheets, check.submitted, check.not_ok) == ([sheet.id], [], [bad.id])
    assert (check.done, check.items, check.bad) == (0, 1, 1) and check.said


def test_only_solved_problems_owe_their_cause(book: Book, project: str, clock: Any) -> None:
    fix(book, project, fixed=False)
    assert open_points(content(book)) == []
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    book.move(made.id, "fix")
    (point,) = open_points(content(book))
    assert made.number in point.zh and made.number in point.en


def test_it_names_whatever_it_was_compiled_from(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project, fixed=False)
    book.move(made.id, "escalate", ESCALATED)
    (raised,) = (id for (id,) in book.store.rows("SELECT id FROM escalation"))
    milestone = book.add("milestone", {"name": "初验"}, project=project)
    begun = book.add("weekly", {"week": W47, "person": book.me}, project=project)
    found = sources_of(content(book))
    assert found["fix"] == [made.id] and raised in found["escalation"]
    assert found["milestone"] == [milestone.id]
    assert found["weekly"] == [begun.id]  # a draft may be in conflict, too
