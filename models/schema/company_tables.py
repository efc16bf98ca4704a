"""Company tables: vocabularies and rule tables, shipped with the program and replaced by versions.

What is declared here is version 0: it counts while the company has put no version of its own to
use. A version is a record, so that it syncs like every other one (`models.book.tables`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.schema.fields import FieldChoice, terms_of
from models.text.words import W

WORDS, RULES = "words", "rules"
"""The families of tables; `Kind.table` names the one whose versions a type's records are."""
SIGNS = ("=", "!=", ">=", "<=", ">", "<")


class Condition(NamedTuple):
    """What a rule asks of one field: a sign of `SIGNS`, and a stored value as text."""

    field: str
    sign: str
    value: str


class TableRule(NamedTuple):
    """A row of a rule table: the outcome where every condition holds; without any, always."""

    conditions: tuple[Condition, ...]
    outcome: str


@dataclass(frozen=True)
class ShippedWords:
    """The words of a choice field that the company may change."""

    name: str
    label: W
    terms: tuple[FieldChoice, ...]


@dataclass(frozen=True)
class ShippedRules:
    """What decides a field by others of the same record; its rules are tried from the top."""

    name: str
    label: W
    inputs: tuple[str, ...]
    """The fields that are asked: all of them must be filled before the table can decide."""
    outcome: str
    """The field that is decided: a choice that only moves fill."""
    rules: tuple[TableRule, ...]

    @property
    def digest(self) -> str:
        """Tells the shipped rules of one version of the program from those of another."""
        text = json.dumps([self.inputs, self.outcome, self.rules], ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


vocabularies: dict[str, ShippedWords] = {}
rule_tables: dict[str, ShippedRules] = {}
_FAMILIES: Mapping[str, Mapping[str, Any]] = {WORDS: vocabularies, RULES: rule_tables}
_takers: list[tuple[str, Callable[[FieldChoice], None]]] = []
"""(family, what takes the name of each of its tables)."""


def vocabulary(name: str, zh: str, en: str, terms: Iterable[tuple[str, ...]]) -> None:
    """Declare a vocabulary; a term is (code, Chinese, English), or also the code above it."""
    vocabularies[name] = ShippedWords(name, W(zh, en), terms_of(terms))
    _offer(WORDS, name, vocabularies[name].label)


def rule_table(
    name: str, zh: str, en: str, *, inputs: tuple[str, ...], outcome: str,
    rules: Iterable[tuple[Iterable[tuple[str, str, str]], str]],
) -> None:  # fmt: skip
    """Declare a rule table; a rule is its conditions (field, sign, value) and the outcome."""
    made = tuple(TableRule(tuple(Condition(*one) for one in some), out) for some, out in rules)
    rule_tables[name] = ShippedRules(name, W(zh, en), inputs, outcome, made)
    _offer(RULES, name, rule_tables[name].label)


def named_by(family: str, take: Callable[[FieldChoice], None]) -> None:
    """Have the name of every table of a family taken, of those declared later too."""
    _takers.append((family, take))
    for name, table in _FAMILIES[family].items():
        take(FieldChoice(name, table.label))


def _offer(family: str, name: str, label: W) -> None:
    for other, take in _takers:
        if other == family:
            take(FieldChoice(name, label))
