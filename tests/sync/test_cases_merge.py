"""Sync cases of the merge, each through real books. The number is that of the case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, permutations
from pathlib import Path

import pytest

from models.book.approval.approvals import changed_since
from models.book.conflict import conflicts as all_conflicts
from models.book.conflict.conflict_resolution import resolve
from models.book.conflict.conflicts import Conflict
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from sync.changes.hybrid_clock import millis
from tests.support.bustle import rebuilt
from tests.support.checks import template as published
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, contents, differences, give

YEAR = 365 * 24 * 3600 * 1000


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two engineers, all in sync."""
    made = Team.copied(tmp_path, "b", "c", roles=(ENGINEER, PROJECT_MANAGER), met=True)
    yield made
    assert not any(quarantined(one) for one in made.all)
    made.close()


def quarantined(one: Replica) -> list[object]:
    """What is in quarantine on a device."""
    return list(one.workspace.store.rows("SELECT * FROM quarantine WHERE adopted IS NULL"))


def conflicts(one: Replica, id: str) -> dict[str, Conflict]:
    """The conflicts of a record as the review shows them, by field."""
    return {found.field: found for found in all_conflicts.conflicts_of(one.book, one.get(id))}


def values(one: Replica, id: str, field: str) -> list[object]:
    """The values in conflict, the shown one first."""
    return [stand.value for stand in conflicts(one, id)[field].stands]


def same(*some: Replica) -> bool:
    """Whether all of them say the same in every form."""
    digests = {one.digest() for one in some}
    return len(digests) == 1 and not any(differences(some[0], one) for one in some)


def shared(team: Team, **fields: object) -> str:
    """A fix that everybody has."""
    id = team.fix(team.founder, **fields)
    team.meet()
    return id


# -- convergence and concurrency -------------------------------------------------------------------


@pytest.mark.shows(69)
def test_01_different_fields_are_both_kept(team: Team) -> None:
    a, b, c = team.all
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"place": "y"})
    team.meet()
    assert all((one.get(id).cause, one.get(id).place) == ("x", "y") for one in team.all)  # type: ignore[attr-defined]
    assert not any(conflicts(one, id) for one in team.all) and same(a, b, c)


def test_02_one_field_shows_one_value_and_lists_the_other_with_author_and_time(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"cause": "y"})
    team.meet()
    assert same(*team.all)
    for one in team.all:
        (found,) = conflicts(one, id).values()
        stands = {stand.value: stand for stand in found.stands}
        assert set(stands) == {"x", "y"} and [s.shown for s in found.stands] == [True, False]
        assert stands["x"].author == team.person(a) and stands["y"].author == team.person(b)
        assert found.stands[0].at >= found.stands[1].at > 0
        assert one.get(id).cause == found.stands[0].value  # type: ignore[attr-defined]


def test_03_equal_values_are_no_conflict_and_either_bundle_brings_them(team: Team) -> None:
    a, b, c = team.all
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"cause": "x"})
    give(b, c)
    assert c.get(id).cause == "x"  # type: ignore[attr-defined]
    give(a, c)
    team.meet()
    assert not any(conflicts(one, id) for one in team.all) and same(a, b, c)
    c.book.edit(id, {"cause": "z"})
    team.meet()
    assert [one.get(id).cause for one in team.all] == ["z"] * 3  # type: ignore[attr-defined]
    assert not any(conflicts(one, id) for one in team.all)


def test_04_the_number_of_edits_decides_nothing(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    for text in "pqr":
        a.book.edit(id, {"cause": text})
    b.book.edit(id, {"cause": "x"})
    team.meet()
    assert all(set(values(one, id, "cause")) == {"r", "x"} for one in team.all)


def test_05_back_to_the_first_value_is_still_an_edit(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team, cause="x")
    a.book.edit(id, {"cause": "y"})
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"cause": "z"})
    team.meet()
    assert all(set(values(one, id, "cause")) == {"x", "z"} for one in team.all)


def test_06_who_has_seen_it_is_in_no_conflict_whatever_the_clocks(team: Team) -> None:
    a, b, _ = team.all
    b.clock(a.workspace.log.now() - YEAR)
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    give(a, b)
    b.book.edit(id, {"cause": "y"})
    team.meet()
    assert [one.get(id).cause for one in team.all] == ["y"] * 3  # type: ignore[attr-defined]
    assert not any(conflicts(one, id) for one in team.all)


