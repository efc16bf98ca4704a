"""Header columns: what the title of a column stands for, in either language."""

from __future__ import annotations

import pytest

from models.schema.record import kinds
from tui.spreadsheets.header_columns import HEADS, OWN, SHOWN, TAKEN, label, target

FIX = kinds["fix"]


@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_field_is_known_by_its_stable_name(type_: str) -> None:
    cls = kinds[type_]
    for name in cls.specs():
        assert target(cls, name) == name
        assert target(cls, f" {name.upper()} ") == name


@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_label_that_one_field_has_names_it(type_: str) -> None:
    cls = kinds[type_]
    for at in (0, 1):
        words = [spec.label[at].casefold() for spec in cls.specs().values()]
        for name, spec in cls.specs().items():
            if words.count(spec.label[at].casefold()) == 1 and spec.label[at] not in cls.specs():
                assert target(cls, spec.label[at]) in (name, spec.label[at].casefold())


@pytest.mark.parametrize("name", sorted(HEADS))
def test_a_head_is_known_by_name_and_label(name: str) -> None:
    assert target(FIX, name) == name
    found = {target(FIX, word) for word in HEADS[name]}
    assert found <= {name, *FIX.specs()}


def test_what_an_import_reads() -> None:
    assert set(HEADS) > TAKEN and set(HEADS) >= OWN
    assert target(FIX, "occurred") == "occurred_at"
    assert target(FIX, "no such column") == target(FIX, "") == ""


def test_a_column_that_only_shows_has_the_label_of_its_field() -> None:
    assert label(FIX, f"site{SHOWN}") == FIX.specs()["site"].label
    assert label(FIX, "state") == HEADS["state"]
    assert label(FIX, "other").en == "other"
