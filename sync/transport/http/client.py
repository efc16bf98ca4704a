"""Client: calls to a hub, each signed by the device, over a connection that trusts that hub only.

Every call may be made again: what was done already is only said again. A busy hub is asked later,
within bounds; what else goes wrong is one sentence.
"""

from __future__ import annotations

import json
import random
import secrets
import socket
import ssl
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

from models.text.os_errors import why as why_of
from models.text.words import Refused, W
from sync.transport.http import hub_errors
from sync.transport.http.certificates import blindly, trusting
from sync.transport.http.signed_request import Ask, signed_headers
from sync.trust.signature import Signer

SECONDS = 30.0
TRIES = 7
CUTS = 2
"""How often a call whose connection broke is made again at once."""

AWAY = W(
    "连不上同步服务器 {url}：{reason}。数据都在本机；网络恢复后再同步。",
    "The hub {url} cannot be reached: {reason}. Everything is kept here; sync again later.",
)
BUSY = W(
    "同步服务器 {url} 现在很忙。数据都在本机；请过一会儿再同步。",
    "The hub {url} is busy. Everything is kept here; sync again in a while.",
)
OTHER_HUB = W(
    "{url} 上应答的不是本机加入的同步服务器，没有给出任何内容。请向管理员核实。",
    "What answers at {url} is not the hub that was joined; nothing was given to it."
    " Ask the administrator.",
)
OTHER_NAME = W(
    "同步服务器的证书不含 {host}。请在那里运行 sitebook hub init --host {host}，再重新启动。",
    "The hub's certificate is not for {host}. On the hub run sitebook hub init --host {host}"
    " and restart it.",
)
OLD_CERTIFICATE = W(
    "同步服务器 {url} 的证书已过期。请核对本机时钟，或在那里重新运行 sitebook hub init。",
    "The certificate of the hub {url} is out of date. Check this device's clock, or run"
    " sitebook hub init on the hub again.",
)
EMPTIED = W(
    "同步服务器 {url} 的数据库和记号都丢失了。请在那里运行 sitebook hub init，"
    "再在管理员的电脑上使用它显示的邀请码。",
    "The hub {url} has lost its database and its mark. On the hub run sitebook hub init, then use"
    " the code that it shows on an administrator's device.",
)
NO_HUB_THERE = W("那里没有同步服务器在运行", "no hub runs there")
NO_NAME_THERE = W("找不到这个主机名", "there is no such host name")
NO_ANSWER = W("没有应答", "it does not answer")
BROKEN_OFF = W("连接中断", "the connection broke")
SAID_NO = W(
    "同步服务器 {url} 没有办理：{reason}。",
    "The hub {url} did not do it: {reason}.",
)
REASONS: Mapping[str, W] = {
    hub_errors.STRANGER: W(
        "它不认识本机；请用邀请码加入", "it does not know this device; join with a code"
    ),
    hub_errors.REVOKED: W(
        "本机已停用；请找管理员", "this device was revoked; ask an administrator"
    ),
    hub_errors.NOT_ENTITLED: W("没有这个空间的权限", "this space is not open to you"),
    hub_errors.NOT_ADMIN: W("只有管理员可以", "only an administrator may"),
    hub_errors.NO_CODE: W(
        "邀请码无效、已用过或已过期；请要一个新的",
        "the code is void, used or too old; get a new one",
    ),
    hub_errors.NAMELESS: W(
        "它不知道您的姓名；请加 --name 姓名", "it does not know your name; add --name NAME"
    ),
    hub_errors.FOUNDED: W(
        "它已属于另一个组织", "it belongs to another organisation already"
    ),
    hub_errors.NOT_FOUNDED: W(
        "它还没有组织；请先用首个邀请码", "it has no organisation yet; use its first code first"
    ),
    hub_errors.AWAITS: W(
        "它恢复到了较早的状态，正在等管理员的电脑来同步；请稍后再试",
        "it was put back to an older state and waits for an administrator's device to sync;"
        " try again later",
    ),
    hub_errors.OTHER_LOG: W(
        "它的成员日志与本机的不同；请在那里采用对的一份：sitebook hub log 文件"
        "（由 sitebook member log 生成）",
        "its membership log differs from the one here; take the right one there: sitebook hub"
        " log FILE (made by sitebook member log)",
    ),
    hub_errors.FULL: W(
        "它的磁盘已满；请管理员腾出空间", "its disk is full; ask an administrator to make room"
    ),
    hub_errors.OVER_QUOTA: W("本机的存储配额已满", "this device's quota there is used up"),
    hub_errors.BEHIND: W(
        "成员日志已有更新；请先同步再试", "the members were changed meanwhile; sync, then repeat"
    ),
    hub_errors.TOO_LARGE: W("内容太大", "it is too large"),
    hub_errors.TOO_MANY: W("一次发送的改动太多", "too many changes came at once"),
    hub_errors.REFUSED: W("不合规定", "the rules do not allow it"),
    hub_errors.BAD_SIGNATURE: W("签名不对", "the signature is wrong"),
    hub_errors.UNSIGNED: W("请求没有签名", "the request is not signed"),
    hub_errors.MALFORMED: W("它不认识这种请求", "it does not understand the request"),
    hub_errors.NOT_THERE: W("那里没有这个内容", "it is not there"),
    hub_errors.TROUBLE: W("它出错了；请管理员查看它的日志", "it failed; ask an administrator"),
}  # fmt: skip


