"""The one door for writes: what it lets in, what it refuses, what one save leaves behind."""

from __future__ import annotations

import json
from uuid import uuid5

import pytest
import time_machine

from models.book.book import Book
from models.schema.fields import Spec
from models.schema.natural_keys import NAMESPACE, SIGNS, sign
from models.schema.record import kinds
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace, open_book
from tests.support.checks import items, template


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def test_a_half_known_fix_can_be_noted_now(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    assert made.state == "open"
    assert made.number.startswith("FX-")
    assert made.author == book.me
    assert made.values()["cause"] is None


def test_numbers_count_on_and_carry_the_device_tag(book: Book, project: str) -> None:
    numbers = [book.get(fix(book, project)).number for _ in range(3)]
    assert [n.split("-")[-2:] for n in numbers] == [["A", f"000{i}"] for i in (1, 2, 3)]


def test_a_record_is_found_by_id_number_and_ref(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    assert book.get(made.id).id == book.get(made.number).id == book.get("r-1").id == made.id
    with pytest.raises(Refused, match="没有找到"):
        book.get("nothing")


def test_the_same_ref_is_acknowledged_once(book: Book, project: str) -> None:
    first = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    again = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    assert again.id == first.id
    with pytest.raises(Refused, match="r-1"):
        book.add("fix", {"phenomenon": "other"}, project=project, ref="r-1")
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(1,)]


def test_an_edit_changes_only_what_differs(book: Book, project: str) -> None:
    id = fix(book, project)
    before = len(list(book.journal.history(id)))
    book.edit(id, {"phenomenon": "UPS 告警"})
    assert len(list(book.journal.history(id))) == before
    book.edit(id, {"cause": "电池老化"})
    last = list(book.journal.history(id))[-1]
    assert dict(last.fields) == {"cause": "电池老化"}
    assert book.get(id).values()["cause"] == "电池老化"


def test_a_form_opened_before_another_save_keeps_both(book: Book, project: str) -> None:
    """Sync case 7, on one device: two windows."""
    id = fix(book, project)
    seen = book.get(id).dots
    book.edit(id, {"cause": "电池"}, seen=seen)
    book.edit(id, {"cause": "电容"}, seen=seen)
    beside = book.ledger.siblings(id)["cause"]
    assert book.get(id).values()["cause"] == "电容"
    assert [version[3] for version in beside] == ["电池"]


def test_clearing_a_field_is_a_change_like_any_other(book: Book, project: str) -> None:
    id = fix(book, project, cause="电池")
    book.edit(id, {"cause": ""})
    assert book.get(id).values()["cause"] is None
    assert dict(list(book.journal.history(id))[-1].fields) == {"cause": None}


def test_a_group_merges_as_one_value(book: Book, project: str) -> None:
    changed = book.edit(project, {"service_from": "2026-01-01"})
    changed = book.edit(project, {"service_to": "2026-12-31"})
    last = list(book.journal.history(project))[-1]
    period = {"service_from": "2026-01-01", "service_to": "2026-12-31"}
    assert dict(last.fields) == {"service_period": period}
    assert changed.values()["service_from"] == "2026-01-01"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"phenomenon": "a\0b"}, "不能保存的字符"),
        ({"phenomenon": "\ud800"}, "不能保存的字符"),
        ({"phenomenon": "长" * 90_000}, "256 KiB"),
        ({"place": "a\nb"}, "只能写一行"),
        ({"place": "长" * 201}, "最多 200 个字"),
        ({"cause_class": "magic"}, "只能是以下之一"),
        ({"fixed_at": "yesterday"}, "整数"),
        ({"nothing": "x"}, "没有字段"),
        ({"verify_method": "x"}, "只能通过操作填写"),
    ],
)
def test_a_bad_value_is_one_sentence_and_nothing_is_saved(
    book: Book, project: str, values: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        book.add("fix", values, project=project)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(0,)]
    language.now = "en"
    assert str(refused.value).isascii() or "“" in str(refused.value)


