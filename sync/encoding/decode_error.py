"""Decode error: the one sentence for a segment whose bytes are not in the agreed form."""

from __future__ import annotations

from typing import NoReturn

from models.text.words import Refused, W

MALFORMED = W(
    "收到的一段改动不能采用：{why}。请让发送方重新导出或再同步一次。",
    "A segment of changes cannot be taken: {why}. Ask the sender to export again, or sync again.",
)
NEWER = W(
    "收到的一段改动出自更新的版本，这台电脑还读不了。请更新本机的程序，再同步一次。",
    "A segment of changes was written by a newer version. Update the program here, then sync.",
)
DAMAGED = W("内容损坏或不合规定的写法", "its content is damaged or not in the agreed form")
OTHER_SIZE = W("大小与声明的不符", "its size is not the one declared")
TOO_BIG = W("超过允许的大小", "it is larger than allowed")
TOO_MANY = W("改动或字段太多", "it holds too many changes or fields")
NO_ZSTD = W("本机缺少解压程序 zstd", "this device lacks the zstd decompressor")


def refuse(why: W = DAMAGED) -> NoReturn:
    """Raise the sentence with its reason."""
    raise Refused(MALFORMED, why=why)
