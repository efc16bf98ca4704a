"""Sync tasks: what a person asks the background sync to do, and the sentence at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from models.text.typed_path import path_of
from models.text.words import Refused, W, say, several
from sync.transport.bundle import bundle
from sync.transport.exchange import Exchange
from sync.trust import device_key
from sync.workspace import hub_address
from tui.pages.dialogs.passphrase import Passphrase

if TYPE_CHECKING:
    from sync.transport.round import RoundReport, Stop, Tell
    from sync.workspace.workspace import Workspace
    from tui.widgets.app_context import AppContext

Typed = Callable[[str], None]
"""What is done with a path as it was typed."""
MIB = 256
"""Most MiB of attached files that a bundle takes along."""
WRITE, READ = W("写离线同步包", "Writing a bundle"), W("读离线同步包", "Reading a bundle")
PASSPHRASE = W("本机密钥的口令", "The passphrase of this device's key")
SIGNS = W("口令（用于签署这项决定）", "The passphrase, to sign this decision")
OF_BUNDLE = W("离线同步包的口令", "The passphrase of the bundle")
NEW_ONE = W("给离线同步包设一个口令", "A passphrase for the bundle")
NO_PEER = W("还没有同步对象，请选一个。", "Nothing to sync with yet; choose one.")

DONE = W(
    "与{peer}同步完成：已发送 {given} 条，已收到 {taken} 条。",
    "Synced with {peer}: {given} sent, {taken} received.",
)
WROTE = W(
    "已写出 {peer}，含 {given} 条改动。其他电脑读入并同步回来之前，这些改动为待确认。",
    "{peer} was written with {given} changes. They count as unconfirmed until another"
    " device has read it and synced back.",
)
TOOK = W("已读入 {peer}，收到 {taken} 条新改动。", "{peer} was read: {taken} new changes.")
STOPPED = W(
    "已停止。完成的部分已保存，下次同步从这里继续。",
    "Stopped. What was done is saved; the next sync continues from here.",
)
ALL_SURE = W("本机的改动对方都已确认收到。", "All changes made here are confirmed.")
UNSURE = W(
    "本机还有 {n} 条改动没有得到确认。",
    "{n} changes made here are not confirmed yet.",
)
LOOK = {
    "conflicts": W("冲突 {n}", "{n} in conflict"),
    "quarantined": W("隔离 {n}", "{n} quarantined"),
    "waiting": W("等待 {n}", "{n} waiting"),
}
"""What came and wants a look."""
CAME = W("新出现：{what}。", "New: {what}.")
FILES_LEFT = W(
    "{n} 个附件超出这次的总量上限，没有带上。请再同步一次；"
    "同步包请用 sitebook bundle write --files。",
    "{n} attached files went beyond the size limit and were left out. Sync once more; for a bundle"
    " use sitebook bundle write --files.",
)
FILES = W("附件还缺 {n} 个。", "Missing attached files: {n}.")
QUOTED = W("“{name}”", "“{name}”")
HUB = W("同步服务器", "the hub")


@runtime_checkable
class ShowsRounds(Protocol):
    """A page that says itself how a round ended."""

    def round_ended(self, text: str, bad: bool) -> None:
        """A round that a person wanted has ended."""


def sync_now(app: AppContext) -> None:
    """Sync with whom it was last done; without one, open the page where one is chosen."""
    peer = app.sync_runner.peer
    if peer is None:
        if not isinstance(app.screen, ShowsRounds):
            app.open_page("tui.pages.sync.sync_page", "SyncPage")
        app.tell(str(NO_PEER))
        return
    sync(app, peer)


def sync(app: AppContext, peer: str) -> None:
    """One round with a peer."""
    with_key(app, lambda: app.sync_runner.sync(peer, then=lambda result: tell(app, peer, result)))


def write_bundle(app: AppContext, typed: str, passphrase: str | None = None) -> None:
    """Write a bundle: for the members' devices, or for people who know a passphrase."""
    path = path_of(typed).absolute()

    def start() -> None:
        key = app.sync_runner.passphrase

        def job(workspace: Workspace, share: Tell, stop: Stop) -> RoundReport:
            exchange, most = Exchange(workspace, key), MIB << 20
            return bundle.write(
                exchange, path, passphrase=passphrase, budget=most, tell=share, stop=stop
            )

        _run(app, WRITE, job, path, WROTE)

    with_key(app, start)


