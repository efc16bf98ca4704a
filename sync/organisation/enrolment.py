"""Enrolment: how this device joins a team: by a hub's code, or by request and reply.

What is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from models.storage.atomic_file import make_folder
from models.text.typed_path import path_of
from models.text.words import Refused, W, language, say
from sync.apply.open_book import open_book
from sync.log import membership_store
from sync.organisation import admission, hub_enrolment, reissue
from sync.organisation.join_files import JoinReply
from sync.organisation.reissue import Preview
from sync.transport.exchange import Exchange
from sync.transport.http import invite_code
from sync.transport.http.invite_code import Code
from sync.workspace.hub_address import Address
from sync.workspace.workspace import Workspace

SUFFIX = ".request"
FIRST = W(
    "这是同步服务器的首个邀请码，用于建立组织的电脑。请先新建现场簿，再在同步页（9）按 h 输入。",
    "This is a hub's first code, for the device that starts the organisation. Start a book first,"
    " then enter the code on the sync page (9) by h.",
)
FOUNDED = W(
    "“{organisation}”现在有同步服务器了。请在成员页（0）按 n 邀请其他人。",
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
        log = self.reply.membership
        return say(
            JOINED, organisation=log.name, by=self.reply.by, print=admission.fingerprint(log)
        )


def code_of(typed: str) -> Code | None:
    """The code, alone or within the command that was sent; None for the path of a file.

    Raises `Refused` for a mistyped one.
    """
    if not set("/\\.").isdisjoint(typed):
        return None
    return invite_code.read(typed.rpartition("join ")[2])


def ask_hub(home: Path, code: Code, name: str, phrase: str | None) -> Came:
    """Ask the hub of a code; nothing but this device's key is made here yet."""
    make_folder(home)
    return Came(*hub_enrolment.come(home, code, name, phrase))


def read_reply(home: Path, path: Path, phrase: str | None) -> Came:
    """Read an administrator's reply file; nothing is changed yet."""
    return Came(admission.opened(home, path, phrase), None)


def join(
    home: Path,
    came: Came,
    *,
    workspace: Workspace | None = None,
    bring: bool = False,
    into: str | None = None,
) -> Came:
    """Join with what came back, as the home stands: without a book, with one of the same
    organisation, or with one begun alone.

    A book begun alone is replaced only when `bring` is set; without it nothing is changed and
    `ahead` of the answer is what would come along. `into` is the project for its records, by
    default the only one that the reply names. `workspace` is the book of the home where it is
    open; for `bring` none may be. Raises `Refused` for a book of another organisation with
    several members.
    """
    if admission.alone(home, came.reply):
        into = into or reissue.only_project(came.reply)
        told = (reissue.bring if bring else reissue.preview)(home, came.reply, into)
        came = came._replace(ahead=told)
        if not bring:
            return came
        joined = open_book(home) if came.hub is not None else None
    elif workspace is not None:
        Exchange(workspace).take_members(came.reply.membership.entries)
        joined = workspace
    else:
        joined = admission.accept(home, came.reply, language.now)
    if joined is not None:
        try:
            if came.hub is not None:
                hub_enrolment.settled(joined, came.hub)
        finally:
            if joined is not workspace:
                joined.close()
    return came


def begin(home: Path, typed: str, name: str, phrase: str | None) -> Came:
    """Join with a fresh home."""
    return join(home, _come(home, typed, name, phrase))


def enter(workspace: Workspace, typed: str, phrase: str | None) -> Came | str:
    """Join with the book that is open, unless it was begun alone: then only look what would come.

    A hub's first code brings this book's organisation to it; the sentence about that comes back.
    """
    code = code_of(typed)
    if code is not None and code.founding:
        hub_enrolment.found(workspace, code, phrase)
        return say(FOUNDED, organisation=membership_store.load(workspace.store.db).name)
    home, name = workspace.home, workspace.people.name(workspace.book.me)
    return join(home, _come(home, typed, name, phrase), workspace=workspace)


def bringing(home: Path, came: Came) -> Callable[[], None]:
    """What puts a book of the team in the place of one begun alone; no other process may have it
    open.
    """

    def bring() -> None:
        join(home, came, bring=True)

    return bring


def request(home: Path, typed: str, name: str, phrase: str | None) -> Path:
    """Write a request for an administrator; in a folder under the person's name."""
    path = path_of(typed).absolute()
    if path.is_dir():
        path /= "".join(one if one.isalnum() else "-" for one in name) + SUFFIX
    make_folder(home)
    admission.request(home, path, name, phrase)
    return path


def _come(home: Path, typed: str, name: str, phrase: str | None) -> Came:
    """Ask the hub of a code, or read a reply; nothing is changed here yet."""
    code = code_of(typed)
    if code is None:
        return read_reply(home, path_of(typed).absolute(), phrase)
    if code.founding:
        raise Refused(FIRST)
    return ask_hub(home, code, name, phrase)
