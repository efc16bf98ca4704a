"""Sync state: nothing is called done before others have said so; one alone is told nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.text.words import language
from sync.transport.bundle import bundle
from sync.workspace.workspace import Workspace
from tests.support.replicas import Team
from tests.support.team import admit
from tui.display.sync_state import Truth, truth
from tui.display.values import Values

QUIET = Truth(alone=False, conflicts=0, quarantined=0, waiting=0, unsent=0, unsure=0, last=None)


@pytest.fixture
def values(workspace: Workspace) -> Values:
    """How values are said."""
    return Values(workspace)


def corner(state: Truth, values: Values) -> list[str]:
    """What the corner of a wide page says."""
    return next(iter(state.corners(values)))


def test_one_alone_is_told_of_conflicts_only(values: Values) -> None:
    assert corner(QUIET._replace(alone=True, unsent=9, waiting=4), values) == []
    assert corner(QUIET._replace(alone=True, conflicts=1), values) == ["冲突 1"]


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (QUIET, "尚未同步", "no sync yet"),
        (QUIET._replace(unsure=2), "待确认 2", "2 unconfirmed"),
        (QUIET._replace(unsent=3, unsure=2, last=1), "待同步 3", "3 unsent"),
        (QUIET._replace(last=1_795_910_400_000), "已同步", "in sync"),
        (QUIET._replace(unsure=1, last=1_795_910_400_000), "待确认 1", "1 unconfirmed"),
    ],
)
def test_the_worst_that_is_known_is_said(values: Values, state: Truth, zh: str, en: str) -> None:
    assert zh in state.outbox(values)
    language.now = "en"
    assert en in state.outbox(values)


def test_with_less_room_ever_less_is_said_and_the_outbox_stays(values: Values) -> None:
    state = QUIET._replace(conflicts=1, quarantined=2, waiting=3, unsure=4)
    found = list(state.corners(values))
    assert found == [
        ["冲突 1", "隔离 2", "等待 3", "待确认 4"],
        ["冲突 1", "隔离 2", "待确认 4"],
        ["冲突 1", "待确认 4"],
        ["待确认 4"],
    ]


def test_what_is_written_alone_counts_for_nothing_until_there_is_somebody(
    workspace: Workspace, book: Book, project: str
) -> None:
    book.add("fix", {"phenomenon": "泵"}, project=project)
    assert truth(workspace).alone and truth(workspace).unsent == 0
    admit(workspace, "工程师乙", ["engineer"])
    found = truth(workspace)
    assert not found.alone and found.unsent > 0 and found.last is None


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and an engineer, each with a device."""
    found = Team.copied(tmp_path / "team", "乙")
    yield found
    found.close()


@pytest.mark.shows(76)
def test_a_bundle_leaves_it_unsure_until_the_other_brings_word(team: Team, tmp_path: Path) -> None:
    one, other = team.all[:2]
    team.fix(one)
    assert truth(one.workspace).unsent > 0
    bundle.write(one.exchange, tmp_path / "to.sitebook")
    written = truth(one.workspace)
    assert written.unsent == 0 and written.unsure > 0
    bundle.read(other.exchange, tmp_path / "to.sitebook")
    assert truth(one.workspace).unsure == written.unsure  # nobody has said anything yet
    bundle.write(other.exchange, tmp_path / "back.sitebook")
    bundle.read(one.exchange, tmp_path / "back.sitebook")
    heard = truth(one.workspace)
    assert (heard.unsent, heard.unsure) == (0, 0) and heard.last


def test_conflicts_are_counted_by_record(workspace: Workspace, book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x", "place": "A"}, project=project)
    for place in "BC":
        book.edit(fix.id, {"place": place}, seen=fix.dots)
    assert truth(workspace).conflicts == 1
