"""What can happen between a device and a hub: lost, doubled, cut, stalled, altered, full."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest

from models.storage import blobs as kept
from models.text.words import Refused, W
from sync.hub.hub import Hub
from sync.hub.storage.segment_check import prove
from sync.log.change_log import FORMER
from sync.transport import attachments
from sync.transport.http.carrier import reach
from sync.transport.http.signed_request import framed
from sync.transport.round import SyncRound, side
from sync.trust import device_key
from sync.workspace.hub_address import Address
from tests.support.faulty_proxy import Proxy, Trouble, What
from tests.support.replicas import Team, give
from tests.sync.hub.way import Served, house_of
from tests.sync.transport.hostile import asked
from tests.sync.transport.test_every_way import portions, rows, same, sound


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """A hub."""
    folder = tmp_path / "served"
    folder.mkdir()
    return Served(folder)


@pytest.fixture
def house(served: Served) -> Hub:
    """What is behind its address."""
    return house_of(served.folder)


def settled(team: Team, served: Served, house: Hub) -> None:
    """Rounds without trouble end in sync: nothing lost, nothing twice, here and there."""
    for one in (*team.all, *team.all):
        assert served.out(one).done
    assert same(*team.all) and len({rows(one) for one in team.all}) == 1
    assert all(sound(one) for one in team.all)
    for one in team.all:
        wanted = attachments.listed(one.workspace)
        assert all(kept.whole(one.home, file.sha256) for file in wanted)
    segment = house.base.t.Segment
    for space in team.founder.exchange.spaces():
        tips = house.segments.tips(space, 0)
        assert tips == team.founder.exchange.vector(space)
        held = segment.select(segment.first, segment.last).where(segment.space == space).tuples()
        assert sum(last - first + 1 for first, last in held) == sum(tips.values())


# -- answers and requests --------------------------------------------------------------------------


class Unruly:
    """A transport that loses answers, and sends requests twice."""

    def __init__(self, inner: Any, rng: Random) -> None:
        self.inner = inner
        self.rng = rng
        self.met: set[str] = set()

    def handle_request(self, request: Any) -> Any:
        """One request."""
        import httpx2

        what = self.rng.choice(["lost", "twice", "again", "", "", ""])
        self.met.add(what)
        if what in ("twice", "again"):
            first = self.inner.handle_request(request)
            first.read()
            second = self.inner.handle_request(request)
            second.read()
            return first if what == "twice" else second
        reply = self.inner.handle_request(request)
        if what == "lost":
            reply.read()
            raise httpx2.ReadError("the line broke", request=request)
        return reply

    def close(self) -> None:
        """As the one inside."""
        self.inner.close()


def test_case_22_answers_lost_and_requests_doubled(team: Team, served: Served, house: Hub) -> None:
    for one in team.all:
        served.out(one)
    met = set[str]()
    for number in range(18):
        one, rng = team.all[number % 3], Random(number)
        fix = team.fix(one)
        carrier = reach(one.exchange)
        unruly = carrier.wire._client._transport = Unruly(carrier.wire._client._transport, rng)
        with suppress(Refused):
            SyncRound(one.exchange, carrier).run()
        met |= unruly.met
        assert one.get(fix).id == fix and sound(one)
    assert met == {"lost", "twice", "again", ""}
    settled(team, served, house)


# -- the line --------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", get_args(What))
def test_cases_24_and_29_a_line_that_misbehaves(
    team: Team, served: Served, house: Hub, what: What, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut, stalled, slow or altered anywhere in either direction."""
    monkeypatch.setattr("sync.transport.http.client.SECONDS", 0.3)
    _over_a_bad_line(team, served, what, 12)
    settled(team, served, house)


