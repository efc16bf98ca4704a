"""`hub`: begin a hub, invite people to it, serve it."""

from __future__ import annotations

import errno
import signal
import socket
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.text.os_errors import why
from models.text.words import Refused, W, say
from sync.hub import certificates, config
from sync.hub.maintenance import Upkeep
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.hub_invite import BOOK
from tui.cli.commands.hub_log import waits
from tui.cli.options import command, option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output

if TYPE_CHECKING:
    from sync.hub.hub import Hub

ENTRIES = {
    "init": CommandEntry("tui.cli.commands.hub:init", W("建立同步服务器", "set up a hub")),
    "invite": CommandEntry(
        "tui.cli.commands.hub_invite:invite", W("发一次性邀请码", "make an invitation code")
    ),
    "rekey": CommandEntry(
        "tui.cli.commands.hub_invite:rekey", W("更换密钥", "change the hub's key")
    ),
    "serve": CommandEntry("tui.cli.commands.hub:serve", W("运行同步服务器", "run the hub")),
    "figures": CommandEntry(
        "tui.cli.commands.hub_figures:figures",
        W("内容多少、用时和断开的连接", "what it holds, its times, connections it cut"),
    ),
    "log": CommandEntry(
        "tui.cli.commands.hub_log:log", W("成员日志是否完整", "whether the membership log is whole")
    ),
    "copy": CommandEntry(
        "tui.cli.commands.hub_log:copy", W("改用另一个数据库", "move to another database")
    ),
}
PORTS = click.IntRange(1, 65535)
DB = W(
    "数据库地址（默认：文件夹中的 SQLite）",
    "address of the database (default: SQLite in the folder)",
)
MADE = W(
    "同步服务器在 {home}，电脑将连接 {url}。启动：\n  sitebook --home {home} hub serve{more}",
    "The hub is in {home}; devices connect to {url}. Start it:\n sitebook --home {home}"
    " hub serve{more}",
)
FIRST = W(
    "首个邀请码（30 天内有效，只能用一次）。请在管理员的电脑上运行：\n  sitebook join {code}",
    "First invitation code (valid for 30 days, one use). On the administrator's device"
    " run:\n sitebook join {code}",
)
READY = W("同步服务器已有组织“{name}”。", "The hub already has an organisation: “{name}”.")
LISTENING = W(
    "同步服务器在 {url} 上运行。按 Ctrl+C 停止。",
    "The hub is running at {url}. Press Ctrl+C to stop.",
)
RENEW = W(
    "证书将于 {day} 到期（还有 {days} 天）。请更新：sitebook --home {home} hub init，"
    "再重新启动同步服务器。",
    "The certificate ends on {day}, in {days} days. Renew it: sitebook --home {home} hub init,"
    " then restart the hub.",
)
TAKEN = W(
    "{host} 的端口 {port} 已被占用。请换一个端口（--port），或先结束占用它的程序。",
    "Port {port} of {host} is in use. Choose another one (--port), or stop the program"
    " that uses it.",
)
NOT_OURS = W(
    "不能在 {host}:{port} 上监听：{reason}。--host 要写本机的地址（0.0.0.0：全部）。",
    "Cannot listen on {host}:{port}: {reason}. --host must be an address of this computer"
    " (0.0.0.0: all).",
)
MISSING = W(
    "本机没有同步服务器需要的程序包。请在程序的目录里运行：pip install '.[hub]'。",
    "Packages that the hub needs are not installed. In the program's folder run:"
    " pip install '.[hub]'.",
)


def hub() -> Lazy:
    """The group of commands about a hub."""
    return Lazy(
        "hub",
        W(
            "同步服务器：电脑通过它在网络上同步。",
            "The hub: the server through which devices sync.",
        ),
        ENTRIES,
    )


@command(
    "init",
    W(
        "建立同步服务器：密钥、证书、数据库和首个邀请码。再次运行时更新证书，只改写明的选项。",
        "Set up a hub: key, certificates, database and first invitation code. Run again, it"
        " renews the certificate and changes only the options given.",
    ),
    examples=("--home /srv/sitebook hub init --host hub.example.com",),
)
@option("--host", "hosts", metavar="NAME", multiple=True,
        words=W("电脑连接用的名称或地址", "name or address that devices connect to"))  # fmt: skip
