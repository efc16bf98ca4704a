"""`sync`, `bundle`: rounds with a folder, a hub or a file, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.text.words import W, say
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option
from tui.cli.root import CommandEntry, Lazy

if TYPE_CHECKING:
    from sync.transport.round import RoundReport
    from sync.workspace.workspace import Workspace

GAVE = W("给出 {given} 条改动，收到 {taken} 条。", "{given} changes sent, {taken} received.")
WROTE = W("已写出 {path}：{given} 条改动。", "{path} was written: {given} changes.")
READ = W("已读入 {path}：{taken} 条新改动。", "{path} was read: {taken} new changes.")
FILES = W(
    "附件：给出 {given} 个，收到 {taken} 个，还缺 {absent} 个。",
    "Attached files: {given} given, {taken} taken, {absent} not here yet.",
)
LOOK = W(
    "冲突 {conflicts} 条记录，隔离 {quarantined} 条改动，等待前文 {waiting} 段。",
    "Records in conflict: {conflicts}; changes quarantined: {quarantined}; segments that wait:"
    " {waiting}.",
)
UNSURE = W(
    "{count} 条本机改动尚未得到确认。",
    "{count} changes of this device are not confirmed elsewhere yet.",
)
VERBOSE = W("每条得到确认的记录打印一行 ACKED", "print a line ACKED for each confirmed record")

ENTRIES = {
    "write": CommandEntry("tui.cli.commands.sync:write", W("写出交换包", "write a bundle")),
    "read": CommandEntry("tui.cli.commands.sync:read", W("读入交换包", "read a bundle")),
}


def bundle() -> Lazy:
    """The group of commands about bundle files."""
    return Lazy(
        "bundle", W("交换包：用 U 盘同步的文件。", "Bundles: files to sync by USB stick."), ENTRIES
    )


@command(
    "sync",
    W(
        "与共享文件夹或中心同步一次；不写对象时用上次的。",
        "Sync once with a shared folder or the hub; without one, with the last one used.",
    ),
    examples=("sync", "sync /media/share", "sync --verbose"),
)
@argument(
    "peer", W("共享文件夹，或中心的地址", "a shared folder or the hub's address"), required=False
)
@option("--verbose", is_flag=True, words=VERBOSE)
@json_option
@pass_desk
def sync(desk: CommandContext, peer: str | None, verbose: bool, as_json: bool) -> None:
    """One round."""
    from sync.transport import peers
    from tui.cli import passphrase as secret
    from tui.cli.share import shares

    with desk.open() as workspace:
        phrase = secret.passphrase(workspace.home)
        report = peers.sync(workspace, peer, passphrase=phrase, tell=shares())
        _told(workspace, report, GAVE, as_json, verbose)


@command(
    "write",
    W(
        "把本机的内容写成一个文件，加密给有权的成员设备；--passphrase 改用口令。",
        "Write what is here into one file, encrypted to the members' devices that may read it;"
        " with --passphrase to whoever knows that.",
    ),
    examples=("bundle write /media/usb/week.sitebook",),
)
@argument("file", W("文件", "the file"))
@option("--passphrase", is_flag=True, words=W("用口令加密", "protect it by a passphrase"))
@option(
    "--files", "budget", metavar="MIB", type=int, default=256,
    words=W("附件最多多少 MiB（0：不带）", "most MiB of attached files (0: none)"),
)  # fmt: skip
@json_option
@pass_desk
def write(desk: CommandContext, file: str, passphrase: bool, budget: int, as_json: bool) -> None:
    """One bundle."""
    from sync.transport.bundle import bundle
    from sync.transport.exchange import Exchange
    from tui.cli import passphrase as secret
    from tui.cli.share import shares

    path = Path(file).expanduser().absolute()
    with desk.open() as workspace:
        exchange = Exchange(workspace, secret.passphrase(workspace.home))
        phrase = secret.of_file(again=True) if passphrase else None
        mib = max(0, budget) << 20
        report = bundle.write(exchange, path, passphrase=phrase, budget=mib, tell=shares())
        _told(workspace, report, WROTE, as_json, verbose=False, path=path)


@command(
    "read",
    W(
        "读入一个交换包；先检查整个文件，有任何损坏就什么也不改。",
        "Read a bundle. The whole file is checked first: any damage, and nothing is changed.",
    ),
    examples=("bundle read /media/usb/week.sitebook",),
)
@argument("file", W("文件", "the file"))
@option("--verbose", is_flag=True, words=VERBOSE)
@json_option
@pass_desk
def read(desk: CommandContext, file: str, verbose: bool, as_json: bool) -> None:
    """Take what a bundle has."""
    from sync.transport.bundle import bundle
    from sync.transport.exchange import Exchange
    from tui.cli import passphrase as secret
    from tui.cli.share import shares

    path = Path(file).expanduser().absolute()
    with desk.open() as workspace:
        exchange = Exchange(workspace, secret.passphrase(workspace.home))
        phrase = secret.of_file() if bundle.locked(path) else None
        report = bundle.read(exchange, path, passphrase=phrase, tell=shares())
        _told(workspace, report, READ, as_json, verbose, path=path)


def _told(
    workspace: Workspace,
    report: RoundReport,
    first: W,
    as_json: bool,
    verbose: bool = False,
    **more: object,
) -> None:
    """What a round did; raises what was refused in it, after telling the rest."""
    facts = facts_of(report)
    if verbose:
        for ref in _refs(workspace, report):
            output.put(f"ACKED {ref}")
    if as_json:
        output.emit(facts)
    else:
        _say(facts, first, more)
    output.flush()
    for why in (*report.refused, *report.taken.refused):
        raise why


def _say(facts: dict[str, Any], first: W, more: dict[str, object]) -> None:
    output.put(say(first, **facts, **more))
    if facts["files_given"] or facts["files_taken"] or facts["files_absent"]:
        named = {name: facts[f"files_{name}"] for name in ("given", "taken", "absent")}
        output.put(say(FILES, **named))
    if facts["conflicts"] or facts["quarantined"] or facts["waiting"]:
        output.put(say(LOOK, **facts))
    if facts["unconfirmed"]:
        output.put(say(UNSURE, count=facts["unconfirmed"]))


def facts_of(report: RoundReport) -> dict[str, Any]:
    """What a round did, as JSON."""
    from sync.validation.verify import FORKED

    taken = report.taken
    return {
        "carrier": report.carrier,
        "given": report.given,
        "taken": taken.outcome.applied,
        "members": taken.members,
        "conflicts": len(taken.outcome.conflicts),
        "quarantined": taken.outcome.quarantined,
        "waiting": len(taken.waiting),
        "forks": sum(why.word == FORKED for why in (*report.refused, *taken.refused)),
        "files_given": report.files_given,
        "files_taken": report.files_taken,
        "files_absent": report.files_absent,
        "confirmed": len(report.confirmed),
        "unconfirmed": report.unconfirmed,
        "refused": [str(why) for why in (*report.refused, *taken.refused)],
    }


def _refs(workspace: Workspace, report: RoundReport) -> list[str]:
    """The `ref` of each record that was confirmed and has one."""
    found = []
    for type, record in report.confirmed:
        row = workspace.store.row(f'SELECT ref FROM "{type}" WHERE id=?', (record,))
        if row and row[0]:
            found.append(str(row[0]))
    return found