def test_text_is_kept_exactly_as_typed(book: Book, project: str) -> None:
    """Sync case 49."""
    text = " 温度<5℃ & 湿度\r\n\t😀 e\u0301 é [/b] \x1b[31m "
    assert book.get(fix(book, project, cause=text)).values()["cause"] == text


def test_a_move_needs_its_fields(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="处理措施"):
        book.move(id, "fix")
    assert book.get(id).state == "open"
    moved = book.move(id, "fix", {"correction": "更换电池"})
    assert moved.state == "fixed"
    assert moved.values()["fixed_by"] == book.me
    assert moved.values()["fixed_at"] is not None


def test_a_move_is_one_change_with_its_payload(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "fix", {"correction": "更换电池"}, comment="当场处理")
    last = list(book.journal.history(id))[-1]
    assert last.move is not None
    assert (last.move["from"], last.move["to"]) == ("open", "fixed")
    assert last.move["comment"] == "当场处理"
    assert last.fields["state"] == "fixed"
    assert last.fields["correction"] == "更换电池"


def test_failing_verification_reopens_with_a_reason(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "fix", {"correction": "复位"})
    with pytest.raises(Refused, match="理由"):
        book.move(id, "fail")
    assert book.move(id, "fail", comment="仍告警").state == "open"


def test_a_wrong_move_says_from_where_it_is_possible(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="待验证"):
        book.move(id, "verify")
    with pytest.raises(Refused, match="没有操作"):
        book.move(id, "explode")
    with pytest.raises(Refused, match="由系统"):
        book.move(id, "resolve")


def test_a_closed_record_refuses_edits(book: Book, project: str) -> None:
    id = fix(book, project, cause="电池")
    book.move(id, "fix", {"correction": "更换"})
    book.move(id, "verify")
    book.move(id, "close")
    with pytest.raises(Refused, match="已关闭"):
        book.edit(id, {"cause": "别的"})


def test_escalating_retypes_nothing(book: Book, project: str) -> None:
    id = fix(book, project, cause="疑似电池", place="3 号柜")
    book.move(id, "escalate")
    rows = book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))
    made = book.get(rows[0][0])
    assert made.values()["phenomenon"] == "UPS 告警"
    assert made.values()["place"] == "3 号柜"
    assert made.values()["done_so_far"] == "疑似电池"
    assert book.get(id).state == "escalated"


def test_closing_an_escalation_closes_its_fix_and_reopening_reopens_it(
    book: Book, project: str
) -> None:
    id = fix(book, project)
    book.move(id, "escalate")
    es = str(book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))[0][0])
    book.move(es, "accept")
    book.move(es, "draft", {"solution": "更换整组电池"})
    book.move(es, "approve")
    book.move(es, "fix", {"cause": "老化", "measure": "更换"})
    book.move(es, "verify")
    book.move(es, "close")
    assert book.get(id).state == "closed"
    book.move(es, "reopen", comment="再次告警")
    assert book.get(id).state == "escalated"


def test_returning_an_escalation_gives_the_fix_back_to_the_site(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "escalate")
    es = str(book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))[0][0])
    book.move(es, "return", {"advice": "先检查接线"})
    assert book.get(id).state == "open"
    book.move(es, "resubmit")
    assert book.get(id).state == "escalated"


def test_alone_an_approval_carries_an_honest_mark(book: Book, project: str) -> None:
    es = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.move(es.id, "accept")
    book.move(es.id, "draft", {"solution": "y"})
    book.move(es.id, "approve")
    last = list(book.journal.history(es.id))[-1]
    assert last.move is not None
    assert last.move["alone"] is True
    assert last.move["saw"]["solution"]


