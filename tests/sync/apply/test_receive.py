"""Segments arriving in real books: any order, twice, too early, cut off, on a full disk.

Sync cases 12, 18, 19, 20, 26, 28, 44.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest

from models.schema.roles import PROJECT_MANAGER
from models.storage import integrity
from models.storage.store import FULL
from models.text.words import Refused
from sync.apply.apply_changes import Applying
from sync.apply.receive import (
    Allowed,
    Checked,
    Forked,
    Fresh,
    Known,
    Part,
    Pending,
    Rejected,
    apply,
    authorise,
    check,
    place,
)
from sync.apply.reevaluation import consistency
from sync.apply.transaction import begin
from sync.encoding.segment import decode, encode
from sync.log import seals
from sync.log.histories import forks
from sync.organisation import administration
from sync.transport.exchange import Exchange
from sync.validation.verify import ALTERED, Want
from sync.workspace.workspace import Workspace, open_book
from tests.support.bustle import Bustle, rebuilt
from tests.support.forked_processes import Nursery
from tests.support.replicas import Replica, Team, contents, differences, give, replica


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two engineers, in sync."""
    made = Team.copied(tmp_path, "b", "c", roles=("engineer", PROJECT_MANAGER), met=True)
    yield made
    made.close()


def small(team: Team, count: int) -> list[bytes]:
    """So many small segments of the founder, each building on the one before."""
    a, space = team.founder, f"p:{team.project}"
    known = a.exchange.vector(space)
    ids = [team.fix(a) for _ in range(4)]
    a.exchange.seal_now(space)
    for number in range(count - 1):
        a.book.edit(ids[number % 4], {"cause": f"c{number}"})
        a.book.edit(ids[(number + 1) % 4], {"place": f"p{number}"})
        a.exchange.seal_now(space)
    return list(a.exchange.offer(space, known))


def faults(opened: Workspace) -> list[str]:
    """What the checks of a whole book find, and segments that are not whole."""
    found = [*consistency.everything(opened), *integrity.database(opened.store.rows)]
    texts = [str(one) for one in found if one.bad]
    sql = (
        "SELECT h.space, h.idx, h.seq, (SELECT max(seq) FROM change c WHERE c.space=h.space"
        " AND c.idx=h.idx), (SELECT max(last) FROM seal s WHERE s.space=h.space AND s.idx=h.idx)"
        " FROM head h WHERE h.idx<>?"
    )
    for row in opened.store.rows(sql, (opened.log.idx,)):
        if len({*row[2:]}) > 1:
            texts.append(f"not whole: {row}")
    return texts


@pytest.mark.parametrize("seed", range(7))
def test_12_random_work_comes_out_the_same_everywhere(tmp_path: Path, seed: int) -> None:
    bustle = Bustle(tmp_path, seed)
    bustle.run(100)
    assert bustle.same() and {"edit", "carry", "double"} <= bustle.met.keys()
    for one in bustle.team.all:
        assert faults(one.workspace) == [] and one.exchange.quarantined() == []
        before = contents(one.book)
        assert rebuilt(one) == before
    bustle.team.close()


@pytest.mark.long
def test_12_many_more_histories(tmp_path: Path) -> None:
    for seed in range(1000, 1500):
        bustle = Bustle(tmp_path / str(seed), seed)
        bustle.run(150)
        assert bustle.same(), seed
        assert all(rebuilt(one) == contents(bustle.team.founder.book) for one in bustle.team.all)
        bustle.team.close()
        shutil.rmtree(tmp_path / str(seed))


def test_18_twice_is_once(team: Team) -> None:
    b = team.all[1]
    blobs = small(team, 6)
    once = b.exchange.take(blobs)
    rows = b.workspace.store.rows("SELECT count(*) FROM change")
    digest = b.digest()
    again = b.exchange.take([*blobs, *blobs[::-1]])
    assert (again.outcome.applied, again.known) == (0, 12) and once.outcome.applied == 14
    assert b.workspace.store.rows("SELECT count(*) FROM change") == rows and b.digest() == digest


