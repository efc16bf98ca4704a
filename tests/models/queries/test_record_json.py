"""Records and types as JSON: the contract that scripts rely on."""

from __future__ import annotations

import json

import pytest

from models.book.book import Book
from models.queries.record_json import field_plain, plain, type_plain, value
from models.schema.fields import choices, persons, spec_of
from models.schema.record import Record, kinds

HEADER = [
    *("id", "ref", "number", "type", "project", "state", "occurred_at", "recorded_at"),
    *("synced_at", "author", "device"),
]


def test_a_record_has_the_header_and_every_field(book: Book, project: str) -> None:
    values = {"phenomenon": "告警", "typical": True, "fixed_at": 1795307400000}
    made = book.add("fix", values, project=project, ref="R", occurred=1795307400001)
    found = plain(made)
    assert list(found)[: len(HEADER)] == HEADER
    told = {name for name, spec in kinds["fix"].specs().items() if not spec.internal}
    assert set(found) == {*HEADER, "void", *told}
    assert found["type"] == "fix" and found["ref"] == "R" and found["state"] == "open"
    assert found["occurred_at"] == "2026-11-22T08:30:00.001+08:00"
    assert found["fixed_at"] == "2026-11-22T08:30:00.000+08:00"
    assert found["synced_at"] is None and found["typical"] is True
    assert plain(made, "UTC")["fixed_at"] == "2026-11-22T00:30:00.000+00:00"
    json.dumps(found)


@pytest.mark.parametrize("cls", kinds.values(), ids=list(kinds))
def test_every_type_declares_itself_in_both_languages(cls: type[Record]) -> None:
    found = json.loads(json.dumps(type_plain(cls)))
    assert found["type"] == cls.kind.name and set(found["label"]) == {"zh", "en"}
    for field in found["fields"]:
        needed = {"name", "kind", "label", "max", "choices", "link", "computed", "group"}
        assert needed <= set(field)
        chosen = field["kind"] in ("choice", "choices")
        named_by_tables = field["name"] == "subject" and bool(cls.kind.table)
        assert chosen == (bool(field["choices"]) or named_by_tables)
        assert (field["kind"] in ("link", "persons")) == bool(field["link"])
        assert field["asked_from"] in (None, *found["states"])
    names = {field["name"] for field in found["fields"]}
    for move in found["moves"]:
        assert {"id", "from", "to", "roles", "needs", "asks", "four_eyes"} <= set(move)
        assert {*move["from"], move["to"]} <= set(found["states"])
        assert set(move["needs"]) <= names


def test_a_field_says_whose_words_it_has_and_when_it_is_asked_for() -> None:
    fields = {one["name"]: one for one in type_plain(kinds["escalation"])["fields"]}
    assert fields["cause_class"]["words_of"] == "cause_class"
    assert (fields["solution"]["asked_from"], fields["place"]["asked_from"]) == ("accepted", None)


def test_a_list_is_an_array() -> None:
    spec = spec_of(choices("携带", "Carried", (("lamp", "手电", "lamp"),)))
    assert value(spec, "camera,lamp") == ["camera", "lamp"] and value(spec, None) is None
    assert field_plain("company", spec_of(persons("同行人", "Company")))["link"] == "person"
