"""Decisions: what a rule table makes of a record, and how a move names the version that decided.

Rules are tried from the top; the first whose conditions all hold gives the outcome. Every field
that the table asks must be filled, so that leaving one out never gives a milder outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from models.book.tables import versions
from models.book.tables.versions import Rows
from models.schema.company_tables import (
    RULES,
    SIGNS,
    Condition,
    ShippedRules,
    TableRule,
    rule_tables,
)
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage import rows
from models.storage.store import Store
from models.text.lists import names_of
from models.text.money import CURRENCIES, money_of
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.writing.record_reader import RecordReader

DECIDED = "decided"
"""The part of a move's payload that names what decided: `table`, `version`, `by` or `shipped`."""
NO_RULE = W(
    "“{table}”中没有适用于 {number} 的规则。请质量人员补充（最后一条可以没有条件）。",
    "No rule of “{table}” fits {number}. Have quality add one (the last may have no condition).",
)
DIFFERS = W(
    "按“{table}”，“{field}”是“{outcome}”，不能另填。请核对所依据的内容，或请质量人员修订规则。",
    "By “{table}”, “{field}” is “{outcome}”; no other can be given. Check what it rests on, or"
    " have quality revise the rules.",
)
OTHER_CURRENCY = W(
    "“{table}”按{currency}判定，“{field}”是别的币种。请折算后填写。",
    "“{table}” goes by amounts in {currency}; “{field}” is in another currency. Convert it first.",
)


def outcome(store: Store, record: Record, move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """The field that a table fills with a move; none where no table decides.

    Raises `Refused` where no rule fits, another value is given, or an amount is in another currency
    than the rules: it would fulfil none of them, and so make a milder outcome.
    """
    table = rule_tables.get(move.decided_by)
    if table is None:
        return {}
    rules, values = rules_of(store, table), {**record.values(), **given}
    _comparable(type(record), table, rules, values)
    found = decide(rules, values)
    if found is None:
        raise Refused(NO_RULE, table=table.label, number=record.number)
    spec = type(record).specs()[table.outcome]
    if given.get(table.outcome) not in (None, found):
        said = {"table": table.label, "field": spec.label, "outcome": spec.word(found)}
        raise Refused(DIFFERS, **said)
    return {table.outcome: found}


def _comparable(
    cls: type[Record], table: ShippedRules, rules: Iterable[TableRule], values: Mapping[str, Any]
) -> None:
    for condition in (one for rule in rules for one in rule.conditions):
        held, wanted = money_of(values.get(condition.field)), money_of(condition.value)
        if held is not None and wanted is not None and held.currency != wanted.currency:
            currency = CURRENCIES.get(wanted.currency, wanted.currency)
            field = cls.specs()[condition.field].label
            raise Refused(OTHER_CURRENCY, table=table.label, currency=currency, field=field)


def named(reader: RecordReader, move: Move) -> dict[str, Any]:
    """What a move says of the table in force: its version, and the change that holds its rules."""
    table = rule_tables[move.decided_by]
    found = versions.in_force(reader.store, RULES).get(table.name)
    if found is None:
        return {"table": table.name, "version": 0, "shipped": table.digest}
    cls = versions.holder(RULES)
    record = rows.one(reader.store, cls, found.id) if cls is not None else None
    assert record is not None
    dots = FieldVersions(record.dots).of("content")
    by = min((reader.people.device_of(idx), seq) for idx, seq in dots)
    return {"table": table.name, "version": found.version, "by": list(by)}


def rules_of(store: Store, table: ShippedRules) -> Sequence[TableRule]:
    """The rules in force here."""
    found = versions.in_force(store, RULES).get(table.name)
    return table.rules if found is None else rules_in(found.rows)


def rules_in(found: Rows) -> Sequence[TableRule]:
    """The rules that the rows of a version's content are; none where one of them is odd."""
    made = []
    for row in found:
        some, then = row.get("if"), row.get("then")
        if not isinstance(some, list) or not isinstance(then, str):
            return ()
        if not all(
            isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)
            for one in some
        ):
            return ()
        made.append(TableRule(tuple(Condition(*one) for one in some), then))
    return made


def decide(rules: Iterable[TableRule], values: Mapping[str, Any]) -> str | None:
    """The outcome of the first rule that fits, or None."""
    for rule in rules:
        if all(holds(one, values.get(one.field)) for one in rule.conditions):
            return rule.outcome
    return None


def holds(condition: Condition, held: Any) -> bool:
    """Whether a value fulfils a condition; an empty one fulfils none."""
    if held is None or condition.sign not in SIGNS:
        return False
    text = str(held).lower() if held.__class__ is bool else str(held)
    same = condition.value == text or condition.value in names_of(text)
    if condition.sign in ("=", "!="):
        return same is (condition.sign == "=")
    amounts = _amount(text), _amount(condition.value)
    if amounts[0] is None or amounts[1] is None or amounts[0][0] != amounts[1][0]:
        return False
    one, other = amounts[0][1], amounts[1][1]
    return {">": one > other, ">=": one >= other, "<": one < other, "<=": one <= other}[
        condition.sign
    ]


def _amount(text: object) -> tuple[str, Decimal] | None:
    """(currency, amount); days and quarters are no amounts."""
    found = money_of(text)
    if found is not None:
        return found.currency, found.amount
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        return None
    return ("", number) if number.is_finite() else None