def test_voiding_needs_a_reason_and_can_be_taken_back(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="理由"):
        book.void(id, "  ")
    assert book.void(id, "重复").void == "重复"
    with pytest.raises(Refused, match="已作废"):
        book.edit(id, {"cause": "x"})
    with pytest.raises(Refused, match="已作废"):
        book.move(id, "fix", {"correction": "x"})
    assert book.restore(id).void is None
    assert book.edit(id, {"cause": "x"}).values()["cause"] == "x"


def test_a_natural_key_makes_one_record(book: Book, project: str) -> None:
    template = book.add("template", {"name_zh": "日检"}, project=project).id
    key = {"template": template, "day": "2026-11-23", "round": 1}
    first = book.add("sheet", key, project=project)
    assert book.ensure("sheet", key, project=project).id == first.id
    with pytest.raises(Refused, match="已有相同"):
        book.add("sheet", key, project=project)
    assert "2026-11-23" in first.number


def test_rows_follow_the_state_of_their_parent(book: Book, project: str) -> None:
    weekly = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    other = fix(book, project)
    row = book.add("weekly_problem", {"weekly": weekly.id, "source": other})
    book.move(weekly.id, "submit", {"progress": "完成巡检"})
    with pytest.raises(Refused, match="重新打开"):
        book.edit(row.id, {"cause": "x"})
    book.move(weekly.id, "reopen")
    assert book.edit(row.id, {"cause": "x"}).values()["cause"] == "x"


def test_notes_are_add_only_and_follow_their_record(book: Book, project: str) -> None:
    id = fix(book, project)
    note = book.add("note", {"about": id, "text": "已电话告知"})
    assert note.project == project
    with pytest.raises(Refused, match="不能修改"):
        book.edit(note.id, {"text": "改"})


def test_a_working_record_needs_its_project(book: Book) -> None:
    with pytest.raises(Refused, match="项目"):
        book.add("fix", {"phenomenon": "x"})


def test_an_unknown_type_names_the_known_ones(book: Book) -> None:
    with pytest.raises(Refused, match="fix"):
        book.add("car", {})


def test_several_saves_are_one_transaction(book: Book, project: str) -> None:
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    with pytest.raises(Refused), book.saving():
        fix(book, project)
        book.move("nothing", "fix")
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(0,)]
    assert told == []
    with book.saving():
        one, two = fix(book, project), fix(book, project)
    assert told == [{("fix", one), ("fix", two)}]
    changes = [next(iter(book.journal.history(id))) for id in (one, two)]
    assert changes[0].tx == changes[1].tx


def test_what_was_saved_is_there_after_reopening(workspace: Workspace, project: str) -> None:
    id = fix(workspace.book, project)
    workspace.close()
    again = open_book(workspace.home)
    assert again.book.get(id).title() == "UPS 告警"
    assert again.people.roles(again.book.me, project)
    again.close()


def test_every_logged_change_is_canonical_json(workspace: Workspace, project: str) -> None:
    id = fix(workspace.book, project, cause="电池")
    workspace.book.move(id, "fix", {"correction": "换"})
    for (body,) in workspace.store.rows("SELECT body FROM change"):
        text = bytes(body).decode()
        data = json.loads(text)
        assert text == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert workspace.log.verify_chain() is None


@pytest.mark.parametrize("type", kinds)
def test_every_type_can_be_created_from_its_required_fields(
    book: Book, project: str, type: str
) -> None:
    cls = kinds[type]
    values = {name: _sample(book, project, s) for name, s in cls.specs().items() if s.required}
    made = book.add(type, values, project=project)
    assert book.get(made.number).id == made.id
    assert made.state in cls.kind.by_state


def _sample(book: Book, project: str, spec: Spec) -> object:
    if spec.kind == "link":
        return _target(book, project, spec.target)
    if spec.choices:
        return spec.choices[0].name
    plain = {"day": "2026-11-23", "week": "2026-W47", "count": 1, "file": "0" * 64}
    return plain.get(spec.kind, "某物")


