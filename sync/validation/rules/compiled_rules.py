"""Compiled rules: whether a step brings the data of a compiled report as it may. Pure.

The data comes with the issue and with nothing else; it has the declared form and is about its
record. An issue without data is an older program's: it counts, and is shown as such.
"""

from __future__ import annotations

from models.derived import compiled
from models.derived.compiled import NewerForm
from sync.validation import reasons
from sync.validation.change_context import ChangeContext
from sync.validation.reasons import Newer


def issued_with(case: ChangeContext, from_: str, to: str) -> None:
    """Raise the reason against the data that a step into a state brings."""
    kind, change = case.kind, case.change
    if not kind.compiled or kind.compiled not in change.fields:
        return
    label = case.label(kind.compiled)
    if not kind.state(to).frozen or kind.state(from_).frozen:
        case.refuse(reasons.NO_ISSUE, field=label)
    try:
        compiled.unpack(compiled.of(kind.name), change.fields[kind.compiled], change.record)
    except NewerForm:
        raise Newer(reasons.NEWER_FORM, field=label) from None
    except ValueError:
        case.refuse(reasons.NOT_COMPILED, field=label)
