"""Exchange: the requests of a round: what the hub has, upload, download, acknowledgement."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import partial
from typing import Any

from models.schema.natural_keys import file_of
from models.text.words import Refused
from sync.hub.hub import Caller, Hub
from sync.hub.recovery import returned_log
from sync.hub.routes import LARGE, HubResponse, params, said, way
from sync.hub.storage.authorization import Authorization
from sync.hub.storage.database import parts
from sync.hub.storage.segment_check import Proven, prove
from sync.hub.storage.segments import MANY, PORTION, StoreOutcome
from sync.transport.http import hub_errors, receipt
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.payloads import entries_heard, entry_told
from sync.transport.http.receipt import Receipt
from sync.transport.http.signed_request import Ask, framed, read, unframed
from sync.trust.space_access import candidates, entitled, had_a_role, may_give, own

SEGMENTS = 512
CHANGES = 2_000
"""Most changes in a request of several segments."""
SPACES = 5_000
READERS = 200
"""Most other devices whose acknowledgements are in one answer."""
DIGEST = 100
"""Most characters of what a device says that its records come to."""
SEEN = 50
"""Most of a device's newest segments whose acknowledgements are in one answer."""
BLOBS = "application/octet-stream"
SPACE = {"space": "string"}


def holds(hub: Hub, caller: Caller, space: str) -> bool:
    """Whether the caller may hold a space."""
    return entitled(caller.membership, caller.person, space, hub.access.named(space))


def entered(hub: Hub, caller: Caller, space: str) -> str:
    """The space, which the caller may hold."""
    if not holds(hub, caller, space):
        raise HubError(403, hub_errors.NOT_ENTITLED)
    return space


def written_into(hub: Hub, caller: Caller, space: str) -> str:
    """The space, into which the caller may bring what they wrote, be it open to them or not."""
    if not may_give(caller.membership, caller.person, space, hub.access.named(space)):
        raise HubError(403, hub_errors.NOT_ENTITLED)
    return space


@way("POST", "/v1/meet", "What the hub holds that is new to a device, and how much of the log of"
     " members. Takes the receipts that the device has, by space, and where its own chains that"
     " are not confirmed end; and the end of its membership log.", takes="application/json",
     heavy=True)  # fmt: skip
