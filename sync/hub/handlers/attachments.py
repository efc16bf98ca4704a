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
    for sha, size, held, whole in query.where(table.space == space).tuples():
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
    for some in parts(asked):
        query = table.select(table.space, table.sha256, table.size, table.held, table.whole)
        for space, sha, size, held, done in query.where(table.space.in_(some)).tuples():
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

    def work() -> int:
        hub.spend(caller)
        row = _row(hub, space, sha, asked["size"])
        if row.whole or asked["start"] != row.held:
            return int(row.held)
        hub.use(caller.device, len(ask.body))
        hub.base.t.Piece.insert(sha256=sha, space=space, start=row.held, data=ask.body).execute()
        held = row.held + len(ask.body)
        return _grown(hub, space, sha, held, row.size)

    return said({"held": hub.base.write(work)})


def _row(hub: Hub, space: str, sha: str, size: int) -> Any:
    table = hub.base.t.Kept
    table.insert(sha256=sha, space=space, size=size).on_conflict_ignore().execute()
    mine = (table.sha256 == sha) & (table.space == space)
    row = hub.base.locked(table.select().where(mine)).first()
    if not row.whole and row.size != size:
        _drop(hub, space, sha)
        table.update(size=size, held=0).where(mine).execute()
        row.size, row.held = size, 0
    return row


def _grown(hub: Hub, space: str, sha: str, held: int, size: int) -> int:
    """Note how many bytes came; a whole file is dropped unless its checksum is right."""
    table, piece = hub.base.t.Kept, hub.base.t.Piece
    whole = held == size
    if whole:
        digest = hashlib.sha256()
        query = piece.select(piece.data).where(piece.sha256 == sha, piece.space == space)
        for (data,) in query.order_by(piece.start).tuples():
            digest.update(bytes(data))
        if digest.hexdigest() != sha:
            _drop(hub, space, sha)
            held, whole = 0, False
    mine = (table.sha256 == sha) & (table.space == space)
    table.update(held=held, whole=int(whole)).where(mine).execute()
    return held


def _drop(hub: Hub, space: str, sha: str) -> None:
    piece = hub.base.t.Piece
    piece.delete().where(piece.sha256 == sha, piece.space == space).execute()


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
