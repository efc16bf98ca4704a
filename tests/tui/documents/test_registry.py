"""Registry: which document a record is printed as, what it is about, and clean data."""

from __future__ import annotations

from typing import Any

import pytest

from models.derived.revision_copy import new_revision
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from tests.support.checks import template
from tests.tui.documents.conftest import WEEK, Scene
from tui.documents import registry
from tui.documents.document import (
    COMPARISON,
    DOCUMENTS,
    RECORD,
    RECORDS,
    Document,
    by_type,
    declared_for,
    offered_by,
    record_of,
    signing,
    take,
)
from tui.documents.layout import DocumentLayout, DocumentProse, DocumentTable, Facts

LAYOUT = DocumentLayout(W("样例", "Sample"), (DocumentProse(W("一", "One"), "one"),))


def test_a_type_has_its_own_document_or_that_of_any_record(scene: Scene) -> None:
    assert registry.of_record(scene.sheet) is DOCUMENTS["checklist"]
    assert registry.of_record(scene.escalation) is DOCUMENTS["escalation"]
    assert registry.of_record(scene.fix) is registry.of_record(scene.project) is RECORD
    assert by_type("") is None and by_type("nonsense") is None


def test_the_document_of_a_week_is_offered_by_its_entries() -> None:
    week = DOCUMENTS["week"]
    assert offered_by("weekly") == offered_by("weekly_report") == (week,)
    assert offered_by("fix") == () and (week.per, week.period) == ("project", "week")


def test_what_it_is_about(scene: Scene) -> None:
    found = registry.subject_of(scene.reading, RECORD, scene.fix)
    assert (found.number, found.edition, found.week) == (scene.fix.number, "", "")
    assert str(found.layout.title) == "现场处置" and found.project == scene.project
    week = registry.subject_of(scene.reading, DOCUMENTS["week"], scene.project, week=WEEK)
    assert week.number == f"{scene.project.number}-{WEEK}" and week.project == scene.project
    assert registry.template_name(found) == "record.fix"
    assert registry.template_name(week) == "week"


def test_a_record_of_another_type_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match=scene.fix.number):
        registry.subject_of(scene.reading, DOCUMENTS["checklist"], scene.fix)


def test_editions_begin_with_the_first_and_others_are_refused(scene: Scene) -> None:
    report = scene.workspace.book.add("problem_report", {"subject": "x"}, project=scene.project.id)
    problem = DOCUMENTS["problem"]
    for asked, edition in (("", "internal"), ("internal", "internal"), ("customer", "customer")):
        found = registry.subject_of(scene.reading, problem, report, edition=asked)
        assert found.edition == edition
        assert registry.template_name(found) == f"problem.{edition}"
    with pytest.raises(Refused, match="--edition"):
        registry.subject_of(scene.reading, problem, report, edition="secret")
    with pytest.raises(Refused, match="--edition"):
        registry.subject_of(scene.reading, RECORD, scene.fix, edition="customer")


def made(scene: Scene, type: str) -> Record:
    """A new record with nothing but what it needs, and the record whose row it is."""
    cls, values = kinds[type], dict[str, str]()
    for name, spec in cls.specs().items():
        if spec.kind == "day" and spec.required:
            values[name] = "2026-10-31"
        elif spec.kind == "quarter" and spec.required:
            values[name] = "2026-Q3"
        elif name == cls.kind.parent:
            values[name] = made(scene, spec.target).id
        elif spec.kind == "choice" and spec.required and spec.choices:
            values[name] = spec.choices[0].name
        elif spec.target == "person" and spec.at_birth and cls.kind.readers is not None:
            values[name] = scene.workspace.book.me
        elif name == cls.kind.title or spec.required:
            values[name] = "x"
    project = None if cls.kind.parent else scene.project.id
    book = scene.workspace.book
    make = book.ensure if cls.kind.key else book.add
    return make(type, values, project=project)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_layout_names_what_the_data_has(scene: Scene, name: str) -> None:
    """Each document of a record that the scene has holds every key its layout prints."""
    document = DOCUMENTS[name]
    record = {
        "": scene.fix,
        "sheet": scene.sheet,
        "weekly": scene.weekly,
        "escalation": scene.escalation,
        "project": scene.project,
    }.get(document.type or ("project" if document.per == "project" else ""))
    if document is COMPARISON:
        before = scene.workspace.book.get(template(scene.workspace.book))
        record = new_revision(scene.workspace.book, before)
    if record is None:
        record = made(scene, document.type)
    week = WEEK if document.period == "week" else ""
    for edition in document.editions or ("",):
        what = registry.subject_of(scene.reading, document, record, edition=edition, week=week)
        data = registry.gather(scene.reading, what)
        for block in what.layout.printed:
            keys = [key for _, key in block.rows] if isinstance(block, Facts) else [block.key]
            assert set(keys) <= set(data), (name, block)
            if isinstance(block, DocumentTable):
                for row in data[block.key]:
                    assert {column.key for column in block.columns} <= set(row), (name, block)


@pytest.mark.parametrize("document", [*DOCUMENTS.values(), *RECORDS.values()])
def test_what_is_signed_and_issued_are_moves_and_states_of_the_type(document: Document) -> None:
    kind = kinds[document.type].kind if document.type else None
    known = set(kind.by_move) if kind is not None else set[str]()
    assert len(document.signed) in (0, 3)
    assert {move for moves in document.signed for move in moves} | {*document.after} <= known
    assert set(document.states) <= (set(kind.by_state) if kind is not None else set[str]())


def test_who_signs_follows_from_the_moves_that_bind() -> None:
    report, fix = kinds["problem_report"].kind, kinds["fix"].kind
    assert signing(report) == (("submit",), ("review",), ("approve",))
    assert signing(fix)[0] == ("submit",)  # no move of it binds: the usual names
    assert declared_for(RECORD, "fix").signed == (("fix",), ("verify",), ("close",))
    assert declared_for(RECORD, "sheet") is DOCUMENTS["checklist"]
    assert declared_for(RECORD, "customer") is RECORD


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"layout": LAYOUT, "per": "company"},
        {"layout": LAYOUT, "per": "company", "period": "week", "number": "X"},
        {"layout": LAYOUT, "period": "week"},
        {"layout": LAYOUT, "per": "project", "type": "fix"},
        {"layout": LAYOUT, "per": "project", "after": ("submit",)},
    ],
)
def test_a_declaration_whose_parts_do_not_go_together_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="sample"):
        Document("sample", W("样例", "Sample"), **wrong)


def test_two_documents_of_one_name_are_refused() -> None:
    other = Document("week", W("别的", "Other"), "fix", layout=LAYOUT)
    for one in (other, record_of("fix", after=("close",))):
        with pytest.raises(ValueError, match="twice"):
            take((one,))


def test_data_is_clean_at_every_depth(scene: Scene) -> None:
    hostile = "a\x1b[31m\u202e"
    found = registry._cleaned({"x": [{"y": hostile}], "n": 5, "z": hostile})
    assert found["n"] == 5
    assert not {"\x1b", "\u202e"} & set(found["z"] + found["x"][0]["y"])