@pytest.mark.parametrize("seed", range(6))
def test_19_any_order_comes_to_the_same_by_whole_prefixes(team: Team, seed: int) -> None:
    a, b, c = team.all
    blobs = small(team, 12)
    c.exchange.take(blobs)
    mixed = Random(seed).sample(blobs * 2, 24)
    space, ends = f"p:{team.project}", {decode(blob).last for blob in blobs}
    for blob in mixed:
        b.exchange.take([blob])
        assert b.exchange.vector(space).get(a.device, 0) in {0, *ends}
        assert faults(b.workspace) == []
    assert not b.exchange.waiting() and b.digest() == c.digest()


def test_20_what_waits_outlives_the_program(team: Team) -> None:
    b, c = team.all[1:]
    blobs = small(team, 4)
    report = b.exchange.take(blobs[1:])
    assert [one.want.seq for one in report.waiting] == [
        decode(blob).first - 1 for blob in blobs[1:]
    ]
    assert report.outcome.applied == 0
    b.reopen()
    assert len(b.exchange.waiting()) == 3
    assert b.exchange.take(blobs[:1]).outcome.applied == sum(
        decode(blob).last - decode(blob).first + 1 for blob in blobs
    )
    assert not b.exchange.waiting()
    c.exchange.take(blobs)
    assert not differences(b, c)


def test_20_work_of_a_new_member_waits_for_the_membership(team: Team, tmp_path: Path) -> None:
    from sync.organisation import administration
    from sync.trust import device_key
    from tests.support.replicas import book_of, replica

    a, b, _ = team.all
    home = tmp_path / "late"
    home.mkdir()
    key, person = device_key.make(home), administration.add_person(a.workspace, "late", "")
    administration.set_role(a.workspace, person, "engineer", "*", grant=True)
    grown = administration.change(
        a.workspace, lambda log, signer: log.admit(person, key.id, key.public, "late", signer)
    )
    late = replica(book_of(home, grown))
    give(a, late)
    id = team.fix(late)
    space = f"p:{team.project}"
    report = b.exchange.take(late.exchange.offer(space, b.exchange.vector(space)))
    assert [one.want.what for one in report.waiting] == ["members"]
    assert b.book.find(id) is None
    taken = b.exchange.take_members(a.exchange.members(0))
    assert taken.members > 0 and taken.outcome.applied == 1
    assert b.get(id).author == person and not b.exchange.waiting()
    late.workspace.close()


def test_our_own_work_is_sealed_before_others_is_taken(team: Team) -> None:
    a, b, _ = team.all
    id = team.fix(a)
    team.meet()
    b.book.edit(id, {"cause": "x"})
    give(a, b, [])
    a.book.edit(id, {"place": "y"})
    space = f"p:{team.project}"
    b.exchange.take(a.exchange.offer(space, b.exchange.vector(space)))
    b.book.edit(id, {"correction": "z"})
    segments = [decode(blob) for blob in b.exchange.offer(space, {})]
    own = [one for one in segments if one.device == b.device]
    assert [(one.first, one.last) for one in own] == [(1, 1), (2, 2)]
    order = [(one.device, one.last) for one in segments]
    assert order.index((b.device, 1)) < order.index((a.device, 2)) < order.index((b.device, 2))


def test_44_what_a_peer_says_it_holds_marks_nothing_as_received(team: Team) -> None:
    a, b, _ = team.all
    team.fix(a)
    space = f"p:{team.project}"
    before = b.exchange.vector(space)
    claimed = {device: seq + 100 for device, seq in a.exchange.vector(space).items()}
    assert list(b.exchange.offer(space, claimed)) == []
    assert b.exchange.vector(space) == before
    assert give(a, b).outcome.applied == 1


# -- interruption ----------------------------------------------------------------------------------


