"""Fields: what a form shows of a declaration, what may be edited, what was changed."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.fields import Spec
from models.schema.record import kinds
from models.text.words import W
from tests.support.escalations import taken_up
from tui.forms.field import Field, new_fields, record_fields

LABEL = W("字段", "Field")


def field(kind: str = "line", **more: object) -> Field:
    """A field of a kind."""
    return Field(name="f", spec=Spec(kind=kind, label=LABEL), **more)  # type: ignore[arg-type]


def test_a_field_is_changed_by_a_value_or_by_a_text_that_is_none() -> None:
    assert not field().changed and not field(value=1, before=1).changed
    assert field(value=1).changed and field(before=1).changed
    assert field(value=1, before=1, text="x").changed and field(text="").changed


def test_how_a_field_is_filled_in() -> None:
    assert field("line").single and not field("prose").single
    assert field("choice").chosen and field("flag").chosen and not field("day").chosen


@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_new_record_is_not_asked_what_is_filled_for_it(type_: str) -> None:
    cls = kinds[type_]
    made = new_fields(cls, {})
    for one in made:
        assert not (one.spec.computed or one.spec.by_move) and not one.locked
    first = cls.kind.states[0].name
    asked = [s for s in cls.specs().values() if cls.kind.asks(s.asked_from, first)]
    assert len(made) == sum(not (s.computed or s.by_move) for s in asked)


LATER = {"due", "advice", "solution", "cause", "measure", "fixed_at", "fixed_by", "typical"}


def test_a_reporter_is_asked_what_a_reporter_knows(book: Book, project: str) -> None:
    cls = kinds["escalation"]
    asked = [one.name for one in new_fields(cls, {})]
    assert not LATER & {*asked} and asked[0] == "phenomenon" and "severity" in asked
    assert "solution" in [one.name for one in new_fields(cls, {"solution": "换板"})]
    record = book.add(
        "escalation", {"phenomenon": "反复掉线", "due": "2026-12-01"}, project=project
    )
    assert {one.name for one in record_fields(record)} & LATER == {"due"}
    later = {one.name for one in record_fields(book.move(record.id, "accept", taken_up(book)))}
    assert later & LATER == LATER - {"fixed_at", "fixed_by"}
    assert book.edit(record.id, {"fixed_at": 1_790_000_000_000}).values()["fixed_at"]


def test_what_a_form_is_opened_with_is_shown() -> None:
    made = {one.name: one for one in new_fields(kinds["answer"], {"sheet": "s1", "remark": "x"})}
    assert made["sheet"].value == "s1" and made["sheet"].locked
    assert not made["item"].locked


def test_what_makes_the_identity_of_a_record_stays(book: Book, project: str) -> None:
    weekly = book.add("weekly", {"person": book.me, "week": "2026-W47"}, project=project)
    made = {one.name: one for one in record_fields(weekly)}
    assert made["person"].locked and made["week"].locked and not made["risks"].locked
    assert made["week"].value == made["week"].before == "2026-W47"
    assert not any(one.changed for one in made.values())
