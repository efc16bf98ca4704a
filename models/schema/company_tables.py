"""Company tables: vocabularies, rule tables, procedures, document lists; shipped, then by versions.

What is declared here is version 0: it counts while the company has put no version of its own to
use. A version is a record, so that it syncs like every other one (`models.book.tables`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.frozen import Frozen, NamedTuple
from models.schema.fields import FieldChoice, terms_of
from models.text.words import W

WORDS, RULES, STEPS, PAPERS = "words", "rules", "steps", "papers"
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


class ShippedWords(Frozen):
    """The words of a choice field that the company may change."""

    name: str
    label: W
    terms: tuple[FieldChoice, ...]


class ShippedRules(Frozen):
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


class ProcedureStep(NamedTuple):
    """A step of a procedure: who does what, how soon."""

    code: str
    stage: str
    """The state of the record that follows the procedure in which the step is to be done; ''
    where it is bound to none."""
    who: str
    """A role."""
    what: W
    days: int | None
    """Working days that it may take; None = no time is set."""
    text: W


class ShippedProcedure(Frozen):
    """A procedure of the company that records of some type follow."""

    name: str
    label: W
    steps: tuple[ProcedureStep, ...]


class RequiredPaper(NamedTuple):
    """A document that a project has to have: records of a type, or a file."""

    code: str
    name: W
    source: str
    """The record type in which it is found; '' where it is a file that is kept."""
    states: tuple[str, ...] = ()
    """The states in which a record counts; () = any."""
    how_many: str = "once"
    """'once', 'quarter' (one for each that ended), or 'each' (whatever there is)."""
    kinds: tuple[str, ...] = ()
    """The kinds of service that need it; () = every project."""
    before: str = "handover"
    """Before what it has to be there: 'handover' to the customer, or 'filing'."""
    issued: bool = False
    """Whether it has to be issued as a paper."""

    @property
    def title(self) -> str:
        """Its name in both languages: for records, which are the same on every device."""
        return self.name.zh if self.name.zh == self.name.en else f"{self.name.zh} / {self.name.en}"


class ShippedPapers(Frozen):
    """A list of documents that a project has to have."""

    name: str
    label: W
    papers: tuple[RequiredPaper, ...]


vocabularies: dict[str, ShippedWords] = {}
rule_tables: dict[str, ShippedRules] = {}
procedures: dict[str, ShippedProcedure] = {}
document_lists: dict[str, ShippedPapers] = {}
_FAMILIES: Mapping[str, Mapping[str, Any]] = {
    WORDS: vocabularies,
    RULES: rule_tables,
    STEPS: procedures,
    PAPERS: document_lists,
}
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


def procedure(name: str, label: W, steps: Iterable[ProcedureStep]) -> None:
    """Declare a procedure with the steps that count until the company has its own."""
    procedures[name] = ShippedProcedure(name, label, tuple(steps))
    _offer(STEPS, name, label)


def document_list(name: str, label: W, papers: Iterable[RequiredPaper]) -> None:
    """Declare a list of documents with those that count until the company has its own."""
    document_lists[name] = ShippedPapers(name, label, tuple(papers))
    _offer(PAPERS, name, label)


def named_by(family: str, take: Callable[[FieldChoice], None]) -> None:
    """Have the name of every table of a family taken, of those declared later too."""
    _takers.append((family, take))
    for name, table in _FAMILIES[family].items():
        take(FieldChoice(name, table.label))


def _offer(family: str, name: str, label: W) -> None:
    for other, take in _takers:
        if other == family:
            take(FieldChoice(name, label))
