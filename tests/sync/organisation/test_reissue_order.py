"""Records brought along refer to each other there as here, whatever got a new id."""

from __future__ import annotations

from pathlib import Path

from models.book.projects import all_projects
from models.schema.record import kinds
from models.storage import rows
from sync.organisation import admission, reissue
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.support.checks import template


def test_a_fix_names_the_answer_it_came_from_in_the_project_that_takes_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The ids of a sheet and its answers come from their project, which is another one there."""
    alone = begin(tmp_path / "alone", name="小林", project="旧项目")
    old = all_projects(alone.store)[0].id
    made = template(alone.book, old)
    sheet = {"template": made, "day": "2026-11-20", "round": 1}
    sheet_id = alone.book.add("sheet", sheet, project=old).id
    item = rows.fetch(alone.store, kinds["template_item"], "ORDER BY n")[0]
    answer = alone.book.add("answer", {"sheet": sheet_id, "item": item.id, "result": "not_ok"})
    fix = alone.book.add("fix", {"phenomenon": "告警", "answer": answer.id}, project=old)
    alone.book.add("note", {"about": answer.id, "text": "见照片"})
    alone.close()
    into = all_projects(workspace.store)[0].id
    admission.request(tmp_path / "alone", tmp_path / "q", "小林")
    admission.admit(workspace, tmp_path / "q", tmp_path / "r", roles=[("engineer", into)])
    reply = admission.opened(tmp_path / "alone", tmp_path / "r")
    told = reissue.bring(tmp_path / "alone", reply, into)
    assert not told.left["fix"] and not told.left["answer"], told
    there = open_book(tmp_path / "alone")
    new = rows.fetch(there.store, kinds["answer"], "")
    assert [one.id for one in new] != [answer.id]
    assert there.book.get(fix.id).values()["answer"] == new[0].id
    (about,) = there.store.rows("SELECT about FROM note WHERE text='见照片'")
    assert about == (new[0].id,)
    there.close()