@pytest.mark.long
@pytest.mark.parametrize("what", get_args(What))
def test_cases_24_and_29_a_line_that_misbehaves_for_long(
    team: Team, served: Served, house: Hub, what: What, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.transport.http.client.SECONDS", 0.3)
    _over_a_bad_line(team, served, what, 500)
    settled(team, served, house)


def _over_a_bad_line(team: Team, served: Served, what: What, count: int) -> None:
    """So many rounds, each with a new record; every connection meets trouble somewhere."""
    for one in team.all:
        served.out(one)
    rng, honest = Random(len(what)), served.note.read_text(encoding="utf-8")

    def plan() -> Trouble | None:
        return Trouble(what, rng.randrange(200, 9_000), rng.random() < 0.5)

    known, refused = Address(*json.loads(honest)), 0
    with Proxy(int(known.url.rpartition(":")[2]), plan) as line:
        through = known._replace(url=f"https://127.0.0.1:{line.port}")
        served.note.write_text(json.dumps(through), encoding="utf-8")
        for number in range(count):
            one = team.all[number % 3]
            fix = team.fix(one, phenomenon=rng.randbytes(700).hex())
            if number % 4 == 0:
                photo = kept.keep_bytes(one.home, rng.randbytes(12_000), "照片")
                told = {"sha256": photo.sha256, "size": photo.size, "name": "照片"}
                one.book.add("attachment", {**told, "about": fix})
            try:
                served.out(one)
            except Refused:
                refused += 1
            assert one.get(fix).id == fix
            assert number % 12 or all(sound(each) for each in team.all)
        assert len(line.met) > 3 and (refused > 0 or what in ("slow", "stall"))
    served.note.write_text(honest, encoding="utf-8")


# -- what is brought -------------------------------------------------------------------------------


def test_case_27_every_cut_and_every_flipped_byte_at_the_hub(
    team: Team, served: Served, house: Hub
) -> None:
    a = team.founder
    served.out(a)
    team.fix(a)
    space, membership = f"p:{team.project}", a.exchange.trust.membership
    (blob,) = a.exchange.offer(space, house.segments.tips(space, 0))
    rng, before = Random(27), house.segments.at(space)
    damaged = [blob[:size] for size in range(len(blob))]
    for at in range(len(blob)):
        bad = bytearray(blob)
        bad[at] ^= 1 << rng.randrange(8)
        damaged.append(bytes(bad))
    for one in damaged:
        with suppress(Refused):
            assert prove(one, space, membership).hashes == prove(blob, space, membership).hashes
    for one in rng.sample(damaged[1:], 30):
        reply = asked(house, device_key.load(a.home), "/v1/segments", framed([one]), space=space)
        told = json.loads(reply.body)
        assert told["refused"] or told["segments"][0]["what"] in ("applied", "known")
    if house.segments.at(space) == before:
        assert served.out(a).given == 1
    settled(team, served, house)


def test_case_30_the_same_brought_by_two(team: Team, served: Served, house: Hub) -> None:
    a, b, _ = team.all
    served.out(a)
    portions(team, a)
    give(a, b)
    blobs = [blob for s in b.exchange.spaces() for blob in b.exchange.offer(s, {})]
    assert served.out(b).done and served.out(a).done
    assert len(blobs) > 3
    settled(team, served, house)


def test_case_44_who_boasts_gets_no_less(team: Team, served: Served, house: Hub) -> None:
    """It says that it holds everything there ever will be, and is given what it lacks."""
    a, _, c = team.all
    for one in team.all:
        served.out(one)
    fix, space = team.fix(a), f"p:{team.project}"
    carrier = reach(c.exchange)
    carrier.meet(side(c.exchange))
    carrier._call("POST", "/v1/held", json.dumps({space: [1 << 40, ""]}).encode())
    carrier.wire.close()
    assert c.exchange.vector(space).get(a.device, 0) == 0
    served.out(a)
    reader = house.base.t.Reader
    (upto,) = reader.select(reader.n).where(reader.device == c.device, reader.space == space)
    assert upto.n < house.segments.at(space)[0]
    served.out(c)
    assert c.get(fix).id == fix
    settled(team, served, house)


# -- the hub's disk --------------------------------------------------------------------------------


def test_case_28_the_hubs_disk_is_full(
    team: Team, served: Served, house: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is signed for that is not there; the sentence says whose disk it is."""
    a, write, refused = team.founder, house.base.write, 0
    served.out(a)
    for number in range(6):
        team.fix(a, phenomenon=Random(number).randbytes(9_000).hex())
    for room in (0, 1, 4, 400):
        (pages,) = house.base.db.execute_sql("PRAGMA page_count").fetchone()
        full = f"PRAGMA max_page_count={pages + room}"
        limited = lambda work, sql=full: (house.base.db.execute_sql(sql), write(work))[1]  # noqa: E731
        monkeypatch.setattr(house.base, "write", limited)
        try:
            served.out(a)
        except Refused as why:
            refused += 1
            assert "磁盘已满" in str(why) and "同步服务器" in str(why), why
            assert sound(a) and same(a)
    assert refused
    settled(team, served, house)


class Broken(BaseException):
    """What ends a program from outside, such as an interrupt."""


@pytest.mark.parametrize("end", ["done", "stopped", "refused", "broken", "key awaited"])
def test_every_round_hangs_up_whatever_became_of_it(
    team: Team, served: Served, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = team.founder
    served.out(one)
    portions(team, one, 3)
    carrier = reach(one.exchange)

    def told(_share: float) -> None:
        if end == "refused":
            raise Refused(W("不行", "no"))
        if end == "broken":
            raise Broken

    if end == "key awaited":
        one.workspace.store.set_meta(FORMER, json.dumps([one.device]))
        monkeypatch.setattr(one.workspace.log, "device", "of a new key")
    going = SyncRound(one.exchange, carrier, tell=told, stop=lambda: end == "stopped")
    if end in ("done", "stopped"):
        assert going.run().stopped == (end == "stopped")
    else:
        with pytest.raises(Broken if end == "broken" else Refused):
            going.run()
    assert carrier.wire._client.is_closed
