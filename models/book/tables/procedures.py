"""Procedures: the steps that records follow, in the version that was in force when they began.

A type says which procedure its records follow; each record notes the version with its creation:

    follows_procedure("complaint", "complaint_handling")   # in the type's module
    by_procedure, procedure_version = procedure_fields()      # among its fields

Version 0 is the one that is shipped. A later version changes nothing for what has begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.book import rules
from models.book.tables import versions
from models.book.tables.versions import Rows
from models.frozen import NamedTuple
from models.schema import company_tables
from models.schema.company_tables import STEPS, ProcedureStep
from models.schema.fields import count, link
from models.schema.record import Record
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

FIELDS = ("by_procedure", "procedure_version")


class FollowedProcedure(NamedTuple):
    """A version of a procedure."""

    label: W
    version: int
    id: str | None
    """Of its record; None for the shipped one."""
    steps: tuple[ProcedureStep, ...]
    here: bool = True
    """Whether its steps are on this device."""

    def days(self, stage: str) -> int | None:
        """Working days that the steps of a stage may take; None where no time is set."""
        found = [step.days for step in self.steps if step.stage == stage and step.days is not None]
        return max(found, default=None)


_followed: dict[str, str] = {}
"""Type -> the procedure that its records follow."""


def procedure_fields() -> tuple[Any, Any]:
    """`by_procedure`, `procedure_version`: the version that was in force at the creation."""
    return (
        link("所依流程", "Procedure", "", computed=True, at_birth=True),
        count("流程版本", "Procedure version", computed=True, at_birth=True),
    )


def follows_procedure(type: str, procedure: str) -> None:
    """Have the records of a type note the version of a procedure in force when they are created."""
    _followed[type] = procedure
    rules.given(type)(partial(_noted, procedure))


def _noted(
    procedure: str,
    book: Book,
    values: Mapping[str, Any],
    project: str | None,  # noqa: ARG001
) -> dict[str, Any]:
    if values.get("procedure_version") is not None:
        return {}
    found = in_force(book.store, procedure)
    return {"by_procedure": found.id, "procedure_version": found.version}


def in_force(store: Store, name: str) -> FollowedProcedure:
    """The version of a procedure that counts now. Raises `KeyError` for an unknown procedure."""
    shipped = company_tables.procedures[name]
    found = versions.in_force(store, STEPS).get(name)
    if found is None:
        return FollowedProcedure(shipped.label, 0, None, shipped.steps)
    return FollowedProcedure(shipped.label, found.version, found.id, steps_in(found.rows))


def followed(store: Store, record: Record) -> FollowedProcedure | None:
    """The version that a record follows; None for types that follow none."""
    name = _followed.get(record.type)
    shipped = company_tables.procedures.get(name or "")
    if shipped is None:
        return None
    id, version = (getattr(record, field) for field in FIELDS)
    if id is None:
        return FollowedProcedure(shipped.label, 0, None, shipped.steps)
    cls = versions.holder(STEPS)
    kept = rows.one(store, cls, str(id)) if cls is not None else None
    content = versions.rows_in(str(getattr(kept, "content", None) or "")) if kept else None
    if content is None:
        return FollowedProcedure(shipped.label, version or 0, str(id), (), here=False)
    return FollowedProcedure(shipped.label, version or 0, str(id), steps_in(content))


def steps_in(content: Rows) -> tuple[ProcedureStep, ...]:
    """The steps that the rows of a version are; odd ones left out."""
    return tuple(
        ProcedureStep(
            code=row["code"],
            stage=_text(row, "stage"),
            who=_text(row, "who"),
            what=W(row["what_zh"], row["what_en"]),
            days=row["days"] if row.get("days").__class__ is int else None,
            text=W(_text(row, "text_zh"), _text(row, "text_en") or _text(row, "text_zh")),
        )
        for row in content
        if all(isinstance(row.get(name), str) for name in ("code", "what_zh", "what_en"))
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
