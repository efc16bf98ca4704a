"""`hub log`, `hub copy`, `member log`: a hub that was put back, emptied or moved."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from models.text.words import W, say
from sync.hub import config
from sync.hub.hub import Hub
from sync.hub.recovery import database_copy, returned_log
from sync.hub.storage.database import Base, veiled
from sync.log import membership_store
from sync.organisation import log_file
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, option, wrong
from tui.cli.passphrase import passphrase as phrase
from tui.cli.streams import output

LENGTH = W("成员日志：{n} 条。", "Membership log: {n} entries.")
READY = W("同步服务器照常登记成员。", "The hub admits members as usual.")
WAITS = W(
    "数据库恢复到了较早的状态，或已清空：同步服务器在等管理员的电脑来同步，此前不接入任何人。",
    "The database was put back or emptied: the hub waits for an administrator's device to sync,"
    " and admits nobody before.",
)
WAITS_FOR = W(
    "它还缺成员日志的第 {first} 到 {last} 条：在此之前，只有带来这些条目的电脑能够同步。",
    "It lacks entries {first} to {last} of the membership log: until a device brings them, no"
    " device can sync.",
)
DIFFERS = W(
    "它的成员日志第 {last} 条与记号不同。请采用对的一份：sitebook hub log 文件。",
    "Entry {last} of its membership log differs from the mark. Take the right one: sitebook hub"
    " log FILE.",
)
TOOK = W(
    "已采用更长的成员日志：{n} 条。请重新启动同步服务器的全部进程。",
    "The longer membership log was taken: {n} entries. Restart all processes of the hub.",
)
REPLACED = W(
    "此处原有的 {gone} 条被替换；由它们接入的电脑须重新加入。",
    "{gone} entries of the hub's own were replaced; devices that they admitted must join again.",
)
NOT_BOTH = W("--go-on 不能与文件同用。", "--go-on does not go together with a file.")
COPIED = W(
    "已复制 {rows} 行（{segments} 段、{members} 条成员日志、{invites} 个邀请码）。"
    "同步服务器今后使用 {db}。请重新启动；旧数据库未改动。",
    "{rows} rows were copied ({segments} segments, {members} membership entries, {invites}"
    " invitation codes). From now on the hub uses {db}. Restart it; the old database is unchanged.",
)
WROTE = W("已写出 {path}：成员日志 {n} 条。", "{path} was written: {n} membership entries.")


@command(
    "log",
    W(
        "查看同步服务器的成员日志；给出文件时，采用其中更长的一份。",
        "Show how long the hub's membership log is; with a file, take the longer one in it.",
    ),
    examples=("--home /srv/sitebook hub log", "--home /srv/sitebook hub log members.json"),
)
@argument(
    "file", W("sitebook member log 生成的文件", "a file that sitebook member log made"),
    required=False,
)  # fmt: skip
@option("--go-on", is_flag=True, words=W(
    "不再等待：这里的成员日志就是完整的",
    "wait no longer: the log that is here is whole"))  # fmt: skip
@pass_desk
def log(desk: CommandContext, file: str | None, go_on: bool) -> None:
    """What the hub has; with a file or the option, more."""
    if file and go_on:
        raise wrong(NOT_BOTH)
    with closing(config.opened(desk.home, passphrase=phrase(desk.home))) as hub:
        if file:
            entries = log_file.read(Path(file).expanduser())
            taken, gone = returned_log.take(hub, entries)
            output.put(say(TOOK, n=len(taken.entries)))
            if gone:
                output.put(say(REPLACED, gone=gone))
        elif go_on:
            returned_log.go_on(hub)
        here = len(hub.membership.now().entries)
        output.put(say(LENGTH, n=here))
        output.put(waits(hub) or str(READY))


def waits(hub: Hub) -> str:
    """What the hub waits for; nothing when it does not wait."""
    awaited, here = hub.wait.now(), hub.membership.now()
    if awaited is None:
        return ""
    if awaited.within(here):
        return str(WAITS)
    word = WAITS_FOR if awaited.n > len(here.entries) else DIFFERS
    return f"{WAITS}\n{say(word, first=len(here.entries) + 1, last=awaited.n)}"


@command(
    "copy",
    W(
        "把同步服务器的数据库复制到另一个空的数据库，今后使用后者。请先停止同步服务器。",
        "Copy the hub's database into another, empty one and use that from now on. Stop the hub"
        " first.",
    ),
    examples=("--home /srv/sitebook hub copy --to postgresql://hub@db/sitebook",),
)
@option("--to", "to", metavar="URL", required=True,
        words=W("空数据库的地址", "address of the empty database"))  # fmt: skip
@pass_desk
def copy(desk: CommandContext, to: str) -> None:
    """SQLite to PostgreSQL, or any way."""
    chosen = config.load(desk.home)
    to = config.placed(desk.home, to)
    with (
        closing(config.opened(desk.home, passphrase=phrase(desk.home))) as hub,
        closing(Base(to)) as target,
    ):
        rows = database_copy.copy(hub.base, target)
    config.save(desk.home, chosen._replace(db=to))
    named = {"segments": rows["Segment"], "members": rows["Member"], "invites": rows["Invite"]}
    output.put(say(COPIED, rows=sum(rows.values()), **named, db=veiled(to)))


@command(
    "log",
    W(
        "把成员日志写入文件，供丢失了条目的同步服务器采用（sitebook hub log 文件）。",
        "Write the membership log into a file, for a hub that lost entries (sitebook hub log"
        " FILE).",
    ),
    examples=("member log members.json",),
)
@argument("file", W("文件", "the file"))
@pass_desk
def write(desk: CommandContext, file: str) -> None:
    """The whole log."""
    path = Path(file).expanduser().absolute()
    with desk.open() as workspace:
        kept = membership_store.load(workspace.store.db)
        log_file.write(path, kept)
        output.put(say(WROTE, path=path, n=len(kept.entries)))
