"""Rules as they are typed: by names and words of either language, one exact form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.book.tables.typed_rules import conditions, decided_type, outcome_named, specs_of
from models.schema.company_tables import rule_tables
from models.schema.record import kinds
from models.text.words import Refused
from tests.support.levels import TABLE, levels


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    """The table and the type that it decides."""
    with levels():
        yield


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("impact = core", [("impact", "=", "core")]),
        ("影响＝核心业务；时长≥４", [("impact", "=", "core"), ("hours", ">=", "4")]),
        ("Impact != a part\n\nHours < 0.50", [("impact", "!=", "part"), ("hours", "<", "0.5")]),
        ("Leak = YES", [("leak", "=", "true")]),
        ("泄露≠是", [("leak", "!=", "true")]),
        (" ； \n", []),
        (None, []),
    ],
)
def test_conditions(text: str | None, exact: list[tuple[str, str, str]]) -> None:
    assert conditions(TABLE, text) == exact


@pytest.mark.parametrize("text", ["impact", "= core", "impact = ", "hours >> 4", "[/] = 1"])
def test_what_is_no_condition_is_named(text: str) -> None:
    with pytest.raises(Refused) as refused:
        conditions(TABLE, text)
    assert refused.value.values["text"] == text.strip()


@pytest.mark.parametrize("text", ["one", "一级", "Level 1", " ＯＮＥ "])
def test_an_outcome(text: str) -> None:
    assert outcome_named(TABLE, text) == "one"


def test_the_type_that_a_table_decides() -> None:
    assert decided_type(TABLE) is kinds["sample"] and decided_type("nothing") is None
    assert [*specs_of(TABLE)] == ["impact", "hours", "leak"] and specs_of("nothing") == {}


def test_every_outcome_is_read_as_it_is_shown() -> None:
    for subject, table in rule_tables.items():
        cls = decided_type(subject)
        assert cls is not None
        for one in cls.specs()[table.outcome].choices:
            for word in (one.name, *one.label):
                assert outcome_named(subject, word) == one.name