def test_07_a_form_opened_before_the_sync_does_not_overwrite(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    seen = b.get(id).dots
    a.book.edit(id, {"cause": "x"})
    give(a, b)
    b.book.edit(id, {"cause": "y"}, seen=seen)
    team.meet()
    assert all(set(values(one, id, "cause")) == {"x", "y"} for one in team.all)


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("together", [False, True])
def test_08_three_at_once_in_every_order(
    tmp_path: Path, order: tuple[int, ...], together: bool
) -> None:
    team = Team.copied(tmp_path, "b", "c", "d")
    id = shared(team)
    for one, text in zip(team.all, "xyz", strict=False):
        one.book.edit(id, {"cause": text})
    reader = team.all[3]
    letters = [_letter(team.all[place], reader) for place in order]
    for letter in [[*chain.from_iterable(letters)]] if together else letters:
        reader.exchange.take(letter)
    for one in team.all[:3]:
        for other in team.all[:3]:
            if one is not other:
                give(one, other)
    assert same(*team.all)
    assert all(one.exchange.vector(s) == reader.exchange.vector(s) for one in team.all[:3]
               for s in one.exchange.spaces())  # fmt: skip
    assert sorted(map(str, values(reader, id, "cause"))) == ["x", "y", "z"]
    team.close()


def _letter(giver: Replica, taker: Replica) -> list[bytes]:
    """What a giver has for a taker, encoded."""
    spaces = giver.exchange.spaces()
    return [b for s in spaces for b in giver.exchange.offer(s, taker.exchange.vector(s))]


@pytest.mark.parametrize(("first", "second", "left"), [("x", "x", 0), ("x", "y", 2)])
def test_09_two_people_decide_the_same_conflict(
    team: Team, first: str, second: str, left: int
) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"cause": "y"})
    team.meet()
    for one, text in ((a, first), (b, second)):
        resolve(one.book, id, "cause", value=text)
        assert not conflicts(one, id)
    team.meet()
    for one in team.all:
        found = conflicts(one, id)
        assert len(found["cause"].stands if found else ()) == left
    a.book.edit(id, {"place": "z"})
    team.meet()
    assert same(*team.all)


