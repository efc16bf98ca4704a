"""Decisions: what a rule table makes of a record, and how a move names the version that decided.

Rules are tried from the top; the first whose conditions all hold gives the outcome. Every field
that the table asks must be filled, so that leaving one out never gives a milder outcome.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from models.book.tables import versions
from models.book.tables.versions import Rows
from models.schema import validation
from models.schema.company_tables import (
    RULES,
    SIGNS,
    Condition,
    RuleTable,
    TableRule,
    rule_tables,
)
from models.schema.fields import Spec
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.storage import rows
from models.storage.store import Store
from models.text.lists import names_of
from models.text.money import money_of, typed
from models.text.words import Refused, W, several

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
BAD_CONDITION = W(
    "看不懂条件“{text}”。请写成“字段 = 值”，字段是：{fields}；符号是：= != > >= < <=。",
    "The condition “{text}” is not clear. Write “field = value”; fields: {fields}; signs: = != >"
    " >= < <=.",
)
BAD_OUTCOME = W(
    "没有结果“{text}”。可用：{known}。", "There is no outcome “{text}”. Known: {known}."
)
_PART = re.compile(r"(.+?)\s*(!=|>=|<=|=|>|<)\s*(.+)")
_ENDS = re.compile(r"[\n;；]")
_OTHER_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!=", "＝": "=", "＞": ">", "＜": "<"})
YES = frozenset({"true", "yes", "是"})
NO = frozenset({"false", "no", "否"})


def outcome(store: Store, record: Record, move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """The field that a table fills with a move; none where no table decides.

    Raises `Refused` where no rule fits, or another value is given.
    """
    table = rule_tables.get(move.decided_by)
    if table is None:
        return {}
    found = decide(rules_of(store, table), {**record.values(), **given})
    if found is None:
        raise Refused(NO_RULE, table=table.label, number=record.number)
    spec = type(record).specs()[table.outcome]
    if given.get(table.outcome) not in (None, found):
        said = {"table": table.label, "field": spec.label, "outcome": spec.word(found)}
        raise Refused(DIFFERS, **said)
    return {table.outcome: found}


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


def rules_of(store: Store, table: RuleTable) -> Sequence[TableRule]:
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


def content_of(record: Record, some: Iterable[Record]) -> str | None:
    """The rules of a version as its content; None for a record that is no version of rules."""
    if record.kind.table != RULES:
        return None
    subject = str(record.values()["subject"])
    made = [
        {"if": [list(one) for one in conditions(subject, row.values()["conditions"])], "then": then}
        for row in versions.in_order(some)
        if (then := outcome_named(subject, row.values()["outcome"])) is not None
    ]
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def conditions(subject: str, text: str | None) -> list[Condition]:
    """Typed conditions, one a line or with ； between; by names or words of either language.

    Raises `Refused` for what is none.
    """
    specs, found = specs_of(subject), []
    for part in _ENDS.split(text or ""):
        if part.strip():
            found.append(_condition(specs, part.strip()))
    return found


def outcome_named(subject: str, text: str | None) -> str:
    """The outcome that a name or a word in either language means. Raises `Refused` for none."""
    table, cls = rule_tables.get(subject), decided_type(subject)
    spec = cls.specs()[table.outcome] if table is not None and cls is not None else None
    found = _choice(spec, text or "") if spec is not None else None
    if found is None:
        known = several(one.label for one in spec.choices) if spec is not None else ""
        raise Refused(BAD_OUTCOME, text=text or "", known=known)
    return found


def decided_type(subject: str) -> type[Record] | None:
    """The type of which a move is decided by a table."""
    for cls in kinds.values():
        if any(move.decided_by == subject for move in cls.kind.moves):
            return cls
    return None


def specs_of(subject: str) -> dict[str, Spec]:
    """The fields that a table asks."""
    table, cls = rule_tables.get(subject), decided_type(subject)
    if table is None or cls is None:
        return {}
    return {name: cls.specs()[name] for name in table.inputs}


def _condition(specs: Mapping[str, Spec], text: str) -> Condition:
    found = _PART.fullmatch(text.translate(_OTHER_SIGNS))
    name = next((n for n, s in specs.items() if found and found[1] in (n, *s.label)), None)
    value = _value(specs[name], found[3]) if found and name else None
    if found is None or name is None or value is None:
        fields = several(spec.label for spec in specs.values())
        raise Refused(BAD_CONDITION, text=text, fields=fields)
    return Condition(name, found[2], value)


def _value(spec: Spec, text: str) -> str | None:
    if spec.choices:
        return _choice(spec, text)
    if spec.kind == "flag":
        plain = text.strip().casefold()
        return "true" if plain in YES else "false" if plain in NO else None
    if spec.kind == "money":
        return typed(text)
    return validation.canonical_number(text) if spec.kind in ("number", "count") else text.strip()


def _choice(spec: Spec, text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    for one in spec.choices:
        if plain in (one.name, *(word.casefold() for word in one.label)):
            return one.name
    return None


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