def meet(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Spaces, tips and the length of the membership log."""
    shown = read(ask.body, LARGE)
    _log_told(hub, caller, shown.get("members"))
    had, latest = shown.get("had", {}), shown.get("latest", {})
    known = _proven(hub, caller, had)
    if latest != had:
        _proven(hub, caller, latest)
    spaces, held = {}, list[str]()
    for space, n, mark, whole in _open_to(hub, caller):
        since = known.get(space, 0)
        tips = hub.segments.tips(space, since) if n > since else {}
        if whole:
            held.append(space)
        else:
            tips = own(tips, caller.person, partial(_whose, hub, caller))
        one = Receipt(caller.said.epoch, space, n, mark, tips)
        spaces[space] = signed_for(hub, caller, one)
    return said(
        {
            "members": len(caller.membership.entries),
            "spaces": spaces,
            "peers": _peers(hub, caller, held),
            "forked": _forked(hub, spaces, shown.get("own", {})),
            "ends": _ends(hub, spaces, shown.get("own", {})),
            "digests": _digests(hub, caller, held),
            "awaited": hub.named.awaited(caller.membership, held),
            "forks": [one for one in _forks(hub, caller) if one[0] in held or not file_of(one[0])],
        }
    )


def _log_told(hub: Hub, caller: Caller, end: Any) -> None:
    """How long the device's membership log is, and the hash of its last entry."""
    if end is None:
        return
    if not isinstance(end, list) or [type(part) for part in end] != [int, str]:
        raise malformed(part="members")
    log = caller.membership
    if log.is_admin(caller.person) and hub.wait.now() is not None:
        hub.base.write(lambda: returned_log.told(hub, log, *end))


def _open_to(hub: Hub, caller: Caller) -> Iterator[tuple[str, int, bytes, bool]]:
    """(space, how far its order has grown, its mark, whether all of it is open) for the caller.

    Of a restricted record that they wrote into and may not hold, and of a project on which they
    have no role any more, only their own part is.
    """
    members, me = caller.membership, caller.person
    names, (reads, wrote) = candidates(members, me), hub.access.of_person(me)
    if names is not None:
        files = hub.access.of_projects(sorted(members.where(me))) | reads | wrote
        names = [*names, *sorted(files)]
    for space, n, mark in hub.segments.ends(names):
        if entitled(members, me, space, {me} if space in reads else ()):
            yield space, n, mark, True
        elif space in wrote or (had_a_role(members, me, space) and _wrote(hub, caller, space)):
            yield space, n, mark, False


def _wrote(hub: Hub, caller: Caller, space: str) -> bool:
    """Whether the caller wrote anything that is here into a space."""
    tips = hub.segments.tips(space, 0)
    return bool(own(tips, caller.person, partial(_whose, hub, caller)))


def _whose(hub: Hub, caller: Caller, device: str) -> str | None:
    """Whose device it is: admitted, or vouched for by an admitted one's key."""
    found = caller.membership.person_of(device)
    if found is None:
        vouch = hub.base.t.Vouch
        old = vouch.select(vouch.old).where(vouch.device == device).scalar()
        found = caller.membership.person_of(str(old or ""))
    return found


def _forked(hub: Hub, spaces: Container[str], own: Any) -> list[str]:
    """The spaces where the hub holds another history of the caller than it has itself."""
    if not isinstance(own, dict) or len(own) > SPACES:
        raise malformed(part="own")
    found = []
    for space, end in own.items():
        right = isinstance(end, list) and [type(part) for part in end] == [str, int, str]
        if not right or not 0 <= end[1] < 1 << 63:
            raise malformed(part="own")
        device, seq, hash = end
        here = hub.segments.hash_at(space, device, seq) if space in spaces else None
        if here is not None and here.hex() != hash:
            found.append(space)
    return found


def _ends(hub: Hub, spaces: Container[str], own: dict[str, Any]) -> dict[str, list[Any]]:
    """Where the caller's chains end here, of the spaces that it asks about."""
    found = {}
    for space, (device, _, _) in own.items():
        end = hub.segments.end(space, device) if space in spaces else None
        if end is not None:
            found[space] = [end[0], end[1].hex()]
    return found


def _digests(hub: Hub, caller: Caller, spaces: Sequence[str]) -> dict[str, dict[str, str]]:
    """By space, what the records of those other devices come to that hold all of it as it is."""
    reader, table, found = hub.base.t.Reader, hub.base.t.Space, dict[str, dict[str, str]]()

    def those(*spaces: Any) -> Any:
        query = reader.select(reader.space, reader.device, reader.digest)
        query = query.join(table, on=(table.name == reader.space) & (table.last == reader.n))
        return query.where(reader.space.in_(spaces), reader.digest != "").limit(READERS)

    for some in parts(spaces):
        for space, device, digest in hub.base.rows(those, *some):
            if device != caller.device:
                found.setdefault(str(space), {})[str(device)] = str(digest)
    return found


def _forks(hub: Hub, caller: Caller) -> list[list[Any]]:
    """Second histories of the caller's device, with the proof; for an administrator of all."""
    own, told = hub.segments.forks(caller.device), list[list[Any]]()
    every = hub.segments.forks(None) if caller.membership.is_admin(caller.person) else []
    for one in (*own, *(one for one in every if one.device != caller.device)):
        proof = one.blob.hex() if one.device == caller.device else ""
        told.append([one.space, one.device, one.first, one.last, one.hash.hex(), proof])
    return told


def signed_for(hub: Hub, caller: Caller, one: Receipt) -> dict[str, Any]:
    """A receipt, and the same without its tips: the short proof that a device keeps."""
    organisation = caller.membership.organisation
    proof = receipt.sign(hub.key, organisation, one._replace(tips={}))
    whole = receipt.sign(hub.key, organisation, one) if one.tips else proof
    return {"receipt": receipt.told(whole), "proof": receipt.told(proof)}


def _proven(hub: Hub, caller: Caller, shown: Any) -> dict[str, int]:
    """Space -> number, of receipts that this hub gave; a new epoch when it has forgotten one."""
    if not isinstance(shown, dict) or len(shown) > SPACES:
        raise malformed(part="receipts")
    return {space: _of_ours(hub, caller, space, data) for space, data in shown.items()}


def _of_ours(hub: Hub, caller: Caller, space: str, data: Any) -> int:
    one = receipt.heard(data)
    organisation = caller.membership.organisation
    if one is None or one.space != space:
        raise malformed(part="receipts")
    if not receipt.check(hub.key.public, organisation, one) or one.epoch != caller.said.epoch:
        return 0
    if hub.segments.mark_at(space, one.n) != one.mark:
        epoch = hub.renew_epoch(caller.said.epoch)
        raise HubError(409, hub_errors.OLD_EPOCH, epoch=epoch)
    return one.n


def _peers(hub: Hub, caller: Caller, spaces: Sequence[str]) -> dict[str, dict[str, int]]:
    """Space -> device -> up to which of the caller's own changes it has acknowledged."""
    segment, reader, found = hub.base.t.Segment, hub.base.t.Reader, {}

    def mine(space: Any, device: Any) -> Any:
        query = segment.select(segment.n, segment.last)
        query = query.where(segment.space == space, segment.device == device)
        return query.order_by(segment.last.desc()).limit(SEEN)

    def held_by(space: Any) -> Any:
        query = reader.select(reader.device, reader.n).where(reader.space == space)
        return query.order_by(reader.n.desc()).limit(READERS)

    tip, wrote = hub.base.t.Tip, set[str]()

    def of_caller(device: Any, *spaces: Any) -> Any:
        return tip.select(tip.space).where(tip.device == device, tip.space.in_(spaces))

    for some in parts(spaces):
        wrote |= {str(space) for (space,) in hub.base.rows(of_caller, caller.device, *some)}
    for space in (one for one in spaces if one in wrote):
        rows = hub.base.rows(mine, space, caller.device)
        newest = [(int(n), int(seq)) for n, seq in rows]
        held = {}
        for device, upto in hub.base.rows(held_by, space) if newest else ():
            best = next((seq for n, seq in newest if n <= upto), 0)
            if best and device != caller.device:
                held[str(device)] = best
        if held:
            found[space] = held
    return found


@way("POST", "/v1/segments", "Bring sealed segments of one space, each behind its length in four"
     " bytes. The receipt is given after they are durable.", query=SPACE, takes=BLOBS, limit=LARGE,
     heavy=True)  # fmt: skip
def bring(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Check, put in place, sign for."""
    space = written_into(hub, caller, params(ask, SPACE)["space"])
    proven, refused = list[Proven](), list[dict[str, Any]]()
    foreign, whole = list[dict[str, Any]](), holds(hub, caller, space)
    blobs = unframed(ask.body, SEGMENTS)
    if not blobs:
        raise malformed(part="frames")
    for place, blob in enumerate(blobs):
        try:
            one = prove(blob, space, caller.membership)
            if whole or one.writer.person == caller.person:
                proven.append(one)
            else:  # its readers bring it
                part = one.segment
                foreign.append(StoreOutcome(part.device, part.last, "wait")._asdict())
        except Refused as why:
            refused.append({"place": place, "why": hub_errors.told(why)})
    if len(blobs) > 1 and sum(len(one.changes) for one in proven) > CHANGES:
        raise HubError(413, hub_errors.TOO_MANY, changes=CHANGES)
    authorization = Authorization(hub.base, caller.membership)

    def authorise(space: str, some: Sequence[Proven]) -> None:
        authorization(space, some)
        hub.access.add(space, some, caller.membership)

    def work() -> Any:
        authorization.begin()
        hub.spend(caller)
        done = hub.segments.put(space, proven, authorise)
        forked = {one.device for one in done.outcomes if one.what == "forked"}
        hub.named.settle(caller.membership, space, forked, authorise)
        hub.use(caller.device, sum(len(blob) for blob in blobs))
        return done

    done = hub.base.write(work)
    got = Receipt(caller.said.epoch, space, done.n, done.mark, done.tips)
    return said(
        {
            **signed_for(hub, caller, got),
            "segments": [*(outcome._asdict() for outcome in done.outcomes), *foreign],
            "refused": refused,
            "quarantined": [[device, seq] for device, seq, _ in authorization.refused],
        }
    )


@way("POST", "/v1/fetch", "The segments of a space beyond the sequences named, by device. Where"
     " x-sitebook-next is given, ask again with it as `after`.",
     query={**SPACE, "after": "integer"}, takes="application/json", limit=LARGE)  # fmt: skip
def fetch(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Bytes as they were received."""
    asked = params(ask, {**SPACE, "after": "integer"})
    space = entered(hub, caller, asked["space"])
    want = _vector(read(ask.body, LARGE))
    part = hub.segments.lacking(space, want, asked["after"])
    more = {} if part.next is None else {"x-sitebook-next": str(part.next)}
    return HubResponse(framed(part.blobs), BLOBS, more)


@way("POST", "/v1/gather", "The segments of many small spaces beyond the sequences named, by space"
     " and device, in the order asked. x-sitebook-spaces is how many of the spaces are answered"
     " whole; the others are to be asked for again, one that is too large by itself.",
     takes="application/json", limit=LARGE)  # fmt: skip
def gather(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """One answer for many restricted records."""
    wanted = read(ask.body, LARGE)
    if len(wanted) > SPACES or not all(isinstance(one, dict) for one in wanted.values()):
        raise malformed(part="body")
    blobs, size, whole = list[bytes](), 0, 0
    for space, want in wanted.items():
        part = hub.segments.lacking(entered(hub, caller, space), _vector(want), 0)
        size += sum(map(len, part.blobs))
        if part.next is not None or size > PORTION or len(blobs) + len(part.blobs) > MANY:
            break
        blobs += part.blobs
        whole += 1
    return HubResponse(framed(blobs), BLOBS, {"x-sitebook-spaces": str(whole)})


def _vector(want: dict[str, Any]) -> dict[str, int]:
    if not all(type(seq) is int and 0 <= seq < 1 << 63 for seq in want.values()):
        raise malformed(part="body")
    return want


@way("POST", "/v1/held", "Say up to which number of each space's order this device holds all, and"
     " what its records come to where it holds no more (a digest, or nothing).",
     takes="application/json", heavy=True)  # fmt: skip
def held(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """So that others see that it was seen."""
    spaces = read(ask.body)
    right = all(_is_held(one) for one in spaces.values())
    if not right or len(spaces) > SPACES:
        raise malformed(part="body")
    for space in spaces:
        entered(hub, caller, space)
    reader = hub.base.t.Reader

    def holds(space: Any, device: Any, n: Any, digest: Any) -> Any:
        row = reader.insert(space=space, device=device, n=n, digest=digest)
        keep = [reader.n, reader.digest]
        return row.on_conflict(conflict_target=[reader.space, reader.device], preserve=keep)

    def work() -> None:
        hub.spend(caller)
        for space, (n, digest) in sorted(spaces.items()):
            upto = min(n, hub.segments.at(space)[0])
            hub.base.run(holds, space, caller.device, upto, digest)

    hub.base.write(work)
    return said({})


def _is_held(said: Any) -> bool:
    if not isinstance(said, list) or [type(part) for part in said] != [int, str]:
        return False
    return 0 <= said[0] < 1 << 62 and len(said[1]) <= DIGEST


@way("GET", "/v1/members", "The entries of the membership log after a number.",
     query={"after": "integer"})  # fmt: skip
def members(_house: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """As they were signed."""
    after = params(ask, {"after": "integer"})["after"]
    some = caller.membership.entries[after:][:2000]
    return said({"entries": [entry_told(one) for one in some]})


@way("POST", "/v1/members", "Offer entries of the membership log, signed by administrators: the hub"
     " numbers them.",
     takes="application/json", limit=LARGE, heavy=True)  # fmt: skip
def offer(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Taken when they follow what is here; otherwise fetch the others' first."""
    entries = entries_heard(read(ask.body, LARGE).get("entries"))

    def work() -> None:
        hub.spend(caller)
        hub.wait.ready()
        grown = hub.membership.offered(entries, hub.key_for)
        gone = {one.id for one in grown.devices.values() if one.revoked is not None}
        before = caller.membership.devices
        fresh = {one for one in gone if one not in before or before[one].revoked is None}
        hub.access.revoked(fresh, grown)

    hub.base.write(work)
    return said({"members": len(hub.membership.now().entries)})  # the mark has moved on