def _target(book: Book, project: str, target: str) -> str:
    if target == "person":
        return book.me
    if target in ("", "fix"):
        return fix(book, project)
    values: dict[str, object] = {"phenomenon": "x"} if target == "escalation" else {}
    if target == "template":
        values = {"name_zh": "日检"}
    if target == "template_item":
        values = {"template": _target(book, project, "template"), "text_zh": "温度"}
    if target == "sheet":
        template = _target(book, project, "template")
        values = {"template": template, "day": "2026-11-23", "round": 1}
    if target == "weekly_report":
        values = {"week": "2026-W47"}
    if target == "weekly":
        values = {"week": "2026-W47", "person": book.me}
    return book.add(target, values, project=project).id


def test_the_same_value_typed_twice_is_no_conflict_and_is_superseded_whole(
    book: Book, project: str
) -> None:
    """Sync cases 3 and 6: equal values collapse, and the next edit has seen both."""
    id = fix(book, project)
    seen = book.get(id).dots
    book.edit(id, {"cause": "电池"}, seen=seen)
    book.edit(id, {"cause": "电池"}, seen=seen)
    assert book.ledger.siblings(id) == {}
    both = book.get(id).dots
    assert both.count("+") == 1
    book.edit(id, {"cause": "电容"})
    last = list(book.journal.history(id))[-1]
    assert len(last.base["cause"]) == 2
    assert "+" not in book.get(id).dots
    assert book.ledger.siblings(id) == {}


def test_numbers_made_from_keys_differ_and_are_the_same_everywhere() -> None:
    ids = [str(uuid5(NAMESPACE, str(at))) for at in range(60_000)]
    for length in (8, 10):
        signs = [sign(id, length) for id in ids]
        assert len(set(signs)) == len(ids) and {len(one) for one in signs} == {length}
        assert set("".join(signs)) == set(SIGNS)
    assert sign(str(NAMESPACE), 8) == "DWE2TQMT"
    assert sign(str(NAMESPACE), 10) == "DWE2TQMT8F"


def test_records_named_by_keys_are_found_by_their_numbers(book: Book, project: str) -> None:
    used = template(book)
    values = {"template": used, "day": "2026-11-25", "round": 1}
    sheet = book.add("sheet", values, project=project)
    made = [book.add("answer", {"sheet": sheet.id, "item": one}) for one in items(book, used)]
    assert sheet.number == f"CK-2026-11-25-1-{sign(sheet.id, 8)}"
    for answer in made:
        assert book.get(answer.number).id == answer.id


def test_what_is_solved_again_has_a_new_time_and_person(book: Book, project: str) -> None:
    with time_machine.travel("2026-11-25T02:00:00Z", tick=False) as clock:
        made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
        first = book.move(made.id, "fix").fixed_at  # type: ignore[attr-defined]
        assert first == 1_795_572_000_000
        clock.shift(3600)
        book.move(made.id, "fail", comment="又坏了")
        clock.shift(3600)
        again = book.move(made.id, "fix").fixed_at  # type: ignore[attr-defined]
        assert again == first + 7_200_000
        book.move(made.id, "fail", comment="还是坏")
        clock.shift(3600)
        book.edit(made.id, {"fixed_at": first + 60_000})  # given for this time: it stands
        third = book.move(made.id, "fix")
        assert third.fixed_at == first + 60_000  # type: ignore[attr-defined]


def test_a_time_given_before_the_first_solution_stands(book: Book, project: str) -> None:
    given = {"phenomenon": "x", "correction": "y", "fixed_at": 1_790_000_000_000}
    made = book.add("fix", given, project=project)
    assert book.move(made.id, "fix").fixed_at == 1_790_000_000_000  # type: ignore[attr-defined]
    book.move(made.id, "fail", comment="又坏了")
    again = book.move(made.id, "fix", {"fixed_at": 1_790_000_111_000})
    assert again.fixed_at == 1_790_000_111_000  # type: ignore[attr-defined]
