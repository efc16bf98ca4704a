"""Creation: where a new record belongs, its id, its ref, and what it may not lack."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.writing import creation
from models.book.writing.record_writer import Creation
from models.schema.fields import Spec
from models.schema.record import kinds
from models.text.words import Refused
from tests.support import checks
from tests.support.problem_reports import approved


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def _sample(book: Book, project: str, spec: Spec) -> object:
    if spec.kind == "link":
        return _target(book, project, spec.target)
    if spec.choices:
        return spec.choices[0].name
    if spec.open:
        return "a_code"
    if spec.kind == "person":
        return book.me
    plain = {
        "day": "2026-11-23",
        "week": "2026-W47",
        "quarter": "2026-Q3",
        "count": 1,
        "moment": 1_795_000_000_000,
        "money": "CNY 5",
        "file": "0" * 64,
    }
    return plain.get(spec.kind, "某物")


def test_a_half_known_fix_can_be_noted_now(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    assert made.state == "open"
    assert made.number.startswith("FX-")
    assert made.author == book.me
    assert made.values()["cause"] is None


def test_the_same_ref_is_acknowledged_once(book: Book, project: str) -> None:
    first = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    again = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    assert again.id == first.id
    with pytest.raises(Refused, match="r-1"):
        book.add("fix", {"phenomenon": "other"}, project=project, ref="r-1")
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(1,)]


def test_a_natural_key_makes_one_record(book: Book, project: str) -> None:
    template = checks.template(book, project, items=())
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


def test_a_working_record_needs_its_project(book: Book) -> None:
    with pytest.raises(Refused, match="项目"):
        book.add("fix", {"phenomenon": "x"})


RULED = {"acknowledgement", "proposal_method", "quarterly_answer", "random_draw"}
RULED |= {"reconfirmation", "task_execution", "archive_item", "check_sample", "incident_file"}
RULED |= {"self_assessment", "rule_row"}
"""Types of which a rule asks more of the book than fields; tests of their own create them."""


@pytest.mark.parametrize("type", sorted(kinds.keys() - RULED))
def test_every_type_can_be_created_from_its_required_fields(
    book: Book, project: str, type: str
) -> None:
    cls = kinds[type]
    above = kinds.get(cls.specs()[cls.kind.parent].target, cls) if cls.kind.parent else cls
    if above.kind.table and not above.specs()["subject"].choices:
        pytest.skip("no table is declared of which there could be a version")
    values = {name: _sample(book, project, s) for name, s in cls.specs().items() if s.required}
    values |= {"code": "psu"} if "code" in values else {}
    if type == "issued":  # without a record it is one of the whole company
        values["about"] = fix(book, project)
    if type == "template_item":
        values["template"] = checks.template(book, project, publish=False)
    if type == "experience":
        values["source"] = approved(book, project).id  # a rule asks for it
    made = book.add(type, values, project=project)
    assert book.get(made.number).id == made.id
    assert made.state in cls.kind.by_state


@pytest.mark.parametrize(
    "ref", ["", " ", "a\nb", "a\x1b[31m", "r\u202e", "x" * 201, "a\x00", "\ud800"]
)
def test_a_ref_that_is_no_plain_word_is_refused(book: Book, project: str, ref: str) -> None:
    with pytest.raises(Refused, match="ref"):
        book.add("fix", {"phenomenon": "x"}, project=project, ref=ref)
    assert book.find("FX-2026-A-0001") is None


@pytest.mark.parametrize("ref", ["A-1", "工单 2026/11-22 #7", "r" * 200])
def test_a_ref_is_kept_as_given(book: Book, project: str, ref: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project, ref=ref)
    assert book.get(ref).id == made.id and book.get(ref).ref == ref


def test_a_row_stays_in_the_project_of_what_it_belongs_to(book: Book, project: str) -> None:
    other = book.add("project", {"name": "另一个项目"})
    weekly = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    values = {"weekly": weekly.id, "source": weekly.id}
    row = book.add("weekly_problem", values, project=other.id)
    assert row.project == project and book.space_of(row) == book.space_of(weekly)


def _template(book: Book, project: str) -> str:
    """The one template in use, made now if there is none."""
    found = book.store.row("SELECT id FROM template WHERE state='published'")
    return str(found[0]) if found else checks.template(book, project)


def _target(book: Book, project: str, target: str) -> str:
    if target == "person":
        return book.me
    if target in ("", "fix"):
        return fix(book, project)
    specs = kinds[target].specs()
    values = {name: _sample(book, project, s) for name, s in specs.items() if s.required}
    if target == "template":
        return _template(book, project)
    if target == "template_item":
        return checks.items(book, _template(book, project))[0]
    if target == "sheet":
        values = {"template": _template(book, project), "day": "2026-11-23", "round": 1}
    if target == "vocabulary":
        values = {"subject": "cause_class"}
    if target == "weekly_report":
        values = {"week": "2026-W47"}
    if target == "weekly":
        values = {"week": "2026-W47", "person": book.me}
    return book.add(target, values, project=project).id


def test_a_record_belongs_to_its_project_or_to_the_company(book: Book, project: str) -> None:
    reader = book.reader
    assert creation.placement(reader, kinds["fix"], {}, project) == (f"p:{project}", project)
    assert creation.placement(reader, kinds["site"], {}, None) == ("company", None)
    assert creation.placement(reader, kinds["template"], {}, project)[1] in (project, None)
    with pytest.raises(Refused, match="须属于一个项目"):
        creation.placement(reader, kinds["fix"], {}, None)


def test_a_note_is_placed_where_its_record_is(book: Book, project: str) -> None:
    site = book.add("site", {"name": "机房"}).id
    made = fix(book, project)
    note = kinds["note"]
    assert creation.placement(book.reader, note, {"about": site}, project) == ("company", None)
    of_fix = creation.placement(book.reader, note, {"about": made}, None)
    assert of_fix == (f"p:{project}", project)
    of_project = creation.placement(book.reader, note, {"about": project}, None)
    assert of_project == (book.space_of(book.get(project)), project)
    with pytest.raises(Refused, match="没有找到"):
        creation.placement(book.reader, note, {"about": "nothing"}, None)


def test_an_id_comes_from_the_natural_key_and_is_taken_once(book: Book, project: str) -> None:
    birth = Creation(space=f"p:{project}", project=project, author=book.me)
    values = {"week": "2026-W47", "person": book.me}
    kind = kinds["weekly"].kind
    id = creation.new_id(book.store, kind, birth, values)
    assert book.add("weekly", values, project=project).id == id
    with pytest.raises(Refused, match="已有相同的周报"):
        creation.new_id(book.store, kind, birth, values)
    free = kinds["fix"].kind
    assert creation.new_id(book.store, free, birth, {}) != creation.new_id(
        book.store, free, birth, {}
    )


def test_a_row_of_a_void_record_is_refused(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "x"}, project=project)
    values = {"escalation": made.id, "person": book.me}
    creation.require_open_parent(book.reader, kinds["group_member"].kind, values)
    book.void(made.id, "重复")
    with pytest.raises(Refused, match="作废"):
        creation.require_open_parent(book.reader, kinds["group_member"].kind, values)
    creation.require_open_parent(book.reader, kinds["note"].kind, {"about": made.id})


@pytest.mark.parametrize("type", ["fix", "escalation", "weekly"])
def test_nothing_new_is_made_in_a_void_project(book: Book, project: str, type: str) -> None:
    values = {"week": "2026-W47", "person": book.me} if type == "weekly" else {"phenomenon": "x"}
    made = book.add("fix", {"phenomenon": "早先的"}, project=project)
    book.void(project, "合同终止")
    with pytest.raises(Refused, match="已作废"):
        book.add(type, values, project=project)
    book.add("note", {"about": made.id, "text": "说明"})
    book.edit(made.id, {"phenomenon": "改过"})
    book.restore(project)
    assert book.add(type, values, project=project).project == project