def read_bundle(app: AppContext, typed: str) -> None:
    """Read a bundle; where it wants a passphrase that is asked for."""
    path = path_of(typed).absolute()

    def start(phrase: str | None = None) -> None:
        key = app.sync_runner.passphrase

        def job(workspace: Workspace, share: Tell, stop: Stop) -> RoundReport:
            exchange = Exchange(workspace, key)
            return bundle.read(exchange, path, passphrase=phrase, tell=share, stop=stop)

        _run(app, READ, job, path, TOOK)

    if bundle.locked(path):
        ask(app, OF_BUNDLE, lambda phrase: with_key(app, lambda: start(phrase)))
    else:
        with_key(app, start)


def _run(app: AppContext, what: W, job: Any, path: Path, word: W) -> None:
    then = lambda result: tell(app, path.name, result, word)  # noqa: E731
    app.sync_runner.run(what, job, then=then)


def with_key(app: AppContext, then: Callable[[], None]) -> None:
    """Do what needs the device's key, once its passphrase is known where it has one."""
    if not app.sync_runner.locked():
        then()
    else:
        _unlocked(app, PASSPHRASE, then)


def with_signature(app: AppContext, then: Callable[[], None]) -> None:
    """Approve once the passphrase was typed."""
    _unlocked(app, SIGNS, then)


def _unlocked(app: AppContext, title: W, then: Callable[[], None]) -> None:
    def given(phrase: str) -> None:
        device_key.load(app.home or Path(), phrase)
        app.sync_runner.passphrase = phrase
        then()

    ask(app, title, given)


def ask(app: AppContext, title: W, then: Callable[[str], None], *, again: bool = False) -> None:
    """Ask for a passphrase; nothing happens on Esc."""

    def answered(phrase: str | None) -> None:
        if phrase is not None:
            then(phrase)

    app.push_screen(Passphrase(title, again=again), answered)


def tell(app: AppContext, peer: str, result: Any, word: W = DONE) -> None:
    """A notice of how it ended, unless the sync page shows it anyway."""
    text, bad = said(peer, result, word)
    if isinstance(app.screen, ShowsRounds):
        app.screen.round_ended(text, bad)
    else:
        app.tell(text, bad=bad)


def said(peer: str, result: Any, word: W = DONE) -> tuple[str, bool]:
    """How a round ended, and whether that is bad."""
    if isinstance(result, Refused):
        return str(result), True
    report = cast("RoundReport", result)
    refused = [str(why) for why in (*report.refused, *report.taken.refused)]
    if report.stopped:
        return str(STOPPED), False
    parts = [_numbers(peer, report, word), *_rest(report, word), *refused[:2]]
    return " ".join(parts), bool(refused)


def _numbers(peer: str, report: RoundReport, word: W) -> str:
    taken = report.taken.outcome.applied
    return say(word, peer=named(peer), given=report.given, taken=taken)


def _rest(report: RoundReport, word: W) -> list[str]:
    found, taken = list[str](), report.taken
    if word is DONE:
        sure = not report.unconfirmed
        found.append(str(ALL_SURE) if sure else say(UNSURE, n=report.unconfirmed))
    numbers = {
        "conflicts": len(taken.outcome.conflicts),
        "quarantined": taken.outcome.quarantined,
        "waiting": len(taken.waiting),
    }
    some = [say(LOOK[name], n=number) for name, number in numbers.items() if number]
    if some:
        found.append(say(CAME, what=several(some)))
    if report.files_absent:
        found.append(say(FILES, n=report.files_absent))
    if report.files_left:
        found.append(say(FILES_LEFT, n=report.files_left))
    return found


def hub(workspace: Workspace) -> str | None:
    """The address of the hub that was joined."""
    known = hub_address.load(workspace.home)
    return known.url if known is not None else None


def named(peer: str) -> str:
    """A peer as people know it: the hub, or the name of a folder or file."""
    return str(HUB) if peer.startswith("https://") else say(QUOTED, name=Path(peer).name or peer)
