"""Levels: a record type whose level a rule table decides; known while the block runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.records.tables.rule_table import RuleTable
from models.schema.company_tables import rule_table, rule_tables
from models.schema.fields import choice, flag, number, spec_of
from models.schema.lifecycle import Life, Move, State
from models.schema.record import Record
from models.text.words import W
from tests.support.declared_types import declared
from tests.support.new_area import forget

TABLE = "sample_levels"
IMPACTS = (("core", "核心业务", "core business"), ("part", "局部", "a part"))
LEVELS = (("one", "一级", "level 1"), ("two", "二级", "level 2"), ("three", "三级", "level 3"))
RULES = (
    ((("impact", "=", "core"), ("hours", ">", "4")), "one"),
    ((("leak", "=", "true"),), "one"),
    ((("impact", "=", "core"),), "two"),
    ((), "three"),
)
LIFE = Life(
    (State("reported", W("已报告", "reported")), State("levelled", W("已定级", "levelled"))),
    (
        Move(
            id="level",
            label=W("定级", "Set level"),
            from_=("reported", "levelled"),
            to="levelled",
            needs=("impact", "hours", "leak"),
            asks=("impact", "hours", "leak"),
            decided_by=TABLE,
        ),
    ),
)


@contextmanager
def levels() -> Iterator[type[Record]]:
    """The type and its table."""
    field = RuleTable.fields()["subject"]
    before = spec_of(field)
    forget(RuleTable)
    inputs = ("impact", "hours", "leak")
    rule_table(TABLE, "级别", "Levels", inputs=inputs, outcome="grade", rules=RULES)
    fields = {
        "impact": choice("影响", "Impact", IMPACTS),
        "hours": number("时长", "Hours"),
        "leak": flag("泄露", "Leak"),
        "grade": choice("级别", "Level", LEVELS, by_move=True, computed=True),
    }
    try:
        with declared("sample", LIFE, fields) as cls:
            yield cls
    finally:
        del rule_tables[TABLE]
        field.spec = before  # type: ignore[attr-defined]
        forget(RuleTable)


MILD = {"impact": "part", "hours": "1", "leak": False}
GRAVE = {"impact": "core", "hours": "5", "leak": False}