OTHER_NAMES, TIMES = (62, 64), (9, 10)
"""OpenSSL's codes: of another host or address; not valid yet, or no more."""
WHYS: Sequence[tuple[type[BaseException], W]] = (
    (socket.gaierror, NO_NAME_THERE),
    (ConnectionRefusedError, NO_HUB_THERE),
    (TimeoutError, NO_ANSWER),
)
E = TypeVar("E", bound=BaseException)


class NewEpoch(Exception):
    """The hub was put back to an older state; what it said before no longer holds."""


class HttpReply(NamedTuple):
    """A hub's answer."""

    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """The answer as JSON; None for anything else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Denied(Refused):
    """The hub's own refusal, with its reason."""

    def __init__(self, said: str, word: W, **values: object) -> None:
        super().__init__(word, **values)
        self.said = said


class Wire:
    """An open line to one hub."""

    def __init__(
        self,
        url: str,
        authority: str,
        *,
        blind: bool = False,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`blind`: any hub that answers, to compare its authority with a code; nothing else."""
        import httpx2

        self.url = url
        self.pause = pause
        self.organisation = ""
        self.epoch = ""
        self._ahead = 0
        """Milliseconds by which the hub's clock is ahead of ours."""
        self._lib: Any = httpx2
        limit = httpx2.Timeout(SECONDS, connect=10.0)
        tls: Any = blindly() if blind else trusting(authority) if authority else True
        self._client: Any = httpx2.Client(
            base_url=url, verify=tls, trust_env=False, timeout=limit, follow_redirects=False
        )

        self._hang_up = weakref.finalize(self, self._client.close)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; a round that broke off does so too."""
        self._hang_up()

    @property
    def ahead(self) -> int:
        """How far the hub's clock is ahead of ours, ms."""
        return self._ahead

    def hello(self) -> dict[str, Any]:
        """Who answers; its epoch and clock are used from now on."""
        found = self.call("GET", "/v1/hello").json()
        try:
            self.organisation, self.epoch = str(found["organisation"]), str(found["epoch"])
            self._ahead = int(found["time"]) - _now()
            return dict(found)
        except (TypeError, KeyError, ValueError):
            raise Refused(OTHER_HUB, url=self.url) from None

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        key: Signer | None = None,
        **query: str | int,
    ) -> HttpReply:
        """Ask the hub. Raises `Refused` when it cannot or will not, `NewEpoch` as said there."""
        cuts = 0
        for attempt in range(TRIES):
            try:
                reply = self._once(method, path, urlencode(query), body, key)
            except (self._lib.TransportError, self._lib.DecodingError) as error:
                self._mistrusted(error)
                cuts += 1
                if cuts > CUTS:
                    raise Refused(AWAY, url=self.url, reason=_why(error)) from error
                continue
            if reply.status_code == 200:
                return HttpReply(reply.content, reply.headers)
            if reply.status_code not in (429, 503):
                self._denied(reply)
            else:
                self.pause(_wait(reply, attempt))
        raise Refused(BUSY, url=self.url)

    def _once(self, method: str, path: str, query: str, body: bytes, key: Signer | None) -> Any:
        headers = {}
        if key is not None:
            ask, nonce = Ask(method, path, query, {}, body), secrets.token_hex(16)
            now = _now() + self._ahead
            headers = signed_headers(key, self.organisation, ask, self.epoch, now, nonce)
        where = f"{path}?{query}" if query else path
        return self._client.request(method, where, content=body, headers=headers)

    def _mistrusted(self, error: Exception) -> None:
        """Raise `Refused` when the certificate was what is wrong: nothing was sent then."""
        found = _inner(error, ssl.SSLCertVerificationError)
        if found is None:
            return
        if found.verify_code in OTHER_NAMES:
            raise Refused(OTHER_NAME, host=urlsplit(self.url).hostname or "") from error
        raise Refused(OLD_CERTIFICATE if found.verify_code in TIMES else OTHER_HUB, url=self.url)

    def _denied(self, reply: Any) -> None:
        """Raise what the hub said; return when the call is to be made again."""
        data = HttpReply(reply.content, {}).json()
        reason = str(data.get("reason", ""))[:60] if isinstance(data, dict) else ""
        if reason == hub_errors.OLD_EPOCH:
            raise NewEpoch
        if reason == hub_errors.CLOCK and type(data.get("time")) is int:
            self._ahead = data["time"] - _now()
            return
        if reason == hub_errors.REPLAYED:
            return
        said = REASONS.get(reason) or _unknown(reason or str(reply.status_code))
        if reason == hub_errors.REFUSED and "why" in data:
            said = hub_errors.heard(data["why"])
        raise Denied(reason, SAID_NO, url=self.url, reason=said)


def _unknown(reason: str) -> W:
    """The reason of a newer hub, or of something that is none."""
    return W(f"它答复“{reason}”", f"it answers “{reason}”")


def _now() -> int:
    return time.time_ns() // 1_000_000


def _wait(reply: Any, attempt: int) -> float:
    """Seconds until a busy hub is asked again: what it says, more each time, not all at once."""
    said = str(reply.headers.get("retry-after", ""))
    least: float = float(said[:4]) if said.isdecimal() else 0.0
    spread: float = random.uniform(0.75, 1.5)
    return min(4.0, max(least, 0.25 * (1 << attempt))) * spread


def _inner(error: BaseException, kind: type[E]) -> E | None:
    """The exception of a kind behind one."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, kind):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _why(error: Exception) -> object:
    """What went wrong, in a few words."""
    for kind, word in WHYS:
        if _inner(error, kind) is not None:
            return word
    found = _inner(error, OSError)
    if found is None or isinstance(found, ssl.SSLError):  # its words are for programmers
        return BROKEN_OFF
    return why_of(found) if found.strerror else BROKEN_OFF
