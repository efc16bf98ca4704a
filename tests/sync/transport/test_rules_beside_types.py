"""Rules beside a type hold on every device: needs of rows, eyes kept apart, what follows a merge.

The type is one that an area might declare (`tests.support.visits`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.book import permissions, rules
from models.book.approval import row_needs
from models.book.writing import moves
from models.schema.roles import ENGINEER, LEADS
from models.storage.store import Store, places
from models.text.words import Refused, W
from sync.validation import reasons
from tests.support.replicas import Replica, Team, differences
from tests.support.visits import visits


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, two leads and an engineer, in sync."""
    with visits():
        made = Team.copied(tmp_path / "team")
        for name, roles in (("one", LEADS), ("two", LEADS), ("eng", (ENGINEER,))):
            made.admit(name, roles)
        made.meet()
        yield made
        made.close()


def visit(book: Any, project: str, **values: object) -> str:
    """A visit with one settled point."""
    made = book.add("visit", {"subject": "x", **values}, project=project).id
    book.move(book.add("point", {"visit": made, "text": "y"}).id, "settle")
    return str(made)


def reasons_of(one: Replica) -> list[str]:
    """Why changes were quarantined here."""
    return [str(row[0]) for row in one.workspace.store.rows("SELECT reason FROM quarantine")]


def agree(team: Team) -> None:
    """Every replica has the same, with the same quarantine."""
    team.meet()
    for one in team.all:
        assert not any(differences(team.founder, one))
        assert len(reasons_of(one)) == len(reasons_of(team.founder))


def test_an_open_point_of_another_device_is_shown_and_not_refused(team: Team) -> None:
    _, lead, _, eng = team.all
    made = visit(eng.book, team.project)
    team.meet()
    lead.book.add("point", {"visit": made, "text": "离线补的一点"})
    eng.book.move(made, "ready")
    agree(team)
    for one in team.all:
        assert not reasons_of(one) and one.get(made).state == "ready"
        (said,) = row_needs.lacking(one.book.store, one.get(made))
        assert said.word == row_needs.OPEN_ROWS and "离线补的一点" in str(said)


def forged(team: Team, at: Replica, monkeypatch: pytest.MonkeyPatch, *doors: str) -> None:
    """The door of one device lets everything pass."""
    for door in doors:
        monkeypatch.setattr(door, lambda *_args, **_more: None)


