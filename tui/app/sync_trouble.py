"""Trouble: how a round went wrong, in the two words that a corner has room for."""

from __future__ import annotations

from typing import Any

from models.text.words import Refused, W

AWAY = W("未连上", "no contact")
FAILED = W("同步未成", "sync failed")
RENEWED = W(
    "本机的数据曾是一份旧的副本，现已换新的设备号继续；缺少的内容正在取回。",
    "This book was an older copy of itself. It goes on as a new device; what it lacks is being"
    " fetched.",
)


def of(result: Any) -> W | None:
    """Two words for what went wrong in a round; the sync page has the sentence."""
    from sync.transport.folder import carrier
    from sync.transport.http import client

    if isinstance(result, Refused):
        return AWAY if result.word in (client.AWAY, client.BUSY, carrier.NO_FOLDER) else FAILED
    return FAILED if result.refused or result.taken.refused else None


def is_old(result: Any) -> bool:
    """Whether others have changes of this device that this book has not."""
    from sync.apply.receive import OUTDATED

    return isinstance(result, Refused) and result.word == OUTDATED
