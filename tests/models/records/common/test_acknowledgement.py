"""Acknowledgements as a type: the natural key has the author, and nothing can be edited."""

from __future__ import annotations

from models.schema.natural_keys import key_id
from models.schema.record import kinds

KIND = kinds["acknowledgement"].kind


def test_two_people_have_two_and_two_devices_of_one_person_the_same() -> None:
    values = {"about": "r", "round": "x"}
    one, same, other = (key_id(KIND, "p:1", "1", who, values) for who in ("甲", "甲", "乙"))
    assert one == same != other


def test_another_submission_has_another_one() -> None:
    ids = {key_id(KIND, "p:1", "1", "甲", {"about": "r", "round": n}) for n in ("x", "y")}
    assert len(ids) == 2


def test_it_is_a_row_of_its_own_that_is_never_edited() -> None:
    assert KIND.add_only and KIND.own_only and KIND.parent == "about" and KIND.menu == 0
