"""Decision rules: whether a table says what a move that it decides has written. Pure.

The move names the version of the table, and by what it saw the content that was decided on. It is
authorised by these alone, whatever version is in force: a replica that lacks the version parks the
move until it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.book.tables import decisions, versions
from models.book.tables.decisions import DECIDED
from models.book.writing.record_writer import spread
from models.schema.company_tables import RULES, ShippedRules, TableRule, rule_tables
from models.schema.lifecycle import Move
from models.schema.natural_keys import COMPANY, key_id
from sync.changes.change import Change
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import ChangeContext
from sync.validation.history import Lacking
from sync.validation.reasons import Newer


def decided(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> None:
    """Raise the reason against a move whose outcome a table decides."""
    table = rule_tables.get(move.decided_by)
    if table is None:
        return
    field = case.cls.specs()[table.outcome].label
    told = said.get(DECIDED)
    version = told.get("version") if isinstance(told, dict) else None
    if (
        not isinstance(told, dict)
        or told.get("table") != table.name
        or version.__class__ is not int
    ):
        case.refuse(reasons.UNDECIDED, table=table.label, field=field)
    rules = _shipped(table, told) if version == 0 else _rules(case, table, told)
    if rules is None:
        case.refuse(reasons.UNDECIDED, table=table.label, field=field)
    inputs = {name: _seen(case, said, name) for name in table.inputs}
    right = None if None in inputs.values() else decisions.decide(rules, inputs)
    if right is None or case.change.fields.get(table.outcome) != right:
        case.refuse(reasons.OTHER_OUTCOME, table=table.label, field=field, version=version)


def _shipped(table: ShippedRules, told: Mapping[str, Any]) -> Sequence[TableRule]:
    if told.get("shipped") != table.digest:
        raise Newer(reasons.NEWER_SHIPPED, table=table.label, awaits=table.name)
    return table.rules


def _rules(
    case: ChangeContext, table: ShippedRules, told: Mapping[str, Any]
) -> Sequence[TableRule] | None:
    """The rules of the version that is named; None where the change named is none of it."""
    by, version = told.get("by"), told["version"]
    if not isinstance(by, list) or [part.__class__ for part in by] != [str, int]:
        return None
    change = case.past.of_company(by[0], by[1])
    if change is None or isinstance(change, PrunedChange):
        awaits = f"{table.name} {version}"
        raise Newer(reasons.NEWER_TABLE, table=table.label, version=version, awaits=awaits)
    rows = versions.rows_in(str(change.fields.get("content")))
    if not _is_version(change, table, version) or rows is None:
        return None
    return decisions.rules_in(rows)


def _is_version(change: Change, table: ShippedRules, version: int) -> bool:
    """Whether a change put this version of the table to use."""
    cls = versions.holder(RULES)
    if cls is None or change.type != cls.kind.name or change.move is None:
        return False
    key = {"subject": table.name, "version": version}
    named = change.record == key_id(cls.kind, COMPANY, None, "", key)
    return named and change.fields.get("state") == versions.IN_USE


def _seen(case: ChangeContext, said: Mapping[str, Any], name: str) -> Any:
    """The value of a field that the move was made on: it writes it, or names its version."""
    register = case.cls.register_of()[name]
    if register in case.change.fields:
        return spread(case.cls, register, case.change.fields[register]).get(name)
    for device, seq in said["saw"].get(register, ()):
        before = case.past.change(device, seq)
        if before is None or isinstance(before, PrunedChange):
            raise Lacking((device, seq))
        if case.past.quarantined(device, seq) or register not in before.fields:
            return None
        return spread(case.cls, register, before.fields[register]).get(name)
    return None
