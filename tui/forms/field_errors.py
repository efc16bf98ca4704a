"""Field errors: what is wrong with what was filled in, one sentence for each field."""

from __future__ import annotations

from collections.abc import Sequence

from models.schema import validation
from models.schema.record import Record
from models.text.words import Refused, W
from tui.forms.field import Field

MISSING = W("“{field}”需要填写。", "“{field}” is required.")


def check(cls: type[Record], fields: Sequence[Field]) -> Field | None:
    """Mark every field that could not be saved; the first of them, or None."""
    for field in fields:
        if not field.locked:
            field.fault = _fault(cls, field)
    return next((field for field in fields if field.fault is not None), None)


def blame(fields: Sequence[Field], refused: Refused) -> Field | None:
    """Mark the field that a refusal is about; None where it is about the whole record."""
    said = refused.values.get("field")
    several = str(refused.values.get("fields", ""))
    for field in fields:
        if said == field.spec.label or (several and str(field.spec.label) in several.split("、")):
            field.fault = refused
            return field
    return None


def _fault(cls: type[Record], field: Field) -> Refused | None:
    if field.text is not None:
        return field.fault or Refused(validation.BAD, field=field.spec.label, reason=_REASON)
    if field.required and field.value in (None, ""):
        return Refused(MISSING, field=field.spec.label)
    if field.changed and field.name in cls.specs():
        try:
            validation.check(cls, {field.name: field.value})
        except Refused as refused:
            return refused
    return None


_REASON = W("看不懂，请改正或清空", "is not valid; change or clear it")
