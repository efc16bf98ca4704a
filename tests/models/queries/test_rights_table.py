"""Rights table: the guard's own answers by type; `tests/test_every_right.py` asks the door."""

from __future__ import annotations

import pytest

import models.records  # noqa: F401  declares the types
from models.queries import rights_table
from models.queries.rights_table import COLUMNS, CREATE, EDIT, READ, STRICT, VOID, Right
from models.schema.record import kinds
from models.schema.roles import AUTHOR, LEADS, ROLES


def of(type: str) -> dict[str, Right]:
    """The rights of a type by their actions."""
    return {one.act: one for one in rights_table.rights_of(kinds[type].kind)}


@pytest.mark.shows(96)
def test_it_covers_every_type_and_names_known_roles_only() -> None:
    found = list(rights_table.rights())
    assert {one.kind.name for one in found} == set(kinds)
    assert all(one.by <= set(COLUMNS) for one in found)
    assert [one.kind.name for one in rights_table.rights(["fix"])] == ["fix"] * len(of("fix"))


def test_what_is_written_once_is_not_edited() -> None:
    note = of("note")
    assert EDIT not in note and note[CREATE].by == set(ROLES)


def test_ones_own_word_is_edited_by_oneself_and_voided_by_a_lead_too() -> None:
    weekly = of("weekly")
    assert weekly[EDIT].by == {AUTHOR}
    assert weekly[VOID].by == {AUTHOR, *LEADS}


def test_only_restricted_types_say_who_reads_them() -> None:
    for type, cls in kinds.items():
        assert (READ in of(type)) == (cls.kind.readers is not None)


def test_a_second_person_and_a_reason_are_told() -> None:
    for one in rights_table.rights():
        if one.move is not None:
            assert (STRICT in one.notes) == (one.move.strict and one.move.four_eyes)
            assert (rights_table.WITH_REASON in one.notes) == one.move.requires_comment
