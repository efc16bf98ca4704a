"""Follow-ups: what a record leads to, and the values with which the new record begins.

An area registers a function for each pair of types that it knows, in its module `follow_ups`, which
is imported when pages and commands first ask for `values`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.schema import late_modules
from models.schema.record import Record, kinds
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

NO_WAY = W(
    "{to}要从这些记录新建：{types}。请先打开其中一条。",
    "A {to} is created from one of these: {types}. Open one first.",
)

ValuesRule = Callable[["Book", Any], dict[str, Any]]
LAST = 999
"""The place of types that are not listed, such as rows."""
_rules: dict[tuple[str, str], ValuesRule] = {}
"""(type it begins from, type it leads to) -> the values of the new record."""


def follow_up(*types: str, to: str) -> Callable[[ValuesRule], ValuesRule]:
    """Register `(book, record)`: the first values of a `to` that a record of these leads to."""

    def register(rule: ValuesRule) -> ValuesRule:
        for type in types:
            if (type, to) in _rules:
                raise ValueError(f"two functions say how a {type} leads to a {to}")
            _rules[type, to] = rule
        return rule

    return register


def origins(to: str) -> list[str]:
    """The types that lead to a type, in the order of the list of types."""
    late_modules.load("follow_ups")
    found = [type for type, leads_to in _rules if leads_to == to]
    return sorted(found, key=lambda type: (kinds[type].kind.menu or LAST, type))


def destinations(type: str) -> list[str]:
    """The types that a type leads to."""
    late_modules.load("follow_ups")
    return [to for begins, to in _rules if begins == type]


def values(book: Book, record: Record, to: str) -> dict[str, Any]:
    """The first values of what a record leads to. Raises `Refused` where it leads to none."""
    late_modules.load("follow_ups")
    rule = _rules.get((record.type, to))
    if rule is None:
        types = several(str(kinds[type].kind.label) for type in origins(to))
        raise Refused(NO_WAY, to=kinds[to].kind.label, types=types)
    return {name: value for name, value in rule(book, record).items() if value is not None}
