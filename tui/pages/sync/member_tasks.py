"""Member tasks: what administrators do with members, each carried off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.book.people import EVERY
from models.schema.fields import FieldChoice, Spec
from models.schema.roles import ROLES
from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from sync.log import membership_store
from sync.organisation import administration, admission, hub_administration, invitation
from sync.organisation.invitation import Guest
from sync.workspace import hub_address
from tui.display.views.steering_text import request_text
from tui.forms.field import Field
from tui.forms.value_input import PATH
from tui.pages.dialogs.invite_code import InviteCodeDialog
from tui.pages.sync import sync_tasks
from tui.pages.sync.member_list import EVERYWHERE, MemberChoice

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.widgets.app_context import AppContext

DAYS = 7
INVITE = W("邀请新成员：发一个一次性邀请码", "Invite a new member: a one-time invitation code")
ADMIT = W("接入一台电脑：读请求，写回复", "Admit a device: read its request, write the reply")
GIVE = W("授予 {name} 角色", "Give {name} a role")
NAME, ROLE, PROJECT = W("姓名", "Name"), W("角色", "Role"), W("项目", "Project")
REQUEST, REPLY = W("请求文件", "Request"), W("回复文件", "Reply")
PERSON = W("已有成员", "Member")
ALL = W("不填：每个项目", "empty: every project")
BESIDE = W("不填：放在请求文件旁", "empty: next to the request")
DEVICE_OF = W("已有成员（另一台电脑）", "existing member, for another device")
WHO = W(
    "请填写新成员的姓名，或选择一位已有成员。",
    "Enter the new member's name, or choose an existing member.",
)
FURTHER = W("不填：新成员", "empty: a new member")

WORKING = W("更改成员", "Changing members")
INVITED = W("{name} 可以加入了。", "{name} can join now.")
ADMITTED = W(
    "{name} 的电脑已接入，回复在 {path}。组织指纹 {print}：请与对方核对。",
    "The device of {name} is admitted; the reply is in {path}. Compare the organisation's"
    " fingerprint with {name}: {print}.",
)
GIVEN = W("{name} 现在是{role}（{where}）。", "{name} is now {role} ({where}).")
WITHDRAW = W(
    "收回 {name} 的角色“{role}”（{where}）？以后可以再授予。",
    "Remove the role “{role}” of {name} ({where})? It can be given again.",
)
OWN = W(
    "收回您自己的角色“{role}”（{where}）？之后只能由其他管理员再授予。",
    "Remove your own role “{role}” ({where})? Only another administrator can give it back to you.",
)
REVOKE = W(
    "停用 {name} 的电脑 {tag}？此操作无法撤销。这台电脑以后的改动在所有电脑上都会被隔离。",
    "Stop the device {tag} of {name}? This cannot be undone. Its later changes are"
    " quarantined on every device.",
)
LEAVE = W(
    "登记 {name} 已离开？所有角色失效，{count} 台电脑停用。电脑停用无法撤销。",
    "Mark {name} as having left? All roles end and {count} devices are stopped. Stopping"
    " devices cannot be undone.",
)
SEAT = W(
    "让 {name} 成为管理员？管理员可以接入电脑、授予角色、停用电脑。",
    "Make {name} an administrator? Administrators admit devices, give roles and stop devices.",
)
UNSEAT = W(
    "取消 {name} 的管理员身份？其他管理员可以恢复。",
    "Remove {name} as administrator? Another administrator can reverse this.",
)
SEATED = W("{name} 现在是管理员。", "{name} is now an administrator.")
UNSEATED = W("{name} 不再是管理员。", "{name} is no longer an administrator.")
TAKEN = W("{name} 不再是{role}（{where}）。", "{name} is no longer {role} ({where}).")
STOPPED = W("{name} 的电脑已停用。", "The device of {name} is stopped.")
CONFIRM = W(
    "确认？{what}。您以第二位管理员的身份签名，确认后立即办理。",
    "Confirm: {what}? You sign as the second administrator, and it is done at once.",
)
CONFIRMED = W("已确认：{what}", "Confirmed: {what}")
DROP = W("撤回这项请求？{what}", "Drop this request? {what}")
DROPPED = W("请求已撤回。", "The request was dropped.")
ASKED = W(
    "这需要两位管理员签名：请求已提出，请另一位管理员在成员页（0）确认。",
    "This needs two administrators: it was asked for. Another one confirms it on the members page"
    " (0).",
)
GONE = W("{name} 已登记为离开。", "{name} is marked as having left.")


def organisation(workspace: Workspace) -> tuple[str, str]:
    """Its name, as the membership log has it, and its fingerprint; a person alone needs none."""
    log = membership_store.load(workspace.store.db)
    return log.name, admission.fingerprint(log) if len(log.people) > 1 else ""


# -- what is asked --------------------------------------------------------------------------------


def role_fields(*, needed: bool = False) -> list[Field]:
    """A role and where it holds."""
    choices = tuple(FieldChoice(name, word) for name, word in ROLES.items())
    role = Spec(kind="choice", label=ROLE, choices=choices)
    project = Spec(kind="link", label=PROJECT, target="project", hint=ALL)
    return [Field(name="role", spec=role, required=needed), Field(name="project", spec=project)]


def invite_fields() -> list[Field]:
    """Whom, as what."""
    name = Spec(kind="line", label=NAME, max=200)
    person = Spec(kind="link", label=PERSON, target="person", hint=DEVICE_OF)
    return [Field(name="name", spec=name), *role_fields(), Field(name="person", spec=person)]


def admit_fields() -> list[Field]:
    """Whose request, as what, where the reply goes."""
    request = Field(name="request", spec=Spec(kind=PATH, label=REQUEST), required=True)
    person = Field(
        name="person", spec=Spec(kind="link", label=PERSON, target="person", hint=FURTHER)
    )
    reply = Field(name="reply", spec=Spec(kind=PATH, label=REPLY, hint=BESIDE))
    return [request, *role_fields(), person, reply]


def may_invite(workspace: Workspace) -> None:
    """Raise `Refused` where there is no hub to make a code."""
    if hub_address.load(workspace.home) is None:
        raise Refused(hub_administration.NOT_JOINED)


# -- what is done ---------------------------------------------------------------------------------


def invite(app: AppContext, values: Mapping[str, Any]) -> None:
    """Have the hub make a code, and show it."""
    name, roles, person = str(values.get("name") or "").strip(), _roles(values), values["person"]
    if not name and not person:
        raise Refused(WHO)
    if person:
        name, roles = app.workspace.people.name(person), []

    def shown(code: str) -> None:
        app.push_screen(InviteCodeDialog(name, code, DAYS))

    def job(workspace: Workspace, key: str | None) -> str:
        guest = Guest(person=person) if person else Guest(name, roles=roles, days=DAYS)
        return invitation.make(workspace, guest, key)

    _carried(app, job, shown)


def admit(app: AppContext, values: Mapping[str, Any]) -> None:
    """Admit the device of a request; tells the fingerprint to compare."""
    path = path_of(str(values["request"])).absolute()
    typed = values.get("reply")
    answer = path_of(str(typed)).absolute() if typed else path.with_suffix(".reply")
    roles, person = _roles(values), values.get("person")

    def job(workspace: Workspace, key: str | None) -> tuple[str, str]:
        asked = admission.admit(workspace, path, answer, roles=roles, person=person, passphrase=key)
        print = admission.fingerprint(membership_store.load(workspace.store.db))
        return workspace.people.name(workspace.people.person_of(asked.device) or ""), print

    def told(result: tuple[str, str]) -> None:
        app.tell(say(ADMITTED, name=result[0], path=Path(answer), print=result[1]))

    _carried(app, job, told)


def give(app: AppContext, person: str, values: Mapping[str, Any]) -> None:
    """Give a role."""
    _set(app, MemberChoice("role", person, values["role"], values.get("project") or EVERY), True)


def take(app: AppContext, here: MemberChoice) -> None:
    """Withdraw a role, stop a device, or note that somebody left."""
    if here.kind == "role":
        _set(app, here, False)
        return
    if here.kind == "request":
        _drop(app, int(here.id))
        return
    name = app.workspace.people.name(here.person(app.workspace) or "")

    def job(workspace: Workspace, key: str | None) -> None:
        (administration.revoke if here.kind == "device" else administration.leave)(
            workspace, here.id, key
        )

    word = STOPPED if here.kind == "device" else GONE
    _carried(app, job, lambda _: app.tell(say(word, name=name)))


def confirming(workspace: Workspace, number: int) -> str:
    """What is asked before a request is confirmed."""
    return say(CONFIRM, what=_request(workspace, number))


def confirm(app: AppContext, number: int) -> None:
    """Confirm what another administrator asked for."""
    what = _request(app.workspace, number)

    def job(workspace: Workspace, key: str | None) -> None:
        administration.confirm(workspace, number, passphrase=key)

    _carried(app, job, lambda _: app.tell(say(CONFIRMED, what=what)))


def _drop(app: AppContext, number: int) -> None:
    def job(workspace: Workspace, key: str | None) -> None:
        administration.drop(workspace, number, key)

    _carried(app, job, lambda _: app.tell(str(DROPPED)))


def _request(workspace: Workspace, number: int) -> str:
    found = membership_store.steering(workspace.store.db).requests
    return next((request_text(workspace.people, one) for one in found if one.n == number), "")


def turning(workspace: Workspace, person: str) -> str:
    """What is asked before somebody becomes an administrator, or is one no more."""
    now = workspace.people.is_administrator(person)
    return say(UNSEAT if now else SEAT, name=workspace.people.name(person))


def turn(app: AppContext, person: str) -> None:
    """Make somebody an administrator, or no more."""
    grant = not app.workspace.people.is_administrator(person)
    name = app.workspace.people.name(person)

    def job(workspace: Workspace, key: str | None) -> None:
        administration.set_administrator(workspace, person, grant=grant, passphrase=key)

    _carried(app, job, lambda _: app.tell(say(SEATED if grant else UNSEATED, name=name)))


def question(workspace: Workspace, here: MemberChoice) -> str | None:
    """What is asked before something is taken away; None for nothing that can be."""
    people = workspace.people
    name = people.name(here.person(workspace) or "")
    if here.kind == "role":
        word = OWN if here.id == people.me else WITHDRAW
        return say(word, name=name, role=_word(here.role), where=_where(workspace, here.project))
    if here.kind == "request":
        return say(DROP, what=_request(workspace, int(here.id)))
    if here.kind == "device":
        return say(REVOKE, name=name, tag=people.tag_of(here.id))
    if here.kind == "person":
        sql = "SELECT count(*) FROM device WHERE person=? AND key IS NOT NULL AND revoked IS NULL"
        (count,) = workspace.store.row(sql, (here.id,)) or (0,)
        return say(LEAVE, name=name, count=count)
    return None


def _set(app: AppContext, here: MemberChoice, grant: bool) -> None:
    def job(workspace: Workspace, key: str | None) -> None:
        administration.set_role(
            workspace, here.id, here.role, here.project, grant=grant, passphrase=key
        )

    where = _where(app.workspace, here.project)
    told = {"name": app.workspace.people.name(here.id), "role": _word(here.role), "where": where}
    _carried(app, job, lambda _: app.tell(say(GIVEN if grant else TAKEN, **told)))


def _carried(
    app: AppContext, job: Callable[[Workspace, str | None], Any], then: Callable[[Any], None]
) -> None:
    """Off the screen's thread, with the device's key; `then` unless it was refused."""

    before = _numbers(app.workspace)

    def ended(result: Any) -> None:
        if isinstance(result, Refused):
            app.tell(str(result), bad=True)
            return
        asked = _numbers(app.workspace) - before
        if asked:
            app.tell(str(ASKED))
        if not asked or isinstance(result, str):  # a code is shown, whether it counts yet or not
            then(result)

    def start() -> None:
        key = app.sync_runner.passphrase
        app.sync_runner.run(
            WORKING, lambda workspace, _tell, _stop: job(workspace, key), then=ended
        )

    sync_tasks.with_key(app, start)


def _numbers(workspace: Workspace) -> set[int]:
    return {one.n for one in membership_store.steering(workspace.store.db).requests}


def _roles(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    role = values.get("role")
    return [(str(role), str(values.get("project") or EVERY))] if role else []


def _word(role: str) -> str:
    return str(ROLES[role]) if role in ROLES else role


def _where(workspace: Workspace, project: str) -> str:
    if project == EVERY:
        return str(EVERYWHERE)
    found = workspace.book.find(project)
    return found.title() if found is not None else project
