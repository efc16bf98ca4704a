"""Move rules: a move is held to the state, the roles, the content and the cause that it names."""

from __future__ import annotations

from typing import Any

import pytest

from models.book import permissions
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W
from sync.changes.change import Change
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.history import Lacking
from sync.validation.reasons import OF_RIGHTS, Newer
from sync.validation.rules.move_rules import NEAR, moved
from tests.sync.validation.written import FIX, SHEET, SPACE, Pages, header, move, refused

DONE = {"cause": "磨损", "correction": "更换", "phenomenon": "异响"}


@pytest.fixture
def pages() -> Pages:
    made = Pages()
    made.begin(**DONE)
    return made


def fix(pages: Pages, **more: Any) -> Change:
    """The engineer says that it is fixed; `more` are other parts of the move."""
    said = move("fix", "open", "fixed") | more
    fields = {"state": "fixed", "fixed_by": "p1"}
    return pages.next(fields, move=said)


def test_a_right_move_is_allowed(pages: Pages) -> None:
    moved(pages.case(fix(pages, members=pages.log.version)))


WRONG: dict[str, tuple[dict[str, Any], W]] = {
    "no text for a move": ({"move": 5}, reasons.MALFORMED),
    "no role": ({"role": None}, reasons.MALFORMED),
    "a number for a comment": ({"comment": 5}, reasons.MALFORMED),
    "a text for alone": ({"alone": "yes"}, reasons.MALFORMED),
    "no members": ({"members": None}, reasons.MALFORMED),
    "members of before the beginning": ({"members": 0}, reasons.MALFORMED),
    "members not sealed": ({"members": 999}, reasons.AHEAD),
    "another state before": ({"from": "fixed"}, reasons.OTHER_FROM),
    "another state after": ({"to": "closed"}, reasons.OTHER_RESULT),
    "a role not held": ({"role": "quality"}, reasons.OTHER_ROLE),
    "roles of before the admission": ({"members": 1}, OF_RIGHTS[permissions.NO_ROLE]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_move_that_says_it_wrong_is_refused(pages: Pages, name: str) -> None:
    more, word = WRONG[name]
    case = pages.case(fix(pages, **{"members": pages.log.version, **more}))
    refused(word, lambda: moved(case))


def test_a_state_of_a_newer_program_is_left_to_it(pages: Pages) -> None:
    case = pages.case(fix(pages, members=pages.log.version, **{"from": "in orbit"}))
    with pytest.raises(Newer):
        moved(case)


def test_a_move_is_not_mixed_with_a_voiding(pages: Pages) -> None:
    said = move("fix", "open", "fixed", members=pages.log.version)
    case = pages.case(pages.next({"state": "fixed", "void": "x"}, move=said))
    refused(reasons.MIXED, lambda: moved(case))


def test_a_comment_that_is_asked_for_is_given(pages: Pages) -> None:
    pages.write({"state": "closed"}, base={"state": pages.latest(FIX, "state")})
    for comment in ("", "  "):
        said = move("reopen", "closed", "open", members=pages.log.version, comment=comment)
        case = pages.case(pages.next({"state": "open"}, move=said))
        refused(reasons.NO_COMMENT, lambda case=case: moved(case))  # type: ignore[misc]
    said = move("reopen", "closed", "open", members=pages.log.version, comment="又坏了")
    moved(pages.case(pages.next({"state": "open"}, move=said)))


# -- four eyes ---------------------------------------------------------------------------------


def review(pages: Pages, **more: Any) -> Change:
    """The founder reviews the sheet that the engineer submitted."""
    said = move("review", "submitted", "reviewed", PROJECT_MANAGER, members=pages.log.version)
    return pages.next({"state": "reviewed"}, by="d0", record=SHEET, type="sheet", move=said | more)


@pytest.fixture
def submitted(pages: Pages) -> Pages:
    pages.write({"state": "open"}, record=SHEET, type="sheet", header=header("p1", number="S-1"))
    said = move("submit", "open", "submitted", members=pages.log.version)
    pages.write({"state": "submitted"}, record=SHEET, type="sheet", move=said)
    return pages


def test_an_approval_names_versions_of_this_record(submitted: Pages) -> None:
    state = submitted.latest(SHEET, "state")
    moved(submitted.case(review(submitted, saw={"state": state})))
    wrong: list[Any] = [None, {}, {"state": []}, [state]]
    for saw in wrong:
        case = submitted.case(review(submitted, saw=saw))
        refused(reasons.UNSEEN, lambda case=case: moved(case))  # type: ignore[misc]
    other = submitted.case(review(submitted, saw={"cause": submitted.latest(FIX, "cause")}))
    refused(reasons.OTHER_SEEN, lambda: moved(other))


# -- hidden moves ------------------------------------------------------------------------------


def test_a_hidden_move_needs_what_brings_it_about(pages: Pages) -> None:
    pages.write({"state": "escalated"}, base={"state": pages.latest(FIX, "state")})
    said = move("resolve", "escalated", "closed", members=pages.log.version)
    alone = pages.case(pages.next({"state": "closed"}, move=said))
    refused(reasons.UNCAUSED, lambda: moved(alone))


def test_a_cause_whose_values_are_not_kept_leaves_it_open(pages: Pages) -> None:
    pages.write({"state": "escalated"}, base={"state": pages.latest(FIX, "state")})
    seq = pages.last["d1"] + 1
    bare = PrunedChange(SPACE, "d1", seq, 1, "escalation", SHEET, seq, {}, {"state": []})
    pages.past.changes[bare.dot] = bare
    pages.last["d1"] = seq
    said = move("resolve", "escalated", "closed", members=pages.log.version)
    case = pages.case(pages.next({"state": "closed"}, move=said, tx=seq))
    with pytest.raises(Lacking):
        moved(case)
    assert NEAR >= 1
