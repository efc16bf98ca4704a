"""Registry: which document a record is printed as, what it is about, and clean data."""

from __future__ import annotations

import pytest

from models.derived.revision_copy import new_revision
from models.schema.record import kinds
from models.text.words import Refused
from tests.support.checks import template
from tests.tui.documents.conftest import WEEK, Scene
from tui.documents import registry
from tui.documents.document import (
    COMPARISON,
    DOCUMENTS,
    ISSUED_AFTER,
    RECORD,
    SIGNED,
    by_type,
    of_weeks,
)
from tui.documents.layout import DocumentTable, Facts


def test_a_type_has_its_own_document_or_that_of_any_record(scene: Scene) -> None:
    assert registry.of_record(scene.sheet) is DOCUMENTS["checklist"]
    assert registry.of_record(scene.escalation) is DOCUMENTS["escalation"]
    assert registry.of_record(scene.fix) is registry.of_record(scene.project) is RECORD
    assert by_type("") is None and by_type("nonsense") is None


def test_the_document_of_a_week_is_offered_by_its_entries() -> None:
    week = DOCUMENTS["week"]
    assert of_weeks("weekly") is of_weeks("weekly_report") is week
    assert of_weeks("fix") is None and not week.of_type


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
    }.get(document.type)
    if document is COMPARISON:
        before = scene.workspace.book.get(template(scene.workspace.book))
        record = new_revision(scene.workspace.book, before)
    if record is None:
        book = scene.workspace.book
        record = book.add(
            document.type,
            {kinds[document.type].kind.title: "x"},
            project=scene.project.id,
        )
    week = WEEK if document.weeks else ""
    for edition in document.editions or ("",):
        what = registry.subject_of(scene.reading, document, record, edition=edition, week=week)
        data = registry.gather(scene.reading, what)
        for block in what.layout.blocks:
            keys = [key for _, key in block.rows] if isinstance(block, Facts) else [block.key]
            assert set(keys) <= set(data), (name, block)
            if isinstance(block, DocumentTable):
                for row in data[block.key]:
                    assert {column.key for column in block.columns} <= set(row), (name, block)


def test_what_is_signed_and_issued_are_moves_of_the_type() -> None:
    for type_, moves in ISSUED_AFTER.items():
        assert set(moves) <= {move.id for move in kinds[type_].kind.moves}, type_
    for type_, signers in SIGNED.items():
        known = {move.id for move in kinds[type_].kind.moves}
        assert len(signers) == 3 and set().union(*signers) <= known, type_


def test_data_is_clean_at_every_depth(scene: Scene) -> None:
    hostile = "a\x1b[31m\u202e"
    found = registry._cleaned({"x": [{"y": hostile}], "n": 5, "z": hostile})
    assert found["n"] == 5
    assert not {"\x1b", "\u202e"} & set(found["z"] + found["x"][0]["y"])