@option("--port", metavar="N", type=PORTS, words=W("端口（默认 8443）", "port (default: 8443)"))
@option("--db", metavar="URL", words=DB)
@option("--book", metavar="FOLDER", words=BOOK)
@pass_desk
def init(
    desk: CommandContext,
    hosts: tuple[str, ...],
    port: int | None,
    db: str | None,
    book: str | None,
) -> None:
    """Make it, and show how to go on."""
    signer = str(Path(book).expanduser().absolute()) if book else ""
    chosen = config.begin(desk.home, db, hosts, port, signer)
    with closing(_opened(desk)) as hub:
        code = config.founding(hub, chosen)
        more = "" if chosen.host == "127.0.0.1" else " --host 0.0.0.0"
        output.put(say(MADE, home=desk.home, url=chosen.url, more=more))
        if code is not None:
            output.put(say(FIRST, code=code))
        else:
            output.put(say(READY, name=hub.membership.now().name))
        _warn(hub)


@command(
    "serve",
    W("运行同步服务器，直到按 Ctrl+C。", "Run the hub until Ctrl+C."),
    examples=(
        "--home /srv/sitebook hub serve --host 0.0.0.0",
        "hub serve --db postgresql://hub@db.example.com/sitebook",
    ),
)
@option(
    "--host", metavar="ADDRESS", default="127.0.0.1", words=W("监听地址", "address to listen on")
)
@option("--port", metavar="N", type=PORTS, words=W("端口", "port"))
@option("--db", metavar="URL", words=DB)
@option("--restored", is_flag=True, words=W(
    "数据库是从旧备份恢复的：电脑重新发送全部内容",
    "the database was restored from an old backup: devices send everything again"))  # fmt: skip
@pass_desk
def serve(
    desk: CommandContext, host: str, port: int | None, db: str | None, restored: bool
) -> None:
    """One hub process."""
    chosen = config.load(desk.home)
    port = port or chosen.port
    with closing(_opened(desk, db)) as hub:
        if restored:
            hub.renew_epoch(hub.epoch)
        running = _server(hub, host, port)
        hub.membership.now()  # the response does not wait for it, however long it takes
        listen = _listening(host, port)
        output.put(say(LISTENING, url=chosen._replace(host=host, port=port).url))
        _warn(hub)
        output.flush()
        with Upkeep(hub, running.config.app.state.desk.registry.cuts):
            _until_told(running, listen)


def _warn(hub: Hub) -> None:
    """What an operator should know: that the hub waits, that its certificate ends."""
    if told := waits(hub):
        output.put(told)
    end = hub.certificate_ends
    if end is not None and certificates.ending(end):
        days = certificates.days_left(end)
        output.put(say(RENEW, day=end.date().isoformat(), days=days, home=hub.home))


def _opened(desk: CommandContext, db: str | None = None) -> Hub:
    """The hub, its key opened by the passphrase where it has one."""
    return config.opened(desk.home, db, passphrase.passphrase(desk.home))


def _server(hub: Hub, host: str, port: int) -> Any:
    try:
        from sync.hub.serving.server import server

        return server(hub, host, port)
    except ImportError:
        raise Refused(MISSING) from None


def _until_told(running: Any, listen: socket.socket) -> None:
    """Serve until Ctrl+C or a request to end, which is how a hub ends well."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        running.run([listen])
    running.config.app.state.desk.close()


def _listening(host: str, port: int) -> socket.socket:
    """A bound socket that sends small answers at once."""
    family, kind, proto, where = _address(host, port)
    try:
        with ExitStack() as unless:
            made = unless.enter_context(socket.socket(family, kind, proto))
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(where)
            made.listen(1024)  # who comes from now on is served as soon as all is ready
            unless.pop_all()
    except OSError as error:
        word = TAKEN if error.errno == errno.EADDRINUSE else NOT_OURS
        raise Refused(word, host=host, port=port, reason=why(error)) from error
    return made


def _address(host: str, port: int) -> tuple[int, int, int, Any]:
    """How to listen at a host and a port: family, type, protocol and address."""
    way = {"type": socket.SOCK_STREAM, "proto": socket.IPPROTO_TCP}
    try:
        family, kind, proto, _, where = socket.getaddrinfo(host, port, **way)[0]
    except socket.gaierror as error:  # its numbers are those of names, not of the system
        raise Refused(NOT_OURS, host=host, port=port, reason=error.strerror) from error
    return family, kind, proto, where
