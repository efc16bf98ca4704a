"""Company tables: what is declared is version 0, and is offered to the type that holds versions."""

from __future__ import annotations

import pytest

from models.records.tables.rule_table import RuleTable
from models.records.tables.vocabulary import Vocabulary
from models.schema.company_tables import ShippedRules, named_by, rule_tables, vocabularies
from models.schema.fields import FieldChoice, line
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record, kinds
from models.text.words import W
from tests.support.levels import TABLE, levels

WORD = W("字", "word")


def test_every_vocabulary_can_be_edited_and_is_used() -> None:
    offered = {one.name for one in Vocabulary.specs()["subject"].choices}
    assert offered == {*vocabularies} >= {"cause_class"}
    used = {spec.of for cls in kinds.values() for spec in cls.specs().values() if spec.of}
    assert used == {*vocabularies}
    for cls in kinds.values():
        for spec in cls.specs().values():
            if spec.of:
                assert spec.choices == vocabularies[spec.of].terms


def test_a_table_declared_later_is_offered_too() -> None:
    found: list[FieldChoice] = []
    named_by("rules", found.append)
    with levels():
        assert [one.name for one in found] == [*rule_tables]
        assert TABLE in {one.name for one in RuleTable.specs()["subject"].choices}
    assert TABLE not in {one.name for one in RuleTable.specs()["subject"].choices}


def test_other_rules_have_another_digest() -> None:
    with levels():
        one = rule_tables[TABLE]
        other = ShippedRules(one.name, one.label, one.inputs, one.outcome, one.rules[1:])
        assert other.digest != one.digest and len(one.digest) == 16


@pytest.mark.parametrize(
    ("move", "named"),
    [
        ({"decided_by": "nothing"}, "unknown rule table 'nothing'"),
        ({"decided_by": TABLE}, "unknown field 'impact'"),
    ],
)
def test_a_move_names_a_table_that_is_there(move: dict[str, str], named: str) -> None:
    with levels():
        made = Move(id="m", label=WORD, from_=("kept",), to="kept", **move)  # type: ignore[arg-type]
        kind = Kind(
            name="thing", label=WORD, code="ZZ", states=(State("kept", WORD),), moves=(made,)
        )
        body = {"kind": kind, "__module__": __name__, "what": line("甲", "What")}
        with pytest.raises(TypeError, match=named):
            type("Thing", (Record,), body)
        kinds.pop("thing", None)
