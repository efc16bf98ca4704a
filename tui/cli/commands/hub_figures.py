"""`hub figures`: counts, times and cut connections, for the operator of a hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from models.text.words import W, say
from sync.hub import config
from sync.hub.figures import figures as counted
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.passphrase import passphrase as phrase
from tui.cli.streams import output

COUNTS: Mapping[str, W] = {
    "spaces": W("空间", "Spaces"),
    "segments": W("改动段", "Segments"),
    "bytes": W("字节", "Bytes"),
    "devices": W("电脑", "Devices"),
    "quarantined": W("隔离的改动", "Quarantined changes"),
    "parked": W("待新版本判断的改动", "Changes for a newer version"),
    "forks": W("第二份历史", "Second histories"),
}
CUTS: Mapping[str, W] = {
    "handshake": W("加密握手未按时完成", "TLS handshake not finished in time"),
    "head": W("请求头未按时到齐", "head of a request not finished in time"),
    "body": W("不需要的内容没有停", "a body that was refused went on"),
    "answer": W("不读取应答", "answer not read"),
    "crowded": W("连接太多", "too many connections"),
    "bytes": W("未验证的内容太多", "too many bytes of unverified requests"),
    "end": W("服务器停止", "the hub was stopped"),
}
PROCESSES = W(
    "最近一天运行的进程：{n} 个，最后记录于 {at}（UTC）。",
    "Processes of the last day: {n}; latest figures of {at} (UTC).",
)
NO_PROCESS = W(
    "最近一天没有进程留下用时。进程每分钟记录一次。",
    "No process noted its times in the last day. A process notes them every minute.",
)
CUT = W("断开的连接", "Connections that were cut")
TIMES = (
    W("请求", "request"), W("次数", "count"), W("中位数 ms", "median ms"), W("95% ms", "p95 ms"),
    W("最长 ms", "longest ms"),
)  # fmt: skip


@command(
    "figures",
    W(
        "显示同步服务器的内容多少、各请求的用时和断开的连接。",
        "Show how much the hub holds, the times of its requests and the connections that it cut.",
    ),
    examples=("--home /srv/sitebook hub figures", "--home /srv/sitebook hub figures --json"),
)
@json_option
@pass_desk
def figures(desk: CommandContext, as_json: bool) -> None:
    """From the database: the hub need not run."""
    with closing(config.opened(desk.home, passphrase=phrase(desk.home))) as hub:
        told = counted(hub)
    if as_json:
        output.emit(told)
        return
    output.table([(str(word), str(told[name])) for name, word in COUNTS.items()])
    output.put()
    some: Sequence[dict[str, Any]] = told["processes"]
    if not some:
        output.put(str(NO_PROCESS))
        return
    at = datetime.fromtimestamp(some[0]["at"] / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    output.put(say(PROCESSES, n=len(some), at=at))
    for one in some:
        rows = [[path, *(str(n) for n in ms.values())] for path, ms in sorted(one["ms"].items())]
        if rows:
            output.put()
            output.table([[str(word) for word in TIMES], *rows])
    cuts = sum((Counter(one["cut"]) for one in some), Counter[str]())
    if cuts:
        output.put(f"\n{CUT}")
        names = {name: str(CUTS[name]) if name in CUTS else name for name in cuts}
        output.table([(names[name], str(n)) for name, n in cuts.most_common()])