def test_26_killed_at_any_moment_only_whole_segments_are_there(team: Team, tmp_path: Path) -> None:
    b = team.all[1]
    letter, copy, random = tmp_path / "letter", tmp_path / "copy", Random(26)
    letter.mkdir()
    for number, blob in enumerate(small(team, 60)):
        (letter / f"{number:04}").write_bytes(blob)
    b.workspace.close()
    shutil.copytree(b.home, copy)
    space, between = f"p:{team.project}", 0
    with Nursery("tests.sync.transport.lives") as nursery:
        for _ in range(32):
            nursery.begin("tests.sync.transport.lives:take", f"{copy}", f"{letter}")
            for _ in nursery.doomed(random.randint(0, 11), random.random() * 0.01):
                pass
            assert nursery.status in (0, -SIGKILL), nursery.said
            opened = open_book(copy)
            assert faults(opened) == []
            held = Exchange(opened).vector(space).get(team.founder.device, 0)
            between += 0 < held < 122
            opened.close()
            if held == 122:
                shutil.rmtree(copy)
                shutil.copytree(b.home, copy)
    assert between > 5
    opened = open_book(copy)
    Exchange(opened).take(path.read_bytes() for path in sorted(letter.iterdir()))
    assert faults(opened) == []
    taken = Replica(opened, Exchange(opened))
    assert not differences(team.founder, taken)
    opened.close()
    b.workspace = open_book(b.home)


def test_28_a_full_disk_leaves_everything_as_it_was(team: Team) -> None:
    _, b, _ = team.all
    blobs = small(team, 3)
    db = b.workspace.store.db
    before, digest = contents(b.book), b.digest()
    (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
    db.execute_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Refused) as refused:
        for _ in range(200):
            b.exchange.take(blobs)
            blobs = small(team, 3)
    assert refused.value.word == FULL
    db.execute_sql("PRAGMA max_page_count=1000000")
    assert faults(b.workspace) == [] and contents(b.book).keys() >= before.keys()
    team.meet()
    assert b.digest() == team.founder.digest() != digest


def test_a_segment_that_is_not_sealed_is_not_taken(team: Team) -> None:
    from dataclasses import replace

    from sync.encoding.segment import encode

    a, b, _ = team.all
    team.fix(a)
    space = f"p:{team.project}"
    (blob,) = a.exchange.offer(space, b.exchange.vector(space))
    segment = decode(blob)
    for wrong in (
        replace(segment, signature=bytes(64)),
        replace(segment, organisation="another"),
        replace(segment, device=b.device),
    ):
        report = b.exchange.take([encode(wrong)])
        assert len(report.refused) == 1 and report.outcome.applied == 0
    assert len(b.exchange.take([b"", b"rubbish", blob[:-1]]).refused) == 3
    assert b.exchange.take([blob]).outcome.applied == 1


def test_the_seals_cover_everything_that_is_sent(team: Team) -> None:
    a, b, _ = team.all
    small(team, 5)
    give(a, b)
    db = b.workspace.store.db.connection()
    for space in b.exchange.spaces():
        ends: dict[int, int] = {}
        for one in seals.of_space(db, space):
            assert one.first == ends.get(one.idx, 0) + 1
            ends[one.idx] = one.last
        held = {b.workspace.people.device_of(idx): last for idx, last in ends.items()}
        assert held == b.exchange.vector(space)


def imported(one: Replica, team: Team) -> str:
    """A fix with the ref that it has in somebody's list; its id."""
    return one.book.add("fix", {"phenomenon": "x"}, project=team.project, ref="INC-7").id


def test_two_devices_gave_one_ref_before_they_met(team: Team) -> None:
    """Both imported the same list offline: both records stay, and the next import takes one."""
    a, b, c = team.all
    a.clock(1_795_000_000_000)
    b.clock(1_795_000_060_000)
    first, second = imported(a, team), imported(b, team)
    team.meet()
    for one in team.all:
        assert {one.get(first).ref, one.get(second).ref} == {"INC-7"} and first != second
    assert imported(c, team) == first
    a.book.void(first, "重复")
    team.meet()
    assert imported(c, team) == second
    assert not differences(a, b) and not differences(a, c)


