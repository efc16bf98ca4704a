"""Files at the hub: attached bytes by checksum, in pieces, whole when the checksum is right."""

from __future__ import annotations

import hashlib
from typing import Any

from models.storage import blobs as kept
from sync.hub.handlers.exchange import BLOBS, SPACE, SPACES, entered, holds, written_into
from sync.hub.hub import Caller, Hub
from sync.hub.routes import LARGE, HubResponse, params, said, way
from sync.hub.storage.database import parts
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.signed_request import Ask, read
from sync.trust.space_access import had_a_role

PIECE = 1 << 20
PUT = {**SPACE, "sha256": "string", "start": "integer", "size": "integer"}
GET = {"sha256": "string", "start": "integer"}


@way("GET", "/v1/files", "Checksum and size of the attached files of a space that are whole here,"
     " and how much is here of those that are not.", query=SPACE)  # fmt: skip
def listed(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """The files of a space by checksum."""
    space = entered(hub, caller, params(ask, SPACE)["space"])
    table = hub.base.t.Kept
    there, begun = dict[str, int](), dict[str, int]()
    query = table.select(table.sha256, table.size, table.held, table.whole)
    for sha, size, held, whole in query.where(table.space.in_(_both(caller, space))).tuples():
        (there if whole else begun)[sha] = size if whole else held
    return said({"files": there, "begun": begun})


@way("POST", "/v1/files", "The same for many spaces at once. Takes, by space, the checksums that"
     " the device has; of a space that it may not hold it is told of these alone.",
     takes="application/json", limit=LARGE)  # fmt: skip
def listed_by_space(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """The files of each space by checksum."""
    asked = read(ask.body, LARGE)
    if len(asked) > SPACES or not all(isinstance(one, list) for one in asked.values()):
        raise malformed(part="body")
    table, found = hub.base.t.Kept, dict[str, dict[str, dict[str, int]]]()
    wrote = hub.access.of_person(caller.person)[1]
    wrote |= {one for one in asked if had_a_role(caller.membership, caller.person, one)}
    whole = {space: space not in wrote or holds(hub, caller, space) for space in asked}
    for space in (space for space in asked if space not in wrote):
        entered(hub, caller, space)
    spaces = {place: space for space in asked for place in _both(caller, space)}
    for some in parts(spaces):
        query = table.select(table.space, table.sha256, table.size, table.held, table.whole)
        for place, sha, size, held, done in query.where(table.space.in_(some)).tuples():
            space = spaces[place]
            if whole[space] or sha in asked[space]:
                one = found.setdefault(space, {"files": {}, "begun": {}})
                one["files" if done else "begun"][sha] = size if done else held
    return said({"spaces": found})


@way("PUT", "/v1/file", "The next piece of an attached file, at most 1 MiB, at the place where"
     " the last one ended.", query=PUT, takes=BLOBS, limit=LARGE, heavy=True)  # fmt: skip
def put(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Take a piece; the answer is how many bytes of the file the hub has."""
    asked = params(ask, PUT)
    space, sha = written_into(hub, caller, asked["space"]), _sum(asked["sha256"])
    if not 0 < asked["size"] <= kept.LIMIT or len(ask.body) > PIECE:
        raise HubError(413, hub_errors.TOO_LARGE, most=kept.LIMIT)
    if not ask.body or asked["start"] + len(ask.body) > asked["size"]:
        raise malformed(part="body")

    part = _part(caller, space)

    def work() -> int:
        hub.spend(caller)
        if _row(hub, space, sha, whole=True) is not None:
            return int(asked["size"])
        held = _begun(hub, part, sha, asked["size"])
        if asked["start"] != held:
            return held
        hub.use(caller.device, len(ask.body))
        hub.base.t.Piece.insert(sha256=sha, space=part, start=held, data=ask.body).execute()
        held += len(ask.body)
        if held < asked["size"]:
            _note(hub, part, sha, held=held)
            return held
        return _completed(hub, space, part, sha, held)

    return said({"held": hub.base.write(work)})


def _part(caller: Caller, space: str) -> str:
    """Where a file is kept until it is whole: with the device that gives it.

    The pieces and sizes of other devices change nothing of it.
    """
    return f"{space}@{hashlib.sha256(caller.device.encode()).hexdigest()[:16]}"


def _both(caller: Caller, space: str) -> list[str]:
    """A space, and what the caller has begun to give there."""
    return [space, _part(caller, space)]


def _row(hub: Hub, place: str, sha: str, *, whole: bool) -> Any:
    """The file of a place, its row locked; None without one."""
    table = hub.base.t.Kept
    mine = (table.sha256 == sha) & (table.space == place) & (table.whole == int(whole))
    return hub.base.locked(table.select().where(mine)).first()


def _begun(hub: Hub, part: str, sha: str, size: int) -> int:
    """How many bytes of a file its giver brought; of another size than before, none."""
    table = hub.base.t.Kept
    table.insert(sha256=sha, space=part, size=size).on_conflict_ignore().execute()
    row = _row(hub, part, sha, whole=False)
    if row.size == size:
        return int(row.held)
    _drop(hub, part, sha)
    _note(hub, part, sha, size=size, held=0)
    return 0


def _completed(hub: Hub, space: str, part: str, sha: str, size: int) -> int:
    """The last piece came: the file is the space's when its checksum is right, else dropped."""
    table, piece = hub.base.t.Kept, hub.base.t.Piece
    digest = hashlib.sha256()
    query = piece.select(piece.data).where(piece.sha256 == sha, piece.space == part)
    for (data,) in query.order_by(piece.start).tuples():
        digest.update(bytes(data))
    if digest.hexdigest() != sha:
        _drop(hub, part, sha)
        _note(hub, part, sha, held=0)
        return 0
    table.insert(sha256=sha, space=space, size=size).on_conflict_ignore().execute()
    if _row(hub, space, sha, whole=False) is not None:  # no other device was faster
        _drop(hub, space, sha)
        piece.update(space=space).where(piece.sha256 == sha, piece.space == part).execute()
        _note(hub, space, sha, size=size, held=size, whole=1)
    every = [str(one) for (one,) in table.select(table.space).where(table.sha256 == sha).tuples()]
    for other in (one for one in every if one.startswith(f"{space}@")):
        _drop(hub, other, sha)
        table.delete().where(table.sha256 == sha, table.space == other).execute()
    return size


def _note(hub: Hub, place: str, sha: str, **now: int) -> None:
    table = hub.base.t.Kept
    table.update(**now).where(table.sha256 == sha, table.space == place).execute()


def _drop(hub: Hub, place: str, sha: str) -> None:
    piece = hub.base.t.Piece
    piece.delete().where(piece.sha256 == sha, piece.space == place).execute()


@way("GET", "/v1/file", "A piece of an attached file, from a place on.", query=GET)
def get(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Give a piece to a device that may hold a space with this file."""
    asked = params(ask, GET)
    sha, table, piece = _sum(asked["sha256"]), hub.base.t.Kept, hub.base.t.Piece
    rows = table.select(table.space).where(table.sha256 == sha, table.whole == 1).tuples()
    spaces = [space for (space,) in rows if holds(hub, caller, space)]
    if not spaces:
        raise HubError(404, hub_errors.NOT_THERE)
    found = (
        piece.select(piece.start, piece.data)
        .where(piece.sha256 == sha, piece.space == spaces[0], piece.start <= asked["start"])
        .order_by(piece.start.desc())
        .limit(1)
        .tuples()
        .first()
    )
    data = bytes(found[1])[asked["start"] - found[0] :] if found else b""
    return HubResponse(data, BLOBS)


def _sum(text: str) -> str:
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise malformed(part="sha256")
    return text