def test_a_move_that_its_own_rows_forbid_is_quarantined_everywhere(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, _, eng = team.all
    open_ = eng.book.add("visit", {"subject": "x"}, project=team.project).id
    eng.book.add("point", {"visit": open_, "text": "未结"})
    empty = eng.book.add("visit", {"subject": "x"}, project=team.project).id
    honest = visit(eng.book, team.project)
    bare = visit(eng.book, team.project, sort="corrective")
    with monkeypatch.context() as patched:
        forged(team, eng, patched, "models.book.approval.row_needs.hindrance")
        patched.setattr(moves, "require_ready", lambda *_: None)
        for id in (open_, empty, honest, bare):
            eng.book.move(id, "ready")
    agree_without(team, eng)
    for one in (replica for replica in team.all if replica is not eng):
        states = [one.get(id).state for id in (open_, empty, honest, bare)]
        assert states == ["open", "open", "ready", "open"]
        assert len(reasons_of(one)) == 3


def agree_without(team: Team, liar: Replica) -> None:
    """All but the device that lied have the same."""
    team.meet()
    others = [one for one in team.all if one is not liar]
    for one in others[1:]:
        assert not any(differences(others[0], one))
        assert sorted(reasons_of(one)) == sorted(reasons_of(others[0]))


Twist = Callable[[dict[str, Any]], Mapping[str, Any]]


@pytest.mark.parametrize(
    ("twist", "why"),
    [
        (lambda said: said, reasons.OF_RIGHTS[permissions.FOUR_EYES]),
        (lambda said: {k: v for k, v in said.items() if k != "apart"}, reasons.NOT_APART),
        (lambda said: said | {"apart": {}}, reasons.NOT_APART),
        (lambda said: said | {"apart": said["saw"]}, reasons.NOT_APART),
        (
            lambda said: said | {"apart": dict.fromkeys(said["apart"], said["saw"]["subject"])},
            reasons.NOT_APART,
        ),
    ],
)
def test_the_caller_who_files_all_the_same_is_quarantined(
    team: Team, monkeypatch: pytest.MonkeyPatch, twist: Twist, why: W
) -> None:
    _, lead, other, eng = team.all
    values = {"name": "年底", "caller": team.person(eng)}
    campaign = eng.book.add("campaign", values, project=team.project).id
    made = visit(eng.book, team.project, campaign=campaign)
    eng.book.move(made, "ready")
    team.meet()
    lead.book.move(campaign, "call")
    real = moves.payload
    with monkeypatch.context() as patched:
        patched.setattr("models.book.permissions.four_eyes_blocks", lambda *_: False)
        patched.setattr(moves, "payload", lambda *args: dict(twist(real(*args))))
        lead.book.move(made, "file")
    agree_without(team, lead)
    for one in (one for one in team.all if one is not lead):
        assert one.get(made).state == "ready"
        (said,) = reasons_of(one)
        assert why.zh.split("{")[1].split("}")[-1] in said
    other.book.move(made, "file")
    agree_without(team, lead)
    assert team.founder.get(made).state == "filed"


def test_rows_say_who_wrote_on_every_device(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lead wrote one of the points that they file."""
    _, lead, _, eng = team.all
    made = visit(eng.book, team.project)
    team.meet()
    lead.book.move(lead.book.add("point", {"visit": made, "text": "我的一点"}).id, "settle")
    team.meet()
    eng.book.move(made, "ready")
    team.meet()
    with monkeypatch.context() as patched:
        patched.setattr("models.book.permissions.four_eyes_blocks", lambda *_: False)
        lead.book.move(made, "file")
    agree_without(team, lead)
    assert {one.get(made).state for one in team.all} == {"ready"}
    assert all(len(reasons_of(one)) == 1 for one in team.all)


MUTANTS: dict[str, tuple[str, Any, Any]] = {
    "rows are not looked at": (
        "sync.validation.rules.move_rules.rows_as_needed",
        lambda *_: None,
        test_a_move_that_its_own_rows_forbid_is_quarantined_everywhere,
    ),
    "nobody wrote rows": (
        "models.book.approval.writers._devices",
        lambda *_: set(),
        test_rows_say_who_wrote_on_every_device,
    ),
    "nobody is kept apart": (
        "sync.validation.rules.writer_rules._people_apart",
        lambda *_: frozenset(),
        lambda team, patch: test_the_caller_who_files_all_the_same_is_quarantined(
            team, patch, lambda said: said, reasons.OF_RIGHTS[permissions.FOUR_EYES]
        ),
    ),
    "conditions are forgotten": (
        "sync.validation.rules.field_rules._seen",
        lambda *_: {},
        test_a_move_that_its_own_rows_forbid_is_quarantined_everywhere,
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_replica_that_forgot_a_rule_is_caught(
    team: Team, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, broken, test = MUTANTS[name]
    monkeypatch.setattr(path, broken)
    with pytest.raises((AssertionError, ValueError)):
        test(team, monkeypatch)


# -- what follows a merge --------------------------------------------------------------------------

COUNTS = "CREATE TABLE IF NOT EXISTS visit_points(visit TEXT PRIMARY KEY, open INTEGER)"


def test_what_follows_a_merge_comes_out_alike_whatever_came_first(team: Team) -> None:
    """An area keeps how many points of a visit are open: a table that follows from the records."""

    @rules.after_add("point")
    @rules.after_move("point", "settle")
    def counted_here(book: Any, point: Any) -> None:
        count(book.store, frozenset((point.id,)))

    @rules.after_merge("point")
    def count(store: Store, ids: frozenset[str]) -> None:
        store.db.execute_sql(COUNTS)
        some = sorted(ids)
        sql = f"SELECT DISTINCT visit FROM point WHERE id IN ({places(some)})"
        for (owner,) in store.rows(sql, some):
            store.db.execute_sql(
                "INSERT OR REPLACE INTO visit_points SELECT ?, COUNT(*) FROM point"
                " WHERE visit=? AND state='open' AND void IS NULL",
                (owner, owner),
            )

    _, lead, other, eng = team.all
    made = visit(eng.book, team.project)
    late = eng.book.add("point", {"visit": made, "text": "又一点"}).id
    team.meet()
    lead.book.add("point", {"visit": made, "text": "第三点"})
    other.book.move(late, "settle")
    agree(team)
    sql = "SELECT visit, open FROM visit_points"
    for one in team.all:
        assert one.workspace.store.rows(sql) == [(made, 1)]
        assert one.get(made).state == "open"


def test_several_rules_follow_an_edit_and_a_refusal_undoes_it(team: Team) -> None:
    seen = list[str]()

    @rules.after_edit("visit")
    def first(book: Any, visit: Any) -> None:
        seen.append(visit.subject)

    @rules.after_edit("visit")
    def second(book: Any, visit: Any) -> None:
        seen.append(visit.subject)
        if visit.subject == "no":
            raise Refused(W("不行。", "not so."))

    made = visit(team.founder.book, team.project)
    team.founder.book.edit(made, {"subject": "yes"})
    assert seen == ["yes", "yes"]
    with pytest.raises(Refused):
        team.founder.book.edit(made, {"subject": "no"})
    assert team.founder.get(made).values()["subject"] == "yes"
