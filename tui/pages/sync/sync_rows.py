"""Sync rows: the state of the sync by record, as the rows of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.book import staff
from models.book.conflict import conflict_resolution, conflicts
from models.schema.record import kinds
from models.storage import rows as tables
from models.text.words import W, say
from sync.apply.reevaluation import incarnation
from sync.apply.reevaluation.consistency import DIFFERS as LOOK
from sync.log import membership_store, pending_segments, quarantine
from sync.log.histories import forks
from sync.log.quarantine import QuarantinedChange
from sync.transport import recent_peers
from sync.transport.recent_peers import Lately
from sync.workspace import differences, hub_address, sync_status
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.display.values import DAY_MS, Values, named
from tui.display.views import clock_text
from tui.display.views.steering_text import request_text, use_text
from tui.widgets.grouped_list import GroupHead

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

MOST = 100
"""Rows of one section; its heading counts all."""
STALE = 3 * DAY_MS
"""Others' work that is older than this may well have gone on since."""

COLUMNS = (
    ListColumn("what", W("类别", "Kind"), 12),
    ListColumn("title", W("内容", "Details"), 24, weight=1),
    ListColumn("count", W("改动", "Changes"), 7, priority=2, right=True),
    ListColumn("when", W("时间", "When"), 11, priority=1),
)
PEERS = W("和谁同步（回车开始）", "Sync with (Enter starts)")
ALONE = W(
    "这本现场簿只在本机。要与别人交换，选下面一种。",
    "This book is on this device only. Share it by:",
)
HUB, FOLDER, BUNDLE = W("同步服务器", "Hub"), W("文件夹", "Folder"), W("离线同步包", "Bundle")
NEW_FOLDER = W("另一个共享文件夹…（f）", "Another shared folder… (f)")
NEW_WRITE = W("写一个离线同步包到 U 盘…（w）", "Write a bundle to a stick… (w)")
NEW_JOIN = W("用邀请码加入同步服务器或团队…（h）", "Join with an invitation code… (h)")
NEW_READ = W("读入一个离线同步包…（r）", "Read a bundle… (r)")
NEVER = W("还没有同步过", "never synced")
WENT = W("已发送 {given}，已收到 {taken}", "{given} sent, {taken} received")
WROTE, TOOK = W("写出 {given}", "{given} written"), W("读入 {taken}", "{taken} read")
WAS_STOPPED = W("已停止", "stopped")
WENT_WRONG = W("失败：{why}", "failed: {why}")

CONFLICTS = W("待解决的冲突", "Conflicts to resolve")
RECOVERED = W("恢复密钥被使用", "The recovery key was used")
REQUESTS = W("等待另一位管理员确认（回车到成员页）", "For a second administrator (Enter: members)")
MEMBERS = W("成员", "Members")
QUARANTINED = W("被隔离，不生效（a 采用）", "Quarantined, not in effect (a adopts)")
FORKS = W("有两种历史的电脑（副本在使用）", "Devices with two histories (a copy is in use)")
DIFFERS = W("改动相同而记录不一致", "Same changes, other records")
CLOCKS, CLOCK = W("时钟不准的电脑", "Clocks that are wrong"), W("时钟", "Clock")
UNSENT = W("待同步，只在本机", "Unsent, on this device only")
WRITTEN = W("已写出，待确认", "Written, unconfirmed")
WAITING = W("等待更早的改动", "Waiting for earlier changes")
PARKED = W("需要更新的程序版本", "Requires a newer version of the program")
OTHERS = W(
    "已收到他人数据的时间（之后的可能尚未送到）",
    "Received from others up to (later changes may be on their way)",
)
COUNT = W("{what}  {count}", "{what}  {count}")
CHANGES = W("{what}  {count} 条改动", "{what}  changes: {count}")
SINCE = W("{device}，从第 {seq} 条改动起", "{device}, from change {seq} on")
FIRST = W("{what}  {count}（列出 {most}）", "{what}  {count} ({most} shown)")
AWAITS = {
    "change": W("等待 {who} 的第 {seq} 条改动", "waits for change {seq} of {who}"),
    "body": W(
        "等待 {who} 的第 {seq} 条改动的内容", "waits for the content of change {seq} of {who}"
    ),
    "members": W("等待成员名单第 {seq} 版", "waits for version {seq} of the member list"),
}
SPAN = W("{who} 的改动 {first}–{last}，{awaits}", "changes {first}-{last} of {who}, {awaits}")
UNTIL = W("{device}，到 {when}", "{device}, up to {when}")
NOTHING = W("{device}，还没有收到数据", "{device}, nothing received yet")
SAID = W("{who}：{why}", "{who}: {why}")


