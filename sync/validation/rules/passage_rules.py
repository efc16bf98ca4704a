"""Passage rules: whether what a change says of a gate is so, by the versions that it names. Pure.

A move into a passed state names the decisions that allow it, and a record that holds others names
what it saw as passed (`models.book.approval.passage`). Whether it suffices is asked at every look
(`models.derived.gates`): a change that names nothing counts, and its record is shown as held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.book.approval import passage
from models.book.approval.coverage import Covered
from models.derived import gates
from models.text.words import W
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext
from sync.validation.history import Lacking
from sync.validation.reasons import Newer

Says = Callable[[str, object], bool]
"""Whether a state of a type is what is claimed of it."""


def passed(case: ChangeContext, said: Mapping[str, Any]) -> None:
    """Refuse a move that names a decision which lets nothing pass."""
    found = passage.read(said)
    if found is not None:
        _all_say(case, found.by, gates.lets_pass, reasons.NO_DECISION)


def seen_as_passed(case: ChangeContext) -> None:
    """Refuse a new record that lists as passed what was not."""
    seen = passage.seen(case.change.fields.get(passage.PASSED_BEFORE))
    _all_say(case, seen, gates.is_passed, reasons.NOT_PASSED)


def _all_say(case: ChangeContext, named: Covered, says: Says, word: W) -> None:
    for id, dots in named.items():
        for dot in sorted(dots):
            if case.past.parked(*dot):
                raise Newer(reasons.NEWER_BASE)
            change = case.past.change(*dot)
            if change is None:
                raise Lacking(dot)
            # The body of a move is never pruned: a version without one was no move.
            moved = not isinstance(change, PrunedChange) and change.record == id
            right = moved and says(change.type, change.fields.get(STATE))
            if not right or case.past.quarantined(*dot):
                case.refuse(word)
