"""Vocabularies: the words of choice fields as the company has them now.

A record holds a term's code, which never changes; the words come from the version in force here. A
code that this version lacks is shown as it is, with a mark: a newer one may be on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.book.tables import versions
from models.book.tables.versions import Rows
from models.schema import company_tables
from models.schema.company_tables import WORDS
from models.schema.fields import FieldChoice, Spec
from models.schema.record import Record
from models.storage.store import Store
from models.text.lists import names_of
from models.text.words import Refused, W, listed

ONE_OF = W("“{field}”：只能是以下之一：{choices}。", "“{field}”: must be one of: {choices}.")
RETIRED = W(
    "“{field}”：“{term}”已停用。请改用：{choices}。",
    "“{field}”: “{term}” is retired. Use one of: {choices}.",
)


def worded(store: Store, spec: Spec) -> Spec:
    """The declaration with the words in force, retired ones among them; no query per call."""
    if not spec.of:
        return spec
    found = versions.in_force(store, WORDS).get(spec.of)
    if found is None:
        return spec
    made = _made.get(id(spec))
    if made is None or made[0] is not spec or made[1] is not found.rows:
        if len(_made) > MOST:
            _made.clear()
        made = _made[id(spec)] = spec, found.rows, spec.but(choices=terms_in(found.rows))
    return made[2]


_made: dict[int, tuple[Spec, Rows, Spec]] = {}
"""What was made last of each declaration, by its identity: hashing one takes longer than this."""
MOST = 256


def terms(store: Store, name: str) -> tuple[FieldChoice, ...]:
    """The words of a vocabulary in force, in their order."""
    found = versions.in_force(store, WORDS).get(name)
    if found is not None:
        return terms_in(found.rows)
    shipped = company_tables.vocabularies.get(name)
    return shipped.terms if shipped is not None else ()


def terms_in(rows: Rows) -> tuple[FieldChoice, ...]:
    """The terms that the rows of a version are, each behind the one above it; odd ones left out."""
    found = tuple(
        FieldChoice(
            row["code"],
            W(row["word_zh"], row["word_en"]),
            retired=row.get("retired") is True,
            above=str(row.get("above") or ""),
        )
        for row in rows
        if all(isinstance(row.get(name), str) for name in ("code", "word_zh", "word_en"))
    )
    codes = {one.name for one in found}
    below: dict[str, list[FieldChoice]] = {}
    for one in found:
        below.setdefault(one.above if one.above in codes else "", []).append(one)
    ordered = tuple(_branch(below, "", set()))
    return ordered if len(ordered) == len(found) else found  # a ring has no place in a tree


def _branch(
    below: Mapping[str, list[FieldChoice]], above: str, met: set[str]
) -> Iterator[FieldChoice]:
    for one in below.get(above, ()) if above not in met else ():
        yield one
        yield from _branch(below, one.name, met | {above})


def require_known(
    store: Store, cls: type[Record], values: Mapping[str, Any], record: Record | None = None
) -> None:
    """Raise `Refused` for a code that is not offered now; what the record has already may stay."""
    for name, spec in cls.specs().items():
        if spec.of and values.get(name) is not None:
            held = getattr(record, name, None) if record is not None else None
            new = set(_codes(spec, values[name])) - set(_codes(spec, held))
            if new:
                _require(worded(store, spec), new)


def _require(spec: Spec, new: Iterable[str]) -> None:
    known = {one.name: one for one in spec.choices}
    offered = listed(one.label for one in spec.offered())
    for code in sorted(new):
        if code not in known:
            raise Refused(ONE_OF, field=spec.label, choices=offered)
        if known[code].retired:
            term = known[code].label
            raise Refused(RETIRED, field=spec.label, term=term, choices=offered)


def _codes(spec: Spec, value: Any) -> list[str]:
    if spec.several:
        return names_of(value)
    return [] if value is None else [str(value)]
