"""What comes along from a book begun alone, and what stays in the old one, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.schema.record import kinds
from models.text.words import W, say, several

if TYPE_CHECKING:
    from sync.organisation.reissue import Preview

COMES = W("将带入：{what}", "Will be moved: {what}")
BROUGHT = W("已带入 {count} 条记录。", "{count} records were moved.")
STAYS = W("将留在旧现场簿：{what}（{why}）", "Will stay in the old book: {what} ({why})")


def ahead(told: Preview) -> Iterator[str]:
    """Before it is done."""
    what = several([_counted(type, count) for type, count in told.brought.items()])
    yield say(COMES, what=what or "-")
    yield from left(told)


def done(told: Preview) -> Iterator[str]:
    """After it."""
    yield say(BROUGHT, count=sum(told.brought.values()))
    yield from left(told)


def left(told: Preview) -> Iterator[str]:
    """What stays in the old book, and why."""
    for type, count in told.left.items():
        yield say(STAYS, what=_counted(type, count), why=told.why[type])


def _counted(type: str, count: int) -> str:
    return f"{kinds[type].kind.label} {count}"
