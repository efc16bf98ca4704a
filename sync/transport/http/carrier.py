"""Carrier: a hub as a carrier. What it says it holds counts only with its signed receipt.

A hub that was put back to an older state begins a new epoch, and is given everything again
(`sync.transport.http.receipt_store`).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.schema.natural_keys import file_of
from models.text.words import Refused, W
from sync.apply.reevaluation import incarnation
from sync.encoding.segment import decode
from sync.transport import attachments
from sync.transport.carrier import Side, Vector
from sync.transport.exchange import Exchange
from sync.transport.http import hub_errors, renewed_key, returned_log
from sync.transport.http.client import EMPTIED, OTHER_HUB, Denied, NewEpoch, Wire
from sync.transport.http.hub_errors import HubError
from sync.transport.http.hub_histories import HubHistories
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.receipt import Receipt
from sync.transport.http.receipt_store import ReceiptStore
from sync.transport.http.signed_request import framed, unframed, written
from sync.trust import space_access
from sync.trust.membership_entry import Head, Heads, MembershipEntry
from sync.trust.roster import Roster
from sync.workspace import acknowledgements, device_clocks, hub_address
from sync.workspace.hub_address import Address

PORTION = 3 << 20
GATHERED = 1_000
"""Most spaces in one request."""
SEGMENTS, CHANGES = 400, 2_000
"""Most in one request, unless one segment has more."""

NO_HUB = W(
    "{peer} 不是已加入的同步服务器。请用邀请码加入：sitebook join CODE。",
    "{peer} is no hub that was joined. Join one with its code: sitebook join CODE.",
)
NOT_TAKEN = W(
    "同步服务器没有采用 {count} 段改动：{why}。它们仍在本机。",
    "The hub did not take {count} segments: {why}. They are still here.",
)


def reach(exchange: Exchange, peer: str | None = None) -> HttpCarrier:
    """The hub of this workspace; at another address when one is named, which is remembered once
    the same authority has answered there.
    """
    known = hub_address.load(exchange.workspace.home)
    if known is None:
        raise Refused(NO_HUB, peer=peer or "")
    return HttpCarrier(exchange, known._replace(url=hub_address.spelt(known, peer or known.url)))


class HttpCarrier:
    """An open round with the hub."""

    name = "hub"
    takes = True

    def __init__(self, exchange: Exchange, known: Address) -> None:
        self.exchange = exchange
        self.workspace = exchange.workspace
        self.address = known
        self.wire = Wire(known.url, known.authority)
        self.key = exchange.admitted()
        self.refused: list[Refused] = []
        self._told: dict[str, Receipt] = {}
        """By space, the receipt of this meeting."""
        self._latest: dict[str, Receipt] = {}
        self._held: dict[str, Mapping[str, int]] = {}
        """By space, what the hub holds as far as known here."""
        self._begun: dict[str, int] = {}
        self._restricted = False
        """Whether the hub knows of restricted records."""
        self._gathered: dict[str, list[bytes]] = {}
        """Segments of restricted records that came with those of others."""
        self._histories = HubHistories(exchange)
        organisation = exchange.trust.membership.organisation
        self.receipts = ReceiptStore(exchange.workspace, known, organisation, self.name)

    # -- the round -------------------------------------------------------------------------------

    def meet(self, mine: Side) -> Side:
        """Hear what is new there; after a new epoch, everything."""
        with self._sane():
            return self._met(mine)

    def _met(self, mine: Side) -> Side:
        self._hello()
        try:
            data = self._meet()
        except NewEpoch:
            self._hello()
            data = self._meet()
        except Denied as denied:
            if denied.said == hub_errors.REVOKED:
                with self.workspace.store.write():
                    self.workspace.store.set_meta(incarnation.STOPPED, 1)
                raise incarnation.revoked(self.workspace) from denied
            log = self.exchange.trust.membership
            returned_log.recalled(self.wire, denied, log, self.key.id)
            self._hello()
            data = self._meet()
        device_clocks.measured(self.workspace, self.wire.ahead)
        roster = self.exchange.trust.membership
        me = roster.person_of(self.key.id) or ""
        with self.workspace.store.write():
            ends = self._histories.heard(data)
            for space, one in self._told.items():
                heads = {d: Head(q, b"") for d, q in self._of_others(one.tips).items()}
                acknowledgements.heard(
                    self.workspace, self.name, space, heads | ends.get(space, {})
                )
                self._held[space] = {**self._seen(space), **one.tips}
        for space in self._histories.awaited():
            self.give(space, ())
        vectors: dict[str, Vector] = dict(self._held)
        peers: dict[str, Mapping[str, Heads]] = {self.name: {}}
        peers |= _peers(data.get("peers"), self.key.id, self._histories.forked)
        for space, held in mine.vectors.items():
            if not self.exchange.holds(me, space):
                vectors[space] = self._bound(roster, me, space, held)
        return Side(int(data["members"]), vectors, peers)

    def _bound(self, roster: Roster, me: str, space: str, held: Vector) -> Vector:
        """What counts as held there of a space that is not open to this person.

        Only what they wrote themselves is given there, if that.
        """
        if not (self._restricted and space_access.may_give(roster, me, space)):
            return held
        own = acknowledgements.own(self.workspace)
        others = {device: seq for device, seq in held.items() if device not in own}
        return {**others, **self._held.get(space, {})}

    def _of_others(self, tips: Vector) -> dict[str, int]:
        """What the hub holds of others; of this device's chain it says where it ends."""
        return {device: seq for device, seq in tips.items() if device != self.workspace.log.device}

    def members(self, after: int) -> Iterable[Sequence[MembershipEntry]]:
        """What the hub appended."""
        found = list[MembershipEntry]()
        with self._sane():
            while True:
                there = self._call("GET", "/v1/members", after=after + len(found)).json()
                if not there["entries"]:
                    return [found] if found else []
                found += entries_heard(there["entries"])

    def give_members(self, entries: Sequence[MembershipEntry]) -> None:
        """Entries that the hub lacks."""
        give_members(self._call, entries)

    def give(self, space: str, blobs: Iterable[bytes]) -> Vector | None:
        """Bring segments; returns what the receipts say."""
        said = self._of_others(self._held.get(space, {}))
        me = self.exchange.trust.membership.person_of(self.key.id) or ""
        if not self.exchange.holds(me, space):  # a role was lost: only what is one's own
            own = acknowledgements.own(self.workspace)
            blobs = (blob for blob in blobs if decode(blob).device in own)
        with self._if_open():
            for some in (*_portions(blobs), *_portions(self._histories.from_the_start(space))):
                reply = self._call("POST", "/v1/segments", framed(some), space=space)
                with self._sane():
                    data = reply.json()
                    said |= self._given(space, data)
        self.receipts.keep(self.wire.epoch, {**self._told, **self._latest})
        return said

    def _given(self, space: str, data: Any) -> Vector:
        """What the receipt says, and word of what was not taken."""
        self._latest[space] = one = self.receipts.check(data, space, self.wire.epoch)
        if data["refused"]:
            why = hub_errors.heard(data["refused"][0]["why"])
            self.refused.append(Refused(NOT_TAKEN, count=len(data["refused"]), why=why))
        for part in data["segments"]:
            if part["what"] == "forked":
                self.refused += self._histories.doubted(
                    space, str(part["device"]), int(part["last"])
                )
        forked = {part["device"] for part in data["segments"] if part["what"] == "forked"}
        return {device: seq for device, seq in one.tips.items() if device not in forked}

    def fetch(self, space: str, vector: Vector) -> Iterator[bytes]:
        """What the hub has beyond this vector, in its order.

        Restricted records have a space each and are small: many come in one answer.
        """
        with self._if_open():
            yield from self._fetched(space, vector)

    def _fetched(self, space: str, vector: Vector) -> Iterator[bytes]:
        if file_of(space) is not None:
            if space not in self._gathered:
                self._gather(space)
            if space in self._gathered:
                yield from self._gathered.pop(space)
                return
        there = self._held.get(space, {})
        want = {one: vector.get(one, 0) for one, seq in there.items() if seq > vector.get(one, 0)}
        after = 0
        while want:
            reply = self._call("POST", "/v1/fetch", written(want), space=space, after=after)
            with self._sane():
                blobs = unframed(reply.body, 1 << 20)
            yield from blobs
            more = reply.headers.get("x-sitebook-next", "")
            if not more.isdecimal() or int(more) <= after:
                return
            after = int(more)

    def _gather(self, first: str) -> None:
        """Ask for this restricted record and those after it."""
        wants = dict[str, Vector]()
        for space in sorted(one for one in self._held if one >= first and file_of(one)):
            have = self.exchange.wanted(space)
            want = {d: have.get(d, 0) for d, q in self._held[space].items() if q > have.get(d, 0)}
            if want:
                wants[space] = want
            if len(wants) == GATHERED:
                break
        reply = self._call("POST", "/v1/gather", written(wants))
        with self._sane():
            blobs = unframed(reply.body, 1 << 20)
            whole = list(wants)[: int(reply.headers["x-sitebook-spaces"])]
            self._gathered = {space: [] for space in whole}
            for blob in blobs:
                self._gathered[decode(blob).space].append(blob)

    def contradicting(self) -> Iterator[bytes]:
        """Proofs of second histories of this device that the hub was shown; of others it tells."""
        with self._sane():
            yield from self._histories.proofs()
            self.refused += self._histories.told()

    def files(self) -> Mapping[str, int]:
        """Those of every space open to us."""
        if self._restricted:
            return self._files_by_space()
        found: dict[str, int] = {}
        me = self.exchange.trust.membership.person_of(self.key.id) or ""
        for space in self._told:
            if not self.exchange.holds(me, space):
                continue  # a role was lost meanwhile
            reply = self._call("GET", "/v1/files", space=space)
            with self._sane():
                data = reply.json()
                found |= {str(sha): int(size) for sha, size in data["files"].items()}
                begun = data["begun"].items()
                self._begun |= {f"{space}/{sha}": int(held) for sha, held in begun}
        return found

    def _files_by_space(self) -> Mapping[str, int]:
        here = dict[str, list[str]]()
        for one in attachments.listed(self.workspace):
            here.setdefault(one.space, []).append(one.sha256)
        found: dict[str, int] = {}
        told = sorted(self._told)
        for at in range(0, len(told), GATHERED):
            asked = {space: here.get(space, []) for space in told[at : at + GATHERED]}
            reply = self._call("POST", "/v1/files", written(asked))
            with self._sane():
                for space, data in reply.json()["spaces"].items():
                    found |= {str(sha): int(size) for sha, size in data["files"].items()}
                    begun = data["begun"].items()
                    self._begun |= {f"{space}/{sha}": int(held) for sha, held in begun}
        return found

    def give_file(self, sha256: str, space: str, path: Path) -> None:
        """A file's bytes, from where the last round ended."""
        roster = self.exchange.trust.membership
        me, readers = roster.person_of(self.key.id) or "", self.exchange.named(space)
        if not space_access.may_give(roster, me, space, readers):
            return
        size, at = path.stat().st_size, self._begun.get(f"{space}/{sha256}", 0)
        for piece in attachments.pieces(path, at):
            named: dict[str, Any] = {"space": space, "sha256": sha256, "start": at, "size": size}
            reply = self._call("PUT", "/v1/file", piece, **named)
            with self._sane():
                held = int(reply.json()["held"])
            at += len(piece)
            if held != at:
                return  # somebody else gives it too: the next round sees how far

    def fetch_file(self, sha256: str, start: int) -> Iterator[bytes]:
        """A file's bytes, piece by piece."""
        while piece := self._call("GET", "/v1/file", sha256=sha256, start=start).body:
            start += len(piece)
            yield piece

    def finish(self, mine: Side) -> None:
        """Say up to where everything was taken."""
        whole = {}
        me = self.exchange.trust.membership.person_of(self.key.id) or ""
        for space, one in self._told.items():
            held = mine.vectors.get(space, {})
            if not self.exchange.holds(me, space):
                continue
            if all(seq <= held.get(device, 0) for device, seq in self._held[space].items()):
                whole[space] = one
        if whole:
            digests = self.exchange.digests()
            same = {s for s in whole.keys() & digests if mine.vectors[s] == self._held[s]}
            told = {s: [one.n, digests[s] if s in same else ""] for s, one in whole.items()}
            self._call("POST", "/v1/held", written(told))
            self._histories.compare(same - self._latest.keys(), digests)
        self.receipts.keep(self.wire.epoch, {**self._told, **self._latest}, whole)

    def close(self) -> None:
        """Hang up."""
        self.wire.close()

    @contextmanager
    def _if_open(self) -> Iterator[None]:
        """Ends where a space is closed: a role was lost, or a name in it is still unknown there."""
        try:
            yield
        except Denied as denied:
            if denied.said != hub_errors.NOT_ENTITLED:
                raise

    @contextmanager
    def _sane(self) -> Iterator[None]:
        """What is no answer of a hub is one sentence, whatever it is."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, HubError) as error:
            raise Refused(OTHER_HUB, url=self.address.url) from error

    # -- calls -----------------------------------------------------------------------------------

    def _call(self, method: str, path: str, body: bytes = b"", **query: str | int) -> Any:
        return self.wire.call(method, path, body, key=self.key, **query)

    def _hello(self) -> None:
        """Greet the hub; `Refused` unless it is the one that was joined."""
        said = self.wire.hello()
        roster = self.exchange.trust.membership
        self._restricted = said.get("restricted") is True
        if returned_log.emptied(said, self.address):
            raise Refused(EMPTIED, url=self.address.url)
        self.address = self.receipts.address = renewed_key.followed(
            self.exchange, self.wire, said, self.address, self.key
        )
        returned_log.bring(self.wire, said, roster)
        if hub_address.load(self.workspace.home) != self.address:
            hub_address.save(self.workspace.home, self.address)  # it moved

    def _meet(self) -> Any:
        shown = self.receipts.begin(self.wire.epoch)
        log = self.exchange.trust.membership
        end = [len(log.entries), log.head.hex()]
        body = written({**shown, "own": self._unconfirmed(), "members": end})
        data = self._call("POST", "/v1/meet", body).json()
        for space, one in data["spaces"].items():
            self._told[space] = self.receipts.check(one, space, self.wire.epoch)
        return data

    def _unconfirmed(self) -> dict[str, list[Any]]:
        """By space, where the chain of this device ends, if the hub did not say it holds it."""
        found, me = dict[str, list[Any]](), self.workspace.log.device
        for space in self.exchange.spaces():
            seq, hash = self.workspace.log.tip(space, me)
            if seq > self._seen(space).get(me, 0):
                found[space] = [me, seq, hash.hex()]
        return found

    def _seen(self, space: str) -> dict[str, int]:
        """What the hub said it holds, in this round and earlier ones of this epoch."""
        return acknowledgements.said_by(self.workspace, self.name, space)


def give_members(call: Any, entries: Sequence[MembershipEntry]) -> None:
    """Offer entries, as many at a time as fit."""
    for at in range(0, len(entries), 1_000):
        rows = [entry_told(one) for one in entries[at : at + 1_000]]
        call("POST", "/v1/members", json.dumps({"entries": rows}).encode())


def _peers(data: Any, me: str, forked: Container[str]) -> dict[str, dict[str, Heads]]:
    """Device -> space -> what it said that it holds of ours, as the hub passes it on."""
    found: dict[str, dict[str, Heads]] = {}
    for space, held in (data or {}).items():
        for device, seq in held.items() if space not in forked else ():
            found.setdefault(str(device), {})[str(space)] = {me: Head(int(seq), b"")}
    return found


def _portions(blobs: Iterable[bytes]) -> Iterator[list[bytes]]:
    some, size, changes = list[bytes](), 0, 0
    for blob in blobs:
        part = decode(blob)
        count = part.last - part.first + 1
        full = size + len(blob) > PORTION or changes + count > CHANGES or len(some) >= SEGMENTS
        if some and full:
            yield some
            some, size, changes = [], 0, 0
        some.append(blob)
        size, changes = size + len(blob), changes + count
    if some:
        yield some
