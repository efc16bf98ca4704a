"""Revision standing: what people are told of a version, and of a move that would change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from models.derived.revisions import Versions
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import W, say

VERSION = W("第 {version} 版", "version {version}")
IN_FORCE = W("有效", "in force")
REPLACED_BY = W("已被{by}替代", "replaced by {by}")
RIVALLED = W("{other}也已启用，请停用其一", "{other} was approved too: retire one of them")
RIVAL = W("有效的是{other}，请停用其一", "{other} is in force: retire one of them")
WRITTEN = W("新版本在起草：{draft}", "a new version is being written: {draft}")
TO_REPLACE = W("启用后替代{before}", "will replace {before}")

BEGINS = W("{this}生效。", "{this} comes into force.")
BEGINS_FOR = W(
    "{this}生效；{before}保留，供已开始的继续使用。",
    "{this} comes into force; {before} is kept for what was begun with it.",
)
ENDS = W(
    "{this}停止使用，之后没有有效版本；已开始的仍可完成。",
    "{this} goes out of use, and no version is in force then. What was begun can be completed.",
)
ENDS_FOR = W(
    "{this}停止使用，{other}有效；已开始的仍可完成。",
    "{this} goes out of use and {other} is in force. What was begun can be completed.",
)
GIVEN_UP = W("放弃{this}；{other}仍然有效。", "{this} is given up; {other} stays in force.")
KEYS = ("in_force", "replaced_by", "rivals", "draft")


class VersionStanding(NamedTuple):
    """What there is to say of a version."""

    text: str
    tone: Literal["", "warn"]
    short: str
    """The same without its own number; '' for a version in force of which nothing else is known."""


def standing(look: Versions, record: Record) -> VersionStanding | None:
    """How a version stands to the others; None for the only version of a draft."""
    version = look.version(record)
    said = list(_said(look, record))
    if not said and version.follows is None and not look.in_force(record):
        return None
    tone: Literal["", "warn"] = "warn" if look.rivals(record) else ""
    after = look.replaced_by(record)
    short = str(after.name) if after is not None else "  ".join(said)
    if look.in_force(record):
        said.insert(0, str(IN_FORCE))
    parts = [say(VERSION, version=version.version), *said]
    return VersionStanding("  ".join(parts), tone, short)


def _said(look: Versions, record: Record) -> Iterator[str]:
    after = look.replaced_by(record)
    rivals = look.rivals(record)
    draft = look.draft(record)
    if after is not None:
        yield say(REPLACED_BY, by=after.name)
    elif rivals:
        yield say(RIVALLED if look.in_force(record) else RIVAL, other=rivals[0].name)
    elif not look.approved(record):
        current = look.current(record)
        if current is not None and current.id != record.id:
            yield say(TO_REPLACE, before=current.name)
    if draft is not None and draft.id != record.id and look.in_force(record):
        yield say(WRITTEN, draft=draft.name)


def outlook(look: Versions, record: Record, move: Move) -> W | None:
    """What a move will do to the versions in force; None where it does nothing to them."""
    approves = move.to in look.how.in_force
    approved = record.state in look.how.in_force
    ends = record.kind.state(move.to).ended
    if approves == approved and not ends:
        return None
    this, current = look.version(record).name, look.current(record)
    others = look.rivals(record)
    if approves:
        return (
            _filled(BEGINS_FOR, this=this, before=current.name)
            if current
            else _filled(BEGINS, this=this)
        )
    if not approved:
        other = current is not None and current.id != record.id
        return _filled(GIVEN_UP, this=this, other=current.name) if other and current else None
    if not look.in_force(record) and current is not None:
        return _filled(ENDS_FOR, this=this, other=current.name)
    if others:
        return _filled(ENDS_FOR, this=this, other=others[0].name)
    return _filled(ENDS, this=this)


def _filled(word: W, **names: W) -> W:
    zh = {name: value.zh for name, value in names.items()}
    en = {name: value.en for name, value in names.items()}
    return W(word.zh.format(**zh), word.en.format(**en))


def json_of(look: Versions, record: Record) -> dict[str, Any]:
    """The keys that the JSON of a version has besides its fields: ids of the other versions."""
    after, draft = look.replaced_by(record), look.draft(record)
    return {
        "in_force": look.in_force(record),
        "replaced_by": after.id if after is not None else None,
        "rivals": [one.id for one in look.rivals(record)] or None,
        "draft": draft.id if draft is not None and draft.id != record.id else None,
    }
