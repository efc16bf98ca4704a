"""Rules as they are typed: conditions and outcomes in words of either language, made exact.

They are read when a row is written and when a version is put to use; decisions read the result.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

from models.book.tables import versions
from models.schema import validation
from models.schema.company_tables import RULES, Condition, rule_tables
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.text.money import typed
from models.text.words import Refused, W, several

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
YES = frozenset({"true", *W("是", "yes")})
NO = frozenset({"false", *W("否", "no")})


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
    for one in spec.choices:
        if _plain(text) in map(_plain, (one.name, *one.label)):
            return one.name
    return None


def _plain(text: str) -> str:
    """Without what full width and capitals distinguish, brackets of Chinese words included."""
    return unicodedata.normalize("NFKC", text).strip().casefold()