class SyncRows:
    """The state of the sync, read once by `rows`."""

    def __init__(self, workspace: Workspace, values: Values) -> None:
        self.workspace = workspace
        self.values = values
        self.quarantined: dict[str, QuarantinedChange] = {}
        """By row, what a reviewer may adopt."""
        self.more: dict[str, str] = {}
        """By row, the text that has no room in it."""

    def rows(self, peer: str | None) -> list[ListRow]:
        """Every row; what needs a decision before what only waits."""
        found = [*self._peers(peer)]
        wrong = (
            *(self._recovered(), self._conflicts(), self._quarantined()),
            *(self._forks(), self._differing(), self._clocks()),
        )
        parts = (*wrong, self._requests(), *self._outbox(), self._waiting())
        for word, rows, count in (*parts, self._parked(), self._others()):
            if rows:
                found.append(GroupHead(_headed(word, count, len(rows))))
                found += rows
        return found

    # -- whom to meet --------------------------------------------------------------------------

    def _peers(self, peer: str | None) -> Iterator[ListRow]:
        if sync_status.alone(self.workspace):
            yield GroupHead(str(ALONE), hint=True)
        yield GroupHead(str(PEERS))
        rounds = {one.peer: one for one in recent_peers.of(self.workspace) if one.way == "round"}
        known = list(dict.fromkeys([*self._hub(), *([peer] if peer else []), *rounds]))
        for one in sorted(known, key=lambda name: name != peer):
            yield self._peer(one, rounds.get(one))
        bundles = [one for one in recent_peers.of(self.workspace) if one.way != "round"]
        for way in dict.fromkeys(one.way for one in bundles):
            yield self._bundle(next(one for one in bundles if one.way == way))
        ways = {"folder": NEW_FOLDER, "write": NEW_WRITE, "read": NEW_READ}
        for id, word in (ways if self._hub() else {**ways, "join": NEW_JOIN}).items():
            yield DisplayLine(f"new:{id}", {"title": word}, "muted")

    def _hub(self) -> list[str]:
        known = hub_address.load(self.workspace.home)
        return [known.url] if known is not None else []

    def _peer(self, name: str, last: Lately | None) -> DisplayLine:
        what = HUB if name.startswith("https://") else FOLDER
        id = f"peer:{name}"
        short = name if what is HUB else _base(name)
        said = f"{short}  {self._went(id, last, WENT) if last else NEVER}"
        if what is FOLDER:
            self.more[id] = "  ".join(filter(None, (name, self.more.get(id))))
        when = self.values.short(last.at) if last else ""
        return DisplayLine(id, {"what": what, "title": said, "when": when}, _style(last))

    def _bundle(self, last: Lately) -> DisplayLine:
        word = WROTE if last.way == recent_peers.TO_FILE else TOOK
        id = f"bundle:{last.way}:{last.peer}"
        said = f"{_base(last.peer)}  {self._went(id, last, word)}"
        when = self.values.short(last.at)
        return DisplayLine(id, {"what": BUNDLE, "title": said, "when": when}, _style(last))

    def _went(self, id: str, last: Lately, word: W) -> str:
        if last.why is not None:
            self.more[id] = str(last.why)
            return say(WENT_WRONG, why=last.why)
        if last.stopped:
            return str(WAS_STOPPED)
        return say(word, given=last.given, taken=last.taken)

    # -- by record -----------------------------------------------------------------------------

    def _record(self, type: str, id: str) -> dict[str, str | W]:
        cls = kinds.get(type)
        record = tables.one(self.workspace.store, cls, id) if cls is not None else None
        if record is None:
            return {"what": cls.kind.label if cls is not None else type, "title": id[:8]}
        title = f"{record.number}  {named(record, self.values)}"
        return {"what": record.kind.label, "title": title}

    def _recovered(self) -> tuple[W, Sequence[ListRow], int]:
        """The recovery key was used: everybody sees it until an administrator has replaced it."""
        rows = list[ListRow]()
        for one in self._steering().unanswered:
            id, text = f"members:recovered:{one.n}", use_text(self.workspace.people, one)
            self.more[id] = text
            said = {"what": self.workspace.people.name(one.person), "title": text}
            rows.append(DisplayLine(id, {**said, "when": self.values.short(one.at)}, "error"))
        return RECOVERED, rows, len(rows)

    def _requests(self) -> tuple[W, Sequence[ListRow], int]:
        """What waits for a second administrator; Enter opens the members page."""
        rows = list[ListRow]()
        for one in self._steering().requests:
            id, text = f"members:request:{one.n}", request_text(self.workspace.people, one)
            self.more[id] = text
            rows.append(DisplayLine(id, {"what": MEMBERS, "title": text}, "warning"))
        return REQUESTS, rows, len(rows)

    def _steering(self) -> membership_store.SteeringView:
        return membership_store.steering(self.workspace.store.db)

    def _conflicts(self) -> tuple[W, Sequence[ListRow], int]:
        every, rows = conflicts.listed(self.workspace.book), list[ListRow]()
        for id, field in every[:MOST]:
            record = self.workspace.book.find(id)
            if record is not None:
                said = self._record(record.type, id)
                label = conflict_resolution.label(record, field)
                said["title"] = f"{said['title']}  {label}"
                rows.append(DisplayLine(f"conflict:{id}:{field}", said, "warning"))
        return CONFLICTS, rows, len(every)

    def _quarantined(self) -> tuple[W, Sequence[ListRow], int]:
        db, rows = self.workspace.store.db.connection(), list[ListRow]()
        every = [one for one in quarantine.listed(db) if one.adopted is None]
        for one in every[:MOST]:
            id = f"quarantined:{one.space}/{one.device}/{one.seq}/{one.record}"
            said = self._record(one.type, one.record)
            who = self.values.person(one.author) or self.values.device(one.device)
            self.more[id] = say(SAID, who=who, why=one.reason)
            said["title"] = f"{said['title']}  {one.reason}"
            self.quarantined[id] = one
            rows.append(DisplayLine(id, said, "error"))
        return QUARANTINED, rows, len(every)

    def _forks(self) -> tuple[W, Sequence[ListRow], int]:
        every, rows = forks.by_device(self.workspace.store.db.connection()), list[ListRow]()
        advice = {
            str(why.values.get("device")): str(why) for why in incarnation.advice(self.workspace)
        }
        waits = incarnation.admission_awaited(self.workspace)
        for one in every[:MOST]:
            id = f"fork:{one.space}/{one.device}/{one.seq}"
            device = self.values.device(one.device)
            tag = self.workspace.people.tag_of(one.device)
            self.more[id] = str(waits) if waits is not None else advice.get(tag, "")
            seq = one.first or one.seq
            title, when = say(SINCE, device=device, seq=seq), self.values.short(one.since)
            said = {"what": self._device(one.device), "title": title, "when": when}
            rows.append(DisplayLine(id, said, "error"))
        return FORKS, rows, len(every)

    def _differing(self) -> tuple[W, Sequence[ListRow], int]:
        every, rows = differences.listed(self.workspace), list[ListRow]()
        for one in every[:MOST]:
            name = differences.named(self.workspace, one.peer)
            self.more[f"differs:{one.peer}"] = say(LOOK, device=name)
            said = {"what": self._device(one.peer), "title": name}
            when = self.values.short(one.since)
            rows.append(DisplayLine(f"differs:{one.peer}", {**said, "when": when}, "error"))
        return DIFFERS, rows, len(every)

    def _outbox(self) -> Iterator[tuple[W, Sequence[ListRow], int]]:
        """Changes that are on this device only, and those written elsewhere but not confirmed."""
        if sync_status.alone(self.workspace):
            return
        every = list(sync_status.unsent(self.workspace))
        counts = sync_status.outbox(self.workspace)
        for word, written in ((UNSENT, False), (WRITTEN, True)):
            some = [one for one in every if one.written == written]
            rows = [
                DisplayLine(
                    f"unsent:{one.record}",
                    {
                        **self._record(one.type, one.record),
                        "count": str(one.changes),
                        "when": self.values.short(one.at),
                    },
                )
                for one in some[:MOST]
            ]
            yield word, rows, counts[written]

    def _waiting(self) -> tuple[W, Sequence[ListRow], int]:
        every, rows = pending_segments.listed(self.workspace.store.db.connection()), list[ListRow]()
        for at, one in enumerate(every[:MOST]):
            want = one.want
            awaits = say(AWAITS[want.what], who=self._device(want.device), seq=want.seq)
            who, span = self._device(one.device), {"first": one.first, "last": one.last}
            said = say(SPAN, who=who, awaits=awaits, **span)
            count, when = str(one.last - one.first + 1), self.values.short(one.since)
            rows.append(DisplayLine(f"waiting:{at}", {"title": said, "count": count, "when": when}))
            self.more[f"waiting:{at}"] = said
        return WAITING, rows, len(every)

    def _device(self, id: str) -> str:
        person = self.workspace.people.person_of(id) if id else None
        return self.values.person(person) or (self.values.device(id) if id else "")

    def _parked(self) -> tuple[W, Sequence[ListRow], int]:
        every = sync_status.parked(self.workspace)
        rows = []
        for one in every[:MOST]:
            said = self._record(one.type, one.record)
            said["title"] = f"{said['title']}  {', '.join(one.names)}"
            rows.append(DisplayLine(f"parked:{one.record}", said, "muted"))
        return PARKED, rows, len(every)

    # -- others --------------------------------------------------------------------------------

    def _others(self) -> tuple[W, Sequence[ListRow], int]:
        rows = [
            self._heard(one)
            for one in sync_status.heard(self.workspace)
            if not str(one.device.person).startswith(staff.HUB)
        ]
        return OTHERS, rows[:MOST], len(rows)

    def _clocks(self) -> tuple[W, Sequence[ListRow], int]:
        """Clocks that are or were wrong: times depend on them."""
        rows = list[ListRow]()
        for at, text in enumerate(clock_text.sentences(self.workspace)):
            self.more[f"clock:{at}"] = text
            rows.append(DisplayLine(f"clock:{at}", {"what": CLOCK, "title": text}, "warning"))
        return CLOCKS, rows, len(rows)

    def _heard(self, one: sync_status.Heard) -> DisplayLine:
        tag = one.device.tag or ""
        device = f"{one.device.name or ''} {tag}".strip()
        until = max(one.until or 0, one.seen or 0)
        said = say(UNTIL, device=device, when=self.values.short(until)) if until else ""
        title = said or say(NOTHING, device=device)
        stale = self.values.now - until > STALE
        name = self.values.person(one.device.person)
        return DisplayLine(
            f"device:{one.device.id}", {"what": name, "title": title}, "warning" * stale
        )


def _base(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def _style(last: Lately | None) -> str:
    return "" if last is None or last.done else "warning"


def _headed(word: W, count: int, shown: int) -> str:
    if word is OTHERS:
        return str(word)
    if word in (UNSENT, WRITTEN):
        return say(CHANGES, what=word, count=count)
    return say(COUNT if count <= shown else FIRST, what=word, count=count, most=shown)
