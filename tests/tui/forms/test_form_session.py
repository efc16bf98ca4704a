"""Form sessions: drafts, saving and others' changes, without a screen."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.storage.drafts import Drafts
from models.text.words import Refused
from sync.workspace.workspace import Workspace, open_book
from tui.forms.field import Field
from tui.forms.form_session import FormFault, FormSession, SavedForm
from tui.forms.form_task import FormTask, of_record


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix that says what was seen."""
    return book.add("fix", {"phenomenon": "一", "place": "A", "cause": "旧"}, project=project)


def field(session: FormSession, name: str) -> Field:
    """A field of a session."""
    return next(one for one in session.fields if one.name == name)


def saved(session: FormSession) -> SavedForm:
    """What came of saving, which must work."""
    done = session.save()
    assert isinstance(done, SavedForm), done
    return done


def elsewhere(workspace: Workspace, id: str, **values: object) -> None:
    """Another process edits the record."""
    other = open_book(workspace.home)
    other.book.edit(id, values)
    other.close()


def test_a_new_record_is_saved_with_what_was_filled_in(workspace: Workspace, book: Book) -> None:
    session = FormSession(workspace, FormTask(type_="customer"))
    field(session, "name").value = "客户"
    done = saved(session)
    assert book.get(done.record.id).values()["name"] == "客户"
    assert done.text == f"已保存 {done.record.number}" and done.conflicts == []


def test_what_is_missing_is_said_beside_its_field(workspace: Workspace, book: Book) -> None:
    session = FormSession(workspace, FormTask(type_="customer"))
    assert session.save() == FormFault("name", "")
    assert str(field(session, "name").fault) == "“名称”需要填写。"
    field(session, "name").value = "客户"
    saved(session)
    assert field(session, "name").fault is None


def test_what_the_book_refuses_about_the_whole_is_a_text(workspace: Workspace, fix: Record) -> None:
    session = FormSession(workspace, of_record(fix))
    workspace.book.void(fix.id, "重复")
    field(session, "cause").value = "积灰"
    done = session.save()
    assert isinstance(done, FormFault) and done.field is None and done.text


def test_a_move_is_made_with_what_it_asks_for(workspace: Workspace, fix: Record) -> None:
    session = FormSession(workspace, of_record(fix, "fix"))
    assert session.save() == FormFault("correction", "")
    field(session, "correction").value = "复位"
    done = saved(session)
    assert done.record.state == "fixed"
    assert done.text.startswith(f"{fix.number}：") and "现为" in done.text


def test_a_draft_holds_what_was_changed_and_comes_back(workspace: Workspace, fix: Record) -> None:
    session = FormSession(workspace, of_record(fix))
    assert session.draft() is None
    field(session, "cause").value = "积灰"
    field(session, "site").text = "nowhere"
    draft = session.draft()
    assert draft is not None and draft.values == {"cause": "积灰"}
    assert draft.texts == {"site": "nowhere"} and draft.base == fix.dots
    again = FormSession(workspace, of_record(fix))
    again.restore(draft)
    assert field(again, "cause").value == "积灰" and field(again, "site").text == "nowhere"


def test_what_a_draft_has_for_no_field_is_kept_in_the_next_one(
    workspace: Workspace, fix: Record
) -> None:
    session = FormSession(workspace, of_record(fix))
    field(session, "cause").value = "积灰"
    draft = session.draft()
    assert draft is not None
    older = type(draft)(
        key=draft.key, type=draft.type, record=fix.id, values={"weather": "雨", "cause": "潮"}
    )
    session.restore(older)
    again = session.draft()
    assert again is not None and again.values == {"weather": "雨", "cause": "潮"}


def test_an_older_draft_is_found_unless_it_is_the_one_continued(
    workspace: Workspace, fix: Record
) -> None:
    session = FormSession(workspace, of_record(fix))
    assert session.older_draft() is None
    field(session, "cause").value = "积灰"
    draft = session.draft()
    assert draft is not None
    kept = Drafts(workspace.home).keep(draft)
    assert FormSession(workspace, of_record(fix)).older_draft() == kept
    continued = FormSession(workspace, of_record(fix), kept)
    assert continued.continued and continued.older_draft() is None
    assert field(continued, "cause").value == "积灰"


def test_others_changes_are_shown_or_noted_and_both_values_stay(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    session = FormSession(workspace, of_record(fix))
    assert session.changed_meanwhile() is None
    field(session, "phenomenon").value = "三"
    elsewhere(workspace, fix.id, phenomenon="二", cause="新")
    now = session.changed_meanwhile()
    assert now is not None
    session.take_over(now)
    assert field(session, "cause").value == "新" and not field(session, "cause").changed
    assert str(field(session, "phenomenon").note) == "测试员 同时改成了：二"
    assert field(session, "phenomenon").value == "三"
    (told,) = saved(session).conflicts
    assert "两个值都已保留" in told and "二" in told
    assert len(book.writer.siblings(fix.id)["phenomenon"]) == 1


def test_a_value_written_by_others_and_here_alike_is_no_conflict(
    workspace: Workspace, fix: Record
) -> None:
    session = FormSession(workspace, of_record(fix))
    field(session, "phenomenon").value = "二"
    elsewhere(workspace, fix.id, phenomenon="二")
    now = session.changed_meanwhile()
    assert now is not None
    session.take_over(now)
    assert field(session, "phenomenon").note is None
    assert saved(session).conflicts == []


def test_why_a_form_is_closed(workspace: Workspace, book: Book, fix: Record) -> None:
    assert FormSession(workspace, of_record(fix)).why_closed() is None
    assert FormSession(workspace, FormTask(type_="customer")).why_closed() is None
    void = book.void(fix.id, "重复")
    assert isinstance(FormSession(workspace, of_record(void)).why_closed(), Refused)
    move = FormSession(workspace, of_record(book.get(fix.id), "fix"))
    assert isinstance(move.why_closed(), Refused)


def test_a_submitted_record_is_opened_again_by_its_own_move(
    workspace: Workspace, book: Book, project: str
) -> None:
    template = book.add("template", {"name_zh": "日检"})
    item = book.add("template_item", {"template": template.id, "text_zh": "温度"})
    book.move(template.id, "publish", {"frequency": "daily"})
    sheet = {"template": template.id, "day": "2026-11-20", "round": 1}
    made = book.add("sheet", sheet, project=project)
    book.add("answer", {"sheet": made.id, "item": item.id, "result": "ok"})
    assert FormSession(workspace, of_record(made)).reopening() is None
    submitted = book.move(made.id, "submit")
    session = FormSession(workspace, of_record(submitted))
    move = session.reopening()
    assert session.why_closed() is not None and move is not None
    session.reopened(book.move(made.id, move.id))
    assert session.why_closed() is None
    assert FormSession(workspace, of_record(submitted, move.id)).reopening() is None


def test_the_target_of_a_link_begins_with_its_name_and_what_it_follows(
    workspace: Workspace, book: Book, project: str
) -> None:
    site = book.add("site", {"name": "机房"})
    session = FormSession(workspace, FormTask(type_="fix", project=project))
    field(session, "site").value = site.id
    assert session.target_of("equipment", "UPS") == ("equipment", {"name": "UPS", "site": site.id})
    assert session.target_of("site", "") == ("site", {})
    assert session.value("no_such_field") is None