# -- the four steps -----------------------------------------------------------------------------


def placed(one: Replica, blob: bytes) -> Fresh | Known | Forked | Pending | Rejected:
    """Where a whole segment belongs in a book."""
    checked = check(blob, one.exchange.trust.membership)
    assert isinstance(checked, Checked)
    with begin(one.workspace, one.exchange.trust, checked.segment.space) as tx:
        return place(tx, checked)


def test_a_blob_is_checked_without_a_look_at_the_book(team: Team) -> None:
    a, b, _ = team.all
    (blob,) = small(team, 1)
    checked = check(blob, b.exchange.trust.membership)
    assert isinstance(checked, Checked) and checked.writer.device == a.device
    assert len(checked.changes) == checked.segment.last - checked.segment.first + 1
    assert isinstance(check(b"x", b.exchange.trust.membership), Rejected)
    space = f"p:{team.project}"
    part = next(iter(a.exchange.snapshot(space, {})))
    assert isinstance(check(part, b.exchange.trust.membership), Part)
    assert isinstance(check(part, b.exchange.trust.membership, read_parts=True), Checked)


def test_a_seal_of_later_members_awaits_them(team: Team) -> None:
    b = team.all[1]
    administration.add_person(team.founder.workspace, "后来者", "")
    (blob,) = small(team, 1)
    checked = check(blob, b.exchange.trust.membership)
    assert isinstance(checked, Pending) and checked.want.what == "members"


def test_a_segment_is_placed_by_its_chain(team: Team) -> None:
    b = team.all[1]
    one, two, three = small(team, 3)
    first = placed(b, one)
    assert isinstance(first, Fresh) and len(first.changes) == 4
    gap = placed(b, three)
    assert isinstance(gap, Pending)
    assert gap.want == Want("change", team.founder.device, decode(two).last)
    b.exchange.take([one, two])
    assert isinstance(placed(b, one), Known) and isinstance(placed(b, three), Fresh)


def test_a_part_with_another_past_than_it_was_sealed_with_accuses_nobody(team: Team) -> None:
    a, b, _ = team.all
    small(team, 1)
    give(a, b)
    part = decode(next(iter(a.exchange.snapshot(f"p:{team.project}", {}))))
    report = b.exchange.take([encode(replace(part, prev=bytes(32)))])
    assert [why.word for why in report.refused] == [ALTERED] and report.forks == []
    assert forks.listed(b.workspace.store.db.connection()) == []


def test_another_history_is_a_fork(team: Team, tmp_path: Path) -> None:
    a, b = team.all[:2]
    shutil.copytree(a.home, tmp_path / "twin")
    (mine,) = small(team, 1)
    twin = replica(open_book(tmp_path / "twin"))
    known = b.exchange.vector(f"p:{team.project}")
    team.fix(twin)
    (other,) = twin.exchange.offer(f"p:{team.project}", known)
    b.exchange.take([mine])
    assert isinstance(placed(b, other), Forked)
    assert decode(other).hash not in {row[0] for row in b.workspace.store.rows(FORKS)}
    twin.workspace.close()


def test_nothing_is_written_before_the_changes_are_applied(team: Team) -> None:
    b = team.all[1]
    (blob,) = small(team, 1)
    before = b.exchange.vector(f"p:{team.project}")
    fresh = placed(b, blob)
    assert isinstance(fresh, Fresh)
    with begin(b.workspace, b.exchange.trust, fresh.segment.space) as tx:
        applying = Applying(tx)
        allowed = authorise(tx, fresh, applying)
        assert isinstance(allowed, Allowed) and allowed.faults == {}
        assert tx.log.vector(tx.space) == before
        applied = apply(tx, allowed, applying)
        assert applied.applied == 4 and applied.stale == set()
        assert len(applying.finish().touched) == 4
    assert b.exchange.vector(f"p:{team.project}")[team.founder.device] == fresh.segment.last


FORKS = "SELECT hash FROM fork"
