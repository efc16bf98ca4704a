"""Projects: their names, read from the segments that created them."""

from __future__ import annotations

from models.text.words import Refused, W
from sync.encoding.segment import decode
from sync.hub.hub import Hub

NO_PROJECT = W(
    "同步服务器没有项目“{name}”。已知：{known}。",
    "The hub has no project “{name}”. Known: {known}.",
)


def projects(hub: Hub) -> dict[str, str]:
    """Id -> name, as last written."""
    segment, found = hub.base.t.Segment, dict[str, str]()
    query = segment.select(segment.blob).where(segment.space == "company").order_by(segment.n)
    for (blob,) in query.tuples():
        for change, _ in decode(bytes(blob)).changes():
            if change.type == "project" and isinstance(change.fields.get("name"), str):
                found[change.record] = str(change.fields["name"])
    return found


def project(hub: Hub, text: str) -> str:
    """The id of the project that is meant: by id or by name."""
    known = projects(hub)
    hits = [id for id, name in known.items() if text in (id, name)]
    if len(hits) != 1:
        raise Refused(NO_PROJECT, name=text, known=", ".join(sorted(set(known.values()))) or "-")
    return hits[0]
