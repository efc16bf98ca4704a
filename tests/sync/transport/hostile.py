"""Stage: what a forgery meets: a hub, a peer, a shared folder and a bundle, each as it was before.

The scene's organisation is at work; one more colleague, the receiver, has taken all of it, and so
has a hub. Every delivery goes to a copy of these. What is forged is brought by another member, as
when somebody hands on what they got: so it meets the checks of content, not only those of who asks.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.encoding.msgpack_values import packed
from sync.encoding.segment import decode, encode
from sync.hub.hub import Hub
from sync.hub.routes import WAYS as ASKED
from sync.hub.routes import HubResponse, answer
from sync.hub.serving import asgi  # noqa: F401  (ways)
from sync.organisation import administration
from sync.transport.bundle import bundle
from sync.transport.bundle.framing import HEADER, MEMBERS, PART, FrameWriter
from sync.transport.folder import files
from sync.transport.folder.carrier import Folder
from sync.transport.folder.space_keys import EVERYBODY, Key, Ring
from sync.transport.http.hub_errors import HubError
from sync.transport.http.payloads import entry_told
from sync.transport.http.signed_request import Ask, framed, signed_headers, written
from sync.transport.incoming import ExchangeReport
from sync.transport.round import SyncRound
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.encryption import lock
from sync.trust.membership import Membership
from sync.trust.membership_entry import MembershipEntry
from sync.workspace.workspace import open_book
from tests.support.replicas import Replica, book_of, replica
from tests.support.scene import Scene, furnished
from tests.sync.transport.test_every_way import sound

Quarantine = dict[tuple[str, int], str]
"""(device, sequence) -> the reason, in English."""


@dataclass
class Met:
    """What became of a delivery."""

    refused: list[Any] = field(default_factory=list)
    """Reasons against segments or membership entries, in English."""
    waits: int = 0
    forked: int = 0
    quarantined: Quarantine = field(default_factory=dict)
    parked: Quarantine = field(default_factory=dict)
    """Left to a newer program."""
    state: object = None
    """What is held afterwards."""


class Stage:
    """One scene, and books and a hub that have taken all of its honest work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scene: Scene = furnished(folder / "scene")
        self.home = folder / "receiver"
        self.home.mkdir()
        key = device_key.make(self.home)
        person = administration.add_person(self.scene.workspace, "收件人", "")
        administration.set_role(self.scene.workspace, person, ENGINEER, "*", grant=True)
        log = administration.change(
            self.scene.workspace, lambda log, by: log.admit(person, key.id, key.public, "x", by)
        )
        self.hub = folder / "hub"
        self.hub.mkdir()
        device_key.make(self.hub)
        log = self.steered(log)
        self.scene.seal()
        self.blobs = [encode(one) for one in self.scene.sealed]
        self.receiver = key
        self.entries = list(log.entries)
        self._hub()
        self._book(log)
        self._count = 0

    @property
    def bringer(self) -> DeviceKey:
        """A member who hands things on."""
        return self.scene.actors["mate"].key

    def steered(self, log: Membership) -> Membership:
        """The log that everybody has; another stage adds to it."""
        return log

    def _hub(self) -> None:
        house = _house(self.hub)
        house.create()
        house.base.write(lambda: house.membership.grow(lambda none: none.extend(self.entries)))
        for blob in self.blobs:
            told = self.bring(house, decode(blob).space, [blob])
            assert b'"applied"' in told.body
        house.base.close()

    def _book(self, log: Membership) -> None:
        """The receiver has taken everything, and met the others in a shared folder."""
        one = replica(book_of(self.home, log))
        assert one.exchange.take(self.blobs).outcome.quarantined == 0
        share = self.folder / "shared" / "share"
        share.mkdir(parents=True)
        carrier = Folder(one.exchange, share)
        assert SyncRound(one.exchange, carrier).run().done
        ring = Ring(carrier.root, self.bringer)
        ring.load(log)
        for space in (EVERYBODY, *one.exchange.spaces()):
            ring.writing(space, log)
        ring.grant(log)
        one.workspace.close()

    def bring(self, house: Hub, space: str, blobs: Sequence[bytes]) -> HubResponse:
        """Segments to the hub."""
        return asked(house, self.bringer, "/v1/segments", framed([*blobs]), space=space)

    def fresh(self, name: str) -> Path:
        """A copy of the receiver's or the hub's folder."""
        self._count += 1
        return Path(shutil.copytree(self.folder / name, self.folder / f"{name}-{self._count}"))

    def close(self) -> None:
        """Close the scene."""
        self.scene.close()


