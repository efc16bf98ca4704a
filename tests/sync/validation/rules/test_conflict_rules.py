"""Conflict rules: a decision names every version, and whoever decides could have made the move."""

from __future__ import annotations

from typing import Any

import pytest

from models.book import permissions
from models.book.conflict import conflict_rules
from models.book.permissions import RESOLVE
from sync.changes.change import Change
from sync.validation import reasons
from sync.validation.reasons import OF_RIGHTS
from sync.validation.rules.conflict_rules import chosen, resolved
from tests.sync.validation.written import FIX, Pages, move, refused

DONE = {"cause": "磨损", "correction": "更换", "phenomenon": "异响"}


@pytest.fixture
def torn() -> Pages:
    """The engineer fixed it while the founder escalated it."""
    pages = Pages()
    pages.begin(**DONE)
    opened = pages.latest(FIX, "state")
    version = pages.log.version
    fixed = move("fix", "open", "fixed", members=version)
    pages.write({"state": "fixed"}, base={"state": opened}, move=fixed)
    escalated = move("escalate", "open", "escalated", "engineer", members=version)
    pages.write({"state": "escalated"}, by="d0", base={"state": opened}, move=escalated)
    return pages


def decide(pages: Pages, to: str, **more: Any) -> Change:
    """The engineer chooses a state."""
    both = [("d1", pages.last["d1"]), ("d0", pages.last["d0"])]
    fields = more.pop("fields", {"state": to})
    base = more.pop("base", {"state": both})
    said = move(RESOLVE, "escalated", to, members=pages.log.version) | more
    return pages.next(fields, base=base, move=said)


def ask(pages: Pages, change: Change) -> None:
    """Hold a decision to the rules."""
    case = pages.case(change)
    assert change.move is not None
    resolved(case, change.move, case.roles())


def test_whoever_could_have_made_the_move_may_choose_its_state(torn: Pages) -> None:
    ask(torn, decide(torn, "fixed"))
    ask(torn, decide(torn, "escalated"))


def test_a_decision_writes_the_state_and_nothing_else(torn: Pages) -> None:
    more = decide(torn, "fixed", fields={"state": "fixed", "cause": "x"})
    refused(reasons.MIXED, lambda: ask(torn, more))
    other = decide(torn, "fixed", fields={"state": "escalated"})
    refused(reasons.MIXED, lambda: ask(torn, other))


def test_one_version_is_no_conflict(torn: Pages) -> None:
    one = decide(torn, "fixed", base={"state": [("d1", torn.last["d1"])]})
    refused(reasons.NO_CONFLICT, lambda: ask(torn, one))


def test_a_state_that_nobody_brought_about_cannot_be_chosen(torn: Pages) -> None:
    closed = decide(torn, "closed")
    refused(OF_RIGHTS[conflict_rules.NOT_THERE], lambda: ask(torn, closed))


def test_the_role_must_be_held(torn: Pages) -> None:
    refused(reasons.OTHER_ROLE, lambda: ask(torn, decide(torn, "fixed", role="quality")))
    assert RESOLVE in permissions.MARKED


def test_choosing_between_values_is_no_edit(torn: Pages) -> None:
    """Registers that only moves fill: one of the values that stand, and there are several."""
    one = torn.write({"verify_method": "a"}, base={"verify_method": torn.latest(FIX, "cause")})
    two = torn.write(
        {"verify_method": "b"}, by="d0", base={"verify_method": torn.latest(FIX, "cause")}
    )
    both = {"verify_method": [one, two]}
    assert chosen(torn.case(torn.next({"verify_method": "a"}, base=both)))
    assert not chosen(torn.case(torn.next({"verify_method": "c"}, base=both)))
    assert not chosen(torn.case(torn.next({"verify_method": "a"}, base={"verify_method": [one]})))
    twice = {"verify_method": [one, one]}
    assert not chosen(torn.case(torn.next({"verify_method": "a"}, base=twice)))
    assert not chosen(torn.case(torn.next({"cause": "a"}, base={"cause": [one, two]})))
    assert not chosen(torn.case(torn.next({})))
