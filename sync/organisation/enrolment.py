"""Enrolment: how this device joins a team from the app: by a hub's code, or by request and reply.

All of it is done where nobody waits; what is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.text.typed_path import path_of
from models.text.words import Refused, W, language, say

if TYPE_CHECKING:
    from sync.organisation.join_files import JoinReply
    from sync.organisation.reissue import Preview
    from sync.transport.http.invite_code import Code
    from sync.workspace.hub_address import Address
    from sync.workspace.workspace import Workspace

SUFFIX = ".request"
FIRST = W(
    "这是中心的首个接入码，给建立组织的设备用。请先开始一本现场簿，再在同步页（9）按 h 输入它。",
    "This is a hub's first code, for the device that begins the organisation. Begin a book first,"
    " then enter the code on the sync page (9) by h.",
)
FOUNDED = W(
    "“{organisation}”现在有中心了。请在成员页（0）按 n 邀请其他人。",
    "“{organisation}” has its hub now. Invite the others on the members page (0) by n.",
)
JOINED = W(
    "已加入“{organisation}”，由 {by} 接入。组织指纹 {print}：请与管理员核对。",
    "Joined “{organisation}”, admitted by {by}. Compare the organisation's fingerprint with the"
    " administrator: {print}.",
)


class Came(NamedTuple):
    """What came back from a hub or an administrator."""

    reply: JoinReply
    hub: Address | None
    ahead: Preview | None = None
    """What a book begun alone would bring along, which has to be asked first."""

    @property
    def text(self) -> str:
        """That this device belongs to the team now."""
        from sync.organisation.admission import fingerprint

        log = self.reply.membership
        return say(JOINED, organisation=log.name, by=self.reply.by, print=fingerprint(log))


def code_of(typed: str) -> Code | None:
    """The code, alone or within the command that was sent; None for the path of a file.

    Raises `Refused` for a mistyped one.
    """
    from sync.transport.http import invite_code

    if not set("/\\.").isdisjoint(typed):
        return None
    return invite_code.read(typed.rpartition("join ")[2])


def begin(home: Path, typed: str, name: str, phrase: str | None) -> Came:
    """Join with a fresh home."""
    from sync.organisation import admission, hub_enrolment

    came = _come(home, typed, name, phrase)
    workspace = admission.accept(home, came.reply, language.now)
    try:
        if came.hub is not None:
            hub_enrolment.settled(workspace, came.hub)
    finally:
        workspace.close()
    return came


def enter(workspace: Workspace, typed: str, phrase: str | None) -> Came | str:
    """Join with the book that is open, unless it was begun alone: then only look what would come.

    A hub's first code brings this book's organisation to it; the sentence about that comes back.
    """
    from sync.log import membership_store
    from sync.organisation import admission, hub_enrolment, reissue
    from sync.transport.exchange import Exchange

    code = code_of(typed)
    if code is not None and code.founding:
        hub_enrolment.found(workspace, code, phrase)
        return say(FOUNDED, organisation=membership_store.load(workspace.store.db).name)
    home, name = workspace.home, workspace.people.name(workspace.book.me)
    came = _come(home, typed, name, phrase)
    if admission.alone(home, came.reply):
        into = reissue.only_project(came.reply)
        return came._replace(ahead=reissue.preview(home, came.reply, into))
    Exchange(workspace).take_members(came.reply.membership.entries)
    if came.hub is not None:
        hub_enrolment.settled(workspace, came.hub)
    return came


def bringing(home: Path, came: Came) -> Callable[[], None]:
    """What puts a book of the team in the place of one begun alone; nobody may have it open."""

    def bring() -> None:
        from sync.apply.open_book import open_book
        from sync.organisation import hub_enrolment, reissue

        reissue.bring(home, came.reply, reissue.only_project(came.reply))
        if came.hub is not None:
            workspace = open_book(home)
            try:
                hub_enrolment.settled(workspace, came.hub)
            finally:
                workspace.close()

    return bring


def request(home: Path, typed: str, name: str, phrase: str | None) -> Path:
    """Write a request for an administrator; in a folder under the person's name."""
    from sync.organisation import admission

    path = path_of(typed).absolute()
    if path.is_dir():
        path /= "".join(one if one.isalnum() else "-" for one in name) + SUFFIX
    home.mkdir(parents=True, exist_ok=True)
    admission.request(home, path, name, phrase)
    return path


def _come(home: Path, typed: str, name: str, phrase: str | None) -> Came:
    """Ask the hub of a code, or read a reply; nothing is changed here yet."""
    from sync.organisation import admission, hub_enrolment

    code = code_of(typed)
    if code is None:
        return Came(admission.opened(home, path_of(typed).absolute(), phrase), None)
    if code.founding:
        raise Refused(FIRST)
    home.mkdir(parents=True, exist_ok=True)
    return Came(*hub_enrolment.come(home, code, name, phrase))
