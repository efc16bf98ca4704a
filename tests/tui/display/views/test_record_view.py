"""Record view: state, facts, fields and moves of one record as parts of a leaf."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.preparation import PROPOSAL
from tests.support.team import acting, admit
from tui.display import move_letters
from tui.display.parts import TextPart, plain
from tui.display.values import DAY_MS, Values
from tui.display.views.record_view import RecordView


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix with a place."""
    return book.add("fix", {"phenomenon": "UPS 告警", "place": "A 区"}, project=project)


def view(workspace: Workspace, record: Record) -> RecordView:
    """The view of a record as it is now."""
    return RecordView(workspace.book, Values(workspace), workspace.book.get(record.id))


def labelled(parts: list[TextPart], label: str) -> str:
    """What stands beside a label."""
    return next(plain([part]) for part in parts if str(part.label) == label)


def test_the_header_says_state_project_author_and_moves(workspace: Workspace, fix: Record) -> None:
    parts = list(view(workspace, fix).header())
    assert labelled(parts, "状态") == f"状态: {fix.kind.state(fix.state).label}"
    assert labelled(parts, "项目") == "项目: 测试项目"
    assert labelled(parts, "填写人") == "填写人: 测试员"
    letters = move_letters.letters(fix.kind)
    assert f"{letters['fix']} {fix.kind.by_move['fix'].label}" in labelled(parts, "操作")
    project = next(part for part in parts if str(part.label) == "项目")
    assert project.id == f"open:{fix.project}"


def test_where_nothing_can_be_done_the_header_says_what_the_next_step_waits_for(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("service_proposal", PROPOSAL, project=project)
    book.move(made.id, "discuss")
    point = {"proposal": made.id, "section": "scope", "finding": "没有列出通信机房"}
    book.add("discussion_point", point)
    said = labelled(list(view(workspace, made).header()), "操作")
    assert "提交审核" in said and "没有列出通信机房" in said and "待答复" in said
    outsider = acting(workspace, admit(workspace, "旁人", ["quality"]))
    parts = list(RecordView(outsider, Values(workspace), book.get(made.id)).header())
    assert "现在没有可做的操作" in labelled(parts, "操作")


def test_what_the_next_step_waits_for_stands_below_what_can_be_done(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("service_proposal", PROPOSAL, project=project)
    book.move(made.id, "discuss")
    said = {"feasibility": "feasible", "participants": book.me, "discussed_on": "2026-11-12"}
    book.move(made.id, "submit", said)
    head = acting(workspace, admit(workspace, "韩经理", ["department_manager"]))
    head.move(made.id, "return", comment="缺夜间响应")
    book.add("discussion_point", {"proposal": made.id, "section": "sla", "finding": "缺夜间响应"})
    header = list(view(workspace, made).header())
    place = next(at for at, part in enumerate(header) if str(part.label) == "操作")
    can, waits = plain([header[place]]), plain([header[place + 1]])
    assert "提交讨论" in can and "提交审核" not in can
    assert "提交审核" in waits and "缺夜间响应" in waits


def test_a_record_entered_late_says_when(workspace: Workspace, book: Book, project: str) -> None:
    now = book.change_log.now()
    late = book.add("fix", {"phenomenon": "泵"}, project=project, occurred=now - 3 * DAY_MS)
    assert "补记" in labelled(list(view(workspace, late).header()), "发生时间")


def test_empty_fields_are_counted_until_they_are_asked_for(
    workspace: Workspace, fix: Record
) -> None:
    dossier = view(workspace, fix)
    few, all_ = list(dossier.fields()), list(dossier.fields(empty=True))
    assert [part.id for part in few if part.id.startswith("field:")] == [
        "field:phenomenon",
        "field:place",
    ]
    assert few[-1].id == "empty:" and "没有填写" in plain(few[-1:])
    assert len(all_) == len(type(fix).visible()) and "empty:" not in [part.id for part in all_]


def test_a_link_is_opened_by_its_part(workspace: Workspace, book: Book, fix: Record) -> None:
    site = book.add("site", {"name": "机房"})
    book.edit(fix.id, {"site": site.id})
    part = next(one for one in view(workspace, fix).fields() if str(one.label) == "现场")
    assert part.id == f"open:{site.id}" and plain([part]) == "现场: 机房"


def test_a_void_record_says_why(workspace: Workspace, book: Book, fix: Record) -> None:
    book.void(fix.id, "重复填写")
    assert "已作废：重复填写" in labelled(list(view(workspace, fix).header()), "状态")


def test_what_is_overdue_says_by_how_much(workspace: Workspace, book: Book, project: str) -> None:
    values = Values(workspace)
    day = values.today.toordinal() - 2
    due = type(values.today).fromordinal(day).isoformat()
    late = book.add("escalation", {"phenomenon": "掉电", "due": due}, project=project)
    assert "逾期 2 天" in labelled(list(view(workspace, late).header()), "状态")


def test_the_whole_has_history_and_the_brief_has_none(workspace: Workspace, fix: Record) -> None:
    dossier = view(workspace, fix)
    whole, brief = plain(dossier.whole()), plain(dossier.brief())
    assert "历史 (1)" in whole and "历史" not in brief
    assert brief.startswith(f"{fix.kind.label} {fix.number}")


def test_a_value_of_others_stands_beside_the_one_shown(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.edit(fix.id, {"place": "B 区"}, seen=fix.dots)
    book.edit(fix.id, {"place": "C 区"}, seen=fix.dots)
    parts = list(view(workspace, fix).fields())
    beside = [part for part in parts if part.id == "conflict:place"]
    assert len(beside) == 1 and "另一版本：" in plain(beside)
    shown = next(part for part in parts if part.id == "field:place")
    assert {plain([shown])[-3:], plain(beside).split("：")[1][:3]} == {"B 区", "C 区"}
