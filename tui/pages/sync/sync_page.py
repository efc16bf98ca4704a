"""Sync: what is unsent, waits or wants a decision, by record; whom to meet; how far others are."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from sync.apply.reevaluation.adoption import adopt
from sync.transport import recent_peers
from tui.display.terminal_text import drawing
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.sync import sync_tasks
from tui.pages.sync.join_dialog import JoinDialog
from tui.pages.sync.sync_rows import COLUMNS, SyncRows
from tui.widgets.app_context import Asked
from tui.widgets.bars import KeyBar
from tui.widgets.commands import Command
from tui.widgets.grouped_list import GroupedList
from tui.widgets.safe_widgets import ProseText
from tui.widgets.windowed_list import WindowedList

TITLE = W("同步  {who} 电脑 {tag}", "Sync  {who}, device {tag}")
FOLDER = W("共享文件夹的路径（或把文件夹拖进终端）", "Path of the shared folder (or drag it here)")
LABEL = W("文件夹", "Folder")
TO_FILE = W(
    "离线同步包的文件，例如 U 盘上的 week.sitebook",
    "File to write the bundle to, such as week.sitebook on a USB stick",
)
FROM_FILE = W("要读入的离线同步包（或把文件拖进终端）", "Bundle to read (or drag the file here)")
UNDER_WAY = W("{what}  {bar} {percent}%  Esc 停止", "{what}  {bar} {percent}%  Esc stops")
ENDING = W("正在停止…", "Stopping…")
NOT_QUARANTINED = W("请先把光标移到被隔离的改动上。", "Move the cursor to a quarantined change.")
HAS_HUB = W("本机已加入同步服务器 {url}。", "This device has already joined the hub {url}.")
NO_RECORD = W("这条改动的记录还不在本机。", "The record of this change is not on this device.")
SURE = W(
    "采用 {who} 的这条改动？采用后在所有电脑上生效，无法撤销。\n隔离原因：{why}",
    "Adopt this change by {who}? It takes effect on every device and cannot be"
    " undone.\nReason for the quarantine: {why}",
)
ADOPT = W("采用", "Adopt")
ADOPTED = W("已采用。", "Adopted.")
BAR = 20

COMMANDS = (
    Command(
        id="sync.folder",
        word=W("共享文件夹", "Folder"),
        help=W("与一个共享文件夹同步", "sync with a shared folder"),
        keys="f,f6",
        action="folder",
        shown=12,
    ),
    Command(
        id="sync.write",
        word=W("写离线同步包", "Write bundle"),
        help=W("把内容写成一个文件，加密给成员的电脑", "one file, encrypted for members' devices"),
        keys="w,f7",
        action="write",
        shown=13,
    ),
    Command(
        id="sync.read",
        word=W("读离线同步包", "Read bundle"),
        help=W(
            "读入一个离线同步包；先检查整个文件", "read a bundle; the whole file is checked first"
        ),
        keys="r,ctrl+r",
        action="read",
        shown=14,
    ),
    Command(
        id="sync.write_locked",
        word=W("写带口令的离线同步包", "Write bundle with passphrase"),
        help=W("写成一个文件，知道口令的人都能读", "one file, readable with its passphrase"),
        keys="p,ctrl+w",
        action="write_locked",
    ),
    Command(
        id="sync.organisation.admission",
        word=W("加入", "Join"),
        help=W("用邀请码加入同步服务器或团队", "join a hub or a team by an invitation code"),
        keys="h,f8",
        action="join",
    ),
    Command(
        id="sync.adopt",
        word=W("采用", "Adopt"),
        help=W("使被隔离的改动生效（审核人）", "let a quarantined change take effect (reviewers)"),
        keys="a,f4",
        action="adopt",
        shown=15,
    ),
)


class SyncPage(Page):
    """How this book stands with others. Enter syncs with a peer, or opens what is listed."""

    title_word = W("同步", "Sync")
    commands: ClassVar = COMMANDS
    AUTO_FOCUS = "WindowedList"
    DEFAULT_CSS = """
    SyncPage #ended { padding: 0 1; display: none; color: $text-primary; }
    SyncPage #ended.bad { color: $text-warning; }
    SyncPage #more { padding: 0 1; display: none; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.sync_rows: SyncRows | None = None

    def heading(self) -> str:
        """Who, on which device."""
        people = self.workspace.people
        tag = people.tag_of(self.workspace.log.device)
        return say(TITLE, who=people.name(self.book.me), tag=tag)

    def body(self) -> ComposeResult:
        """How the last round ended, the list, and more about the row under the cursor."""
        yield ProseText("", id="ended")
        yield GroupedList(COLUMNS, id="standing")
        yield ProseText("", id="more")

    def look(self) -> None:
        """Read everything again."""
        self.sync_rows = SyncRows(self.workspace, Values(self.workspace))
        self.query_one(GroupedList).show(self.sync_rows.rows(self.site_app.sync_runner.peer))
        self._tell_more()
        self.progress()

    # -- what is under way ---------------------------------------------------------------------

    def progress(self) -> None:
        """Say how far it is; nothing when nothing is under way."""
        for rows in self.query(GroupedList):  # none yet while the page is being made
            rows.note = self._under_way

    def _under_way(self) -> str:
        job = self.site_app.sync_runner.under_way
        if job is None:
            return ""
        if job.stopped:
            return str(ENDING)
        done = int(job.share * BAR)
        bar = drawing.now.full * done + drawing.now.rest * (BAR - done)
        return say(UNDER_WAY, what=job.what, bar=bar, percent=job.percent)

    def round_ended(self, text: str, bad: bool) -> None:
        """A round that a person wanted has ended."""
        shown = self.query_one("#ended", ProseText)
        shown.display = True
        shown.set_class(bad, "bad")
        shown.update(text)

    def action_back(self) -> None:
        """Stop what is under way, if a person began it here; else close the page."""
        sync_runner = self.site_app.sync_runner
        if (
            sync_runner.under_way is not None
            and sync_runner.under_way.asked
            and not sync_runner.under_way.stopped
        ):
            sync_runner.stop()
            self.progress()
        else:
            super().action_back()

    # -- rounds --------------------------------------------------------------------------------

    def action_join(self) -> None:
        """Ask for a code or a reply file."""
        self.app.push_screen(JoinDialog())

    def action_folder(self) -> None:
        """Choose a folder and sync with it."""
        self._path(
            FOLDER, lambda path: sync_tasks.sync(self.site_app, str(path_of(path))), label=LABEL
        )

    def action_write(self, given: str = "") -> None:
        """Write a bundle for the members' devices."""
        self._path(TO_FILE, lambda path: sync_tasks.write_bundle(self.site_app, path), given)

    def action_write_locked(self) -> None:
        """Write a bundle under a passphrase."""

        def named(path: str) -> None:
            def known(phrase: str) -> None:
                sync_tasks.write_bundle(self.site_app, path, phrase)

            sync_tasks.ask(self.site_app, sync_tasks.NEW_ONE, known, again=True)

        self._path(TO_FILE, named)

    def action_read(self, given: str = "") -> None:
        """Read a bundle."""
        self._path(FROM_FILE, lambda path: sync_tasks.read_bundle(self.site_app, path), given)

    def _path(
        self, question: W, then: sync_tasks.Typed, given: str = "", label: W | None = None
    ) -> None:
        def answered(typed: str | None) -> None:
            if typed:
                then(typed)

        names = {FOLDER: "folder", TO_FILE: "write", FROM_FILE: "read"}
        asked = Asked(f"sync.{names[question]}", place="sync")
        self.app.push_screen(
            TextPrompt(asked, question, path=True, given=given, label=label), answered
        )

    # -- the list ------------------------------------------------------------------------------

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        kind, _, rest = event.id.partition(":")
        if kind == "peer":
            sync_tasks.sync(self.site_app, rest)
        elif kind == "new":
            getattr(self, f"action_{rest}")()
        elif kind == "bundle":
            way, _, path = rest.partition(":")
            (self.action_write if way == recent_peers.TO_FILE else self.action_read)(path)
        elif kind == "conflict":
            id, _, field = rest.partition(":")
            self.site_app.open_conflict(id, field)
        elif kind == "members":
            self.site_app.open_page("tui.pages.sync.members_page", "MembersPage")
        elif kind in ("unsent", "quarantined", "parked"):
            self._record(rest.rpartition("/")[2])

    def _record(self, id: str) -> None:
        if self.book.find(id) is None:
            raise Refused(NO_RECORD)
        self.site_app.open_record(id)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self._tell_more()
        self.refresh_bindings()
        self.query_one(KeyBar).refresh()

    def _tell_more(self) -> None:
        """All of what the row has no room for."""
        more = self.query_one("#more", ProseText)
        current = self.query_one(GroupedList).current or ""
        text = self.sync_rows.more.get(current, "") if self.sync_rows is not None else ""
        more.display = bool(text)
        more.update(text)

    # -- adopting ------------------------------------------------------------------------------

    def why_not(self, action: str) -> Refused | None:
        """Only what is in quarantine can be adopted."""
        if action == "adopt" and self.is_attached and self._chosen() is None:
            return Refused(NOT_QUARANTINED)
        if action == "join" and self.is_attached and (hub := sync_tasks.hub(self.workspace)):
            return Refused(HAS_HUB, url=hub)
        return super().why_not(action)

    def _chosen(self) -> str | None:
        current = self.query_one(GroupedList).current or ""
        known = self.sync_rows is not None and current in self.sync_rows.quarantined
        return current if known else None

    def action_adopt(self) -> None:
        """Let the quarantined change count, after a question."""
        current = self._chosen()
        if self.sync_rows is None or current is None:
            raise Refused(NOT_QUARANTINED)
        one = self.sync_rows.quarantined[current]
        who = self.sync_rows.values.person(one.author) or self.sync_rows.values.device(one.device)

        def do() -> None:
            adopt(self.workspace, one.space, one.device, one.seq, None, one.hash)
            self.site_app.tell(str(ADOPTED))
            self.site_app.look_again()

        def answered(yes: bool | None) -> None:
            if yes and self.site_app.sync_runner.confirmed():
                do()
            elif yes:
                sync_tasks.with_signature(self.site_app, do)

        self.app.push_screen(Confirm(say(SURE, who=who, why=one.reason), ADOPT), answered)
