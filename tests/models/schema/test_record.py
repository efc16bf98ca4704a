"""Records: a class is a type, with its fields, registers and title."""

from __future__ import annotations

import pytest

from models.schema.fields import FieldChoice, Spec, choice, line, number
from models.schema.kind import HEADER
from models.schema.lifecycle import Life, State
from models.schema.record import Record, add_choice, kinds
from models.text.words import W, language
from tests.support.declared_types import declared

WORD = W("字", "word")
LIFE = Life((State("kept", WORD),))


def test_one_class_declares_a_type() -> None:
    with declared("thing", LIFE, {"what": line("甲", "What")}) as cls:
        assert kinds["thing"] is cls
        assert cls._meta.table_name == "thing"
        assert list(cls.fields()) == ["what"]
        assert cls.specs()["what"] == Spec(kind="line", label=W("甲", "What"), max=200)
    assert "thing" not in kinds


def test_a_row_has_the_header_and_the_fields_in_order_of_declaration() -> None:
    fields = {"second": line("乙", "Second"), "first": line("甲", "First")}
    with declared("thing", LIFE, fields) as cls:
        assert [field.name for field in cls._meta.sorted_fields] == [*HEADER, "second", "first"]
        assert cls(second="x", number="T-1").values() == {"second": "x", "first": None}
        assert cls().type == "thing"


def test_fields_of_a_group_are_one_register() -> None:
    fields = {
        "low": number("下限", "Low", group="limits"),
        "name": line("名称", "Name"),
        "high": number("上限", "High", group="limits"),
    }
    with declared("thing", LIFE, fields) as cls:
        assert cls.registers() == {"limits": ("low", "high"), "name": ("name",)}
        assert cls.register_of() == {"low": "limits", "name": "name", "high": "limits"}


@pytest.mark.parametrize(
    ("type", "values", "title"),
    [
        ("fix", {"phenomenon": "告警", "number": "FX-1"}, "告警"),
        ("fix", {"phenomenon": None, "number": "FX-1"}, "FX-1"),
        ("answer", {"number": "AN-1"}, "AN-1"),
    ],
)
def test_a_record_without_a_title_is_called_by_its_number(
    type: str, values: dict[str, str], title: str
) -> None:
    assert kinds[type](**values).title() == title


def test_a_title_in_both_languages_is_that_of_the_present_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = kinds["template_item"](text_zh="温度", text_en="Temperature", number="TI-1")
    assert item.title() == "温度"
    monkeypatch.setattr(language, "now", "en")
    assert item.title() == "Temperature"
    assert kinds["template_item"](text_zh="温度", number="TI-1").title() == "温度"


def test_a_choice_that_an_area_adds_is_one_of_the_field_s() -> None:
    results = (("good", "好", "good"),)
    with declared("thing", LIFE, {"result": choice("结果", "Result", results)}) as cls:
        assert [one.name for one in cls.specs()["result"].choices] == ["good"]
        add_choice(cls, "result", FieldChoice("bad", W("坏", "bad")))
        assert [one.name for one in cls.specs()["result"].choices] == ["good", "bad"]
        assert cls.specs()["result"].word("bad") == "坏"


def test_header_fields_are_each_type_s_own() -> None:
    one, other = kinds["fix"], kinds["note"]
    assert one._meta.fields["state"] is not other._meta.fields["state"]
    assert one._meta.fields["state"].model is one
    assert issubclass(one, Record)
