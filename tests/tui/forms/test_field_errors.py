"""Field errors: what is wrong stands beside its field, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from models.schema.record import kinds
from models.text.words import Refused, W
from tui.forms.field import Field, new_fields
from tui.forms.field_errors import blame, check

CLS = kinds["equipment"]
ONE = W("“{field}”不对。", "“{field}” is wrong.")
SEVERAL = W("还需要：{fields}", "still needed: {fields}")
NOT_HERE = W("现在不行。", "not now.")


def fields(**values: Any) -> list[Field]:
    """The fields of a new piece of equipment, some filled in."""
    made = new_fields(CLS, {})
    for field in made:
        field.value = values.get(field.name)
    return made


def of(made: list[Field], name: str) -> Field:
    """A field by its name."""
    return next(field for field in made if field.name == name)


def test_what_is_right_has_no_error() -> None:
    made = fields(name="UPS", site="s" * 8)
    for field in made:
        field.required = field.required and field.name == "name"
    assert check(CLS, made) is None and not any(field.fault for field in made)


def test_the_first_of_all_errors_is_given_and_each_is_marked() -> None:
    made = fields()
    required = [field.name for field in made if field.required]
    first = check(CLS, made)
    assert first is not None and first.name == required[0]
    assert [field.name for field in made if field.fault] == required


@pytest.mark.parametrize("value", [None, ""])
def test_what_is_required_and_empty_is_needed(value: object) -> None:
    made = fields(name=value)
    assert check(CLS, made) is of(made, "name")
    assert str(of(made, "name").fault) == f"“{CLS.specs()['name'].label}”需要填写。"


def test_a_half_typed_text_is_no_value() -> None:
    made = fields(name="UPS")
    of(made, "site").text = "nowhere"
    assert check(CLS, made) is not None
    assert "看不懂" in str(of(made, "site").fault)
    said = Refused(NOT_HERE)
    of(made, "site").fault = said
    check(CLS, made)
    assert of(made, "site").fault is said  # what the editor said of it is known better


def test_what_is_locked_is_never_blamed() -> None:
    made = fields()
    for field in made:
        field.locked = True
    assert check(CLS, made) is None


def test_an_error_goes_once_it_is_mended() -> None:
    made = fields(site="s")
    check(CLS, made)
    of(made, "name").value = "UPS"
    check(CLS, made)
    assert of(made, "name").fault is None


def test_a_refusal_goes_to_the_field_it_names() -> None:
    made = fields(name="UPS")
    refused = Refused(ONE, field=CLS.specs()["name"].label)
    assert blame(made, refused) is of(made, "name") and of(made, "name").fault is refused


def test_a_refusal_about_several_goes_to_the_first() -> None:
    made = fields()
    labels = [str(field.spec.label) for field in made[:2]]
    refused = Refused(SEVERAL, fields="、".join(labels))
    assert blame(made, refused) is made[0]


def test_a_refusal_about_the_whole_goes_to_no_field() -> None:
    made = fields()
    assert blame(made, Refused(NOT_HERE)) is None
    assert not any(field.fault for field in made)
