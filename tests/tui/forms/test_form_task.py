"""Form tasks: which fields a task asks for, and what it does with them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book import permissions
from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.record import Record, kinds
from models.storage.drafts import FormDraft
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tui.forms.field import Field
from tui.forms.form_task import COMMENT, OCCURRED, PROJECT, FormTask, of_draft, of_record, restore


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "一"}, project=project)


def asked(task: FormTask, workspace: Workspace) -> dict[str, Field]:
    """The fields of a task by name."""
    return {one.name: one for one in task.fields(workspace)}


def test_the_only_project_is_not_asked_for(workspace: Workspace, book: Book, project: str) -> None:
    task = FormTask(type_="fix")
    fields = task.fields(workspace)
    assert PROJECT not in [one.name for one in fields] and fields[-1].name == OCCURRED
    fields[0].value = "泵"
    assert task.save(book, fields).project == project


def test_of_several_projects_one_is_asked_for(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = book.add("project", {"name": "乙"}).id
    assert asked(FormTask(type_="fix"), workspace)[PROJECT].required
    assert asked(FormTask(type_="fix", project=other), workspace)[PROJECT].value == other
    workspace.change(type(workspace.settings)(project=project))
    assert asked(FormTask(type_="fix"), workspace)[PROJECT].value == project


def test_a_type_of_the_company_asks_for_no_project_and_no_time(workspace: Workspace) -> None:
    assert not {PROJECT, OCCURRED} & set(asked(FormTask(type_="customer"), workspace))


def test_a_natural_key_is_what_it_usually_is(workspace: Workspace, book: Book) -> None:
    with time_machine.travel(instant(date(2026, 11, 20), 600) / 1000):
        fields = asked(FormTask(type_="weekly"), workspace)
    assert fields["week"].value == "2026-W47" and fields["person"].value == book.me
    given = asked(FormTask(type_="weekly", start={"week": "2026-W40"}), workspace)
    assert given["week"].value == "2026-W40"


def test_a_move_asks_what_it_needs_and_a_comment_at_last(workspace: Workspace, fix: Record) -> None:
    fields = of_record(fix, "fix").fields(workspace)
    move = fix.kind.by_move["fix"]
    names = [one.name for one in fields]
    assert set(permissions.missing(fix, move, {})) <= set(names)
    assert (COMMENT in names) == (COMMENT in move.asks or move.requires_comment)
    assert all(one.required == (one.name in move.needs) for one in fields if one.name != COMMENT)


def test_editing_writes_what_changed_and_nothing_when_nothing_did(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    task = of_record(fix)
    fields = task.fields(workspace)
    assert task.save(book, fields) is fix
    next(one for one in fields if one.name == "place").value = "A"
    assert task.save(book, fields).values()["place"] == "A"
    assert dict(list(book.change_log.history(fix.id))[-1].fields) == {"place": "A"}


def test_the_same_form_finds_its_draft_again(fix: Record) -> None:
    assert FormTask(type_="fix").key == "new:fix"
    assert of_record(fix).key == fix.id and of_record(fix, "fix").key == f"move:{fix.id}:fix"
    sheets = {FormTask(type_="answer", start={"sheet": id, "remark": "x"}).key for id in "ab"}
    assert len(sheets) == 2 and all("remark" not in key for key in sheets)
    assert of_record(fix).seeing(fix, "base").key == fix.id


def test_a_heading_says_what_the_form_is_for(fix: Record) -> None:
    label = fix.kind.by_move["fix"].label
    assert FormTask(type_="fix").heading() == f"新建{kinds['fix'].kind.label}"
    assert of_record(fix).heading() == f"修改 {fix.number}"
    assert of_record(fix, "fix").heading() == f"{fix.number}  {label}"
    assert of_record(fix).heading("泵") == f"修改 {fix.number}"  # no row of another record


def test_the_heading_of_a_row_has_the_name_of_the_row(book: Book) -> None:
    template = book.add("template", {"name_zh": "日检"}).id
    item = book.add("template_item", {"template": template, "text_zh": "温度"})
    assert of_record(item).heading("温度") == f"修改{item.kind.label}：温度"
    assert of_record(item).heading(item.number) == f"修改 {item.number}"


def test_a_draft_is_continued_as_it_was_begun(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    task = of_record(fix, "fix")
    fields = task.fields(workspace)
    fields[0].value = "复位"
    draft = task.draft(fields, {})
    assert draft is not None and of_draft(book, draft) == task
    fresh = task.fields(workspace)
    assert restore(fresh, draft) == {} and fresh[0].value == "复位"


def test_a_draft_of_a_record_that_is_gone_is_refused(book: Book) -> None:
    draft = FormDraft(key="k", type="fix", record="0" * 32)
    with pytest.raises(Refused):
        of_draft(book, draft)


def test_what_belongs_to_no_field_is_given_back(workspace: Workspace, fix: Record) -> None:
    fields = of_record(fix).fields(workspace)
    draft = FormDraft(key="k", type="fix", values={"weather": 1, "place": "A"}, texts={"sky": "x"})
    assert restore(fields, draft) == {"weather": 1, "sky": "x"}
    assert next(one for one in fields if one.name == "place").value == "A"