def _house(home: Path) -> Hub:
    return Hub(home, f"sqlite:///{home}/hub.sqlite3")


def asked(house: Hub, key: DeviceKey, path: str, body: bytes, **query: str | int) -> HubResponse:
    """What a hub answers to a request that a device signs. Raises `HubError`."""
    draft, nonce = Ask("POST", path, urlencode(query), {}, body), secrets.token_hex(16)
    organisation = house.membership.now().organisation
    headers = signed_headers(key, organisation, draft, house.epoch, house.now(), nonce)
    return answer(house, ASKED["POST", path], draft._replace(headers=headers))


class AtHub:
    """The hub's own door: a signed request, as the program behind the address answers it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.home = stage.fresh("hub")
        self.house = _house(self.home)

    def now(self) -> Met:
        """What is there."""
        return self._met(Met())

    def sound(self, *, forked: bool) -> bool:
        """Whether its chains are what their ends say, whatever it was shown besides."""
        depot = self.house.segments
        every = [(one, depot.tips(one, 0)) for one in depot.spaces()]
        return all(depot.hash_at(one, *tip) for one, tips in every for tip in tips.items())

    def blobs(self, space: str, blobs: Sequence[bytes]) -> Met:
        """Bring segments."""
        told = json.loads(self.stage.bring(self.house, space, blobs).body)
        what = [one["what"] for one in told["segments"]]
        refused = [one["why"] for one in told["refused"]]
        return self._met(Met(refused, what.count("wait"), what.count("forked")))

    def entries(self, some: Sequence[MembershipEntry]) -> Met:
        """Offer entries of the membership log."""
        body = written({"entries": [entry_told(one) for one in some]})
        try:
            asked(self.house, self.stage.bringer, "/v1/members", body)
        except HubError as why:
            return self._met(Met([why.facts.get("why") or why.reason]))
        return self._met(Met())

    def close(self) -> None:
        """Away with it, and with its folder: there are a thousand."""
        self.house.base.close()
        shutil.rmtree(self.home)

    def _met(self, met: Met) -> Met:
        base = self.house.base
        table = base.t.Quarantined
        rows = table.select(table.device, table.seq, table.reason).tuples()
        met.quarantined = {(str(d), int(q)): str(why) for d, q, why in rows}
        left = base.t.Parked.select(base.t.Parked.device, base.t.Parked.seq).tuples()
        met.parked = {(str(device), int(seq)): "" for device, seq in left}
        spaces = self.house.segments.spaces()
        tips = {one: self.house.segments.tips(one, 0) for one in spaces}
        met.state = tips, len(self.house.membership.now().entries)
        return met


class AtBook:
    """A book that takes segments from a peer: what every other way comes to in the end."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.one: Replica = replica(open_book(stage.fresh("receiver")))

    def now(self) -> Met:
        """What is there."""
        return self._met(ExchangeReport)

    def sound(self, *, forked: bool) -> bool:
        """Whether the book passes its own check, which names the device of a fork."""
        return sound(self.one, copied=forked)

    def blobs(self, space: str, blobs: Sequence[bytes]) -> Met:
        """Take them."""
        return self._met(lambda: self._blobs(space, blobs))

    def entries(self, some: Sequence[MembershipEntry]) -> Met:
        """Take entries."""
        return self._met(lambda: self._entries(some))

    def close(self) -> None:
        """Close the book, and away with its folder."""
        self.one.workspace.close()
        shutil.rmtree(self.one.home)

    def _blobs(self, _space: str, blobs: Sequence[bytes]) -> ExchangeReport:
        return self.one.exchange.take(blobs)

    def _entries(self, some: Sequence[MembershipEntry]) -> ExchangeReport:
        return self.one.exchange.take_members(some)

    def _met(self, deliver: Callable[[], ExchangeReport]) -> Met:
        met = Met()
        try:
            report = deliver()
            met.refused = [_english(why) for why in report.refused]
        except Refused as why:
            met.refused = [_english(why)]
        count = self.one.workspace.store.rows
        met.waits = count("SELECT count(*) FROM waiting")[0][0]
        met.forked = count("SELECT count(*) FROM fork")[0][0]
        every = self.one.exchange.quarantined()
        met.quarantined = {(one.device, one.seq): one.reason.en for one in every}
        exchange = self.one.exchange
        vectors = {space: exchange.vector(space) for space in exchange.spaces()}
        met.state = vectors, len(exchange.trust.membership.entries), self.one.digest()
        sql = "SELECT d.id, p.seq FROM parked p JOIN device d ON d.idx=p.idx"
        met.parked = {(str(device), int(seq)): "" for device, seq in count(sql)}
        return met


