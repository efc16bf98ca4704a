"""Rows of a rule table: what they must say, and what a draft begins with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from models.book.tables import decisions, typed_rules
from models.records.tables import table_life
from models.schema.company_tables import rule_tables
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

_READ: Mapping[str, Callable[[str, Any], object]] = {
    "conditions": typed_rules.conditions,
    "outcome": typed_rules.outcome_named,
}
"""What reads each column of a rule."""
YES, NO = W("是", "yes"), W("否", "no")
NONE = W("判定规则至少要有一条。", "A rule table needs at least one rule.")


def shipped(book: Book, subject: str) -> tuple[Mapping[str, Any], ...]:
    """The rules in force as the rows of a new draft, in the current language."""
    table = rule_tables.get(subject)
    if table is None:
        return ()
    specs, cls = typed_rules.specs_of(subject), typed_rules.decided_type(subject)
    word = cls.specs()[table.outcome].word if cls is not None else str
    return tuple(
        {
            "conditions": "\n".join(
                f"{specs[one.field].label} {one.sign} {_word(specs[one.field], one.value)}"
                for one in rule.conditions
                if one.field in specs
            )
            or None,
            "outcome": word(rule.outcome),
        }
        for rule in decisions.rules_of(book.store, table)
    )


def _word(spec: Spec, value: str) -> str:
    if spec.kind == "flag":
        return str(YES if value == "true" else NO)
    return spec.word(value)


def check_row(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Raise `Refused` for conditions or an outcome that the table cannot read."""
    known = {**(record.values() if record is not None else {}), **values}
    above = book.find(str(known.get("rule_table")))
    if above is not None:
        subject = str(above.values()["subject"])
        for name, read in _READ.items():
            try:
                read(subject, known.get(name))
            except Refused as refused:  # which cell it is of is known here
                label = kinds["rule_row"].specs()[name].label
                raise Refused(refused.word, **refused.values, field=label) from None


def may_be_used(book: Book, record: Record) -> None:
    """Raise `Refused` for a table without rules, or with one that cannot be read."""
    found = table_life.rows_of(book, record)
    if not found:
        raise Refused(NONE)
    for one in found:
        check_row(book, {}, one)
