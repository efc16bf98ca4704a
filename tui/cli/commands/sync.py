"""`sync`: a round with a folder or the hub, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.text.words import W, say
from sync.apply.reevaluation.incarnation import COPIED
from sync.transport import peers
from sync.validation.verify import FORKED, FORKED_BEFORE
from tui.cli import passphrase as secret
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.cli.streams.output import shares

if TYPE_CHECKING:
    from sync.transport.round import RoundReport
    from sync.workspace.workspace import Workspace

GAVE = W("已发送 {given} 条改动，已收到 {taken} 条。", "{given} changes sent, {taken} received.")
FILES = W(
    "附件：已发送 {given} 个，已收到 {taken} 个，还缺 {absent} 个。",
    "Attached files: {given} sent, {taken} received, {absent} missing.",
)
FILES_LEFT = W(
    "{count} 个附件超出这次的总量上限，没有带上。请再同步一次；写同步包时请加大 --files。",
    "{count} attached files went beyond the size limit and were left out. Sync once more, or give"
    " a larger --files for a bundle.",
)
LOOK = W(
    "有冲突的记录 {conflicts} 条，隔离的改动 {quarantined} 条，等待更早改动的 {waiting} 段。",
    "Records in conflict: {conflicts}; quarantined changes: {quarantined}; segments"
    " waiting for earlier changes: {waiting}.",
)
UNSURE = W(
    "{count} 条本机改动尚未得到确认。",
    "{count} changes of this device are not confirmed yet.",
)
VERBOSE = W(
    "每条得到确认的记录打印一行 ACKED 和 ref", "print ACKED and its ref for each confirmed record"
)


@command(
    "sync",
    W(
        "与共享文件夹或同步服务器同步一次。不写时用上次的。",
        "Sync once with a shared folder or the hub. Default: the last one used.",
    ),
    examples=("sync", "sync /media/share", "sync --verbose"),
)
@argument(
    "peer",
    W("共享文件夹，或同步服务器的地址", "a shared folder or the hub's address"),
    required=False,
)
@option("--verbose", is_flag=True, words=VERBOSE)
@json_option
@pass_desk
def sync(desk: CommandContext, peer: str | None, verbose: bool, as_json: bool) -> None:
    """One round."""
    with desk.open() as workspace:
        phrase = secret.passphrase(workspace.home)
        report = peers.sync(workspace, peer, passphrase=phrase, tell=shares())
        tell_round(workspace, report, GAVE, as_json, verbose)


def tell_round(
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
    if facts["files_left"]:
        output.put(say(FILES_LEFT, count=facts["files_left"]))
    if facts["conflicts"] or facts["quarantined"] or facts["waiting"]:
        output.put(say(LOOK, **facts))
    if facts["unconfirmed"]:
        output.put(say(UNSURE, count=facts["unconfirmed"]))


def facts_of(report: RoundReport) -> dict[str, Any]:
    """What a round did, as JSON."""
    taken = report.taken
    return {
        "carrier": report.carrier,
        "given": report.given,
        "taken": taken.outcome.applied,
        "members": taken.members,
        "conflicts": len(taken.outcome.conflicts),
        "quarantined": taken.outcome.quarantined,
        "waiting": len(taken.waiting),
        "forks": sum(
            why.word in (FORKED, FORKED_BEFORE, COPIED) for why in (*report.refused, *taken.refused)
        ),
        "files_given": report.files_given,
        "files_taken": report.files_taken,
        "files_absent": report.files_absent,
        "files_left": report.files_left,
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