def test_10_editing_the_shown_value_leaves_the_other_listed(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.edit(id, {"cause": "x"})
    b.book.edit(id, {"cause": "y"})
    team.meet()
    shown, lost = values(a, id, "cause")
    a.book.edit(id, {"cause": "z"})
    team.meet()
    assert all(values(one, id, "cause") == ["z", lost] for one in team.all) and shown != "z"


def test_11_one_natural_key_is_one_record(team: Team) -> None:
    a, b, _ = team.all
    key = {"template": published(a.book, items=()), "day": "2026-11-20", "round": 1}
    team.meet()
    b.clock(a.workspace.log.now() - 60_000)
    one = a.book.add("sheet", {**key, "remark": "x"}, project=team.project)
    other = b.book.add("sheet", key, project=team.project)
    assert one.id == other.id
    a.book.move(one.id, "submit")
    team.meet()
    assert same(*team.all)
    merged = [replica.get(one.id) for replica in team.all]
    assert {(r.author, r.device, r.recorded) for r in merged} == {
        (team.person(b), b.device, other.recorded)
    }
    assert {(r.remark, r.state) for r in merged} == {("x", "submitted")}  # type: ignore[attr-defined]
    assert conflicts(b, one.id) == {}
    places = {r.n >> 12 for r in merged}
    assert places == {other.occurred}


# -- deletes ---------------------------------------------------------------------------------------


def test_11_what_both_began_is_where_one_of_them_brought_it(team: Team) -> None:
    """The state of a creation is no rival of a move over the other creation, in any order."""
    a, b, c = team.all
    key = {"template": published(a.book, items=()), "day": "2026-11-23", "round": 1}
    team.meet()
    for one in (a, b):
        sheet = one.book.add("sheet", key, project=team.project).id
    b.book.move(sheet, "submit")
    give(a, c)
    give(b, c)
    give(b, a)
    give(a, b)
    assert {one.get(sheet).state for one in team.all} == {"submitted"}
    assert not any(conflicts(one, sheet) for one in team.all) and same(a, b, c)
    b.book.move(sheet, "reopen")
    team.meet()
    assert {one.get(sheet).state for one in team.all} == {"open"} and same(a, b, c)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_11_a_round_that_three_began_in_every_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    """One moves it, one moves it back again, one only began it; and a real rival stays one."""
    team = Team.copied(tmp_path, "b", "c", "d", roles=(ENGINEER, PROJECT_MANAGER), met=True)
    key = {"template": published(team.founder.book, items=()), "day": "2026-11-23", "round": 1}
    team.meet()
    for one in team.all[:3]:
        sheet = one.book.add("sheet", key, project=team.project).id
    team.all[1].book.move(sheet, "submit")
    team.all[2].book.move(sheet, "submit")
    team.all[2].book.move(sheet, "reopen")
    reader = team.all[3]
    for place in order:
        reader.exchange.take(_letter(team.all[place], reader))
    for _ in range(2):
        team.meet()
    assert same(*team.all)
    assert all(set(values(one, sheet, "state")) == {"open", "submitted"} for one in team.all)
    assert all(len(conflicts(one, sheet)["state"].dots) == 2 for one in team.all)
    for one in team.all:
        before = contents(one.book)
        assert rebuilt(one) == before
    team.close()


def test_13_void_and_edit_at_once_stay_visible_with_both_facts(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.void(id, "重复")
    b.book.edit(id, {"cause": "x"})
    team.meet()
    assert same(*team.all)
    for one in team.all:
        assert one.get(id).void is None and one.get(id).cause == "x"  # type: ignore[attr-defined]
        (found,) = conflicts(one, id).values()
        assert found.field == "void"
        assert [(s.value, s.device) for s in found.stands] == [(None, b.device), ("重复", a.device)]
    resolve(a.book, id, "void", value="确实重复")
    team.meet()
    assert [one.get(id).void for one in team.all] == ["确实重复"] * 3
    assert not any(conflicts(one, id) for one in team.all) and same(*team.all)


def test_13_kept_in_use_after_the_review(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.void(id, "重复")
    b.book.edit(id, {"cause": "x"})
    team.meet()
    resolve(a.book, id, "void", value=None)
    team.meet()
    assert [one.get(id).void for one in team.all] == [None] * 3
    assert not any(conflicts(one, id) for one in team.all) and same(*team.all)


def test_14_who_saw_the_void_may_restore_and_edit(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.void(id, "重复")
    team.meet()
    b.book.restore(id)
    b.book.edit(id, {"cause": "x"})
    team.meet()
    assert [one.get(id).void for one in team.all] == [None] * 3
    assert not any(conflicts(one, id) for one in team.all) and same(*team.all)


def test_15_two_voidings_agree(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.void(id, "重复")
    b.book.void(id, "写错")
    team.meet()
    assert all(one.get(id).void in ("重复", "写错") for one in team.all)
    assert not any(conflicts(one, id) for one in team.all) and same(*team.all)


# -- delivery --------------------------------------------------------------------------------------


def test_20_a_change_waits_for_what_it_builds_on(team: Team) -> None:
    a, b, c = team.all
    id = shared(team, cause="x")
    a.book.edit(id, {"cause": "y"})
    give(a, b)
    b.book.edit(id, {"cause": "z"})
    own = {
        **b.exchange.vector(_space(team)),
        b.device: c.exchange.vector(_space(team)).get(b.device, 0),
    }
    letter = list(b.exchange.offer(_space(team), own))
    report = c.exchange.take(letter)
    (waits,) = report.waiting
    assert (waits.want.device, waits.want.what) == (a.device, "change")
    assert c.get(id).cause == "x" and report.outcome.applied == 0  # type: ignore[attr-defined]
    give(a, c)
    assert c.get(id).cause == "z" and not conflicts(c, id)  # type: ignore[attr-defined]
    assert not c.exchange.waiting()
    team.meet()
    assert same(*team.all)


def _space(team: Team) -> str:
    return f"p:{team.project}"


# -- clocks ----------------------------------------------------------------------------------------


def test_31_a_clock_of_2099_blocks_nobody(team: Team) -> None:
    a, b, c = team.all
    id = shared(team)
    b.clock(4_070_908_800_000)
    b.book.edit(id, {"cause": "2099"})
    c.book.edit(id, {"cause": "now"})
    team.meet()
    assert all(set(values(one, id, "cause")) == {"2099", "now"} for one in team.all)
    a.book.edit(id, {"cause": "later"})
    b.clock(None)
    team.meet()
    a.book.edit(id, {"place": "p"})
    b.book.edit(id, {"place": "q"})
    team.meet()
    assert same(*team.all) and all("later" in values(one, id, "cause") for one in team.all)
    assert millis(_clock(a)) < a.workspace.log.now() + 10 * 60_000


def test_32_a_refused_segment_leaves_the_clock_alone(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    b.clock(a.workspace.log.now() + 60_000)
    b.book.edit(id, {"cause": "x"})
    before = _clock(a)
    letter = [_broken(blob) for blob in _letter(b, a)]
    report = a.exchange.take(letter)
    assert len(report.refused) == len(letter) > 0 and report.outcome.applied == 0
    assert _clock(a) == before and a.get(id).cause is None  # type: ignore[attr-defined]
    team.meet()
    assert _clock(a) > before


def _clock(one: Replica) -> int:
    return int(one.workspace.store.meta("clock"))


def _broken(blob: bytes) -> bytes:
    """A segment whose last hash was altered on the way."""
    from dataclasses import replace

    from sync.encoding.segment import decode, encode

    segment = decode(blob)
    return encode(replace(segment, hash=bytes(32)))


def test_33_a_clock_set_back_keeps_the_order(team: Team) -> None:
    a, _, c = team.all
    id = shared(team)
    for offset, text in ((0, "x"), (-YEAR, "y"), (-YEAR, "z")):
        a.clock(1_780_000_000_000 + offset)
        a.book.edit(id, {"cause": text})
    team.meet()
    entries = [entry for entry in c.book.change_log.history(id) if "cause" in entry.fields]
    assert [entry.fields["cause"] for entry in entries] == ["x", "y", "z"]
    assert len({entry.at for entry in entries}) == 3
    times = [millis(entry.at) for entry in entries]  # as the clock said each time
    assert times == [1_780_000_000_000, 1_780_000_000_000 - YEAR, 1_780_000_000_000 - YEAR]


# -- text ------------------------------------------------------------------------------------------

TEXTS = {
    "chinese and emoji": "精密空调⚠️🧰👩🏽‍🔧",
    "200 kB": "漏水" * 34_000,
    "line ends": "a\r\nb\nc\r",
    "NFC and NFD": "é\u0065\u0301",
    "quotes": "'\";--\\u0000 \\n {} %s [/]",
    "control": "\x1b[31m\x07\u202e",
}


@pytest.mark.parametrize("name", TEXTS)
def test_49_text_is_the_same_bytes_everywhere(team: Team, name: str) -> None:
    id = shared(team, cause=TEXTS[name])
    for one in team.all:
        found = one.get(id).cause  # type: ignore[attr-defined]
        assert found.encode() == TEXTS[name].encode()


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_49_what_no_text_is_is_refused_at_entry(team: Team, text: str) -> None:
    with pytest.raises(Refused):
        team.fix(team.founder, cause=text)


# -- states ----------------------------------------------------------------------------------------

DONE = {"cause": "c", "correction": "d"}


@pytest.mark.shows(70)
def test_50_fixed_and_closed_at_once_is_fixed(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team)
    a.book.move(id, "fix", DONE)
    for move in ("fix", "verify", "close"):
        b.book.move(id, move, DONE if move == "fix" else {})
    team.meet()
    assert [one.get(id).state for one in team.all] == ["fixed"] * 3
    assert all(set(values(one, id, "state")) == {"fixed", "closed"} for one in team.all)
    for one in team.all:
        assert sorted(_moves(one, id)) == ["close", "fix", "fix", "verify"]
    assert same(*team.all)


def test_50_the_same_move_at_once_lists_both_people(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team, **DONE)
    for one in (a, b):
        one.book.move(id, "fix")
    team.meet()
    assert not any("state" in conflicts(one, id) for one in team.all)
    sql = "SELECT author FROM transition WHERE record=? AND move='fix'"
    for one in team.all:
        found = {author for (author,) in one.workspace.store.rows(sql, (id,))}
        assert found == {team.person(a), team.person(b)}


def _moves(one: Replica, id: str) -> list[str]:
    sql = "SELECT move FROM transition WHERE record=?"
    return [str(row[0]) for row in one.workspace.store.rows(sql, (id,))]


def test_51_closed_and_reopened_at_once_is_open(team: Team) -> None:
    a, b, _ = team.all
    id = shared(team, **DONE)
    for move in ("fix", "verify"):
        a.book.move(id, move)
    team.meet()
    a.book.move(id, "close")
    b.book.move(id, "reopen", comment="又坏了")
    team.meet()
    assert [one.get(id).state for one in team.all] == ["open"] * 3
    assert all(set(values(one, id, "state")) == {"open", "closed"} for one in team.all)
    assert same(*team.all)


def test_52_approved_while_somebody_edits_is_approved_then_changed(tmp_path: Path) -> None:
    team = Team(tmp_path, "b", "c", roles=(ENGINEER, DEPARTMENT_MANAGER))
    _, b, c = team.all
    values = {"phenomenon": "x", "reason_kind": "complex"}
    id = b.book.add("escalation", values, project=team.project).id
    team.meet()
    c.book.move(id, "accept", taken_up(c.book))
    team.meet()
    b.book.move(id, "draft", {"solution": "换主板"})
    team.meet()
    c.book.move(id, "approve")
    b.book.edit(id, {"solution": "换电源"})
    assert changed_since(c.book.store, c.get(id)) == ()
    team.meet()
    assert same(*team.all) and not any(quarantined(one) for one in team.all)
    for one in team.all:
        found = one.get(id)
        assert (found.state, found.solution) == ("approved", "换电源")  # type: ignore[attr-defined]
        assert [place.register for place in changed_since(one.book.store, found)] == ["solution"]
    team.close()