class AtFolder(AtBook):
    """A shared folder, into which a member with the right keys puts what is forged."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.number = 0
        self.way = stage.fresh("shared") / "share"
        self.ring = Ring(Folder(self.one.exchange, self.way).root, stage.bringer)
        self.ring.load(self.one.exchange.trust.membership)

    def _blobs(self, space: str, blobs: Sequence[bytes]) -> ExchangeReport:
        key = self._key(space)
        folder = self.ring.home / files.SEGMENTS / files.named(space)
        for blob in blobs:
            self.number += 1
            data = self.ring.seal(key, blob)
            span = f"{self.number}_{self._next(space, blob)}_{self._chain(key, blob)}"
            files.put(
                self.ring.root, folder / f"{span}_{key.id}_{len(data)}_{files.sum_of(data)}", data
            )
        return self._round()

    def _next(self, space: str, blob: bytes) -> str:
        """A name which lies that the segment is the next one of its device, so that it is read."""
        device = self.stage.bringer.id
        with suppress(Refused):
            device = decode(blob).device
        seq = self.one.exchange.vector(space).get(device, 0) + 1
        return f"{device}_{seq}_{seq}"

    def _chain(self, key: Key, blob: bytes) -> str:
        with suppress(Refused):
            return key.veiled(decode(blob).hash)
        return key.veiled(b"")

    def _entries(self, some: Sequence[MembershipEntry]) -> ExchangeReport:
        key = self._key(EVERYBODY)
        every = [*self.stage.entries[: some[0].n - 1], *some]
        data = self.ring.seal(key, packed([[e.n, e.hash, e.body, e.sig] for e in every]))
        name = f"{len(every) + 9}_{key.id}_{len(data)}_{files.sum_of(data)}"
        files.put(self.ring.root, self.ring.home / files.LOG / name, data)
        return self._round()

    def _key(self, space: str) -> Key:
        return self.ring.writing(space, self.one.exchange.trust.membership)

    def _round(self) -> ExchangeReport:
        done = SyncRound(self.one.exchange, Folder(self.one.exchange, self.way)).run()
        done.taken.refused += done.refused
        return done.taken


class AtBundle(AtBook):
    """A bundle file that a member wrote, rightly sealed as a whole."""

    def _blobs(self, space: str, blobs: Sequence[bytes]) -> ExchangeReport:
        return self._read([(space, [*blobs])], self.stage.entries)

    def _entries(self, some: Sequence[MembershipEntry]) -> ExchangeReport:
        return self._read([], [*self.stage.entries[: some[0].n - 1], *some])

    def _read(
        self, parts: Sequence[tuple[str, list[bytes]]], log: Sequence[MembershipEntry]
    ) -> ExchangeReport:
        path, key = self.one.home / "x.sitebook", self.stage.bringer
        to = [self.stage.receiver.public]
        with path.open("wb") as file:
            out = FrameWriter(file)
            out.frame(HEADER, packed([self.stage.scene.organisation, key.id, key.public]))
            rows = [[one.n, one.hash, one.body, one.sig] for one in log]
            out.frame(MEMBERS, lock(packed(rows), to))
            for space, blobs in parts:
                out.frame(PART, lock(packed([space, {}, blobs, ""]), to))
            out.end(key)
        done = bundle.read(self.one.exchange, path)
        done.taken.refused += done.refused
        return done.taken


def _english(why: Refused) -> str:
    """The sentence's pattern; of a refused bundle, that of the reason inside."""
    inner = why.values.get("why")
    return _english(inner) if isinstance(inner, Refused) else why.word.en


Door = AtHub | AtBook
DOORS: dict[str, Callable[[Stage], Door]] = {
    "hub": AtHub,
    "peer": AtBook,
    "folder": AtFolder,
    "bundle": AtBundle,
}
