"""Floor rules: which version a change may name, by what stands before it and beneath it.

The forgeries of `tests.support.forged_segments` try to go below the floor; here honest changes
stand on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.text.words import Refused, W
from sync.changes.change import Change
from sync.validation import reasons
from sync.validation.change_context import ChangeContext, WriterContext, version_named
from sync.validation.history import Writer
from sync.validation.rules.floor_rules import named_in_time, sealed_in_time
from tests.sync.validation.written import FIX, Pages


def case(pages: Pages, change: Change, members: int, first: int = 1) -> ChangeContext:
    """A change under a seal that names a version."""
    writer = Writer(pages.person(change.device), members, change.device, first)
    return ChangeContext(change, WriterContext(writer, pages.log), pages.past)


def refused(word: W, act: Callable[[], object]) -> None:
    """Check which reason is raised."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.word is word


def move(members: object) -> dict[str, Any]:
    """A move's payload."""
    return {"move": "fix", "from": "open", "to": "fixed", "role": "engineer", "members": members}


def test_the_version_of_now_always_stands() -> None:
    pages = Pages()
    pages.begin()
    now = pages.log.version
    one = pages.next({"state": "fixed"}, by="d0", move=move(now))
    sealed_in_time(case(pages, one, now))
    named_in_time(case(pages, one, now), now)


def test_a_seal_stands_on_what_was_sealed_beneath_it() -> None:
    pages = Pages()
    pages.begin()
    now = pages.log.version
    one = pages.next({"cause": "x"}, by="d0")
    refused(reasons.BEHIND, lambda: sealed_in_time(case(pages, one, now - 1)))
    pages.past.seals = dict.fromkeys(pages.past.seals, now - 1)
    sealed_in_time(case(pages, one, now - 1))


def test_a_move_made_before_the_news_is_sealed_after_it() -> None:
    """As on a device that hears of new members between the move and the seal."""
    pages = Pages()
    pages.begin()
    now = pages.log.version
    pages.past.seals = dict.fromkeys(pages.past.seals, now - 1)
    one = pages.next({"state": "fixed"}, by="d0", move=move(now - 1))
    named_in_time(case(pages, one, now), now - 1)
    refused(reasons.AHEAD, lambda: named_in_time(case(pages, one, now - 1), now))


def test_what_is_no_version_names_none() -> None:
    pages = Pages()
    for wrong in ("7", True, None, [7]):
        assert version_named(pages.next({}, record=FIX, base={}, move=move(wrong))) == 0
    assert version_named(None) == 0
